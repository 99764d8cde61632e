import { keep, openAgain, openOnce } from './deadlines.ts';
import type { Draft } from './draft.ts';
import { findRule } from './policy.ts';
import { currentScreening, openDeadlineOf, type Referral, type Screening } from './referral.ts';
import { hasPledged } from './seats.ts';
import type { Discipline } from './vocabulary.ts';

/** True where every required seat has a person and that person was delivered to, told by phone or has answered (D14). */
export const allInformed = (state: Referral): boolean =>
  state.seats.length > 0 &&
  state.vacant.length === 0 &&
  state.seats.every((seat) => !seat.required || seat.informedAt !== undefined || seat.answer !== undefined);

/** Whether these disciplines make a quorum: one of each group (DOMAIN 7d). */
export const isQuorum = (present: readonly Discipline[], quorum: readonly (readonly Discipline[])[]): boolean =>
  quorum.every((group) => group.some((discipline) => present.includes(discipline)));

/** The required disciplines that did not sit at a meeting. With none missing, the composition was the one that the law asks for. */
export const missingFrom = (attended: readonly Discipline[], required: readonly Discipline[]): Discipline[] =>
  required.filter((discipline) => !attended.includes(discipline));

/**
 * The required disciplines that sat at a meeting and complete nothing: nobody holds the seat who has signed the notice, is free of
 * a conflict of interest and has not declined.
 */
export const unsignedAt = (state: Referral, attended: readonly Discipline[], required: readonly Discipline[]) =>
  required.filter((discipline) => {
    const seat = state.seats.find((each) => each.discipline === discipline);
    const holders = [seat?.personId, seat?.deputyId].filter(
      (id) => id !== undefined && !seat?.declinedBy?.includes(id),
    );
    return attended.includes(discipline) && !holders.some((id) => id !== undefined && hasPledged(state, id));
  });

/** After any seat was informed: where that was the last one, the notice is complete and the meeting's clock starts. */
export function noticeMayBeComplete(draft: Draft, at: string): void {
  if (!allInformed(draft.state()) || !openDeadlineOf(draft.state(), 'D14')) return;
  keep(draft, 'mdt-notified', at);
  openMeeting(draft, at);
}

/** The screening that asks for a team, where the present one does. */
function suspicion(draft: Draft): Screening | undefined {
  const screening = currentScreening(draft.state());
  return screening && findRule(draft.context.policy, 'D15')?.ofPathway?.includes(screening.outcome)
    ? screening
    : undefined;
}

/** Opens the clocks of the meeting and of the interview; D14 missed starts it as well, so that a notice that never completes stops nothing. */
export function openMeeting(draft: Draft, start: string): void {
  const screening = suspicion(draft);
  if (!screening) return;
  openOnce(draft, 'D15', { start, screening: screening.number, outcome: screening.outcome });
  openOnce(draft, 'D20', { start, screening: screening.number });
}

/** Each meeting or review sets the clock of the next one, quietly: who records it knows. A later one counts. */
export function reviewAgain(draft: Draft, fact: 'mdt-met' | 'case-reviewed', at: string): void {
  keep(draft, fact, at);
  openAgain(draft, 'D16', { start: at, quiet: true });
}

/** After a meeting below quorum the next one is due on the same terms. */
export function meetAgain(draft: Draft, start: string): void {
  const screening = suspicion(draft);
  if (screening) openAgain(draft, 'D15', { start, screening: screening.number, outcome: screening.outcome });
}
