/** What happens to a deadline, and to the calls about it. */
import * as z from 'zod';
import { id, instant, textId } from '../core/event-fields.ts';
import type { EventIn } from '../core/event-shape.ts';
import { callAgainReasons, checkpointKinds, dutyGroups, missReasons, policyReasons } from '../core/vocabulary.ts';

export const checkpointKind = z.enum(checkpointKinds);

const duration = z.union([
  z.object({ unit: z.enum(['minutes', 'hours', 'calendar-days', 'business-days']), amount: z.number() }),
  z.object({ unit: z.literal('same-day'), atLeastHours: z.number().optional() }),
]);

const skippedDay = z.object({ date: z.iso.date(), why: z.string() });

export const deadlineEvents = {
  'deadline-opened': z.object({
    deadlineId: id,
    rule: z.string(),
    start: instant,
    due: instant,
    duration,
    skipped: z.array(skippedDay),
    /** The screening this deadline belongs to, for those of a pathway. */
    screening: z.number().optional(),
    /** The subject of the deadline beyond its rule, such as the service of a linkage. */
    subject: z.string().optional(),
    /** Why the duty, which is law for other children, is only policy for this one. */
    asPolicy: z.enum(policyReasons).optional(),
    /** The start of the clock, where it differs from the one that the rule names. */
    startedBy: z
      .enum([
        'child-returned',
        'danger-said',
        'notice-day-past',
        'facts-changed',
        'facts-learned',
        'report-merged',
        'window-passed',
        'exam-asked-again',
        'first-return',
      ])
      .optional(),
    /** After this instant the act is of no use. Absent where the rule has no such end, or the end is not known. */
    hardStop: instant.optional(),
    /** The group of duties whose run keeps it. Absent where it has a run of its own. */
    group: z.object({ id, kind: z.enum(dutyGroups) }).optional(),
  }),
  'deadline-tightened': z.object({
    deadlineId: id,
    due: instant,
    because: z.enum(['danger-said', 'assault-known', 'screened-higher', 'began-earlier', 'holds-up']),
    /** The earlier start, where the deadline turned out to have begun earlier. */
    start: instant.optional(),
    hardStop: instant.optional(),
  }),
  'deadline-extended': z.object({ deadlineId: id, due: instant, reason: textId }),
  /** By a migration: due by the rule of the new version, from the same start. */
  'deadline-moved': z.object({ deadlineId: id, due: instant, duration, skipped: z.array(skippedDay) }),
  'deadline-kept': z.object({ deadlineId: id, at: instant, late: z.boolean() }),
  'deadline-missed': z.object({ deadlineId: id }),
  'miss-explained': z.object({
    deadlineId: id,
    reasonCode: z.enum(missReasons),
    reason: textId.optional(),
    willBeKept: z.boolean(),
  }),
  'miss-countersigned': z.object({ deadlineId: id }),
  'deadline-closed-missed': z.object({ deadlineId: id }),
  'deadline-not-applicable': z.object({
    deadlineId: id,
    because: z.enum(['found-by-lawyer', 'no-danger']),
    reason: textId.optional(),
  }),
  'deadline-ended': z.object({
    deadlineId: id,
    because: z.enum(['withdrawn', 'merged', 'superseded', 'closed', 'policy-migrated']),
  }),
  /**
   * Of a call: `anew` says that it begins a round, because a warning of the hard stop has come. `step` is its place in
   * the line, from 0, counted on after the last. `from` moves the beginning of the count. It is there where the call was
   * made before its time, together with another.
   */
  'checkpoint-raised': z.object({
    deadlineId: id,
    kind: checkpointKind,
    at: instant,
    anew: z.literal(true).optional(),
    step: z.int().nonnegative().optional(),
    from: instant.optional(),
  }),
  /**
   * A person has the child, so the alarm of this duty stops. `personId`: the person reached by telephone; without it,
   * the actor. `insteadOf`: the former holder, where another person takes over.
   */
  'alarm-answered': z.object({ deadlineId: id, personId: id.optional(), insteadOf: id.optional() }),
  /**
   * No person has the child after all, so the duty rings again. `from`: the instant from which the steps of the new
   * round are counted.
   */
  'alarm-released': z.object({ deadlineId: id, because: z.enum(callAgainReasons), from: instant }),
  /** Its duty is no longer of class now: the alarm stops, unanswered. */
  'alarm-stopped': z.object({ deadlineId: id }),
  /** Each of these people got the policy's maximum of mails about this deadline. The next are told in their place. */
  'cap-reached': z.object({ deadlineId: id, people: z.array(id) }),
} as const;

export type DeadlineEvent<Type extends keyof typeof deadlineEvents> = EventIn<typeof deadlineEvents, Type>;
