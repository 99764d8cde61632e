/** The event of a move to another version of the policy. */
import * as z from 'zod';
import { textId } from '../core/event-fields.ts';

export const policyEvents = {
  'policy-migrated': z.object({
    /** Versions of the policy. */
    from: z.string(),
    to: z.string(),
    reason: textId,
    /** Whether the steps of the pathway are taken again. */
    reopens: z.boolean(),
    /** Whether eligibility is proposed again. */
    proposes: z.boolean(),
  }),
} as const;
