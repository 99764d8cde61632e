/** Which proposals new information makes void: each waited for a second person, and was made without knowing it. */
import type { Referral } from './referral.ts';

/** A withdrawal, by what is new about the child. */
export const withoutProposal = ({ withdrawal: _, ...state }: Referral): Referral => state;
/** A lower screening outcome. */
export const withoutDowngrade = ({ downgrade: _, ...state }: Referral): Referral => state;
/** That no caregiver had a part in it, once somebody says that one had. */
export const withoutClearance = ({ clearance: _, ...state }: Referral): Referral => state;
