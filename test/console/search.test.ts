/** The page that searches by name. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { referenceFrom } from '../../shared/domain/core/ids.ts';
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

test('the box at the top takes the name of a child, and shows the search with it, in no address', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  const { status, html, location } = await worker.post('/find', { reference: " Zofia O'Example " });
  expect([status, location]).toEqual([200, '']);
  expect(html).toMatch(/value="Zofia O(&#39;|')Example"/);
});

test('the box at the top opens a draft, and leads on where nothing has the reference', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  const draft = referenceFrom('DR', new Uint8Array(10));
  expect((await worker.post('/find', { reference: draft.toLowerCase() })).location).toMatch(
    new RegExp(`/drafts/${draft}$`),
  );
  const wrong = await worker.post('/find', { reference: 'CR-7F3KD-9QXMT1' });
  expect([wrong.status, /Nothing has this reference.*Search by name/s.test(wrong.html)]).toEqual([404, true]);
  const partner = await (await window.person('P-PROVIDER-VICTIM-ADVOCACY-1')).post('/find', { reference: 'Zofia' });
  expect([partner.status, partner.html.includes('Search by name')]).toEqual([404, false]);
});
