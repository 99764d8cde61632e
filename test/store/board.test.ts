import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BoardRow } from '../../shared/domain/board/board-row.ts';
import { type BoardPage, createBoard } from '../../shared/store/board.ts';
import { startDynamoTables, type DynamoTables as Tables } from '../support/tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startDynamoTables();
});
afterAll(() => tables.stop());

const row = (id: string, more: Partial<BoardRow> = {}): BoardRow => ({
  kind: 'referral',
  id,
  referralId: id,
  seq: 1,
  queue: 'open',
  due: '2026-11-09T15:00:00Z',
  stage: 'open',
  missed: 0,
  open: 1,
  ...more,
});
const idsOf = ({ rows }: BoardPage) => rows.map(({ id }) => id);
const queue = (name: string, limit = 100) => tables.board.queue(name, { limit });

/** Every row of a list, page by page. */
async function allPages(page: (after: string | undefined) => Promise<BoardPage>): Promise<readonly BoardRow[]> {
  const rows: BoardRow[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < 100; pages += 1) {
    const next = await page(after);
    rows.push(...next.rows);
    if (next.next === undefined) return rows;
    after = next.next;
  }
  throw new Error('The pages come to no end.');
}

describe('a row of the board', () => {
  test('comes back as it was put', async () => {
    const whole = row('CR-1', { queue: 'q1', owner: 'P-1', deadlineId: 'CR-1.D1.1', rule: 'D1', outcome: 'at-risk' });
    await tables.board.put(whole);
    expect((await queue('q1')).rows).toEqual([whole]);
    expect((await tables.board.ownedBy('P-1', { limit: 5 })).rows).toEqual([whole]);
  });

  test('of a later commit replaces an older one, never the other way round', async () => {
    for (const seq of [2, 10, 9, 10])
      await tables.board.put(row('CR-2', { queue: 'q2', seq, stage: `stage of ${seq}` }));
    expect((await queue('q2')).rows).toMatchObject([{ seq: 10, stage: 'stage of 10' }]);
  });

  test('that has left its queue is a tombstone: in no list, and no older row brings it back', async () => {
    const { queue: _, ...tombstone } = row('CR-3', { seq: 5 });
    await tables.board.put(row('CR-3', { queue: 'q3', seq: 4 }));
    await tables.board.put(tombstone);
    await tables.board.put(row('CR-3', { queue: 'q3', seq: 3 }));
    expect((await queue('q3')).rows).toEqual([]);
    expect((await tables.items('Board')).filter(({ sk }) => sk === 'CR-3')).toHaveLength(1);
  });

  test('of a seat and of a referral with the same id are two', async () => {
    await tables.board.put(row('CR-4', { queue: 'q4' }));
    await tables.board.put(row('CR-4', { queue: 'q4', kind: 'seat' }));
    expect((await queue('q4')).rows.map(({ kind }) => kind).sort()).toEqual(['referral', 'seat']);
  });
});

