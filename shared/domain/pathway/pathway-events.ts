/** The events of the steps and runs of a referral's pathway. */
import * as z from 'zod';
import { id } from '../core/event-fields.ts';
import { upkeepReasons } from '../core/vocabulary.ts';

export const pathwayEvents = {
  'pathway-opened': z.object({ screening: z.number() }),
  'run-lost': z.object({ run: id, generation: z.number() }),
  'run-handed-over': z.object({ run: id, generation: z.number() }),
  swept: z.object({ found: z.enum(['cursor-behind', 'lost-run', 'no-clocks', 'some-clocks']) }),
  /** An administrator ordered it. The hand-over in the same commit does it. */
  'restart-ordered': z.object({ run: id, generation: z.number(), because: z.enum(upkeepReasons) }),
  /** An administrator ordered it. Both consumers of the stream do it, for no step of the pathway does. */
  'repair-ordered': z.object({ because: z.enum(upkeepReasons) }),
} as const;
