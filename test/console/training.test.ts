/** The pages of training, and all that a person without referrals can reach. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../shared/application/routes/route.ts';
import { routes } from '../../shared/application/routes/route-table.ts';
import { readCsv } from '../../shared/domain/core/read-csv.ts';
import { rolesWithoutReferrals } from '../../shared/domain/core/vocabulary.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { type Browser, openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let careline: Window;
let trainer: Browser;
let referral: string;
const name = 'Robin Invented';
beforeAll(async () => {
  desk = await startDesk();
  referral = await desk.opened({ name, tribalMember: 'yes' });
  careline = openConsole(desk);
  trainer = await signedInAs(careline, 'trainer');
}, 60_000);
afterAll(() => desk.stop());

const textOf = (html: string) => html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const header = 'course,date,agency,town,role group,number';
const officers = Array.from(
  { length: 30 },
  (_, index) =>
    `police,${index < 10 ? '2022-03-01' : '2026-05-01'},Hartford Police,Hartford,police,POST-${9100 + index}`,
);
/** Opens the page of the form first, as a person does. */
async function send(page: string, to: string, fields: Readonly<Record<string, string>>) {
  await trainer.get(page);
  return trainer.post(to, fields);
}

test('a trainer begins at Training, and the menu leads to nothing else', async () => {
  expect((await trainer.get('/')).location).toMatch(/\/training$/);
  const { html, status } = await trainer.get('/training');
  expect(status).toBe(200);
  const text = textOf(html);
  expect(text).toContain('No attendance and no headcount is entered yet.');
  expect(text).toContain('1,300 and more police officers trained by October 2014');
  expect(text).toContain('2,400 and more staff and providers trained by October 2014');
  expect(text).toContain('must not be added to them');
  expect(text).toContain('No law sets a time for officers.');
  expect(html).not.toContain('name="reference"');
  for (const path of ['/deadlines', '/providers', '/numbers', '/referrals'])
    expect(html).not.toContain(`href="${path}"`);
});

