/** The fold of corrections, legal holds and erasures. */
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

export const identityFold: PartFold<'identity'> = {
  'identity-corrected': applyCorrected,
  'reporter-corrected': applyCorrected,
  'birth-date-recorded': (state, { reason }) => (reason === undefined ? state : { ...state, birthCorrectedBy: reason }),
  'legal-hold-set': (state, { reason }, { at, actor, isUnproved }) => ({
    ...state,
    legalHold: (isUnproved && state.legalHold) || { by: actor.id, at, reason },
  }),
  'legal-hold-lifted': ({ legalHold: _, ...state }) => state,
  'identities-erased': (state, { ground, proposedBy, agreedBy }, { at }) => ({
    ...state,
    erased: { ground, proposedBy, agreedBy, at },
  }),
};
