/** The events of a telephone call. A note of it is in the vault. */
import * as z from 'zod';
import { id, instant, textId } from '../core/event-fields.ts';

/** `calling` tells other viewers that this person is on the telephone with the callee. */
export const callResults = ['calling', 'reached', 'no-answer'] as const;
export type CallResult = (typeof callResults)[number];

export const callEvents = {
  /** Either `personId` or `agencyId`: the callee. */
  'call-recorded': z.object({
    deadlineId: id,
    result: z.enum(callResults),
    personId: id.optional(),
    agencyId: id.optional(),
    at: instant,
    notes: textId.optional(),
  }),
} as const;
