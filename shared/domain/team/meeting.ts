/** The meeting of the team that is ahead: when it is, who was asked to it, and what follows when either changes. */
import { requestAlert, tellOfChargesAnew } from '../alerts/alert-requests.ts';
import type { Alert } from '../alerts/alert-state.ts';
import type { Decision } from '../core/decision.ts';
import type { MeetingEnd, MeetingPlace } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';
import { comesFor, hasConflict, isHolder } from './seats.ts';
import type { Meeting } from './team-state.ts';

/** The people of the seats as they are answered now, each once. */
const membersOf = ({ team: { seats } }: Referral): string[] => [
  ...new Set(seats.flatMap((seat) => comesFor(seat) ?? [])),
];

/** The meeting that is set and not yet held or called off. */
export const meetingAhead = ({ team: { meeting } }: Referral): Meeting | undefined =>
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

/** Sets the time or, where one is set, moves it: the same meeting, one number further, and everybody who comes is told. */
export function setMeeting(decision: Decision, time: Time): void {
  const before = meetingAhead(decision.state());
  const number = before?.number ?? (decision.state().team.meeting?.number ?? 0) + 1;
  const invited = membersOf(decision.state());
  decision.add('meeting-set', { number, sequence: before ? before.sequence + 1 : 0, ...time, invited });
  requestAlert(decision, {
    kind: before ? 'meeting-moved' : 'meeting-scheduled',
    to: ['mdt-coordinator'],
    people: invited,
  });
}

/** Calls off the meeting that is ahead, where there is one; everybody who was asked to it is told. */
export function callOffMeeting(decision: Decision, because: MeetingEnd): void {
  const meeting = meetingAhead(decision.state());
  if (!meeting) return;
  decision.add('meeting-called-off', { number: meeting.number, sequence: meeting.sequence + 1, because });
  requestAlert(decision, { kind: 'meeting-cancelled', to: ['mdt-coordinator'], people: meeting.invited });
}

/** After any change of the team, with the referral as it was before: the meeting ahead and what is told to a seat follow it. */
export function followTeam(decision: Decision, before: Referral): void {
  meetingFollows(decision, before);
  tellOfChargesAnew(decision, before);
}

/**
 * Whoever left the team is told that the meeting is not theirs any more, and whoever joined it that it is, the coordinator as
 * well. For the others nothing changed, and they get no mail.
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

/** Another team has another coordinator, and so has one whose coordinator stepped aside: whoever did so and has no seat leads it. */
const isOfAnotherCoordinator = (state: Referral, before: Referral): boolean =>
  state.team.id !== before.team.id ||
  Object.keys(state.team.confidentialityAgreements).some(
    (id) => hasConflict(state, id) && !hasConflict(before, id) && !before.team.seats.some((seat) => isHolder(seat, id)),
  );
