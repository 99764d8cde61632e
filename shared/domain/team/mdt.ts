import type { Decision } from '../core/decision.ts';
import type { Discipline } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { markKept, openAgain, openOnce } from '../deadlines/deadlines.ts';
import { openDeadlineOf } from '../deadlines/open-deadlines.ts';
import { findRule } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { currentScreening } from '../screening/current-screening.ts';
import { ranks } from '../screening/screening.ts';
import type { Screening } from '../screening/screening-state.ts';
import { hasSignedAgreement } from './seats.ts';
import type { Seat } from './team-state.ts';

/** The clock by which a seat must answer: that of the meeting of the team. */
export const seatDeadline = (state: Referral): Deadline | undefined => openDeadlineOf(state, 'D15');

type Holders = Pick<Seat, 'discipline' | 'personId' | 'deputyId'>;

/**
 * The indexes of wants without a person, where each person meets one want at most. Each want lists the people who can
 * meet it.
 */
function leftOver(wants: readonly (readonly string[])[]): readonly number[] {
  const meets = new Map<string, number>();
  const find = (want: number, tried: Set<string>): boolean =>
    (wants[want] ?? []).some((person) => {
      if (tried.has(person)) return false;
      tried.add(person);
      const other = meets.get(person);
      // A person who meets another want is free where a different person can meet that one.
      if (other !== undefined && !find(other, tried)) return false;
      meets.set(person, want);
      return true;
    });
  return [...wants.keys()].filter((want) => !find(want, new Set()));
}

const peopleOf = (seats: readonly Holders[], discipline: Discipline): string[] =>
  seats
    .filter((seat) => seat.discipline === discipline)
    .flatMap(({ personId, deputyId }) => (deputyId === undefined ? [personId] : [personId, deputyId]));

/**
 * Whether the people in the seats of these disciplines make a quorum (docs/domain.md#quorum). It needs one of each
 * group, and each person counts for one group.
 */
export const isQuorum = (
  seats: readonly Holders[],
  present: readonly Discipline[],
  quorum: readonly (readonly Discipline[])[],
): boolean =>
  leftOver(
    quorum.map((group) =>
      group.filter((each) => present.includes(each)).flatMap((discipline) => peopleOf(seats, discipline)),
    ),
  ).length === 0;

/**
 * Why the composition of a meeting was not the one that the law asks for, by required discipline. `missing`: it did not
 * sit there. `unsigned`: no holder has signed the notice, is free of a conflict of interest and has not declined.
 * `shared`: its only holder completes another discipline (C.G.S. 17a-106a(c): at least one of each).
 */
export function incompleteAt(
  state: Referral,
  attended: readonly Discipline[],
  required: readonly Discipline[],
): Readonly<Record<'missing' | 'unsigned' | 'shared', Discipline[]>> {
  const sat = required.filter((discipline) => attended.includes(discipline));
  const completing = (discipline: Discipline) => {
    const declined = state.team.seats.find((seat) => seat.discipline === discipline)?.declinedBy ?? [];
    return peopleOf(state.team.seats, discipline).filter(
      (id) => !declined.includes(id) && hasSignedAgreement(state, id),
    );
  };
  const signed = sat.filter((discipline) => completing(discipline).length > 0);
  const left = leftOver(signed.map(completing));
  return {
    missing: required.filter((discipline) => !attended.includes(discipline)),
    unsigned: sat.filter((discipline) => !signed.includes(discipline)),
    shared: signed.filter((_, index) => left.includes(index)),
  };
}

/** The present screening, where it asks for a team. */
function suspicion(decision: Decision): Screening | undefined {
  const screening = currentScreening(decision.state());
  return screening && findRule(decision.context.policy, 'D15')?.ofPathway?.includes(screening.outcome)
    ? screening
    : undefined;
}

/**
 * Opens the clocks of the meeting and of the interview, where the team has not met. `ofNewTeam`: the clock of another
 * team does not count. `quiet`: another alert tells of them.
 */
export function openMeeting(
  decision: Decision,
  start: string,
  { ofNewTeam = false, quiet = false }: { readonly ofNewTeam?: boolean; readonly quiet?: boolean } = {},
): void {
  const screening = suspicion(decision);
  if (!screening) return;
  const opening = { start, screening: screening.number, ...(quiet && ({ quiet } as const)) };
  const isMissing = ofNewTeam ? !hasMet(decision.state()) : isOwed(decision.state(), screening);
  if (isMissing) openAgain(decision, 'D15', { ...opening, outcome: screening.outcome });
  openOnce(decision, 'D20', opening);
}

/** Whether a meeting was held, with a quorum or under a waiver. Below both the team must still convene. */
export const wasHeld = ({ quorum, waiver }: Pick<Referral['team']['meetings'][number], 'quorum' | 'waiver'>): boolean =>
  quorum || waiver !== undefined;

/** Whether the present team has held a meeting. A meeting of another team does not count. */
export const hasMet = ({ team: { meetings, id: team } }: Referral): boolean =>
  meetings.some((meeting) => meeting.team === team && wasHeld(meeting));

/**
 * Whether a team that has not met has no clock of its meeting yet. None was opened, or one was closed as missed under a
 * lower outcome.
 */
function isOwed(state: Referral, { outcome }: Screening): boolean {
  if (hasMet(state)) return false;
  const last = Object.values(state.deadlines).findLast(({ rule, status }) => rule === 'D15' && status !== 'ended');
  if (last === undefined) return true;
  const before = state.screening.list.find(({ number }) => number === last.screening);
  return last.status === 'missed-closed' && before !== undefined && ranks[before.outcome] < ranks[outcome];
}

/** Each meeting or review sets the clock of the next one, without an alert: the recorder knows. A later one counts. */
export function reviewAgain(decision: Decision, fact: 'mdt-met' | 'case-reviewed', at: string): void {
  markKept(decision, fact, at);
  openAgain(decision, 'D16', { start: at, quiet: true });
}

/** After a meeting below quorum the next one is due on the same terms. */
export function meetAgain(decision: Decision, start: string): void {
  const screening = suspicion(decision);
  if (screening) openAgain(decision, 'D15', { start, screening: screening.number, outcome: screening.outcome });
}
