/** The fold of each time the child was missing. */

import { withoutDowngrade, withoutProposal } from '../approvals/lapses.ts';
import { type Evolvers, unchanged } from '../core/event-shape.ts';
import type { Outcome } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';
import { type Absences, returnsBefore } from './absences.ts';
import type { missingEvents } from './missing-events.ts';
import type { Absence } from './missing-state.ts';

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

/**
 * The first talk about a return is what was asked for; a later one changes nothing. One of an older release does not say
 * which return it was about: it is the last before it.
 */
export function debriefed(absences: Absences, at: string, episode: number | undefined): Absences {
  const last =
    episode === undefined ? returnsBefore(absences, at).at(-1) : absences.find(({ number }) => number === episode);
  return last?.debriefedAt === undefined ? change(absences, last, { debriefedAt: at }) : absences;
}

/** A screening counts for the return it follows, and for none while the child is away again. */
export function screenedAgain(
  absences: Absences,
  { at, number, outcome }: { readonly at: string; readonly number: number; readonly outcome: Outcome },
): Absences {
  const last = absences.at(-1);
  if (last?.returnedAt === undefined || last.screenedAt !== undefined) return absences;
  return change(absences, last, { screenedAt: at, screening: number, outcome });
}

export const missingEvolvers: Evolvers<Referral, typeof missingEvents> = {
  'ncmec-notified': unchanged,
  'child-missing': (state, { informedAt }) => ({
    ...withoutDowngrade(withoutProposal(state)),
    missing: true,
    // While the child is missing the word of it turned out to have come earlier.
    absences: state.missing ? leftEarlier(state.absences, informedAt) : left(state.absences, informedAt),
  }),
  'child-returned': (state, { at }) => ({
    ...withoutDowngrade(state),
    missing: false,
    absences: returned(state.absences, at),
  }),
  'return-debriefed': (state, { at, episode }) => ({ ...state, absences: debriefed(state.absences, at, episode) }),
};
