/** The events of the steps and runs of a referral's pathway. */
import * as z from 'zod';
import { id } from '../core/event-fields.ts';

export const pathwayEvents = {
  'pathway-opened': z.object({ screening: z.number() }),
  'run-lost': z.object({ run: id, generation: z.number() }),
  'run-handed-over': z.object({ run: id, generation: z.number() }),
  swept: z.object({ found: z.enum(['cursor-behind', 'lost-run', 'no-clocks', 'some-clocks']) }),
} as const;
