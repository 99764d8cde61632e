/** The lists behind the figures of the home page. Each goes on where a page ends, and none cuts a row off. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BoardRow } from '../../shared/domain/board/board-row.ts';
import { packRuns, runsList, type StoredRun } from '../../shared/domain/board/run-rows.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { inventedReference } from '../support/invented-rows.ts';
import { openConsole, signedInAs } from './window.ts';

/** More than two pages of each list. */
const count = 120;
const reference = (number: number) => inventedReference(number);

const lost = (since: string): StoredRun => ({
  id: 'D6.1',
  is: 'restarted',
  generation: 2,
  rule: 'D6',
  since,
  on: 'caseworker',
  endedBefore: since,
});

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
  const common = { stage: 'open', seq: 1, missed: 0, open: 1 } as const;
  for (let number = 0; number < count; number += 1) {
    const referralId = reference(number);
    const due = new Date(Date.parse(desk.now) - number * 60_000).toISOString();
    const rows: readonly BoardRow[] = [
      { ...common, kind: 'runs', id: referralId, referralId, due, queue: runsList, runs: packRuns([lost(due)]) },
      {
        ...common,
        kind: 'unmet',
        id: `${referralId}#1`,
        referralId,
        due,
        subject: 'housing',
        unmet: { reason: 'child-declined', by: 'provider' },
        queue: 'unmet',
      },
    ];
    for (const row of rows) await desk.board.put(row);
  }
});
afterAll(() => desk.stop());

const signedIn = (as: string) => signedInAs(openConsole(desk, { parts: { now: () => desk.now } }), as);

test.each([
  ['/runs', 'administrator'],
  ['/unmet-today', 'careline-supervisor'],
])('every row of %s is on one of its pages, and a damaged cursor leads to the first', async (path, as) => {
  const browser = await signedIn(as);
  const seen: string[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const { status, html } = await browser.get(next);
    expect(status).toBe(200);
    const here = [...html.matchAll(/href="\/referrals\/(CR-[0-9A-Z-]+)"/g)].map(([, id]) => id ?? '');
    expect(here.length).toBeGreaterThan(0);
    seen.push(...here);
    next = /<a href="([^"]+)" rel="next">/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  }
  const expected = Array.from({ length: count }, (_, number) => reference(number));
  expect(seen.toSorted()).toEqual(expected.toSorted());
  const { status, location } = await browser.get(`${path}?after=damaged`);
  expect([status, location]).toEqual([302, `http://127.0.0.1:3000${path}`]);
});
