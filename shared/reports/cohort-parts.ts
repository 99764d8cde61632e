/** Parts of a cohort. */
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import type { Cohort } from './cohort.ts';
import { type SplitName, splits } from './figures.ts';

/** The children whose last referral of the period is in the part, with all their referrals of the period. */
export function partWhere(cohort: Cohort, isIn: (last: FactRow) => boolean): Cohort {
  const children = cohort.children.filter(({ referrals }) => {
    const last = referrals.at(-1);
    return last !== undefined && isIn(last);
  });
  const within = new Set(children.flatMap(({ referrals }) => referrals.map(({ id }) => id)));
  return { ...cohort, children, rows: cohort.rows.filter(({ id }) => within.has(id)) };
}

/** The values of a split for a referral. It may have several, as of race. */
export const valuesOf = (by: SplitName, row: FactRow): readonly string[] => splits[by](row);

/** The values that the children of a cohort have, in the order of their words. */
export const valuesIn = (cohort: Cohort, by: SplitName): readonly string[] =>
  [
    ...new Set(
      cohort.children.flatMap(({ referrals }) => {
        const last = referrals.at(-1);
        return last === undefined ? [] : valuesOf(by, last);
      }),
    ),
  ].toSorted();
