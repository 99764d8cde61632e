/** Each table against another computation: slow, obvious, and written for this test alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SentNoise } from '../../shared/domain/alerts/noise.ts';
import { readCsv } from '../../shared/domain/core/read-csv.ts';
import { indicatorTopics, services } from '../../shared/domain/core/vocabulary.ts';
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { calendarNames, type Period, periodOf } from '../../shared/reports/calendars.ts';
import { equityMeasures, equityOf, equityTable, others } from '../../shared/reports/equity.ts';
import { beforeAndAfter, changeTable, targetsTable, verdictOn } from '../../shared/reports/evaluation.ts';
import { splitNames } from '../../shared/reports/figures.ts';
import { loadOf, loadTable } from '../../shared/reports/load.ts';
import { type Measure, measureNamed, measures } from '../../shared/reports/measures.ts';
import { gapKinds, type ListedProvider, needsTable } from '../../shared/reports/needs.ts';
import { csvOfTable, type Table, textOfTable } from '../../shared/reports/report-tables.ts';
import { riskTable } from '../../shared/reports/risk.ts';
import { baselines, targets } from '../../shared/reports/targets.ts';
import { trendOf, trendTable } from '../../shared/reports/trends.ts';
import { examplesOf, seedOf } from '../support/examples.ts';
import { randomRows, rowOf, watermarks } from './rows.ts';
import { dateOf, isOwn, ms, type SlowChild, slowChildren } from './slow.ts';

const runs = (seed: number, count = 80) => ({ numRuns: examplesOf(count), seed: seedOf(seed) });
const periods = fc
  .constantFrom(...calendarNames)
  .chain((calendar) => fc.constantFrom(periodOf(calendar, 2025), periodOf(calendar, 2026)));
const named = (id: string): Measure => {
  const found = measureNamed(id);
  if (!found) throw new Error(`There is no measure ${id}.`);
  return found;
};
const cellsOf = ({ headings, rows }: Table, first: string, second?: string) => {
  const found = rows.find((cells) => cells[0] === first && (second === undefined || cells[1] === second)) ?? [];
  return Object.fromEntries(headings.map((heading, index) => [heading, found[index]]));
};
const childrenIn = (rows: readonly FactRow[], { from, before }: Period) => slowChildren(rows, from, before);

describe('needs', () => {
  const listed: readonly ListedProvider[] = [
    { service: 'medical-nonacute', regions: ['1', '2'], languages: ['english'], retired: false },
    { service: 'medical-nonacute', regions: ['3'], languages: ['spanish', 'english'], retired: false },
    { service: 'medical-acute-forensic', regions: ['1'], languages: ['spanish'], retired: true },
  ];
  const reasons: Readonly<Record<string, string>> = {
    'no-provider': 'none-listed',
    'no-capacity': 'no-capacity',
    'waiting-list': 'wait',
    'not-eligible': 'wrong-fit',
  };

  /** The kinds of gap of one child, need by need and decline by decline. */
  function gapsSlowly({ own }: SlowChild, service: string): ReadonlySet<string> {
    const found = new Set<string>();
    for (const row of own.filter(isOwn)) {
      const need = row.services.find((each) => each.service === service);
      if (need === undefined || need.startedAt !== undefined) continue;
      const serious = need.declines.filter(
        ({ reason }) => reason !== 'no-longer-needed' && reason !== 'served-elsewhere',
      );
      if (serious.length === 0) continue;
      for (const { reason } of serious) if (reasons[reason] !== undefined) found.add(reasons[reason] ?? '');
      const near = listed.filter(
        (each) =>
          each.service === service &&
          !each.retired &&
          (row.region === undefined || each.regions.includes(String(row.region))),
      );
      const speaks = near.some(({ languages }) => languages.includes(row.childLanguage));
      if (['spanish', 'portuguese'].includes(row.childLanguage) && near.length > 0 && !speaks) found.add('language');
    }
    return found;
  }

  test('count children with each kind of gap, in the state and in each region', () => {
    fc.assert(
      fc.property(randomRows, periods, watermarks, (rows, period, asOf) => {
        const table = needsTable(rows, { period, asOf }, listed);
        const children = childrenIn(rows, period);
        for (const service of services.slice(0, 5)) {
          for (const region of ['all', '1', '2', 'unknown']) {
            const here = children.filter(
              ({ own }) => region === 'all' || String(own.at(-1)?.region ?? 'unknown') === region,
            );
            const cells = cellsOf(table, service, region);
            if (here.length === 0 && region !== 'all') {
              expect(cells.of).toBeUndefined();
              continue;
            }
            const needing = here.filter(({ own }) =>
              own.some((row) => isOwn(row) && row.services.some((each) => each.service === service)),
            );
            expect([service, region, cells.of]).toEqual([service, region, needing.length]);
            for (const kind of gapKinds) {
              const count = here.filter((child) => gapsSlowly(child, service).has(kind)).length;
              expect([service, region, kind, cells[kind]]).toEqual([service, region, kind, count]);
            }
          }
        }
      }),
      runs(270),
    );
  });

  test('stand beside what is listed, without the retired', () => {
    const table = needsTable(
      [rowOf({ region: 3 })],
      { period: periodOf('calendar-year', 2026), asOf: '2027-01-02T00:00:00Z' },
      listed,
    );
    expect(cellsOf(table, 'medical-nonacute', 'all')).toMatchObject({ providers_listed: 2, regions_served: 3 });
    expect(cellsOf(table, 'medical-nonacute', '3')).toMatchObject({ providers_listed: 1 });
    expect(cellsOf(table, 'medical-acute-forensic', 'all')).toMatchObject({ providers_listed: 0 });
  });

  test('of one child refused six times are one', () => {
    const decline = { at: '2026-11-10T00:00:00.000Z', reason: 'no-capacity', by: 'provider' } as const;
    const need = { service: 'education', status: 'needed', neededAt: decline.at, outcomes: {} } as const;
    const row = rowOf({ services: [{ ...need, declines: Array.from({ length: 6 }, () => decline) }] });
    const table = needsTable([row], { period: periodOf('calendar-year', 2026), asOf: '2027-01-02T00:00:00Z' }, []);
    expect(cellsOf(table, 'education', 'all')).toMatchObject({ count: 1, of: 1, 'no-capacity': 1 });
  });
});

