/** The released rules with a calendar that cannot be read while `isBroken` says so: no clock can then be computed. */
import type { Policy } from '../../shared/domain/policy/policy.ts';
import { currentPolicy } from '../../shared/policy/policies.ts';

export const withBrokenCalendar = (isBroken: () => boolean): Policy => ({
  ...currentPolicy,
  get calendar(): Policy['calendar'] {
    if (isBroken()) throw new RangeError('The calendar has no such year.');
    return currentPolicy.calendar;
  },
});
