/**
 * The page of returns: its figures for all who see figures, its files for those who answer for the state. Each referral in a file is
 * recorded as read first, none is sealed, and the API makes the same file.
 */
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visitorOf } from '../../shared/application/access/visitor.ts';
import { makeReturn } from '../../shared/application/use-cases/make-return.ts';
import { readCsv } from '../../shared/domain/core/read-csv.ts';
import { roles } from '../../shared/domain/core/vocabulary.ts';
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { returnsReport } from '../../shared/reports/returns-report.ts';
import { rowOf } from '../reports/rows.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { openConsole, signedInAs, type Window } from './window.ts';

const now = '2026-11-09T15:00:00.000Z';
const received = '2026-06-01T15:00:00.000Z';
const name = 'Robin Invented';
const year = '2026';

let desk: Desk;
let careline: Window;
let ids: readonly string[];
/** Sealed after its row was written. */
let sealed: string;

const victim = (id: string, more: Partial<FactRow> = {}): FactRow =>
  rowOf({
    id,
    receivedAt: received,
    recordedAt: received,
    stage: 'closed',
    endedAt: '2026-08-01T15:00:00.000Z',
    screenings: [{ number: 1, at: received, outcome: 'confirmed', definitionBasis: 'tvpa' }],
    careTiming: 'during-care',
    now: { ...rowOf().now, population: 'in-dcf-care' },
    policeNotices: [{ at: '2026-06-02T15:00:00.000Z', agency: 'PD-1', covers: ['identified'] }],
    ...more,
  });

beforeAll(async () => {
  desk = await startDesk();
  desk.at(received);
  const opened = [];
  for (let index = 0; index < 4; index += 1) opened.push(await desk.opened({ danger: 'no', name }));
  desk.at(now);
  const seal = {
    because: 'colleague-involved',
    forPeople: [personOf('careline-supervisor').id, personOf('careline-supervisor/2').id],
  };
  [sealed = ''] = opened.slice(3);
  ids = opened.slice(0, 3);
  await desk.do(sealed, 'seal-referral', { ...seal, reason: 'W.' }, 'careline-manager');
  const [first = '', second = '', third = ''] = ids;
  const rows = [
    victim(first),
    victim(second),
    // Of this one it is not known whether it happened in care.
    victim(third, { careTiming: 'unknown', policeNotices: [] }),
    victim(sealed),
  ];
  for (const row of rows) await desk.facts.put({ ...row, region: 4 });
  careline = openConsole(desk);
}, 60_000);
afterAll(() => desk.stop());

async function signedIn(as: string, path = '/numbers/returns') {
  const browser = await signedInAs(careline, as);
  const page = await browser.get(path);
  /** Sends a form of the page. A file that came before it has none. */
  const post = async (to: string, fields: Parameters<typeof browser.post>[1]) => {
    await browser.get('/numbers/returns');
    return browser.post(to, fields);
  };
  return { ...browser, post, page };
}
const textOf = (html: string) => html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const readsOf = async (id: string) =>
  (await desk.items('Ledger')).filter(({ pk }) => String(pk).startsWith(`access#${id}`)).length;
const cellsOf = (csv: string) => (readCsv(csv) ?? []).map(({ cells }) => cells);
const readers = ['careline-manager', 'area-director', 'program-manager', 'hart-director'];
const makers = ['careline-manager', 'program-manager', 'hart-director'];