test('indicators are counted with the share that is unknown, and with those that other evidence bears out', () => {
  fc.assert(
    fc.property(randomRows, periods, watermarks, (rows, period, asOf) => {
      const table = riskTable(rows, period, asOf);
      const children = childrenIn(rows, period)
        .map(({ own }) => own.filter(isOwn))
        .filter(({ length }) => length > 0);
      for (const topic of indicatorTopics) {
        const said = children.map((own) => own.map(({ checklist }) => checklist[topic]));
        const yes = children.filter((_, index) => said[index]?.includes('yes'));
        const no = said.filter((each) => !each.includes('yes') && each.includes('no')).length;
        const borneOut = yes.filter((own) =>
          own.some(
            ({ disposition, prosecutions }) =>
              disposition === 'substantiated' || prosecutions.some(({ prosecution }) => prosecution === 'charged'),
          ),
        );
        const unknown = children.length - yes.length - no;
        expect(cellsOf(table, topic)).toMatchObject({
          count: yes.length,
          of: yes.length + no,
          unknown,
          confirmed_count: borneOut.length,
          confirmed_of: yes.length,
          share_unknown: children.length < 20 ? undefined : unknown / children.length,
        });
      }
    }),
    runs(271),
  );
});

describe('trends', () => {
  const asked = { calendar: 'calendar-year', from: 2025, to: 2026, step: 'quarter' } as const;
  const quarters = ['2025-01', '2025-04', '2025-07', '2025-10', '2026-01', '2026-04', '2026-07', '2026-10', '2027-01'];

  test('have the referrals of each quarter that has ended, and no sealed one', () => {
    fc.assert(
      fc.property(randomRows, watermarks, (rows, asOf) => {
        const points = trendOf(named('referrals'), rows, { ...asked, asOf, marks: [] });
        const expected = quarters.slice(0, -1).flatMap((begin, index) => {
          const [from, before] = [`${begin}-01`, `${quarters[index + 1]}-01`];
          if (dateOf(asOf) < before) return [];
          return [
            rows.filter((row) => !row.sealed && dateOf(row.receivedAt) >= from && dateOf(row.receivedAt) < before)
              .length,
          ];
        });
        expect(points.map(({ figure }) => (figure.kind === 'count' ? figure.count : -1))).toEqual(expected);
      }),
      runs(272),
    );
  });

  test('mark what changed in the quarter of its day', () => {
    const marks = [{ day: '2026-04-01', words: 'another policy' }];
    const table = trendTable([named('children')], [], { ...asked, asOf: '2027-02-01T00:00:00Z', marks });
    expect(table.rows.map((cells) => cells.at(-1))).toEqual(['', '', '', '', '', '2026-04-01: another policy', '', '']);
  });
});

