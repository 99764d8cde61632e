/** Unmet needs are counted across referrals, and no count reveals one child. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countUnmet, unmetNeeds } from '../../../shared/application/read/unmet-needs.ts';
import { boardRows } from '../../../shared/domain/board/board-rows.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { disclosure } from '../../../shared/policy/disclosure.ts';
import { type Desk, startDesk } from '../../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const put = async (id: string) => {
  for (const row of boardRows(await desk.state(id), policy)) await desk.board.put(row);
};
async function declined(input: object, as = 'caseworker'): Promise<string> {
  const id = await desk.opened();
  await desk.do(id, 'decline-linkage', { service: 'education', ...input }, as);
  await put(id);
  return id;
}
const cell = { service: 'education', region: '4', month: '2026-11', by: 'staff' };

test('a need without a provider is recorded with a look at the list, and with a reason if some fit', async () => {
  const id = await desk.opened();
  const no = { service: 'education', reasonCode: 'no-provider' };
  const answer = await desk.command(id, 'decline-linkage', no, { as: 'caseworker' });
  expect(answer).toMatchObject({
    kind: 'refused',
    refusal: { refused: 'listing-has-some', sentence: expect.stringMatching(/: PV-1, PV-2\..*"reason" why none/) },
  });
  await desk.do(id, 'decline-linkage', { ...no, reason: 'Words.' }, 'caseworker');
});

describe('the counts', () => {
  test('show a cell from six on, with the middle of the waiting lists, and no smaller cell', async () => {
    for (const waitDays of [10, 20, 30, 40, 50]) await declined({ reasonCode: 'waiting-list', waitDays });
    await declined({ reasonCode: 'no-provider', reason: 'Words.' });
    expect(await unmetNeeds(desk.board)).toEqual([]);
    await declined({ reasonCode: 'waiting-list', waitDays: 60 });
    expect(await unmetNeeds(desk.board)).toEqual([{ ...cell, reason: 'waiting-list', count: 6, waitDays: 40 }]);
  });

  test('leave out a referral that was made in error', async () => {
    const id = await declined({ reasonCode: 'waiting-list', waitDays: 30 });
    const shown = async () => (await unmetNeeds(desk.board)).find(({ reason }) => reason === 'waiting-list')?.count;
    expect(await shown()).toBe(7);
    await desk.do(
      id,
      'propose-withdrawal',
      { because: 'made-in-error', reason: 'A wrong number.' },
      'careline-supervisor',
    );
    await desk.do(id, 'agree-withdrawal', {}, 'careline-manager');
    await put(id);
    expect(await shown()).toBe(6);
  });

  test('name no referral and no person, and have no total', async () => {
    const text = JSON.stringify(await unmetNeeds(desk.board));
    expect(text).not.toMatch(/CR-|P-|PV-|total/);
  });

  test('read every page of the board', async () => {
    const rows = Array.from({ length: 230 }, (_, index) => ({
      ...boardRow,
      id: `CR-EXAMPLE-${index}#1`,
      referralId: `CR-EXAMPLE-${index}`,
      due: new Date(Date.parse('2026-12-01T12:00:00Z') + index * 1000).toISOString(),
    }));
    for (const row of rows) await desk.board.put(row);
    expect((await unmetNeeds(desk.board)).find(({ month }) => month === '2026-12')?.count).toBe(230);
  });
});

const boardRow = {
  kind: 'unmet',
  id: 'CR-EXAMPLE#1',
  referralId: 'CR-EXAMPLE',
  seq: 1,
  stage: 'open',
  missed: 0,
  open: 0,
  queue: 'unmet',
  subject: 'legal',
  due: '2026-12-01T04:59:00Z',
  unmet: { reason: 'no-capacity', by: 'provider', region: 2 },
} as const;

describe('one child', () => {
  const refused = (children: number, times: number) =>
    Array.from({ length: children * times }, (_, index) => ({
      ...boardRow,
      id: `CR-${index % children}#${index}`,
      referralId: `CR-${index % children}`,
      due: new Date(Date.parse('2026-11-20T12:00:00Z') + index * 1000).toISOString(),
      unmet: { reason: 'waiting-list', by: 'provider', region: 2, waitDays: index } as const,
    }));

  test('refused by six providers counts once, and is too few to show', () => {
    expect([countUnmet(refused(1, 6)), countUnmet(refused(5, 3))]).toEqual([[], []]);
  });

  test('waits as long as the last list it was put on', () => {
    // The first lists are of 0 to 5 days, and the second ones of 6 to 11.
    expect(countUnmet(refused(6, 2)).map(({ count, waitDays }) => [count, waitDays])).toEqual([[6, 9]]);
  });
});

test('a month ends at midnight in New York', () => {
  const months = ['2026-12-01T04:59:00Z', '2026-12-01T05:01:00Z'].map(
    (due) =>
      countUnmet(
        Array.from({ length: disclosure.fewest }, (_, index) => ({ ...boardRow, referralId: `CR-${index}`, due })),
      )[0]?.month,
  );
  expect(months).toEqual(['2026-11', '2026-12']);
  expect(disclosure.fewest).toBe(6);
});
