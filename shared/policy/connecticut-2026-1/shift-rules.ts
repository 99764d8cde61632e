/**
 * The roles of Connecticut that need a person on call at every hour, and the alarm about gaps. An assumption: no one has
 * confirmed it.
 *
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { ShiftPolicy } from '../../domain/policy/policy.ts';
import { hours } from '../durations.ts';

const assumed = { source: 'This project', confidence: 'assumed' } as const;

export const shifts: ShiftPolicy = {
  covered: [
    { role: 'area-oncall', ...assumed },
    { role: 'director-oncall', ...assumed },
    { role: 'careline-supervisor', ...assumed },
  ],
  warnings: [hours(24), hours(4)],
  ...assumed,
};
