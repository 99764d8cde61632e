/** The events of warm handoffs: a person introduced the child to the next one. What was said is never recorded. */
import * as z from 'zod';
import { id, instant } from '../core/event-fields.ts';
import { everyDiscipline, handoffWays, services } from '../core/vocabulary.ts';

export const handoffEvents = {
  'handoff-recorded': z.object({
    service: z.enum(services),
    /** The provider that took over. */
    providerId: id,
    /** The seat that handed over. `dcf` stands for the department. */
    handedBy: z.enum(everyDiscipline),
    /** Whether the child was there, and met the person. */
    handoffWay: z.enum(handoffWays),
    at: instant,
  }),
} as const;