describe('the page of returns', () => {
  test('is for those who see figures; files are for those who answer for the state', async () => {
    const seen: Record<string, readonly number[]> = {};
    for (const role of roles) {
      const { page, post } = await signedIn(role);
      const file = await post('/numbers/returns/file', { file: 'afcars-unknown-1', year });
      seen[role] = [page.status, file.status];
    }
    expect(seen).toEqual(
      Object.fromEntries(
        roles.map((role) => [role, [readers.includes(role) ? 200 : 403, makers.includes(role) ? 200 : 403]]),
      ),
    );
  }, 60_000);

  test('says the figures of the API, and names no referral', async () => {
    const { page } = await signedIn('area-director', `/numbers/returns?year=${year}`);
    const { body } = await openApi(desk).ask(`/reports/returns?year=${year}`, { as: personOf('area-director').id });
    const rows = (await Promise.all(['2026-06'].map((month) => desk.facts.ofMonth(month)))).flat();
    expect(body).toEqual(JSON.parse(JSON.stringify(returnsReport(rows, 2026, now))));
    expect(body).toMatchObject({
      total: { total: 4, careUnknown: 0 },
      agencies: [{ agency: 'PD-1', notices: 3, referrals: 3 }],
    });
    const text = textOf(page.html);
    expect(text).toContain('in placement, care or supervision: 4');
    expect(text).not.toMatch(/CR-[A-Z0-9]{5}-/);
    expect(text).not.toContain('(CSV) Unknown facts');
  });

  test('says why the federal total is what it is, and lists its referrals to those who may see them', async () => {
    const address = `/numbers/why?measure=federal-total&calendar=federal-fiscal&year=${year}`;
    const { page } = await signedIn('careline-manager', `/numbers/returns?year=${year}`);
    expect(page.html.replaceAll('&amp;', '&')).toContain(`href="${address}"`);
    const why = await signedIn('careline-manager', address);
    for (const words of ['confirmed it, and who are in placement', '42 U.S.C. 671(a)(34)(B)', 'Nov 9, 2026, 10:00 AM'])
      expect(textOf(why.page.html)).toContain(words);
    for (const id of ids) expect(why.page.html).not.toContain(id);
    const listed = await why.post(address, {});
    for (const id of ids) expect(listed.html).toContain(`/referrals/${id}"`);
    expect(listed.html).not.toContain(sealed);
    const evaluator = await signedIn('evaluator', address);
    expect(evaluator.page.status).toBe(403);
  });

  test('shows no year that has not begun', async () => {
    const { page } = await signedIn('area-director', '/numbers/returns?year=2031');
    expect([page.status, textOf(page.html)]).toEqual([404, expect.stringContaining('its year has not begun')]);
    expect((await openApi(desk).ask('/reports/returns?year=2031', { as: personOf('area-director').id })).status).toBe(
      404,
    );
  });
});

