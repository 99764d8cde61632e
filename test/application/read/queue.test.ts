import { describe, expect, test } from 'vitest';
import { queueReaders, visitorOf } from '../../../shared/application/access/visitor.ts';
import { isTheirs, pageFor } from '../../../shared/application/read/queue.ts';
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
