/** The page that searches by name. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { referenceFrom } from '../../shared/domain/core/ids.ts';
import type { Tables } from '../support/tables.ts';
import { does, plain, report, startConsole, type Window } from './window.ts';

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
  const alone = await worker.post('/search', { name: 'María', purpose: 'compare-duplicates' });
  expect(plain(alone.html)).toContain('by this one name alone in the last 24 hours');
  const member = await window.person('P-ADMINISTRATOR-1');
  expect((await member.get('/search')).status).toBe(403);
});

test('the box at the top takes the name of a child, and shows the search with it, in no address', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  const { status, html, location } = await worker.post('/find', { reference: " Zofia O'Example " });
  expect([status, location]).toEqual([200, '']);
  expect(html).toMatch(/value="Zofia O(&#39;|')Example"/);
  expect(html).toContain('Say what the search is for, then press Search.');
  const [, list = ''] = /<select([^>]*name="purpose"[^>]*)>/.exec(html) ?? [];
  expect(list, 'the keyboard stands where the answer is missing').toContain('autofocus');
  expect(html.match(/autofocus/g)).toHaveLength(1);
  // Similar spellings are looked for, as on the page itself.
  expect(html).toMatch(/value="approximate" (?:checked|selected)/);
  const [, form = ''] = /<form[^>]*method="post" action="\/search"[^>]*>(.*?)<\/form>/s.exec(html) ?? [];
  expect(form.match(/<(?:input|select|textarea)[^>]*name="name"/g), 'the name is asked once').toHaveLength(1);
});

test('a found child of the same name is told as such, and what was not compared', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  await report(worker, { 'children[0].name': 'Radmila Ostrowska', 'children[0].birthDate': '2011-03-05' });
  const alike = async (asked: Record<string, string>) => {
    await worker.get('/search');
    const { html } = await worker.post('/search', { purpose: 'compare-duplicates', ...asked });
    expect(html).not.toMatch(/\d of 100/);
    return /<td data-label="How alike">([^<]*)</.exec(html)?.[1];
  };
  const name = 'Radmila Ostrowska';
  expect(await alike({ name: 'ostrowska, radmila' })).toBe('Same name; no date of birth compared');
  expect(await alike({ name, birthDate: '2011-03-05' })).toBe('Same name, same date of birth');
  expect(await alike({ name, birthDate: '2011-05-03' })).toBe('Same name, not the same date of birth');
  expect(await alike({ name: 'Radmilla Ostrowska' })).toMatch(/^(?:Much like|Like) it$/);
  expect(await alike({ name, spelling: 'exact' })).toBe('Same name; no date of birth compared');
});

test('the box at the top opens a draft, and leads on where nothing has the reference', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  const draft = referenceFrom('DR', new Uint8Array(10));
  expect((await worker.post('/find', { reference: draft.toLowerCase() })).location).toMatch(
    new RegExp(`/drafts/${draft}$`),
  );
  const wrong = await worker.post('/find', { reference: 'CR-7F3KD-9QXMT1' });
  expect([wrong.status, /Nothing that is open to you has this number.*Search by name/s.test(wrong.html)]).toEqual([
    404,
    true,
  ]);
  const partner = await (await window.person('P-PROVIDER-VICTIM-ADVOCACY-1')).post('/find', { reference: 'Zofia' });
  expect([partner.status, partner.html.includes('Search by name')]).toEqual([404, false]);
});

test('a new report hears that a child of a like name was reported, how long ago, and who took that report', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  const reference = await report(worker, { 'children[0].name': 'Ludmila Brzezinska' });
  const other = await window.person('P-CARELINE-WORKER-2');
  expect((await other.get('/reports/new')).html).toMatch(
    /data-alike="[^"]*\/search\/alike".*data-alike-of="children\[0\]\."/s,
  );
  const hint = await other.post('/search/alike', { name: 'Ludmilla Brzezinska' });
  expect(plain(hint.html)).toMatch(/was reported before CR-\S+ , reported less than a minute ago, taken by/);
  expect(hint.html).toContain(`href="/referrals/${reference}"`);
  expect(hint.html).not.toMatch(/Brzezinska|<html/);
  const auditor = await window.person('P-AUDITOR-1');
  expect((await auditor.get(`/referrals/${reference}/audit/reads`)).html).toContain('found by name');
  for (const name of ['', 'Unheard Name', '9', 'x'.repeat(500)]) {
    await other.get('/reports/new');
    const none = await other.post('/search/alike', { name });
    expect([none.status, none.html]).toEqual([200, '']);
  }
});

test('the hint is for staff, and a sealed referral is in none', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  const reference = await report(worker, { 'children[0].name': 'Ottilie Zandbergen' });
  const manager = await window.person('P-CARELINE-MANAGER-1');
  await does(manager, reference, 'seal-referral', {
    because: 'workers-family',
    forPeople: ['P-CARELINE-SUPERVISOR-1', 'P-CARELINE-SUPERVISOR-2'],
    reason: 'Her aunt works here.',
  });
  expect((await worker.post('/search/alike', { name: 'Ottilie Zandbergen' })).html).toBe('');
  const supervisor = await window.person('P-CARELINE-SUPERVISOR-1');
  expect((await supervisor.post('/search/alike', { name: 'Ottilie Zandbergen' })).html).toContain(reference);
  for (const who of ['P-ADMINISTRATOR-1', 'P-PROVIDER-VICTIM-ADVOCACY-1']) {
    const outsider = await window.person(who);
    expect((await outsider.post('/search/alike', { name: 'Ottilie Zandbergen' })).status).toBe(403);
  }
});

test('the box at the top takes a case number of the police, however it is written', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  const one = await report(worker, { 'children[0].name': 'Ferran Uribe' });
  const two = await report(worker, { 'children[0].name': 'Nadia Quist', narrative: 'Another story.' });
  const notice = {
    covers: 'local',
    agencyId: 'A-OTHER',
    personReached: 'The desk',
    method: 'phone',
    at: '2026-11-09T10:00',
    agencyReference: 'HPD 26-10467',
  };
  const told = await does(worker, one, 'notify-police', notice);
  expect([told.status, /role="alert".*?<\/ul>/s.exec(told.html)?.[0]]).toEqual([303, undefined]);
  const found = async (reference: string, who = worker) => who.post('/find', { reference });
  for (const typed of ['HPD 26-10467', 'hpd2610467', ' hpd-26 10467 ']) {
    const { status, location } = await found(typed);
    expect([typed, status, location.endsWith(`/referrals/${one}`)]).toEqual([typed, 303, true]);
  }
  const auditor = await window.person('P-AUDITOR-1');
  expect((await auditor.get(`/referrals/${one}/audit/reads`)).html).toContain('found by a case number');
  await does(worker, two, 'notify-police', notice);
  const both = await found('HPD 26-10467');
  expect([both.status, both.html.includes(one), both.html.includes(two)]).toEqual([200, true, true]);
  for (const typed of ['HPD 26-10468', '2610467', '26']) {
    const { status, html } = await found(typed);
    expect([typed, status, html.includes('A case number of the police')]).toEqual([typed, 404, true]);
  }
  expect((await auditor.get('/log')).html).toContain('Looked for a case number or a part of a reference');
  const outsider = await window.person('P-PROVIDER-VICTIM-ADVOCACY-1');
  expect((await found('HPD 26-10467', outsider)).status).toBe(404);
});

test('the box at the top takes a part of a reference', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  const reference = await report(worker, { 'children[0].name': 'Sanna Lindqvist' });
  const [, first = '', last = ''] = reference.split('-');
  for (const typed of [`CR-${first}`, `cr ${first.toLowerCase()}`, `CR-${last}`, `CR-${first}-${last.slice(0, 3)}`]) {
    const { status, location } = await worker.post('/find', { reference: typed });
    expect([typed, status, location.endsWith(`/referrals/${reference}`)]).toEqual([typed, 303, true]);
  }
  const none = await worker.post('/find', { reference: `CR-${first.slice(0, 4)}` });
  expect([none.status, plain(none.html).includes('A receipt, such as RC-4K7QX-M2D8A1: all of it.')]).toEqual([
    404,
    true,
  ]);
});
