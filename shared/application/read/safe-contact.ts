/**
 * How a child may be contacted safely. Two reports about one child count as one referral once the one is attached to the other, so
 * the notes of both are for whoever may contact the family in either.
 */
import type { Referral } from '../../domain/referral.ts';
import type { Ledger } from '../../store/ledger.ts';
import { isClosedTo } from '../access/visitor.ts';

/** Said where a note is held by a referral that is closed to the reader. It names no referral, nor says that one is sealed: a seal names two Careline supervisors. */
export const withheldNote =
  'There is another note on how the child may be contacted safely, and it is not shown to you. Contact nobody of the family before a Careline supervisor who can read it has told you whom you may call.';

const hasNote = ({ texts, erased }: Referral): boolean => texts.safeContact !== undefined && !erased;

/**
 * The other referrals that count as one with this one: what it is attached to, and what is attached to either, whoever asks. Only a
 * referral to which nothing is attached can be attached, so there is nothing behind these.
 */
export async function countedWith(
  ledger: Pick<Ledger, 'referral'>,
  state: Pick<Referral, 'id' | 'attachedTo' | 'attachments'>,
): Promise<readonly Referral[]> {
  const stateOf = async (id: string) => (await ledger.referral(id))?.state;
  const whole = state.attachedTo === undefined ? undefined : await stateOf(state.attachedTo);
  const { id, attachments } = whole ?? state;
  const resting = await Promise.all(attachments.map(({ from }) => stateOf(from)));
  // A claim alone attaches nothing yet, and one that was taken back nothing any more.
  const attached = resting.filter((other) => other?.attachedTo === id);
  return [whole, ...attached].filter((other) => other !== undefined).filter((other) => other.id !== state.id);
}

/** Whether anybody noted how the child may be contacted, here or in a referral that counts as one with it. */
export const isNoted = (state: Referral, others: readonly Referral[]): boolean =>
  !state.erased && [state, ...others].some(hasNote);

/** Which of the others hold a note that these people may all read, and whether one holds a note that they may not. */
export function notesAmong(others: readonly Referral[], people: readonly string[]) {
  const noted = others.filter(hasNote);
  const readable = noted.filter((other) => people.every((id) => !isClosedTo(other, { id })));
  return { readable, isWithheld: readable.length < noted.length };
}
