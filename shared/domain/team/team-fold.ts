/** The fold of a team's seats and meetings. */

import type { CommitHead } from '../core/commit-head.ts';
import type { Discipline } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import type { EventOf } from '../events.ts';
import type { PartFold } from '../part-fold.ts';
import type { Referral } from '../referral.ts';
import { isHolder } from './seats.ts';
import type { Meeting, Seat, SeatAnswer, TeamState } from './team-state.ts';

/** The answer alone: of another drawing or holder, what was said beside it says nothing. */
const bare = ({ answer, by }: SeatAnswer): SeatAnswer => ({ answer, by });

/** How people come together stays known while a meeting is moved within the same kind of place. */
const placeKept = (before: Meeting | undefined, { number, place }: Pick<Meeting, 'number' | 'place'>) =>
  before?.number === number && before.place === place
    ? whereKnown({ way: before.way, directions: before.directions })
    : {};

/** The state with these seats. It remembers a discipline that loses its seat. */
const withSeats = (state: TeamState, seats: readonly Seat[]): TeamState => ({
  ...state,
  seats,
  formerSeats: [...new Set([...state.formerSeats, ...state.seats.map(({ discipline }) => discipline)])].filter(
    (each) => !seats.some(({ discipline }) => discipline === each),
  ),
});

/**
 * A holder's answer stands while they hold the seat. A person named for this referral alone stays while the team is the
 * same. Any function may write a roster, so one that `drawRoster` would not draw seats no one.
 */
function applyRosterDrawn(
  state: TeamState,
  { team, seats, vacant }: EventOf<'roster-drawn'>,
  { places: { routing } }: Referral,
): TeamState {
  const same = team === state.id;
  const isComplete = same && state.seats.length > 0 && state.vacant.length === 0;
  if (team !== routing?.team || isComplete) return state;
  const next = seats.map((seat): Seat => {
    const known = state.seats.find(({ discipline }) => discipline === seat.discipline);
    // A person who passed the seat on for this referral does not get it back by a new drawing.
    if (known?.delegatedBy === seat.personId) return known;
    if (known?.personId !== seat.personId) return seat;
    const { informedAt, informedHow, answered, declinedBy } = known;
    return {
      ...seat,
      ...whereKnown({ informedAt, informedHow }),
      ...(answered && { answered: bare(answered) }),
      ...whereKnown({ declinedBy }),
    };
  });
  const kept = state.seats.filter(
    (seat) => same && seat.invited && !next.some(({ discipline }) => discipline === seat.discipline),
  );
  // Another team signs anew. A conflict of interest is with the case.
  const conflicts = Object.entries(state.confidentialityAgreements).filter(([, { conflict }]) => conflict === 'yes');
  const confidentialityAgreements = same ? state.confidentialityAgreements : Object.fromEntries(conflicts);
  return withSeats({ ...state, id: team, vacant, confidentialityAgreements }, [...next, ...kept]);
}

const applySeatInvited = (state: TeamState, { discipline, personId, required }: EventOf<'seat-invited'>): TeamState =>
  withSeats({ ...state, vacant: state.vacant.filter((each) => each !== discipline) }, [
    ...state.seats.filter((seat) => seat.discipline !== discipline),
    { discipline, personId, required, invited: true },
  ]);

/** The answer for a seat. A delegated seat is as if the roster had named the delegate: unanswered, and not informed. */
function applySeatAnswered(state: TeamState, given: EventOf<'seat-answered'>): TeamState {
  const { discipline, answer, personId, because, suggested, suggestedDiscipline, delegatedTo, proposes } = given;
  const change = (seat: Seat): Seat => {
    if (delegatedTo !== undefined) return passSeat(seat, personId, delegatedTo);
    const { proposes: before, ...rest } = seat;
    const others = (seat.declinedBy ?? []).filter((id) => id !== personId);
    const wants = proposes ?? (answer === 'accepted' ? before : undefined);
    return {
      ...rest,
      answered: { answer, by: personId, because, suggested, suggestedDiscipline },
      declinedBy: answer === 'declined' ? [...others, personId] : others,
      ...whereKnown({ proposes: wants }),
    };
  };
  return { ...state, seats: state.seats.map((seat) => (seat.discipline === discipline ? change(seat) : seat)) };
}

/** The seat without answer and without information. */
function withoutAnswer(seat: Seat): Seat {
  const { discipline, personId, deputyId, required, invited: named, delegatedBy } = seat;
  return {
    discipline,
    personId,
    required,
    ...whereKnown({ deputyId }),
    ...(named && { invited: named }),
    ...whereKnown({ delegatedBy }),
  };
}

