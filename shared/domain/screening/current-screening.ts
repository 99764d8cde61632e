/** Which screening counts. */
import type { Referral } from '../referral.ts';
import type { Screening } from './screening-state.ts';

/** The last screening; undefined before the first. */
export const currentScreening = (state: Referral): Screening | undefined => state.screening.list.at(-1);
