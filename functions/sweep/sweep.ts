import { executionName } from '../../shared/contracts/tasks.ts';
import {
  aboutReferral,
  dayOf,
  type Finding,
  findingsIn,
  flawsOf,
  newFindings,
} from '../../shared/domain/audit/findings.ts';
import type { BoardRow } from '../../shared/domain/board/board-row.ts';
import { sealedQueue } from '../../shared/domain/board/board-rows.ts';
import { callQueue } from '../../shared/domain/calls/call-rows.ts';
import { beginDecision } from '../../shared/domain/core/decision.ts';
import { isRefusal } from '../../shared/domain/core/refusal.ts';
import { hoursBack, type Span } from '../../shared/domain/core/spans.ts';
import { type Role, roles } from '../../shared/domain/core/vocabulary.ts';
import { openRuns, runStartedBy } from '../../shared/domain/deadlines/deadline-runs.ts';
import { type Event, event } from '../../shared/domain/events.ts';
import { openMissingClocks } from '../../shared/domain/intake/opening.ts';
import { generationDue, nextOfRun } from '../../shared/domain/pathway/runs.ts';
import { drawRoster } from '../../shared/domain/pathway/steps.ts';
import { policyInForce } from '../../shared/domain/policy/in-force.ts';
import { isRole, type Policy } from '../../shared/domain/policy/policy.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { membersOf } from '../../shared/domain/team/roster.ts';
import { gapsIn, lookedAt } from '../../shared/domain/team/roster-gaps.ts';
import { seatsNotReached, tellOfSeatsNotReached } from '../../shared/domain/team/seat-reach.ts';
import { askDeputies, silentDeputies } from '../../shared/domain/team/seat-silence.ts';
import { draftRule } from '../../shared/policy/draft-rules.ts';
import type { Board } from '../../shared/store/board.ts';
import type { Cursors } from '../../shared/store/cursors.ts';
import type { Directory } from '../../shared/store/directory.ts';
import type { Identities } from '../../shared/store/identities.ts';
import type { CommitContext, Ledger, ReferralRead } from '../../shared/store/ledger.ts';
import type { Runs } from '../../shared/store/runs.ts';
import type { SavedWait, Waits } from '../../shared/store/waits.ts';
import { type WatchParts, watchAlerts } from './watch-alerts.ts';
import { type DraftWatchParts, watchDrafts } from './watch-drafts.ts';
import { type ShiftWatchParts, watchShifts } from './watch-shifts.ts';

export interface SweepParts {
  readonly ledger: Pick<
    Ledger,
    'referral' | 'changeReferral' | 'openedIn' | 'changeRoster' | 'changeFindings' | 'isIntact'
  > &
    WatchParts['ledger'] &
    DraftWatchParts['ledger'] &
    ShiftWatchParts['ledger'];
  readonly cursors: Pick<Cursors, 'at'>;
  readonly waits: Pick<Waits, 'of'>;
  readonly board: Pick<Board, 'queue'>;
  readonly runs: Pick<Runs, 'isRunning'>;
  readonly machines: { readonly referral: string; readonly deadline: string };
  readonly countSeatsNotReached: (seats: number) => void;
  readonly identities: Pick<Identities, 'pendingSince' | 'confirm' | 'removePending'> & DraftWatchParts['identities'];
  readonly directory: Pick<Directory, 'isHeld' | 'onDutyAnywhere' | 'seats' | 'people'>;
  /**
   * When each role was last found to have a holder. It lives as long as the process, so each role is looked up once an
   * hour.
   */
  readonly held: Map<Role, string>;
  readonly policyOf: (version: string) => Policy;
  /** Every version, oldest first: what belongs to no referral goes by the one in force now. */
  readonly released: readonly [Policy, ...Policy[]];
  readonly settled: WatchParts['settled'];
  /** UTC instant. */
  readonly now: string;
}

export interface Swept {
  /** How many referrals were looked at. */
  readonly looked: number;
  /** The repairs, by kind. */
  readonly repaired: Readonly<Record<string, number>>;
  /** Roles that the policy alerts and that have no holder. */
  readonly vacantRoles: readonly string[];
  /** Faults of single referrals. */
  readonly faults: readonly unknown[];
}

const minute = 60_000;
const hour = 60 * minute;
/** A consumer or a run this far behind is not merely busy. */
const patience = 10 * minute;
/** No wait of the definitions is longer. A run enters its wait again after this time. */
const longestWait = 30 * 24 * hour;
/**
 * Every sweep looks at referrals opened in the last hours or with a call that may be stuck. It also looks at a few
 * older hours in turn, so 400 days have their turn in three.
 */
