/** What is recorded where a referral moves to another version of the policy. */
import * as z from 'zod';
import { textId } from '../core/event-fields.ts';
import type { EventIn } from '../core/event-shape.ts';

export const policyEvents = {
  'policy-migrated': z.object({
    /** Versions of the policy. */
    from: z.string(),
    to: z.string(),
    reason: textId,
    /** Whether the steps of the pathway are gone through again. */
    reopens: z.boolean(),
    /** Whether eligibility is proposed again. */
    proposes: z.boolean(),
  }),
} as const;

export type PolicyEvent<Type extends keyof typeof policyEvents> = EventIn<typeof policyEvents, Type>;
