/** The clocks of the notices to the agencies that oversee a facility or a school (docs/domain.md#facility-notice), version 2026.1. */
import type { DeadlineRule } from '../../domain/policy/policy.ts';
import { hours } from '../durations.ts';

/** The same words for each, so that a mailbox does not tell a tribe, a facility or a school. */
export const legalNoticeInMail = {
  en: 'Give a notice that the law requires: the page says which',
  es: 'Dar un aviso que exige la ley: la página dice cuál',
} as const;

const forthwith = {
  mailedAs: legalNoticeInMail,
  kind: 'statute',
  awaitsLegalSignOff: true,
  timeByPolicy: true,
  confidence: 'assumed',
  duration: hours(24),
  closing: 'waits',
  alert: ['caseworker', 'legal'],
  escalate: ['area-director'],
  escalateFrom: 'due',
} as const;

export const oversightClocks = [
  {
    id: 'D41a',
    obligation: 'Notify the agency that licenses the facility',
    obligationInSpanish: 'Avisar a la agencia que otorga la licencia del centro',
    ...forthwith,
    source: 'C.G.S. 17a-101j(b): forthwith; the 24 hours are assumed',
    clockStart: 'the word that a facility is concerned',
    keptBy: ['licensing-agency-notified'],
  },
  {
    id: 'D41b',
    obligation: 'Notify the Department of Education',
    obligationInSpanish: 'Avisar al Departamento de Educación',
    ...forthwith,
    source: 'C.G.S. 17a-101g(a): forthwith; the 24 hours are assumed',
    clockStart: 'the word that a school is concerned',
    keptBy: ['education-notified'],
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
