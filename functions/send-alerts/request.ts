/** Step 1: what the commits of a referral request, and which deferred alerts they made urgent. */
import { isOver, waitsTill } from '../../shared/alerts/compose/may-leave.ts';
import { urgentFirst } from '../../shared/domain/alerts/alert-urgency.ts';
import type { OutgoingAlert } from '../../shared/domain/alerts/outgoing.ts';
import type { EventType } from '../../shared/domain/events.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import type { ReferralRead } from '../../shared/store/ledger.ts';
import type { SendParts } from './send-parts.ts';

export interface Read {
  readonly state: Referral;
  readonly commits: ReferralRead['commits'];
  readonly policy: Policy;
}

export async function readReferral(
  { ledger, policyOf }: Pick<SendParts, 'policyOf'> & { readonly ledger: Pick<SendParts['ledger'], 'referral'> },
  referralId: string,
): Promise<Read | undefined> {
  const read = await ledger.referral(referralId);
  return read && { state: read.state, commits: read.commits, policy: policyOf(read.policy) };
}

/** The alerts that the commits after `cursor` request, the urgent ones first. */
export function requestedSince({ state, commits, policy }: Read, cursor: number): readonly OutgoingAlert[] {
  const ids = new Set(
    commits
      .filter(({ seq }) => seq > cursor)
      .flatMap(({ events }) => events)
      .flatMap((each) => (each.type === 'alert-requested' ? [each.alertId] : [])),
  );
  const alerts = [...ids].flatMap((alertId) => state.alerts[alertId] ?? []);
  return urgentFirst(alerts, state, policy).map((alert) => ({ id: alert.id, alert, state, policy }));
}

/**
 * Events that never end the wait of an earlier alert. Most commits hold no other, so no deferred alert needs a look.
 */
const changesNoWait: ReadonlySet<EventType> = new Set([
  'alert-requested',
  'appointment-told',
  'alert-acknowledged',
  'alert-unreachable',
  'cap-reached',
  'checkpoint-raised',
  'alarm-answered',
  'alarm-stopped',
  'run-lost',
  'run-handed-over',
  'swept',
]);

/** The alerts before that the commits after `cursor` made urgent, and that still have deferred mail. */
export async function deferralsEnded(
  { ledger }: SendParts,
  { state, policy, commits }: Read,
  cursor: number,
  requested: readonly OutgoingAlert[],
  now: string,
): Promise<readonly OutgoingAlert[]> {
  const since = commits.filter(({ seq }) => seq > cursor).flatMap(({ events }) => events);
  if (since.every(({ type }) => changesNoWait.has(type))) return [];
  const cannotWait = Object.values(state.alerts)
    .map((alert): OutgoingAlert => ({ id: alert.id, alert, state, policy }))
    .filter(
      (about) => !requested.some(({ id }) => id === about.id) && !isOver(about) && waitsTill(about, now) === undefined,
    );
  const before = cannotWait.length > 0 ? ledger.stateAfter(state.id, commits, cursor) : undefined;
  const changed = cannotWait.filter((about) => before && waitsTill({ ...about, state: before }, now) !== undefined);
  const lives = await Promise.all(changed.map(({ id }) => ledger.alert(id)));
  return changed.filter((_, index) => Object.keys(lives[index]?.life.deferred ?? {}).length > 0);
}
