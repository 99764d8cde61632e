/** The fold of seals and of emergency accesses. */

import type { CommitFrame } from '../core/commit-frame.ts';
import { type Evolvers, unchanged } from '../core/event-shape.ts';
import type { EventOf } from '../events.ts';
import type { Referral } from '../referral.ts';
import type { accessEvents } from './access-events.ts';

const applyEmergencyAccess = (
  state: Referral,
  { type: _, v: __, ...used }: EventOf<'glass-broken'>,
  { at }: CommitFrame,
): Referral => ({ ...state, emergencyAccesses: [...(state.emergencyAccesses ?? []), { ...used, at }] });

const applyReview = (
  state: Referral,
  { use, finding, reason }: EventOf<'emergency-access-reviewed'>,
  { at, actor }: CommitFrame,
): Referral => ({
  ...state,
  emergencyAccesses: (state.emergencyAccesses ?? []).map((each, index) =>
    index + 1 === use ? { ...each, review: { finding, reason, by: actor.id, at } } : each,
  ),
});

const sealedAt = (state: Referral, { because, people }: EventOf<'referral-sealed'>, { at }: CommitFrame): Referral => ({
  ...state,
  seal: { because, people, at },
  everNamed: [...new Set([...(state.everNamed ?? []), ...people])],
});

const unsealed = ({ seal: _, ...state }: Referral): Referral => state;

export const accessEvolvers: Evolvers<Referral, typeof accessEvents> = {
  'referral-sealed': sealedAt,
  'seal-lifted': unsealed,
  'glass-broken': applyEmergencyAccess,
  'emergency-access-reviewed': applyReview,
  'reporter-disclosed': unchanged,
};
