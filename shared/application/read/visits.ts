/** Where the child is, what workers and the next shift must know, and who reads the recovery plan: codes alone. */
import { visitConcerns } from '../../domain/core/vocabulary.ts';
import type { Referral } from '../../domain/referral.ts';
import { notesThatStand } from '../../domain/shift-notes/shift-note-state.ts';
import { type Move, type Placed, presentPlace } from '../../domain/whereabouts/moves.ts';
import { seesEveryReferral, type Visitor } from '../access/visitor.ts';

/** The concerns of all these referrals, which are about one child. Undefined where none is noted. */
export function viewWorkerSafety(referrals: readonly Pick<Referral, 'visits'>[]) {
  const notes = referrals.flatMap(({ visits }) => visits ?? []);
  const concerns = visitConcerns.filter((concern) => notes.some((note) => note.concerns.includes(concern)));
  const hasWords = notes[0] !== undefined && referrals[0]?.visits?.safetyWords !== undefined;
  const notedAt = notes
    .map((note) => note.notedAt)
    .toSorted()
    .at(-1);
  if (notedAt === undefined || (concerns.length === 0 && !hasWords)) return undefined;
  return { concerns, hasWords, notedAt };
}
export type WorkerSafetyView = NonNullable<ReturnType<typeof viewWorkerSafety>>;

/** The notes for the next shift that stand now, the newest first. Staff alone read them. Undefined where there is none. */
export function viewShiftNotes({ shiftNotes }: Pick<Referral, 'shiftNotes'>, visitor: Visitor) {
  const standing = notesThatStand(shiftNotes, visitor.at ?? '');
  return standing.length === 0 || !seesEveryReferral(visitor)
    ? undefined
    : standing.toReversed().map(({ at, by, readBy }) => ({ at, by, readBy }));
}

/** The seats that read the plan. Undefined where there is none, or who the child is was erased. */
export const viewRecoveryReaders = ({ recovery, identity }: Pick<Referral, 'recovery' | 'identity'>) =>
  recovery?.plan && !identity.erased
    ? { readers: recovery.plan.readers, writtenAt: recovery.plan.writtenAt }
    : undefined;
export type RecoveryReaders = NonNullable<ReturnType<typeof viewRecoveryReaders>>;

/**
 * The act that told of a place, without its words. `of` and `number`: its referral, and its place among all there, as in the words
 * of the vault.
 */
export const viewStay = ({ of, number, stay: { by, at, recordedBy, isSafePlace } }: Placed) => ({
  of,
  number,
  by: by as Move,
  at,
  recordedBy,
  isSafePlace: isSafePlace === true,
});
export type StayView = ReturnType<typeof viewStay>;

/** The present place, as far as it is known. Neither `now` nor `unknownSince`: no act told of one. `others`: as for `presentPlace`. */
export function viewPresentPlace(state: Referral, others: readonly Referral[]) {
  const { unknownSince, now, last } = presentPlace(state, others);
  return {
    ...(unknownSince !== undefined && { unknownSince }),
    ...(now && { now: viewStay(now) }),
    ...(last && { last: viewStay(last) }),
  };
}
