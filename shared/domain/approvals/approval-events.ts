/** The events of a proposal that is declined or taken back. */
import * as z from 'zod';
import { textId } from '../core/event-fields.ts';
import { proposals } from '../core/vocabulary.ts';

export const approvalEvents = {
  /** A person who could have agreed declined, or the proposer took the proposal back. */
  'proposal-refused': z.object({ proposal: z.enum(proposals), reason: textId }),
} as const;
