/** What a referral records of an alert: that it was requested, and how it ended. Its deliveries are in a chain of its own. */
import * as z from 'zod';
import { id, instant } from '../core/event-fields.ts';
import type { EventIn } from '../core/event-shape.ts';
import { alertKinds, everyDiscipline, questions, rolesOfWork } from '../core/vocabulary.ts';
import { checkpointKind } from '../deadlines/deadline-events.ts';
import { turns } from './call-turns.ts';

const recipient = z.union([
  z.enum(rolesOfWork),
  z.literal('seats'),
  z.templateLiteral(['seat:', z.enum(everyDiscipline)]),
]);

export const alertEvents = {
  'alert-requested': z.object({
    alertId: id,
    kind: z.enum(alertKinds),
    to: z.array(recipient),
    /** Named people beside the roles, by id. */
    people: z.array(id),
    deadlineId: id.optional(),
    /** The other deadlines that it tells of: of its group, or of the same call. Absent where there is none. */
    alsoAbout: z.array(id).optional(),
    checkpoint: checkpointKind.optional(),
    /**
     * Of a call: each group that is called, and the duties that it is called about. `turn` says who of it: the person on
     * shift, the next, or both.
     */
    calls: z.array(z.object({ to: recipient, turn: z.enum(turns), deadlineIds: z.array(id).min(1) })).optional(),
    /** True where an earlier alert went unanswered: the deputy gets mail as well. */
    deputies: z.boolean(),
    /** The recipient groups that acknowledged every earlier alert: their deputies get no mail. Absent where none did. */
    answered: z.array(z.string()).optional(),
    /** The question that asks for an answer: once answered, the alert is obsolete. Absent in other alerts. */
    about: z.enum(questions).optional(),
    /** The seat that was declined, where that is the question. */
    discipline: z.enum(everyDiscipline).optional(),
    /** True where a person asks again for an answer that has not come. Absent in a first question. */
    again: z.literal(true).optional(),
  }),
  /** `calledAt`: when a recipient was told by telephone. `groups`: which recipient groups it counts for. */
  'alert-acknowledged': z.object({
    alertId: id,
    calledAt: instant.optional(),
    groups: z.array(z.string()),
  }),
  /** `groups`: the recipient groups that have no one left to write to. */
  'alert-unreachable': z.object({ alertId: id, groups: z.array(z.string()) }),
} as const;

export type ReferralAlertEvent<Type extends keyof typeof alertEvents> = EventIn<typeof alertEvents, Type>;
