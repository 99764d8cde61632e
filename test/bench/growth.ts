/**
 * `npm run bench -- --growth`: what 1,000, 10,000 and 100,000 referrals cost, in units and in time. Short chains go straight
 * into the embedded DynamoDB, in memory. All of them are open, which is more than any Careline has.
 */
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { sweep } from '../../functions/sweep/sweep.ts';
import { isTurnOf } from '../../functions/sweep/turns.ts';
import { marksOf } from '../../shared/application/matching/blind-index.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import { boardLayout, boardRows } from '../../shared/domain/board/board-rows.ts';
import { openList } from '../../shared/domain/board/list-rows.ts';
import { turnName, turnOf } from '../../shared/domain/board/watchdog-turns.ts';
import { openRuns } from '../../shared/domain/deadlines/deadline-runs.ts';
import { nextOfRun } from '../../shared/domain/pathway/runs.ts';
import { encodeCommit, noHash } from '../../shared/store/commit.ts';
import { codesInProcess } from '../../shared/store/commit-codes.ts';
import { codedRow } from '../../shared/store/cursors.ts';
import { inventedReference } from '../support/invented-rows.ts';
import { referral, referralId } from '../support/referral-builder.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { sweepParts } from '../support/sweep-parts.ts';
import { type DynamoTables, startDynamoTables } from '../support/tables.ts';

const sizes = [1000, 10_000, 100_000] as const;
const buckets = [10, 100, 1000] as const;
const asks = 100;
const day = 86_400_000;

/** Read units and milliseconds of one request, the middle of many. */
export interface Grown {
  readonly size: number;
  readonly units: number;
  readonly milliseconds: number;
}

export interface Growth {
  readonly pointRead: readonly Grown[];
  readonly queue: readonly Grown[];
  /** A round of the sweep whose process has just started, and the same round a quarter of a day later. */
  readonly firstRound: readonly Grown[];
  readonly round: readonly Grown[];
  /** A look into the index, by the children that share the key. */
  readonly search: readonly Grown[];
  /** Seconds of the whole run. */
  readonly seconds: number;
}

const { state, commits } = referral({ danger: 'yes' }).run();
const story = JSON.stringify(commits.flatMap(({ events }) => events));
const whole = JSON.stringify(state);
const now = new Date(Date.parse(state.report.recordedAt) + 12 * 60_000).toISOString();
const codes = codesInProcess('door');

async function write(tables: DynamoTables, table: string, items: readonly object[]): Promise<void> {
  for (let from = 0; from < items.length; from += 25) {
    const puts = items.slice(from, from + 25).map((item) => ({
      PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) },
    }));
    await tables.client.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }));
  }
}

/** The items of one referral, reported at this place of 400 days. Only those that the round looks at have waits. */
async function itemsOf(number: number, of: number) {
  const id = inventedReference(number);
  const chain = `referral#${id}`;
  const at = state.report.recordedAt;
  const events = JSON.parse(story.replaceAll(referralId, id)) as unknown[];
  const stored = encodeCommit(
    {
      chain,
      seq: 1,
      at,
      actor: { kind: 'function', id: 'bench' },
      cause: { kind: 'delivery' },
      policy: connecticutPolicy.version,
      events,
    },
    noHash,
  );
  const { text: body, prev, hash } = stored;
  const foundAt = new Date(Date.parse(now) - ((of - number) / of) * 400 * day).toISOString();
  const commit = {
    pk: chain,
    seq: 1,
    at,
    body,
    prev,
    hash,
    ...(await codes.codeOf(hash)),
    foundAs: 'referral',
    foundAt,
  };
  const own = { ...(JSON.parse(whole.replaceAll(referralId, id)) as typeof state), seq: 1 };
  const row = boardRows(own, connecticutPolicy)[0];
  const order = `${row?.order ?? row?.due}#${number}`;
  const listed = { ...row, pk: 'referral', sk: id, order, turn: turnName(turnOf(id)) };
  const isLooked = isTurnOf(id, now);
  const cursors = await Promise.all(
    ['react', 'send-alerts'].map((sk) => codedRow(codes, id, sk, { seq: 1, head: hash, layout: boardLayout })),
  );
  const waiting = { referralId: id, token: 't', generation: 1, enteredAt: at, retryCount: 0, startedAt: at };
  const waits = isLooked
    ? [
        { pk: id, sk: id, order: '1', run: 'referral', waitsFor: 'screening', runId: id, ...waiting },
        ...openRuns(own).map((run) => {
          const checkpointAt = nextOfRun(own, run.id, connecticutPolicy)?.at ?? '';
          return { pk: id, sk: run.id, order: '1', run: 'deadline', checkpointAt, runId: run.id, ...waiting };
        }),
      ]
    : [];
  return { commit, listed, cursors, waits };
}

