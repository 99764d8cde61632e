/** The link of an alert with the hearing or booking that it tells of. A meeting of the team needs none. */
import * as z from 'zod';
import { id, instant } from '../core/event-fields.ts';

export const appointmentEvents = {
  /** `appointment`: such as `H1`. `notBefore`: the mail waits until then. It reminds, and updates no calendar. */
  'appointment-told': z.object({ alertId: id, appointment: id, notBefore: instant.optional() }),
} as const;
