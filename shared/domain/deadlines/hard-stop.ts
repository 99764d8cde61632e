/**
 * The hard stop of a deadline: the act is of no use after it. Its warnings, and the parts that end earlier. All
 * instants are UTC.
 */
import { earlier, isAfter, later } from '../core/instants.ts';
import { elapsedFrom, lastSitting } from '../policy/due.ts';
import {
  type DeadlineRule,
  type EarlierStop,
  type HardStop,
  type Policy,
  ruleOf,
  windowRuleOf,
} from '../policy/policy.ts';
import type { Deadline } from './deadline-state.ts';

type Stopped = Pick<Deadline, 'rule' | 'settledUnder' | 'start' | 'hardStop' | 'subject'>;

/** Whether the hard stop is at this instant or before. */
export const hasStopped = ({ hardStop }: Pick<Deadline, 'hardStop'>, at: string): boolean =>
  hardStop !== undefined && Date.parse(hardStop) <= Date.parse(at);

/** Within the time before a hard stop, the parts of the act that end earlier, each with its instant. */
export function earlierStopsOf(
  { hardStop: stop }: Pick<Deadline, 'hardStop'>,
  { hardStop }: Pick<DeadlineRule, 'hardStop'>,
): readonly (EarlierStop & { readonly at: string })[] {
  if (!hardStop || stop === undefined) return [];
  const from = elapsedFrom(stop, hardStop.after, -1);
  return (hardStop.earlierStops ?? []).map((each) => ({ ...each, at: elapsedFrom(from, each.after) }));
}

/**
 * The due instant, never after an end that lies ahead of `from`. Ends are the hard stop, and each part of the act that
 * ends earlier.
 */
export function dueBeforeEnds(
  due: string,
  rule: Pick<DeadlineRule, 'hardStop'>,
  { hardStop, from }: { readonly hardStop: string | undefined; readonly from: string },
): string {
  if (hardStop === undefined || isAfter(from, hardStop)) return due;
  const parts = earlierStopsOf({ hardStop }, rule).map(({ at }) => at);
  return [hardStop, ...parts.filter((at) => isAfter(at, from))].reduce(earlier, due);
}

/**
 * The instants at which a deadline warns of its hard stop, and of parts that end earlier. Only those after its start
 * count.
 */
export function warningsOfStop(deadline: Stopped, policy: Policy): readonly string[] {
  const { start, hardStop: stop } = deadline;
  const rule = ruleOf(policy, deadline);
  if (!rule.hardStop || stop === undefined) return [];
  return [{ at: stop, warnBefore: rule.hardStop.warnBefore }, ...earlierStopsOf(deadline, rule)].flatMap(
    ({ at, warnBefore }) =>
      warnBefore
        .map((before) => elapsedFrom(at, before, -1))
        .filter((warning) => Date.parse(warning) > Date.parse(start)),
  );
}

type DueStopped = Stopped & Pick<Deadline, 'due'>;

const lastSittingOf = ({ due, ...deadline }: DueStopped, policy: Policy) => {
  const { courtHours } = ruleOf(policy, deadline);
  return courtHours && lastSitting(due, courtHours, policy.calendar);
};

/**
 * The end of the last sitting of a court before the due instant. Undefined where no court does the act, or none sits
 * after the start.
 */
export function lastCourtHour(deadline: DueStopped, policy: Policy): string | undefined {
  const ends = lastSittingOf(deadline, policy)?.ends;
  return ends !== undefined && isAfter(ends, deadline.start) ? ends : undefined;
}

/**
 * The instants at which a deadline warns of that end, none before that sitting begins. Only those after its start
 * count.
 */
export function warningsOfCourt(deadline: DueStopped, policy: Policy): readonly string[] {
  const sitting = lastSittingOf(deadline, policy);
  const { warnBefore = [] } = ruleOf(policy, deadline).courtHours ?? {};
  if (!sitting) return [];
  const warnings = warnBefore.map((before) => later(elapsedFrom(sitting.ends, before, -1), sitting.begins));
  return [...new Set(warnings)].filter((warning) => isAfter(warning, deadline.start));
}

/** What the policy says of this stop. A service's clock takes the stop from the rule beside it. */
export function stopRuleOf(deadline: Stopped, policy: Policy): HardStop | undefined {
  const rule = ruleOf(policy, deadline);
  return deadline.hardStop === undefined
    ? undefined
    : (rule.hardStop ?? windowRuleOf(policy, deadline.subject)?.hardStop);
}

/** When the last hours before the stop begin: with the last of its warnings. Undefined where there is no stop. */
export function lastHoursFrom(deadline: Stopped, policy: Policy): string | undefined {
  const { hardStop: stop } = deadline;
  const warnings = (stopRuleOf(deadline, policy)?.warnBefore ?? []).flatMap((before) =>
    stop === undefined ? [] : elapsedFrom(stop, before, -1),
  );
  return warnings.toSorted((one, other) => Date.parse(one) - Date.parse(other)).at(-1);
}
