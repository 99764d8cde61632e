/** The clocks of a child in care (docs/domain.md#preliminary-hearing, docs/domain.md#transition-plan), version 2026.1. */
import type { DeadlineRule } from '../../domain/policy/policy.ts';
import { calendarDays } from '../durations.ts';

/** A plan takes weeks. That its day is told 30 and 7 days ahead is an assumption of this project. */
export const planReminders: readonly number[] = [30, 7];

export const careClocks = [
  {
    id: 'D43',
    obligation: 'Have the preliminary hearing held after the ex parte order',
    obligationInSpanish: 'Lograr que se celebre la audiencia preliminar después de la orden ex parte',
    kind: 'statute',
    awaitsLegalSignOff: true,
    source: 'C.G.S. 46b-129(b): within ten days of an ex parte order',
    confidence: 'believed',
    clockStart: 'the ex parte order',
    duration: calendarDays(10),
    keptBy: ['preliminary-hearing-held'],
    closing: 'waits',
    alert: ['legal', 'caseworker'],
    escalate: ['aag-liaison', 'area-director'],
    escalateFrom: 'due',
  },
  {
    id: 'D44',
    obligation: 'Have the transition plan of a child in care ready for the 90 days before 18',
    obligationInSpanish: 'Tener listo el plan de transición de un menor bajo cuidado para los 90 días antes de los 18',
    kind: 'statute',
    awaitsLegalSignOff: true,
    source:
      '42 U.S.C. 675(5)(H): the plan in the 90 days before 18; that it is ready when they begin is assumed; the day is rounded as for D34',
    confidence: 'believed',
    clockStart: 'the last business day before the month that holds the 90th day before the eighteenth birthday',
    duration: { unit: 'same-day' },
    remindBefore: planReminders,
    keptBy: ['adulthood-planned'],
    // The law asks for the plan whatever becomes of the referral.
    closing: 'outlives',
    alert: ['caseworker'],
    escalate: ['area-supervisor'],
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
