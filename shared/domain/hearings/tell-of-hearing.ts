/** Who is told of a hearing: the people who prepare it, and the seats that it concerns. */
import { hearingRules, promptDays } from '../../policy/hearing-rules.ts';
import { remindOfAppointment, tellOfAppointment } from '../appointments/tell-of-appointment.ts';
import type { Decision } from '../core/decision.ts';
import { isAfter } from '../core/instants.ts';
import type { Recipient } from '../policy/policy.ts';
import { peopleFor } from '../team/seats.ts';

const preparers: readonly Recipient[] = ['caseworker', 'legal'];

/** After its time was set, moved or cancelled. Of one in the past no one is told. */
export function tellOfHearing(
  decision: Decision,
  id: string,
  kind: 'meeting-scheduled' | 'meeting-moved' | 'meeting-cancelled',
): void {
  const { hearings = [], team } = decision.state();
  const hearing = hearings.find((each) => each.id === id);
  if (!hearing || !isAfter(hearing.startsAt, decision.context.now)) return;
  const { seats } = hearingRules[hearing.hearingKind];
  const people = peopleFor(team.seats.filter(({ discipline }) => seats.includes(discipline)));
  const told = { appointment: id, startsAt: hearing.startsAt, to: preparers, people };
  tellOfAppointment(decision, kind, told);
  if (kind !== 'meeting-cancelled') remindOfAppointment(decision, promptDays, told);
}
