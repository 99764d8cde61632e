/**
 * Each absence of a child, and the acts that the law asks for on return. They are a return interview and a screening
 * (42 U.S.C. 671(a)(35)(A)). Acts after the next return do not make up for them.
 */

import { isAfter } from '../core/instants.ts';
import type { Answer } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';
import type { Absence } from './missing-state.ts';

export type Absences = readonly Absence[];

/** The absence that has not ended. Undefined where the child is not recorded as missing. */
export function absenceNow({ missing: { absences } }: Pick<Referral, 'missing'>): Absence | undefined {
  const last = absences.at(-1);
  return last?.returnedAt === undefined ? last : undefined;
}

/** The absence that held at `at`, a UTC instant. From the instant of the return on, the child is here. */
export const absenceAt = ({ missing: { absences } }: Pick<Referral, 'missing'>, at: string): Absence | undefined =>
  absences.find(
    ({ missingSince, returnedAt }) =>
      !isAfter(missingSince, at) && (returnedAt === undefined || isAfter(returnedAt, at)),
  );

export const isMissing = (state: Pick<Referral, 'missing'>): boolean => absenceNow(state) !== undefined;

/**
 * True where the question whether the child is missing is open. People are asked, because unknown never counts as "no".
 */
export const mayBeMissing = ({
  child,
  missing: { absences },
}: {
  readonly child: { readonly missingNow: Answer };
  readonly missing: { readonly absences: Absences };
}): boolean => child.missingNow === 'unknown' && absences.length === 0;

/** The returns that an interview at `at` can be about. */
export const returnsBefore = (absences: Absences, at: string): Absences =>
  absences.filter(({ returnedAt }) => returnedAt !== undefined && Date.parse(returnedAt) <= Date.parse(at));

/**
 * The return that an interview without a number is about. It is the oldest without one, so that every owed interview
 * can be recorded.
 */
export const talkedAbout = (absences: Absences, at: string): Absence | undefined =>
  returnsBefore(absences, at).find(({ debriefedAt }) => debriefedAt === undefined) ??
  returnsBefore(absences, at).at(-1);

/** The deadline of the screening for a return at this instant. */
export const screeningClockOf = ({ deadlines }: Pick<Referral, 'deadlines'>, returnedAt: string) =>
  Object.values(deadlines).find(({ startedBy, start }) => startedBy === 'child-returned' && start === returnedAt);

/** The returns without a screening, except those whose screening a lawyer found not owed. */
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
