/** What happens to an emergency access: it was used, and a supervisor judged it. */
import * as z from 'zod';
import { id, instant, textId } from '../core/event-fields.ts';
import { accessFindings, glassReasons, roles } from '../core/vocabulary.ts';

export const emergencyAccessEvents = {
  'glass-broken': z.object({
    personId: id,
    because: z.enum(glassReasons),
    until: instant,
    reason: textId,
    /** The roles of this person then, each with the office, region or state that it is for. */
    duties: z.array(z.object({ role: z.enum(roles), scope: z.string() })),
    /** The supervisor who was told; absent where the directory had none, and the Careline's supervisors were told. */
    supervisorId: id.optional(),
  }),
  /** `use`: which emergency access of this referral, from 1. */
  'emergency-access-reviewed': z.object({ use: z.int().min(1), finding: z.enum(accessFindings), reason: textId }),
} as const;
