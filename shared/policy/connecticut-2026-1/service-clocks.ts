/**
 * The clocks of a service, from the need to the result (D35, D36), version 2026.1. No source gives them. They are this product's
 * answer to needs that no one followed up. Where a service has a clock of its own (D17 to D23), that clock counts instead.
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
const followUp = {
  ...assumed,
  clockStart: 'the start of the service',
  closing: 'outlives',
  alert: ['caseworker'],
  escalate: ['area-supervisor'],
  escalateFrom: calendarDays(14),
} as const;

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
    keptBy: ['need-referred'],
    closing: 'waits',
    alert: ['caseworker'],
    escalate: ['area-supervisor'],
  },
  {
    id: 'D35b',
    obligation: 'Accept or decline the referral to the provider',
    obligationInSpanish: 'Aceptar o rechazar la remisión al proveedor',
    ...assumed,
    clockStart: 'the referral to the provider',
    duration: businessDays(2),
    durationInDanger: hours(24),
    keptBy: ['referral-answered'],
    closing: 'waits',
    alert: ['provider', 'caseworker'],
    escalate: ['area-supervisor'],
  },
  {
    id: 'D35c',
    obligation: 'Start the service that was accepted',
    obligationInSpanish: 'Comenzar el servicio aceptado',
    ...assumed,
    clockStart: 'the acceptance by the provider',
    duration: businessDays(10),
    keptBy: ['service-started'],
    closing: 'waits',
    alert: ['provider', 'caseworker'],
    escalate: ['area-supervisor'],
  },
  {
    id: 'D36a',
    obligation: 'Record what became of the service 3 months after its start',
    obligationInSpanish: 'Registrar qué resultó del servicio 3 meses después de su comienzo',
    ...followUp,
    duration: calendarDays(91),
    warnAfter: [calendarDays(84)],
    keptBy: ['outcome-after-3-months'],
  },
  {
    id: 'D36b',
    obligation: 'Record what became of the service 6 months after its start',
    obligationInSpanish: 'Registrar qué resultó del servicio 6 meses después de su comienzo',
    ...followUp,
    duration: calendarDays(182),
    warnAfter: [calendarDays(175)],
    keptBy: ['outcome-after-6-months'],
  },
  {
    id: 'D36c',
    obligation: 'Record what became of the service 12 months after its start',
    obligationInSpanish: 'Registrar qué resultó del servicio 12 meses después de su comienzo',
    ...followUp,
    duration: calendarDays(365),
    warnAfter: [calendarDays(358)],
    keptBy: ['outcome-after-12-months'],
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
