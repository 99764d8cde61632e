/** The rows of the lists people work from, made of a referral's state. */
import * as z from 'zod';
import { unreachedRows } from '../alerts/unreached-rows.ts';
import { callRows, callTimes } from '../calls/call-rows.ts';
import { answers, type Discipline, declineReasons } from '../core/vocabulary.ts';
import { deadlineRows } from '../deadlines/deadline-rows.ts';
import { isAfter } from '../deadlines/deadlines.ts';
import { absenceOnBoard, returnRows } from '../missing/return-rows.ts';
import { type Policy, ruleIn } from '../policy/policy.ts';
import { currentScreening, openDeadlines, type Referral } from '../referral.ts';
import { providerDeadline } from '../services/service-clocks.ts';
import { seatDeadline } from '../team/mdt.ts';
import { hasConflict } from '../team/seats.ts';
import { orderByTime, orderOf, worstDuty } from './harm-order.ts';
import { listRows, openList } from './list-rows.ts';

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
  lines: z.array(z.string()).optional(),
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

/** The list of sealed referrals, which no door reads: the watchdog alone goes by it. */
export const sealedQueue = 'sealed';

/** A row that waits for nothing is sorted behind all that do. */
const farAway = '9999-12-31T23:59:59Z';
/** Whether a duty of the row is overdue at `now`, a UTC instant: of a referral, any of them. */
export const isOverdue = (
  { due, nextDue = due, missed }: Pick<BoardRow, 'due' | 'nextDue' | 'missed'>,
  now: string,
): boolean => missed > 0 || nextDue < now;

export const hasDue = ({ due }: Pick<BoardRow, 'due'>): boolean => due !== farAway;

/**
 * One row for the referral in the queue `open` until it is closed, withdrawn or attached and nothing of law is left, and one
 * for each list in which it is looked for; one for each open deadline and each who sees to it; one for each seat and each linkage that waits for its holder; two for each absence, which stay for ever in the register
 * of returns and, until everything was done, in the list of those undone; one in `unmet` for each need that could not be
 * met; one in `unreached` for each alert that reaches nobody; one in `calls` for each duty that calls now and no one has. Rows that have left their list come without it.
 */
export function boardRows(state: Referral, policy: Policy): readonly BoardRow[] {
  const open = openDeadlines(state).toSorted((one, other) => (isAfter(one.due, other.due) ? 1 : -1));
  const next = worstDuty(state, policy);
  const outcome = currentScreening(state)?.outcome;
  const closedTo = Object.keys(state.pledges).filter((id) => hasConflict(state, id));
  const paused = state.outreachPause && { pausedUntil: state.outreachPause.until };
  const common = {
    referralId: state.id,
    seq: state.seq,
    stage: state.stage,
    missed: open.filter(({ missed }) => missed).length,
    open: open.length,
    danger: state.danger,
    missing: state.missing,
    receivedAt: state.receivedAt,
    ...paused,
    ...(closedTo.length > 0 && { closedTo }),
    ...(outcome && { outcome }),
    ...(state.routing && { office: state.routing.office }),
    ...(state.routing?.responseOffice !== undefined && { responseOffice: state.routing.responseOffice }),
  };
  const atCap = open.filter((deadline) => deadline.atCap !== undefined).map(({ rule }) => rule);
  const working = state.stage === 'open' || open.some(({ rule }) => ruleIn(policy, rule).kind === 'statute');
  const whole: BoardRow = {
    ...common,
    kind: 'referral',
    id: state.id,
    due: next?.due ?? farAway,
    generation: state.generation,
    ...(atCap.length > 0 && { atCap: [...new Set(atCap)] }),
    ...(working && { queue: openList() }),
    order: next ? orderOf(next, state, policy) : orderByTime(farAway),
    ...(next && { deadlineId: next.id, rule: next.rule }),
  };
  const rows: BoardRow[] = [whole, ...listRows(state, whole)];
  const meeting = seatDeadline(state);
  // A member may not have signed yet, so the row of a seat is the invitation and says nothing of the case.
  const invitation = { referralId: state.id, seq: state.seq, stage: state.stage, missed: 0, open: 0, ...paused };
  const ofSeat = (discipline: Discipline, owner?: string): BoardRow => ({
    ...invitation,
    kind: 'seat',
    id: `${state.id}#${discipline}`,
    due: meeting?.due ?? farAway,
    order: meeting ? orderOf(meeting, state, policy) : orderByTime(farAway),
    subject: discipline,
    ...(owner !== undefined && { owner }),
  });
  for (const { discipline, answer, personId } of state.seats) {
    const waiting = state.stage === 'open' && answer === undefined && meeting !== undefined;
    rows.push(ofSeat(discipline, waiting ? personId : undefined));
  }
  for (const discipline of state.formerSeats) rows.push(ofSeat(discipline));
  for (const { service, status, contactId, suspended } of Object.values(state.linkages)) {
    const waiting = state.stage === 'open' && suspended !== true && (status === 'offered' || status === 'accepted');
    const due = providerDeadline(state, service, policy);
    rows.push({
      ...common,
      kind: 'linkage',
      id: `${state.id}#${service}`,
      due: due?.due ?? farAway,
      order: due ? orderOf(due, state, policy) : orderByTime(farAway),
      subject: service,
      ...(waiting && contactId !== undefined && { owner: contactId }),
    });
  }
  for (const row of [...returnRows(state), ...unreachedRows(state)]) rows.push({ ...common, ...row });
  for (const [index, { service, at, reason, by, region, waitDays }] of state.unmetNeeds.entries()) {
    rows.push({
      ...common,
      kind: 'unmet',
      id: `${state.id}#${index + 1}`,
      due: at,
      subject: service,
      unmet: { reason, by, ...(region !== undefined && { region }), ...(waitDays !== undefined && { waitDays }) },
      // What was made in error or belongs to another referral is no need of its own.
      ...((state.stage === 'open' || state.stage === 'closed') && { queue: 'unmet' }),
    });
  }
  const shown = state.everNamed === undefined ? rows : sealed(state, rows, policy);
  const calls = callRows(state, policy).map((row) => ({ ...common, ...row }));
  return [...shown, ...deadlineRows(state, policy, common), ...calls];
}

