/**
 * The pages of figures over a played history: who sees them, and that no sealed referral is in any. Page, file, API and list say the
 * same.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCsv } from '../../shared/domain/core/read-csv.ts';
import { roles, services } from '../../shared/domain/core/vocabulary.ts';
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { pageNames, reportPage } from '../../shared/reports/figure-pages.ts';
import { measuresVersion } from '../../shared/reports/measures.ts';
import { type PageFile, pageFile } from '../../shared/reports/page-files.ts';
import { playHistory } from '../../shared/reports/played/play-referrals.ts';
import { rowsAt } from '../../shared/reports/whole-report.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { openConsole, signedInAs, type Window } from './window.ts';

const now = '2026-11-09T15:00:00.000Z';
const history = { seed: 'pages', referrals: 60, from: '2024-11-09T00:00:00.000Z', until: now };
/** What a row of a played referral would be called, were it sealed. */
const sealedId = 'CR-SEALD-000001';

let desk: Desk;
let careline: Window;
let rows: readonly FactRow[];

beforeAll(async () => {
  desk = await startDesk();
  desk.at(now);
  careline = openConsole(desk);
  const played = rowsAt(playHistory(history, connecticut20261), now, policyOf);
  const [first] = played;
  if (!first) throw new Error('Nothing was played.');
  rows = [...played, { ...first, id: sealedId, reportId: 'RP-SEALD-000001', sealed: true }];
  for (const row of rows) await desk.facts.put(row);
}, 60_000);
afterAll(() => desk.stop());

const signedIn = (as: string) => signedInAs(careline, as);
const textOf = (html: string) => html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const readers = ['careline-manager', 'area-director', 'program-manager', 'hart-director'];
const year = 'calendar=calendar-year&year=2025';
const asked = { calendar: 'calendar-year', year: 2025, asOf: now, by: 'gender', day: '2026-01-01' } as const;

