/**
 * The clock of the child who is to be seen (docs/domain.md#child-seen), version 2026.1.
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { DeadlineRule } from '../../domain/policy/policy.ts';
import { hours } from '../durations.ts';

export const childSeenClocks = [
  {
    id: 'D39',
    obligation: 'See the child',
    obligationInSpanish: 'Ver al menor',
    kind: 'policy',
    awaitsLegalSignOff: false,
    source:
      'This project: C.G.S. 17a-101g(a) gives a time to begin the response, and none to see the child; both times are assumed',
    confidence: 'assumed',
    clockStart: 'receipt of the report',
    duration: hours(24),
    durationInDanger: hours(2),
    keptBy: ['child-seen'],
    closing: 'waits',
    alert: ['caseworker', 'area-oncall'],
    escalate: ['area-director'],
    escalateFrom: 'due',
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
