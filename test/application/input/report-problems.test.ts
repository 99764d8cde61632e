import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportProblems } from '../../../shared/application/input/report-problems.ts';
import { problemsOf, reportInput } from '../../../shared/domain/intake/report.ts';

const now = '2026-11-09T15:00:00.000Z';
const pathsOf = (input: unknown) => reportProblems(input, now).map(({ path }) => path);
const right = { narrative: 'Words.', children: [{ danger: 'no' }] };

describe('the problems of a report', () => {
  test('are none where the report is right', () => {
    expect(reportProblems(right, now)).toEqual([]);
  });

  test('come all at once: in fields, in contradicting pairs and in future dates', () => {
    const children = [
      { approximateAge: { from: 17, to: 12 }, birthDate: '2027-01-01', gender: 'x' },
      { danger: 'no', lastAssaultAt: '2027-01-01T10:00:00Z', fax: 1 },
      7,
      { danger: 'no', approximateAge: { from: 9, to: 8 } },
    ];
    expect(pathsOf({ receivedAt: '2027-01-01T10:00:00Z', channel: 'owl', fax: 1, children }).toSorted()).toEqual([
      'channel',
      'children[0].approximateAge',
      'children[0].birthDate',
      'children[0].danger',
      'children[0].gender',
      'children[1].fax',
      'children[1].lastAssaultAt',
      'children[2]',
      'children[3].approximateAge',
      'fax',
      'narrative',
      'receivedAt',
    ]);
  });

  test('name a field that stands in the wrong place once, where it stands', () => {
    expect(pathsOf({ ...right, danger: 'no' })).toEqual(['danger']);
    expect(pathsOf({ ...right, children: [{ danger: 'no', narrative: 'Words.' }] })).toEqual(['children[0].narrative']);
  });

  test("include a child in the department's care who is said to be no client of it", () => {
    const of = (child: object) => pathsOf({ ...right, children: [{ danger: 'no', dcfClient: 'no', ...child }] });
    for (const care of [{ population: 'in-dcf-care' }, { legalStatus: 'committed' }]) {
      expect(of(care)).toEqual(['children[0].dcfClient']);
      expect(of({ ...care, dcfClient: 'unknown' })).toEqual([]);
    }
    expect(of({ population: 'left-dcf-care', legalStatus: 'open-in-home' })).toEqual([]);
  });

  test.each([undefined, null, 7, [], 'report'])('are one for %j', (input) => {
    expect(reportProblems(input, now)).toHaveLength(1);
  });

  test('include no child or too many', () => {
    const ahead = { ...right, receivedAt: '2027-01-01T10:00:00Z' };
    for (const children of [undefined, 7, [], Array.from({ length: 21 }, () => ({ danger: 'no' }))]) {
      expect(pathsOf({ ...ahead, children })).toEqual(['children', 'receivedAt']);
    }
  });
});

test('any report has problems exactly where it cannot be taken', () => {
  const value = fc.oneof(
    fc.constantFrom<unknown>('no', 'unknown', '2027-01-01', '2027-01-01T10:00:00Z', 7, []),
    fc.anything(),
  );
  const fields = (schema: { readonly shape: object }) =>
    fc.dictionary(fc.constantFrom(...Object.keys(schema.shape), 'fax'), value);
  const child = fc.oneof(fields(reportInput.shape.children.element), fc.constant(right.children[0]), fc.anything());
  const report = fc.record(
    { narrative: value, receivedAt: value, fax: value, children: fc.array(child, { maxLength: 3 }) },
    { requiredKeys: ['children'] },
  );
  fc.assert(
    fc.property(report, (input) => {
      const parsed = reportInput.safeParse(input);
      const wrong = !parsed.success || problemsOf(parsed.data, now).length > 0;
      const paths = pathsOf(input);
      expect(paths.length > 0).toBe(wrong);
    }),
    { numRuns: 300 },
  );
});