describe('the pages of figures', () => {
  test('are for those who can open the cases, those of a year also for evaluators, and none for other roles', async () => {
    const live = ['/on-time', '/needs/csv', '/monday/json', '/why?measure=referrals', '/returns'];
    const paths = ['', '/yearly', '/yearly/csv', '/yearly/json', ...live];
    const seen: (readonly [string, readonly number[]])[] = [];
    for (const role of roles) {
      const browser = await signedIn(role);
      const answers = await Promise.all(paths.map(async (path) => (await browser.get(`/numbers${path}`)).status));
      seen.push([role, answers]);
    }
    expect(Object.fromEntries(seen)).toEqual(
      Object.fromEntries(
        roles.map((role) => [
          role,
          paths.map((path) => (readers.includes(role) || (role === 'evaluator' && !live.includes(path)) ? 200 : 403)),
        ]),
      ),
    );
  }, 30_000);

  test('are where an evaluator begins, who has no other work', async () => {
    const browser = await signedIn('evaluator');
    expect((await browser.get('/')).location).toMatch(/\/numbers$/);
    const { html } = await browser.get('/numbers');
    expect(html).not.toContain('Your next steps');
    for (const path of ['/referrals', '/search', '/returns', '/unmet-today', '/on-call']) {
      expect([path, (await browser.get(path)).status]).toEqual([path, 403]);
    }
  });

  test.each(['', '/yearly', ...pageNames.map((name) => `/${name}?${year}`)])(
    'have at most 700 words: %s',
    async (path) => {
      const { html, status } = await (await signedIn('program-manager')).get(`/numbers${path}`);
      expect(status).toBe(200);
      const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
      expect(
        textOf(main)
          .split(' ')
          .filter((word) => /\w/.test(word)).length,
      ).toBeLessThanOrEqual(700);
    },
  );

  test('the scorecard leads to the evidence that the reader may open, of the year that is shown', async () => {
    const browser = await signedIn('program-manager');
    const { html } = await browser.get(`/numbers/scorecard?${year}`);
    const links = [...html.matchAll(/<a href="([^"]+)" aria-label="[^"]*: what it rests on"/g)].map(([, to = '']) =>
      to.replaceAll('&amp;', '&'),
    );
    expect(links).toHaveLength(15);
    for (const to of links.filter((each) => each.startsWith('/numbers/'))) expect(to).toContain(year);
    for (const to of new Set(links)) expect([to, (await browser.get(to)).status]).toEqual([to, 200]);
  });

  test('the scorecard names each column by the year or the day that it is of', async () => {
    const browser = await signedIn('program-manager');
    const { html } = await browser.get(`/numbers/scorecard?${year}`);
    const tables = [...html.matchAll(/<table.*?<\/table>/gs)].map(([table]) => {
      const [heads = '', ...rows] = table.split('<tr>').slice(1);
      const said = [...heads.matchAll(/<th[^>]*>(.*?)<\/th>/gs)].map(([, head = '']) =>
        head.replaceAll(/<[^>]+>/g, ''),
      );
      return { said, rows: rows.join('') };
    });
    const named = tables.filter(({ said }) => said.includes('Gap'));
    expect(named.length).toBeGreaterThan(5);
    for (const { said, rows } of named) {
      const isYear = /in a day|return|misfit|in time|at an advocacy|facts/i.test(rows);
      expect([said[1], said[2]].join(' ')).toMatch(
        isYear ? /^Calendar year 2025 Calendar year 2024$/ : /^As of \w{3} .*\d{4} As of \w{3} .*\d{4}$/,
      );
    }
    expect(named.flatMap(({ said }) => said)).not.toContain('Now');
  });

  test.each(pageNames)('%s says on the page, in both files and in the API what was computed', async (name) => {
    const listed = (await Promise.all(services.map((service) => desk.directory.providers(service)))).flat();
    // No mail went out at this desk in these weeks.
    const none = { p50: 0, p95: 0 };
    const computed = pageFile(reportPage(name, rows, asked, { listed, load: { now: none, weekBefore: none } }));
    const browser = await signedIn('program-manager');
    const json = JSON.parse((await browser.get(`/numbers/${name}/json?${year}`)).html) as PageFile;
    expect(json).toEqual(JSON.parse(JSON.stringify(computed)));
    const { body } = await openApi(desk).ask(`/reports/${name}?${year}`, { as: personOf('program-manager').id });
    expect(body).toEqual(json);
    const csv = readCsv((await browser.get(`/numbers/${name}/csv?${year}`)).html)?.map(({ cells }) => cells) ?? [];
    const counts = csv
      .slice(1, 1 + computed.figures.length)
      .map((cells) => [cells[0], cells[6], cells[7] ?? '', cells[8] ?? '']);
    expect(counts).toEqual(
      computed.figures.map(({ figure, part = '' }) => [
        figure.measure,
        part,
        figure.kind === 'time' ? '' : String(figure.count),
        figure.kind === 'count' ? '' : String(figure.of),
      ]),
    );
    const page = textOf((await browser.get(`/numbers/${name}?${year}`)).html);
    for (const { figure } of computed.figures) {
      if (figure.kind === 'share' && figure.share === undefined && figure.of > 0)
        expect(page).toContain(`${figure.count} of ${figure.of}`);
    }
  });

  test('name no sealed referral, and count none', async () => {
    const browser = await signedIn('program-manager');
    for (const path of ['', ...pageNames.map((name) => `/${name}?${year}`), `/why?measure=referrals&${year}`]) {
      expect((await browser.get(`/numbers${path}`)).html).not.toContain(sealedId);
    }
    const { html } = await browser.get(`/numbers/what-happened/json?${year}`);
    const [reports] = (JSON.parse(html) as PageFile).figures;
    const open = rows.filter(({ sealed, receivedAt }) => !sealed && receivedAt.startsWith('2025'));
    expect(reports?.figure).toMatchObject({
      measure: 'reports',
      count: new Set(open.map(({ reportId }) => reportId)).size,
    });
  });

  test('show no year that has not begun, and no page that is not there', async () => {
    const browser = await signedIn('program-manager');
    for (const path of ['on-time?year=2031', 'on-time/csv?year=2031', 'why?measure=held&year=2031']) {
      const { html, status } = await browser.get(`/numbers/${path}`);
      expect([path, status, textOf(html)]).toEqual([path, 404, expect.stringContaining('year: There is no such page')]);
    }
    expect((await browser.get('/numbers/nothing')).status).toBe(404);
    const api = openApi(desk);
    expect((await api.ask('/reports/on-time?year=2031', { as: personOf('program-manager').id })).status).toBe(404);
    // The year of the figures for evaluators must have ended.
    expect((await api.ask('/reports/yearly?year=2027', { as: personOf('evaluator').id })).status).toBe(404);
  });

  test.each([
    ['on-time?year=26', 'year: Give the year in four digits'],
    ['on-time/json?year=last', 'year: Give the year in four digits'],
    ['trends?calendar=moon', 'calendar: Choose one of: state-fiscal'],
    ['equity?by=name', 'by: Choose one of: region'],
    ['equity/csv?by=name', 'by: Choose one of: region'],
    ['needs?service=none', 'service: Choose one of:'],
    ['evaluation?day=2026-01-01', 'day: There is no such field'],
    ['on-time?month=2026-02', 'month: There is no such field'],
    ['returns?year=26', 'year: Give the year in four digits'],
    ['why?measure=nothing', 'measure: There is no such measure'],
    ['why?year=2025', 'measure: There is no such measure'],
    ['why?measure=held&by=region', 'part: Give a split with its part'],
    ['yearly?calendar=grant', 'calendar: There is no such field'],
    ['yearly/csv?year=26', 'year: Give the year in four digits'],
  ])('%s is refused in a sentence that names the field', async (path, sentence) => {
    const { html, status } = await (await signedIn('program-manager')).get(`/numbers/${path}`);
    expect([status, textOf(html)]).toEqual([400, expect.stringContaining(sentence)]);
  });
});

