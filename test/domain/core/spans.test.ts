import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIn, joined, type Span } from '../../../shared/domain/core/spans.ts';

const at = (hour: number): string => new Date(Date.UTC(2026, 10, 1) + hour * 3_600_000).toISOString();
const span = (from: number, before: number): Span => ({ from: at(from), before: at(before) });

describe('joined spans', () => {
  it.each<[what: string, given: readonly Span[], found: readonly Span[]]>([
    ['none', [], []],
    ['one that follows the other', [span(2, 4), span(0, 2)], [span(0, 4)]],
    ['one within the other', [span(0, 9), span(3, 4)], [span(0, 9)]],
    ['a gap of an hour', [span(0, 2), span(3, 4)], [span(3, 4), span(0, 2)]],
    ['the same twice', [span(1, 2), span(1, 2)], [span(1, 2)]],
  ])('%s', (_, given, found) => {
    expect(joined(given)).toEqual(found);
  });

  it('hold the same hours, and none twice', () => {
    const spans = fc.array(
      fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 12 })).map(([from, hours]) => span(from, from + hours)),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(spans, (given) => {
        const found = joined(given);
        for (let hour = 0; hour < 54; hour += 1) {
          const holders = (of: readonly Span[]) => of.filter((each) => isIn(each, at(hour + 0.5))).length;
          expect(holders(found)).toBe(Math.min(1, holders(given)));
        }
      }),
    );
  });
});
