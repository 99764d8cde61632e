/** Answers of the API about alerts, the checkpoints that cause them, and telephone calls. */
import * as z from 'zod';
import { turns } from '../domain/alerts/call-turns.ts';
import { callResults } from '../domain/calls/call-events.ts';
import { checkpointKinds } from '../domain/core/vocabulary.ts';

const id = z.string();
const instant = z.iso.datetime({ offset: false });

export const checkpoint = z.looseObject({ kind: z.enum(checkpointKinds), at: instant });

export const callAnswer = z.looseObject({
  deadlineId: id,
  result: z.enum(callResults),
  personId: id.optional(),
  agencyId: id.optional(),
  at: instant,
  by: id,
});

export const alert = z.looseObject({
  id,
  kind: z.string().optional().describe('Absent where it would tell the caller of the child.'),
  to: z.array(z.string()),
  people: z.array(id),
  deadlineId: id.optional(),
  alsoAbout: z
    .array(id)
    .optional()
    .describe('The other deadlines that it tells of: of its group, or of the same call.'),
  checkpoint: checkpoint.shape.kind.optional(),
  calls: z
    .array(z.looseObject({ to: z.string(), turn: z.enum(turns), deadlineIds: z.array(id) }))
    .optional()
    .describe('Of a call: each line that is called, who of it, and the deadlines that it is called about.'),
  appointment: id.optional().describe('The id of the hearing that it tells of.'),
  notBefore: instant.optional().describe('Its mail waits until then: it reminds of the hearing.'),
  deputies: z.boolean(),
  answered: z.array(z.string()).optional().describe('The lines that answered: their deputies get no mail.'),
  about: z.string().optional().describe('The question that asks for an answer.'),
  discipline: z.string().optional().describe('The seat that was declined, where that is the question.'),
  requestedAt: instant,
  acknowledgedBy: id.optional().describe('Who did first.'),
  acknowledgements: z
    .array(z.looseObject({ by: id, groups: z.array(z.string()) }))
    .optional()
    .describe('Who did for which lines; absent before the first.'),
  unreachable: z.boolean(),
  unreachedGroups: z.array(z.string()).optional().describe('The lines with no one left to write to.'),
});

export const alertSeenAnswer = z.looseObject({
  alertId: id,
  seenAt: instant.describe('When the caller saw it first.'),
});
