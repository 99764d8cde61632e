/** A browser of fetch and a cookie jar, as far as a sign-in needs one. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

export interface Browser {
  /** Follows redirects until a page answers, or until one leads to `stopAt`, which is given back as the page's url. */
  get(url: string): Promise<Page>;
  post(url: string, form: Record<string, string>): Promise<Page>;
  /** All Set-Cookie lines so far. */
  readonly cookieLines: readonly string[];
}

/** Redirects to `stopAt` (a prefix) are not followed: no server listens there. */
export function createBrowser(stopAt: string): Browser {
  const jar = new Map<string, { value: string; path: string }>();
  const cookieLines: string[] = [];

  const keep = (headers: Headers) => {
    for (const line of headers.getSetCookie()) {
      cookieLines.push(line);
      const [pair = '', ...attributes] = line.split('; ');
      const name = pair.slice(0, pair.indexOf('='));
      const path = attributes.find((each) => each.startsWith('path='))?.slice(5) ?? '/';
      if (/expires=Thu, 01 Jan 1970/.test(line)) jar.delete(name);
      else jar.set(name, { value: pair.slice(name.length + 1), path });
    }
  };
  const visit = async (url: string, init: RequestInit = {}): Promise<Page> => {
    const { pathname } = new URL(url);
    const cookie = [...jar]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const { origin } = new URL(url);
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { cookie, origin } });
    keep(answer.headers);
    const location = answer.headers.get('location');
    if (location === null) {
      return { url, status: answer.status, html: await answer.text(), headers: answer.headers };
    }
    const next = new URL(location, url).href;
    return next.startsWith(stopAt)
      ? { url: next, status: answer.status, html: '', headers: answer.headers }
      : visit(next);
  };
  return {
    cookieLines,
    get: (url) => visit(url),
    post: (url, form) => visit(url, { method: 'POST', body: new URLSearchParams(form) }),
  };
}
