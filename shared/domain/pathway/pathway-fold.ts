/** The fold of the steps and runs of a pathway. */
import { type Evolvers, unchanged } from '../core/event-shape.ts';
import { changeDeadline } from '../deadlines/change-deadline.ts';
import type { Referral } from '../referral.ts';
import type { pathwayEvents } from './pathway-events.ts';

const newRun = (state: Referral, lost: { readonly run: string; readonly generation: number }): Referral => {
  if (lost.run === state.id) {
    return lost.generation < state.generation ? state : { ...state, generation: lost.generation + 1 };
  }
  return changeDeadline(state, lost.run, ({ generation }) => ({
    generation: Math.max(generation, lost.generation + 1),
  }));
};

export const pathwayEvolvers: Evolvers<Referral, typeof pathwayEvents> = {
  'pathway-opened': (state, { screening }) => ({
    ...state,
    pathwayScreening: Math.max(state.pathwayScreening, screening),
  }),
  'run-lost': newRun,
  'run-handed-over': newRun,
  swept: unchanged,
};
