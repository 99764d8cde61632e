/** The rows of the lists that people work from, made from a referral's state. */

import { unreachedRows } from '../alerts/unreached-rows.ts';
import { callRows, callTimes } from '../calls/call-rows.ts';
import { ageBandOf } from '../child/age-band.ts';
import { isAfter } from '../core/instants.ts';
import type { Discipline } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { aboutOnBoard, deadlineRows, dutyOwner } from '../deadlines/deadline-rows.ts';
import { isStatutory } from '../deadlines/deadlines.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { scopeOf } from '../directory/scopes.ts';
import { isMissing } from '../missing/absences.ts';
import { returnRows } from '../missing/return-rows.ts';
import { stepRows } from '../next-steps/listed-steps.ts';
import { type Policy, ruleOf, waitsOn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { reviewRow } from '../review/review-rows.ts';
import { currentScreening } from '../screening/current-screening.ts';
import { providerDeadline } from '../services/linkage-clocks.ts';
import { isGiven } from '../services/service-state.ts';
import { seatDeadline } from '../team/mdt.ts';
import { comesFor, hasConflict, isTaken } from '../team/seats.ts';
import type { Seat } from '../team/team-state.ts';
import { type BoardRow, boardRow } from './board-row.ts';
import { concernsOf } from './concerns.ts';
import { nextDuty, orderByTime, orderOf, worstDuty } from './harm-order.ts';
import { listRows, openList } from './list-rows.ts';
import { runsRow } from './run-rows.ts';
import { watchRow } from './watch-row.ts';
import { turnName, turnOf } from './watchdog-turns.ts';

/** The layout of the board's rows in this release. With another number, all rows are written anew. */
export const boardLayout = 11;

/** The list of sealed referrals with a duty that calls, which no interface reads: only the watchdog uses it. */
export const sealedQueue = 'sealed';

/** A row that waits for nothing sorts behind all that do. */
const farAway = '9999-12-31T23:59:59Z';
/**
 * Whether a duty of the row is overdue at `now`, a UTC instant. For a referral, any of its duties counts. A member who joins a
 * meeting misses nothing.
 */
export const isOverdue = (
  { due, nextDue = due, missed, joins }: Pick<BoardRow, 'due' | 'nextDue' | 'missed' | 'joins'>,
  now: string,
): boolean => joins === undefined && (missed > 0 || nextDue < now);

export const hasDue = ({ due }: Pick<BoardRow, 'due'>): boolean => due !== farAway;

/**
 * The rows of one referral.
 *
 * - One row in the queue `open`, until the referral has ended and owes nothing by law.
 * - One row for each list in which people search for it.
 * - One row for each open deadline and each person responsible.
 * - One row for each seat that waits for its holder, and for each linkage that a provider has.
 * - Two rows for each absence: in the register of returns for ever, and among undone acts until all are done.
 * - One row in `unmet` for each need that could not be met.
 * - One row for each step without a clock and each person who is asked.
 * - One row in the list of coming reviews of the team, while a meeting is set.
 * - One row in `unreached` for each unreachable alert.
 * - One row with all its runs.
 * - One row for each duty that calls now: in `calls` while it has no holder, and then under its holder.
 * - One row in `watch`, for the watchdog alone, while a run must act at some instant.
 *
 * Rows that have left their list come without it.
 */
export function boardRows(state: Referral, policy: Policy): readonly BoardRow[] {
  const before = made.get(state);
  if (before?.policy === policy) return before.rows;
  const rows = rowsOf(state, policy);
  made.set(state, { policy, rows });
  return rows;
}

/** The rows of states, made once: a reaction writes them, and a look of the watchdog compares them. */
const made = new WeakMap<Referral, { readonly policy: Policy; readonly rows: readonly BoardRow[] }>();

function rowsOf(state: Referral, policy: Policy): readonly BoardRow[] {
  const open = openDeadlines(state).toSorted((one, other) => (isAfter(one.due, other.due) ? 1 : -1));
  const next = worstDuty(state, policy);
  const soonest = nextDuty(state, policy);
  const wrong = concernsOf(state, policy);
  const outcome = currentScreening(state)?.outcome;
  const closedTo = Object.keys(state.team.confidentialityAgreements).filter((id) => hasConflict(state, id));
  const paused = state.response.outreachPause && { pausedUntil: state.response.outreachPause.until };
  const common = {
    referralId: state.id,
    seq: state.seq,
    stage: state.stage,
    missed: open.filter(({ missed }) => missed).length,
    open: open.length,
    danger: state.response.danger,
    missing: isMissing(state),
    ageBand: ageBandOf(state.child),
    receivedAt: state.report.receivedAt,
    ...paused,
    ...(closedTo.length > 0 && { closedTo }),
    ...(outcome && { outcome }),
    ...(state.places.routing && { office: state.places.routing.office }),
    ...whereKnown({ responseOffice: state.places.routing?.responseOffice }),
  };
  const atCap = open.filter((deadline) => deadline.atCap !== undefined).map(({ rule }) => rule);
  const working = state.stage === 'open' || open.some((deadline) => isStatutory(deadline, policy));
  const whole: BoardRow = {
    ...common,
    kind: 'referral',
    id: state.id,
    due: next?.due ?? farAway,
    generation: state.generation,
    ...(atCap.length > 0 && { atCap: [...new Set(atCap)] }),
    ...(working && { queue: openList() }),
    order: next ? orderOf(next, state, policy) : orderByTime(farAway),
    ...(next && { deadlineId: next.id, rule: next.rule, waitsOn: [...waitsOn(ruleOf(policy, next), state)] }),
    ...(soonest && { nextRule: soonest.rule, nextRuleDue: soonest.due }),
    ...whereKnown({
      about: next && aboutOnBoard(next, state, policy),
      nextAbout: soonest && aboutOnBoard(soonest, state, policy),
    }),
    ...(wrong.length > 0 && { concerns: [...wrong] }),
  };
  const turn = working ? { turn: turnName(turnOf(state.id)) } : {};
  const rows: BoardRow[] = [{ ...whole, ...turn }, ...listRows(state, whole), runsRow(state, whole, policy)];
  const meeting = seatDeadline(state);
  // A member may not have signed yet. The row of a seat is the invitation, and tells nothing of the case.
  const invitation = { referralId: state.id, seq: state.seq, stage: state.stage, missed: 0, open: 0, ...paused };
  const ofSeat = (discipline: Discipline, owner?: string): BoardRow => ({
    ...invitation,
    kind: 'seat',
    id: `${state.id}#${discipline}`,
    due: meeting?.due ?? farAway,
    order: meeting ? orderOf(meeting, state, policy) : orderByTime(farAway),
    subject: discipline,
    ...whereKnown({ owner }),
  });
  for (const seat of state.team.seats) rows.push(ofSeat(seat.discipline, askedFor(seat, state)));
  for (const discipline of state.team.formerSeats) rows.push(ofSeat(discipline));
  for (const { service, status, contactId, suspended } of Object.values(state.services.linkages)) {
    const isTheirs = state.stage === 'open' && suspended !== true && isGiven(status);
    // Without its consent the service stops, and the caseworker asks again or records a no.
    const scope =
      state.stage === 'open' && suspended && status === 'started' ? scopeOf('caseworker', state) : undefined;
    const { part2: isPart2 } = policy.catalogue[service];
    const due = providerDeadline(state, service, policy);
    rows.push({
      ...common,
      kind: 'linkage',
      id: `${state.id}#${service}`,
      due: due?.due ?? farAway,
      order: due ? orderOf(due, state, policy) : orderByTime(farAway),
      ...((scope === undefined || !isPart2) && { subject: service }),
      ...(isTheirs &&
        contactId !== undefined && {
          owner: contactId,
          linkage: status,
          ...whereKnown({ liaison: state.response.liaison }),
        }),
      ...(scope !== undefined && { owner: dutyOwner('caseworker', scope) }),
    });
  }
  rows.push({ ...common, due: farAway, ...reviewRow(state) });
  rows.push(...stepRows(state, policy, common));
  for (const row of [...returnRows(state), ...unreachedRows(state)]) rows.push({ ...common, ...row });
  for (const [index, { service, at, reason, by, region, waitDays }] of state.services.unmetNeeds.entries()) {
    rows.push({
      ...common,
      kind: 'unmet',
      id: `${state.id}#${index + 1}`,
      due: at,
      subject: service,
      unmet: { reason, by, ...whereKnown({ region, waitDays }) },
      // A referral made in error, or merged into another, has no need of its own.
      ...((state.stage === 'open' || state.stage === 'closed') && { queue: 'unmet' }),
    });
  }
  const shown = state.access.everNamed === undefined ? rows : sealed(state, rows, policy);
  const calls = callRows(state, policy).map((row) => ({ ...common, ...row }));
  return [...shown, ...deadlineRows(state, policy, common), ...calls, watchRow(state, policy)];
}

/**
 * Who a seat waits for: its holder, after their no the deputy, and after both the coordinator. The clock of the empty
 * seat (D37g) tells the coordinator of a required one.
 */
function askedFor(seat: Seat, state: Referral): string | undefined {
  if (state.stage !== 'open' || isTaken(seat)) return undefined;
  const person = comesFor(seat);
  if (person !== undefined) return seatDeadline(state) && person;
  const scope = scopeOf('mdt-coordinator', state);
  return seat.required || scope === undefined ? undefined : dutyOwner('mdt-coordinator', scope);
}

const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));

