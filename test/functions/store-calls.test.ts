/**
 * What a request asks of the stores, and how often it waits for them. Each wave of calls is one wait, however many run
 * side by side.
 */
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApi } from '../support/api-client.ts';
import { type Desk, reportOf, startDesk } from '../support/desk.ts';
import { startDynamoTables } from '../support/tables.ts';

let desk: Desk;
let api: ReturnType<typeof openApi>;
let waves: string[][] | undefined;
let waiting: { readonly name: string; readonly go: () => Promise<unknown> }[] = [];
let isFlushing = false;

/**
 * Releases all waiting calls at once, and holds back every answer until all are there. Then the code behind them asks
 * on.
 */
async function flush(): Promise<void> {
  isFlushing = true;
  while (waiting.length > 0) {
    // Calls in the same moment belong to the same wave.
    await setImmediate();
    await setImmediate();
    const wave = waiting;
    waiting = [];
    waves?.push(wave.map(({ name }) => name).toSorted());
    await Promise.all(wave.map(({ go }) => go()));
    await setImmediate();
    await setImmediate();
  }
  isFlushing = false;
}

beforeAll(async () => {
  desk = await startDesk(undefined, startDynamoTables);
  api = openApi(desk);
  desk.client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        if (!waves) return next(args);
        return new Promise((resolve, reject) => {
          const table = (args.input as { TableName?: string }).TableName;
          let settle = () => {};
          const answered = next(args).then(
            (answer) => {
              settle = () => resolve(answer);
            },
            (error: unknown) => {
              settle = () => reject(error);
            },
          );
          waiting.push({
            name: `${commandName.replace('Command', '')} ${table}`,
            go: () => answered.then(() => settle()),
          });
          if (!isFlushing) void flush();
        });
      },
    { step: 'initialize' },
  );
});
afterAll(() => desk.stop());

async function callsOf(ask: () => Promise<{ readonly status: number }>) {
  waves = [];
  const { status } = await ask();
  const found = waves;
  waves = undefined;
  return { status, waits: found.length, calls: found.flat().length, waves: found };
}

const child = { name: 'Aspen Example', birthDate: '2011-03-03' };
const submit = (key: string, body: object = reportOf(child)) =>
  callsOf(() => api.ask('/reports', { as: 'P-CARELINE-WORKER', body, headers: { 'Idempotency-Key': key } }));

describe('a new report', () => {
  test('waits eleven times: the person, the lookups, the data key and that none was lost, the claim, vault and index, the commit, the confirmation', async () => {
    const { waves: found, ...asked } = await submit('first');
    expect(asked).toEqual({ status: 201, waits: 11, calls: 29 });
    const commit = found.findIndex((wave) => wave.includes('PutItem Ledger'));
    const puts = found.flatMap((wave, index) => (wave.includes('PutItem Identities') ? [index] : []));
    // The claim alone, and the whole vault before the commit.
    expect(found[puts[0] ?? 0]).toEqual(['PutItem Identities']);
    expect(Math.max(...puts)).toBeLessThan(commit);
    expect(found.slice(commit)).toEqual([['PutItem Ledger'], Array(4).fill('UpdateItem Identities')]);
  });

  test('that resembles another reads that one once more, and no referral twice', async () => {
    const { waves: found, ...asked } = await submit('second');
    expect(asked).toEqual({ status: 201, waits: 12, calls: 30 });
    expect(found.flat().filter((call) => call === 'Query Ledger')).toHaveLength(4);
  });

  test('that comes again writes nothing new', async () => {
    const { waves: found, ...asked } = await submit('second');
    expect(asked).toEqual({ status: 201, waits: 4, calls: 9 });
    expect(found.flat().filter((call) => call.startsWith('PutItem'))).toEqual([]);
  });

  test('of twenty children waits no longer than one of two', async () => {
    const danger = { danger: 'no' };
    const waits = async (key: string, count: number) =>
      (await submit(key, reportOf({}, { children: Array(count).fill(danger) }))).waits;
    expect(await waits('twenty', 20)).toBe(await waits('two', 2));
  });
});

test('a command decides on the referral that it has read, and commits if no other commit came between', async () => {
  const id = await desk.opened();
  const body = { placement: 'placed', plan: 'Words.' };
  const { waves: found } = await callsOf(() =>
    api.ask(`/referrals/${id}/commands/record-safety-plan`, { as: 'P-CASEWORKER', body }),
  );
  expect(found).toEqual([
    // The ledger says whether their access has ended.
    ['GetItem Directory', 'Query Directory', 'Query Ledger'],
    ['Query Ledger'],
    // Its data key was unwrapped for the report, by the same instance.
    ['UpdateItem VaultKeys'],
    ['PutItem Identities'],
    ['PutItem Ledger'],
    ['UpdateItem Identities'],
    // The referral as it is now, for the answer.
    ['Query Ledger'],
    // The reads of its facts so far, the last record, and the record of this read. Each asks for a next chain too.
    ['Query Ledger', 'Query Ledger'],
    ['Query Ledger', 'Query Ledger'],
    ['PutItem Ledger'],
  ]);
});

test('a read of a referral waits three times, after the first of the day has recorded that its facts are read', async () => {
  const id = await desk.opened();
  const read = () => callsOf(() => api.ask(`/referrals/${id}`, { as: 'P-CASEWORKER' }));
  expect(await read()).toMatchObject({ waits: 5, calls: 9 });
  expect(await read()).toMatchObject({ waits: 3, calls: 6 });
});
