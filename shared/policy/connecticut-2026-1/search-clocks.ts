/**
 * The clock of the search for a child who stays missing (docs/domain.md#missing-child), version 2026.1.
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { DeadlineRule } from '../../domain/policy/policy.ts';
import { calendarDays } from '../durations.ts';

export const searchClocks = [
  {
    id: 'D45',
    obligation: 'Renew the search for the missing child with police and NCMEC, and record it',
    obligationInSpanish: 'Renovar la búsqueda del menor desaparecido con la policía y NCMEC, y registrarla',
    kind: 'policy',
    awaitsLegalSignOff: false,
    source:
      '42 U.S.C. 671(a)(35)(B): contact with police and NCMEC is kept, and no number; that it is a clock, and the seven days, are assumed',
    confidence: 'assumed',
    clockStart: 'the news that the child is missing, or the last renewed search',
    duration: calendarDays(7),
    keptBy: ['search-renewed'],
    // Each search opens the next one, until the return ends it. A referral of a missing child cannot be closed.
    closing: 'ends',
    alert: ['caseworker'],
    escalate: ['area-supervisor'],
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
