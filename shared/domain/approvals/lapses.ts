/** Which proposals new information makes void: each waited for a second person, and was made without knowing it. */

import { served } from '../core/vocabulary.ts';
import type { Event, EventOf } from '../events.ts';
import type { Referral } from '../referral.ts';

/** A withdrawal, by what is new about the child. */
export const withoutProposal = ({ withdrawal: _, ...state }: Referral): Referral => state;
/** A lower screening outcome. */
export const withoutDowngrade = ({ downgrade: _, ...state }: Referral): Referral => state;

/** The events that speak of danger, each with when it does. Another report about the same child counts as one. */
const speaksOfDanger: { readonly [Type in Event['type']]?: (event: EventOf<Type>) => boolean } = {
  'danger-assessed': () => true,
  'child-missing': () => true,
  'hold-invoked': () => true,
  'attachment-claimed': () => true,
  screened: ({ outcome }) => served.includes(outcome),
  'checklist-answered': ({ answers }) => Object.values(answers).includes('yes'),
  'facts-learned': ({ caregiverNamed, perpetrators, lastAssaultAt }) =>
    caregiverNamed === 'yes' || perpetrators?.includes('caregiver') || lastAssaultAt !== undefined,
};

/** The state after an event that speaks of danger: a proposal that there is none is void. */
export function withoutLowering(state: Referral, event: Event): Referral {
  const speaks = speaksOfDanger[event.type] as ((event: Event) => boolean) | undefined;
  if (!state.lowering || !speaks?.(event)) return state;
  const { lowering: _, ...rest } = state;
  return rest;
}
