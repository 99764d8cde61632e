/**
 * How to contact a child safely. Two merged referrals are about one child, so people who may contact the family in either see
 * both notes.
 */
import type { Referral } from '../../domain/referral.ts';
import type { Ledger } from '../../store/ledger.ts';
import { isClosedTo } from '../access/visitor.ts';

/**
 * Shown where a referral that is closed to the reader has a note. It does not tell which one, nor whether one is sealed: a seal
 * names two Careline supervisors.
 */
export const withheldNote =
  'There is another note on how the child may be contacted safely, and it is not shown to you. Do not contact the family yet. First ask a Careline supervisor who can read the note which people you may call.';

const hasNote = ({ report: { texts }, identity: { erased } }: Referral): boolean =>
  texts.safeContact !== undefined && !erased;

/**
 * The other referrals of the same child: the one it is merged into, and all that are merged into either. It does not check who
 * reads. A referral with others merged into it cannot be merged, so there are no more levels.
 */
export async function countedWith(
  ledger: Pick<Ledger, 'referral'>,
  state: Pick<Referral, 'id'> & { readonly sameChild: Pick<Referral['sameChild'], 'mergedInto' | 'merges'> },
): Promise<readonly Referral[]> {
  const stateOf = async (id: string) => (await ledger.referral(id))?.state;
  const whole = state.sameChild.mergedInto === undefined ? undefined : await stateOf(state.sameChild.mergedInto);
  const {
    id,
    sameChild: { merges },
  } = whole ?? state;
  const reserved = await Promise.all(merges.map(({ from }) => stateOf(from)));
  // A claim alone does not merge, and an undone merge counts no longer.
  const merged = reserved.filter((other) => other?.sameChild.mergedInto === id);
  return [whole, ...merged].filter((other) => other !== undefined).filter((other) => other.id !== state.id);
}

/** Whether a note on safe contact exists, here or in a merged referral. */
export const isNoted = (state: Referral, others: readonly Referral[]): boolean =>
  !state.identity.erased && [state, ...others].some(hasNote);

/** A person, who may read for a person on leave. */
interface Reader {
  readonly id: string;
  readonly onBehalfOf?: string | undefined;
}

/** Those of the others that are closed neither to the reader nor to the person on leave. */
export const openTo = ({ id, onBehalfOf = id }: Reader, others: readonly Referral[]): readonly Referral[] =>
  others.filter((other) => [id, onBehalfOf].every((each) => !isClosedTo(other, { id: each })));

/** The others with a note that this reader may read, and whether there is any other note. */
export function notesAmong(reader: Reader, others: readonly Referral[]) {
  const noted = others.filter(hasNote);
  const readable = openTo(reader, noted);
  return { readable, isWithheld: readable.length < noted.length };
}
