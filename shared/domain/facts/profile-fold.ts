/** The fold of completed facts. What the report said stays beside what is known now. */
import type { PartFold } from '../part-fold.ts';
import type { ProfileFacts } from './profile-events.ts';
import { type ProfileState, profileOf, type ReportedFacts, reportedFields } from './profile-state.ts';

const isReported = (field: string): boolean => (reportedFields as readonly string[]).includes(field);

/** The facts that are given, of those that a report asks or of the others. */
const given = (facts: ProfileFacts, ofReport: boolean): object =>
  Object.fromEntries(
    Object.entries(facts).filter(([field, said]) => said !== undefined && isReported(field) === ofReport),
  );

/** The facts of a report among those that became known. */
export const learnedOfReport = (facts: ProfileFacts): Partial<ReportedFacts> => given(facts, true);

/** The facts that the report said before one of these fields was first changed. */
function firstSaid(before: ReportedFacts, { reported }: ProfileState, facts: ProfileFacts): ProfileState['reported'] {
  const changed = Object.keys(learnedOfReport(facts)) as (keyof ReportedFacts)[];
  return { ...Object.fromEntries(changed.map((field) => [field, before[field]])), ...reported };
}

export const profileFold: PartFold<'profile'> = {
  'profile-learned': (profile, { type: _, v: __, ...facts }, ___, { child }) => {
    const before = profileOf({ ...(profile && { profile }) });
    return {
      ...before,
      reported: firstSaid(child, before, facts),
      known: { ...before.known, ...given(facts, false) },
    };
  },
  'placement-moved': (profile, { placement, moveReason, at }, _, { child }) => {
    const before = profileOf({ ...(profile && { profile }) });
    return {
      ...before,
      reported: firstSaid(child, before, { placement }),
      moves: [...before.moves, { placement, moveReason, at, from: child.placement }],
    };
  },
  'prosecution-recorded': (profile, { type: _, v: __, ...step }) => {
    const before = profileOf({ ...(profile && { profile }) });
    return { ...before, prosecutions: [...before.prosecutions, step] };
  },
  'charges-ended': (profile, { type: _, v: __, ...end }) => {
    const before = profileOf({ ...(profile && { profile }) });
    return { ...before, chargeEnds: [...(before.chargeEnds ?? []), end] };
  },
};