describe('equity', () => {
  test('compares each group with all others of whom it is known, and no child with itself', () => {
    fc.assert(
      fc.property(randomRows, periods, watermarks, (rows, period, asOf) => {
        const children = childrenIn(rows, period);
        for (const found of equityOf(rows, period, asOf)) {
          if (found.measure !== 'child-seen' || found.by !== 'race') continue;
          const sides = [
            children.filter(({ own }) => own.at(-1)?.now.race.some((each) => each === found.one)),
            children.filter(
              ({ own }) => !own.at(-1)?.now.race.some((each) => each === found.one || each === 'unknown'),
            ),
          ];
          const counted = sides.map((side) => {
            const worked = side.map(({ own }) => own.filter(isOwn)).filter(({ length }) => length > 0);
            const seen = worked.filter((own) => own.some(({ stages }) => ms(stages.seen) <= ms(asOf)));
            return [seen.length, worked.length];
          });
          expect(found.shares.map(({ count, of }) => [count, of])).toEqual(counted);
        }
      }),
      runs(273),
    );
  });

  const returned = { number: 1, missingSince: '2026-11-10T00:00:00Z', returnedAt: '2026-11-11T00:00:00Z' };
  const rows = Array.from({ length: 60 }, (_, index) =>
    rowOf({
      id: `CR-${index}`,
      now: { ...rowOf().now, gender: index < 30 ? 'boy' : 'girl' },
      absences: [{ ...returned, ...(index % (index < 30 ? 3 : 2) === 0 && { screenedAt: '2026-11-11T12:00:00Z' }) }],
    }),
  );
  const period = periodOf('calendar-year', 2026);
  const asOf = '2027-01-02T00:00:00Z';

  test('begins with boys against girls without a screening on return', () => {
    const [first] = equityOf(rows, period, asOf);
    expect(first).toMatchObject({ measure: 'unscreened-on-return', by: 'gender', one: 'boy', other: 'girl' });
    expect(first?.shares.map(({ count, of }) => [count, of])).toEqual([
      [20, 30],
      [15, 30],
    ]);
    expect(first?.difference).toBeCloseTo(20 / 30 - 15 / 30, 10);
    expect(first?.interval?.[0]).toBeLessThan(first?.difference ?? 0);
  });

  test('has a row for every measure, and every group against all others', () => {
    const found = equityOf(rows, period, asOf);
    expect(new Set(found.map(({ measure }) => measure))).toEqual(new Set(equityMeasures));
    expect(found.filter(({ by, one }) => by === 'gender' && one === 'boy').length).toBe(equityMeasures.length + 1);
    expect(found.slice(1).every(({ other }) => other === others)).toBe(true);
    expect(
      splitNames.every(
        (by) =>
          found.some((each) => each.by === by) ||
          by === 'race' ||
          by === 'language' ||
          by === 'age' ||
          by === 'region' ||
          by === 'population',
      ),
    ).toBe(true);
    expect(equityTable(rows, period, asOf).rows).toHaveLength(found.length);
  });
});

