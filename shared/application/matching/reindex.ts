/** Indexes a referral anew: after a correction, and after a change of the key. What it stood under before is taken out. */

import type { Referral } from '../../domain/referral.ts';
import { likeEnough } from '../../domain/same-child/likeness.ts';
import type { Identities } from '../../store/identities.ts';
import type { Frame, Ledger } from '../../store/ledger.ts';
import { outOfDate } from '../../store/vault-index.ts';
import { type Candidate, type Known, keysOf, likest, putInIndex, scoresBy } from './blind-index.ts';
import type { Digests } from './secret.ts';

export interface ReindexParts {
  readonly identities: Pick<
    Identities,
    | 'childName'
    | 'birthDate'
    | 'known'
    | 'index'
    | 'lookUp'
    | 'indexed'
    | 'mayStandUnder'
    | 'noteIndexed'
    | 'takeOut'
    | 'unmatch'
  >;
  readonly ledger: Pick<Ledger, 'recordAccess'>;
  readonly digests: Digests;
}

/** How it is written down that a referral stands under this key and may stand under a former one as well. */
export const underBoth = (name: string): string => `${name}+`;

type Reads = Pick<Identities, 'childName' | 'birthDate' | 'known'>;

const without = <Value>(value: Value | undefined, name: string) => (value ? { [name]: value } : {});

/** What counts now of who the child is. */
async function knownNow(identities: Reads, state: Referral): Promise<Known> {
  const { childName, phone, priorIds } = state.corrections ?? {};
  const [name, birthDate, byPhone, byIds] = await Promise.all([
    identities.childName(state.id, childName),
    identities.birthDate(state.id, state.birthCorrectedBy),
    identities.known(state.id, phone),
    identities.known(state.id, priorIds),
  ]);
  return {
    ...without(name, 'name'),
    ...without(birthDate, 'birthDate'),
    ...without(byPhone.phone, 'phone'),
    ...without(byIds.priorIds, 'priorIds'),
  };
}

/** What the report said: an older release indexed it and did not write down where. */
const knownFirst = (identities: Reads, state: Referral): Promise<Known> => {
  const { corrections: _, birthCorrectedBy: __, ...first } = state;
  return knownNow(identities, first);
};

/**
 * Brings the index of a referral to what its identity says now and to the key that counts. The read is written down first. Stopped
 * anywhere, it is done again from the start and comes to the same. Gives the others that are alike and, after a correction, those that
 * may have been and are not.
 */
export async function reindex(
  parts: ReindexParts,
  state: Referral,
  frame: Frame,
): Promise<{ readonly alike: readonly Candidate[]; readonly unlike: readonly string[] }> {
  const { identities, ledger, digests } = parts;
  await ledger.recordAccess(state.id, frame, ['childName', 'birthDate', 'knownBy']);
  const [before, known] = await Promise.all([identities.indexed(state.id), knownNow(identities, state)]);
  const standsUnder = before ? before.keys : await keysOfReport(parts, state);
  await identities.mayStandUnder(state.id, standsUnder);
  const { keys, scores } = await putInIndex(parts, state.id, known);
  // Doors learn of another key one after the other: until the former is gone, it is found by both.
  const [current, ...former] = digests.index;
  const stay = [...keys, ...former.flatMap((key) => keysOf(known, key)).filter((key) => standsUnder.includes(key))];
  const left = standsUnder.filter((key) => !stay.includes(key));
  const isCorrection = before?.by === outOfDate && left.length > 0;
  const stoodBeside = isCorrection ? await Promise.all(left.map((key) => identities.lookUp(key))) : [];
  await Promise.all(left.map((key) => identities.takeOut(key, state.id)));
  // An equal name and birth date that no longer hold are looked for no more.
  if (state.blindIndex !== undefined && isCorrected(state)) await identities.unmatch(state.blindIndex, state.id);
  const by = former.length > 0 ? underBoth(current.name) : current.name;
  await identities.noteIndexed(state.id, { by, keys: stay, mark: before?.mark ?? '' });
  const found = [scores, ...(await scoresBy(former, identities, known))];
  const isLike = (id: string) => found.some((each) => (each.get(id) ?? 0) >= likeEnough);
  const once = isCorrection ? [...state.candidates, ...stoodBeside.flatMap((each) => Object.keys(each))] : [];
  return {
    alike: likest(found, state.id).filter(({ id }) => !state.siblings.includes(id)),
    unlike: [...new Set(once)].filter((id) => id !== state.id && !isLike(id)),
  };
}

const isCorrected = ({ corrections, birthCorrectedBy }: Referral) =>
  corrections?.childName !== undefined || birthCorrectedBy !== undefined;

async function keysOfReport({ identities, digests }: ReindexParts, state: Referral): Promise<readonly string[]> {
  const first = await knownFirst(identities, state);
  return [...new Set(digests.index.flatMap((key) => keysOf(first, key)))];
}

/** Takes a referral out of the index for good; where nobody wrote down where it stands, by what the report said, and that read is written down. */
export async function takeOutOfIndex(parts: ReindexParts, state: Referral, frame: Frame): Promise<void> {
  const { identities, ledger } = parts;
  let keys = (await identities.indexed(state.id))?.keys;
  if (!keys) {
    await ledger.recordAccess(state.id, frame, ['childName', 'birthDate', 'knownBy']);
    keys = await keysOfReport(parts, state);
  }
  await Promise.all(keys.map((key) => identities.takeOut(key, state.id)));
  if (state.blindIndex !== undefined) await identities.unmatch(state.blindIndex, state.id);
}
