/** The fold of corrections, legal holds and erasures. */
import { signedIn } from '../core/commit-head.ts';
import type { EventOf } from '../events.ts';
import type { PartFold } from '../part-fold.ts';
import type { IdentityState } from './identity-state.ts';

const applyCorrected = (
  state: IdentityState,
  { fields, reason }: EventOf<'identity-corrected' | 'reporter-corrected'>,
): IdentityState => ({
  ...state,
  corrections: { ...state.corrections, ...Object.fromEntries(fields.map((field) => [field, reason])) },
});

const withoutErasure = ({ erasure: _, ...state }: IdentityState): IdentityState => state;

export const identityFold: PartFold<'identity'> = {
  'identity-corrected': applyCorrected,
  'reporter-corrected': applyCorrected,
  'birth-date-recorded': (state, { reason }) => (reason === undefined ? state : { ...state, birthCorrectedBy: reason }),
  // What may not be erased is not asked about.
  'legal-hold-set': (state, { reason }, { at, actor }) => ({
    ...withoutErasure(state),
    legalHold: { by: actor.id, at, reason },
  }),
  'legal-hold-lifted': ({ legalHold: _, ...state }) => state,
  'erasure-proposed': (state, erasure, commit) => ({ ...state, erasure: { ...erasure, ...signedIn(commit) } }),
  'proposal-refused': (state, { proposal }) => (proposal === 'erasure' ? withoutErasure(state) : state),
  'identities-erased': (state, { ground, proposedBy, agreedBy }, { at }) => ({
    ...withoutErasure(state),
    erased: { ground, proposedBy, agreedBy, at },
  }),
  'merge-undone': withoutErasure,
};
