/**
 * Invariants 2 and 5. No deadline passes without its alert, and none is alerted after it is closed. No alert is lost or
 * sent twice.
 */

import { outstanding } from '../../shared/alerts/compose/recipients.ts';
import { deadlineIdsOf } from '../../shared/domain/alerts/alert-duties.ts';
import type { Alert } from '../../shared/domain/alerts/alert-state.ts';
import { isObsolete } from '../../shared/domain/alerts/alert-watch.ts';
import type { Deadline } from '../../shared/domain/deadlines/deadline-state.ts';
import type { Event } from '../../shared/domain/events.ts';
import { evolve } from '../../shared/domain/fold.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { alertsBefore, groupsOfEnd, holdersAfter, isOfCalendar } from '../../shared/domain/team/meeting-calendars.ts';
import type { ReferralRead } from '../../shared/store/ledger.ts';
import { findGroups } from '../support/find-groups.ts';
import type { Checked } from './checked.ts';
import { directory } from './directory.ts';
import type { FaultKind } from './faults.ts';
import { slowest } from './hazard.ts';

const minute = 60_000;
const hour = 60 * minute;
const promised = 5 * minute;
/** The sweep looks at every referral again within 67 hours, after it has been quiet for ten minutes. */
export const sweepWithin = 68 * hour;
/** It asks for the runs of an open referral every six hours, and one such sweep may itself go wrong. */
const asksWithin = 12.5 * hour;

/** A digest that goes wrong is tried again by its schedule. */
const digestWithin = 2 * hour;

/** By how much each fault may delay an alert. What is lost in silence is found by the sweep alone. */
const costs: Readonly<Partial<Record<FaultKind, number>>> = {
  'function-fails-before': 2 * minute,
  'function-fails-after': 2 * minute,
  'function-times-out': 3 * minute,
  'function-slow': minute / 2,
  'function-replaced': 2 * minute,
  crash: 6 * minute,
  'mail-accepted-then-crash': 6 * minute,
  'text-accepted-then-crash': 6 * minute,
  'record-late': 2 * minute,
  'record-lost': sweepWithin,
  'run-lost-unheard': asksWithin,
};

/** Each instant at which a deadline fell due while it was open: as it was moved, it may be several. */
interface Due {
  readonly deadlineId: string;
  readonly rule: string;
  readonly due: number;
  /** From when it could be alerted: its opening, or when it was moved to this instant. */
  readonly since: number;
  /** When the alert of it was asked for. */
  raisedAt?: number;
  /** When it was closed or moved away. */
  until?: number;
}

export function duesOf({ state: { id }, commits }: ReferralRead): readonly Due[] {
  const dues: Due[] = [];
  let state: Referral | undefined;
  const current = (deadlineId: string) =>
    dues.findLast((due) => due.deadlineId === deadlineId && due.until === undefined);
  const begin = (at: number, deadline: Deadline | undefined) => {
    if (!deadline) return;
    const before = current(deadline.id);
    if (before) before.until = at;
    dues.push({ deadlineId: deadline.id, rule: deadline.rule, due: Date.parse(deadline.due), since: at });
  };
  for (const commit of commits) {
    const at = Date.parse(commit.at);
    for (const each of commit.events as readonly Event[]) {
      state = evolve(state, each, commit, id);
      if (
        each.type === 'deadline-opened' ||
        each.type === 'deadline-extended' ||
        each.type === 'deadline-tightened' ||
        each.type === 'deadline-moved'
      ) {
        begin(at, state.deadlines[each.deadlineId]);
      } else if (each.type === 'checkpoint-raised' && each.kind === 'due') {
        const due = current(each.deadlineId);
        if (due) due.raisedAt ??= at;
      } else if (
        'deadlineId' in each &&
        each.deadlineId !== undefined &&
        state.deadlines[each.deadlineId]?.status !== 'open'
      ) {
        const due = current(each.deadlineId);
        if (due) due.until = at;
      }
    }
  }
  return dues;
}

/** How late the alert of a due instant was, and how late it may have been. Milliseconds; undefined where none was owed. */
function lateness(due: Due, { world }: Checked): { readonly by: number; readonly allowed: number } | undefined {
  const owed = Math.max(due.due, due.since);
  const settled = Math.min(
    due.raisedAt ?? Number.POSITIVE_INFINITY,
    due.until ?? Number.POSITIVE_INFINITY,
    world.time.now(),
  );
  if (settled < owed) return undefined;
  return { by: settled - owed, allowed: allowedBy(world, Math.min(owed, due.since), settled) };
}

/** How late something may be that was owed since an instant and settled at another, for all that went wrong. Milliseconds. */
export const allowedBy = ({ faults }: Checked['world'], since: number, settled: number): number =>
  faults.log.reduce((sum, { kind, at }) => {
    const cost = costs[kind] ?? 0;
    if (cost === 0) return sum;
    const happened = Date.parse(at);
    const matters = happened <= settled && happened >= since - Math.max(cost, hour);
    return matters ? sum + cost : sum;
  }, promised);

const hours = (milliseconds: number) => `${(milliseconds / hour).toFixed(2)} hours`;

/** The worst delay of an alert in this case, milliseconds. */
export const worstDelay = (referral: ReferralRead, checked: Checked): number =>
  Math.max(0, ...duesOf(referral).map((due) => lateness(due, checked)?.by ?? 0));

