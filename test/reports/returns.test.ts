/** The returns that law asks for, each against another computation: slow, obvious, and written for this test alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { periodOf } from '../../shared/reports/calendars.ts';
import { cohortOf } from '../../shared/reports/cohort.ts';
import { figureOf } from '../../shared/reports/figures.ts';
import { measureNamed } from '../../shared/reports/measures.ts';
import {
  afcarsOf,
  afcarsPeriod,
  afcarsTables,
  agenciesIn,
  answersIn,
  federalTotal,
  federalTotalTable,
  reconciliationHeadings,
  reconciliationTable,
  toldTo,
} from '../../shared/reports/returns.ts';
import { examplesOf, seedOf } from '../support/examples.ts';
import { randomRows, rowOf, watermarks } from './rows.ts';
import { dateOf, isOwn, ms, slowChildren } from './slow.ts';

const lastOutcome = (rows: readonly FactRow[]): string | undefined => {
  let last: FactRow['screenings'][number] | undefined;
  for (const row of rows) for (const each of row.screenings) if (!last || ms(each.at) >= ms(last.at)) last = each;
  return last?.outcome;
};
const inCare = (rows: readonly FactRow[]): boolean =>
  rows.some(
    ({ now, enteredCareAt }) =>
      now.population === 'in-dcf-care' ||
      now.legalStatus === 'committed' ||
      now.legalStatus === 'order-of-temporary-custody' ||
      enteredCareAt !== undefined,
  );
const day = '2026-01-15T12:00:00.000Z';
const confirmed = { number: 1, at: day, outcome: 'confirmed', definitionBasis: 'tvpa' } as const;
const victim = (more: Partial<FactRow>): FactRow =>
  rowOf({
    receivedAt: day,
    screenings: [confirmed],
    careTiming: 'before-care',
    ...more,
    now: { ...rowOf().now, population: 'in-dcf-care', ...more.now },
  });

describe('the federal total', () => {
  test('is the children who were identified, of whom a referral says that they are in care', () => {
    fc.assert(
      fc.property(randomRows, watermarks, (all, asOf) => {
        const rows = all.filter(({ sealed }) => !sealed);
        const period = periodOf('federal-fiscal', 2026);
        const identified = slowChildren(rows, '2025-10-01', '2026-10-01').filter(
          ({ own }) => lastOutcome(own) === 'confirmed',
        );
        const unknown = identified.filter(
          ({ own }) => !inCare(own) && own.every(({ now }) => now.population === 'unknown'),
        );
        expect(federalTotal(all, period, asOf)).toEqual({
          total: identified.filter(({ own }) => inCare(own)).length,
          careUnknown: unknown.length,
        });
      }),
      { numRuns: examplesOf(80), seed: seedOf(290) },
    );
  });

  test('has no sealed victim, and its table says who adds them', () => {
    const rows = Array.from({ length: 12 }, (_, index) => victim({ id: `CR-${index}`, sealed: index >= 4 }));
    const asked = [rows, periodOf('federal-fiscal', 2026), '2026-11-01T00:00:00Z'] as const;
    expect(federalTotal(...asked).total).toBe(4);
    expect(federalTotalTable(...asked).notes.join(' ')).toContain('Those who may see them add them by hand.');
  });

  test('also has children under supervision at home, whom the measure of care leaves out', () => {
    const rows = [
      victim({ id: 'CR-1', now: { ...rowOf().now, population: 'living-at-home', legalStatus: 'open-in-home' } }),
      victim({ id: 'CR-2' }),
      victim({ id: 'CR-3', now: { ...rowOf().now, population: 'unknown' } }),
      victim({ id: 'CR-4', now: { ...rowOf().now, population: 'living-at-home', legalStatus: 'none' } }),
    ];
    const [period, asOf] = [periodOf('federal-fiscal', 2026), '2026-11-01T00:00:00Z'];
    expect(federalTotal(rows, period, asOf)).toEqual({ total: 2, careUnknown: 1 });
    expect(federalTotalTable(rows, period, asOf).rows.map((cells) => cells[1])).toEqual([2, 1]);
    const inCareNow = measureNamed('identified-victims-in-care');
    expect(inCareNow && figureOf(inCareNow, cohortOf(rows, period, asOf))).toMatchObject({ count: 1 });
  });
});

describe('the elements of AFCARS', () => {
  test('are of each child in care whose facts suffice, and the others are listed by their referrals', () => {
    fc.assert(
      fc.property(randomRows, watermarks, fc.constantFrom(1 as const, 2 as const), (rows, asOf, half) => {
        const period = afcarsPeriod(2026, half);
        const { children, unknown } = afcarsOf(rows, period, asOf);
        const expected: Record<string, readonly (string | undefined)[]> = {};
        const lacking: string[] = [];
        for (const { own: upTo } of slowChildren(rows, '0000-01-01', period.before)) {
          const own = upTo.filter(isOwn);
          if (!inCare(own)) continue;
          const outcome = lastOutcome(own);
          let timing = 'unknown';
          for (const { careTiming } of own) if (careTiming !== 'unknown') timing = careTiming;
          const isUnclear = outcome === 'confirmed' && (timing === 'unknown' || timing === 'never-in-care');
          if (outcome === undefined || outcome === 'insufficient-info' || isUnclear) {
            lacking.push(...own.map(({ id }) => id));
            continue;
          }
          const days: string[] = [];
          for (const { policeNotices } of own)
            for (const { at, covers } of policeNotices)
              if (ms(at) <= ms(asOf) && covers.some((each) => each !== 'missing')) days.push(dateOf(at));
          const first = days.toSorted()[0];
          const told = [first === undefined ? 'no' : 'yes', first] as const;
          const isVictim = outcome === 'confirmed';
          const before =
            isVictim && timing !== 'during-care' ? (['yes', ...told] as const) : ['no', undefined, undefined];
          const during =
            isVictim && timing !== 'before-care' ? (['yes', ...told] as const) : ['no', undefined, undefined];
          const least = upTo.map(({ id }) => id);
          expected[least.join()] = [...before, ...during];
        }
        expect(children.map(({ e106, e107, e108, e109, e110, e111 }) => [e106, e107, e108, e109, e110, e111])).toEqual(
          Object.values(expected),
        );
        expect(unknown.map(({ referralId }) => referralId).toSorted()).toEqual(lacking.toSorted());
      }),
      { numRuns: examplesOf(120), seed: seedOf(291) },
    );
  });

  test('ask whether the police were told of the exploitation, and not of a missing child', () => {
    const notice = (covers: FactRow['policeNotices'][number]['covers']) => ({ at: day, agency: 'A-ONE', covers });
    const elements = (more: Partial<FactRow>) =>
      afcarsOf([victim(more)], afcarsPeriod(2026, 1), '2026-11-01T00:00:00Z').children[0];
    expect(elements({ policeNotices: [notice(['missing'])] })).toMatchObject({ e106: 'yes', e107: 'no', e109: 'no' });
    expect(elements({ policeNotices: [notice(['identified'])] })).toMatchObject({ e107: 'yes', e108: '2026-01-15' });
    expect(elements({ careTiming: 'before-and-during-care' })).toMatchObject({ e106: 'yes', e109: 'yes', e110: 'no' });
  });

  test('have half a federal year each, and a table of two files', () => {
    expect(afcarsPeriod(2026, 1)).toMatchObject({ from: '2025-10-01', before: '2026-04-01' });
    expect(afcarsPeriod(2026, 2)).toMatchObject({ from: '2026-04-01', before: '2026-10-01' });
    const rows = [
      victim({ id: 'CR-1' }),
      victim({ id: 'CR-2', careTiming: 'unknown' }),
      victim({ id: 'CR-3', screenings: [] }),
    ];
    const [elements, lacking] = afcarsTables(rows, afcarsPeriod(2026, 1), '2026-11-01T00:00:00Z');
    expect(elements.rows).toEqual([['CR-1', 'yes', 'no', undefined, 'no', undefined, undefined]]);
    expect(lacking.rows.map(([id]) => id)).toEqual(['CR-2', 'CR-3']);
    for (const [, sentence] of lacking.rows) expect(String(sentence)).toMatch(/\.$/);
  });
});

describe('the list for a police agency', () => {
  const period = periodOf('state-fiscal', 2026);

  test('has each notice to it in the year, oldest first, and no sealed or mistaken referral', () => {
    fc.assert(
      fc.property(randomRows, watermarks, (rows, asOf) => {
        for (const agency of ['A-ONE', 'A-TWO']) {
          const expected: string[] = [];
          for (const row of rows) {
            if (row.sealed || row.withdrawnBecause === 'made-in-error') continue;
            for (const { at, agency: told } of row.policeNotices) {
              const on = dateOf(at);
              const isDue = told === agency && ms(at) <= ms(asOf) && on >= '2025-07-01' && on < '2026-07-01';
              if (isDue) expected.push(`${on} ${row.id}`);
            }
          }
          const found = toldTo(rows, agency, period, asOf).map(({ day: on, referralId }) => `${on} ${referralId}`);
          expect(found).toEqual(expected.toSorted());
          expect(agenciesIn(rows, period, asOf).includes(agency)).toBe(expected.length > 0);
        }
      }),
      { numRuns: examplesOf(80), seed: seedOf(292) },
    );
  });

  const notice = { at: day, agency: 'A-ONE', covers: ['state', 'local'] } as const;
  const rows = ['CR-1', 'CR-2', 'CR-3'].map((id) =>
    rowOf({ id, receivedAt: day, policeNotices: [{ ...notice, covers: [...notice.covers] }] }),
  );
  const asked = { agency: 'A-ONE', period, asOf: '2026-09-01T00:00:00Z' };

  test('is sent without answers, and comes back with each matched, unknown or not answered', () => {
    expect(reconciliationTable(rows, asked).rows).toEqual([
      ['CR-1', '2026-01-15', 'state local', undefined, undefined],
      ['CR-2', '2026-01-15', 'state local', undefined, undefined],
      ['CR-3', '2026-01-15', 'state local', undefined, undefined],
    ]);
    const back = [
      [...reconciliationHeadings],
      ['CR-1', '2026-01-15', 'state local', '26-1234', ''],
      ['CR-2', '2026-01-15', 'state local', 'none', ''],
      ['CR-3', '2026-01-15', 'state local', '', ''],
    ];
    const { answers, problems } = answersIn(back, ['CR-1', 'CR-2', 'CR-3']);
    expect(problems).toEqual([]);
    const cells = reconciliationTable(rows, asked, answers).rows.map((row) => row.slice(3));
    expect(cells).toEqual([
      ['26-1234', 'matched'],
      ['none', 'unknown'],
      [undefined, 'not-answered'],
    ]);
  });

  test.each([
    [[['ref', 'agency_number']], /^Row 1: the columns reference and agency_number are needed/],
    [[[...reconciliationHeadings], ['CR-9', '', '', '1']], /^Row 2, reference: it is not in the list/],
    [
      [[...reconciliationHeadings], ['CR-1', '', '', '1'], ['CR-1', '', '', '2']],
      /^Row 3, reference: it is answered twice/,
    ],
    [[[...reconciliationHeadings], ['CR-1', '', '', '=1+1']], /^Row 2, agency_number: it reads as a formula/],
    [[[...reconciliationHeadings], ['CR-1', '', '', '1'.repeat(41)]], /longer than 40 characters/],
  ])('of answers with a mistake says its row and field: %j', (lines, sentence) => {
    expect(answersIn(lines, ['CR-1']).problems[0]).toMatch(sentence);
  });
});
