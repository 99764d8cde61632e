/** Mail that belongs to no alert: who was told, and whose mail came back. */
import type { Role } from '../core/vocabulary.ts';

export interface Told {
  /** The people who got mail about it. */
  readonly told: readonly string[];
  /** The people whose mail about it came back. They get no more mail about it. */
  readonly failed: readonly string[];
}

/** News that a mail came back may arrive before its sending is recorded. */
export const told = <Given extends Told>(given: Given, personId: string): Given =>
  given.failed.includes(personId) ? given : { ...given, told: [...given.told, personId] };

export const mailFailed = <Given extends Told>(given: Given, personId: string): Given => ({
  ...given,
  told: given.told.filter((id) => id !== personId),
  failed: [...new Set([...given.failed, personId])],
});

/** Who is told of the gaps in a roster. */
export const rosterReaders = ['mdt-coordinator', 'administrator'] as const satisfies readonly Role[];
export type RosterReader = (typeof rosterReaders)[number];

/**
 * The suffix of a notice's id, after the team, draft, day or chain that it is about. News of its mail comes under that
 * id.
 */
export const noticeKinds = { draft: 'LEFT', finding: 'AUDIT', roster: 'ROSTER', shifts: 'SHIFTS' } as const;
