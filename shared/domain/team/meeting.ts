/** The meeting of the team that is ahead: its time, its people, and the effects of a change. */
import { requestAlert, tellOfChargesAnew } from '../alerts/alert-requests.ts';
import type { Alert } from '../alerts/alert-state.ts';
import type { Decision } from '../core/decision.ts';
import type { MeetingEnd, MeetingPlace } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';
import { hasConflict, isHolder, peopleFor } from './seats.ts';
import type { Meeting } from './team-state.ts';

/** The people who come for the seats by the present answers, each once. */
const membersOf = ({ team: { seats } }: Referral): string[] => peopleFor(seats);

/** The meeting that is set and not yet held or called off. */
export const meetingAhead = ({ team: { meeting } }: Pick<Referral, 'team'>): Meeting | undefined =>
  meeting?.status === 'scheduled' ? meeting : undefined;

/** The meeting that an alert tells of, whatever was set since. */
export const meetingOf = (
  { meeting: number }: Alert,
  { team: { meeting, pastMeetings } }: Referral,
): Meeting | undefined => [...pastMeetings, meeting].find((each) => each?.number === number);

interface Time {
  readonly startsAt: string;
  readonly minutes: number;
  readonly place: MeetingPlace;
}

/** `directions`: the id of the text. */
export type PlaceSaid = Pick<Meeting, 'way' | 'directions'>;

export const saysPlace = ({ way, directions }: PlaceSaid): boolean => way !== undefined || directions !== undefined;

/**
 * Sets the time of the meeting. A meeting that is set already is moved: the same one, one change further. All who come
 * are told.
 */
export function setMeeting(decision: Decision, time: Time, said: PlaceSaid = {}): void {
  const before = meetingAhead(decision.state());
  const number = before?.number ?? (decision.state().team.meeting?.number ?? 0) + 1;
  const invited = membersOf(decision.state());
  decision.add('meeting-set', { number, sequence: before ? before.sequence + 1 : 0, ...time, invited });
  if (saysPlace(said)) decision.add('meeting-place-said', { number, ...said });
  requestAlert(decision, {
    kind: before ? 'meeting-moved' : 'meeting-scheduled',
    to: ['mdt-coordinator'],
    people: invited,
  });
}

/** Calls off the meeting that is ahead, where there is one. All who were asked to it are told. */
export function callOffMeeting(decision: Decision, because: MeetingEnd): void {
  const meeting = meetingAhead(decision.state());
  if (!meeting) return;
  decision.add('meeting-called-off', { number: meeting.number, sequence: meeting.sequence + 1, because });
  requestAlert(decision, { kind: 'meeting-cancelled', to: ['mdt-coordinator'], people: meeting.invited });
}

/**
 * After any change of the team, with the referral as it was before. Updates the meeting ahead and the alerts of seats.
 */
export function followTeam(decision: Decision, before: Referral): void {
  meetingFollows(decision, before);
  tellOfChargesAnew(decision, before);
}

/**
 * Tells people who left the team that the meeting is no longer theirs, and people who joined that it is. The
 * coordinator is told as well. For all others nothing changed, and they get no mail.
 */
function meetingFollows(decision: Decision, before: Referral): void {
  const meeting = meetingAhead(decision.state());
  if (!meeting) return;
  const invited = membersOf(decision.state());
  const left = meeting.invited.filter((id) => !invited.includes(id));
  const joined = invited.filter((id) => !meeting.invited.includes(id));
  const to = isOfAnotherCoordinator(decision.state(), before) ? (['mdt-coordinator'] as const) : [];
  if (left.length + joined.length + to.length === 0) return;
  const { startsAt, minutes, place, number, sequence } = meeting;
  decision.add('meeting-set', { number, sequence: sequence + 1, startsAt, minutes, place, invited });
  if (left.length > 0) requestAlert(decision, { kind: 'meeting-left', to: [], people: left });
  if (joined.length + to.length > 0) requestAlert(decision, { kind: 'meeting-scheduled', to, people: joined });
}

/**
 * Another team has another coordinator. So has a team whose coordinator stepped aside: the coordinator without a seat
 * led it.
 */
const isOfAnotherCoordinator = (state: Referral, before: Referral): boolean =>
  state.team.id !== before.team.id ||
  Object.keys(state.team.confidentialityAgreements).some(
    (id) => hasConflict(state, id) && !hasConflict(before, id) && !before.team.seats.some((seat) => isHolder(seat, id)),
  );
