/**
 * The rows of lists as a reader sees them, by the class of each field. Administrators and auditors see the pathway alone.
 * Their lists are in the order of the report. The order by harm would tell which child is in danger.
 */
import type { BoardRow } from '../../domain/board/board-row.ts';
import type { AlertKind } from '../../domain/core/vocabulary.ts';
import { auditors, type Visitor } from '../access/visitor.ts';
import { alertClasses, type FieldClass } from './field-classes.ts';

/** A list of many referrals shows no fact beyond these. Conflicts, other owners and times of calls are shown to no one. */
export const rowClasses = {
  kind: 'pathway',
  id: 'pathway',
  referralId: 'pathway',
  seq: 'pathway',
  queue: 'pathway',
  owner: 'pathway',
  due: 'pathway',
  order: 'hidden',
  deadlineId: 'pathway',
  rule: 'pathway',
  outcome: 'working',
  stage: 'pathway',
  office: 'pathway',
  responseOffice: 'pathway',
  danger: 'working',
  missing: 'working',
  ageBand: 'working',
  waitsOn: 'pathway',
  nextRule: 'pathway',
  nextRuleDue: 'pathway',
  about: 'working',
  nextAbout: 'working',
  concerns: 'working',
  pausedUntil: 'working',
  missed: 'pathway',
  open: 'pathway',
  atCap: 'pathway',
  subject: 'working',
  step: 'pathway',
  from: 'pathway',
  linkage: 'working',
  liaison: 'working',
  joins: 'working',
  seats: 'working',
  frozen: 'working',
  groups: 'pathway',
  receivedAt: 'pathway',
  nextDue: 'pathway',
  owners: 'hidden',
  calledAt: 'hidden',
  callsAt: 'hidden',
  turn: 'hidden',
  group: 'pathway',
  generation: 'pathway',
  runs: 'pathway',
  closedTo: 'hidden',
  absence: 'working',
  unmet: 'working',
} as const satisfies Readonly<Record<keyof BoardRow, FieldClass | 'hidden'>>;

/** Whether any of this person's roles works on referrals. Others read lists to audit them. */
export const readsToWork = ({ roles }: Visitor): boolean => roles.some((role) => !auditors.includes(role));

/** The row as a person sees it who works on its referral, or who audits it. */
export function shownRow(row: BoardRow, works: boolean): BoardRow {
  const classes: readonly string[] = works ? ['pathway', 'working'] : ['pathway'];
  const { subject, ...shown } = Object.fromEntries(
    Object.entries(row).filter(([field]) => classes.includes(rowClasses[field as keyof BoardRow])),
  ) as BoardRow;
  return subject === undefined || tellsFact(row) ? shown : { ...shown, subject };
}

/** Whether the row is of an alert whose name tells a fact about the child. A list has no purpose for it. */
const tellsFact = ({ kind, subject = '' }: BoardRow): boolean =>
  kind === 'unreached' && Object.hasOwn(alertClasses, subject) && alertClasses[subject as AlertKind] === 'fact';

/** A row of a list by the day of the report. It is due when a person must act. */
export const asDue = ({ nextDue, ...row }: BoardRow): BoardRow => ({ ...row, due: nextDue ?? row.due });
