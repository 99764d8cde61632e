/** The fold of the absences of the child. */

import type { EventIn } from '../core/event-shape.ts';
import { isAfter } from '../core/instants.ts';
import type { Outcome } from '../core/vocabulary.ts';
import type { PartFold } from '../part-fold.ts';
import { type Absences, isMissing } from './absences.ts';
import type { missingEvents } from './missing-events.ts';
import type { Absence } from './missing-state.ts';

const change = (absences: Absences, which: Absence | undefined, to: Partial<Absence>): Absences =>
  absences.map((absence) => (absence === which ? { ...absence, ...to } : absence));

export const applyChildMissing = (absences: Absences, missingSince: string): Absences => [
  ...absences,
  { number: absences.length + 1, missingSince },
];

const correctMissingSince = (absences: Absences, missingSince: string): Absences =>
  change(absences, absences.at(-1), { missingSince });

const applyChildReturned = (absences: Absences, at: string): Absences =>
  change(absences, absences.at(-1), { returnedAt: at });

type Debrief = EventIn<typeof missingEvents, 'return-debriefed'>;

/** The first interview about a return counts, and a later one changes nothing. */
function applyReturnDebriefed(absences: Absences, { at, episode, seenAlone }: Debrief): Absences {
  const about = absences.find(({ number }) => number === episode);
  return about?.debriefedAt === undefined ? change(absences, about, { debriefedAt: at, seenAlone }) : absences;
}

/** A screening counts for the return before it. It counts for none while the child is away again. */
function applyScreened(
  absences: Absences,
  { at, number, outcome }: { readonly at: string; readonly number: number; readonly outcome: Outcome },
): Absences {
  const last = absences.at(-1);
  if (last?.returnedAt === undefined || last.screenedAt !== undefined || isAfter(last.returnedAt, at)) return absences;
  return change(absences, last, { screenedAt: at, screening: number, outcome });
}

export const missingFold: PartFold<'missing'> = {
  'facts-learned': (missing, { missingNow, knownAt }) =>
    missingNow === 'unknown' ? { ...missing, missingAskedAt: knownAt } : missing,
  'child-missing': (missing, { informedAt }, { isUnproved }) => {
    if (!isMissing({ missing })) return { absences: applyChildMissing(missing.absences, informedAt) };
    // While the child was missing, the news of it turned out to have come earlier. Unproved news moves no clock.
    return isUnproved ? missing : { absences: correctMissingSince(missing.absences, informedAt) };
  },
  'child-returned': ({ absences }, { at }) => ({ absences: applyChildReturned(absences, at) }),
  'return-debriefed': ({ absences }, debrief) => ({ absences: applyReturnDebriefed(absences, debrief) }),
  screened: ({ absences }, { number, outcome, screenedAt: at }) => ({
    absences: applyScreened(absences, { at, number, outcome }),
  }),
};
