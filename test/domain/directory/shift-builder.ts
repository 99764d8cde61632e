/** Shifts in one word each: who, from when to when on Wednesday, November 25, 2026, and what differs. */

import type { Role } from '../../../shared/domain/core/vocabulary.ts';
import type { ShiftPerson } from '../../../shared/domain/directory/on-call-shifts.ts';
import type { Shift } from '../../../shared/domain/directory/shift.ts';

/** 8:00 in New York. */
export const morning = '2026-11-25T13:00:00.000Z';

/** So many hours after that morning. */
export const at = (hours: number): string => new Date(Date.parse(morning) + hours * 3_600_000).toISOString();

let made = 0;
export function shift(personId: string, from: number, to: number, more: Partial<Shift> = {}): Shift {
  made += 1;
  const place = { role: 'area-oncall', scope: 'office-HARTFORD' } as const;
  return { id: `SH-0-${made}`, ...place, personId, from: at(from), to: at(to), order: 1, ...more };
}

export const person = (id: string, role: Role = 'area-oncall', scope = 'office-HARTFORD'): ShiftPerson => ({
  id,
  phone: '203-555-0150',
  roles: [{ role, scope }],
});
