/**
 * The most time by which a deadline may be extended, version 2026.1. Deadlines of the first days and of open questions allow
 * hours, because a child waits for each. All others allow days. No source gives these times: they are this product's assumption.
 *
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { DeadlineRule, Extension } from '../../domain/policy/policy.ts';
import { calendarDays, hours } from '../durations.ts';
import type { DeadlineId } from './clocks-joined.ts';

/** The extension of every policy deadline that has none of its own. */
export const extension: Extension = {
  by: [
    'careline-supervisor',
    'careline-manager',
    'area-supervisor',
    'area-director',
    'hart-lead',
    'hart-director',
    'program-manager',
  ],
  atMost: calendarDays(60),
  source: 'This project',
  confidence: 'assumed',
};

/** The most hours after the due time by the rule. D17: evidence is gone after five days, and often before. */
const hoursFor: Readonly<Partial<Record<string, number>>> = {
  D8: 24,
  D9: 24,
  D10: 24,
  D10a: 24,
  D17: 4,
  D17b: 24,
  D19a: 24,
  D21: 12,
  D28: 72,
  D29: 24,
  D31: 2,
  D37a: 48,
  D37b: 48,
  D37c: 48,
  D37e: 4,
  D37f: 4,
  D37g: 24,
  D37h: 2,
  D37i: 48,
  D37j: 24,
  D39: 12,
} satisfies Partial<Record<DeadlineId, number>>;

/** Gives a rule listed above an extension of its own. Returns any other rule as it is. */
export function withExtension(rule: DeadlineRule): DeadlineRule {
  const amount = hoursFor[rule.id];
  return amount === undefined ? rule : { ...rule, extension: { ...extension, atMost: hours(amount) } };
}
