import type { Referral } from '../referral.ts';
import type { Screening } from './screening-state.ts';

/** The last screening, which counts. Undefined before the first. */
export const currentScreening = (state: Referral): Screening | undefined => state.screening.list.at(-1);
