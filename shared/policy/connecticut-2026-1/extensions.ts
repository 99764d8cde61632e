/**
 * How far the clocks of the first days, and of what waits for an answer, are put off, version 2026.1: by hours, where the policy's own extension gives weeks. No
 * source gives these; they are this product's assumption, because a child waits for each of them.
 */
import type { DeadlineRule, Extension } from '../../domain/policy/policy.ts';
import { calendarDays, hours } from '../durations.ts';

/** By those whom the policy names for all its rules. */
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

/** Hours at most after the deadline was due by its rule. D17: evidence is gone after five days, and often before. */
const hoursFor: Readonly<Record<string, number>> = {
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
};

/** The row with an extension of its own, where it is among those of the first days. */
export function withExtension(rule: DeadlineRule): DeadlineRule {
  const amount = hoursFor[rule.id];
  return amount === undefined ? rule : { ...rule, extension: { ...extension, atMost: hours(amount) } };
}
