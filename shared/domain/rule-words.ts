/** What a rule is, in words for the people it binds. */
import { type Calendar, type Due, type Duration, dueAt, durationWords, explain, zoneWords } from './due.ts';
import type { DeadlineRule } from './policy.ts';

/** Whether the time a rule gives is law, policy or what this product assumes of it. */
export function standing({ kind, statutoryMaximum, confidence }: DeadlineRule): string {
  if (kind === 'policy') return confidence === 'assumed' ? 'policy, an assumption of this product' : 'policy';
  return statutoryMaximum ? `law, tightened by policy from ${durationWords(statutoryMaximum)}` : 'law';
}

/** What set a clock where that is not what its rule names. */
const otherStarts = {
  'child-returned': 'the return of the child',
  'danger-said': 'the word that the child is in danger',
} as const;

/** The end of each explanation: `rule D15, New York time: policy, an assumption of this product`. */
export const underRule = (rule: DeadlineRule): string => `rule ${rule.id}, ${zoneWords}: ${standing(rule)}`;

/** One sentence for a due instant under this rule. Where it lies before what the duration gives, something stopped the time earlier. */
export function explainUnder(
  rule: DeadlineRule,
  time: Due & {
    readonly start: string;
    readonly duration: Duration;
    readonly startedBy?: keyof typeof otherStarts | undefined;
  },
  calendar: Calendar,
): string {
  const { start, duration, due, skipped } = time;
  const stopped = Date.parse(dueAt(start, duration, calendar).due) > Date.parse(due);
  return `${explain({ start, startedBy: time.startedBy ? otherStarts[time.startedBy] : rule.clockStart, duration, due, skipped, stopped })}; ${underRule(rule)}`;
}
