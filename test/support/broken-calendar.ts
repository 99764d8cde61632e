/** The released rules with a calendar that cannot be read while `isBroken` says so: no clock can then be computed. */
import type { Policy } from '../../shared/domain/policy/policy.ts';
import { connecticutPolicy } from './released-policy.ts';

export const withBrokenCalendar = (isBroken: () => boolean): Policy => ({
  ...connecticutPolicy,
  get calendar(): Policy['calendar'] {
    if (isBroken()) throw new RangeError('The calendar has no such year.');
    return connecticutPolicy.calendar;
  },
});
