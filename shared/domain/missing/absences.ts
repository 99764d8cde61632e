/**
 * Each time a child was missing, and what the law asks for on its return: a talk about it, and a screening
 * (42 U.S.C. 671(a)(35)(A)). What was not done for one return is not made up for by what is done after the next.
 */

import type { Answer } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';
import type { Absence } from './missing-state.ts';

export type Absences = readonly Absence[];

/** The absence that has not ended. Undefined where the child is not recorded as missing. */
export function absenceNow({ missing: { absences } }: Pick<Referral, 'missing'>): Absence | undefined {
  const last = absences.at(-1);
  return last?.returnedAt === undefined ? last : undefined;
}

export const isMissing = (state: Pick<Referral, 'missing'>): boolean => absenceNow(state) !== undefined;

/** True where nobody has said whether the child is missing: it is asked, because unknown is never read as no. */
export const mayBeMissing = ({
  child,
  missing: { absences },
}: {
  readonly child: { readonly missingNow: Answer };
  readonly missing: { readonly absences: Absences };
}): boolean => child.missingNow === 'unknown' && absences.length === 0;

/** The returns that a talk at `at` can have been about. */
export const returnsBefore = (absences: Absences, at: string): Absences =>
  absences.filter(({ returnedAt }) => returnedAt !== undefined && Date.parse(returnedAt) <= Date.parse(at));

/** The return that a talk is about which names none: the oldest without one, so that a talk that is owed can be recorded. */
export const talkedAbout = (absences: Absences, at: string): Absence | undefined =>
  returnsBefore(absences, at).find(({ debriefedAt }) => debriefedAt === undefined) ??
  returnsBefore(absences, at).at(-1);

/** The screening that a return at this instant asks for. */
export const screeningClockOf = ({ deadlines }: Pick<Referral, 'deadlines'>, returnedAt: string) =>
  Object.values(deadlines).find(({ startedBy, start }) => startedBy === 'child-returned' && start === returnedAt);

/** The returns that nobody has screened, and of which no lawyer found that the screening is not owed. */
export const unscreenedReturns = (
  state: Pick<Referral, 'deadlines'> & { readonly missing: Pick<Referral['missing'], 'absences'> },
) =>
  state.missing.absences.flatMap(({ number, returnedAt, screenedAt }) =>
    returnedAt !== undefined &&
    screenedAt === undefined &&
    screeningClockOf(state, returnedAt)?.status !== 'not-applicable'
      ? [{ number, returnedAt }]
      : [],
  );
