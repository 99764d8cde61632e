import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import { isAsWritten, rowsToPut } from '../../../shared/domain/board/board-rows.ts';

const row = (id: string, seq: number, more: Partial<BoardRow> = {}): BoardRow => ({
  kind: 'deadline',
  id,
  referralId: 'CR-1',
  seq,
  due: '2026-11-09T15:00:00Z',
  stage: 'open',
  missed: 0,
  open: 1,
  queue: 'open',
  owner: 'legal@state',
  ...more,
});

describe('what is put on the board after some commits', () => {
  test('is nothing where nothing but the number of the commit is another', () => {
    expect(rowsToPut([[row('A', 1)], [row('A', 2)], [row('A', 3)]])).toEqual([]);
    expect(rowsToPut([[row('A', 1)]])).toEqual([]);
  });

  test('is each row that is new or another, as it is now', () => {
    expect(rowsToPut([[], [row('A', 1)], [row('A', 2), row('B', 2)]])).toEqual([row('A', 2), row('B', 2)]);
    const missed = { missed: 1 };
    expect(
      rowsToPut([
        [row('A', 1), row('B', 1)],
        [row('A', 2), row('B', 2, missed)],
      ]),
    ).toEqual([row('B', 2, missed)]);
  });

  test('is a row out of its lists for one that is no more', () => {
    const { queue: _queue, owner: _owner, ...gone } = row('A', 2);
    expect(rowsToPut([[row('A', 1), row('B', 1)], [row('B', 2)]])).toEqual([gone]);
  });

  test('is no row that was on no list all the while', () => {
    const { queue: _queue, owner: _owner, ...none } = row('A', 2);
    expect(rowsToPut([[], [none]])).toEqual([]);
    expect(rowsToPut([[none], [{ ...none, missed: 1 }]])).toEqual([]);
    expect(rowsToPut([[none], [row('A', 3)]])).toEqual([row('A', 3)]);
  });

  // A slower reaction to the earlier commit may still put its row. The later row must be there first.
  test('is also a row that was another in between and is again what it was', () => {
    expect(rowsToPut([[row('A', 1)], [row('A', 2, { missed: 1 })], [row('A', 3)]])).toEqual([row('A', 3)]);
    const { queue: _queue, owner: _owner, ...gone } = row('B', 3);
    expect(rowsToPut([[row('A', 1)], [row('A', 2), row('B', 2)], [row('A', 3)]])).toEqual([gone]);
  });
});

describe('a stored row', () => {
  const { queue: _queue, owner: _owner, ...left } = row('A', 2);

  test('that has left its lists is as it was written, whatever became of its referral since', () => {
    const closed = { ...left, seq: 9, stage: 'closed', open: 0 } as const;
    // Nothing more is put for it.
    expect(rowsToPut([[left], [closed]])).toEqual([]);
    expect(isAsWritten(closed, left)).toBe(true);
    expect(isAsWritten(closed, undefined)).toBe(true);
    expect(isAsWritten(closed, row('A', 2))).toBe(false);
  });

  test('that is in a list is as it was written while it says the same', () => {
    expect(isAsWritten(row('A', 9), row('A', 2))).toBe(true);
    expect(isAsWritten(row('A', 9), row('A', 2, { missed: 1 }))).toBe(false);
    expect(isAsWritten(row('A', 9), row('A', 10))).toBe(false);
    expect(isAsWritten(row('A', 9), left)).toBe(false);
    expect(isAsWritten(row('A', 9), undefined)).toBe(false);
  });
});
