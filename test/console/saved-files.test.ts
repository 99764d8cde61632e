/** The log, the runs and an audit's chapters as files: what they hold, and who saves them. Each is recorded. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSaved, logFile } from '../../functions/console/audit/audit-files.ts';
import { chapterPath, chapters } from '../../functions/console/audit/chapter.tsx';
import { accessesOf } from '../../shared/application/access/accesses.ts';
import { readCsv } from '../../shared/domain/core/read-csv.ts';
import { type Desk, personOf } from '../support/desk.ts';
import { reactTo } from '../support/react-desk.ts';
import { startConfirmed } from './confirmed.ts';
import { linksIn, openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let careline: Window;
let id: string;
let sealed: string;
const auditor = personOf('auditor').id;
const today = 'AUDITS-2026-11-12';

beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  sealed = await desk.opened({ name: 'Robin Canary' });
  const forPeople = [
    personOf('careline-supervisor').id,
    personOf('careline-supervisor/2').id,
    personOf('caseworker').id,
  ];
  const seal = { because: 'colleague-involved', forPeople, reason: 'A canary.' };
  await desk.do(sealed, 'seal-referral', seal, 'careline-manager');
  await reactTo(desk, id, sealed);
  desk.at('2026-11-12T15:00:00Z');
  careline = openConsole(desk, { parts: { now: () => desk.now } });
});
afterAll(() => desk.stop());

const rowsIn = (text: string) => (readCsv(text) ?? []).map(({ cells }) => cells);
const saved = async (of: string) => (await accessesOf(desk.parts(), of)).filter(({ personId }) => personId === auditor);
const lists = chapters.map(([name]) => name).filter(isSaved);

test.each([
  ['/log?day=2026-11-10', '/log/csv?day=2026-11-10'],
  ['/runs?text=pathway&page=1', '/runs/csv?text=pathway'],
])('%s leads to a file of what it lists', async (page, file) => {
  const browser = await signedInAs(careline, 'auditor');
  expect(linksIn((await browser.get(page)).html)).toContain(file);
  const { status, headers, html } = await browser.get(file);
  expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="(log|runs)-2026-11-12\.csv"$/);
  expect(html).toContain(id);
  expect(html).not.toContain(sealed);
  expect(html).not.toMatch(/Wren|Teal|Robin|203-555-0199/);
});

test('the file of the log has each act, not one page of them, and only those that are asked for', async () => {
  const browser = await signedInAs(careline, 'auditor');
  const [heads = [], ...all] = rowsIn((await browser.get(`/log/csv?referral=${id}`)).html);
  const acts = await desk.ledger.referral(id);
  const byPeople = acts?.commits.filter(({ actor }) => actor.kind === 'person') ?? [];
  expect(byPeople.length).toBeGreaterThan(12);
  expect(all.length).toBeGreaterThanOrEqual(byPeople.length);
  expect(heads.slice(0, 6)).toEqual(['At (UTC)', 'By', 'Name', 'On behalf of', 'What', 'About']);
  expect(all.every((row) => row.length === heads.length && row[5] === id)).toBe(true);
  const own = rowsIn((await browser.get(`/log/csv?person=${personOf('caseworker').id}`)).html).slice(1);
  expect(own.filter(([, by]) => by !== undefined).every(([, by]) => by === personOf('caseworker').id)).toBe(true);
});

test('the file of the log says where it ends before the log does', () => {
  expect(logFile({ acts: [] }, (each) => each).split('\r\n')).toHaveLength(2);
  expect(logFile({ acts: [], next: 'more' }, (each) => each)).toContain('Earlier acts are not in this file.');
});

test('a wrong filter leads back to the page', async () => {
  const browser = await signedInAs(careline, 'auditor');
  for (const [path, page] of [
    ['/log/csv?day=today', '/log'],
    ['/runs/csv?state=odd', '/runs'],
  ] as const) {
    const { status, location } = await browser.get(path);
    expect([path, status, location]).toEqual([path, 302, `http://127.0.0.1:3000${page}`]);
  }
});

describe.each(lists)('the chapter %s', (chapter) => {
  test('is saved whole, without what is of the vault', async () => {
    const browser = await signedInAs(careline, 'auditor');
    const file = `${chapterPath(id, chapter)}/csv`;
    expect(linksIn((await browser.get(chapterPath(id, chapter))).html)).toContain(file);
    const { status, headers, html } = await browser.get(file);
    expect([status, headers.get('content-disposition')]).toEqual([200, `attachment; filename="${id}-${chapter}.csv"`]);
    const [heads = [], ...rows] = rowsIn(html);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => row.length === heads.length)).toBe(true);
    expect(html).not.toMatch(/Wren|Teal|203-555-0199|Only by text/);
  });
});

test('only chapters that are lists are saved', async () => {
  const browser = await signedInAs(careline, 'auditor');
  expect(lists).toEqual(['clocks', 'runs', 'mail', 'reads', 'commits']);
  for (const name of ['summary', 'people', 'toString'])
    expect((await browser.get(`/referrals/${id}/audit/${name}/csv`)).status).toBe(404);
  expect((await browser.get(chapterPath(id))).html).not.toContain('Save as CSV');
});

test('each file is recorded as a read: at the referral that it is about, else with its day', async () => {
  const browser = await signedInAs(careline, 'auditor');
  const [before, beforeToday] = [await saved(id), await saved(today)];
  await browser.get(chapterPath(id, 'mail'));
  await browser.get('/log');
  await browser.get('/runs');
  expect([await saved(id), await saved(today)]).toEqual([before, beforeToday]);
  for (const path of [`${chapterPath(id, 'mail')}/csv`, `/log/csv?referral=${id}`, '/log/csv', '/runs/csv'])
    expect((await browser.get(path)).status).toBe(200);
  const news = (now: typeof before, then: typeof before) =>
    now.slice(0, now.length - then.length).map(({ read }) => read);
  expect(news(await saved(id), before)).toEqual([['log-file'], ['audit-file', 'mail']]);
  expect(news(await saved(today), beforeToday)).toEqual([['runs-file'], ['log-file']]);
  const log = (await browser.get('/log?kind=read')).html;
  expect(log).toContain('Read: Log saved as a file');
  expect(log).toContain('All referrals');
  expect((await browser.get(chapterPath(id, 'reads'))).html).toContain('Audit saved as a file, Mail');
});

test('where the read cannot be recorded, no file goes out', async () => {
  const ledger = {
    ...desk.ledger,
    recordAccess: () => Promise.reject(new Error('The table does not answer.')),
  };
  const broken = openConsole(desk, { parts: { now: () => desk.now, ledger } });
  const browser = await signedInAs(broken, 'auditor');
  for (const path of [`${chapterPath(id, 'mail')}/csv`, '/log/csv', '/runs/csv']) {
    const { status, html } = await browser.get(path);
    expect([path, status]).toEqual([path, 500]);
    expect(html).not.toContain(id);
  }
});

test('a caseworker saves none, and no one saves one of a referral that is closed to them', async () => {
  const caseworker = await signedInAs(careline, 'caseworker');
  for (const path of [`${chapterPath(id, 'mail')}/csv`, '/log/csv', '/runs/csv'])
    expect([path, (await caseworker.get(path)).status]).toEqual([path, 403]);
  const browser = await signedInAs(careline, 'auditor');
  const before = (await accessesOf(desk.parts(), sealed)).length;
  for (const chapter of lists) expect((await browser.get(`${chapterPath(sealed, chapter)}/csv`)).status).toBe(404);
  expect((await browser.get('/referrals/CR-00000-000000/audit/mail/csv')).status).toBe(404);
  expect(rowsIn((await browser.get(`/log/csv?referral=${sealed}`)).html)).toHaveLength(1);
  expect(await accessesOf(desk.parts(), sealed)).toHaveLength(before);
});