describe('a file of returns', () => {
  test('has each child whose facts suffice, each read recorded first, and no sealed one', async () => {
    const before = await Promise.all(ids.map(readsOf));
    const { post } = await signedIn('program-manager');
    const { html, status, headers } = await post('/numbers/returns/file', { file: 'afcars-2', year });
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toMatch(/attachment; filename="afcars-federal-fiscal-2026-half-2\.csv"/);
    const rows = cellsOf(html).slice(1);
    expect(rows.map((cells) => cells.slice(2))).toEqual(
      ids
        .slice(0, 2)
        .toSorted()
        .map((id) => [id, 'no', '', '', 'yes', 'yes', '2026-06-02']),
    );
    expect(html).not.toContain(sealed);
    const after = await Promise.all(ids.map(readsOf));
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1, 0]);
    const unknown = await post('/numbers/returns/file', { file: 'afcars-unknown-2', year });
    expect(
      cellsOf(unknown.html)
        .slice(1)
        .map((cells) => cells[2]),
    ).toEqual([ids[2]]);
  });

  test('is the same from the API, for those roles alone', async () => {
    const api = openApi(desk);
    const asked = { file: 'afcars-2', year };
    const made = await api.ask('/reports/returns/file', { as: personOf('hart-director').id, body: asked });
    const { post } = await signedIn('hart-director');
    expect(made.body.csv).toBe((await post('/numbers/returns/file', asked)).html);
    for (const as of ['evaluator', 'area-director', 'caseworker'])
      expect([as, (await api.ask('/reports/returns/file', { as: personOf(as).id, body: asked })).status]).toEqual([
        as,
        403,
      ]);
  });

  test.each([
    [{ file: 'afcars-1', year: '2027' }, 409, 'Its period has not ended. Make the file on'],
    [{ file: 'reconciliation', year: '2027', agency: 'PD-1' }, 404, 'There is no such return.'],
    [{ file: 'htcds', year, named: 'yes' }, 400, 'Choose what you need the names for.'],
    [{ file: 'htcds', year, named: 'yes', purpose: 'provide-service' }, 403, 'A return must be whole'],
  ])('%j is refused in a sentence, and nothing is read', async (fields, status, sentence) => {
    const { post } = await signedIn('hart-director/2');
    const before = await Promise.all(ids.map(readsOf));
    const answer = await post('/numbers/returns/file', fields);
    expect([answer.status, textOf(answer.html)]).toEqual([status, expect.stringContaining(sentence)]);
    expect(answer.headers.get('content-disposition')).toBeNull();
    expect(await Promise.all(ids.map(readsOf))).toEqual(before);
  });

  test.each([
    [{ file: 'nothing', year }, 'file: Choose one of'],
    [{ file: 'afcars-1', year: '26' }, 'year: Give the year in four digits'],
    [{ file: 'htcds', year, dialect: 'other' }, 'dialect: Choose one of'],
  ])('%j is none', async (fields, sentence) => {
    const { post } = await signedIn('program-manager');
    const { html, status } = await post('/numbers/returns/file', fields);
    expect([status, textOf(html)]).toEqual([400, expect.stringContaining(sentence)]);
    expect(
      (await openApi(desk).ask('/reports/returns/file', { as: personOf('program-manager').id, body: fields })).status,
    ).toBe(400);
  });

  test('with names records each read of who the child is, with its purpose', async () => {
    const { post } = await signedIn('program-manager');
    const without = await post('/numbers/returns/file', { file: 'htcds', year, dialect: 'standard' });
    // Neither a reference nor an instant leads to a child, and the day is that of the month alone.
    expect(without.html).not.toMatch(/CR-[A-Z0-9]{5}-|\d\dT\d\d:|Invented/);
    expect(cellsOf(without.html)).toHaveLength(1 + ids.length);
    expect(without.html).toContain('2026-06-01');
    const named = await post('/numbers/returns/file', { file: 'htcds', year, named: 'yes', purpose: 'quality-review' });
    expect(named.status).toBe(200);
    expect(named.html.split('Robin').length - 1).toBeGreaterThanOrEqual(ids.length);
    expect(named.html).not.toContain(sealed);
    for (const id of ids) {
      const records = (await desk.items('Ledger')).filter(({ pk }) => String(pk).startsWith(`access#${id}`));
      expect(
        records.some(({ body }) => String(body).includes('read-identities') && String(body).includes('quality-review')),
      ).toBe(true);
    }
  });
});

describe('the reconciliation with the police', () => {
  const file = async (browser: Awaited<ReturnType<typeof signedIn>>) =>
    (await browser.post('/numbers/returns/file', { file: 'reconciliation', year, agency: 'PD-1' })).html;

  test('shows each answer of an agency: matched, unknown, not answered', async () => {
    const browser = await signedIn('program-manager');
    const csv = await file(browser);
    const [first = '', second = ''] = ids;
    expect(csv).not.toContain(sealed);
    expect(
      cellsOf(csv)
        .slice(1)
        .map((cells) => cells[2]),
    ).toEqual([first, second].toSorted());
    const answered = `reference,agency_number\r\n${first},PD-77\r\n`;
    const { html, status } = await browser.post('/numbers/returns/answers', { year, agency: 'PD-1', csv: answered });
    expect(status).toBe(200);
    expect(textOf(html)).toContain('Matched: 1 · Unknown to the agency: 0 · Not answered: 1');
    expect(html).toContain('PD-77');
    expect(html).not.toContain(sealed);
    const none = `reference,agency_number\r\n${first},none\r\n${second},\r\n`;
    const other = await browser.post('/numbers/returns/answers', { year, agency: 'PD-1', csv: none });
    expect(textOf(other.html)).toContain('Matched: 0 · Unknown to the agency: 1 · Not answered: 1');
  });

  test.each([
    ['reference,agency_number\r\nCR-AAAAA-AAAAAA,1\r\n', 'it is not in the list'],
    ['some,other\r\n1,2\r\n', 'the columns reference and agency_number are needed'],
    ['reference,agency_number\r\n"never closed', 'a quote that is never closed'],
  ])('says what is wrong with the file %j', async (csv, sentence) => {
    const browser = await signedIn('program-manager');
    const { html, status } = await browser.post('/numbers/returns/answers', { year, agency: 'PD-1', csv });
    expect([status, textOf(html)]).toEqual([400, expect.stringContaining(sentence)]);
  });
});

