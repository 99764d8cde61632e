/** Reads the people to call about a referral, and the referrals with duties that call now. */

import { isPassing } from '../../contracts/faults.ts';
import { isShutTo } from '../../domain/access/seal.ts';
import { proposersIn } from '../../domain/approvals/questions.ts';
import type { BoardRow } from '../../domain/board/board-row.ts';
import { callOwner, callQueue, unansweredOwner, unansweredQueue } from '../../domain/calls/call-rows.ts';
import { dutiesByPhone, isForAgency, mayCall, policeNoticeOf, rolesToCall } from '../../domain/calls/calls.ts';
import { ageBandOf } from '../../domain/child/age-band.ts';
import type { AgeBand } from '../../domain/core/age-bands.ts';
import { staff, standIn } from '../../domain/core/role-groups.ts';
import type { Role } from '../../domain/core/vocabulary.ts';
import type { Deadline } from '../../domain/deadlines/deadline-state.ts';
import { isTelephone } from '../../domain/directory/directory-entry.ts';
import type { Standing } from '../../domain/directory/on-call.ts';
import { scopeOf } from '../../domain/directory/scopes.ts';
import { policePlaces } from '../../domain/intake/places.ts';
import { isMissing } from '../../domain/missing/absences.ts';
import { isRedBy } from '../../domain/policy/alarm-classes.ts';
import { findRule, type Policy, ruleOf } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { providerAsked } from '../../domain/services/provider-asked.ts';
import { isAway } from '../../domain/team/roster.ts';
import { hasConflict } from '../../domain/team/seats.ts';
import { dutyTitle } from '../../domain/words/duty-words.ts';
import { fieldRules } from '../../policy/identity-fields.ts';
import { emergency, ncmec, statePolice } from '../../policy/public-hotlines.ts';
import type { Board, BoardPage } from '../../store/board.ts';
import type { Directory, DirectoryPerson } from '../../store/directory-reads.ts';
import type { Ledger } from '../../store/ledger.ts';
import { unlessDamaged } from '../../store/reading-room.ts';
import { asKnownTo } from '../access/part-2-records.ts';
import { isOneOf, mayRead, seesWhole, type Visitor, within } from '../access/visitor.ts';
import {
  type CallBook,
  type Callee,
  type CallTask,
  callTasks,
  dutiesToCall,
  isUnanswered,
  isYours,
  titleOfTask,
} from '../use-cases/call-tasks.ts';
import { once } from './once.ts';
import { isTheirs, pageFor } from './queue.ts';

export type CallDirectory = Pick<Directory, 'person' | 'people' | 'onCall' | 'agencies'>;

const agencyCallee = (
  agency: { readonly id: string; readonly name: string; readonly phone: string },
  title: string,
): Callee => ({
  kind: 'agency',
  id: agency.id,
  name: agency.name,
  title,
  ...(isTelephone(agency.phone) && { phone: agency.phone }),
});

/** The police go there. Where a safe place is, they are not told by this line. */
const toPolice = (callee: Callee): Callee => ({ ...callee, mayHear: ['placeNow'] });

/** The callee where no town leads to an agency with a number. Only danger is a call to the number for emergencies. */
function fallbackPolice({ response: { danger } }: Referral): Callee {
  const title =
    danger === 'yes'
      ? `No number of local police is known. Ask the dispatcher for the State Police: dial ${emergency.phone}`
      : `No number of local police is known. Not for an emergency: in danger now, dial ${emergency.phone}`;
  return toPolice({ ...agencyCallee(statePolice, title), phone: (danger === 'yes' ? emergency : statePolice).phone });
}

/**
 * The police agencies of the referral's towns: where it happened, where the child lives, and where the child is now. Where
 * none of them has a number, the state police come last.
 */
