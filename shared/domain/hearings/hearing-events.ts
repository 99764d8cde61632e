/** The events of hearings. The docket number and all words of the court are in the vault. */
import * as z from 'zod';
import { id, instant, textId } from '../core/event-fields.ts';
import { courtOrders, hearingKinds, hearingOutcomes, hearingResults } from '../core/vocabulary.ts';

export const hearingEvents = {
  /** A hearing, or another time for it. `hearing`: its id in the referral, such as `H1`. */
  'hearing-set': z.object({
    hearing: id,
    /** 0, and one more with each change. */
    sequence: z.number(),
    hearingKind: z.enum(hearingKinds),
    /** By the list of courts. */
    court: id,
    startsAt: instant,
    minutes: z.number(),
    docket: textId.optional(),
    notes: textId.optional(),
    /** Why it comes before the tribe's day, where it does. */
    reason: textId.optional(),
  }),
  /** How it ended. One that is continued has another time instead. */
  'hearing-recorded': z.object({
    hearing: id,
    sequence: z.number(),
    hearingResult: z.enum(hearingResults).exclude(['hearing-continued']),
    at: instant,
    outcome: z.enum(hearingOutcomes).optional(),
    orders: z.array(z.enum(courtOrders)),
    notes: textId.optional(),
    reason: textId.optional(),
  }),
  /** What an order asks for is done, or needs nothing more. */
  'order-settled': z.object({ hearing: id, order: z.enum(courtOrders), at: instant }),
} as const;
