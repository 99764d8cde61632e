/** The fold of corrections, legal holds and erasures. */
import type { IdentityPart } from '../core/identity-parts.ts';
import { whereKnown } from '../core/where-known.ts';
import type { EventOf } from '../events.ts';
import type { PartFold } from '../part-fold.ts';
import type { IdentityState } from './identity-state.ts';

const withGiven = (
  { given = [] }: IdentityState,
  parts: readonly IdentityPart[],
  removed: readonly IdentityPart[] = [],
): readonly IdentityPart[] => [...new Set([...given, ...parts])].filter((part) => !removed.includes(part));

const applyCorrected = (
  state: IdentityState,
  { fields, removed = [], reason }: EventOf<'identity-corrected' | 'reporter-corrected'>,
): IdentityState => ({
  ...state,
  given: withGiven(state, fields, removed),
  corrections: { ...state.corrections, ...Object.fromEntries(fields.map((field) => [field, reason])) },
});

export const identityFold: PartFold<'identity'> = {
  'identity-corrected': applyCorrected,
  'reporter-corrected': applyCorrected,
  'birth-date-recorded': (state, { reason }) => ({
    ...state,
    given: withGiven(state, ['birthDate']),
    ...whereKnown({ birthCorrectedBy: reason }),
  }),
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
