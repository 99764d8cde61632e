/** A report: its figures, parts, tables and words, and the command that prints and writes it. */
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../shared/domain/core/read-csv.ts';
import { event } from '../../shared/domain/events.ts';
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { calendarNames, periodOf } from '../../shared/reports/calendars.ts';
import { childrenOf } from '../../shared/reports/children.ts';
import { cohortOf } from '../../shared/reports/cohort.ts';
import { differenceOf, splitOver } from '../../shared/reports/figures.ts';
import { type Measure, measureNamed } from '../../shared/reports/measures.ts';
import { identifyOver, type ReportParts, reportsCommand } from '../../shared/reports/reports-command.ts';
import { csvOfReport, figureWords, reportOn, rowsAt } from '../../shared/reports/whole-report.ts';
import { referral, referralId } from '../support/referral-builder.ts';
import { rowOf } from './rows.ts';

const period = periodOf('calendar-year', 2026);
const asOf = '2027-01-02T12:00:00.000Z';
const noon = '2026-11-10T15:00:00.000Z';
const measure = (id: string): Measure => {
  const found = measureNamed(id);
  if (!found) throw new Error(`There is no measure ${id}.`);
  return found;
};
const now = rowOf().now;
const boysAndGirls = (boys: number, girls: number): readonly FactRow[] =>
  Array.from({ length: boys + girls }, (_, index) =>
    rowOf({
      id: `CR-${index}`,
      region: 1 + (index % 2),
      now: { ...now, gender: index < boys ? 'boy' : 'girl' },
      absences: [
        {
          number: 1,
          missingSince: '2026-11-10T00:00:00Z',
          returnedAt: '2026-11-11T00:00:00Z',
          // Every third boy is screened, and every girl but one in four.
          ...((index < boys ? index % 3 === 0 : index % 4 !== 0) && { screenedAt: '2026-11-11T12:00:00Z' }),
        },
      ],
    }),
  );

describe('children', () => {
  test('are counted once over links that lead from one referral to the next', () => {
    const rows = [
      rowOf({ id: 'CR-1' }),
      rowOf({ id: 'CR-2', links: { earlier: ['CR-1'] } }),
      rowOf({ id: 'CR-3', stage: 'merged', links: { earlier: [], mergedInto: 'CR-2' } }),
      rowOf({ id: 'CR-4' }),
    ];
    expect(childrenOf(rows).map(({ referrals }) => referrals.map(({ id }) => id))).toEqual([
      ['CR-1', 'CR-2', 'CR-3'],
      ['CR-4'],
    ]);
    expect(childrenOf(rows.toReversed())).toEqual(childrenOf(rows));
  });

  test('are counted anew where a person takes a link back', () => {
    const rows = (earlier: string[]) => [rowOf({ id: 'CR-1' }), rowOf({ id: 'CR-2', links: { earlier } })];
    expect([childrenOf(rows(['CR-1'])).length, childrenOf(rows([])).length]).toEqual([1, 2]);
  });
});

describe('a difference', () => {
  test('says how many fewer boys than girls are screened on return, with its interval', () => {
    const asked = { period, asOf, by: 'gender', one: 'boy', other: 'girl' } as const;
    const found = differenceOf(measure('screened-on-return'), boysAndGirls(30, 40), asked);
    expect(found?.shares.map(({ count, of }) => [count, of])).toEqual([
      [10, 30],
      [30, 40],
    ]);
    expect(found?.difference).toBeCloseTo(10 / 30 - 30 / 40, 10);
    expect(found?.interval?.[1]).toBeLessThan(0);
  });

  test('has no case that is in the whole and in neither part, as of a referral made in error', () => {
    const duty = { id: 'D', rule: 'D3', kind: 'statute', class: 'now', status: 'kept' } as const;
    const times = { start: noon, dueByRule: noon, due: noon, keptAt: noon };
    const rows = boysAndGirls(3, 3).map((row, index) => ({
      ...row,
      duties: [{ ...duty, ...times }],
      ...(index === 0 && { stage: 'withdrawn' as const, withdrawnBecause: 'made-in-error' as const }),
    }));
    const kept = measure('on-time-law-now');
    const [whole] = reportOn(rows, { period, asOf, measures: [kept] }).figures;
    const { parts } = splitOver(kept, 'gender', cohortOf(rows, period, asOf));
    expect(whole).toMatchObject({ count: 5, of: 5 });
    expect(parts.map(({ value, figure }) => [value, figure.kind === 'share' && figure.of])).toEqual([
      ['boy', 2],
      ['girl', 3],
    ]);
  });

  test('of fewer than twenty cases is none', () => {
    const asked = { period, asOf, by: 'gender', one: 'boy', other: 'girl' } as const;
    expect(differenceOf(measure('screened-on-return'), boysAndGirls(5, 40), asked)).not.toHaveProperty('difference');
  });
});