async function load(tables: DynamoTables, from: number, to: number): Promise<void> {
  const atOnce = 500;
  for (let first = from; first < to; first += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, to - first) }, (_, index) => first + index);
    const items = await Promise.all(numbers.map((number) => itemsOf(number, to)));
    await write(
      tables,
      'Ledger',
      items.map(({ commit }) => commit),
    );
    await write(
      tables,
      'Board',
      items.map(({ listed }) => listed),
    );
    await write(
      tables,
      'Cursors',
      items.flatMap(({ cursors }) => cursors),
    );
    await write(
      tables,
      'Waits',
      items.flatMap(({ waits }) => waits),
    );
  }
}

const middle = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** One request again and again: the middle of its units and of its time. */
async function measure(
  tables: DynamoTables,
  size: number,
  times: number,
  ask: (time: number) => Promise<unknown>,
): Promise<Grown> {
  const units: number[] = [];
  const milliseconds: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const before = tables.units().read;
    const began = performance.now();
    await ask(time);
    milliseconds.push(performance.now() - began);
    units.push(tables.units().read - before);
  }
  return { size, units: middle(units), milliseconds: middle(milliseconds) };
}

/** The slope of a line through the points, both axes logarithmic: 0 is flat, 1 grows as the size does. */
export function slopeOf(points: readonly (readonly [size: number, value: number])[]): number {
  const logs = points.map(([size, value]) => [Math.log10(size), Math.log10(Math.max(value, 1e-9))] as const);
  const mean = (index: 0 | 1) => logs.reduce((sum, point) => sum + point[index], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const over = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return over / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

/** The value of the fitted line at this size. */
export function fittedAt(size: number, points: readonly (readonly [size: number, value: number])[]): number {
  const slope = slopeOf(points);
  const logs = points.map(([at, value]) => Math.log10(Math.max(value, 1e-9)) - slope * Math.log10(at));
  return 10 ** (logs.reduce((sum, each) => sum + each, 0) / logs.length + slope * Math.log10(size));
}

export async function measureGrowth(): Promise<Growth> {
  const began = performance.now();
  const tables = await startDynamoTables();
  const pointRead: Grown[] = [];
  const queue: Grown[] = [];
  const firstRound: Grown[] = [];
  const round: Grown[] = [];
  const search: Grown[] = [];
  try {
    let loaded = 0;
    for (const size of sizes) {
      await load(tables, loaded, size);
      loaded = size;
      const anywhere = (time: number) => inventedReference(Math.floor((time / asks) * size));
      pointRead.push(await measure(tables, size, asks, (time) => tables.openLedger().referral(anywhere(time))));
      queue.push(await measure(tables, size, asks, () => tables.board.queues([openList()], { limit: 50 })));
      const desk = { parts: () => ({ ...tables, policyOf: () => connecticutPolicy, now }) };
      const parts = { ...sweepParts(desk as never), ledger: tables.openLedger(), directory: noDirectory, now };
      const swept = () => sweep(parts as never);
      firstRound.push(await measure(tables, size, 1, swept));
      round.push(await measure(tables, size, 1, swept));
    }
    const marks = JSON.stringify(
      marksOf({ name: 'Maria Hernandez', birthDate: '2011-03-04' }, createDigests('bench').index[0]),
    );
    for (const size of buckets) {
      const members = Array.from({ length: size }, (_, number) => ({
        pk: `sound#${size}`,
        sk: inventedReference(number),
        marks,
      }));
      await write(tables, 'ChildIndex', members);
      search.push(await measure(tables, size, asks, () => tables.identities.lookUp(String(size))));
    }
    return { pointRead, queue, firstRound, round, search, seconds: (performance.now() - began) / 1000 };
  } finally {
    await tables.stop();
  }
}

/** Every role is held, so that only referrals count. */
const noDirectory = {
  isHeld: async () => true,
  onDutyAnywhere: async () => [],
  seats: async () => [],
  people: async () => [],
  rows: async () => ({ rows: [], isWhole: true }),
};
