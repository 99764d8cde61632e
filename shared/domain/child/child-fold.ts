/** The fold of what becomes known of the child. */
import { type Evolvers, unchanged } from '../core/event-shape.ts';
import { asLearned } from '../eligibility/caregiver-fold.ts';
import type { Referral } from '../referral.ts';
import type { childEvents } from './child-events.ts';

/** What was said of an age without a number, as the years it may be. */
const minorAge = { known: 'range', from: 0, to: 17 } as const;
const adultAge = { known: 'range', from: 18, to: 30 } as const;

/** Without what was not said. */
const said = <Facts extends object>(facts: Facts) =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [Field in keyof Facts]: Exclude<Facts[Field], undefined>;
  };

export const childEvolvers: Evolvers<Referral, typeof childEvents> = {
  'home-state-notified': unchanged,
  'care-entered': (state) => ({ ...state, enteredCare: true }),
  'evaluation-held': unchanged,
  'hhs-notified': unchanged,
  'facts-learned': (state, { type: _, v: __, ageClass, caregiverNamed, ...facts }) => ({
    ...asLearned(state, caregiverNamed, facts.perpetrators),
    child: {
      ...state.child,
      ...said(facts),
      ...(ageClass && { age: ageClass === 'under-18' ? minorAge : adultAge }),
    },
  }),
  'charges-recorded': (state) => ({ ...state, charged: true }),
  'adult-handover': unchanged,
  'adulthood-planned': unchanged,
};