async function policeOf(directory: CallDirectory, state: Referral): Promise<readonly Callee[]> {
  const { child } = state;
  const towns = policePlaces.map(({ place, words }) => ({ town: child[place], words }));
  const known = towns.filter(({ town }) => !['unknown', 'other'].includes(town));
  const found = await Promise.all(
    known.map(async ({ town, words }) =>
      (await directory.agencies(town)).map(({ id, name, phone24h }) =>
        toPolice(agencyCallee({ id, name, phone: phone24h }, words)),
      ),
    ),
  );
  const local = [
    ...new Map(
      found
        .flat()
        .toReversed()
        .map((each) => [each.id, each]),
    ).values(),
  ].toReversed();
  return local.some(({ phone }) => phone !== undefined) ? local : [...local, fallbackPolice(state)];
}

/** A person in a line to call. An empty number stands for that of the directory. */
interface Asked {
  readonly personId: string;
  readonly phone: string;
  /** The role in which the person is called. Absent for a person of a seal. */
  readonly role?: Role;
  readonly standing?: Standing;
}

const byName = (personId: string, role?: Role): Asked => ({ personId, phone: '', ...(role && { role }) });

const placeFields = ['placeNow', 'safePlace'] as const;
/** The places of the child that a person of this role may be told. A provider is told none. */
function placesFor(role: Role | undefined): Pick<Callee, 'mayHear'> {
  const mayHear = placeFields.filter((field) => {
    const { staff: meant } = fieldRules[field];
    return role !== undefined && staff.includes(role) && (meant === 'all' || meant.includes(role));
  });
  return mayHear.length > 0 ? { mayHear } : {};
}

/**
 * One line for each duty. It has, for each role, the people on shift and then those of the directory. A role without people has
 * the stand-in.
 */
async function linesFor(
  directory: CallDirectory,
  state: Referral,
  duties: readonly Deadline[],
  policy: Policy,
  now: string,
): Promise<ReadonlyMap<string, readonly Asked[]>> {
  const answers = new Map<Role, Promise<readonly Asked[]>>();
  const onCall = (role: Role): Promise<readonly Asked[]> => {
    const scope = scopeOf(role, state);
    const answer =
      answers.get(role) ??
      (scope === undefined
        ? Promise.resolve([])
        : directory
            .onCall(role, scope, now)
            .then((each) => each.map(({ personId, phone, ...standing }) => ({ personId, phone, standing, role }))));
    answers.set(role, answer);
    return answer;
  };
  const ofRole = async (role: Role, { subject }: Deadline): Promise<readonly Asked[]> => {
    const named =
      role === 'hart-liaison'
        ? state.response.liaison
        : role === 'provider'
          ? providerAsked(state, subject)
          : undefined;
    const asked = [...(named === undefined ? [] : [byName(named, role)]), ...(await onCall(role))];
    return asked.length > 0 || role === 'provider' ? asked : onCall(standIn);
  };
  const lines = await Promise.all(
    duties.map(async (deadline) => {
      const roles = rolesToCall(deadline, state, policy);
      return [deadline.id, (await Promise.all(roles.map((role) => ofRole(role, deadline)))).flat()] as const;
    }),
  );
  return new Map(lines);
}

/** The people that a seal names: no one else may learn of the referral. */
const sealedLine = ({ access: { seal } }: Referral): readonly Asked[] =>
  (seal?.people ?? []).map((personId) => byName(personId));

/** The people of a line who may be called, each once. People who are away come last. No one is called to approve what they proposed. */
function calleesIn(
  line: readonly Asked[],
  deadlineId: string,
  state: Referral,
  known: ReadonlyMap<string, DirectoryPerson>,
  now: string,
): readonly Callee[] {
  const proposers = proposersIn({ deadlineId }, state);
  const open = line.filter(
    ({ personId }) => !isShutTo(state, personId) && !hasConflict(state, personId) && !proposers.includes(personId),
  );
  const callees = open.flatMap(({ personId, phone, standing, role }) => {
    const person = known.get(personId);
    if (!person) return [];
    const { name, title } = person;
    const number = phone === '' ? person.phone : phone;
    const callee: Callee = {
      kind: 'person',
      id: personId,
      name,
      title,
      ...(standing && { standing }),
      ...placesFor(role),
      ...(isTelephone(number) && { phone: number }),
    };
    return [{ callee, isLast: isAway(person, now) && standing?.by !== 'shift' }];
  });
  const inOrder = [...callees.filter(({ isLast }) => !isLast), ...callees.filter(({ isLast }) => isLast)];
  // Of a person who stands twice, the first place counts.
  return inOrder
    .map(({ callee }) => callee)
    .filter(({ id }, index, all) => all.findIndex((each) => each.id === id) === index);
}

