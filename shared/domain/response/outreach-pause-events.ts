/** The events of a pause that the police asked for. The person reached, and every reason, is in the vault. */
import * as z from 'zod';
import { id, instant, textId } from '../core/event-fields.ts';

/** Contact during a pause that the police agreed to. Absent where no pause ran. */
export const policeAgreed = z.literal('yes').optional();

export const outreachPauseEvents = {
  'outreach-paused': z.object({ agencyId: id, personReached: textId, reason: textId, until: instant }),
  'outreach-pause-lifted': z.object({ reason: textId }),
} as const;
