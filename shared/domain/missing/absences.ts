/**
 * Each time a child was missing, and what the law asks for on its return: a talk about it, and a screening
 * (42 U.S.C. 671(a)(35)(A)). What was not done for one return is not made up for by what is done after the next.
 */

import type { Answer, Outcome } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';

export interface Absence {
  /** From 1, in the order in which they were recorded. */
  readonly number: number;
  /** When the information came that the child was missing, a UTC instant. */
  readonly missingSince: string;
  readonly returnedAt?: string;
  readonly debriefedAt?: string;
  readonly screenedAt?: string;
  /** The number and the outcome of that screening. */
  readonly screening?: number;
  readonly outcome?: Outcome;
}

type Absences = readonly Absence[];

/** True where nobody has said whether the child is missing: it is asked, because unknown is never read as no. */
export const mayBeMissing = ({
  child,
  absences,
}: {
  readonly child: { readonly missingNow: Answer };
  readonly absences: Absences;
}): boolean => child.missingNow === 'unknown' && absences.length === 0;

const change = (absences: Absences, which: Absence | undefined, to: Partial<Absence>): Absences =>
  absences.map((absence) => (absence === which ? { ...absence, ...to } : absence));

export const left = (absences: Absences, missingSince: string): Absences => [
  ...absences,
  { number: absences.length + 1, missingSince },
];

export const leftEarlier = (absences: Absences, missingSince: string): Absences =>
  change(absences, absences.at(-1), { missingSince });

export const returned = (absences: Absences, at: string): Absences =>
  change(absences, absences.at(-1), { returnedAt: at });

/** The returns that a talk at `at` can have been about. */
const before = (absences: Absences, at: string): Absences =>
  absences.filter(({ returnedAt }) => returnedAt !== undefined && Date.parse(returnedAt) <= Date.parse(at));

/** The return that a talk is about which names none: the oldest without one, so that a talk that is owed can be recorded. */
export const talkedAbout = (absences: Absences, at: string): Absence | undefined =>
  before(absences, at).find(({ debriefedAt }) => debriefedAt === undefined) ?? before(absences, at).at(-1);

/**
 * The first talk about a return is what was asked for; a later one changes nothing. One of an older release does not say
 * which return it was about: it is the last before it.
 */
export function debriefed(absences: Absences, at: string, episode: number | undefined): Absences {
  const last = episode === undefined ? before(absences, at).at(-1) : absences.find(({ number }) => number === episode);
  return last?.debriefedAt === undefined ? change(absences, last, { debriefedAt: at }) : absences;
}

/** The screening that a return at this instant asks for. */
export const screeningClockOf = ({ deadlines }: Pick<Referral, 'deadlines'>, returnedAt: string) =>
  Object.values(deadlines).find(({ startedBy, start }) => startedBy === 'child-returned' && start === returnedAt);

/** The returns that nobody has screened, and of which no lawyer found that the screening is not owed. */
export const unscreenedReturns = (state: Pick<Referral, 'absences' | 'deadlines'>) =>
  state.absences.flatMap(({ number, returnedAt, screenedAt }) =>
    returnedAt !== undefined &&
    screenedAt === undefined &&
    screeningClockOf(state, returnedAt)?.status !== 'not-applicable'
      ? [{ number, returnedAt }]
      : [],
  );

/** A screening counts for the return it follows, and for none while the child is away again. */
export function screenedAgain(
  absences: Absences,
  { at, number, outcome }: { readonly at: string; readonly number: number; readonly outcome: Outcome },
): Absences {
  const last = absences.at(-1);
  if (last?.returnedAt === undefined || last.screenedAt !== undefined) return absences;
  return change(absences, last, { screenedAt: at, screening: number, outcome });
}