const recentHours = 6;
const olderHours = 12;
const days = 400;

/** A leased mail is looked for this many days back. After an outage of all sweeps it is found within twenty minutes. */
const daysOfLeases = 2;

/** The hours to look at: the last six before this UTC instant, and twelve of the older ones in turn. */
export function spansToSweep(now: string, within = days): readonly [recent: Span, older: Span] {
  const turn = Math.floor(Date.parse(now) / (5 * minute)) % Math.ceil((within * 24) / olderHours);
  return [hoursBack(now, 0, recentHours), hoursBack(now, recentHours + turn * olderHours, olderHours)];
}

/**
 * In one of so many sweeps, every six hours, the runs of an open referral are looked up. Those of a recent one are
 * looked up every hour.
 */
export const turnsOfOpen = 72;
const turnsOfRecent = 12;

/**
 * Whether the runs of this open referral are looked up now. Each referral has its turn, so that each sweep looks up
 * few.
 */
export function isTurnOf(referralId: string, now: string, turns = turnsOfOpen): boolean {
  const place = [...referralId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % turnsOfOpen, 0);
  return Math.floor(Date.parse(now) / (5 * minute)) % turns === place % turns;
}

const isPast = (instant: string, now: string) => Date.parse(now) - Date.parse(instant) > patience;

/** The commits of the last minutes. Two that are written side by side may stand in the chain a little out of order. */
const recentOf = ({ commits }: ReferralRead, now: string) => {
  const long = Date.parse(now) - 2 * patience;
  const first = commits.findLastIndex(({ at }) => Date.parse(at) < long) + 1;
  return commits.slice(first).filter(({ at }) => !isPast(at, now));
};

/**
 * The events that repair a referral's runs. A lost run gets its next generation. `changedAt` is the instant of the last
 * commit. A run that this commit resumed may be between two waits, and is not lost. Nor is a run that was `restarted` a
 * moment ago.
 */
export function stalledRuns(
  state: Referral,
  waits: readonly SavedWait[],
  policy: Policy,
  now: string,
  changedAt: string,
  restarted: ReadonlySet<string> = new Set(),
): readonly Event[] {
  const isQuiet = isPast(changedAt, now);
  const waiting = (run: string, generation: number) =>
    waits.find(
      (wait) =>
        wait.runId === run &&
        wait.generation >= generation &&
        !isPast(new Date(Date.parse(wait.enteredAt) + longestWait).toISOString(), now),
    );
  const found: Event[] = [];
  if (state.stage === 'open' && isQuiet && !restarted.has(state.id) && !waiting(state.id, state.generation)) {
    found.push(event('run-lost', { run: state.id, generation: state.generation }));
  }
  for (const { id, generation } of openRuns(state)) {
    if (restarted.has(id)) continue;
    const next = nextOfRun(state, id, policy);
    const late = next !== undefined && isPast(next.at, now);
    const absent = isQuiet && !waiting(id, generation);
    if (late || absent) found.push(event('run-lost', { run: id, generation }));
  }
  return found;
}

/**
 * The runs that an event makes due. A run is not lost until it had time to start. A deadline that joins a group starts
 * none.
 */
function begunBy(event: Event, state: Referral): string | undefined {
  if (event.type === 'referral-opened') return state.id;
  if (event.type === 'deadline-opened') return runStartedBy(state, event);
  return event.type === 'run-lost' || event.type === 'run-handed-over' ? event.run : undefined;
}

/** The events that repair runs that should live and do not. The wait of a run may be saved though the run has ended. */
async function goneRuns(
  { runs, machines, now }: Pick<SweepParts, 'runs' | 'machines' | 'now'>,
  referral: ReferralRead,
): Promise<readonly (Event & { readonly type: 'run-lost' })[]> {
  const { state } = referral;
  const starting = new Set(recentOf(referral, now).flatMap(({ events }) => events.map((each) => begunBy(each, state))));
  const due = [
    ...(state.stage === 'open' ? [{ machine: machines.referral, run: state.id, generation: state.generation }] : []),
    ...openRuns(state).map(({ id, generation }) => ({ machine: machines.deadline, run: id, generation })),
  ].filter(({ run }) => !starting.has(run));
  const living = await Promise.all(
    due.map(({ machine, run, generation }) => runs.isRunning(machine, executionName(run, generation))),
  );
  return due.filter((_, index) => !living[index]).map(({ run, generation }) => event('run-lost', { run, generation }));
}

