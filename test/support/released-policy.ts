/** The one released version, for tests of what no change of version touches. */
import { released } from '../../shared/policy/policies.ts';

const [connecticut] = released;
export const connecticutPolicy = connecticut;
