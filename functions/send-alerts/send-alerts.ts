import type { Alert } from '../../shared/domain/alerts/alert-state.ts';
import { urgentFirst } from '../../shared/domain/alerts/alert-urgency.ts';
import { waitsUntil } from '../../shared/domain/alerts/alert-waiting.ts';
import { isObsolete } from '../../shared/domain/alerts/alert-watch.ts';
import type { AlertLife, DeferralEndReason } from '../../shared/domain/alerts/alerts.ts';
import { referralOf } from '../../shared/domain/core/ids.ts';
import type { EventType } from '../../shared/domain/events.ts';
import {
  attemptInto,
  type Leased,
  lease,
  readReferral,
  type SendParts,
  sendLeased,
  type Task,
  taskOf,
  tellCap,
  tellUnreachable,
} from './deliver.ts';
import { sendTexts } from './send-texts.ts';

/** An alert to send, and until when it may wait, or why its wait ends. */
interface Asked {
  readonly task: Task;
  readonly until?: string | undefined;
  readonly frees?: DeferralEndReason;
}

/**
 * Delivers every alert that the commits of a referral since the cursor request. Each person gets one mail for all. An
 * alert that may wait is deferred. A deferred one is sent where these commits made it urgent. A repetition sends no
 * mail twice. The exception is a mail that was accepted in an attempt that ended before its commit. Throws, after all
 * other mail was sent, where a mail was refused. The next attempt sends the missing ones. `now` is a UTC instant.
 */
export async function sendAlerts(parts: SendParts, referralId: string, now: string): Promise<void> {
  const read = await readReferral(parts, referralId);
  if (!read) return;
  const { state, policy, commits } = read;
  const cursor = await parts.cursors.at(referralId, 'send-alerts');
  const requested = new Set(
    commits
      .filter(({ seq }) => seq > cursor)
      .flatMap(({ events }) => events)
      .flatMap((each) => (each.type === 'alert-requested' ? [each.alertId] : [])),
  );
  const asked = urgentFirst(
    [...requested].flatMap((alertId) => state.alerts[alertId] ?? []),
    state,
    policy,
  );
  const becameUrgent = await deferralsEnded(parts, read, cursor, requested, now);
  const faults: unknown[] = [];
  const tasks = async (alerts: readonly Alert[]) => {
    const found: Task[] = [];
    for (const alert of alerts) {
      const task = await attemptInto(faults)(taskOf(parts, alert, read, now, faults));
      if (task) found.push(task);
    }
    return found;
  };
  await deliver(
    parts,
    [
      ...(await tasks(becameUrgent)).map((task): Asked => ({ task, frees: 'urgent' })),
      ...(await tasks(asked)).map((task): Asked => ({ task, until: waitsUntil(task.alert, state, policy, now) })),
    ],
    now,
    faults,
  );
  if (faults.length > 0) throw faults[0];
  await parts.cursors.advance(referralId, 'send-alerts', state.seq);
}

/**
 * Events that never end the wait of an earlier alert. Most commits hold no other, so no deferred alert needs a look.
 */
const changesNoWait: ReadonlySet<EventType> = new Set([
  'alert-requested',
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

/** The deferred alerts that the commits since the cursor made urgent. */
async function deferralsEnded(
  { ledger }: SendParts,
  { state, policy, commits }: NonNullable<Awaited<ReturnType<typeof readReferral>>>,
  cursor: number,
  requested: ReadonlySet<string>,
  now: string,
): Promise<readonly Alert[]> {
  const since = commits.filter(({ seq }) => seq > cursor).flatMap(({ events }) => events);
  if (since.every(({ type }) => changesNoWait.has(type))) return [];
  const cannotWait = Object.values(state.alerts).filter(
    (alert) =>
      !requested.has(alert.id) && !isObsolete(alert, state) && waitsUntil(alert, state, policy, now) === undefined,
  );
  const before = cannotWait.length > 0 ? ledger.stateAfter(state.id, commits, cursor) : undefined;
  const changed = cannotWait.filter((alert) => before && waitsUntil(alert, before, policy, now) !== undefined);
  const lives = await Promise.all(changed.map(({ id }) => ledger.alert(id)));
  return changed.filter((_, index) => Object.keys(lives[index]?.life.deferred ?? {}).length > 0);
}

/**
 * Writes to the next person where mail of an alert failed or is late, or where its lease never settled. Sends the text
 * messages that are due. Throws as `sendAlerts` does. `now` is a UTC instant.
 */
export async function sendToNext(parts: SendParts, alertId: string, now: string, seq?: number): Promise<void> {
  const { life } = await parts.ledger.alert(alertId, seq);
  const faults: unknown[] = [];
  await sendTexts(parts, alertId, life, now, faults);
  await attemptInto(faults)(mailNext(parts, alertId, life, now, faults));
  if (faults.length > 0) throw faults[0];
}

async function mailNext(parts: SendParts, alertId: string, life: AlertLife, now: string, faults: unknown[]) {
  const isSettled = life.deliveries.every(({ status }) => status === 'sent' || status === 'delivered');
  const hasLapsed = Object.values(life.leases).some(({ status }) => status === 'lapsed');
  if (isSettled && !hasLapsed && life.exhausted.length === 0) return;
  const read = await readReferral(parts, referralOf(alertId));
  const alert = read?.state.alerts[alertId];
  if (!read || !alert) return;
  await deliver(parts, [{ task: await taskOf(parts, alert, read, now, faults) }], now, faults);
}

/** In rounds, until no mail is left to send. Each round leases, sends and records. Faults are added to `faults`. */
async function deliver(parts: SendParts, asked: readonly Asked[], now: string, faults: unknown[]): Promise<void> {
  const attempt = attemptInto(faults);
  let open = asked.filter(({ task }) => !isObsolete(task.alert, task.state));
  while (open.length > 0) {
    const leases: Leased[] = [];
    const leased = new Set<string>();
    // Urgent alerts first. Their readers get the other alerts in the same mail.
    for (const { task, until, frees } of open.toSorted(
      (one, other) => Number(one.until !== undefined) - Number(other.until !== undefined),
    )) {
      const riders = new Set(leases.map(({ recipient }) => recipient.personId));
      const holds = until === undefined ? undefined : { until, riders };
      const mine = await attempt(lease(parts, task, now, { frees, holds }));
      leases.push(...(mine ?? []));
      if (mine && mine.length > 0) leased.add(task.alert.id);
    }
    if (leases.length === 0) break;
    const sent = await attempt(sendLeased(parts, leases, now));
    if (!sent) break;
    faults.push(...sent.faults);
    // The next person follows one who refused the mail or has no mailbox.
    open = open.filter(({ task: { alert } }) => leased.has(alert.id) && !sent.done.has(alert.id));
  }
  for (const { task } of asked) {
    await attempt(tellUnreachable(parts, task, now));
    await attempt(tellCap(parts, task, now));
  }
}
