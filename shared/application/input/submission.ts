/** One submission of a person: its key, and whether that key already stands for another. */
import { whereKnown } from '../../domain/core/where-known.ts';
import { canonical } from '../../store/canonical.ts';
import { type Cause, earlierOf, sameContent } from '../../store/commit.ts';
import type { ReferralRead } from '../../store/ledger.ts';
import type { Digests } from '../matching/secret.ts';
import { isPrintable } from './control-characters.ts';
import type { Problem } from './problems.ts';

/** The answer to a key that came before with other content. Nothing is stored. */
export interface Reused {
  readonly kind: 'reused';
}

/** The key that a client gave, or one from `fresh` where it is missing or blank. */
export function submissionKey(given: string | undefined, fresh: () => string): { key: string } | { problem: Problem } {
  const key = given?.trim() ?? '';
  if (key === '') return { key: fresh() };
  if (key.length <= 200 && isPrintable(key)) return { key };
  return { problem: { path: 'Idempotency-Key', sentence: 'A key has at most 200 characters, all of them printable.' } };
}

/**
 * The cause of a command's commit. Its digest covers all that was sent, with the free text. It is keyed by the vault's secret and
 * the command. So it does not even tell that two commands had equal content. With `requestId`, a person can find the commit of an
 * answer.
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
    ...whereKnown({ requestId }),
  }) as const;

/** Whether the submission came before: `same` with equal content, `other` with different content. */
export function submittedBefore(referral: ReferralRead | undefined, cause: Cause): 'no' | 'same' | 'other' {
  const earlier = earlierOf(referral?.commits ?? [], cause);
  if (!earlier) return 'no';
  return sameContent(earlier.cause, cause) ? 'same' : 'other';
}

/** Whether a commit was sent by this command with this content, under whatever key. */
export const sentAs =
  (digests: Digests, name: string, sent: unknown) =>
  ({ cause }: { readonly cause: Cause }): boolean =>
    cause.kind === 'command' && sameContent(cause, causeOf(digests, name, cause.id, sent)) === true;