/** Opens the missing first clocks of a report. `onFault` gets the fault of each that still cannot be computed. */
async function openClocks(
  { ledger, now }: SweepParts,
  { state: { id, pathway } }: ReferralRead,
  onFault: (fault: unknown) => void,
): Promise<'no-clocks' | undefined> {
  if (!pathway.clocksMissing) return undefined;
  let faults: readonly unknown[] = [];
  const frame = { now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
  const changed = await ledger.changeReferral(id, frame, (state, context) => {
    if (!state) return [];
    const decision = beginDecision(state, context);
    const found: unknown[] = [];
    openMissingClocks(decision, (fault) => found.push(fault));
    faults = found;
    return decision.events();
  });
  faults.forEach(onFault);
  return changed && !isRefusal(changed) && changed.events.length > 0 ? 'no-clocks' : undefined;
}

/** `asks`: whether the runs are looked up, beside their waits. `reacted`: the last commit that react completed. */
async function sweepReferral(
  parts: SweepParts,
  referral: ReferralRead,
  asks: boolean,
  reacted: number,
): Promise<'cursor-behind' | 'lost-run' | undefined> {
  const { ledger, cursors, waits, policyOf, now } = parts;
  const { id: referralId } = referral.state;
  const first = referral.commits[0];
  if (!first) return undefined;
  const frame = { now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;

  const alerted = await cursors.at(referralId, 'send-alerts');
  const behind = referral.commits.find(({ seq }) => seq > Math.min(reacted, alerted));
  if (behind && isPast(behind.at, now)) {
    // This commit is the nudge. Both consumers take up all they have not completed.
    await ledger.changeReferral(referralId, frame, () => [event('swept', { found: 'cursor-behind' })]);
    return 'cursor-behind';
  }
  const saved = await waits.of(referralId);
  const policy = policyOf(referral.policy);
  // The sweep's own commits start no run that was not lost before.
  const changedAt = referral.commits.findLast(({ cause }) => cause.kind !== 'sweep')?.at ?? first.at;
  const restarted = recentOf(referral, now).flatMap(({ events }) =>
    events.flatMap((each) => (each.type === 'run-lost' ? [each.run] : [])),
  );
  const stalled = stalledRuns(referral.state, saved, policy, now, changedAt, new Set(restarted));
  const known = new Set(stalled.flatMap((each) => (each.type === 'run-lost' ? [each.run] : [])));
  const gone = asks ? (await goneRuns(parts, referral)).filter(({ run }) => !known.has(run)) : [];
  if (stalled.length === 0 && gone.length === 0) {
    await fillVacancies(parts, referral.state, frame);
    await askSilent(parts, referral.state, policy, frame);
    await tellOfSeats(parts, referral.state, policy, frame);
    return undefined;
  }
  await ledger.changeReferral(referralId, frame, (state) => {
    if (!state) return [];
    // If a person changed the referral meanwhile, the waits say nothing any more. The next sweep looks again.
    const mended = [
      ...(state.seq === referral.state.seq ? stalled : []),
      // Meanwhile its deadlines may be kept, or its loss known.
      ...gone.filter(({ run, generation }) => generationDue(state, run) === generation),
    ];
    return mended.length === 0 ? [] : [event('swept', { found: 'lost-run' }), ...mended];
  });
  return 'lost-run';
}

/** What an administrator must know about a referral. `verifies`: its chain is read again from its first commit. */
async function audit(
  { ledger, now }: SweepParts,
  referralId: string,
  verifies: boolean,
  isShorter: boolean,
): Promise<readonly Finding[]> {
  const isBroken = isShorter || (verifies && !(await ledger.isIntact(referralId)));
  // The sweep has logged why it cannot be read. Whether it is sealed is unknown then, and the damage weighs more.
  const referral = await ledger.referral(referralId, verifies ? undefined : 1).catch(() => undefined);
  const about = aboutReferral(referralId, referral?.state);
  return [
    ...(isBroken ? [{ what: 'chain-broken', about } as const] : []),
    ...(referral ? findingsIn(referral.state, referral.commits, now) : []),
  ];
}

/**
 * Whether a row of the lists that call may show a fault. Its next call did not come, or a consumer of the stream may
 * have lost the last one. Otherwise the turn of every referral is enough. `now` is a UTC instant.
 */
export function mayBeStuck({ calledAt, callsAt }: Pick<BoardRow, 'calledAt' | 'callsAt'>, now: string): boolean {
  const since = calledAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(now) - Date.parse(calledAt);
  return (callsAt !== undefined && isPast(callsAt, now)) || (since > patience && since <= 2 * patience);
}

/** The rows of a list of the board. A referral without a row is found by the hour of its opening. */
async function rowsIn({ board }: Pick<SweepParts, 'board'>, queue: string): Promise<readonly BoardRow[]> {
  const found: BoardRow[] = [];
  let after: string | undefined;
  do {
    const page = await board.queue(queue, { limit: 500, after });
    found.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return found;
}

/** The referrals to look at now, and whether the runs of each are looked up. */
async function looksNow(parts: SweepParts): Promise<ReadonlyMap<string, boolean>> {
  const { ledger, now } = parts;
  const looks = new Map<string, boolean>();
  const [recent, older] = await Promise.all(spansToSweep(now).map((span) => ledger.openedIn(span)));
  for (const id of recent ?? []) looks.set(id, isTurnOf(id, now, turnsOfRecent));
  for (const id of older ?? []) looks.set(id, true);
  const [sealed, calling, open] = await Promise.all(
    [sealedQueue, callQueue, 'open'].map((queue) => rowsIn(parts, queue)),
  );
  // A stuck call is passed on within minutes, at any age of its referral.
  for (const row of [...(calling ?? []), ...(sealed ?? [])]) {
    if (mayBeStuck(row, now)) looks.set(row.referralId, looks.get(row.referralId) ?? false);
  }
  for (const { referralId } of [...(open ?? []), ...(sealed ?? [])]) {
    if (isTurnOf(referralId, now)) looks.set(referralId, true);
  }
  return looks;
}

/** A newly named person takes a vacant seat, and is asked. The pathway may have no further step that does so. */
async function fillVacancies(
  { ledger, directory }: SweepParts,
  state: Referral,
  commitContext: CommitContext,
): Promise<void> {
  const {
    team: { id: team, vacant },
  } = state;
  if (state.stage !== 'open' || team === undefined || vacant.length === 0 || state.places.routing?.team !== team)
    return;
  const members = membersOf(await directory.seats(team));
  await ledger.changeReferral(state.id, commitContext, (current, context) => {
    if (!current) return [];
    const decision = beginDecision(current, context);
    drawRoster(decision, team, members);
    return decision.events();
  });
}

/** The deputies of seats without an answer for the time that the policy gives. */
async function askSilent(
  { ledger }: SweepParts,
  state: Referral,
  policy: Policy,
  commitContext: CommitContext,
): Promise<void> {
  if (silentDeputies(state, policy, commitContext.now).length === 0) return;
  await ledger.changeReferral(state.id, commitContext, (current, context) => {
    if (!current) return [];
    const decision = beginDecision(current, context);
    askDeputies(decision);
    return decision.events();
  });
}

/** Tells the coordinator of seats that nothing shows as reached, and counts them. */
async function tellOfSeats(
  { ledger, countSeatsNotReached }: SweepParts,
  state: Referral,
  policy: Policy,
  commitContext: CommitContext,
): Promise<void> {
  if (seatsNotReached(state, policy, commitContext.now).length === 0) return;
  // The coordinator may have been told meanwhile.
  let seats = 0;
  await ledger.changeReferral(state.id, commitContext, (current, context) => {
    seats = 0;
    if (!current) return [];
    const decision = beginDecision(current, context);
    seats = tellOfSeatsNotReached(decision);
    return decision.events();
  });
  if (seats > 0) countSeatsNotReached(seats);
}

/** One team in each sweep, so each has its turn about every hour and a half, even without a referral. */
async function sweepRoster({ ledger, directory, released, now }: SweepParts): Promise<void> {
  const { geography, requiredDisciplines } = policyInForce(released, now);
  const { teams } = geography;
  const team = teams[Math.floor(Date.parse(now) / (5 * minute)) % teams.length];
  if (!team) return;
  const seats = await directory.seats(team.id);
  const seated = await directory.people(seats.map(({ personId }) => personId));
  const people = new Map(seated.map((person) => [person.id, person]));
  const found = gapsIn(seats, requiredDisciplines, (id) => people.get(id), now);
  const frame = { now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
  await ledger.changeRoster(team.id, frame, (open) => lookedAt(open, found));
}

/**
 * The faults in the entries of people with one role. Each sweep takes another role, so each has its turn within two
 * hours.
 */
async function flawedEntries({ directory, now }: SweepParts): Promise<readonly Finding[]> {
  const role = roles[Math.floor(Date.parse(now) / (5 * minute)) % roles.length];
  if (role === undefined) return [];
  const asked = (await directory.onDutyAnywhere(role)).map(({ personId }) => personId);
  return flawsOf(asked, await directory.people(asked));
}

/** Parts of the vault that stayed pending for an hour: confirmed where their commit is there, else removed. */
async function sweepVault({ identities, ledger, now }: SweepParts): Promise<number> {
  const pending = await identities.pendingSince(new Date(Date.parse(now) - hour).toISOString());
  for (const { key, referralId, commandId } of pending) {
    const referral = await ledger.referral(referralId);
    const committed = referral?.commits.some(({ cause }) => cause.kind === 'command' && cause.id === commandId);
    await (committed ? identities.confirm(key) : identities.removePending(key));
  }
  return pending.length;
}

/** Those of these roles that have no holder. */
async function vacant({ directory, held, now }: SweepParts, roles: ReadonlySet<Role>): Promise<readonly Role[]> {
  const found: Role[] = [];
  const asked = [...roles].filter((role) => Date.parse(now) - Date.parse(held.get(role) ?? '1970-01-01') >= hour);
  await Promise.all(
    asked.map(async (role) => {
      if (await directory.isHeld(role)) held.set(role, now);
      else found.push(role);
    }),
  );
  return found;
}

/**
 * The watchdog outside the runs. It finds stopped work, repairs it and commits the repair. One referral that cannot be
 * swept does not delay the others, nor their findings.
 */
export async function sweep(parts: SweepParts): Promise<Swept> {
  const repaired: Record<string, number> = {};
  const faults: unknown[] = [];
  const looks = await looksNow(parts);
  const findings: Finding[] = [];
  for (const [referralId, asks] of looks) {
    const before = faults.length;
    // A clock that still cannot be computed does not keep the sweep from the referral's runs.
    const note = (fault: unknown) => void faults.push(fault);
    // The cursor first: it never passes a commit that is there.
    const reacted = await parts.cursors.at(referralId, 'react').catch(note);
    const referral = await parts.ledger.referral(referralId).catch(note);
    // A consumer has followed commits that are no longer there. A chain that could not be read tells nothing of that.
    const isShorter = faults.length === before && reacted !== undefined && reacted > (referral?.state.seq ?? 0);
    for (const repair of [
      () => referral && openClocks(parts, referral, note),
      () => (referral && reacted !== undefined ? sweepReferral(parts, referral, asks, reacted) : undefined),
    ]) {
      const found = await repair()?.catch(note);
      if (found) repaired[found] = (repaired[found] ?? 0) + 1;
    }
    // A referral that cannot be read may be damaged.
    const audits = asks || faults.length > before;
    const told = await audit(parts, referralId, audits, isShorter).catch(note);
    findings.push(...(told ?? []));
  }
  await sweepRoster(parts).catch((fault: unknown) => void faults.push(fault));
  const frame = { now: parts.now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
  const spans = spansToSweep(parts.now, daysOfLeases);
  const overdue = await watchAlerts(parts, spans, frame, (fault) => void faults.push(fault));
  if (overdue > 0) repaired['mail-overdue'] = overdue;
  // Drafts that stay untouched reach each stage so many days after their last touch.
  const { expiresAfterDays, warnsBeforeDays } = draftRule;
  const untouched = [expiresAfterDays - warnsBeforeDays, expiresAfterDays].flatMap((past) =>
    spansToSweep(new Date(Date.parse(parts.now) - past * 24 * hour).toISOString()),
  );
  await watchDrafts(parts, [...spans, ...untouched], draftRule, frame, (fault) => void faults.push(fault));
  const policy = policyInForce(parts.released, parts.now);
  await watchShifts(parts, policy, frame).catch((fault: unknown) => void faults.push(fault));
  const vault = (await sweepVault(parts).catch((fault: unknown) => void faults.push(fault))) ?? 0;
  if (vault > 0) repaired['vault-pending'] = vault;
  const named = new Set(
    policy.deadlines.flatMap(({ alert, alertWithoutLiaison = [], escalate, hardStop }) =>
      [...alert, ...alertWithoutLiaison, ...escalate, ...(hardStop?.warns ?? [])].filter(isRole),
    ),
  );
  const vacantRoles = await vacant(parts, named);
  findings.push(...vacantRoles.map((role) => ({ what: 'role-vacant', about: role }) as const));
  findings.push(...((await flawedEntries(parts).catch((fault: unknown) => void faults.push(fault))) ?? []));
  // The commit makes the mail to an administrator.
  await parts.ledger
    .changeFindings(dayOf(parts.now), frame, (made) => newFindings(made, findings))
    .catch((fault: unknown) => void faults.push(fault));
  return { looked: looks.size, repaired, vacantRoles, faults };
}
