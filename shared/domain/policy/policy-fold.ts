/** The fold of a move to another version of the policy. */
import type { PartFold } from '../part-fold.ts';

export const policyFold: PartFold<'policy'> = { 'policy-migrated': (_, { to }) => to };
