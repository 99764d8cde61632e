/** What may explain a change of a figure: the days from which other rules are in force. */
import { released } from '../policy/policies.ts';
import type { Mark } from './trends.ts';

/** The released policies, each with the New York day from which new referrals begin under it. */
export const policyMarks: readonly Mark[] = released.map(({ version, inForceFrom }) => ({
  day: inForceFrom,
  words: `policy ${version} in force`,
}));
