/**
 * The clocks of the notices to the family (docs/domain.md#notice-to-parents, docs/domain.md#notice-of-finding), version 2026.1.
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { DeadlineRule } from '../../domain/policy/policy.ts';
import { businessDays, calendarDays } from '../durations.ts';

const toParents = {
  awaitsLegalSignOff: true,
  closing: 'waits',
  alert: ['caseworker'],
  escalate: ['area-supervisor'],
} as const;

const opening = { ...toParents, kind: 'statute', clockStart: 'the classification as an investigation' } as const;

export const familyClocks = [
  {
    id: 'D38',
    obligation: 'Give the parents the written notice that an investigation opened, or withhold it',
    obligationInSpanish: 'Dar a los padres el aviso escrito de que se abrió una investigación, o retenerlo',
    ...opening,
    source: 'C.G.S. 17a-103b(a): in writing, five business days after the opening of an investigation',
    confidence: 'verified',
    duration: businessDays(5),
    keptBy: ['parents-notified', 'parents-notice-withheld'],
  },
  {
    id: 'D38a',
    obligation: 'Speak with the parents: an investigation opened. Or withhold the notice',
    obligationInSpanish: 'Hablar con los padres: se abrió una investigación. O retener el aviso',
    ...opening,
    source:
      'C.G.S. 17a-103b(a): verbally, as soon as practicable; the one business day is assumed. The text seen joins speech and writing by "or", its official summary by "and": both are asked for',
    timeByPolicy: true,
    confidence: 'assumed',
    duration: businessDays(1),
    keptBy: ['parents-told', 'parents-notice-withheld'],
  },
  {
    id: 'D38b',
    obligation: 'Give the notice that the complaint was substantiated, or withhold it',
    obligationInSpanish: 'Dar el aviso de que la queja se confirmó, o retenerlo',
    ...toParents,
    kind: 'statute',
    source:
      'C.G.S. 17a-103b(b): its recipients are unsettled, because the text names a child with a single custodial parent or a guardian alone. The ten days are from an older text',
    confidence: 'summary',
    clockStart: 'the finding of the investigation',
    duration: calendarDays(10),
    keptBy: ['substantiation-notified', 'substantiation-notice-withheld'],
  },
  {
    id: 'D38c',
    obligation: 'Decide on the notice to the parents of an assessment',
    obligationInSpanish: 'Decidir sobre el aviso a los padres de una evaluación familiar',
    ...toParents,
    kind: 'policy',
    awaitsLegalSignOff: false,
    source: 'This project: C.G.S. 17a-103b(a) speaks of an investigation alone',
    confidence: 'assumed',
    clockStart: 'the acceptance for assessment',
    duration: businessDays(5),
    keptBy: ['parents-notified', 'parents-told', 'parents-notice-withheld'],
  },
  {
    id: 'D40',
    obligation: 'Mail the notice of the finding, by first-class mail',
    obligationInSpanish: 'Enviar el aviso de la conclusión, por correo de primera clase',
    kind: 'statute',
    awaitsLegalSignOff: true,
    source:
      'C.G.S. 17a-101k(b): by first-class mail, five business days, to the person alleged to be responsible; no exception is written',
    confidence: 'verified',
    clockStart: 'the finding of the investigation',
    duration: businessDays(5),
    keptBy: ['finding-notified'],
    closing: 'waits',
    alert: ['caseworker'],
    escalate: ['area-supervisor', 'legal'],
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
