/**
 * Whether each seat got its invitation. No person owes that the mail arrives, so no clock runs. A seat that nothing
 * shows as reached is told to the coordinator and counted.
 */

import { requestAlert } from '../alerts/alert-requests.ts';
import { provedAlerts } from '../alerts/proved-alerts.ts';
import type { Decision } from '../core/decision.ts';
import { isAfter } from '../core/instants.ts';
import type { Discipline } from '../core/vocabulary.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { invitedAt, silentFor } from './seat-silence.ts';
import type { Seat } from './team-state.ts';

/** A delivered mail, a call or an answer shows that the seat was reached. */
const isReached = ({ informedAt, answered }: Seat): boolean => informedAt !== undefined || answered !== undefined;

/** Whether the coordinator was told of this seat since it was last asked. */
const wasTold = (state: Referral, { discipline }: Seat, since: string): boolean =>
  provedAlerts(state).some(
    ({ kind, discipline: about, requestedAt }) =>
      kind === 'seat-not-reached' && about === discipline && !isAfter(since, requestedAt),
  );

/** Whether the invitation since then found no recipient that mail reaches. */
const hasFailed = ({ alerts }: Referral, { discipline }: Seat, since: string): boolean =>
  Object.values(alerts).some(
    ({ kind, requestedAt, unreachedGroups = [] }) =>
      kind === 'mdt-invited' && !isAfter(since, requestedAt) && unreachedGroups.includes(`seat:${discipline}`),
  );

/** The seats of which the coordinator is to be told at `now`, a UTC instant. Mail of the quiet hours goes out after them. */
export function seatsNotReached(state: Referral, policy: Policy, now: string): readonly Discipline[] {
  if (state.stage !== 'open') return [];
  const { notReachedAfter } = policy.team;
  return state.team.seats
    .filter((seat) => {
      const since = invitedAt(state, seat);
      if (since === undefined || isReached(seat) || wasTold(state, seat, since)) return false;
      const isLate = !isAfter(silentFor(since, notReachedAfter.time, policy), now);
      return isLate || hasFailed(state, seat, since);
    })
    .map(({ discipline }) => discipline);
}

/** Tells the coordinator of each such seat, once for each time that it is asked. Returns how many they are. */
export function tellOfSeatsNotReached(decision: Decision): number {
  const { policy, now } = decision.context;
  const disciplines = seatsNotReached(decision.state(), policy, now);
  for (const discipline of disciplines)
    requestAlert(decision, { kind: 'seat-not-reached', to: ['mdt-coordinator'], discipline });
  return disciplines.length;
}

/** The seats that the coordinator was told of, and that were not reached since. */
export const seatsToCall = (state: Referral): readonly Discipline[] =>
  state.team.seats
    .filter((seat) => {
      const since = invitedAt(state, seat);
      return since !== undefined && !isReached(seat) && wasTold(state, seat, since);
    })
    .map(({ discipline }) => discipline);

/** Whether the seat of this discipline was reached, or is gone. */
export const needsNoCall = (state: Referral, discipline: Discipline | undefined): boolean =>
  state.stage !== 'open' || !state.team.seats.some((seat) => seat.discipline === discipline && !isReached(seat));
