/** One row of the lists that people work from. */
import * as z from 'zod';
import { ageBands } from '../core/age-bands.ts';
import { answers, declineReasons, dutyGroups } from '../core/vocabulary.ts';
import { absenceOnBoard } from '../missing/return-rows.ts';
import { givenStatuses } from '../services/service-state.ts';
import { listedSteps } from '../words/step-titles.ts';
import { concerns } from './concerns.ts';

const dutyAbout = z.object({
  /** The service or discipline. The row of a deadline has it as `subject`. */
  subject: z.string().optional(),
  /** When the absence began, where there are several, UTC. */
  absentSince: z.string().optional(),
  /** A return asks for it. */
  afterReturn: z.boolean().optional(),
});

export const boardRow = z.object({
  kind: z.enum([
    'referral',
    'seat',
    'linkage',
    'return',
    'return-undone',
    'unmet',
    'sealed',
    'unreached',
    'place',
    'owed',
    'found',
    'found-here',
    'bounced',
    'restarted',
    'runs',
    'deadline',
    'call',
    'unanswered',
    'watch',
    'review',
    'step',
  ]),
  /** Unique within its kind. */
  id: z.string(),
  referralId: z.string(),
  /** The referral's sequence number at the row's last change. */
  seq: z.number(),
  /** Absent in a row that has left its queue. */
  queue: z.string().optional(),
  owner: z.string().optional(),
  /** The instant by which a person must act, UTC. A referral has that of its worst duty (`worstDuty`). */
  due: z.string(),
  /** The position in its lists, which sorts as text. Without it, the due instant counts. No interface shows it. */
  order: z.string().optional(),
  /** In the row of an open referral: its turn with the watchdog. No interface shows it. */
  turn: z.string().optional(),
  deadlineId: z.string().optional(),
  rule: z.string().optional(),
  outcome: z.string().optional(),
  stage: z.string(),
  office: z.string().optional(),
  /** The office where the child is now, if another one responds. */
  responseOffice: z.string().optional(),
  /** Whether the child is in danger now. Absent in the row of a seat, which tells nothing of the case. */
  danger: z.enum(answers).optional(),
  missing: z.boolean().optional(),
  ageBand: z.enum(ageBands).optional(),
  /**
   * The recipients that the worst duty waits on, such as `caseworker`. The row of a referral alone has it, and the next
   * three. Rows of an earlier layout have none of them.
   */
  waitsOn: z.array(z.string()).optional(),
  /** Of the other duties that were not missed, the one that is due next. */
  nextRule: z.string().optional(),
  /** When that duty is due, UTC. */
  nextRuleDue: z.string().optional(),
  /** What tells the duty of the row apart from others of its rule, and that of `nextRule`. */
  about: dutyAbout.optional(),
  nextAbout: dutyAbout.optional(),
  /** What is wrong with the referral now. */
  concerns: z.array(z.enum(concerns)).optional(),
  /** Police have outreach paused until then, a UTC instant, which may have passed. */
  pausedUntil: z.string().optional(),
  missed: z.number(),
  open: z.number(),
  /** Rules of open deadlines about which a person reached the cap of mails, so that the next is told. */
  atCap: z.array(z.string()).optional(),
  subject: z.string().optional(),
  /** In the row of a step without a clock: what it asks for. */
  step: z.enum(listedSteps).optional(),
  /** Since when that step can be taken, UTC. Until then it is in no list of a person. */
  from: z.string().optional(),
  /** In the row of a linkage that its provider has: how far it is. */
  linkage: z.enum(givenStatuses).optional(),
  /** In that row: the HART liaison, for questions of the provider. */
  liaison: z.string().optional(),
  /** In the row of a member who only joins the meeting: when it is and how, once that is set. UTC. */
  joins: z.object({ startsAt: z.string().optional(), way: z.string().optional() }).optional(),
  /** In a team leader's row of the first meeting: how many seats there are, and how many have not answered. */
  seats: z.object({ all: z.number(), unanswered: z.number() }).optional(),
  /** In the row of a coming case review: its agenda is frozen. `seats` has who has not answered yet. */
  frozen: z.boolean().optional(),
  /** In a row of an unreachable alert: the recipient groups, as `hart-liaison` or `seat:medical`. */
  groups: z.array(z.string()).optional(),
  /** The time of call, UTC. Absent in the row of a seat. */
  receivedAt: z.string().optional(),
  /** In lists by the day of the report: the instant by which a person must act, UTC. */
  nextDue: z.string().optional(),
  /** In a row of a deadline: all owners with a row for it. No interface shows it. */
  owners: z.array(z.string()).optional(),
  /**
   * When people were called last about a duty that calls, and when they are called next. UTC instants, for the
   * watchdog. No interface shows them.
   */
  calledAt: z.string().optional(),
  callsAt: z.string().optional(),
  /** In a row of a deadline: the task that it belongs to with others. */
  group: z.object({ id: z.string(), kind: z.enum(dutyGroups) }).optional(),
  /** In a row of a referral or a deadline: the generation of its run, from 1. */
  generation: z.number().optional(),
  /** In the row with the runs of a referral: all of them (`run-rows.ts`). */
  runs: z.string().optional(),
  /** People with a conflict of interest against this work. No interface shows them the row, or shows this field. */
  closedTo: z.array(z.string()).optional(),
  /** In the register of returns: the absence, and the acts on the return. */
  absence: absenceOnBoard.optional(),
  /** The unmet need of the row. Its due instant is when it happened. */
  unmet: z
    .object({
      reason: z.enum(declineReasons),
      by: z.enum(['staff', 'provider']),
      region: z.number().optional(),
      waitDays: z.number().optional(),
    })
    .optional(),
});
export type BoardRow = z.infer<typeof boardRow>;
