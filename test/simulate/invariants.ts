/** What must hold after every case, whatever went wrong in it. Each check gives its breaches as sentences. */

import { inflateRawSync } from 'node:zlib';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { readExecutionName } from '../../shared/contracts/tasks.ts';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { openDutiesOf } from '../../shared/domain/deadlines/deadline-runs.ts';
import { openDeadlines } from '../../shared/domain/deadlines/open-deadlines.ts';
import type { EventOf, EventType } from '../../shared/domain/events.ts';
import { canonical } from '../../shared/store/canonical.ts';
import { verifyChain } from '../../shared/store/commit.ts';
import type { ReferralRead } from '../../shared/store/ledger.ts';
import { inClear } from '../support/in-clear.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { canary, canaryBirthDate } from './acts.ts';
import { checkAlarms } from './alarm-invariants.ts';
import { checkAlerts } from './alert-invariants.ts';
import type { Checked } from './checked.ts';
import { checkSentTexts, checkTexts } from './text-invariants.ts';

export interface Breach {
  /**
   * 1 to 6 are those of the issue. 7 is of alarms, 8 of text messages. The number is 0 where the case comes to no end.
   */
  readonly invariant: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
  readonly sentence: string;
}

/**
 * Invariant 1: each open referral has one living run. So has each open deadline, alone or with its group. Every wait is on a person, by an instant.
 */
function checkRuns({ state }: ReferralRead, { world }: Checked): readonly string[] {
  const found: string[] = [];
  const running = world.workflows().running();
  const of = (runId: string) => running.filter(({ name }) => readExecutionName(name)?.runId === runId);
  const expect = (runId: string, wanted: number, what: string) => {
    const living = of(runId);
    if (living.length === wanted) return;
    found.push(`${what} has ${living.length} living runs and should have ${wanted}.`);
  };
  expect(state.id, state.stage === 'open' ? 1 : 0, `The referral (${state.stage})`);
  for (const { id } of Object.values(state.runs)) {
    const { length } = openDutiesOf(state, id);
    expect(id, length > 0 ? 1 : 0, `The run ${id} of ${length} open deadlines`);
  }
  const kept = Object.values(state.runs).flatMap(({ deadlineIds }) => deadlineIds);
  for (const { id } of openDeadlines(state)) {
    if (kept.filter((each) => each === id).length !== 1) found.push(`${id} is open, and not kept by exactly one run.`);
  }
  const waits = world.tables.items('Waits').map((item) => unmarshall(item));
  for (const { name, position } of running) {
    const run = readExecutionName(name);
    if (run?.referralId !== state.id) continue;
    const token = position.phase === 'submitted' ? position.token : undefined;
    const isKnown = waits.some((wait) => wait.sk === run.runId && wait.token === token);
    if (token === undefined || !isKnown)
      found.push(`${name} stands in ${position.state} (${position.phase}) and waits for no one.`);
  }
  if (state.stage === 'open' && openDeadlines(state).length === 0) {
    found.push('The referral is open and no person is asked for anything by any instant: it has no open deadline.');
  }
  return found;
}

/** How often an event may be there: each of these once for what names it. */
const onceEach: Readonly<Partial<Record<EventType, (event: never) => string | undefined>>> = {
  'referral-opened': () => 'the referral',
  'deadline-opened': ({ deadlineId }: EventOf<'deadline-opened'>) => deadlineId,
  'alert-requested': ({ alertId }: EventOf<'alert-requested'>) => alertId,
  screened: ({ number }: EventOf<'screened'>) => String(number),
  // Changed facts bring another one, which differs from the one before: checked below.
  'eligibility-proposed': ({ screening, because }: EventOf<'eligibility-proposed'>) =>
    because === 'screened' ? String(screening) : undefined,
  'deadline-kept': ({ deadlineId }: EventOf<'deadline-kept'>) => deadlineId,
  'run-lost': ({ run, generation }: EventOf<'run-lost'>) => `${run}-g${generation}`,
  // For each of its recipient groups.
  'alert-acknowledged': ({ alertId, groups }: EventOf<'alert-acknowledged'>) => `${alertId} ${groups.join()}`,
  'alert-unreachable': ({ alertId, groups }: EventOf<'alert-unreachable'>) => `${alertId} ${groups.join()}`,
  closed: () => 'the referral',
  withdrawn: () => 'the referral',
  merged: () => 'the referral',
};

/** Invariant 3: each decision is recorded once. */
function checkDecisions({ commits }: ReferralRead): readonly string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const once = (name: string) => {
    if (seen.has(name)) found.push(`${name} was recorded twice.`);
    seen.add(name);
  };
  let groundsBefore = '';
  for (const { cause, events } of commits) {
    if (cause.kind === 'command') once(`The command ${cause.name} ${cause.id}`);
    for (const each of events) {
      const name = (onceEach[each.type] as ((event: unknown) => string | undefined) | undefined)?.(each);
      if (name !== undefined) once(`${each.type} of ${name}`);
      // The inputs hold a class of the age alone. With another date of birth they may be the same, and the birthday
      // another.
      if (each.type === 'birth-date-recorded' || (each.type === 'facts-learned' && each.ageClass)) groundsBefore = '';
      if (each.type !== 'eligibility-proposed') continue;
      const grounds = canonical({ screening: each.screening, inputs: each.inputs });
      if (grounds === groundsBefore)
        found.push(`The proposal of screening ${each.screening} was made twice on the same facts.`);
      groundsBefore = grounds;
    }
  }
  return found;
}

