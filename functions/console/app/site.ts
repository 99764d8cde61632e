/** Where the console stands: its addresses, what its cookies are called, and the headers every answer carries. */

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
 * The path of this console to go to after signing in: what was asked for where it is one, else the start. Everything with
 * another origin, a scheme, a backslash or a control character is not.
 */
export function localPath(asked: string | undefined): string {
  if (asked === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(asked) || asked.includes('\\')) return '/';
  const nowhere = 'http://console.invalid';
  const { origin, pathname, search } = new URL(asked, nowhere);
  return origin === nowhere && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
}

/** On the pages of a new report and of the call task, and there alone, the console's own scripts run and ask the console. */
export function scriptHeaders(context: {
  readonly res: { readonly headers: Headers };
  header(name: string, value: string): void;
}): void {
  const policy = context.res.headers.get('content-security-policy') ?? '';
  if (policy.includes('script-src')) return;
  context.header('content-security-policy', `${policy}; script-src 'self'; connect-src 'self'`);
}

/** Nothing runs, nothing is loaded from elsewhere, no other page frames this one, and nothing is kept by a browser. */
export function headersOf({ secure }: Site): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "style-src 'self'",
      "img-src 'self' data:",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    // Other sites learn nothing; under no-referrer browsers would hide the origin of our own forms from us as well.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...(secure && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
  };
}
