/** A seat that was asked and does not answer. Silence is no yes, and after a set time the deputy is asked as well. */

import { requestAlert } from '../alerts/alert-requests.ts';
import { quietUntil } from '../alerts/alert-waiting.ts';
import { provedAlerts } from '../alerts/proved-alerts.ts';
import type { Decision } from '../core/decision.ts';
import { isAfter } from '../core/instants.ts';
import { type Duration, dueAt } from '../policy/due.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { comesFor, hasConflict } from './seats.ts';
import type { Seat } from './team-state.ts';

/** When this seat was last asked, a UTC instant. Undefined where it was not asked yet. */
export const invitedAt = (state: Referral, { discipline }: Pick<Seat, 'discipline'>): string | undefined =>
  provedAlerts(state).findLast(
    ({ kind, to }) => kind === 'mdt-invited' && (to.includes('seats') || to.includes(`seat:${discipline}`)),
  )?.requestedAt;

/**
 * From when silence counts, where a seat was asked at `invited`. Both are UTC instants. What is asked in quiet hours goes out when
 * they end.
 */
export const silentSince = (invited: string, policy: Policy): string => quietUntil(invited, policy) ?? invited;

/** When the invitation of this seat goes out, a UTC instant. Undefined where it has gone, or the seat was not asked. */
export function invitationWaits(state: Referral, seat: Pick<Seat, 'discipline'>, policy: Policy, now: string) {
  const invited = invitedAt(state, seat);
  const goesOut = invited === undefined ? undefined : silentSince(invited, policy);
  return goesOut !== undefined && isAfter(goesOut, now) ? goesOut : undefined;
}

/** When a seat that was asked at `invited` will have been silent for this time. Both are UTC instants. */
export const silentFor = (invited: string, time: Duration, policy: Policy): string =>
  dueAt(silentSince(invited, policy), time, policy.calendar).due;

/**
 * When the deputy was asked because the seat was silent. Undefined where that has not happened since the seat was last
 * asked.
 */
export function deputyAskedAt(state: Referral, seat: Seat): string | undefined {
  const since = invitedAt(state, seat);
  return provedAlerts(state).findLast(
    ({ kind, to, people, requestedAt }) =>
      kind === 'mdt-invited' &&
      to.length === 0 &&
      people.some((id) => id === seat.deputyId) &&
      since !== undefined &&
      !isAfter(since, requestedAt),
  )?.requestedAt;
}

/** The seat that this person was asked to come for, or has accepted. Undefined where there is none. */
export const seatAskedOf = (state: Referral, personId: string): Seat | undefined =>
  state.team.seats.find(
    (seat) =>
      comesFor(seat) === personId ||
      (seat.deputyId === personId && seat.answered === undefined && deputyAskedAt(state, seat) !== undefined),
  );

/** The deputies, not yet asked, of seats that were silent for the policy's time. `now` is a UTC instant. */
export function silentDeputies(state: Referral, policy: Policy, now: string): readonly string[] {
  if (state.stage !== 'open') return [];
  const silent = state.team.seats.filter((seat) => {
    const since = invitedAt(state, seat);
    if (since === undefined || seat.answered !== undefined || deputyAskedAt(state, seat) !== undefined) return false;
    return !isAfter(silentFor(since, policy.team.deputyAfter.silence, policy), now);
  });
  const deputies = silent.flatMap(({ deputyId }) => (deputyId === undefined ? [] : [deputyId]));
  return [...new Set(deputies)].filter((id) => !hasConflict(state, id));
}

/** Asks those deputies, once. The seat stays its holder's until an answer comes. */
export function askDeputies(decision: Decision): void {
  const { now, policy } = decision.context;
  const people = silentDeputies(decision.state(), policy, now);
  if (people.length > 0) requestAlert(decision, { kind: 'mdt-invited', to: [], people });
}