/** Whether two rows are equal except for their sequence number. */
function saysTheSame(one: BoardRow | undefined, other: BoardRow | undefined): boolean {
  if (!one || !other) return one === other;
  for (const key in { ...one, ...other }) {
    if (key !== 'seq' && !isSame(one[key as keyof BoardRow], other[key as keyof BoardRow])) return false;
  }
  return true;
}

/**
 * Whether a stored row is as a writer of the board left it. `due`: the row of the same kind and id, which follows from the
 * state of a referral now. `stored`: undefined where none is there or where it cannot be read.
 */
export function isAsWritten(due: BoardRow, stored: BoardRow | undefined): boolean {
  if (stored && stored.seq > due.seq) return false;
  // A row in no list is not put again. One that never was in a list is not on the board.
  if (!isListed(due)) return !isListed(stored);
  if (!stored) return false;
  const ordered = (row: BoardRow): BoardRow => ({ ...row, order: row.order ?? row.due });
  if (saysTheSame(ordered(due), ordered(stored))) return true;
  // The fields of a field may stand in another order.
  return saysTheSame(boardRow.parse(ordered(due)), boardRow.parse(ordered(stored)));
}

const isListed = (row: BoardRow | undefined): boolean => (row?.queue ?? row?.owner ?? row?.turn) !== undefined;