/**
 * The call tasks of a referral for this person, the one to begin with first. Empty for partners, and for staff who neither act on
 * its urgent duties nor supervise them. `now` is a UTC instant.
 */
export async function readCalls(
  directory: CallDirectory,
  given: Referral,
  policy: Policy,
  asking: Visitor,
  now: string,
): Promise<readonly CallTask[]> {
  const visitor = within(given, asking);
  if (!seesWhole(given, asking) || !isOneOf(visitor, staff)) return [];
  const state = asKnownTo(given, policy, asking);
  const duties = dutiesToCall(state, policy, visitor);
  if (duties.length === 0) return [];
  const [lines, police] = await Promise.all([
    linesFor(directory, state, duties, policy, now),
    policeOf(directory, state),
  ]);
  const named = [
    visitor.id,
    ...[...lines.values()].flat().map(({ personId }) => personId),
    ...sealedLine(state).map(({ personId }) => personId),
    ...duties.flatMap(({ ring }) => ring?.answered?.by ?? []),
    ...(state.calls ?? []).flatMap(({ by, personId }) => [by, ...(personId === undefined ? [] : [personId])]),
  ];
  const people = await directory.people(named);
  const known = new Map(people.map((person) => [person.id, person]));
  const ownNumber = known.get(visitor.id)?.phone ?? '';
  const book: CallBook = {
    line: (deadlineId) =>
      calleesIn([...(lines.get(deadlineId) ?? []), ...sealedLine(state)], deadlineId, state, known, now),
    police,
    ncmec: agencyCallee(ncmec, 'Day and night'),
    nameOf: (id) => known.get(id)?.name ?? id,
    ...(isTelephone(ownNumber) && { callBack: ownNumber }),
  };
  return callTasks(state, policy, book, { visitor, now });
}

/**
 * The ids of the people or agencies to call about this duty, in order. `now` is a UTC instant. Empty where no such duty of the
 * referral calls now.
 */
export async function idsToCall(
  directory: CallDirectory,
  state: Referral,
  policy: Policy,
  deadlineId: string,
  now: string,
): Promise<readonly string[]> {
  const duty = dutiesByPhone(state, policy).find(({ id }) => id === deadlineId);
  if (!duty) return [];
  const rule = ruleOf(policy, duty);
  if (policeNoticeOf(rule) !== undefined) return (await policeOf(directory, state)).map(({ id }) => id);
  if (isForAgency(rule)) return [ncmec.id];
  const lines = await linesFor(directory, state, [duty], policy, now);
  const line = [...(lines.get(duty.id) ?? []), ...sealedLine(state)];
  const people = await directory.people(line.map(({ personId }) => personId));
  return calleesIn(line, duty.id, state, new Map(people.map((person) => [person.id, person])), now).map(({ id }) => id);
}

/** `instead` where a record is damaged, or a service that it needs does not answer. Neither may end a list of calls. */
const unlessUnread = <Value, const Instead>(
  reading: Promise<Value>,
  instead: Instead,
  onFault: (error: unknown) => void,
): Promise<Value | Instead> =>
  unlessDamaged(reading, instead, onFault).catch((error: unknown) => {
    if (!isPassing(error)) throw error;
    onFault(error);
    return instead;
  });

