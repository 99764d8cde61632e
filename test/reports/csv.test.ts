/** Tables for spreadsheets, of which no cell is a formula. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from '../../shared/domain/core/read-csv.ts';
import { csvOf } from '../../shared/reports/csv.ts';
import { examplesOf, seedOf } from '../support/examples.ts';

test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r=1', '\n@x'])(
  'a text that begins as the formula %j is a text',
  (cell) => {
    const written = csvOf([[cell]]);
    expect(written.replace(/^"/, '').startsWith("'")).toBe(true);
  },
);

test('a number stands as it is, also a negative one', () => {
  expect(csvOf([[-0.25, 3, undefined, 'a,b', 'say "x"']])).toBe('-0.25,3,,"a,b","say ""x"""\r\n');
});

test('what is written is read again, cell by cell', () => {
  const cells = fc.string({ maxLength: 12 }).filter((text) => !/^[\s=+\-@]|\s$/.test(text) && text !== '');
  fc.assert(
    fc.property(fc.array(fc.array(cells, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
      expect(readCsv(csvOf(rows))?.map((row) => row.cells)).toEqual(rows.map((row) => row.map((cell) => cell.trim())));
    }),
    { numRuns: examplesOf(200), seed: seedOf(260) },
  );
});
