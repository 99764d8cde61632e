/** The clocks of the notices to the family (docs/domain.md#notice-to-parents, docs/domain.md#notice-of-finding), version 2026.1. */
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
  {
    id: 'D40',
    obligation: 'Decide on the notice of the finding',
    obligationInSpanish: 'Decidir sobre el aviso de la conclusión',
    kind: 'statute',
    awaitsLegalSignOff: true,
    source:
      'C.G.S. 17a-101k(b): five business days; that it goes to the person found responsible, and only then, is believed',
    confidence: 'verified',
    clockStart: 'the finding of the investigation',
    duration: businessDays(5),
    keptBy: ['finding-notified', 'finding-notice-withheld'],
    closing: 'waits',
    alert: ['caseworker'],
    escalate: ['area-supervisor'],
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