/** One referral with duties that call now. */
export interface ReferralCalls {
  readonly referralId: string;
  readonly danger: Referral['response']['danger'];
  readonly missing: boolean;
  /** A danger to the people who go there is known. The words are read on the page of the referral. */
  readonly warnsWorkers?: true;
  /** Absent where the record is damaged. */
  readonly ageBand?: AgeBand;
  readonly tasks: readonly CallTask[];
  /** Where the record cannot be read now: the duties that the board knows of. There are no tasks then. */
  readonly damaged?: readonly { readonly title: string; readonly due: string }[];
}

/** Whether the call or a note on the safety of workers tells of a danger to those who go there. */
const warnsWorkers = ({ report: { scene }, visits }: Referral): boolean =>
  scene?.weapon === 'yes' ||
  scene?.dangerToWorkers === 'yes' ||
  (visits !== undefined && (visits.concerns.length > 0 || visits.safetyWords !== undefined));

/** The most rows of the board for one panel. */
export const callRowsRead = 100;
/** So many pages are read where their rows are of no referral that the person may read. */
const mostPages = 20;

type Worst = Pick<BoardRow, 'referralId' | 'due' | 'danger' | 'missing'>;

/**
 * Children in danger or missing first, as in every list of work (`harm-order.ts`). Then overdue duties before others, then by the
 * least time left. Once a call was made for a child in danger, its next call stands first.
 */
function worstFirst(rows: readonly Worst[], now: string): readonly string[] {
  const rank = ({ danger, missing, due }: Worst) =>
    (danger === 'yes' || missing === true ? 0 : 2) + (Date.parse(due) < Date.parse(now) ? 0 : 1);
  const inOrder = rows.toSorted((one, other) => rank(one) - rank(other) || Date.parse(one.due) - Date.parse(other.due));
  return [...new Set(inOrder.map(({ referralId }) => referralId))];
}

/** The call to make next, of all these referrals: the worst first, as `worstFirst` has it. Undefined where each is taken. */
export function nextCallOf(referrals: readonly ReferralCalls[], now: string): CallTask | undefined {
  const waiting = referrals.flatMap(({ referralId, danger, missing, tasks }) => {
    const task = tasks.find(isUnanswered);
    return task ? [{ referralId, danger, missing, due: task.duties[0].due, task }] : [];
  });
  const [worst] = worstFirst(waiting, now);
  return waiting.find(({ referralId }) => referralId === worst)?.task;
}

export interface CallsParts {
  readonly ledger: Pick<Ledger, 'referral'>;
  readonly directory: CallDirectory;
  readonly board: Pick<Board, 'queue' | 'ownedBy'>;
  readonly policyOf: (version: string) => Policy;
  /** UTC instant. */
  readonly now: string;
  /** Hears of each referral whose record cannot be read. The others are read. */
  readonly onFault?: (error: unknown, referralId: string) => void;
}

/**
 * The same stores for one request, which reads each thing once. The head line of a page, its calls and its figures are about the
 * same referrals and people.
 */
export const readingOnce = <Parts extends CallsParts>(parts: Parts): Parts => ({
  ...parts,
  ledger: { ...parts.ledger, referral: once(parts.ledger.referral) },
  directory: {
    ...parts.directory,
    person: once(parts.directory.person),
    people: once(parts.directory.people),
    onCall: once(parts.directory.onCall),
    agencies: once(parts.directory.agencies),
  },
  board: { ...parts.board, queue: once(parts.board.queue), ownedBy: once(parts.board.ownedBy) },
});

function titleUnder(policy: Policy, id: string): string {
  const rule = findRule(policy, id);
  return rule ? dutyTitle(rule) : id;
}

/** What the board alone knows of a damaged referral. Undefined where it has no row of it. */
function fromRows(rows: readonly BoardRow[], referralId: string, policy: Policy): ReferralCalls | undefined {
  const own = rows.filter((row) => row.referralId === referralId);
  const [first] = own;
  return (
    first && {
      referralId,
      danger: first.danger ?? 'unknown',
      missing: first.missing ?? false,
      tasks: [],
      damaged: own.map(({ rule = '', due }) => ({ title: titleUnder(policy, rule), due })),
    }
  );
}

/**
 * The calls of these referrals, in this order. One that the person may not read is left out. So is a damaged one, unless
 * `instead` gives what else is known of it.
 */
