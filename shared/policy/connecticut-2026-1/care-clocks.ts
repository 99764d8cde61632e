/**
 * The clocks of a child in care (docs/domain.md#preliminary-hearing, docs/domain.md#transition-plan), version 2026.1.
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { CourtHours, DeadlineRule } from '../../domain/policy/policy.ts';
import { calendarDays, hours } from '../durations.ts';

/** A plan takes weeks. That its day is told 30 and 7 days ahead is an assumption of this project. */
export const planReminders: readonly number[] = [30, 7];

/** When a judge can be reached. Warned as the last sitting begins, and an hour before it ends. */
export const courtHours: CourtHours = {
  from: 9,
  to: 17,
  warnBefore: [hours(8), hours(1)],
  source: 'This project: courts sit on business days',
  confidence: 'assumed',
  awaitsLegalSignOff: true,
};

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
    courtHours,
    keptBy: ['preliminary-hearing-held'],
    closing: 'waits',
    alert: ['legal', 'caseworker'],
    escalate: ['aag-liaison', 'area-director'],
    escalateFrom: 'due',
  },
  {
    id: 'D44',
    obligation: 'Make the transition plan of a child in care during the 90 days before 18',
    obligationInSpanish: 'Hacer el plan de transición de un menor bajo cuidado durante los 90 días antes de los 18',
    kind: 'statute',
    awaitsLegalSignOff: true,
    source:
      '42 U.S.C. 675(5)(H): the plan during the 90 days before 18, so an earlier one does not keep it. Both ends are rounded to the month, because the ledger must not tell a birthday (ADR 7). The clock opens up to 31 days after the 90th day, and ends up to 30 days before the birthday, never after it',
    confidence: 'believed',
    clockStart: 'the first of the month after the one that holds the 90th day before the eighteenth birthday',
    // From the first of any month, 59 days end no later than the earliest birthday that may be meant.
    duration: calendarDays(59),
    keptBy: ['adulthood-planned'],
    // The law asks for the plan whatever becomes of the referral.
    closing: 'outlives',
    alert: ['caseworker'],
    escalate: ['area-supervisor'],
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
