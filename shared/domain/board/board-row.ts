/** One row of the lists people work from. */
import * as z from 'zod';
import { answers, declineReasons } from '../core/vocabulary.ts';
import { absenceOnBoard } from '../missing/return-rows.ts';

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
    'deadline',
    'call',
    'unanswered',
  ]),
  /** Unique within its kind. */
  id: z.string(),
  referralId: z.string(),
  /** The referral's sequence number when the row last changed. */
  seq: z.number(),
  /** Absent in a row that has left its queue. */
  queue: z.string().optional(),
  owner: z.string().optional(),
  /** The instant by which somebody must act, UTC: of a referral, that of its worst duty (`worstDuty`). */
  due: z.string(),
  /** Where it stands in its lists: sorts as text. Without it, its due instant. No door shows it. */
  order: z.string().optional(),
  deadlineId: z.string().optional(),
  rule: z.string().optional(),
  outcome: z.string().optional(),
  stage: z.string(),
  office: z.string().optional(),
  /** Where the child is now, if another office responds; absent in rows of older releases. */
  responseOffice: z.string().optional(),
  /** Whether the child is in danger now; absent in rows of older releases. */
  danger: z.enum(answers).optional(),
  missing: z.boolean().optional(),
  /** Police have outreach paused until then, a UTC instant; it may have passed. */
  pausedUntil: z.string().optional(),
  missed: z.number(),
  open: z.number(),
  /** Rules of the open deadlines about which somebody got as many mails as one person gets, so that the next is told. */
  atCap: z.array(z.string()).optional(),
  subject: z.string().optional(),
  /** In a row of an alert that reaches nobody: for whom, as `hart-liaison` or `seat:medical`; absent in rows of older releases. */
  groups: z.array(z.string()).optional(),
  /** When the Careline heard, UTC; absent in rows of older releases. */
  receivedAt: z.string().optional(),
  /** In lists by the day of the report: the instant by which somebody must act, UTC. */
  nextDue: z.string().optional(),
  /** In a row of a deadline: every owner that has one of it. No door shows it. */
  owners: z.array(z.string()).optional(),
  /** When people were called last about a duty that calls, and when they are called next: UTC instants, for the watchdog. No door shows them. */
  calledAt: z.string().optional(),
  callsAt: z.string().optional(),
  /** Of the run, from 1; absent in rows of older releases. */
  generation: z.number().optional(),
  /** Whoever said that a conflict of interest stands against their work on it; no door shows them the row, nor anybody this. */
  closedTo: z.array(z.string()).optional(),
  /** In the register of returns: which absence it is about, and what was done on the return. */
  absence: absenceOnBoard.optional(),
  /** Of a need that could not be met; its row is due when it happened. */
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
