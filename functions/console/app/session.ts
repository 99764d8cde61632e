/** Who is signed in, by the cookie, and whether a POST comes from a form of that session. */
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { timingSafeEqual } from 'hono/utils/buffer';
import { visitorAt } from '../../../shared/application/access/on-behalf.ts';
import { personTag } from '../../../shared/application/access/person-tag.ts';
import type { Visitor } from '../../../shared/application/access/visitor.ts';
import { hasEnded } from '../../../shared/domain/directory/access-ends.ts';
import type { Directory } from '../../../shared/store/directory-reads.ts';
import type { Ledger } from '../../../shared/store/ledger.ts';
import type { Sessions } from '../../../shared/store/sessions.ts';
import type { Site } from './site.ts';

/** A session ends after this long, whatever is done in it. */
export const sessionSeconds = 8 * 3600;
/** A session ends after this long without a request, so that an open screen shows no data to a passer-by. */
export const idleSeconds = 30 * 60;
/** The most time that a person may take to sign in. */
export const signInSeconds = 600;

/** The clocks of two instances may differ by so much. */
const clockSeconds = 60;

/** A session with a request in the last minute is not written anew. So a busy page costs one write a minute. */
const noteworthySeconds = 60;

export interface SignedInSession {
  readonly visitor: Visitor;
  /** Tells one person from another, and names none. */
  readonly tag: string;
  readonly formToken: string;
  /** Seconds until it ends, if nothing more is done in it. */
  readonly left: number;
}

/** What a page asks for by itself, without a person. It never extends a session. */
const fetchedByPages: readonly string[] = ['/session', '/calls/panel', '/queue/rows', '/drafts/secret'];
export const isFetchedByPage = (path: string): boolean => fetchedByPages.includes(path);

export const secondsOf = (instant: string): number => Math.floor(Date.parse(instant) / 1000);

/** No date of expiry. The row in the table says how long the session lives, by the server's clock. */
export function putCookie(context: Context, site: Site, kind: 'session' | 'signIn', value: string): void {
  setCookie(context, site.cookies[kind], value, { httpOnly: true, sameSite: 'Lax', path: '/', secure: site.secure });
}

export function dropCookie(context: Context, site: Site, kind: 'session' | 'signIn'): void {
  setCookie(context, site.cookies[kind], '', {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: site.secure,
    maxAge: 0,
  });
}

export const cookieOf = (context: Context, site: Site, kind: 'session' | 'signIn'): string | undefined =>
  getCookie(context, site.cookies[kind]) || undefined;

/** The session of a person whose access an administrator ended at `endedAt`, a UTC instant. */
export interface EndedSession {
  readonly personId: string;
  readonly endedAt: string;
}

/**
 * The person of the session, as the directory has them now. Undefined where there is no session, or it has ended. Undefined
 * too where the person left the directory, signs in by another account, or their account is disabled. A session from before an
 * administrator ended the person's access opens nothing, also once they are let in again. Rejects where the pool of sign-ins
 * does not say. `extends`: a person asked, so the idle time begins anew.
 */
export async function findSession(
  {
    sessions,
    directory,
    ledger,
    lookUpAccount,
  }: {
    readonly lookUpAccount: (sub: string) => Promise<{ readonly enabled: boolean }>;
    readonly sessions: Pick<Sessions, 'get' | 'keep'>;
    readonly directory: Pick<Directory, 'person' | 'people' | 'delegationsTo' | 'personBySub'>;
    readonly ledger: Pick<Ledger, 'delegations' | 'shifts'>;
  },
  id: string | undefined,
  now: string,
  options: { readonly extends: boolean },
): Promise<SignedInSession | EndedSession | undefined> {
  const seconds = secondsOf(now);
  const session = id === undefined ? undefined : await sessions.get(id, seconds);
  if (id === undefined || !session || session.endsAt > seconds + sessionSeconds + clockSeconds) return undefined;
  const account = lookUpAccount(session.sub);
  // A person whose access ended is told so, whatever the pool says.
  account.catch(() => {});
  const [visitor, holder] = await Promise.all([
    visitorAt({ directory, ledger }, session.personId, now),
    directory.personBySub(session.sub),
  ]);
  const { ending } = holder ?? {};
  if (hasEnded(ending)) return { personId: session.personId, endedAt: ending.at };
  if (ending && session.endsAt - sessionSeconds <= secondsOf(ending.at)) return undefined;
  const { enabled } = await account;
  if (!visitor || !enabled || holder?.id !== session.personId) return undefined;
  const longest = Math.min(seconds + idleSeconds, session.endsAt);
  const isExtended = options.extends && longest - session.expiresAt >= noteworthySeconds;
  if (isExtended) await sessions.keep(id, longest);
  return {
    visitor,
    tag: personTag(session.sub),
    formToken: session.formToken,
    left: (isExtended ? longest : session.expiresAt) - seconds,
  };
}

/** A browser says which site sent a form. Another site cannot make the browser lie. */
export const comesFromHere = (origin: string | undefined, site: Site): boolean => origin === site.origin;

const exclusiveOr = (bytes: Uint8Array, mask: Uint8Array) => bytes.map((byte, index) => byte ^ (mask[index] ?? 0));

/**
 * The form's token as a page has it, with other letters in each. So the length of a compressed page tells nothing of it. `mask`
 * is random and as long as the token.
 */
export function maskToken(token: string, mask: string): string {
  const key = Buffer.from(mask);
  return `${key.toString('base64url')}.${Buffer.from(exclusiveOr(Buffer.from(token), key)).toString('base64url')}`;
}

/** Whether a form carries the session's token under any mask. Compares in constant time. */
export async function holdsToken(given: string | null, expected: string): Promise<boolean> {
  const [mask = '', masked = ''] = (given ?? '').split('.').map((part) => Buffer.from(part, 'base64url'));
  if (expected === '' || mask === '' || masked === '') return false;
  return timingSafeEqual(Buffer.from(exclusiveOr(masked, mask)).toString(), expected);
}
