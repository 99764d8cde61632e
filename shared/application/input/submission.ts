/** One submission of a person: the key it came under, and whether that key stands for something else already. */
import { type Cause, canonical, earlierOf, sameContent } from '../../store/commit.ts';
import type { ReferralRead } from '../../store/ledger.ts';
import type { Digests } from '../matching/secret.ts';
import type { Problem } from './problems.ts';

/** The answer to a key that came before with other content: nothing is stored now. */
export interface Reused {
  readonly kind: 'reused';
}

/** The key of a submission as a client gave it. An empty or blank one counts as none, and then `fresh` gives one. */
export function submissionKey(given: string | undefined, fresh: () => string): { key: string } | { problem: Problem } {
  const key = given?.trim() ?? '';
  if (key === '') return { key: fresh() };
  if (key.length <= 200 && !/\p{Control}/u.test(key)) return { key };
  return { problem: { path: 'Idempotency-Key', sentence: 'A key has at most 200 characters, all of them printable.' } };
}

/**
 * The cause of a command's commit. Its digest covers everything that was sent, texts too, and is keyed by the secret of
 * the vault and by the command, so that it tells nothing, not even that two commands said the same.
 * `requestId` is the one of the answer, so that a person who quotes it leads to the commit.
 */
export const causeOf = (
  digests: Digests,
  name: string,
  id: string,
  sent: unknown,
  { of = id, requestId }: { readonly of?: string; readonly requestId?: string | undefined } = {},
) =>
  ({
    kind: 'command',
    name,
    id,
    digest: digests.hex('sent', of, canonical(sent)),
    ...(requestId !== undefined && { requestId }),
  }) as const;

/** `same` where the first submission said the same, `older` where it came before submissions were compared. */
export function submittedBefore(referral: ReferralRead | undefined, cause: Cause): 'no' | 'same' | 'other' | 'older' {
  const earlier = earlierOf(referral?.commits ?? [], cause);
  if (!earlier) return 'no';
  const same = sameContent(earlier.cause, cause);
  if (same === undefined) return 'older';
  return same ? 'same' : 'other';
}
