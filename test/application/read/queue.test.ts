import { describe, expect, test } from 'vitest';
import { queueReaders, visitorOf } from '../../../shared/application/access/visitor.ts';
import { isTheirs, mostSorted, pageFor, queueFor } from '../../../shared/application/read/queue.ts';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import type { Role } from '../../../shared/domain/core/vocabulary.ts';
import { whereKnown } from '../../../shared/domain/core/where-known.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

const row = (id: string, office?: string, responseOffice?: string): BoardRow => ({
  kind: 'referral',
  id,
  referralId: id,
  seq: 1,
  due: '2026-11-09T15:00:00Z',
  stage: 'open',
  missed: 0,
  open: 1,
  ...whereKnown({ office, responseOffice }),
});
const personWith = (role: Role, scope: string) =>
  visitorOf({ id: 'P-1', name: '', email: '', phone: '', title: '', roles: [{ role, scope }] });

describe('a row of the queue', () => {
  test.each<[Role, string, readonly boolean[]]>([
    ['careline-worker', 'state', [true, true, true, true]],
    ['administrator', 'state', [true, true, true, true]],
    ['caseworker', 'office-HARTFORD', [true, false, true, true]],
    ['hart-lead', 'region-4', [true, false, false, true]],
    ['hart-lead', 'region-5', [false, true, true, true]],
    ['mdt-chair', 'state', [false, false, false, false]],
  ])('is for a %s of %s where their role covers the office', (role, scope, shown) => {
    const rows = [row('1', 'HARTFORD'), row('2', 'DANBURY'), row('3', 'DANBURY', 'HARTFORD'), row('4')];
    expect(rows.map((each) => isTheirs(each, personWith(role, scope), queueReaders, connecticutPolicy))).toEqual(shown);
  });
});

describe('the queue in another order', () => {
  const now = '2026-11-09T12:00:00Z';
  const rows: readonly BoardRow[] = [
    { ...row('1', 'NORWICH'), due: '2026-11-09T10:00:00Z', nextRuleDue: '2026-11-12T10:00:00Z', waitsOn: ['legal'] },
    { ...row('2', 'DANBURY'), due: '2026-11-10T10:00:00Z', waitsOn: ['caseworker', 'legal'] },
    { ...row('3'), due: '2026-11-09T11:00:00Z', waitsOn: [] },
    {
      ...row('4', 'HARTFORD'),
      due: '2026-11-09T13:00:00Z',
      nextRuleDue: '2026-11-11T10:00:00Z',
      waitsOn: ['caseworker'],
    },
    {
      ...row('5', 'HARTFORD'),
      due: '2026-11-09T09:00:00Z',
      nextRuleDue: '2026-11-09T11:00:00Z',
      waitsOn: ['provider'],
    },
  ];
  const reads: unknown[] = [];
  const board = {
    async queue(name: string, reading: object) {
      reads.push([name, reading]);
      return { rows };
    },
  };
  const supervisor = personWith('careline-supervisor', 'state');
  const read = (order: 'due' | 'office' | 'waits-on', paging: { limit: number; after?: string }) =>
    queueFor(board, { filters: { order }, paging, now }, supervisor, connecticutPolicy);

  test.each([
    // What is overdue is not next, and where nothing else is due, the row comes last.
    ['due', ['4', '2', '1', '3', '5']],
    ['office', ['2', '4', '5', '1', '3']],
    ['waits-on', ['4', '2', '1', '5', '3']],
  ] as const)('by "%s" is whole over its pages, and one read of the list for each', async (order, ids) => {
    const seen: string[] = [];
    reads.length = 0;
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const page = await read(order, { limit: 2, ...whereKnown({ after }) });
      seen.push(...page.rows.map(({ id }) => id));
      after = page.next;
    }
    expect(seen).toEqual(ids);
    expect(reads).toEqual(Array.from({ length: 3 }, () => ['open', { limit: mostSorted }]));
  });

  test('says where it sorted only the most urgent of a longer list', async () => {
    const long = { queue: async () => ({ rows, next: 'more' }) };
    const asked = { filters: { order: 'office' }, paging: { limit: 2 }, now } as const;
    expect(await queueFor(long, asked, supervisor, connecticutPolicy)).toMatchObject({ isPart: true });
    expect(await read('office', { limit: 2 })).not.toHaveProperty('isPart');
  });

  test.each(['0', '-1', 'x', '99999', ' 2'])('refuses the cursor "%s"', async (after) => {
    await expect(read('office', { limit: 2, after })).rejects.toThrow(RangeError);
  });
});

describe('a page', () => {
  const all = Array.from({ length: 40 }, (_, index) => row(String(index), index % 4 === 0 ? 'HARTFORD' : 'DANBURY'));
  const board = {
    queue: async (_: string, { limit, after = '0' }: { limit: number; after?: string | undefined }) => {
      const end = Number(after) + limit;
      return { rows: all.slice(Number(after), end), ...(end < all.length && { next: String(end) }) };
    },
  };
  const read = async (limit: number, isShown = ({ office }: BoardRow) => office === 'HARTFORD') => {
    const seen: string[] = [];
    const sizes: number[] = [];
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const page = await pageFor(board, 'open', { limit, after }, isShown);
      seen.push(...page.rows.map(({ id }) => id));
      sizes.push(page.rows.length);
      after = page.next;
    }
    return { seen, sizes };
  };

  test('is full while the list has enough rows for the reader, and the pages give each row once', async () => {
    const { seen, sizes } = await read(3);
    expect(seen).toEqual(all.filter(({ office }) => office === 'HARTFORD').map(({ id }) => id));
    expect(sizes.slice(0, 3)).toEqual([3, 3, 3]);
  });

  test('looks through a few pages at most, and gives the cursor for the rest', async () => {
    const page = await pageFor(board, 'open', { limit: 1 }, () => false);
    expect(page).toEqual({ rows: [], next: '10' });
    expect((await read(1, () => false)).seen).toEqual([]);
  });
});
