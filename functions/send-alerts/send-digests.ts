/** The mail that waited: for a digest, or for the end of the quiet hours. */

import { planLetters } from '../../shared/alerts/compose/letters.ts';
import { isOver } from '../../shared/alerts/compose/may-leave.ts';
import { type Addressee, outstanding } from '../../shared/alerts/compose/recipients.ts';
import { readOutgoing } from '../../shared/application/read/read-outgoing.ts';
import { toldDeadlines } from '../../shared/domain/alerts/alert-duties.ts';
import { urgencyOf } from '../../shared/domain/alerts/alert-urgency.ts';
import { isBundled } from '../../shared/domain/alerts/alert-waiting.ts';
import { isNotice, type OutgoingAlert } from '../../shared/domain/alerts/outgoing.ts';
import { hoursBack } from '../../shared/domain/core/spans.ts';
import { isStatutory } from '../../shared/domain/deadlines/deadlines.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import { type Task, tasksOf } from './address.ts';
import { type Leased, lease } from './lease.ts';
import { tellCap, tellUnreachable } from './record.ts';
import { sendLeased } from './send.ts';
import { attemptInto, frameAt, type SendParts } from './send-parts.ts';

export interface DigestParts extends Omit<SendParts, 'ledger'> {
  readonly ledger: SendParts['ledger'] & Pick<Ledger, 'deferredIn'>;
}

/** After an outage, mail that waited in the last days is sent late, up to this many days back. */
const daysBack = 7;

/**
 * Sends the mail deferred up to now, for a digest or the end of the quiet hours. Each person gets one mail for each
 * referral and, for routine alerts, one for all. Duties of law come before the rest, and those due first before later
 * ones. An alert that is settled by then is not sent. A second call does no harm. A mail is leased before
 * it is sent, and the sweep finds a lease that is never settled. Throws, after all other mail was sent, where one was
 * not. The next run continues. `now` is a UTC instant.
 */
export async function sendDigests(parts: DigestParts, now: string): Promise<void> {
  const faults: unknown[] = [];
  const attempt = attemptInto(faults);
  // All that was due by now, and in the rest of this hour.
  const waiting = await parts.ledger.deferredIn(hoursBack(now, 0, (daysBack + 1) * 24));
  const open: OutgoingAlert[] = [];
  for (const [alertId, place] of waiting) {
    const about = await attempt(dueAlert(parts, alertId, place, now));
    if (about) open.push(about);
  }
  const due = (await tasksOf(parts, open, now, faults)).toSorted(
    (one, other) =>
      urgency(other) - urgency(one) || Number(isOfLaw(other)) - Number(isOfLaw(one)) || dueOf(one) - dueOf(other),
  );
  const mails = new Map<string, { readonly whom: string; readonly tasks: Waiting[] }>();
  for (const task of due) {
    // Read a moment ago. The lease checks the state again before it counts.
    const read = await attempt(parts.ledger.alert(task.about.id, 1));
    if (!read) continue;
    const { life } = read;
    const { write } = outstanding(task.groups, { ...life, deferred: {} }, task.about.alert);
    // If no recipient is left, the lease records that.
    for (const whom of write.length > 0 ? write.map((each) => each.personId) : Object.keys(life.deferred)) {
      const mail = `${whom} ${mailOf(task)}`;
      const recipient = write.find(({ personId }) => personId === whom);
      mails.set(mail, { whom, tasks: [...(mails.get(mail)?.tasks ?? []), { task, recipient }] });
    }
  }
  for (const { whom, tasks } of mails.values()) {
    const leases: Leased[] = [];
    const told = tasks.flatMap(({ task, recipient }) => (recipient ? [{ task, about: task.about, recipient }] : []));
    const plan = planLetters(
      told,
      now,
      told.every(({ task }) => isRoutine(task)),
    );
    for (const { task } of tasks) {
      const frees = isRoutine(task) ? 'digest' : 'quiet-ended';
      leases.push(...((await attempt(lease(parts, task, now, { plan, frees, whom }))) ?? []));
    }
    const sent = await attempt(sendLeased(parts, leases, now));
    faults.push(...(sent?.faults ?? []));
  }
  for (const task of due) {
    await attempt(tellUnreachable(parts, task, now));
    await attempt(tellCap(parts, task, now));
  }
  if (faults.length > 0) throw faults[0];
}

/** A mail that waited. No recipient: no person is left to get it. */
interface Waiting {
  readonly task: Task<OutgoingAlert>;
  readonly recipient: Addressee | undefined;
}

const isRoutine = ({ about: { alert, state, policy } }: Task<OutgoingAlert>): boolean =>
  isBundled(alert, state, policy);

/** Whether it tells of a duty of law. */
const isOfLaw = ({ about: { alert, state, policy } }: Task<OutgoingAlert>): boolean =>
  toldDeadlines(alert, state).some((deadline) => isStatutory(deadline, policy));

const urgency = ({ about: { alert, state, policy } }: Task<OutgoingAlert>): number => urgencyOf(alert, state, policy);

/** Routine alerts are bundled for each person, of all referrals. The rest are a mail for each referral. */
const mailOf = (task: Task<OutgoingAlert>): string => (isRoutine(task) ? 'bundle' : task.about.state.id);

/** An alert without a deadline of its own comes after those with one. */
const dueOf = ({ about: { alert, state } }: Task<OutgoingAlert>): number =>
  Date.parse(toldDeadlines(alert, state)[0]?.due ?? '') || Number.MAX_SAFE_INTEGER;

/**
 * The alert, if it still has a deferred recipient whose time has come. An alert that is settled waits no more. `place`:
 * of the last deferral in its chain. Where this process has read so far, an alert without one that is due is not read
 * again. Most deferrals of the last days have ended, and this runs every quarter of an hour.
 */
async function dueAlert(
  { ledger, ...parts }: DigestParts,
  alertId: string,
  place: number,
  now: string,
): Promise<OutgoingAlert | undefined> {
  const isDue = ({ until }: { readonly until: string }) => Date.parse(until) <= Date.parse(now);
  for (const enough of [place, undefined]) {
    const { life } = await ledger.alert(alertId, enough);
    if (!Object.values(life.deferred).some(isDue)) return undefined;
  }
  const about = await readOutgoing({ ledger, ...parts }, alertId);
  // No notice is ever deferred.
  if (!about || isNotice(about)) return undefined;
  if (!isOver(about)) return about;
  await ledger.changeAlert(alertId, frameAt(now), ({ deferred }) =>
    Object.keys(deferred).map((personId) => ({ type: 'alert-deferral-ended', v: 1, personId, because: 'obsolete' })),
  );
  return undefined;
}
