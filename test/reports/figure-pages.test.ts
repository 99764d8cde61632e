/** A hostile reader subtracts the figures of all pages, calendars, years and parts. They find no sealed child, and no figure that differs. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newYorkDate } from '../../shared/domain/policy/due.ts';
import { calendarNames, yearOf } from '../../shared/reports/calendars.ts';
import { figuresOf, pageNames, reportPage } from '../../shared/reports/figure-pages.ts';
import type { Figure, SplitName } from '../../shared/reports/figures.ts';
import { examplesOf, seedOf } from '../support/examples.ts';
import { randomRows } from './rows.ts';

const asOf = '2027-02-01T12:00:00.000Z';
/** Each child is in one part of these. */
const partitions = ['region', 'population', 'gender', 'age', 'language'] as const satisfies readonly SplitName[];

const numbersOf = (figure: Figure): readonly number[] => {
  if (figure.kind === 'count') return [figure.count];
  if (figure.kind === 'share') return [figure.count, figure.of - figure.count, figure.unknown];
  return [figure.reached, figure.competing, figure.waiting];
};

/** Every figure of every page, with the page that has it, by what it says that it is. */
function everyFigure(rows: Parameters<typeof reportPage>[1]) {
  const found = new Map<string, { readonly page: string; readonly numbers: readonly number[] }>();
  const differing: string[] = [];
  for (const calendar of calendarNames) {
    const last = yearOf(calendar, newYorkDate(asOf));
    for (const year of [last - 2, last - 1, last]) {
      for (const page of pageNames) {
        for (const by of page === 'equity' ? partitions : (['gender'] as const)) {
          const asked = { calendar, year, asOf, by, day: '2025-10-01' };
          for (const { figure, by: split = '', part = '' } of figuresOf(reportPage(page, rows, asked))) {
            const name = [figure.measure, figure.period, split, part].join('|');
            const numbers = numbersOf(figure);
            const before = found.get(name);
            if (before && String(before.numbers) !== String(numbers))
              differing.push(`${name}: ${page}, ${before.page}`);
            found.set(name, { page, numbers });
          }
        }
      }
    }
  }
  return { found, differing };
}

test('all pages agree, and each whole is the sum of its parts, so that nothing is left to subtract', () => {
  const oftenSealed = randomRows.map((rows) => rows.map((row, at) => (at % 2 === 0 ? { ...row, sealed: true } : row)));
  fc.assert(
    fc.property(oftenSealed, (rows) => {
      const { found, differing } = everyFigure(rows);
      expect(differing).toEqual([]);
      const partsOf = Map.groupBy(found, ([name]) => name.slice(0, name.lastIndexOf('|')));
      for (const [name, { numbers }] of found) {
        if (!name.endsWith('||')) continue;
        for (const by of partitions) {
          const parts = partsOf.get(`${name.slice(0, -1)}${by}`) ?? [];
          if (parts.length === 0) continue;
          const left = numbers.map((number, at) =>
            Math.abs(parts.reduce((rest, [, each]) => rest - (each.numbers[at] ?? 0), number)),
          );
          expect([name, by, left.filter((each) => each > 0)]).toEqual([name, by, []]);
        }
      }
    }),
    { numRuns: examplesOf(12), seed: seedOf(302) },
  );
});
