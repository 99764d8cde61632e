/** What is recorded where a proposal is declined or taken back. */
import * as z from 'zod';
import { textId } from '../core/event-fields.ts';
import { proposals } from '../core/vocabulary.ts';

export const approvalEvents = {
  /** Somebody who could have agreed said no, or whoever proposed it took it back. */
  'proposal-refused': z.object({ proposal: z.enum(proposals), reason: textId }),
} as const;
