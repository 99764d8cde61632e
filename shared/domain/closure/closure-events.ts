/** The events of the end of a referral. */
import * as z from 'zod';
import { id, textId } from '../core/event-fields.ts';

export const closureEvents = {
  'closure-opened': z.object({}),
  closed: z.object({ review: textId }),
  'withdrawal-proposed': z.object({
    because: z.enum(['made-in-error', 'duplicate']),
    of: id.optional(),
    reason: textId,
    proposedBy: id,
  }),
  withdrawn: z.object({ because: z.enum(['made-in-error', 'duplicate']), agreedBy: id }),
} as const;
