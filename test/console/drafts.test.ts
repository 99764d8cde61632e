/** A report's form that is kept as it is typed, and gone on with by somebody else. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listDraft } from '../../functions/react/list-draft.ts';
import { startTables, type Tables } from '../support/tables.ts';
import { hidden, leastReport, openConsole, referenceIn, type Window } from './window.ts';

let tables: Tables;
let window: Window;
beforeAll(async () => {
  tables = await startTables();
  await tables.seedDirectory();
  window = openConsole(tables);
});
afterAll(() => tables.stop());

test('a worker’s form is saved, a supervisor goes on with it, and the report counts from its first word', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  const page = await worker.get('/reports/new');
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'; connect-src 'self'");
  expect(page.html).toContain('/assets/draft.js');
  expect((await worker.get('/assets/draft.js')).headers.get('content-type')).toContain('javascript');
  await worker.get('/reports/new');
  const key = hidden(page.html, 'key');
  const words = { ...leastReport, key, narrative: 'A girl whom' };
  expect((await worker.post('/drafts/save', { ...words, revision: '1' })).status).toBe(200);
  const id = (await tables.ledger.draftsIn('2026-11-09T15'))[0] ?? '';
  await listDraft(tables, id);
  window.passes(600);

  const supervisor = await window.person('P-CARELINE-SUPERVISOR-1');
  const list = await supervisor.get('/drafts');
  expect(list.html).toContain(id);
  expect(list.html).not.toContain('A girl whom');
  const opened = await supervisor.post('/drafts/open', { id });
  expect(opened.html).toContain('A girl whom');
  expect(hidden(opened.html, 'draft')).toBe(id);
  const more = { ...words, draft: id, key: hidden(opened.html, 'key'), narrative: 'A girl whom a teacher knows.' };
  expect((await supervisor.post('/drafts/save', { ...more, revision: '2' })).status).toBe(200);
  await supervisor.get('/drafts');
  const taken = await supervisor.post('/reports', more);
  expect(taken.status).toBe(201);
  const state = (await tables.ledger.referral(referenceIn(taken.html)))?.state;
  expect(state?.receivedAt).toBe((await tables.ledger.draft(id))?.since);
  expect(await tables.ledger.draft(id)).toMatchObject({ status: 'submitted' });
  await listDraft(tables, id);
  expect((await supervisor.get('/drafts')).html).not.toContain(id);
});

test('a draft is saved from a form of the session alone, and ended with a reason', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  await worker.get('/reports/new');
  const words = { ...leastReport, key: 'another', revision: '1' };
  expect((await worker.post('/drafts/save', { ...words, token: 'x' })).status).toBe(403);
  expect((await worker.post('/drafts/save', words)).status).toBe(200);
  const ids = await tables.ledger.draftsIn('2026-11-09T15');
  for (const id of ids) await listDraft(tables, id);
  const [id = ''] = await tables.board.drafts();
  await worker.get('/drafts');
  expect((await worker.post('/drafts/discard', { id, because: 'entered-otherwise' })).status).toBe(303);
  expect(await tables.ledger.draft(id)).toMatchObject({ status: 'discarded' });
});
