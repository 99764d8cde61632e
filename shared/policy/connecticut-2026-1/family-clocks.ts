/** The clock of the notice to the parents (docs/domain.md#notice-to-parents), version 2026.1. */
import type { DeadlineRule } from '../../domain/policy/policy.ts';
import { businessDays } from '../durations.ts';

export const familyClocks = [
  {
    id: 'D38',
    obligation: 'Decide on the notice to the parents',
    obligationInSpanish: 'Decidir sobre el aviso a los padres',
    kind: 'statute',
    awaitsLegalSignOff: true,
    source: 'C.G.S. 17a-103b: five business days after the report is accepted for investigation or assessment',
    confidence: 'summary',
    clockStart: 'the acceptance for investigation or assessment',
    duration: businessDays(5),
    keptBy: ['parents-notified', 'parents-notice-withheld'],
    closing: 'waits',
    alert: ['caseworker'],
    escalate: ['area-supervisor'],
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
