/** Refusals and errors of the API, as problems of RFC 9457. */
import type { Problem } from '../../shared/application/input/problems.ts';

const titles = {
  400: 'The request is not right',
  401: 'Not signed in',
  403: 'Not for your role',
  404: 'There is no such thing',
  405: 'Not in this way',
  409: 'Not possible in this state',
  412: 'The referral has moved',
  413: 'Too large',
  415: 'Not JSON',
  422: 'This key came before with other content',
  429: 'Too many requests',
  500: 'Something failed here',
} as const;

/** A problem of RFC 9457. It never repeats what was sent. */
export function problem(
  status: keyof typeof titles,
  detail: string,
  more: { code?: string; revision?: number; problems?: readonly Problem[] } = {},
  headers: Readonly<Record<string, string>> = {},
) {
  return new Response(JSON.stringify({ type: 'about:blank', title: titles[status], status, detail, ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}

export const keyReused = () =>
  problem(
    422,
    'This Idempotency-Key came before with other content, so nothing was stored now. To add this, send it with a key of its own.',
  );
export const notFound = () => problem(404, 'There is no referral with this reference, or it is not for you to see.');
export const invalid = (problems: readonly Problem[]) =>
  problem(400, 'Nothing was stored. Each field that needs another answer is listed.', { problems });
