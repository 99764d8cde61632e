/** The duties that a call told of, and those that still ring in its round. The people whose call is over. */

import type { Deadline } from '../deadlines/deadline-state.ts';
import type { Recipient } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { isRinging } from './alarms.ts';
import { deadlineIdsOf } from './alert-duties.ts';
import type { Alert } from './alert-state.ts';
import { holdsGroup } from './recipient-groups.ts';

export const isCall = ({ checkpoint }: Pick<Alert, 'checkpoint'>): boolean => checkpoint === 'ring';
const isNewsOfEnd = ({ kind }: Alert): boolean => kind === 'alarm-over';

type About = Pick<Alert, 'deadlineId' | 'alsoAbout' | 'calls'>;

/** The duties that a call told these recipient groups (`hart-lead`, `seat:medical`) of, by id. */
export const toldIn = (call: About, groups: readonly string[]): readonly string[] =>
  call.calls === undefined
    ? deadlineIdsOf(call)
    : [
        ...new Set(
          call.calls
            .filter(({ to }) => groups.some((group) => holdsGroup([to], group)))
            .flatMap(({ deadlineIds }) => deadlineIds),
        ),
      ];

/** The duties of a call that ring in its own round, so that an answer to it counts for them. */
export const ringingOf = (call: Alert, { deadlines }: Pick<Referral, 'deadlines'>): readonly Deadline[] =>
  deadlineIdsOf(call).flatMap((id) => {
    const deadline = deadlines[id];
    const since = deadline && isRinging(deadline) ? deadline.ring?.since : undefined;
    return deadline && since !== undefined && Date.parse(since) <= Date.parse(call.requestedAt) ? [deadline] : [];
  });

/** Those of them that these recipient groups were told of. */
export function ringingFor(call: Alert, groups: readonly string[], state: Pick<Referral, 'deadlines'>) {
  const told = toldIn(call, groups);
  return ringingOf(call, state).filter(({ id }) => told.includes(id));
}

/** Whether a call is one of a round that goes on. */
export const isOfThisRound = (call: Alert, state: Pick<Referral, 'deadlines'>): boolean =>
  ringingOf(call, state).length > 0;

/** Milliseconds in which the news that a round is over may not have left yet. */
const newsMayWait = 15 * 60_000;

/** The alerts that came after the one with this id. */
export const alertsAfter = (id: string, alerts: readonly Alert[]): readonly Alert[] =>
  alerts.slice(alerts.findIndex((each) => each.id === id) + 1);

/**
 * Whether one of its duties rang again so soon that this news of a round's end may not have left. The next such news then
 * tells the people of both rounds.
 */
export function isContinued(news: Alert, { alerts }: Pick<Referral, 'alerts'>): boolean {
  const ids = deadlineIdsOf(news);
  const next = alertsAfter(news.id, Object.values(alerts)).find(
    (each) => isCall(each) && deadlineIdsOf(each).some((id) => ids.includes(id)),
  );
  return next !== undefined && Date.parse(next.requestedAt) - Date.parse(news.requestedAt) < newsMayWait;
}

/** The duties whose end this news tells of: those that do not ring again. */
export const endedIn = (news: Alert, { deadlines }: Pick<Referral, 'deadlines'>): readonly Deadline[] =>
  deadlineIdsOf(news).flatMap((id) => {
    const deadline = deadlines[id];
    return deadline && !isRinging(deadline) ? [deadline] : [];
  });

/** The calls to this recipient group since it last heard that its call is over. `until`: the calls before that news. */
function callsTo(group: Recipient, state: Pick<Referral, 'alerts'>, until?: string): readonly Alert[] {
  const all = Object.values(state.alerts);
  const before =
    until === undefined
      ? all
      : all.slice(
          0,
          Math.max(
            0,
            all.findIndex(({ id }) => id === until),
          ),
        );
  const told = before.findLastIndex(
    (alert) => !alert.isUnproved && isNewsOfEnd(alert) && alert.to.includes(group) && !isContinued(alert, state),
  );
  return before.slice(told + 1).filter((alert) => isCall(alert) && alert.to.includes(group));
}

/** The calls that this news of their end is for. */
export function callsEndedBy(news: Alert, state: Pick<Referral, 'alerts'>): readonly Alert[] {
  const calls = news.to.flatMap((group) => callsTo(group, state, news.id));
  return Object.values(state.alerts).filter((alert) => calls.includes(alert));
}

/** News of calls that are over. `to` are the groups that were called about the same duties, by id. */
export interface Over {
  readonly to: readonly Recipient[];
  readonly deadlineIds: readonly [string, ...string[]];
}

/** It was missed and calls no one any more. No one has it and it is not done, so there is no end to tell of. */
const stoppedAsMissed = (deadline: Deadline | undefined): boolean =>
  deadline?.status === 'open' && deadline.missed && deadline.ring === undefined;

/**
 * The calls that are over. A group's call is about the child: it is over once no duty rings that the group was called
 * about. Groups that were called about the same duties hear of it together.
 */
export function callsOver(state: Pick<Referral, 'alerts' | 'deadlines'>): readonly Over[] {
  const called = new Set(
    Object.values(state.alerts)
      .filter(isCall)
      .flatMap(({ to }) => to),
  );
  const over = [...called].flatMap((group) => {
    const told = [...new Set(callsTo(group, state).flatMap((call) => toldIn(call, [group])))].filter(
      (id) => !stoppedAsMissed(state.deadlines[id]),
    );
    const rings = told.some((id) => {
      const deadline = state.deadlines[id];
      return deadline !== undefined && isRinging(deadline);
    });
    return told.length === 0 || rings ? [] : [{ group, told }];
  });
  return [...Map.groupBy(over, ({ told }) => told.toSorted().join(' ')).values()].flatMap((same): Over[] => {
    const [first, ...others] = same[0]?.told ?? [];
    return first === undefined ? [] : [{ to: same.map(({ group }) => group), deadlineIds: [first, ...others] }];
  });
}
