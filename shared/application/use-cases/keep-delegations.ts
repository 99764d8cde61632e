/** Names delegates, ends delegations, and shows them. Each change is a commit in the chain of the person on leave. */

import { idPattern } from '../../domain/core/ids.ts';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import type { Role } from '../../domain/core/vocabulary.ts';
import { afterEnds } from '../../domain/directory/access-ends.ts';
import {
  type Delegation,
  type DelegationRefusal,
  delegable,
  delegationInput,
  endDelegation,
  giveDelegation,
  isToCome,
} from '../../domain/directory/delegations.ts';
import { refuse } from '../../domain/refusals.ts';
import { delegationsBy, delegationsIn, endsIn } from '../../store/directory-by-chains.ts';
import type { Directory } from '../../store/directory-reads.ts';
import type { Ledger } from '../../store/ledger.ts';
import { keyedFrame, personFrame, type Submission } from '../access/person-frame.ts';
import { auditors, isOneOf, ownOf, type Visitor, visitorOf } from '../access/visitor.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';

export interface DelegationParts {
  readonly ledger: Pick<Ledger, 'delegations' | 'changeDelegations' | 'shifts'>;
  readonly directory: Pick<Directory, 'person' | 'people' | 'delegationsOf' | 'delegationsTo' | 'delegations'>;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

/** The roles that may be delegated, and below those that see all delegations. */
export const delegators: readonly Role[] = delegable;
export const delegationAuditors = auditors;

interface Changed {
  readonly kind: 'done';
  readonly delegations: readonly Delegation[];
}
export type NameAnswer =
  | Changed
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'refused'; readonly refusal: Refusal<DelegationRefusal | 'id-reused' | 'record-in-doubt'> };
export type EndAnswer =
  | Changed
  | { readonly kind: 'refused'; readonly refusal: Refusal<'no-such-delegation' | 'over-already' | 'record-in-doubt'> };

/** Names a delegate for the caller. A repeat changes nothing. */
export async function nameDelegate(
  parts: DelegationParts,
  visitor: Visitor,
  input: unknown,
  submission?: Submission,
): Promise<NameAnswer> {
  const own = ownOf(visitor);
  if (!isOneOf(own, delegators)) return { kind: 'forbidden' };
  const parsed = readInput(delegationInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const found = await parts.directory.person(parsed.data.delegateId);
  const about = { person: own, delegate: found && visitorOf(found), now: parts.now };
  const plain = personFrame(parts, visitor, 'name-delegate', visitor.id);
  const frame = submission ? keyedFrame(plain, visitor.id, parsed.data, submission) : plain;
  const after = await parts.ledger.changeDelegations(visitor.id, frame, (given) =>
    giveDelegation(given, parsed.data, about),
  );
  if (isRefusal(after)) return { kind: 'refused', refusal: after };
  return { kind: 'done', delegations: after.filter((each) => isToCome(each, parts.now)) };
}

/** Ends a delegation before its time, for both people at once. */
export async function endDelegate(
  parts: DelegationParts,
  visitor: Visitor,
  { personId, id }: { readonly personId: string; readonly id: string },
): Promise<EndAnswer> {
  const none = refuse('no-such-delegation');
  if (!idPattern.test(personId)) return { kind: 'refused', refusal: none };
  const ends = await endsIn(parts.ledger);
  const after = await parts.ledger.changeDelegations(
    personId,
    personFrame(parts, visitor, 'end-delegation', `${personId}.${id}`.slice(0, 64)),
    (given) => endDelegation(afterEnds(given, ends), { id, person: ownOf(visitor), now: parts.now }),
  );
  // No key is in this frame, so that its id is never another's.
  if (isRefusal(after))
    return {
      kind: 'refused',
      refusal: { ...after, refused: after.refused === 'id-reused' ? none.refused : after.refused },
    };
  return { kind: 'done', delegations: afterEnds(after, ends).filter((each) => isToCome(each, parts.now)) };
}

/**
 * The delegations of this person, given and received, that are not over. Administrators and auditors get all. They are as in the
 * ledger. The directory says whose chains to read and follows in a moment, so a new one may be missing.
 */
export async function delegationsFor({ directory, ledger, now }: DelegationParts, visitor: Visitor) {
  const [given, received, all] = await Promise.all([
    delegationsBy(ledger, visitor.id),
    directory.delegationsTo(visitor.id, now).then((rows) => delegationsIn({ ledger, directory }, rows)),
    isOneOf(ownOf(visitor), delegationAuditors) ? directory.delegations(now) : undefined,
  ]);
  const toCome = (each: Delegation) => isToCome(each, now);
  return {
    given: given.filter(toCome),
    received: received.filter((each) => each.delegateId === visitor.id && toCome(each)),
    ...(all && { everybody: all.filter(toCome) }),
  };
}