describe('sealed referrals', () => {
  const period = periodOf('state-fiscal', 2027);
  const asOf = '2027-07-02T12:00:00.000Z';
  const rows = (sealed: number) =>
    boysAndGirls(10, 10).map((row, index) => (index < sealed ? { ...row, sealed: true } : row));

  test('are in no total and in no part, however many they are and whether the year has ended or not', () => {
    for (const at of [asOf, '2027-06-30T12:00:00.000Z']) {
      for (const name of calendarNames) {
        const of = periodOf(name, name.endsWith('fiscal') ? 2027 : 2026);
        const asked = { period: of, asOf: at, measures: [measure('referrals')], by: 'region' } as const;
        expect(reportOn(rows(8), asked)).toEqual(reportOn(rows(8).slice(8), asked));
      }
    }
  });

  test('are named in no figure, so that the totals and the parts do not tell which they are', () => {
    const report = reportOn(rows(6), { period, asOf, by: 'region' });
    const text = JSON.stringify(report);
    for (const id of ['CR-0', 'CR-5']) expect(text).not.toContain(`"${id}"`);
    expect(text).toContain('"CR-6"');
  });
});

describe('a watermark', () => {
  const story = referral({ danger: 'no', age: 15 }).run().after('PT2H').screen('high-risk').after('P3D');
  story.do('record-facts', { gender: 'boy' });
  const recorded = {
    id: referralId,
    commits: story.commits.map((commit) => ({ ...commit, policy: story.policy.version })),
  };

  test('gives the rows as they were then, whatever was recorded since', () => {
    const then = rowsAt([recorded], '2026-11-09T16:00:00.000Z', policyOf)[0];
    const later = rowsAt([recorded], '2026-11-20T00:00:00.000Z', policyOf)[0];
    expect([then?.screenings.length, later?.screenings.length]).toEqual([0, 1]);
    expect([then?.now.gender, later?.now.gender]).toEqual(['unknown', 'boy']);
    expect(rowsAt([recorded], '2026-11-01T00:00:00.000Z', policyOf)).toEqual([]);
  });
});