function passSeat(seat: Seat, from: string, to: string): Seat {
  const { discipline, required, invited: named, personId, deputyId } = seat;
  const isHolders = personId === from;
  const others = deputyId === to ? undefined : deputyId;
  const deputy = isHolders ? others : to;
  return {
    discipline,
    required,
    personId: isHolders ? to : personId,
    ...whereKnown({ deputyId: deputy }),
    ...(named && { invited: named }),
    delegatedBy: seat.delegatedBy ?? personId,
  };
}

/** A required seat without a person is vacant. Any other is gone. */
const withoutSeat = (state: TeamState, { discipline, required }: Pick<Seat, 'discipline' | 'required'>): TeamState =>
  withSeats(
    { ...state, vacant: required ? [...state.vacant, discipline] : state.vacant },
    state.seats.filter((seat) => seat.discipline !== discipline),
  );

function applyConfidentialitySigned(
  state: TeamState,
  { personId, notice, conflict }: EventOf<'confidentiality-signed'>,
  { at }: CommitHead,
): TeamState {
  const next = {
    ...state,
    confidentialityAgreements: { ...state.confidentialityAgreements, [personId]: { notice, conflict, at } },
  };
  if (conflict !== 'yes') return next;
  const left = state.seats.filter((seat) => isHolder(seat, personId));
  return left.reduce((each, seat) => leaveSeat(each, seat, personId), next);
}

/**
 * The seat belongs to the other holder alone from now on. That person's answer stands, and nothing of the leaving one.
 */
function leaveSeat(state: TeamState, seat: Seat, personId: string): TeamState {
  const other = seat.personId === personId ? seat.deputyId : seat.personId;
  if (other === undefined) return withoutSeat(state, seat);
  const { discipline, required, invited: named, informedAt, informedHow, answered, declinedBy } = seat;
  const stands = answered?.by === other;
  const told = stands || other === seat.personId;
  const held: Seat = {
    discipline,
    required,
    personId: other,
    ...(named && { invited: named }),
    ...(told && whereKnown({ informedAt, informedHow })),
    ...(stands && { answered: bare(answered) }),
    ...(declinedBy?.includes(other) && { declinedBy: [other] }),
  };
  return { ...state, seats: state.seats.map((each) => (each.discipline === discipline ? held : each)) };
}

const changeSeat = (state: TeamState, discipline: Discipline, change: Partial<Seat>): TeamState => ({
  ...state,
  seats: state.seats.map((seat) => (seat.discipline === discipline ? { ...seat, ...change } : seat)),
});

const endMeeting = (
  state: TeamState,
  status: Meeting['status'],
  how: Partial<Pick<Meeting, 'sequence' | 'because'>> = {},
): TeamState =>
  state.meeting?.status === 'scheduled' ? { ...state, meeting: { ...state.meeting, status, ...how } } : state;

export const teamFold: PartFold<'team'> = {
  'roster-drawn': (state, roster, _, before) => applyRosterDrawn(state, roster, before),
  // A new invitation asks each seat anew.
  'mdt-invited': (state, { team }) => ({
    ...state,
    invited: team,
    seats: state.seats.map(withoutAnswer),
  }),
  'seat-invited': applySeatInvited,
  'seat-removed': withoutSeat,
  'confidentiality-signed': applyConfidentialitySigned,
  'seat-informed': (state, { discipline, how, at }) =>
    changeSeat(state, discipline, { informedAt: at, informedHow: how }),
  'seat-answered': applySeatAnswered,
  'mdt-met': (state, meeting) => ({
    ...endMeeting(state, 'held'),
    meetings: [...state.meetings, { ...meeting, team: state.id }],
  }),
  'meeting-set': (state, { type: __, v: ___, ...meeting }) => ({
    ...state,
    meeting: { ...placeKept(state.meeting, meeting), ...meeting, status: 'scheduled' },
    pastMeetings:
      state.meeting && state.meeting.number !== meeting.number
        ? [...state.pastMeetings, state.meeting]
        : state.pastMeetings,
    // A set time answers every earlier proposal. A change of people answers none.
    seats:
      state.meeting?.status === 'scheduled' && state.meeting.startsAt === meeting.startsAt
        ? state.seats
        : state.seats.map(({ proposes: _, ...seat }) => seat),
  }),
  'meeting-place-said': (state, { number, way, directions }) =>
    state.meeting?.number === number
      ? { ...state, meeting: { ...state.meeting, ...whereKnown({ way, directions }) } }
      : state,
  'meeting-called-off': (state, { sequence, because }) => endMeeting(state, 'called-off', { sequence, because }),
};
