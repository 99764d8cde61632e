/**
 * The deadlines of Connecticut, version 2026.1, from the files that hold their rows.
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */

import { careClocks } from './care-clocks.ts';
import { childSeenClocks } from './child-seen-clocks.ts';
import { deadlines as main } from './deadline-rules.ts';
import { familyClocks } from './family-clocks.ts';
import { oversightClocks } from './oversight-clocks.ts';
import { questionClocks } from './question-clocks.ts';
import { searchClocks } from './search-clocks.ts';
import { serviceClocks } from './service-clocks.ts';
import { tribeClocks } from './tribe-clocks.ts';

export const everyDeadline = [
  ...main,
  ...serviceClocks,
  ...questionClocks,
  ...familyClocks,
  ...childSeenClocks,
  ...oversightClocks,
  ...tribeClocks,
  ...careClocks,
  ...searchClocks,
];
/** `D1`, `D10a`. An id without an alarm class does not compile. */
export type DeadlineId = (typeof everyDeadline)[number]['id'];
