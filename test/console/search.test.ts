/** The page that searches by name. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tables } from '../support/tables.ts';
import { report, startConsole, type Window } from './window.ts';

let tables: Tables;
let window: Window;
beforeAll(async () => {
  ({ tables, careline: window } = await startConsole());
});
afterAll(() => tables.stop());

test('a worker finds the referral of a child by a name as heard, and gives the purpose', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  const reference = await report(worker, { 'children[0].name': 'María Hernández' });
  await worker.get('/search');
  const without = await worker.post('/search', { name: 'Maria Ernandes' });
  expect(without.status).toBe(400);
  expect(without.html).toContain('Say what for');
  const found = await worker.post('/search', { name: 'Maria Ernandes', purpose: 'compare-duplicates' });
  expect(found.html).toContain(`href="/referrals/${reference}"`);
  expect(found.html).toContain('<td data-label="Child">');
  expect(found.html).toContain('<td data-label="Name">María Hernández</td>');
  const none = await worker.post('/search', { name: 'Unheard Name', purpose: 'compare-duplicates' });
  expect(none.html).toContain('No referral that you may see');
  const member = await window.person('P-ADMINISTRATOR-1');
  expect((await member.get('/search')).status).toBe(403);
});
