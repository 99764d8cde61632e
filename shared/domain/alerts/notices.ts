/** Mail that is about no alert: who was told, and from whom it came back. */
import type { Role } from '../core/vocabulary.ts';

export interface Told {
  /** Who was written to about it. */
  readonly told: readonly string[];
  /** Whose mail about it came back. They are written to about it no more. */
  readonly failed: readonly string[];
}

/** The news that a mail came back may come before anybody wrote down that it was sent. */
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

/** What the news of a notice is heard under, after the team, the draft, the day or the chain that it is of. */
export const noticeKinds = { draft: 'LEFT', finding: 'AUDIT', roster: 'ROSTER', shifts: 'SHIFTS' } as const;
