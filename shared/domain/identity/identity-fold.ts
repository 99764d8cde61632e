/** The fold of corrections, legal holds and erasures. */

import { signedIn } from '../core/commit-frame.ts';
import type { Evolvers } from '../core/event-shape.ts';
import type { EventOf } from '../events.ts';
import type { Referral } from '../referral.ts';
import type { identityEvents } from './identity-events.ts';

const corrected = (
  state: Referral,
  { fields, reason }: EventOf<'identity-corrected' | 'reporter-corrected'>,
): Referral => ({
  ...state,
  corrections: { ...state.corrections, ...Object.fromEntries(fields.map((field) => [field, reason])) },
});

export const identityEvolvers: Evolvers<Referral, typeof identityEvents> = {
  'safe-contact-noted': (state, { safeContact }) => ({ ...state, texts: { ...state.texts, safeContact } }),
  'identity-corrected': corrected,
  'reporter-corrected': corrected,
  // What may not be erased is not asked about.
  'legal-hold-set': ({ erasure: _, ...state }, { reason }, { at, actor }) => ({
    ...state,
    legalHold: { by: actor.id, at, reason },
  }),
  'legal-hold-lifted': ({ legalHold: _, ...state }) => state,
  'erasure-proposed': (state, erasure, frame) => ({ ...state, erasure: { ...erasure, ...signedIn(frame) } }),
  'identities-erased': ({ erasure: _, ...state }, { ground, proposedBy, agreedBy }, { at }) => ({
    ...state,
    erased: { ground, proposedBy, agreedBy, at },
  }),
  'birth-date-recorded': (state, { years, reason }) => ({
    ...state,
    ...(reason !== undefined && { birthCorrectedBy: reason }),
    child: { ...state.child, age: { known: 'exact', years } },
  }),
};
