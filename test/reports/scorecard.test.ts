/** The scorecard: fifteen computed measures, their aims, and that nothing unknown becomes a number. */
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../shared/domain/core/read-csv.ts';
import { services } from '../../shared/domain/core/vocabulary.ts';
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { periodOf } from '../../shared/reports/calendars.ts';
import { cohortOf } from '../../shared/reports/cohort.ts';
import { reportPage } from '../../shared/reports/figure-pages.ts';
import type { ListedProvider } from '../../shared/reports/needs.ts';
import { csvOfPage, pageFile } from '../../shared/reports/page-files.ts';
import { practices, type Score, type Standing, scorecard } from '../../shared/reports/scorecard.ts';
import { rowOf } from './rows.ts';

const asOf = '2026-11-09T15:00:00.000Z';
const year = (number: number, rows: readonly FactRow[]) => cohortOf(rows, periodOf('state-fiscal', number), asOf);

const cardOf = (
  rows: readonly FactRow[] = [],
  listed: readonly ListedProvider[] = [],
  standing?: Standing,
): ReadonlyMap<string, Score> =>
  new Map(
    scorecard({ now: year(2026, rows), before: year(2025, rows), asOf, listed, standing }).map((score) => [
      score.id,
      score,
    ]),
  );

const caseworkers = (count: number, of: number): Standing => ({
  now: { caseworkers: { count, of, unknown: 0 } },
  before: {},
});
const provider = (more: Partial<ListedProvider> = {}): ListedProvider => ({
  id: 'PV-1',
  service: 'education',
  regions: ['1'],
  languages: ['english'],
  retired: false,
  ...more,
});
const place = (more: object = {}) => ({
  kind: 'hospital' as const,
  town: 'Hartford',
  openings: 1,
  openUntil: '2026-12-01',
  ...more,
});
/** Referrals of state fiscal year 2026, each a child of its own. */
const many = (count: number, more: (index: number) => Partial<FactRow>): readonly FactRow[] =>
  Array.from({ length: count }, (_, index) =>
    rowOf({ id: `CR-${index}`, receivedAt: '2026-01-05T15:00:00.000Z', ...more(index) }),
  );