const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));

/** Whether two rows say the same but for their sequence number. */
function saysTheSame(one: BoardRow | undefined, other: BoardRow | undefined): boolean {
  if (!one || !other) return one === other;
  for (const key in { ...one, ...other }) {
    if (key !== 'seq' && !isSame(one[key as keyof BoardRow], other[key as keyof BoardRow])) return false;
  }
  return true;
}

const isListed = (row: BoardRow | undefined): boolean => (row?.queue ?? row?.owner) !== undefined;

/**
 * What is to be put of a referral whose rows were these, one list for each commit in turn, the first as it was put before: every
 * row that was another at any of them, as it is in the last; one that is no more has left its lists.
 */
export function rowsToPut(each: readonly (readonly BoardRow[])[]): readonly BoardRow[] {
  const last = each.at(-1) ?? [];
  const seq = last[0]?.seq ?? 0;
  const keyed = each.map((rows) => new Map(rows.map((row) => [`${row.kind} ${row.id}`, row])));
  const everything = new Map(keyed.flatMap((rows) => [...rows]));
  return [...everything].flatMap(([key, row]) => {
    // What was on no list all the while is on none of the board.
    if (!keyed.some((rows) => isListed(rows.get(key)))) return [];
    const hasMoved = keyed.some((now, index) => index > 0 && !saysTheSame(now.get(key), keyed[index - 1]?.get(key)));
    if (!hasMoved) return [];
    const { queue: _queue, owner: _owner, ...gone } = row;
    return [keyed.at(-1)?.get(key) ?? { ...gone, seq }];
  });
}

/**
 * While a referral is sealed it is on nobody's list but those of the people who are named, and no count has it. Whom an earlier
 * seal named has it no more.
 */
function sealed(state: Referral, rows: readonly BoardRow[], policy: Policy): readonly BoardRow[] {
  const { seal, everNamed = [] } = state;
  const shown = seal
    ? rows.map(({ queue, owner, ...row }) => ({
        ...row,
        // Its duties that call stand in no list, so the watchdog goes by this row.
        ...(row.kind === 'referral' && queue !== undefined && { queue: sealedQueue, ...callTimes(state, policy) }),
        ...(owner !== undefined && seal.people.includes(owner) && { owner }),
      }))
    : rows;
  const whole = rows.find(({ kind }) => kind === 'referral');
  if (!whole) return shown;
  const { queue, ...row } = whole;
  return [
    ...shown,
    ...everNamed.map((personId): BoardRow => {
      const isNamed = seal?.people.includes(personId) === true && queue !== undefined;
      return { ...row, kind: 'sealed', id: `${row.id}#${personId}`, ...(isNamed && { owner: personId }) };
    }),
  ];
}