export async function checkAlerts(
  referral: ReferralRead,
  checked: Checked,
): Promise<{ readonly late: readonly string[]; readonly lost: readonly string[] }> {
  const { state, commits } = referral;
  const late: string[] = [];
  const lost: string[] = [];
  for (const due of duesOf(referral)) {
    const delay = lateness(due, checked);
    if (delay && delay.by > delay.allowed) {
      late.push(
        `${due.deadlineId} was due ${new Date(due.due).toISOString()}; its alert came ${hours(delay.by)} late, and ${hours(delay.allowed)} is the most that what went wrong explains.`,
      );
    }
  }
  const closedAt = new Map<string, number>();
  // Who was slow says when the act was, and stands in the chain behind what was appended first.
  let appendedAt = 0;
  for (const { at, events } of commits) {
    appendedAt = Math.max(appendedAt, Date.parse(at));
    for (const each of events) {
      const closes = /^deadline-(kept|closed-missed|not-applicable|ended)$/.test(each.type);
      if (closes && 'deadlineId' in each) closedAt.set(String(each.deadlineId), appendedAt);
    }
  }
  const mails = checked.world.mail.sent;
  for (const alert of Object.values(state.alerts)) {
    const own = mails.filter(({ alertIds }) => alertIds.includes(alert.id));
    // That a call is over is told after its duty is done.
    const about = alert.kind === 'alarm-over' ? [] : deadlineIdsOf(alert);
    const closed = about.map((deadlineId) => closedAt.get(deadlineId) ?? Number.POSITIVE_INFINITY);
    const end = Math.max(...closed);
    const after = own.find(
      ({ at }) => about.length > 0 && Date.parse(at) > end && !wasSlow(checked.world.faults, end, Date.parse(at)),
    );
    if (after) late.push(`${alert.id} went to ${after.personId} at ${after.at}, after ${about.join()} were closed.`);
    lost.push(...(await lostOrTwice(alert, referral, checked)));
  }
  return { late, lost };
}

/** Functions whose slowness explains a mail after its duty was closed. */
const mayExplain: readonly string[] = ['send-alerts', 'api'];

/**
 * Whether a slow function explains a mail that left after its duty was closed, both in epoch milliseconds. A slow sender
 * read the referral before, and was still at work. A slow door says when the act was, and appends it later.
 */
const wasSlow = ({ log }: Checked['world']['faults'], closed: number, sent: number): boolean =>
  log.some(({ kind, where, at }) => {
    const began = Date.parse(at);
    return kind === 'function-slow' && mayExplain.includes(where) && began <= closed && sent - began <= slowest;
  });

async function lostOrTwice(
  alert: Alert,
  { state }: ReferralRead,
  { world, reader }: Checked,
): Promise<readonly string[]> {
  const found: string[] = [];
  const calls = alertsBefore(alert, state);
  const had =
    calls &&
    holdersAfter(
      await Promise.all(calls.map(async (each) => [each, (await reader.alert(each.id)).life] as const)),
      groupsOfEnd(alert),
    );
  const own = world.mail.sent.filter(({ alertIds }) => alertIds.includes(alert.id));
  const died = new Set(world.outages.map(({ from }) => from));
  for (const [personId, mails] of Map.groupBy(own, (mail) => mail.personId)) {
    const excused = mails.slice(0, -1).every(({ at, unrecorded }) => unrecorded || died.has(Date.parse(at)));
    const [first, last] = [mails[0], mails.at(-1)].map((mail) => Date.parse(mail?.at ?? ''));
    const bounced = own.some(({ fate, at }) => fate === 'bounced' && Date.parse(at) <= Number(first));
    const why =
      bounced && Number(last) - Number(first) < minute
        ? 'as two invocations answered one bounce'
        : 'though nothing failed between SES and our record';
    if (!excused) found.push(`${alert.id} was sent ${mails.length} times to ${personId}, ${why}.`);
    const again = mails.slice(1).find(({ raw }) => !/sent again|this is a repeat/i.test(raw));
    if (excused && again)
      found.push(`${alert.id} was sent to ${personId} again, after a crash, and is not marked as a repeat.`);
  }
  const { life } = await reader.alert(alert.id);
  // The news that a call is over is for those who were called. That may be only the person who ended it.
  const isOver =
    isObsolete(alert, state) || (alert.kind === 'alarm-over' && had?.every((id) => id === alert.requestedBy) === true);
  const reached = life.deliveries.some(({ status }) => status !== 'failed');
  const now = world.time.now();
  const isWaiting = Object.values(life.deferred).some(({ until }) => Date.parse(until) + digestWithin > now);
  const isUnreachable = state.alerts[alert.id]?.unreachable === true;
  const isAnswered = state.alerts[alert.id]?.acknowledgedBy !== undefined;
  // Who was called before, and gets no mail that it is over, is asked for nothing by that.
  const cameBack = alert.kind === 'alarm-over' && life.deliveries.length > 0;
  if (!isOver && !reached && !isWaiting && !isUnreachable && !isAnswered && !cameBack)
    found.push(`${alert.id} (${alert.kind}) reached no one, and nothing says so.`);
  const unasked = life.exhausted.filter((line) => !isOfCalendar(line));
  if (unasked.length > 0 && !isUnreachable && alert.kind !== 'alarm-over')
    found.push(`${alert.id}: no one is left for ${unasked.join()}, and the referral does not say so.`);
  if (!isOver) {
    const { write, exhausted } = outstanding(
      await findGroups(alert, state, directory, world.time.iso(), { had }),
      life,
      alert,
    );
    // The recipients may have changed since. Then no person is owed an earlier mail, nor the news of an alert that
    // reached no one.
    if ((reached && alert.kind !== 'alarm-over') || isUnreachable || write.length === 0) return found;
    found.push(
      `${alert.id} is still to be sent to ${write.map(({ personId }) => personId).join(', ')}${exhausted.length > 0 ? ` and ${exhausted.join(', ')}` : ''}.`,
    );
  }
  return found;
}