describe('a list', () => {
  test('has the row with the least time left first', async () => {
    await tables.board.put(row('LATE', { queue: 'q6', due: '9999-12-31T23:59:59Z' }));
    await tables.board.put(row('SOON', { queue: 'q6', due: '2026-11-09T15:00:00Z' }));
    await tables.board.put(row('LATER', { queue: 'q6', due: '2026-11-10T15:00:00Z' }));
    expect(idsOf(await queue('q6'))).toEqual(['SOON', 'LATER', 'LATE']);
  });

  test('page by page is complete and in order, whatever the page holds and however many are due at once', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom('queue', 'owner'),
        async (hours, limit, list) => {
          round += 1;
          const name = `${list} ${round}`;
          const rows = hours.map((hour, index) =>
            row(`CR-${round}-${index}`, { queue: 'other', [list]: name, due: `2026-11-09T0${hour}:00:00Z` }),
          );
          for (const each of rows) await tables.board.put(each);
          const { board } = tables;
          const found = await allPages((after) =>
            list === 'queue' ? board.queue(name, { limit, after }) : board.ownedBy(name, { limit, after }),
          );
          expect(found.map(({ due }) => due)).toEqual(rows.map(({ due }) => due).toSorted());
          expect(found.map(({ id }) => id).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
        },
      ),
      { numRuns: 25 },
    );
  });

  test('goes on from no mark but one that it gave', async () => {
    for (const id of ['A', 'B']) await tables.board.put(row(id, { queue: 'q7' }));
    const { next = '' } = await tables.board.queue('q7', { limit: 1 });
    expect(tables.board.isPageCursor(next)).toBe(true);
    const bent = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');
    const forged = [
      bent({}),
      bent(['referral', 'b']),
      bent(['referral', '', 'c']),
      bent([1, 2, 3]),
      bent(['king', 'b', 'c']),
      bent(['x'.repeat(5000), 'y', 'z']),
      bent(['referral', 'x'.repeat(201), 'z']),
      bent(['referral', 'y', 'z'.repeat(41)]),
      `${next}${' '.repeat(500)}`,
    ];
    for (const mark of ['', 'nonsense', ...forged]) {
      expect(tables.board.isPageCursor(mark)).toBe(false);
      await expect(tables.board.queue('q7', { limit: 1, after: mark })).rejects.toThrow(RangeError);
    }
  });

  test('gives nothing of another list for a mark of that list', async () => {
    for (const id of ['C', 'D']) await tables.board.put(row(id, { queue: 'q8' }));
    for (const id of ['E', 'F']) await tables.board.put(row(id, { queue: 'q9' }));
    const { next } = await tables.board.queue('q8', { limit: 1 });
    const { rows } = await tables.board.queue('q9', { limit: 10, after: next });
    expect(rows.every(({ queue: name }) => name === 'q9')).toBe(true);
  });
});

describe('the row with the runs of a referral', () => {
  const runs = JSON.stringify(
    Array.from({ length: 40 }, (_, index) => ({
      id: `D${index}.1`,
      is: 'alive',
      on: 'caseworker',
      since: '2026-11-09',
    })),
  );

  test('comes back as it was put, and needs one unit to write for the table and one for its list', async () => {
    const whole = row('CR-R1', { kind: 'runs', queue: 'runs-1', runs });
    const before = tables.units().write;
    await tables.board.put(whole);
    expect(tables.units().write - before).toBe(2);
    expect(runs.length).toBeGreaterThan(2048);
    expect((await queue('runs-1')).rows).toEqual([whole]);
    expect(await tables.board.stored([whole])).toMatchObject([{ row: whole }]);
  });

  test('with bytes that hold no runs is left out', async () => {
    const whole = row('CR-R3', { kind: 'runs', queue: 'runs-3' });
    const Item = marshall({ pk: whole.kind, sk: whole.id, ...whole, order: whole.due, runs: Buffer.from('no runs') });
    await tables.client.send(new PutItemCommand({ TableName: 'Board', Item }));
    expect((await queue('runs-3')).rows).toEqual([]);
  });
});

describe('a row that cannot be read', () => {
  const put = (list: string, sk: string, order: string, more = {}) =>
    tables.client.send(
      new PutItemCommand({
        TableName: 'Board',
        Item: { pk: { S: 'junk' }, sk: { S: sk }, queue: { S: list }, order: { S: order }, ...more },
      }),
    );

  test('is left out and told of, and hides none of the others on any page', async () => {
    for (const [index, order] of ['0', '1', '2', '9'].entries()) await put('junk', `junk-${index}`, order);
    await put('junk', 'huge', '3', { missed: { N: '90000000000000000' } });
    for (const id of ['CR-J1', 'CR-J2', 'CR-J3']) await tables.board.put(row(id, { queue: 'junk', order: `5${id}` }));
    const unread: unknown[] = [];
    const board = createBoard({ client: tables.client, table: 'Board', onUnread: (error) => unread.push(error) });
    for (const limit of [1, 2, 3, 100]) {
      for (const backwards of [false, true]) {
        const rows = await allPages((after) => board.queue('junk', { limit, after, backwards }));
        const expected = ['CR-J1', 'CR-J2', 'CR-J3'];
        expect(rows.map(({ id }) => id)).toEqual(backwards ? expected.toReversed() : expected);
        const merged = await allPages((after) => board.queues(['junk', 'none'], { limit, after, backwards }));
        expect(merged.map(({ id }) => id)).toEqual(backwards ? expected.toReversed() : expected);
      }
    }
    expect(unread.length).toBeGreaterThan(0);
  });
});
