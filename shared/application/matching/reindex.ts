/** Indexes a referral again after a correction or a new index key, and removes it from its former keys. */

import type { IdentityPart } from '../../domain/core/identity-parts.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import type { Referral } from '../../domain/referral.ts';
import { nameScoreThreshold } from '../../domain/same-child/likeness.ts';
import type { Identities } from '../../store/identities.ts';
import type { CommitContext, Ledger } from '../../store/ledger.ts';
import { named, namedAmong } from '../../store/sealed-content.ts';
import { outOfDate, type VaultIndex } from '../../store/vault-index.ts';
import { type Candidate, type Known, keysOf, likest, putInIndex, scoresBy } from './blind-index.ts';
import type { Digests } from './secret.ts';

export interface ReindexParts {
  readonly identities: Pick<Identities, 'childName' | 'birthDate' | 'known' | 'text'> &
    Pick<
      VaultIndex,
      'index' | 'lookUp' | 'indexed' | 'mayStandUnder' | 'noteIndexed' | 'takeOut' | 'match' | 'unmatch'
    >;
  readonly ledger: Pick<Ledger, 'recordAccess'>;
  readonly digests: Digests;
}

/** The note that a referral is under this index key and may also be under a former one. */
export const underBoth = (name: string): string => `${name}+`;

type Reads = Pick<Identities, 'childName' | 'birthDate' | 'known' | 'text'>;

/**
 * The current identity: each part may have been corrected. Throws `MissingContent` where the vault lacks a part that the ledger
 * names: a comparison without it would find too few.
 */
async function knownNow(identities: Reads, { id, identity, response }: Referral): Promise<Known> {
  const { corrections = {}, birthCorrectedBy, given = [] } = identity;
  const part = namedAmong<IdentityPart>(given);
  const [name, birthDate, phone, priorIds, ...caseNumbers] = await Promise.all([
    part('childName', identities.childName(id, corrections.childName)),
    part('birthDate', identities.birthDate(id, birthCorrectedBy)),
    part(
      'phone',
      identities.known(id, corrections.phone).then((known) => known.phone),
    ),
    part(
      'priorIds',
      identities.known(id, corrections.priorIds).then((known) => known.priorIds),
    ),
    ...response.caseNumbers.map((text) => named(identities.text(id, text))),
  ]);
  return { reference: id, caseNumbers, ...whereKnown({ name, birthDate, phone, priorIds }) };
}

/**
 * Brings the index of a referral to its current identity and to the current index key. Records the read first. A repeat after a
 * stop gives the same. Returns similar referrals. After a correction it also returns those that may have been similar and no
 * longer are.
 */
export async function reindex(
  parts: ReindexParts,
  state: Referral,
  context: CommitContext,
): Promise<{ readonly alike: readonly Candidate[]; readonly unlike: readonly string[] }> {
  const { identities, ledger, digests } = parts;
  await ledger.recordAccess(state.id, context, ['childName', 'birthDate', 'knownBy']);
  const [before, known] = await Promise.all([identities.indexed(state.id), knownNow(identities, state)]);
  const standsUnder = before?.keys ?? [];
  const { keys, scores } = await putInIndex(parts, state.id, known);
  // The processes learn of a new index key one after the other. Until the former key is gone, the referral is found by both.
  const [current, ...former] = digests.index;
  const stay = [...keys, ...former.flatMap((key) => keysOf(known, key)).filter((key) => standsUnder.includes(key))];
  const left = standsUnder.filter((key) => !stay.includes(key));
  const isCorrection = before?.by === outOfDate && left.length > 0;
  const stoodBeside = isCorrection ? await Promise.all(left.map((key) => identities.lookUp(key))) : [];
  await Promise.all(left.map((key) => identities.takeOut(key, state.id)));
  const { blindIndex } = state.identity;
  // A match by an equal name and date of birth that no longer hold is removed.
  if (blindIndex !== undefined) await identities[isCorrected(state) ? 'unmatch' : 'match'](blindIndex, state.id);
  const by = former.length > 0 ? underBoth(current.name) : current.name;
  await identities.noteIndexed(state.id, { by, keys: stay, mark: before?.mark ?? '' });
  const found = [scores, ...(await scoresBy(former, identities, known))];
  const isLike = (id: string) => found.some((each) => (each.get(id) ?? 0) >= nameScoreThreshold);
  const once = isCorrection ? [...state.sameChild.candidates, ...stoodBeside.flatMap((each) => Object.keys(each))] : [];
  return {
    alike: likest(found, state.id).filter(({ id }) => !state.report.siblings.includes(id)),
    unlike: [...new Set(once)].filter((id) => id !== state.id && !isLike(id)),
  };
}

const isCorrected = ({ identity: { corrections, birthCorrectedBy } }: Referral) =>
  corrections?.childName !== undefined || birthCorrectedBy !== undefined;

/** Removes a referral from the index for good. Its keys were noted before it was put under them. */
export async function takeOutOfIndex(
  { identities }: { readonly identities: Pick<VaultIndex, 'indexed' | 'takeOut' | 'unmatch'> },
  state: Referral,
): Promise<void> {
  const { blindIndex } = state.identity;
  const keys = (await identities.indexed(state.id))?.keys ?? [];
  await Promise.all(keys.map((key) => identities.takeOut(key, state.id)));
  if (blindIndex !== undefined) await identities.unmatch(blindIndex, state.id);
}
