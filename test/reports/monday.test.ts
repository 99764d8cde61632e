/** The figures of Monday against another computation: slow, obvious, and written for this test alone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { mondayFigures, mondayMeasures, mondayReferrals, overdueByRule } from '../../shared/reports/monday.ts';
import { examplesOf, seedOf } from '../support/examples.ts';
import { randomRows, rowOf, watermarks } from './rows.ts';

const ms = (at: string | undefined): number => Date.parse(at ?? '');
const day = 86_400_000;

function isOpen(row: FactRow, at: number): boolean {
  if (row.sealed || ms(row.receivedAt) > at) return false;
  return row.stage === 'open' || ms(row.endedAt) > at;
}

/** Whether a need was refused by then for a reason that leaves it, and not met by then. */
function isMissing(need: FactRow['services'][number], at: number): boolean {
  if (ms(need.neededAt) > at || ms(need.startedAt) <= at) return false;
  for (const { at: then, reason } of need.declines)
    if (ms(then) <= at && reason !== 'no-longer-needed' && reason !== 'served-elsewhere') return true;
  return false;
}

/** Children by repeated marking over the open rows. */
function childrenAt(rows: readonly FactRow[], holds: (row: FactRow) => boolean): number {
  const mark = new Map(rows.map(({ id }) => [id, id]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { id, links } of rows)
      for (const other of [links.mergedInto, links.duplicateOf, ...links.earlier]) {
        const [mine, theirs] = [mark.get(id), mark.get(other ?? '')];
        if (mine === undefined || theirs === undefined || mine === theirs) continue;
        const [least = ''] = [mine, theirs].toSorted();
        mark.set(id, least).set(other ?? '', least);
        changed = true;
      }
  }
  return new Set(rows.filter(holds).map(({ id }) => mark.get(id))).size;
}

const slow: Readonly<Record<string, (rows: readonly FactRow[], at: number) => number>> = {
  'monday-new': (rows, at) => {
    let count = 0;
    for (const row of rows)
      if (!row.sealed && ms(row.receivedAt) <= at && ms(row.receivedAt) > at - 7 * day) count += 1;
    return count;
  },
  'monday-not-seen': (rows, at) => {
    let count = 0;
    for (const row of rows) if (isOpen(row, at) && !(ms(row.stages.seen) <= at)) count += 1;
    return count;
  },
  'monday-overdue-law': (rows, at) => {
    let count = 0;
    for (const row of rows) {
      if (!isOpen(row, at)) continue;
      for (const { kind, start, due, keptAt, status } of row.duties) {
        if (kind !== 'statute' || status === 'ended' || status === 'not-applicable') continue;
        if (ms(start) <= at && ms(due) <= at && !(ms(keptAt) <= at)) count += 1;
      }
    }
    return count;
  },
  'monday-no-bed': (rows, at) =>
    childrenAt(
      rows.filter((row) => isOpen(row, at)),
      ({ services }) => services.some((need) => need.service === 'safe-placement' && isMissing(need, at)),
    ),
  'monday-unmet': (rows, at) =>
    childrenAt(
      rows.filter((row) => isOpen(row, at)),
      ({ services }) => services.some((need) => isMissing(need, at)),
    ),
};

test('every figure of Monday has a second computation, and gives the same now and a week before', () => {
  expect(Object.keys(slow)).toEqual(mondayMeasures.map(({ id }) => id));
  fc.assert(
    fc.property(randomRows, watermarks, (rows, asOf) => {
      for (const { measure, count, weekBefore } of mondayFigures(rows, asOf)) {
        const at = ms(asOf);
        expect([measure, count, weekBefore]).toEqual([
          measure,
          slow[measure]?.(rows, at),
          slow[measure]?.(rows, at - 7 * day),
        ]);
      }
    }),
    { numRuns: examplesOf(40), seed: seedOf(257) },
  );
});

test('the parts of a figure by region and by rule add up to it, and its list names no sealed referral', () => {
  fc.assert(
    fc.property(randomRows, watermarks, (rows, asOf) => {
      const sum = (counts: readonly number[]) => counts.reduce((total, each) => total + each, 0);
      const sealed = new Set(rows.filter((row) => row.sealed).map(({ id }) => id));
      for (const { measure, count, byRegion } of mondayFigures(rows, asOf)) {
        expect(sum(Object.values(byRegion))).toBe(count);
        if (measure === 'monday-overdue-law')
          expect(sum(overdueByRule(rows, asOf).map((each) => each.count))).toBe(count);
      }
      for (const measure of mondayMeasures)
        expect(mondayReferrals(measure, rows, asOf).filter((id) => sealed.has(id))).toEqual([]);
    }),
    { numRuns: examplesOf(30), seed: seedOf(258) },
  );
});

test('a child refused by six providers counts once', () => {
  const declines = Array.from({ length: 6 }, () => ({
    at: '2026-11-10T00:00:00Z',
    reason: 'no-capacity' as const,
    by: 'provider' as const,
  }));
  const need = {
    service: 'safe-placement',
    status: 'declined',
    neededAt: '2026-11-09T15:00:00Z',
    outcomes: {},
  } as const;
  const [noBed] = mondayFigures([rowOf({ services: [{ ...need, declines }] })], '2026-11-12T00:00:00Z').slice(3);
  expect(noBed).toMatchObject({ measure: 'monday-no-bed', count: 1, weekBefore: 0 });
});
