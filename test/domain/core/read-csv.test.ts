import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from '../../../shared/domain/core/read-csv.ts';

test.each([
  [
    'a,b\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    '\uFEFFa,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a,b\rc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['"a, b",c', [['a, b', 'c']]],
  ['"say ""hi""",c', [['say "hi"', 'c']]],
  ['"two\nlines",c', [['two\nlines', 'c']]],
  ['"",c', [['', 'c']]],
  [' a , b ', [['a', 'b']]],
  [
    'a,,\n\n,,\nb,,',
    [
      ['a', '', ''],
      ['b', '', ''],
    ],
  ],
  ['', []],
])('%j', (text, cells) => {
  expect(readCsv(text)?.map((row) => row.cells)).toEqual(cells);
});

test('each row knows the line it begins in, past empty rows and quoted line breaks', () => {
  expect(readCsv('a\n\n"b\nc"\r\nd')?.map(({ line }) => line)).toEqual([1, 3, 5]);
});

test('a quote that is never closed makes it no table', () => {
  expect(readCsv('a,"b\nc,d')).toBeUndefined();
});

test('whatever is written with quotes is read back as it was', () => {
  const cell = fc.string().map((text) => text.trim().replaceAll(/\r\n?/g, '\n').trim());
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(rows, fc.constantFrom('\n', '\r\n'), (table, end) => {
      const text = table.map((cells) => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join(end);
      const filled = table.filter((cells) => cells.some((each) => each !== ''));
      expect(readCsv(text)?.map(({ cells }) => cells)).toEqual(filled);
    }),
  );
});