describe('the scorecard', () => {
  test('has three measures of each practice, and each says what it counts and where its evidence is', () => {
    const scores = [...cardOf().values()];
    for (const practice of practices) expect(scores.filter((score) => score.practice === practice)).toHaveLength(3);
    for (const { counts, evidence } of scores) {
      expect(counts).toMatch(/\S/);
      expect(evidence).toMatch(/^\//);
    }
  });

  test('says "not recorded" where no one recorded anything, and never 0 of 0', () => {
    const card = cardOf();
    for (const id of ['caseworkers-current', 'careline-current', 'schools-current', 'agreements-in-force'])
      expect(card.get(id)?.kind).toBe('not-recorded');
  });

  test.each([
    ['at least', 18, 0],
    ['short of it', 9, 0.45],
  ])('says how far a share is from its aim: %s', (_, current, gap) => {
    const score = cardOf([], [], caseworkers(current, 20)).get('caseworkers-current');
    expect(score?.gap).toBeCloseTo(gap, 9);
  });

  test('has no percentage and no gap below twenty', () => {
    const score = cardOf([], [], caseworkers(9, 19)).get('caseworkers-current');
    expect(score).toMatchObject({ kind: 'share', share: { count: 9, of: 19 } });
    expect(score?.gap).toBeUndefined();
  });

  test('counts each service in each of the six regions, without retired providers', () => {
    const listed = [provider({ regions: ['1', '2'] }), provider({ id: 'PV-2', service: 'legal', retired: true })];
    expect(cardOf([], listed).get('services-listed')).toMatchObject({ share: { count: 2, of: services.length * 6 } });
  });

  test.each([
    ['today', asOf, 1],
    ['180 days ago', '2026-05-13T15:00:00.000Z', 1],
    ['a second longer ago', '2026-05-13T14:59:59.000Z', 0],
    ['never', undefined, 0],
  ])('a listing that was last said %s is verified or not', (_, saidAt, count) => {
    const listed = [provider(saidAt === undefined ? {} : { saidAt }), provider({ retired: true, saidAt: asOf })];
    expect(cardOf([], listed).get('listings-verified')).toMatchObject({ share: { count, of: 1 } });
  });

  test('counts a hospital that gives two services once, by its protocol on the New York day', () => {
    const hospital = place({ protocolUntil: '2026-11-09' });
    const listed = [
      provider({ place: hospital }),
      provider({ service: 'medical-nonacute', place: hospital }),
      provider({ id: 'PV-2', place: place({ protocolUntil: '2026-11-08' }) }),
      provider({ id: 'PV-3', place: place() }),
    ];
    expect(cardOf([], listed).get('protocols-in-force')).toMatchObject({ share: { count: 1, of: 3 } });
  });

  test('counts interviews at centers, and a place that is not listed as not known', () => {
    const rows = many(3, (index) => ({ interviewedAt: [['PV-1'], ['PV-2'], ['PV-GONE']][index] ?? [] }));
    const listed = [provider({ place: place({ kind: 'advocacy-center' }) }), provider({ id: 'PV-2', place: place() })];
    const score = cardOf(rows, listed).get('interviews-at-centers');
    expect(score).toMatchObject({ share: { count: 1, of: 2, unknown: 1 }, before: { count: 0, of: 0 } });
  });

  test('no interview of a sealed or merged referral is in it', () => {
    const rows = [
      ...many(1, () => ({ sealed: true, interviewedAt: ['PV-1'] })),
      rowOf({ id: 'CR-M', receivedAt: '2026-01-05T15:00:00.000Z', stage: 'merged', interviewedAt: ['PV-1'] }),
    ];
    const score = cardOf(rows, [provider({ place: place({ kind: 'advocacy-center' }) })]).get('interviews-at-centers');
    expect(score).toMatchObject({ share: { count: 0, of: 0, unknown: 0 } });
  });

  test('compares boys and girls of the year and of the year before', () => {
    const absence = { number: 1, missingSince: '2026-02-01T00:00:00Z', returnedAt: '2026-02-02T00:00:00Z' };
    const rows = many(40, (index) => ({
      now: { ...rowOf().now, gender: index < 20 ? 'boy' : 'girl' },
      absences: [index < 20 ? absence : { ...absence, screenedAt: '2026-02-02T01:00:00Z' }],
    }));
    const score = cardOf(rows).get('unscreened-boys-minus-girls');
    expect(score).toMatchObject({ kind: 'difference', difference: { difference: 1 } });
    expect(score).not.toHaveProperty('before.difference');
  });
});

test('the page, its file and its table have the same fifteen', () => {
  const asked = { calendar: 'state-fiscal', year: 2026, asOf, by: 'gender', day: '2026-01-01' } as const;
  const listed = [provider({ saidAt: asOf })];
  const caseworkers = { count: 18, of: 20, unknown: 0 };
  const page = reportPage('scorecard', [], asked, {
    listed,
    standing: { now: { caseworkers }, before: { caseworkers } },
  });
  const { scores = [] } = pageFile(page);
  expect(scores).toHaveLength(15);
  expect(scores.find(({ id }) => id === 'listings-verified')).toMatchObject({ now: { count: 1, of: 1 }, atLeast: 0.9 });
  const csv = csvOfPage(page);
  for (const { id } of scores) expect(csv).toContain(id);
  const [heads = [], ...rows] = (readCsv(csv) ?? []).map(({ cells }) => cells);
  const cellsOf = (row: readonly string[], ...names: readonly string[]) =>
    names.map((name) => row[heads.indexOf(name)] ?? '');
  // Each row says in words what it counts, and of which year or day it is.
  for (const { id, words, span } of scores) {
    const [now, before] = rows.filter(([measure]) => measure === id);
    const periods = span === 'year' ? ['state-fiscal 2026', 'state-fiscal 2025'] : ['', ''];
    expect(cellsOf(now ?? [], 'words', 'period', 'as_of')).toEqual([words, periods[0], asOf]);
    if (!before) continue;
    const day = span === 'year' ? asOf : '2025-11-09T15:00:00.000Z';
    expect(cellsOf(before, 'words', 'period', 'as_of', 'part')).toEqual([words, periods[1], day, 'year before']);
  }
  expect(JSON.stringify(pageFile(page))).not.toContain('CR-');
});