describe('the check of a file of HTCDS', () => {
  test('takes what the export wrote, and stores nothing', async () => {
    const browser = await signedIn('program-manager');
    const { html: csv } = await browser.post('/numbers/returns/file', { file: 'htcds', year });
    const before = (await desk.items('Ledger')).length;
    const { html } = await browser.post('/numbers/returns/check', { year, csv });
    expect(textOf(html)).toContain('3 cases. Nothing was stored.');
    expect((await desk.items('Ledger')).length).toBe(before);
  });

  test.each([
    ['wrong,headings\r\n1,2\r\n', 'The first row has no field of HTCDS 2.0'],
    ['cas_Status,cas_IncomingReferralDate\r\nActive,2026-02-30\r\n', 'Write the date as YYYY-MM-DD'],
    ['cas_Status,cas_IncomingReferralDate\r\nSleeping,2026-02-03\r\n', 'Choose one of'],
    ['cas_Status,cas_IncomingReferralDate,cas_CaseOwner\r\nActive,2026-02-03,=1+1\r\n', 'It reads as a formula'],
  ])('says what is wrong with %j', async (csv, sentence) => {
    const browser = await signedIn('area-director');
    const { html, status } = await browser.post('/numbers/returns/check', { year, csv });
    expect([status, textOf(html)]).toEqual([400, expect.stringContaining(sentence)]);
  });
});

test('a file of many referrals goes on where the last request ended, and records no read twice', async () => {
  const early = '2025-11-03T15:00:00.000Z';
  desk.at(early);
  const many: string[] = [];
  for (let index = 0; index < 12; index += 1) many.push(await desk.opened({ danger: 'no' }));
  desk.at(now);
  const rows = many.map((id) => victim(id, { receivedAt: early, recordedAt: early }));
  const maker = visitorOf(personOf('program-manager'));
  const door = { ...desk, session: 'A-SESSION', mostRecorded: 1 };
  const ask = () => makeReturn(door, maker, { rows, asOf: now }, { file: 'afcars-1', year: 2026 });
  expect(await ask()).toEqual({ refused: 'return-goes-on', given: { left: 2 } });
  expect(await ask()).toMatchObject({ rows: 12 });
  expect(await ask()).toMatchObject({ rows: 12 });
  expect(await Promise.all(many.map(readsOf))).toEqual(many.map(() => 1));
}, 30_000);

test('no file with names is made while the name of a child cannot be read', async () => {
  const { post } = await signedIn('program-manager');
  const [id = ''] = ids;
  const key = { TableName: 'VaultKeys', Key: { pk: { S: id } } };
  const kept = await desk.client.send(new GetItemCommand(key));
  await desk.client.send(new DeleteItemCommand(key));
  const asked = { file: 'htcds', year, dialect: 'standard', purpose: 'quality-review' };
  const { status, html } = await post('/numbers/returns/file', { ...asked, named: 'yes' });
  expect([status, textOf(html)]).toEqual([409, expect.stringContaining('cannot be read in 1 of its referrals')]);
  expect(html).not.toContain('Robin');
  expect((await post('/numbers/returns/file', { file: 'htcds', year, dialect: 'standard' })).status).toBe(200);
  await desk.client.send(new PutItemCommand({ TableName: 'VaultKeys', Item: kept.Item ?? {} }));
});
