/**
 * The clocks of the notices about a facility or a school (docs/domain.md#facility-notice), version 2026.1.
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { DeadlineRule } from '../../domain/policy/policy.ts';
import { businessDays, hours } from '../durations.ts';

/** The same words for each, so that a mailbox does not tell a tribe, a facility or a school. */
export const legalNoticeInMail = {
  en: 'Give a notice that the law requires: the page says which',
  es: 'Dar un aviso que exige la ley: la página dice cuál',
} as const;

const notice = {
  mailedAs: legalNoticeInMail,
  kind: 'statute',
  awaitsLegalSignOff: true,
  closing: 'waits',
  alert: ['caseworker', 'legal'],
  escalate: ['area-director'],
  escalateFrom: 'due',
} as const;
const forthwith = { ...notice, timeByPolicy: true, confidence: 'assumed', duration: hours(24) } as const;
const ofFacility = 'the word that an employee of a facility is alleged';
const afterwards = 'the finding of the investigation';

export const oversightClocks = [
  {
    id: 'D41a',
    obligation: 'Notify the agency that licenses the facility of the report',
    obligationInSpanish: 'Avisar del reporte a la agencia que otorga la licencia del centro',
    ...forthwith,
    source: 'C.G.S. 17a-101g(a): an alleged person works for a licensed facility; the 24 hours are assumed',
    clockStart: ofFacility,
    keptBy: ['licensing-agency-notified'],
  },
  {
    id: 'D41b',
    obligation: 'Notify the Department of Education of the report',
    obligationInSpanish: 'Avisar del reporte al Departamento de Educación',
    ...forthwith,
    source: 'C.G.S. 17a-101g(a): an alleged person is a school employee; the 24 hours are assumed',
    clockStart: 'the word that a school employee is alleged',
    keptBy: ['education-notified'],
  },
  {
    id: 'D41c',
    obligation: 'Notify the agency that licenses the facility of the finding, with the records',
    obligationInSpanish: 'Avisar de la conclusión, con los registros, a la agencia que otorga la licencia del centro',
    ...forthwith,
    source: 'C.G.S. 17a-101j(b): after the investigation, forthwith, with the records; the 24 hours are assumed',
    clockStart: afterwards,
    keptBy: ['licensing-records-sent'],
  },
  {
    id: 'D41d',
    obligation: 'Send results and records to the superintendent and the Commissioner of Education',
    obligationInSpanish: 'Enviar resultados y registros al superintendente y al comisionado de Educación',
    ...notice,
    source: 'C.G.S. 17a-101i(a): five working days after the investigation of a school employee',
    confidence: 'verified',
    clockStart: afterwards,
    duration: businessDays(5),
    keptBy: ['education-results-sent'],
  },
  {
    id: 'D41e',
    obligation: 'Tell the person in charge of the facility or school of the report',
    obligationInSpanish: 'Avisar del reporte a quien dirige el centro o la escuela',
    ...forthwith,
    source: 'C.G.S. 17a-101b(d): the person in charge, unless that person is the one alleged; the 24 hours are assumed',
    clockStart: ofFacility,
    keptBy: ['institution-notified'],
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