const text = (value: unknown) => canonical(value);

/** Invariant 4: chains without gaps, board rows equal to the fold, each open referral in exactly one queue. */
async function checkLedger(referral: ReferralRead, { world, reader }: Checked): Promise<readonly string[]> {
  const found: string[] = [];
  const { state } = referral;
  const chains = [['referral', state.id] as const, ...Object.keys(state.alerts).map((id) => ['alert', id] as const)];
  for (const [kind, id] of chains) {
    const check = verifyChain(`${kind}#${id}`, await reader.storedOf(kind, id));
    if (!check.intact) found.push(`${kind}#${id}: ${check.sentence}`);
  }
  const rows = world.tables
    .items('Board')
    .map((item) => unmarshall(item))
    .filter((row) => row.referralId === state.id)
    .map(({ runs, ...row }) => ({ ...row, ...(runs && { runs: inflateRawSync(runs).toString() }) }));
  // A row is put when it changes, and has the sequence number of then.
  for (const { seq: _, ...wanted } of boardRows(state, connecticutPolicy)) {
    const row = rows.find(({ kind, id }) => kind === wanted.kind && id === wanted.id);
    const { pk: _pk, sk: _sk, seq: _seq, ...stored } = row ?? {};
    // A row on no list cannot be found, whatever it says.
    if ((wanted.queue ?? wanted.owner ?? row?.queue ?? row?.owner) === undefined) continue;
    // What is sorted by no key of its own is sorted by when it is due.
    if (text(stored) !== text({ order: wanted.due, ...wanted }))
      found.push(`The board's row ${wanted.kind} ${wanted.id} is not what the ledger says.`);
  }
  const queued = rows.filter(({ kind, queue }) => kind === 'referral' && queue !== undefined).length;
  if (state.stage === 'open' && queued !== 1) found.push(`The open referral is in ${queued} queues.`);
  const known = new Set(boardRows(state, connecticutPolicy).map(({ kind, id }) => `${kind} ${id}`));
  for (const { kind, id, queue, owner } of rows) {
    if (!known.has(`${kind} ${id}`) && (queue ?? owner) !== undefined)
      found.push(`The board asks for ${kind} ${id}, which is no more.`);
  }
  return found;
}

/** Invariant 6: what is in the vault is nowhere else, and in the vault it is sealed. */
function checkCanaries({ world, people }: Checked, logged: readonly string[]): readonly string[] {
  const places: readonly (readonly [string, () => readonly string[]])[] = [
    ['the ledger', () => world.tables.items('Ledger').map(inClear)],
    ['the board', () => world.tables.items('Board').map(inClear)],
    ['the waits', () => world.tables.items('Waits').map(inClear)],
    ['the cursors', () => world.tables.items('Cursors').map(inClear)],
    ['the facts', () => world.tables.items('Facts').map(inClear)],
    // Its content is sealed. In clear it stands nowhere, not in the vault either.
    ['the vault', () => world.tables.items('Identities').map(inClear)],
    ['the data keys', () => world.tables.items('VaultKeys').map(inClear)],
    [
      'the history of an execution',
      () =>
        world
          .workflows()
          .runs()
          .map(({ events }) => JSON.stringify(events)),
    ],
    ['a mail', () => world.mail.sent.map(({ raw }) => raw)],
    ['a text message', () => world.texts.sent.map(({ to, body }) => `${to} ${body}`)],
    ['an error', () => world.errors],
    ['an answer of a door', () => people.said],
    ['a log line', () => logged],
  ];
  return places.flatMap(([place, texts]) => {
    const held = texts().find((each) => each.includes(canary) || each.includes(canaryBirthDate));
    return held === undefined ? [] : [`What belongs into the vault stands in ${place}: ${held.slice(0, 300)}`];
  });
}

export async function checkInvariants(checked: Checked, logged: readonly string[]): Promise<readonly Breach[]> {
  const breaches: Breach[] = [];
  const add = (invariant: Breach['invariant'], sentences: readonly string[]) => {
    for (const sentence of sentences) breaches.push({ invariant, sentence });
  };
  const handedOver = new Map<string, number>();
  for (const id of checked.world.referralIds()) {
    const referral = await checked.reader.referral(id);
    if (!referral) continue;
    add(1, checkRuns(referral, checked));
    add(3, checkDecisions(referral));
    add(4, await checkLedger(referral, checked));
    const { late, lost } = await checkAlerts(referral, checked);
    add(2, late);
    add(5, lost);
    add(7, checkAlarms(referral, checked));
    add(8, await checkTexts(referral, checked, handedOver));
  }
  add(8, await checkSentTexts(checked, handedOver));
  add(3, checked.people.changedAnswers);
  add(6, checkCanaries(checked, logged));
  return breaches;
}
