/** The fold of what becomes known of the child. */
import { learnedOfReport } from '../facts/profile-fold.ts';
import type { PartFold } from '../part-fold.ts';

/** An age given without a number, as the years it may mean. */
export const ageOfClass = {
  'under-18': { known: 'range', from: 0, to: 17 },
  '18-and-over': { known: 'range', from: 18, to: 30 },
} as const;

/** The facts without undefined values. */
const knownOnly = <Facts extends object>(facts: Facts) =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [Field in keyof Facts]: Exclude<Facts[Field], undefined>;
  };

export const childFold: PartFold<'child'> = {
  'facts-learned': (child, { type: _, v: __, ageClass, caregiverNamed: ___, knownAt: ____, ...facts }) => ({
    ...child,
    ...knownOnly(facts),
    ...(ageClass && { age: ageOfClass[ageClass] }),
  }),
  'profile-learned': (child, { type: _, v: __, ...facts }) => ({ ...child, ...learnedOfReport(facts) }),
  'placement-moved': (child, { placement }) => ({ ...child, placement }),
  'birth-date-recorded': (child, { years }) => ({ ...child, age: { known: 'exact', years } }),
  'place-corrected': (child, { place, town }) => ({ ...child, [place]: town }),
};
