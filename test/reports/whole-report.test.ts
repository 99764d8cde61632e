/** A report: its figures, parts, tables and words. */
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../shared/domain/core/read-csv.ts';
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { calendarNames, periodOf } from '../../shared/reports/calendars.ts';
import { childrenOf } from '../../shared/reports/children.ts';
import { cohortOf } from '../../shared/reports/cohort.ts';
import { differenceOf, splitOver } from '../../shared/reports/figures.ts';
import { type Measure, measureNamed } from '../../shared/reports/measures.ts';
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