describe('a trainer', () => {
  test('reads each wrong field of a file by its line, and nothing is stored', async () => {
    const csv = [header, officers[0], 'police,2027-05-01,Pat Example,Hartford,police,POST-1'].join('\n');
    const { status, html } = await send('/training/import', '/training/import', { pasted: csv });
    expect(status).toBe(400);
    expect(textOf(html)).toContain('Nothing was imported');
    expect(textOf(html)).toContain('line 3, date: This day is still to come.');
    expect(textOf(html)).toContain('line 3, agency: Name what the agency is');
    expect((await desk.ledger.training()).imports).toEqual([]);
    const none = await send('/training/import', '/training/import', {});
    expect([none.status, textOf(none.html).includes('Choose a file, or paste its lines.')]).toEqual([400, true]);
  });

  test('imports 30 officers, enters a headcount, and sees who is due again', async () => {
    const csv = [header, ...officers].join('\r\n');
    const done = await send('/training/import', '/training/import', { csv });
    expect(done.location).toContain('/training/import?done=attendance&lines=30&left=0');
    expect(textOf((await trainer.get('/training/import?done=attendance&lines=30&left=0')).html)).toContain(
      'The file is imported: 30 lines.',
    );
    const heads = 'agency,town,role group,headcount,as of\nHartford PD,Hartford,police,40,2026-07-01';
    expect((await send('/training/import', '/training/headcounts', { csv: heads })).status).toBe(303);
    const text = textOf((await trainer.get('/training')).html);
    expect(text).toMatch(/Hartford Police Hartford Police officers 20 40, of [^%]* 50% 0 10/);
    const due = textOf((await trainer.get('/training/due')).html);
    expect(due).toContain('Hartford Police, Hartford: Police officers (10)');
    expect(due.match(/[0-9A-Z]{4}-[0-9A-Z]{4} /g)).toHaveLength(10);
    for (const number of ['POST', '9100']) expect(due).not.toContain(number);
  });

  test('checks a staff list, whose codes are those of the list, and which is stored nowhere', async () => {
    const before = await desk.items('Ledger');
    const staffList =
      'agency,town,role group,number\nHartford Police,Hartford,police,POST-9100\nHartford Police,Hartford,police,POST-1';
    const { html, status } = await send('/training/staff-list', '/training/staff-list', { csv: staffList });
    expect(status).toBe(200);
    expect(textOf(html)).toContain('Due again: 1');
    const [, code = 'none'] = /2 Due again .*?([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(textOf(html)) ?? [];
    expect((await trainer.get('/training/due')).html).toContain(code);
    expect(textOf(html)).toContain('Never trained, as far as is recorded');
    expect(await desk.items('Ledger')).toEqual(before);
    const wrong = await send('/training/staff-list', '/training/staff-list', { csv: 'agency\nx' });
    expect([wrong.status, textOf(wrong.html).includes('lacks the column')]).toEqual([400, true]);
  });

  test('is told of lines that repeat a line or an import, and they count once', async () => {
    const before = (await desk.ledger.training()).imports.length;
    const [first = '', second = ''] = officers;
    const csv = [header, first, first.replace('9100', '77'), first.replace('9100', '77'), second].join('\n');
    const { location = '' } = await send('/training/import', '/training/import', { csv });
    const page = textOf((await trainer.get(location.replace(/^https?:\/\/[^/]+/, ''))).html);
    expect(page).toContain(
      'The file is imported: 4 lines. Line 4 repeats an earlier line. It counts once. Lines 2, 5 were recorded before. They count once.',
    );
    expect(textOf((await trainer.get('/training')).html)).toMatch(/Police officers \d+ 40, of [^%]* \d+% 0 11/);
    const { imports } = await desk.ledger.training();
    expect(imports).toHaveLength(before + 1);
    await send('/training/import', '/training/take-back', { id: imports.at(-1)?.id ?? '' });
    // An address that someone wrote says nothing of its own.
    const forged = textOf((await trainer.get('/training/import?done=attendance&lines=1&twice=Pat-of1')).html);
    expect(forged).not.toContain('Pat');
  });

  test('reads what each button does, without an id', async () => {
    const { html } = await trainer.get('/training/import');
    const buttons = [...html.matchAll(/<button[^>]*>(.*?)<\/button>/gs)].map(([, said = '']) => said.trim());
    expect(buttons).toContain('Take back this import');
    expect(buttons.filter((said) => /T[IM]-\d/.test(said))).toEqual([]);
  });

  test('takes a wrong import back', async () => {
    await send('/training/import', '/training/import', { csv: [header, officers[0]?.replace('9100', '1')].join('\n') });
    const { imports } = await desk.ledger.training();
    const id = imports.at(-1)?.id ?? '';
    expect((await send('/training/import', '/training/take-back', { id })).status).toBe(303);
    expect(textOf((await trainer.get('/training/import')).html)).toContain('Taken back');
    const again = await send('/training/import', '/training/take-back', { id });
    expect([again.status, textOf(again.html).includes('taken back already')]).toEqual([409, true]);
  });

  test('keeps a link, and reads each problem at its field', async () => {
    const link = {
      course: 'police',
      kind: 'slides',
      language: 'english',
      reviewOn: '2027-05-01',
      digest: 'a'.repeat(64),
    };
    const wrong = await send('/training/materials', '/training/materials', {
      ...link,
      address: 'http://x',
      digest: 'z',
    });
    expect(wrong.status).toBe(400);
    expect(textOf(wrong.html)).toContain('Give an address that begins with https://');
    expect(textOf(wrong.html)).toContain('Give the SHA-256 of the file');
    const address = 'https://learn.dcf.example/police.pdf';
    expect((await send('/training/materials', '/training/materials', { ...link, address })).status).toBe(303);
    expect((await trainer.get('/training/materials')).html).toContain(`href="${address}"`);
    const [{ id } = { id: '' }] = (await desk.ledger.training()).materials;
    expect((await send('/training/materials', '/training/materials/remove', { id })).status).toBe(303);
    expect((await trainer.get('/training/materials')).html).not.toContain(address);
  });

  test('takes the coverage as CSV, with the headcount and without any number of a person', async () => {
    const { html, headers } = await trainer.get('/training/coverage.csv');
    expect(headers.get('content-type')).toContain('text/csv');
    const rows = (readCsv(html) ?? []).map(({ cells }) => cells);
    expect(rows.find(([level, , , agency]) => level === 'agency' && agency === 'Hartford Police')).toEqual([
      'agency',
      'Police officers',
      'Hartford',
      'Hartford Police',
      '20',
      '0',
      '10',
      '40',
      '2026-07-01',
      '50',
    ]);
    expect(html).not.toContain('POST');
  });
});

test('a reader of coverage sees no form, no code and no import', async () => {
  for (const as of ['evaluator', 'program-manager', 'hart-director']) {
    const browser = await signedInAs(careline, as);
    const { html, status } = await browser.get('/training');
    expect([status, html.includes('/training/due')]).toEqual([200, false]);
    expect((await browser.get('/training/materials')).html).not.toContain('<form class="usa-form');
    for (const path of ['import', 'due', 'staff-list'])
      expect((await browser.get(`/training/${path}`)).status).toBe(403);
    await browser.get('/training');
    expect((await browser.post('/training/import', { csv: [header, officers[0]].join('\n') })).status).toBe(403);
  }
  const worker = await signedInAs(careline, 'caseworker');
  for (const path of ['', '/coverage.csv', '/materials'])
    expect((await worker.get(`/training${path}`)).status).toBe(403);
});

describe.each(rolesWithoutReferrals)('a person with the role %s alone', (as) => {
  const pages = () => [
    ...['/', '/deadlines', '/drafts', '/on-call', '/search', '/find', '/referrals', '/runs', '/log', '/teams'],
    ...[
      '/returns',
      '/providers',
      '/tribes',
      '/numbers',
      '/training',
      '/unmet-needs',
      '/delegations',
      '/noise',
      '/policy',
    ],
    ...['/help', '/overdue', '/owed', `/find?reference=${referral}`],
    ...['', '/do/screen', '/audit', '/court', '/team', '/facts', '/children', '/alerts', '/emergency'].map(
      (part) => `/referrals/${referral}${part}`,
    ),
  ];

  test('meets no referral on any page', async () => {
    const browser = await signedInAs(careline, as);
    const found: string[] = [];
    for (const path of pages()) {
      const { html, location, status } = await browser.get(path);
      const told = `${html.replaceAll(`value="${referral}"`, '')} ${location}`;
      if (told.includes(name) || (told.includes(referral) && !path.includes(referral)))
        found.push(`${path}: ${status}`);
      if (path.startsWith('/referrals/') && status === 200) found.push(`${path}: it opens`);
    }
    expect(found).toEqual([]);
  });

  test('meets no referral in any answer of the API', async () => {
    const { ask } = openApi(desk);
    const found: string[] = [];
    for (const [route, { method, path }] of Object.entries(routes) as [string, Route][]) {
      const address = path
        .replace('{referralId}', referral)
        .replace('{id}', referral)
        .replace('{command}', 'screen')
        .replaceAll(/\{\w+\}/g, '1');
      const { text, status } = await ask(address, {
        as: personOf(as).id,
        method: method.toUpperCase(),
        ...(method === 'post' && { body: {} }),
      });
      if (text.includes(referral) || text.includes(name)) found.push(`${route}: ${status}`);
      if (path.startsWith('/referrals/') && status === 200) found.push(`${route}: it opens`);
    }
    expect(found).toEqual([]);
  });

  test('cannot open it by emergency access', async () => {
    const input = { because: 'danger-now', reason: 'W.' };
    expect(await desk.command(referral, 'take-emergency-access', input, { as })).toEqual({ kind: 'unknown' });
  });
});

describe('the tribes', () => {
  test('are listed for workers with what an administrator entered, and say whose law asks for the notice', async () => {
    await desk.enter([
      {
        ...{ pk: 'tribes', sk: 'MOHEGAN', id: 'MOHEGAN', office: 'Family office (invented)', phone: '860-555-0121' },
        ...{ services: ['victim-advocacy'], police: 'Tribal police (invented)', policePhone: '860-555-0131' },
      },
    ]);
    const worker = await signedInAs(careline, 'caseworker');
    const text = textOf((await worker.get('/tribes')).html);
    expect(text).toContain('Mohegan Tribe United States Family office (invented): 860-555-0121 Victim advocacy');
    expect(text).toContain('Tribal police (invented): 860-555-0131 Federal and state law');
    expect(text).toContain('Schaghticoke Connecticut Not entered. Ask DCF Legal. None entered');
    expect(text).toContain('State law alone');
    const { body } = await openApi(desk).ask('/tribes', { as: 'P-CASEWORKER' });
    expect((body.tribes as readonly unknown[]).length).toBe(5);
  });

  test('count no row that no one entered by the command', async () => {
    await desk.put('Directory', [
      { pk: 'tribes', sk: 'SCHAGHTICOKE', id: 'SCHAGHTICOKE', office: 'Forged', phone: '860-555-0199' },
    ]);
    const worker = await signedInAs(careline, 'caseworker');
    expect((await worker.get('/tribes')).html).not.toContain('Forged');
  });

  test('are not for partners, evaluators and trainers', async () => {
    for (const as of ['seat:medical', 'contact:PV-1', 'evaluator', 'trainer'])
      expect((await (await signedInAs(careline, as)).get('/tribes')).status).toBe(403);
  });

  test('are where the next step and the page of the court lead', async () => {
    const link = '<a href="/tribes">Who to call at a tribe</a>';
    await desk.do(referral, 'record-ex-parte-order', {}, 'legal');
    await desk.do(referral, 'record-charges', { reason: 'Invented.' }, 'legal');
    const worker = await signedInAs(careline, 'caseworker');
    expect((await worker.get(`/referrals/${referral}/tasks`)).html).toContain(link);
    expect((await worker.get(`/referrals/${referral}/court`)).html).toContain(link);
    const supervisor = await signedInAs(careline, 'careline-supervisor');
    expect((await supervisor.get(`/referrals/${referral}/tasks`)).html).not.toContain(link);
  });
});