describe('why a number is what it is', () => {
  test('says what it counts, of what, its source and its watermark', async () => {
    const { html } = await (await signedIn('program-manager')).get(`/numbers/why?measure=screened-on-return&${year}`);
    for (const words of [
      'Returns from missing',
      '42 U.S.C. 671(a)(35)(A)',
      `version ${measuresVersion}`,
      'Nov 9, 2026, 10:00 AM',
    ]) {
      expect(textOf(html)).toContain(words);
    }
  });

  test('lists to a manager the referrals that are open to them, and no fact before they say that they review', async () => {
    const id = await desk.opened({ danger: 'no', missingNow: 'no' });
    const { state, commits, policy } = (await desk.ledger.referral(id)) ?? {};
    if (!state || !commits || policy === undefined) throw new Error('The referral is not there.');
    for (const row of rowsAt([{ id, commits }], '2026-11-09T16:00:00.000Z', policyOf)) await desk.facts.put(row);
    const later = openConsole(desk);
    later.passes(600);
    const browser = await signedInAs(later, 'program-manager');
    // How the work stands is no fact about a child.
    expect((await browser.get('/numbers/why?measure=monday-not-seen')).html).toContain(`/referrals/${id}"`);
    const address = '/numbers/why?measure=child-seen&calendar=calendar-year&year=2026';
    expect((await browser.get(address)).html).not.toContain(`/referrals/${id}"`);
    const before = (await desk.items('Ledger')).filter(({ pk }) => String(pk) === `access#${id}`).length;
    const { html } = await browser.post(address);
    const shown = html.includes(`/referrals/${id}"`);
    const after = (await desk.items('Ledger')).filter(({ pk }) => String(pk) === `access#${id}`).length;
    // It is one of many: where it is among the first, its read is recorded.
    expect(after - before).toBe(shown ? 1 : 0);
  });
});