export async function callsOf(
  { ledger, directory, policyOf, now, onFault }: Omit<CallsParts, 'board'>,
  referralIds: readonly string[],
  visitor: Visitor,
  instead: (referralId: string) => ReferralCalls | undefined = () => undefined,
): Promise<readonly ReferralCalls[]> {
  const callsIn = async (id: string): Promise<readonly ReferralCalls[]> => {
    const referral = await ledger.referral(id);
    if (!referral || !mayRead(referral.state, visitor)) return [];
    const { danger } = referral.state.response;
    const missing = isMissing(referral.state);
    const tasks = await readCalls(directory, referral.state, policyOf(referral.policy), visitor, now);
    const warning = warnsWorkers(referral.state) && ({ warnsWorkers: true } as const);
    return [{ referralId: id, danger, missing, ageBand: ageBandOf(referral.state.child), ...warning, tasks }];
  };
  const found = await Promise.all(
    referralIds.map(async (id) => {
      const calls = await unlessUnread(callsIn(id), undefined, (error) => onFault?.(error, id));
      return calls ?? [instead(id)].filter((each) => each !== undefined);
    }),
  );
  return found.flat();
}

/**
 * What `find` finds of the referrals of these rows, the worst first, until `limit` are found. `more` counts the others that
 * were read. `next` is there where the board has pages that were not read.
 */
async function findWorst<Found>(
  {
    first,
    own,
    pageAfter,
    limit,
    now,
  }: {
    readonly first: BoardPage;
    readonly own: readonly BoardRow[];
    readonly pageAfter: (after: string) => Promise<BoardPage>;
    readonly limit: number;
    readonly now: string;
  },
  find: (ids: readonly string[], rows: readonly BoardRow[]) => Promise<readonly Found[]>,
): Promise<{ readonly found: readonly Found[]; readonly more: number; readonly next: string | undefined }> {
  const found: Found[] = [];
  const known = new Set<string>();
  let rows: readonly BoardRow[] = [...first.rows, ...own];
  for (let page = first, pages = 1; ; pages += 1) {
    const waiting = worstFirst(rows, now).filter((id) => !known.has(id));
    for (const id of waiting) known.add(id);
    while (waiting.length > 0 && found.length < limit)
      found.push(...(await find(waiting.splice(0, limit - found.length), rows)));
    // Rows of no referral, which only a person can have written, must hide no other.
    if (found.length >= limit || page.next === undefined || pages === mostPages)
      return { found, more: waiting.length, next: page.next };
    page = await pageAfter(page.next);
    rows = [...rows, ...page.rows];
  }
}

/**
 * The referrals with a calling duty that no person has and that this person may act on. The worst come first, `limit` at most
 * after the first `skip`; `more` counts the others of the board. A sealed referral is only for the people that its seal names.
 */
export async function unansweredCalls(
  parts: CallsParts,
  visitor: Visitor,
  policy: Policy,
  limit: number,
  skip = 0,
): Promise<{ readonly referrals: readonly ReferralCalls[]; readonly more: number }> {
  if (!isOneOf(visitor, staff)) return { referrals: [], more: 0 };
  const { board, now } = parts;
  const isToCall = ({ rule = '' }: BoardRow) =>
    findRule(policy, rule) !== undefined && mayCall(visitor.roles, { rule }, { response: {} }, policy);
  const pageAfter = (after: string | undefined) =>
    pageFor(
      board,
      callQueue,
      { limit: callRowsRead, after },
      (row) => isTheirs(row, visitor, staff, policy) && isToCall(row),
    );
  const [first, own] = await Promise.all([
    pageAfter(undefined),
    board.ownedBy(callOwner(visitor.id), { limit: callRowsRead }),
  ]);
  const { found, more } = await findWorst(
    { first, own: own.rows.filter(isToCall), pageAfter, limit: skip + limit, now },
    async (ids, rows) => {
      const calls = await callsOf(parts, ids, visitor, (id) => fromRows(rows, id, policy));
      return calls
        .map((each) => ({ ...each, tasks: each.tasks.filter(isUnanswered) }))
        .filter(({ tasks, damaged }) => tasks.length > 0 || damaged);
    },
  );
  return { referrals: found.slice(skip), more };
}