/**
 * The rows to write for a referral, from one list of rows for each commit in turn. The first list is already written.
 * The result has every row that changed at any commit, as it is in the last. A row that is gone has left its lists.
 */
export function rowsToPut(each: readonly (readonly BoardRow[])[]): readonly BoardRow[] {
  const last = each.at(-1) ?? [];
  const seq = last[0]?.seq ?? 0;
  const keyed = each.map((rows) => new Map(rows.map((row) => [`${row.kind} ${row.id}`, row])));
  const everything = new Map(keyed.flatMap((rows) => [...rows]));
  return [...everything].flatMap(([key, row]) => {
    // A row that was never in a list is not on the board.
    if (!keyed.some((rows) => isListed(rows.get(key)))) return [];
    const hasMoved = keyed.some((now, index) => index > 0 && !saysTheSame(now.get(key), keyed[index - 1]?.get(key)));
    if (!hasMoved) return [];
    const { queue: _queue, owner: _owner, turn: _turn, ...gone } = row;
    return [keyed.at(-1)?.get(key) ?? { ...gone, seq }];
  });
}

/** The list of the watchdog, where a duty calls. */
function callingInSecret(state: Referral, policy: Policy): Pick<BoardRow, 'queue' | 'calledAt' | 'callsAt'> {
  const times = callTimes(state, policy);
  return Object.keys(times).length === 0 ? {} : { queue: sealedQueue, ...times };
}

/**
 * A sealed referral is only on the lists of the people that its seal names, and in no count. People named by an earlier
 * seal lose it. A seal without a right code takes no row off the lists: a forged one must hide no child.
 */
function sealed(state: Referral, rows: readonly BoardRow[], policy: Policy): readonly BoardRow[] {
  const { seal: given, everNamed = [] } = state.access;
  const seal = given?.isUnproved ? undefined : given;
  const shown = seal
    ? rows.map(({ queue, owner, ...row }) => ({
        ...row,
        // Its duties that call are in no list, so the watchdog uses this row.
        ...(row.kind === 'referral' && queue !== undefined && callingInSecret(state, policy)),
        ...(owner !== undefined && seal.people.includes(owner) && { owner }),
      }))
    : rows;
  const whole = rows.find(({ kind }) => kind === 'referral');
  if (!whole) return shown;
  const { queue, turn: _turn, ...row } = whole;
  return [
    ...shown,
    ...everNamed.map((personId): BoardRow => {
      const isNamed = seal?.people.includes(personId) === true && queue !== undefined;
      return { ...row, kind: 'sealed', id: `${row.id}#${personId}`, ...(isNamed && { owner: personId }) };
    }),
  ];
}
