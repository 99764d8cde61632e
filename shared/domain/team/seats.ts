/** The seats of one referral's team as they change, and who of them may see the case. */
import type { EventOf } from '../events.ts';
import type { CommitFrame, Referral, Seat } from '../referral.ts';

/** The state with these seats; a discipline that loses its seat by it is remembered. */
const seated = (state: Referral, seats: readonly Seat[]): Referral => ({
  ...state,
  seats,
  formerSeats: [...new Set([...state.formerSeats, ...state.seats.map(({ discipline }) => discipline)])].filter(
    (each) => !seats.some(({ discipline }) => discipline === each),
  ),
});

/** What somebody has answered stands while they hold the seat. Who was named for this referral alone stays while the team is the same. */
export function drawn(state: Referral, { team, seats, vacant }: EventOf<'roster-drawn'>): Referral {
  const same = team === state.team;
  const next = seats.map((seat): Seat => {
    const known = state.seats.find(({ discipline }) => discipline === seat.discipline);
    // Who passed it on for this referral does not get it back by a new drawing.
    if (known?.delegatedBy === seat.personId) return known;
    if (known?.personId !== seat.personId) return seat;
    const { informedAt, answer, answeredBy, declinedBy } = known;
    return {
      ...seat,
      ...(informedAt !== undefined && { informedAt }),
      ...(answer !== undefined && { answer }),
      ...(answeredBy !== undefined && { answeredBy }),
      ...(declinedBy !== undefined && { declinedBy }),
    };
  });
  const kept = state.seats.filter(
    (seat) => same && seat.invited && !next.some(({ discipline }) => discipline === seat.discipline),
  );
  // Another team signs anew; a conflict of interest is with the case.
  const conflicts = Object.entries(state.pledges).filter(([, { conflict }]) => conflict === 'yes');
  const pledges = same ? state.pledges : Object.fromEntries(conflicts);
  return seated({ ...state, team, vacant, pledges }, [...next, ...kept]);
}

export const invited = (state: Referral, { discipline, personId, required }: EventOf<'seat-invited'>): Referral =>
  seated({ ...state, vacant: state.vacant.filter((each) => each !== discipline) }, [
    ...state.seats.filter((seat) => seat.discipline !== discipline),
    { discipline, personId, required, invited: true },
  ]);

/** What somebody answered for a seat. Passed on, it is as if the roster had named the other: nothing answered, nobody told. */
export function answered(state: Referral, given: EventOf<'seat-answered'>): Referral {
  const { discipline, answer, personId, because, suggested, suggestedDiscipline, delegatedTo, proposes } = given;
  const change = (seat: Seat): Seat => {
    if (delegatedTo !== undefined) return passedOn(seat, personId, delegatedTo);
    const { because: _, suggested: __, suggestedDiscipline: ___, proposes: before, ...rest } = seat;
    const others = (seat.declinedBy ?? []).filter((id) => id !== personId);
    const wants = proposes ?? (answer === 'accepted' ? before : undefined);
    return {
      ...rest,
      answer,
      answeredBy: personId,
      declinedBy: answer === 'declined' ? [...others, personId] : others,
      ...(because !== undefined && { because }),
      ...(suggested !== undefined && { suggested }),
      ...(suggestedDiscipline !== undefined && { suggestedDiscipline }),
      ...(wants !== undefined && { proposes: wants }),
    };
  };
  return { ...state, seats: state.seats.map((seat) => (seat.discipline === discipline ? change(seat) : seat)) };
}

/** The seat with nothing answered, and nobody told of it. */
export function askedAnew(seat: Seat): Seat {
  const { discipline, personId, deputyId, required, invited: named, delegatedBy } = seat;
  return {
    discipline,
    personId,
    required,
    ...(deputyId !== undefined && { deputyId }),
    ...(named && { invited: named }),
    ...(delegatedBy !== undefined && { delegatedBy }),
  };
}

function passedOn(seat: Seat, from: string, to: string): Seat {
  const { discipline, required, invited: named, personId, deputyId } = seat;
  const isHolders = personId === from;
  const others = deputyId === to ? undefined : deputyId;
  const deputy = isHolders ? others : to;
  return {
    discipline,
    required,
    personId: isHolders ? to : personId,
    ...(deputy !== undefined && { deputyId: deputy }),
    ...(named && { invited: named }),
    delegatedBy: seat.delegatedBy ?? personId,
  };
}

/** A required seat without anybody is vacant; any other is gone. */
export const withoutSeat = (
  state: Referral,
  { discipline, required }: Pick<Seat, 'discipline' | 'required'>,
): Referral =>
  seated(
    { ...state, vacant: required ? [...state.vacant, discipline] : state.vacant },
    state.seats.filter((seat) => seat.discipline !== discipline),
  );

export function pledged(
  state: Referral,
  { personId, notice, conflict }: EventOf<'confidentiality-signed'>,
  { at }: CommitFrame,
): Referral {
  const next = { ...state, pledges: { ...state.pledges, [personId]: { notice, conflict, at } } };
  if (conflict !== 'yes') return next;
  const left = state.seats.filter((seat) => isHolder(seat, personId));
  return left.reduce((each, seat) => leftBy(each, seat, personId), next);
}

/** The seat is the other holder's alone from now on: what that one answered stands, and nothing of who left it. */
function leftBy(state: Referral, seat: Seat, personId: string): Referral {
  const other = seat.personId === personId ? seat.deputyId : seat.personId;
  if (other === undefined) return withoutSeat(state, seat);
  const { discipline, required, invited: named, informedAt, answer, answeredBy, declinedBy } = seat;
  const answered = answeredBy === other;
  const told = answered || other === seat.personId;
  const held: Seat = {
    discipline,
    required,
    personId: other,
    ...(named && { invited: named }),
    ...(told && informedAt !== undefined && { informedAt }),
    ...(answered && answer !== undefined && { answer, answeredBy }),
    ...(declinedBy?.includes(other) && { declinedBy: [other] }),
  };
  return { ...state, seats: state.seats.map((each) => (each.discipline === discipline ? held : each)) };
}

/** Who comes for a seat: whoever accepted it or, until somebody does, the first holder who has not declined. */
export const comesFor = ({ personId, deputyId, answer, answeredBy, declinedBy = [] }: Seat): string | undefined =>
  answer === 'accepted' ? answeredBy : [personId, deputyId].find((id) => id !== undefined && !declinedBy.includes(id));

/** Whether this person is the holder of the seat or the deputy. */
export const isHolder = ({ personId, deputyId }: Pick<Seat, 'personId' | 'deputyId'>, id: string): boolean =>
  personId === id || deputyId === id;

/** Whether this person said that a conflict of interest stands against their work on this referral. */
export const hasConflict = ({ pledges }: Pick<Referral, 'pledges'>, id: string): boolean =>
  pledges[id]?.conflict === 'yes';

/** Whether this person has signed the notice of confidentiality and said that there is no conflict of interest. Unknown is not no. */
export const hasPledged = ({ pledges }: Pick<Referral, 'pledges'>, id: string): boolean =>
  pledges[id]?.conflict === 'no';