describe('npm run reports', () => {
  const written: Record<string, string> = {};
  const commits = [
    {
      seq: 1,
      at: '2026-11-09T15:00:00.000Z',
      actor: { kind: 'function', id: 'DOOR' } as const,
      policy: 'connecticut-2026.1',
      events: [event('referral-opened', firstEvent())],
    },
  ];
  const parts: ReportParts = {
    read: async () => ({ now: '2027-01-02T12:00:00.000Z', referrals: [{ id: 'CR-7F3KD-9QXMT2', commits }] }),
    write: (folder, name, text) => {
      written[`${folder}/${name}`] = text;
    },
    now: '2026-11-28T17:00:00.000Z',
    readFile(path) {
      const text = files[path];
      if (text === undefined) throw new Error(`No test has the file ${path}.`);
      return text;
    },
    async identify(api, id, purpose) {
      asked.push(`${api} ${id} ${purpose}`);
      return { childName: 'Juniper Example', birthDate: '2011-04-17' };
    },
  };
  const asked: string[] = [];
  const htcdsHead = 'cas_Status,cas_IncomingReferralDate,ct_Reference';
  const files: Readonly<Record<string, string>> = {
    good: `${htcdsHead}\nActive,2026-11-09,${referralId}\n`,
    wrong: `${htcdsHead},prs_Gender\nAktive,11/09/2026,${referralId},=Girl\n`,
    headless: 'Status of case\nActive\n',
    unclosed: '"cas_Status\n',
  };
  const run = (...words: string[]) => reportsCommand(words, parts);
  const year = ['figures', '--calendar', 'calendar-year', '--year', '2026'];

  function firstEvent() {
    const [opened] = referral().all('referral-opened');
    if (!opened) throw new Error('The story has no beginning.');
    const { type: _, v: __, ...data } = opened;
    return data;
  }

  test('prints every figure of a year, and writes it as JSON and CSV', async () => {
    const { status, out } = await run(...year, '--by', 'region', '--out', 'there');
    expect(status).toBe(0);
    expect(out).toMatch(/^children: 1$/m);
    const json = JSON.parse(written['there/calendar-year-2026.json'] ?? '') as { figures: { measure: string }[] };
    expect(json.figures.find((figure) => figure.measure === 'children')).toMatchObject({
      count: 1,
      asOf: '2027-01-02T12:00:00.000Z',
    });
    const rows = readCsv(written['there/calendar-year-2026.csv'] ?? '')?.map(({ cells }) => cells) ?? [];
    expect(rows[0]?.slice(0, 2)).toEqual(['measure', 'words']);
    expect(rows.find(([id, , , , , split]) => id === 'children' && split === '')?.[7]).toBe('1');
    expect(rows.find(([id, , , , , split]) => id === 'children' && split === 'region')?.slice(6, 8)).toEqual([
      '4',
      '1',
    ]);
  });

  test('says what a measure counts', async () => {
    expect((await run('definition', 'screened-on-return')).out).toMatch(/42 U\.S\.C\. 671\(a\)\(35\)\(A\)/);
    expect((await run('list')).out.split('\n').length).toBeGreaterThan(80);
  });

  test.each([
    [[...year, '--measure', 'nothing'], /no measure "nothing"/],
    [['definition', 'nothing'], /no measure "nothing"/],
    [['figures', '--year', '26'], /four digits/],
    [['figures', '--calendar', 'moon', '--year', '2026'], /no calendar "moon"/],
    [[...year, '--by', 'name'], /no split "name"/],
    [['figures', '--calendar', 'calendar-year', '--year', '2027'], /has not ended/],
    [[...year, '--as-of', 'yesterday'], /watermark as an instant/],
    [[...year, '--as-of', '2030-01-01T00:00:00Z'], /after the clock/],
    [[...year, '--nothing'], /--nothing/],
    [[...year, '--played', '2 years'], /length of the history/],
    [[...year, '--played', '2y', '--referrals', 'many'], /number of referrals/],
    [[], /Use:/],
  ])('refuses %j with one sentence, and writes nothing', async (words, sentence) => {
    const before = Object.keys(written).length;
    const { status, out, err } = await run(...words, '--out', 'elsewhere');
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
    expect(Object.keys(written).length).toBe(before);
  });

  test.each([
    ['needs', 'median_wait_days'],
    ['risk', 'indicator'],
    ['equity', 'unscreened-on-return'],
    ['spend', 'all lines'],
    ['load', 'interruptions a person a shift'],
    ['federal-total', 'identified, and in placement'],
  ])('prints %s, and writes it as CSV and JSON', async (name, text) => {
    const calendar = name === 'federal-total' ? 'federal-fiscal' : 'calendar-year';
    const { status, out } = await run(name, '--calendar', 'calendar-year', '--year', '2026', '--out', name);
    expect([status, out.includes(text)]).toEqual([0, true]);
    expect(readCsv(written[`${name}/${name}-${calendar}-2026.csv`] ?? '')?.[0]?.cells.slice(0, 2)).toEqual([
      'period',
      'as_of',
    ]);
    expect(JSON.parse(written[`${name}/${name}-${calendar}-2026.json`] ?? '')).toMatchObject({ id: name });
  });

  test('prints trends with the policy in force marked, and the two halves of a federal year', async () => {
    const trends = await run(
      'trends',
      '--calendar',
      'calendar-year',
      '--from',
      '2025',
      '--to',
      '2026',
      '--measure',
      'children',
    );
    expect(trends.out).toMatch(/calendar-year 2026 quarter 1 +0 .*policy connecticut-2026\.1 in force/);
    expect(trends.out).toMatch(/calendar-year 2026 quarter 4 +1/);
    expect((await run('afcars', '--year', '2026', '--half', '2')).status).toBe(0);
    expect((await run('evaluation', '--calendar', 'grant', '--year', '2025')).out).toMatch(/child-seen/);
    expect((await run('change', '--day', '2026-05-01', '--measure', 'held', '--so-far')).out).toMatch(/held/);
    expect((await run('change', '--policy', 'connecticut-2026.1', '--so-far')).out).toMatch(
      /policy connecticut-2026\.1 in force/,
    );
  });

  test('writes a file of HTCDS without names, and one with names only by reads that the API records', async () => {
    expect((await run('htcds', '--out', 'there/cases.csv')).out).toBe('1 cases, without names.\n');
    expect(written['there/cases.csv']).not.toMatch(/CR-|T\d\d:/);
    const named = await run(
      ...['htcds', '--api', 'http://api', '--purpose', 'quality-review', '--out', 'there/named.csv'],
    );
    expect([named.status, named.err]).toEqual([0, '']);
    expect(asked).toEqual([`http://api ${referralId} quality-review`]);
    expect(written['there/named.csv']).toMatch(/Juniper,Example/);
    expect(written['there/named.csv']).toContain(referralId);
  });

  test('checks a file of HTCDS, and writes a draft of each row', async () => {
    expect((await run('htcds-check', 'good')).out).toBe('1 cases, and nothing to correct.\n');
    const { err, status } = await run('htcds-check', 'wrong');
    expect([
      status,
      err
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ]).toEqual([2, ['Row 2, cas_Status', 'Row 2, cas_IncomingReferralDate', 'Row 2, prs_Gender']]);
    expect((await run('htcds-import', 'good', '--out', 'drafts')).status).toBe(0);
    expect(JSON.parse(written['drafts/draft-00001.json'] ?? '')).toMatchObject({
      revision: 1,
      content: { children: [{ priorIds: referralId }] },
    });
  });

  test.each([
    [['htcds-import', 'wrong'], /^Row 2, cas_Status/],
    [['htcds-import', 'headless'], /^Row 1, headings: The first row has no field of HTCDS 2.0/],
    [['htcds-check', 'unclosed'], /quote that is never closed/],
    [['htcds-check'], /Name the file/],
    [['htcds', '--purpose', 'quality-review'], /needs --purpose and --api/],
    [['htcds-identify', 'good'], /Use:/],
    [['htcds', '--dialect', 'latin'], /no dialect "latin"/],
    [['needs', '--year', '2026', '--by', 'name'], /no split "name"/],
    [['risk', '--year', '1926'], /four digits/],
    [['equity', '--calendar', 'calendar-year', '--year', '2027'], /has not ended/],
    [['federal-total', '--year', '2027'], /has not ended/],
    [['afcars', '--year', '2026'], /no half of a federal year ""/],
    [['afcars', '--year', '2027', '--half', '2'], /has not ended/],
    [['afcars', '--half', '1'], /four digits/],
    [['trends', '--from', '2026', '--to', '2025'], /earlier one first/],
    [['trends', '--from', '2025', '--to', '2026', '--step', 'month'], /no step "month"/],
    [['trends', '--from', '2025', '--to', '2026', '--measure', 'nothing'], /no measure "nothing"/],
    [['change', '--day', 'May'], /day of the change/],
    [['change', '--day', '2026-02-31'], /day of the change/],
    [['change', '--day', '2026-12-01'], /has not ended/],
    [['change', '--policy', 'none'], /no policy "none"/],
    [['load', '--year', '2026', '--played', '2y'], /sends no mail/],
    [['reconciliation', '--year', '2026', '--agency', 'A-NONE'], /no agency with a notice in this period "A-NONE"/],
  ])('refuses %j with one sentence, and writes nothing', async (words, sentence) => {
    const before = Object.keys(written).length;
    const { status, out, err } = await run(...words, '--out', 'elsewhere/file.csv');
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
    expect(Object.keys(written).length).toBe(before);
  });

  test('shows a year that runs, where it is asked for as it stands', async () => {
    expect((await run('figures', '--calendar', 'calendar-year', '--year', '2027', '--so-far')).out).toMatch(
      /^referrals: 0$/m,
    );
  });
});

test('a figure in words and in a table says the same', () => {
  const report = reportOn(boysAndGirls(30, 40), {
    period,
    asOf,
    measures: [measure('screened-on-return'), measure('time-to-seen')],
  });
  expect(report.figures.map(figureWords)).toEqual([
    '40 of 70 (57%, 45% to 68%)',
    '0 of 70 reached it, 70 wait, 0 ended otherwise, half within no time yet',
  ]);
  const rows = readCsv(csvOfReport(report))?.map(({ cells }) => cells) ?? [];
  expect(rows[1]?.slice(7, 9)).toEqual(['40', '70']);
  expect(rows[2]?.slice(-3)).toEqual(['not-reached', 'not-reached', 'not-reached']);
});

describe('who a child is, from the API', () => {
  test.each([
    ['http://127.0.0.1:9', 'The API could not be reached. Check its address, and whether it runs.'],
    ['nothing', 'Give the address of the API, such as http://127.0.0.1:3000.'],
  ])('is a sentence where there is no API at %s', async (api, sentence) => {
    await expect(identifyOver(api, 'CR-1', 'quality-review', 'a-token')).rejects.toThrow(sentence);
  });
});