/** A referral with an unanswered alarm, and the person to call next. */
export interface Unanswered {
  readonly referralId: string;
  /** What the duty asks. Absent where the record does not tell. */
  readonly duty?: string | undefined;
  /** The reader is first in line for it. */
  readonly isYours?: boolean;
  /** The person to call next; absent where no one has a number. */
  readonly callee?: { readonly name: string; readonly phone: string } | undefined;
  /** The record cannot be read now, so it does not tell the person to call. */
  readonly isDamaged?: true;
}

/** The worst of them, and the number of others. `isAtLeast`: the board has more than were counted. */
export interface UnansweredList {
  readonly referrals: readonly Unanswered[];
  readonly more: number;
  readonly isAtLeast: boolean;
}
export const noneUnanswered: UnansweredList = { referrals: [], more: 0, isAtLeast: false };

/**
 * The referrals where every call went unanswered, or whose urgent alert reaches no one, for staff whose roles cover them. The
 * worst come first, at most `limit`. A sealed one is only for the people that its seal names.
 */
export async function unansweredFor(
  parts: CallsParts,
  visitor: Visitor,
  policy: Policy,
  limit: number,
): Promise<UnansweredList> {
  if (!isOneOf(visitor, staff)) return noneUnanswered;
  const { board, ledger, directory, policyOf, now, onFault } = parts;
  const pageAfter = (after: string | undefined) =>
    pageFor(
      board,
      unansweredQueue,
      { limit: callRowsRead, after },
      (row) => isTheirs(row, visitor, staff, policy) && isRedBy(row.due, policy, now),
    );
  const [first, mine] = await Promise.all([
    pageAfter(undefined),
    board.ownedBy(unansweredOwner(visitor.id), { limit: callRowsRead }),
  ]);
  const own = { ...mine, rows: mine.rows.filter(({ due }) => isRedBy(due, policy, now)) };
  const unansweredIn = async (referralId: string, rows: readonly BoardRow[]): Promise<readonly Unanswered[]> => {
    const referral = await ledger.referral(referralId);
    if (!referral || !mayRead(referral.state, visitor)) return [];
    // A reader who may not act on the duty still sees the person that the Careline calls.
    const asCareline: Visitor = { ...visitor, scopes: [...visitor.scopes, { role: standIn, scope: 'state' }] };
    const tasks = await readCalls(directory, referral.state, policyOf(referral.policy), asCareline, now);
    const isInVain = ({ duties }: CallTask) =>
      duties.some((duty) => rows.some(({ deadlineId }) => deadlineId === duty.deadlineId));
    const waiting = tasks
      .filter(isUnanswered)
      .toSorted((one, other) => Number(isInVain(other)) - Number(isInVain(one)));
    const nextIn = ({ callees, next }: CallTask) => callees.find(({ id }) => id === next);
    const task = waiting.find((each) => isYours(each) || nextIn(each) !== undefined) ?? waiting[0];
    if (!task) return [{ referralId }];
    const { name, phone } = nextIn(task) ?? {};
    return [
      {
        referralId,
        duty: titleOfTask(task),
        ...(isYours(task) && { isYours: true }),
        ...(name !== undefined && phone !== undefined && { callee: { name, phone } }),
      },
    ];
  };
  const { found, more, next } = await findWorst({ first, own: own.rows, pageAfter, limit, now }, async (ids, rows) => {
    const each = ids.map((referralId) =>
      unlessUnread(unansweredIn(referralId, rows), [{ referralId, isDamaged: true } as const], (error) =>
        onFault?.(error, referralId),
      ),
    );
    return (await Promise.all(each)).flat();
  });
  return { referrals: found, more, isAtLeast: next !== undefined || own.next !== undefined };
}
