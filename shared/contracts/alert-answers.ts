/** What the API answers about alerts, and the checkpoints they come of. */
import * as z from 'zod';

const id = z.string();
const instant = z.iso.datetime({ offset: false });

export const checkpoint = z.looseObject({ kind: z.enum(['remind', 'warn', 'due', 'escalate']), at: instant });

export const alert = z.looseObject({
  id,
  kind: z.string(),
  to: z.array(z.string()),
  people: z.array(id),
  deadlineId: id.optional(),
  checkpoint: checkpoint.shape.kind.optional(),
  deputies: z.boolean(),
  requestedAt: instant,
  acknowledgedBy: id.optional(),
  unreachable: z.boolean(),
});

export const alertSeenAnswer = z.looseObject({
  alertId: id,
  seenAt: instant.describe('When the caller saw it first.'),
});
