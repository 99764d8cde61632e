/**
 * The clocks of an investigation's findings, version 2026.1: disposition, reasonable cause, and the notice after it. See
 * docs/domain.md#reasonable-cause and docs/domain.md#disposition-time.
 *
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { DeadlineRule } from '../../domain/policy/policy.ts';
import { businessDays, calendarDays } from '../durations.ts';

const statute = { kind: 'statute', awaitsLegalSignOff: true } as const;
const receipt = 'receipt of the report';

export const findingClocks = [
  {
    id: 'D24',
    obligation: 'Complete the investigation with a disposition',
    obligationInSpanish: 'Completar la investigación con una decisión',
    ...statute,
    lawFor: 'a child under 18, unless every alleged person is a third party',
    source:
      'C.G.S. 17a-101g: 45 calendar days in an older text; 33 business days are believed to be in force now, and counsel has to say which',
    confidence: 'doubtful',
    clockStart: receipt,
    duration: calendarDays(45),
    keptBy: ['investigation-disposed'],
    closing: 'waits',
    alert: ['area-supervisor'],
    escalate: ['area-director'],
  },
  {
    id: 'D24a',
    obligation: 'Say whether there is reasonable cause to believe that sexual abuse or serious physical abuse occurred',
    obligationInSpanish: 'Decir si hay causa razonable para creer que hubo abuso sexual o abuso físico grave',
    kind: 'policy',
    awaitsLegalSignOff: true,
    source:
      'C.G.S. 17a-101j(a); asked apart from the disposition and on every track, in the time of the disposition (assumed)',
    confidence: 'assumed',
    clockStart: receipt,
    duration: calendarDays(45),
    keptBy: ['reasonable-cause-said'],
    closing: 'waits',
    alert: ['area-supervisor'],
    escalate: ['area-director'],
  },
  {
    id: 'D25',
    obligation:
      "Notify the State's Attorney and the police that there is reasonable cause to believe abuse occurred, with a copy of the report",
    obligationInSpanish:
      'Avisar a la fiscalía y a la policía de que hay causa razonable para creer que hubo abuso, con copia del reporte',
    ...statute,
    source:
      'C.G.S. 17a-101j(a): reasonable cause to believe that sexual abuse or serious physical abuse occurred; the text gives no number, the one business day is assumed',
    timeByPolicy: true,
    confidence: 'assumed',
    clockStart: 'the reasonable cause to believe that abuse occurred',
    duration: businessDays(1),
    keptBy: ['disposition-notified'],
    closing: 'waits',
    alert: ['caseworker', 'legal'],
    escalate: ['program-manager'],
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
