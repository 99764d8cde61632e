/**
 * The clocks of a service, from the need to the result (D35, D36), version 2026.1. No source gives them. They are this product's
 * answer to needs that no one followed up. Where a service has a clock of its own (D17 to D23), that clock counts instead.
 *
 * A bed, food, clothes, a phone and medication are for today, and an advocate for the first 24 hours.
 *
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { DeadlineRule } from '../../domain/policy/policy.ts';
import { businessDays, calendarDays, hours } from '../durations.ts';

const assumed = {
  kind: 'policy',
  awaitsLegalSignOff: false,
  source: 'This project',
  confidence: 'assumed',
} as const;

/** They run on after closing: the social worker asks the people who then serve the child. */
const review = {
  ...assumed,
  clockStart: 'the first start of a service',
  closing: 'outlives',
  alert: ['caseworker'],
  escalate: ['area-supervisor'],
  escalateFrom: calendarDays(14),
} as const;

/** Midnight leaves too little of the last hours of a day. */
const today = { unit: 'same-day', atLeastHours: 4 } as const;

export const serviceClocks = [
  {
    id: 'D35a',
    obligation: 'Refer the child to a provider of the service, or record that it is declined',
    obligationInSpanish: 'Remitir al menor a un proveedor del servicio, o registrar que se rechaza',
    ...assumed,
    clockStart: 'the need for the service',
    group: 'service-plan',
    duration: businessDays(3),
    durationInDanger: hours(24),
    durationForService: {
      'safe-placement': today,
      'basic-needs': today,
      'medical-nonacute': today,
      'victim-advocacy': hours(24),
    },
    keptBy: ['need-referred'],
    closing: 'waits',
    alert: ['caseworker'],
    escalate: ['area-supervisor'],
  },
  {
    id: 'D35b',
    obligation: 'Answer the referral and start the service',
    obligationInSpanish: 'Responder a la remisión y comenzar el servicio',
    ...assumed,
    clockStart: 'the referral to the provider',
    duration: businessDays(10),
    durationInDanger: businessDays(5),
    durationForService: { 'safe-placement': hours(24), 'basic-needs': hours(24), 'medical-nonacute': hours(24) },
    // About two business days of ten.
    answerAt: 0.2,
    keptBy: ['service-started'],
    closing: 'waits',
    alert: ['provider', 'caseworker'],
    escalate: ['area-supervisor'],
  },
  {
    id: 'D36a',
    obligation: 'Record what became of each service, 3 months after the first one started',
    obligationInSpanish: 'Registrar qué resultó de cada servicio, 3 meses después de comenzar el primero',
    ...review,
    duration: calendarDays(91),
    warnAfter: [calendarDays(84)],
    keptBy: ['outcome-after-3-months'],
  },
  {
    id: 'D36b',
    obligation: 'Record what became of each service, 6 months after the first one started',
    obligationInSpanish: 'Registrar qué resultó de cada servicio, 6 meses después de comenzar el primero',
    ...review,
    duration: calendarDays(182),
    warnAfter: [calendarDays(175)],
    keptBy: ['outcome-after-6-months'],
  },
  {
    id: 'D36c',
    obligation: 'Record what became of each service, 12 months after the first one started',
    obligationInSpanish: 'Registrar qué resultó de cada servicio, 12 meses después de comenzar el primero',
    ...review,
    duration: calendarDays(365),
    warnAfter: [calendarDays(358)],
    keptBy: ['outcome-after-12-months'],
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
