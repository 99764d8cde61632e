/** The page of a proof file: for which people, and what it says before and after the first anchor. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAnchors } from '../support/anchor-stage.ts';
import type { Tables } from '../support/tables.ts';
import { openConsole, report, startConsole, type Window } from './window.ts';

let tables: Tables;
let window: Window;
let id: string;
beforeAll(async () => {
  ({ tables, careline: window } = await startConsole());
  id = await report(await window.person('P-CARELINE-WORKER-1'));
});
afterAll(() => tables.stop());

test('the audit links to it, and it says that nothing is anchored yet', async () => {
  const auditor = await window.person('P-AUDITOR-1');
  expect((await auditor.get(`/referrals/${id}/audit`)).html).toContain(`/referrals/${id}/proof`);
  const { status, html } = await auditor.get(`/referrals/${id}/proof`);
  expect(status).toBe(200);
  expect(html).toContain('nothing is proved');
  expect(html).toContain(`download="proof-${id}.zip"`);
});

test('is for administrators and auditors alone, and an unknown reference is unknown', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  expect((await worker.get(`/referrals/${id}/proof`)).status).toBe(403);
  const auditor = await window.person('P-AUDITOR-1');
  expect((await auditor.get('/referrals/CR-00000-000000/proof')).status).toBe(404);
});

test('after an hour it says that all is proved', async () => {
  let now = '2026-11-09T15:30:00.000Z';
  const stage = await startAnchors({
    ...tables,
    get now() {
      return now;
    },
    at(instant) {
      now = instant;
    },
  });
  await stage.hour();
  const anchored = openConsole(tables, { parts: { proofs: { archive: stage.archive, script: () => '' } } });
  const { html } = await (await anchored.person('P-AUDITOR-1')).get(`/referrals/${id}/proof`);
  expect(html).toContain('Checked now: All of it is proved.');
  await stage.stop();
});
