/** `npm run reports`: what it prints and writes, and what it refuses. */
import { describe, expect, test } from 'vitest';
import { type ReportParts, reportsCommand } from '../../shared/cli/reports-command.ts';
import { readCsv } from '../../shared/domain/core/read-csv.ts';
import { event } from '../../shared/domain/events.ts';
import { referral, referralId } from '../support/referral-builder.ts';

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
    write: (path, text) => {
      written[path] = String(text);
    },
    now: '2026-11-28T17:00:00.000Z',
    readFile(path) {
      const text = files[path];
      if (text === undefined) throw new Error(`No test has the file ${path}.`);
      return text;
    },
    async ask(api, path) {
      asked.push(`${api}${path}`);
      const body = { childName: 'Juniper Example', birthDate: '2011-04-17', narrative: 'Kept out.' };
      return path.includes('without-reason') ? { status: 403, body: {} } : { status: 200, body };
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
    expect((await run('definition', 'nothing')).err).toMatch(/no measure "nothing"/);
  });

  test.each([
    [[...year, '--measure', 'nothing'], /no measure "nothing"/],
    [['figures', '--year', '26'], /four digits/],
    [['figures', '--calendar', 'moon', '--year', '2026'], /no calendar "moon"/],
    [[...year, '--by', 'name'], /no split "name"/],
    [['figures', '--calendar', 'calendar-year', '--year', '2027'], /has not ended/],
    [[...year, '--as-of', 'yesterday'], /watermark as an instant/],
    [[...year, '--as-of', '2030-01-01T00:00:00Z'], /after the clock/],
    [[...year, '--nothing'], /no flag "--nothing" here: npm run reports -- figures/],
    [['risk', '--measure', 'children'], /no flag "--measure" here/],
    [[...year, '--played', '2 years'], /length of the history/],
    [[...year, '--played', '2y', '--referrals', 'many'], /number of referrals/],
    [[], /^Say what to do: list, definition, figures, needs, /],
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
    ['load', 'interruptions a person a shift'],
    ['federal-total', 'identified, and in placement'],
  ])('prints %s, and writes it as CSV and JSON', async (name, text) => {
    const calendar = name === 'federal-total' ? 'federal-fiscal' : 'calendar-year';
    const own = name === 'federal-total' ? [] : ['--calendar', calendar];
    const { status, out } = await run(name, ...own, '--year', '2026', '--out', name);
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
    expect((await run('evaluation', '--year', '2025')).out).toMatch(/child-seen/);
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
    expect(asked).toEqual([`http://api/api/v1/referrals/${referralId}/identities?purpose=quality-review`]);
    expect(written['there/named.csv']).not.toContain('Kept out');
    const refused = await run(...['htcds', '--api', 'http://api', '--purpose', 'without-reason', '--out', 'none.csv']);
    expect([refused.status, refused.err, written['none.csv']]).toEqual([
      2,
      `The API did not give who the child of ${referralId} is (403). Check your role, purpose and token.\n`,
      undefined,
    ]);
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
    [['htcds-import', 'unclosed'], /quote that is never closed/],
    [['htcds-import'], /write npm run reports -- htcds-import FILE/],
    [['htcds', '--purpose', 'quality-review'], /needs --purpose and --api/],
    [['htcds-identify', 'good'], /no command "htcds-identify"/],
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
