/**
 * Step 5: the record of what became of each mail, in the chain of its alert or notice. The referral records where a
 * recipient group has no one left, or a person is at the limit of mails.
 */

import { groupOf } from '../../shared/domain/alerts/addressed-as.ts';
import { toldDeadlines } from '../../shared/domain/alerts/alert-duties.ts';
import type { Alert } from '../../shared/domain/alerts/alert-state.ts';
import { type AlertEvent, holdsLease } from '../../shared/domain/alerts/alerts.ts';
import type { CountedMail } from '../../shared/domain/alerts/counted-mail.ts';
import { isNotice } from '../../shared/domain/alerts/outgoing.ts';
import { beginDecision } from '../../shared/domain/core/decision.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import { event } from '../../shared/domain/events.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { isOfCalendar } from '../../shared/domain/team/meeting-calendars.ts';
import { tellOfSeatsNotReached } from '../../shared/domain/team/seat-reach.ts';
import type { Task } from './address.ts';
import { frameAt, type SendParts } from './send-parts.ts';

/** The result of a leased mail. */
export interface Became {
  readonly alertId: string;
  readonly token: number;
  readonly event: AlertEvent & { readonly personId: string };
  /** The mail as it is counted, the same with each alert of a sent letter. The first record of one counts it. */
  readonly mail?: CountedMail;
}

/**
 * Records the results in one commit for each chain. A sender that lost its lease meanwhile records nothing: another
 * sender may have the mail by now. A letter is counted once, with the first of its alerts whose lease it still holds.
 * Gives the chains where the record failed, with their faults.
 */
export async function recordResults(
  { ledger }: SendParts,
  became: readonly Became[],
  now: string,
): Promise<ReadonlyMap<string, unknown>> {
  const faults = new Map<string, unknown>();
  const counted = new Set<CountedMail>();
  for (const [alertId, group] of Map.groupBy(became, (each) => each.alertId)) {
    const mail = group.find((each) => each.mail && !counted.has(each.mail))?.mail;
    let held: readonly Became[] = [];
    await ledger
      .changeAlert(
        alertId,
        { ...frameAt(now), ...whereKnown({ mail }) },
        (life) => {
          held = group.filter(({ event: { personId }, token }) => holdsLease(life, personId, token));
          return held.map((each) => each.event);
        },
        'as-read',
      )
      .then(
        () => void (mail && held.length > 0 && counted.add(mail)),
        (fault: unknown) => void faults.set(alertId, fault),
      );
  }
  return faults;
}

/** The referral records each recipient group of this alert that has no recipient left. */
export async function tellUnreachable(parts: SendParts, { about }: Task, now: string): Promise<void> {
  // A call that is over needs no answer any more.
  if (isNotice(about) || about.alert.kind === 'alarm-over') return;
  const { alert, state } = about;
  // The worker that found no recipient left commits that. The reaction to that commit tells of it.
  const { life } = await parts.ledger.alert(alert.id, 1);
  // A calendar that cannot be corrected stops no other mail.
  const groups = life.exhausted.map(groupOf).filter((group) => !isOfCalendar(group));
  const untold = (told: Alert | undefined) => {
    if (!told) return [];
    const { unreachedGroups = [] } = told;
    return groups.filter((line) => !unreachedGroups.includes(line));
  };
  if (untold(state.alerts[alert.id]).length === 0) return;
  let seats = 0;
  await parts.ledger.changeReferral(state.id, frameAt(now), (current, context) => {
    seats = 0;
    const left = untold(current?.alerts[alert.id]);
    if (!current || left.length === 0) return [];
    const decision = beginDecision(current, context);
    decision.add('alert-unreachable', { alertId: alert.id, groups: left });
    seats = tellOfSeatsNotReached(decision);
    return decision.events();
  });
  parts.countUnreachable();
  if (seats > 0) parts.countSeatsNotReached(seats);
}

/** The referral records once each person at the limit of mails about a deadline. */
export async function tellCap({ ledger }: SendParts, { about, atCap }: Task, now: string): Promise<void> {
  if (isNotice(about)) return;
  const untold = (current: Referral | undefined) =>
    (current ? toldDeadlines(about.alert, current) : []).flatMap(({ id: deadlineId, atCap: told = [] }) => {
      const people = atCap.filter((id) => !told.includes(id));
      return people.length > 0 ? [event('cap-reached', { deadlineId, people })] : [];
    });
  if (untold(about.state).length === 0) return;
  await ledger.changeReferral(about.state.id, frameAt(now), untold);
}
