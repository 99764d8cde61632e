/** The page of who is on call: what all staff read, and the acts of those who keep the shifts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sentForm } from '../../functions/console/forms/sent-form.ts';
import type { Tables } from '../support/tables.ts';
import { type Browser, hidden, startConsole, type Window } from './window.ts';

let tables: Tables;
let window: Window;
let keeper: Browser;
const [first, second] = ['P-AREA-ONCALL-HARTFORD-1', 'P-AREA-ONCALL-HARTFORD-2'];
beforeAll(async () => {
  ({ tables, careline: window } = await startConsole());
  keeper = await window.person('P-CARELINE-SUPERVISOR-1');
});
afterAll(() => tables.stop());

/** The visible words of a page. */
const text = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const header = 'role,office,person,from,to,phone,order';
const lines = [
  `area-oncall,Hartford,${first},2026-11-09 08:00,2026-11-09 20:00,203-555-0177,1`,
  `area-oncall,Hartford,${second},2026-11-09 20:00,2026-11-10 08:00,,1`,
];

test('the page gives the directory’s order before any shift is entered, and says that it is the fallback', async () => {
  const page = await (await window.person('P-LEGAL-1')).get('/on-call');
  expect(page.status).toBe(200);
  expect(text(page.html)).toContain('(no shift: first in the directory)');
  const office = await (await window.person('P-LEGAL-1')).get('/on-call?place=office-HARTFORD');
  expect(text(office.html)).toContain('No shift entered: first in the directory');
  expect(text(page.html)).toContain('No shift was ever entered. The order in the directory is used.');
  expect(page.html).not.toContain('Import shifts');
  expect(page.html).not.toContain('on-call/shifts/');
});

test('a provider has no such page', async () => {
  const partner = await window.person('P-PROVIDER-EDUCATION-1');
  expect((await partner.get('/on-call')).status).toBe(403);
  expect((await partner.get('/')).html).not.toContain('/on-call');
});

describe('a supervisor', () => {
  test('reads each wrong line of a file, and no line is stored', async () => {
    await keeper.get('/on-call');
    const wrong = await keeper.post('/on-call/import', {
      csv: [header, lines[0], lines[1]?.replace('2026-11-10 08:00', '2026-11-09 08:00')].join('\n'),
    });
    expect(wrong.status).toBe(400);
    expect(text(wrong.html)).toContain('No shift was imported');
    expect(text(wrong.html)).toContain('File: line 3, to: The shift ends before it begins.');
    expect((await tables.ledger.shifts()).commits).toEqual([]);
    const none = await keeper.post('/on-call/import', {});
    expect([none.status, text(none.html).includes('Choose a file')]).toEqual([400, true]);
  });

  test('imports a file, and first sees who is on duty now, with a number that dials', async () => {
    await keeper.get('/on-call');
    const done = await keeper.post('/on-call/import', { csv: [header, ...lines].join('\r\n') });
    expect([done.status, done.location]).toEqual([303, 'http://127.0.0.1:3000/on-call?done=import']);
    const { html } = await keeper.get('/on-call?done=import');
    expect(text(html)).toContain('The shifts are imported.');
    expect(html).toContain('<a href="tel:+12035550177">203-555-0177</a>');
    const chosen = (await keeper.get('/on-call?place=office-HARTFORD')).html;
    const office = text(chosen.slice(chosen.indexOf('Hartford office</caption>')));
    expect(office).toMatch(
      /On duty now 203-555-0177 Area office on call, first Mon, Nov 9, 8:00 AM Mon, Nov 9, 8:00 PM/,
    );
    expect(office.indexOf('On duty now')).toBeLessThan(office.indexOf('Tue, Nov 10, 8:00 AM'));
  });

  test('swaps two shifts by one form, which swaps once even if sent twice', async () => {
    const page = await keeper.get('/on-call/shifts/SH-1-1');
    expect(text(page.html)).toContain('Mon, Nov 9, 8:00 PM to Tue, Nov 10, 8:00 AM, first');
    const form = { withId: 'SH-1-2', key: hidden(page.html, 'key') };
    for (const _ of [1, 2]) expect((await keeper.post('/on-call/shifts/SH-1-1/swap', form)).status).toBe(303);
    const { shifts } = (await tables.ledger.shifts()).schedule;
    expect(shifts.map(({ personId }) => personId)).toEqual([second, first]);
  });

  test('hands a shift over, and reads each problem at its field', async () => {
    await keeper.get('/on-call/shifts/SH-1-1');
    const wrong = await keeper.post('/on-call/shifts/SH-1-1/hand-over', { person: '', phone: 'ask' });
    expect(wrong.status).toBe(400);
    expect(text(wrong.html)).toContain('Name who takes the shift.');
    expect(text(wrong.html)).toContain('This is no telephone number.');
    const refused = await keeper.post('/on-call/shifts/SH-1-1/hand-over', { person: 'P-LEGAL-1' });
    expect([refused.status, text(refused.html).includes('does not give this person the role')]).toEqual([409, true]);
    const done = await keeper.post('/on-call/shifts/SH-1-1/hand-over', {
      person: 'area.oncall.hartford@dcf.example',
      phone: '203-555-0199 ext. 4',
    });
    expect(done.status).toBe(303);
    expect((await keeper.get('/on-call')).html).toContain('<a href="tel:+12035550199;ext=4">203-555-0199 ext. 4</a>');
  });

  test('removes a shift, whose page is then gone', async () => {
    await keeper.get('/on-call/shifts/SH-1-2');
    expect((await keeper.post('/on-call/shifts/SH-1-2/remove')).status).toBe(303);
    expect((await keeper.get('/on-call/shifts/SH-1-2')).status).toBe(404);
    await keeper.get('/on-call');
    expect((await keeper.post('/on-call/shifts/SH-1-1/burn')).status).toBe(404);
  });
});

test('the keepers of shifts and the auditors read who changed them', async () => {
  const { html } = await (await window.person('P-AUDITOR-1')).get('/on-call/history');
  for (const what of ['Imported 2', 'Swapped SH-1-1 and SH-1-2', 'Handed SH-1-1 over to', 'Took out SH-1-2']) {
    expect(text(html)).toContain(what);
  }
  expect((await (await window.person('P-CARELINE-WORKER-1')).get('/on-call/history')).status).toBe(403);
});

test('an area supervisor changes shifts of their own office alone', async () => {
  const own = await window.person('P-AREA-SUPERVISOR-HARTFORD-1');
  expect((await own.get('/on-call?place=office-HARTFORD')).html).toContain('/on-call/shifts/SH-1-1');
  const other = await window.person('P-AREA-SUPERVISOR-DANBURY-1');
  expect((await other.get('/on-call?place=office-HARTFORD')).html).not.toContain('/on-call/shifts/SH-1-1');
  expect((await other.get('/on-call/shifts/SH-1-1')).status).toBe(404);
  await other.get('/on-call');
  expect((await other.post('/on-call/shifts/SH-1-1/remove')).status).toBe(403);
});

test('a form with a file is read as its fields, and a damaged form as none', async () => {
  const body = new FormData();
  body.set('token', 'secret');
  body.set('csv', new File(['role,office'], 'shifts.csv'));
  const sent = await sentForm(new Request('http://127.0.0.1/', { method: 'POST', body }));
  expect([sent.get('token'), sent.get('csv')]).toEqual(['secret', 'role,office']);
  const damaged = { method: 'POST', body: 'x', headers: { 'content-type': 'multipart/form-data; boundary=y' } };
  expect([...(await sentForm(new Request('http://127.0.0.1/', damaged)))]).toEqual([]);
});
