/** The console's addresses, the names of its cookies, and the headers of every answer. */

export interface Site {
  /** `https://careline.example` */
  readonly origin: string;
  /** The path before every link: empty, or the stage of the gateway as in `/training`. */
  readonly base: string;
  readonly secure: boolean;
  readonly cookies: { readonly session: string; readonly signIn: string };
  /** The absolute address of a path of the console. */
  url(path: string): string;
}

/** `consoleUrl` as the stack gives it, with or without a path and a slash at its end. */
export function siteAt(consoleUrl: string): Site {
  const { origin, pathname, protocol } = new URL(consoleUrl);
  const base = pathname.replace(/\/+$/, '');
  const secure = protocol === 'https:';
  const named = (name: string) => (secure ? `__Host-${name}` : name);
  return {
    origin,
    base,
    secure,
    cookies: { session: named('careline'), signIn: named('careline-sign-in') },
    url: (path) => `${origin}${base}${path}`,
  };
}

/**
 * The path of this console to go to after signing in. It is `path` where that is a path of the console, else the start.
 * An origin, a scheme, a backslash or a control character makes it none.
 */
export function localPath(asked: string | undefined): string {
  if (asked === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(asked) || asked.includes('\\')) return '/';
  const nowhere = 'http://console.invalid';
  const { origin, pathname, search } = new URL(asked, nowhere);
  const path = `${pathname}${search}`;
  // It travels in a cookie, and browsers take 4 KB at most.
  return origin === nowhere && !pathname.startsWith('//') && path.length <= 1500 ? path : '/';
}

/**
 * Runs the console's own scripts alone, which may ask the console alone. Loads nothing from elsewhere, lets no page frame
 * this one, and lets the browser keep nothing.
 */
export function headersOf({ secure }: Site): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    // Other sites learn nothing. With no-referrer, browsers would hide our forms' origin from us too.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...(secure && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
  };
}