describe('evaluation', () => {
  test('compares the year before a day with the year from it', () => {
    fc.assert(
      fc.property(randomRows, watermarks, fc.integer({ min: 200, max: 500 }), (rows, asOf, days) => {
        const day = new Date(Date.parse('2025-01-01T00:00:00Z') + days * 86_400_000).toISOString().slice(0, 10);
        // None of these days is February 29.
        const at = (years: number) => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;
        const [found] = beforeAndAfter([named('child-seen')], rows, at(0), asOf);
        const counted = [slowChildren(rows, at(-1), at(0)), slowChildren(rows, at(0), at(1))].map((children) => {
          const worked = children.map(({ own }) => own.filter(isOwn)).filter(({ length }) => length > 0);
          return [worked.filter((own) => own.some(({ stages }) => ms(stages.seen) <= ms(asOf))).length, worked.length];
        });
        expect([found?.shares[1], found?.shares[0]].map((side) => [side?.count, side?.of])).toEqual(counted);
      }),
      runs(274),
    );
  });

  test('leaves out what is no share', () => {
    const change = { day: '2026-01-01', words: 'a change', asOf: '2027-01-02T00:00:00Z' };
    expect(changeTable([named('children'), named('held')], [], change).rows.map(([id]) => id)).toEqual(['held']);
  });

  test.each([
    [{ share: 0.9 }, { atLeast: 0.9 }, 'met'],
    [{ share: 0.89 }, { atLeast: 0.9 }, 'not-met'],
    [{ share: 0.2 }, { atMost: 0.15 }, 'not-met'],
    [{ share: 0.1 }, { atMost: 0.15 }, 'met'],
    [{}, { atMost: 0.15 }, 'too-few'],
    [{ share: 0.1 }, {}, 'no-target'],
  ] as const)('%j against %j is %s', (share, target, verdict) => {
    expect(verdictOn(share, target)).toBe(verdict);
  });

  test('has targets and baselines of measures that exist, and one a measure and year', () => {
    for (const { measure } of [...baselines, ...targets]) expect(measureNamed(measure)).toBeDefined();
    const keys = targets.map(({ measure, grantYear }) => `${measure} ${grantYear}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { atLeast, atMost } of targets) expect(atLeast ?? atMost).toBeGreaterThan(0);
  });

  test('shows each target beside its figure', () => {
    const rows = Array.from({ length: 40 }, (_, index) =>
      rowOf({ id: `CR-${index}`, ...(index > 0 && { stages: { seen: '2026-11-10T00:00:00Z' } }) }),
    );
    const table = targetsTable(rows, 2026, '2027-10-02T00:00:00Z');
    expect(cellsOf(table, 'child-seen')).toMatchObject({ at_least: 0.95, count: 39, of: 40, verdict: 'met' });
    expect(cellsOf(table, 'reports')).toMatchObject({ count: 1, verdict: 'no-target' });
    expect(cellsOf(table, 'held').verdict).toBeUndefined();
  });
});

describe('alarm load', () => {
  const mail = (at: string, its: SentNoise['class'], personId = 'P-1'): SentNoise => ({
    at,
    personId,
    class: its,
    about: 'D3',
    referrals: ['CR-1'],
  });
  test('counts interruptions a person a shift, in the period and up to the watermark', () => {
    const sent = [
      mail('2026-11-10T15:00:00Z', 'now'),
      mail('2026-11-10T16:00:00Z', 'today'),
      mail('2026-11-10T17:00:00Z', 'routine'),
      mail('2026-11-11T15:00:00Z', 'now', 'P-2'),
      // One of the year before, by New York time, and one after the watermark.
      mail('2026-01-01T02:00:00Z', 'now'),
      mail('2026-12-01T15:00:00Z', 'now'),
    ];
    const [period, asOf] = [periodOf('calendar-year', 2026), '2026-11-30T00:00:00Z'];
    expect(loadOf(sent, period, asOf)).toMatchObject({
      mails: 4,
      interruptions: 3,
      shifts: 2,
      interruptionsOfShift: { max: 2 },
    });
    expect(cellsOf(loadTable(sent, period, asOf), 'interruptions a person a shift, max')).toMatchObject({ number: 2 });
  });
});

test('every table has as many cells as headings, and says the same as CSV and as text', () => {
  fc.assert(
    fc.property(randomRows, watermarks, (rows, asOf) => {
      const period = periodOf('state-fiscal', 2026);
      const asked = { calendar: 'state-fiscal', from: 2025, to: 2026, step: 'year', marks: [], asOf } as const;
      const tables = [
        needsTable(rows, { period, asOf }, []),
        riskTable(rows, period, asOf),
        equityTable(rows, period, asOf),
        trendTable(measures.slice(0, 12), rows, asked),
        targetsTable(rows, 2026, asOf),
        changeTable(measures, rows, { day: '2026-01-01', words: 'a change', asOf }),
        loadTable([], period, asOf),
      ];
      for (const table of tables) {
        for (const cells of table.rows)
          expect([table.id, cells.length <= table.headings.length]).toEqual([table.id, true]);
        const read = readCsv(csvOfTable(table)) ?? [];
        expect(read).toHaveLength(table.rows.length + 1);
        expect(read[0]?.cells).toEqual(['period', 'as_of', ...table.headings]);
        expect(textOfTable(table).split('\n').length).toBeGreaterThan(table.rows.length + table.notes.length);
      }
    }),
    runs(276, 15),
  );
});
