/** Each measure against another computation: slow, obvious, and written for this test alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chargeEnds, indicatorTopics, serviceOutcomes, services } from '../../shared/domain/core/vocabulary.ts';
import { type FactRow, factStages } from '../../shared/domain/facts/fact-row-shape.ts';
import { alarmClasses } from '../../shared/domain/policy/policy.ts';
import { calendarNames, type Period, periodOf } from '../../shared/reports/calendars.ts';
import { cohortOf } from '../../shared/reports/cohort.ts';
import { type Figure, figureOf } from '../../shared/reports/figures.ts';
import { measureNamed, measures, measuresVersion } from '../../shared/reports/measures.ts';
import { waitsFor } from '../../shared/reports/stage-waits.ts';
import { examplesOf, seedOf } from '../support/examples.ts';
import { randomRows, rowOf, watermarks } from './rows.ts';

const periods = fc
  .constantFrom(...calendarNames)
  .chain((calendar) => fc.constantFrom(periodOf(calendar, 2025), periodOf(calendar, 2026)));
const ms = (at: string | undefined): number => Date.parse(at ?? '');
/** The New York date, by the clock of the platform. */
const newYork = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' });
const dateOf = (at: string): string => newYork.format(new Date(at));

/** Children by repeated marking: every row takes the least mark of its neighbors until none changes. */
function marked(rows: readonly FactRow[]): ReadonlyMap<string, string> {
  const mark = new Map(rows.map(({ id }) => [id, id]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { id, links } of rows) {
      for (const other of [links.mergedInto, links.duplicateOf, ...links.earlier]) {
        const [mine, theirs] = [mark.get(id), mark.get(other ?? '')];
        if (mine === undefined || theirs === undefined || mine === theirs) continue;
        const [least = ''] = [mine, theirs].toSorted();
        mark.set(id, least).set(other ?? '', least);
        changed = true;
      }
    }
  }
  return mark;
}

/** The rows of a period. */
const inPeriod = (rows: readonly FactRow[], period: Period): readonly FactRow[] =>
  rows.filter(
    ({ sealed, receivedAt }) => !sealed && dateOf(receivedAt) >= period.from && dateOf(receivedAt) < period.before,
  );

interface Slow {
  readonly rows: readonly FactRow[];
  /** The rows of the period of each child, and all its rows. */
  readonly children: readonly { readonly own: readonly FactRow[]; readonly all: readonly FactRow[] }[];
  readonly asOf: string;
}
function slowly(given: readonly FactRow[], period: Period, asOf: string): Slow {
  const rows = inPeriod(given, period);
  const mark = marked(given.filter(({ sealed }) => !sealed));
  const children = [...new Set(mark.values())].flatMap((child) => {
    const own = rows.filter(({ id }) => mark.get(id) === child);
    const all = given.filter(({ id }) => mark.get(id) === child);
    return own.some((row) => row.withdrawnBecause !== 'made-in-error') ? [{ own, all }] : [];
  });
  return { rows, children, asOf };
}

const isOwn = ({ stage }: FactRow) => stage !== 'withdrawn' && stage !== 'merged';
type Counts = readonly [count: number, of: number, unknown: number];

/** Counts children one by one. `says`: yes, no, unknown, or not among them. */
function count({ children }: Slow, says: (rows: readonly FactRow[]) => 'yes' | 'no' | 'unknown' | 'out'): Counts {
  let [yes, no, unknown] = [0, 0, 0];
  for (const { own } of children) {
    const rows = own.filter(isOwn);
    if (rows.length === 0) continue;
    const answer = says(rows);
    if (answer === 'yes') yes += 1;
    if (answer === 'no') no += 1;
    if (answer === 'unknown') unknown += 1;
  }
  return [yes, yes + no, unknown];
}
const whether = (isSo: boolean) => (isSo ? 'yes' : 'no');

function dutiesSlowly(
  { rows, asOf }: Slow,
  isMeant: (duty: FactRow['duties'][number]) => boolean,
  by: 'due' | 'dueByRule',
): Counts {
  let [kept, late] = [0, 0];
  for (const { duties, withdrawnBecause } of rows) {
    if (withdrawnBecause === 'made-in-error') continue;
    for (const duty of duties) {
      if (!isMeant(duty) || duty.status === 'ended' || duty.status === 'not-applicable') continue;
      const isKept = duty.status === 'kept' && duty.keptAt !== undefined;
      if (isKept && ms(duty.keptAt) <= ms(duty[by])) kept += 1;
      else if (isKept || duty.status === 'missed-closed') late += 1;
      else if (ms(duty[by]) < ms(asOf)) late += 1;
    }
  }
  return [kept, kept + late, 0];
}

function needsSlowly(slow: Slow, service: string | undefined, wanted: 'unmet' | 'started'): Counts {
  return count(slow, (rows) => {
    let [needs, found] = [0, 0];
    for (const row of rows) {
      for (const need of row.services) {
        if (service !== undefined && need.service !== service) continue;
        needs += 1;
        const left = need.declines.filter(
          ({ reason }) => reason !== 'no-longer-needed' && reason !== 'served-elsewhere',
        );
        if (wanted === 'unmet' && need.startedAt === undefined && left.length > 0) found += 1;
        if (wanted === 'started' && ms(need.startedAt) <= ms(slow.asOf)) found += 1;
      }
    }
    return needs === 0 ? 'out' : whether(found > 0);
  });
}

const lastOutcome = (rows: readonly FactRow[]) => {
  let last: FactRow['screenings'][number] | undefined;
  for (const row of rows) for (const each of row.screenings) if (!last || ms(each.at) >= ms(last.at)) last = each;
  return last?.outcome;
};
const isConfirmed = (rows: readonly FactRow[]) =>
  rows.some(
    ({ prosecutions, disposition }) =>
      disposition === 'substantiated' || prosecutions.some(({ prosecution }) => prosecution === 'charged'),
  );

function answerSlowly(rows: readonly FactRow[], topic: string): 'yes' | 'no' | 'unknown' {
  let answer: 'yes' | 'no' | 'unknown' = 'unknown';
  for (const { checklist } of rows) {
    if (checklist[topic] === 'yes') answer = 'yes';
    if (checklist[topic] === 'no' && answer !== 'yes') answer = 'no';
  }
  return answer;
}

/** What happens to children in a window after their first referral of the period. */
function windowSlowly(
  { children, asOf }: Slow,
  days: number,
  says: (all: readonly FactRow[], from: number, until: number) => 'yes' | 'no' | 'out',
): Counts {
  let [yes, of] = [0, 0];
  for (const { own, all } of children) {
    const first = Math.min(
      ...own.filter((row) => row.withdrawnBecause !== 'made-in-error').map((row) => ms(row.receivedAt)),
    );
    const until = first + days * 86_400_000;
    if (until > ms(asOf)) continue;
    const answer = says(all, first, until);
    if (answer !== 'out') of += 1;
    if (answer === 'yes') yes += 1;
  }
  return [yes, of, 0];
}
const isBetween = (at: number, from: number, until: number) => at > from && at < until;

/** The acute exam of a row is its first service of that kind. */
function examsSlowly(
  { rows, asOf }: Slow,
  stepsOf: (exam: FactRow['services'][number]) => readonly (string | undefined)[],
): Counts {
  let [yes, no, unknown] = [0, 0, 0];
  for (const row of rows.filter(isOwn)) {
    for (const { rule, hardStop } of row.duties) {
      if (rule !== 'D17') continue;
      const exam = row.services.find(({ service }) => service === 'medical-acute-forensic');
      const steps = exam ? stepsOf(exam).map(ms) : [];
      const happened = steps.filter((at) => at <= ms(asOf));
      if (hardStop === undefined) unknown += 1;
      else if (happened.some((at) => at <= ms(hardStop))) yes += 1;
      else if (happened.length > 0 || ms(hardStop) <= ms(asOf)) no += 1;
    }
  }
  return [yes, yes + no, unknown];
}

function returnsSlowly({ rows, asOf }: Slow, wanted: boolean): Counts {
  let [found, back] = [0, 0];
  for (const row of rows) {
    if (row.withdrawnBecause === 'made-in-error') continue;
    for (const { returnedAt, screenedAt } of row.absences) {
      if (!(ms(returnedAt) <= ms(asOf))) continue;
      back += 1;
      if (ms(screenedAt) <= ms(asOf) === wanted) found += 1;
    }
  }
  return [found, back, 0];
}

function outcomesSlowly({ rows, asOf }: Slow, wanted: string): Counts {
  let [yes, no, unknown] = [0, 0, 0];
  for (const row of rows.filter(isOwn)) {
    for (const { startedAt, outcomes } of row.services) {
      if (!(ms(startedAt) <= ms(asOf))) continue;
      const last = outcomes['12'] ?? outcomes['6'] ?? outcomes['3'] ?? 'unknown';
      if (last === 'unknown') unknown += 1;
      else if (last === wanted) yes += 1;
      else no += 1;
    }
  }
  return [yes, yes + no, unknown];
}

const slow: Readonly<Record<string, (given: Slow) => number | Counts>> = {
  reports: ({ rows }) => new Set(rows.map(({ reportId }) => reportId)).size,
  referrals: ({ rows }) => rows.length,
  children: ({ children }) => children.length,
  ...Object.fromEntries(
    ['open', 'closed', 'withdrawn', 'merged'].map((stage) => [
      `referrals-${stage}`,
      ({ rows }: Slow) => rows.filter((row) => row.stage === stage).length,
    ]),
  ),
  'identified-victims-in-care': ({ children }) =>
    children.filter(
      ({ own }) => lastOutcome(own) === 'confirmed' && own.some(({ now }) => now.population === 'in-dcf-care'),
    ).length,
  'child-seen': (given) =>
    count(given, (rows) => whether(rows.some(({ stages }) => ms(stages.seen) <= ms(given.asOf)))),
  interviews: ({ rows }) => {
    let sum = 0;
    for (const { withdrawnBecause, interviews } of rows) if (withdrawnBecause !== 'made-in-error') sum += interviews;
    return sum;
  },
  'traffickers-charged': ({ rows }) => {
    const found = new Set<string>();
    for (const { id, withdrawnBecause, prosecutions } of rows) {
      for (const { trafficker, prosecution } of prosecutions) {
        if (withdrawnBecause !== 'made-in-error' && prosecution === 'charged') found.add(`${id} ${trafficker}`);
      }
    }
    return found.size;
  },
  'advocate-reached': (given) =>
    count(given, (rows) => {
      let [needs, reached] = [0, 0];
      for (const { services: needed } of rows) {
        for (const { service, reachedAt, startedAt } of needed) {
          if (service !== 'victim-advocacy') continue;
          needs += 1;
          if (ms(reachedAt) <= ms(given.asOf) || ms(startedAt) <= ms(given.asOf)) reached += 1;
        }
      }
      return needs === 0 ? 'out' : whether(reached > 0);
    }),
  'advocate-tried-in-time': (given) => dutiesSlowly(given, ({ rule }) => rule === 'D19b', 'dueByRule'),
  'exam-kept-in-time': (given) => dutiesSlowly(given, ({ rule }) => rule === 'D17', 'dueByRule'),
  'exam-offered-in-time': (given) => examsSlowly(given, (exam) => [exam.offeredAt, exam.startedAt]),
  'exam-started-in-time': (given) => examsSlowly(given, (exam) => [exam.startedAt]),
  ...Object.fromEntries(
    serviceOutcomes
      .filter((outcome) => outcome !== 'unknown')
      .map((outcome) => [`service-${outcome}`, (given: Slow) => outcomesSlowly(given, outcome)]),
  ),
  'exam-started': (given) => {
    const [acute, other] = ['medical-acute-forensic', 'medical-nonacute'].map((each) =>
      needsSlowly(given, each, 'started'),
    );
    return [(acute?.[0] ?? 0) + (other?.[0] ?? 0), (acute?.[1] ?? 0) + (other?.[1] ?? 0), 0];
  },
  'interviewed-once': (given) =>
    count(given, (rows) => {
      let times = 0;
      for (const { interviews } of rows) times += interviews;
      return times === 0 ? 'out' : whether(times === 1);
    }),
  'service-started': (given) => needsSlowly(given, undefined, 'started'),
  'screened-on-return': (given) => returnsSlowly(given, true),
  'unscreened-on-return': (given) => returnsSlowly(given, false),
  ...Object.fromEntries(
    [
      ['6-months', 183],
      ['12-months', 365],
    ].flatMap(([name, days]) => [
      [
        `referred-again-${name}`,
        (given: Slow) =>
          windowSlowly(given, Number(days), (all, from, until) =>
            whether(
              all.some((row) => row.withdrawnBecause !== 'made-in-error' && isBetween(ms(row.receivedAt), from, until)),
            ),
          ),
      ],
      [
        `moved-${name}`,
        (given: Slow) =>
          windowSlowly(given, Number(days), (all, from, until) =>
            whether(all.some(({ moves }) => moves.some(({ at }) => isBetween(ms(at), from, until)))),
          ),
      ],
      [
        `missing-again-${name}`,
        (given: Slow) =>
          windowSlowly(given, Number(days), (all, from, until) => {
            const absences = all.flatMap((row) => row.absences);
            const back = absences.map(({ returnedAt }) => ms(returnedAt)).filter((at) => isBetween(at, from, until));
            if (back.length === 0) return 'out';
            return whether(
              absences.some(({ missingSince }) => back.some((at) => isBetween(ms(missingSince), at, until))),
            );
          }),
      ],
    ]),
  ),
  held: (given) => count(given, (rows) => whether(rows.some(({ holds }) => holds > 0))),
  petitioned: (given) => count(given, (rows) => whether(rows.some(({ petitions }) => petitions > 0))),
  'congregate-care': (given) =>
    count(given, (rows) =>
      whether(
        rows.some(
          ({ now, moves }) =>
            now.placement === 'congregate-care' || moves.some(({ placement }) => placement === 'congregate-care'),
        ),
      ),
    ),
  'child-charged': (given) => count(given, (rows) => whether(rows.some(({ charged }) => charged))),
  ...Object.fromEntries(
    chargeEnds.map((end) => [
      `charges-${end}`,
      (given: Slow) =>
        count(given, (rows) => {
          if (!rows.some(({ charged }) => charged)) return 'out';
          let last: FactRow['chargeEnds'][number] | undefined;
          for (const row of rows)
            for (const each of row.chargeEnds) if (!last || ms(each.at) >= ms(last.at)) last = each;
          return last ? whether(last.chargesEnd === end) : 'unknown';
        }),
    ]),
  ),
  'trafficker-charged': (given) =>
    count(given, (rows) =>
      whether(rows.some(({ prosecutions }) => prosecutions.some(({ prosecution }) => prosecution === 'charged'))),
    ),
  'screened-in-a-day': ({ rows, asOf }) => {
    let [yes, no] = [0, 0];
    for (const row of rows.filter(isOwn)) {
      const until = ms(row.receivedAt) + 24 * 3_600_000;
      const at = ms(row.stages.screened);
      const isDone = at <= ms(asOf);
      if (isDone && at <= until) yes += 1;
      else if (isDone || until < ms(asOf)) no += 1;
    }
    return [yes, yes + no, 0];
  },
  'key-facts-known': ({ children }) => {
    let [yes, of] = [0, 0];
    for (const { own } of children) {
      const rows = own.filter(isOwn);
      if (rows.length === 0) continue;
      of += 8;
      const says = (facts: readonly unknown[]) => facts.some((fact) => JSON.stringify([fact].flat()) !== '["unknown"]');
      if (says(rows.map(({ now }) => now.gender))) yes += 1;
      if (says(rows.map(({ now }) => now.race))) yes += 1;
      if (says(rows.map(({ now }) => now.placement))) yes += 1;
      if (says(rows.map(({ now }) => now.exploitation))) yes += 1;
      if (says(rows.map(({ now }) => now.population))) yes += 1;
      if (says(rows.map(({ now }) => now.legalStatus))) yes += 1;
      if (says(rows.map(({ childLanguage }) => childLanguage))) yes += 1;
      if (says(rows.map(({ careTiming }) => careTiming))) yes += 1;
    }
    return [yes, of, 0];
  },
  'care-facts-known': (given) =>
    count(given, (rows) => {
      const isIn = rows.some(
        ({ now, enteredCareAt }) =>
          enteredCareAt !== undefined ||
          ['order-of-temporary-custody', 'committed'].includes(now.legalStatus) ||
          now.population === 'in-dcf-care',
      );
      if (!isIn) return 'out';
      const last = lastOutcome(rows);
      if (last !== 'confirmed') return whether(last !== undefined && last !== 'insufficient-info');
      let timing = 'unknown';
      for (const { careTiming } of rows) if (careTiming !== 'unknown') timing = careTiming;
      return whether(timing !== 'unknown' && timing !== 'never-in-care');
    }),
  'unmet-by-misfit': (given) =>
    count(given, (rows) => {
      let [unmet, misfits] = [0, 0];
      for (const { services: needed } of rows) {
        for (const { startedAt, declines } of needed) {
          const reasons = declines.map(({ reason }) => reason);
          const leaves = reasons.some((reason) => reason !== 'no-longer-needed' && reason !== 'served-elsewhere');
          if (startedAt !== undefined || !leaves) continue;
          unmet += 1;
          if (reasons.includes('not-eligible')) misfits += 1;
        }
      }
      return unmet === 0 ? 'out' : whether(misfits > 0);
    }),
  'not-indicated': (given) =>
    count(given, (rows) => (lastOutcome(rows) === undefined ? 'out' : whether(lastOutcome(rows) === 'not-indicated'))),
  ...Object.fromEntries(
    (['statute', 'policy'] as const).flatMap((kind) =>
      alarmClasses.flatMap((each) => {
        const name = `on-time-${kind === 'statute' ? 'law' : 'policy'}-${each}`;
        const isMeant = (duty: FactRow['duties'][number]) => duty.kind === kind && duty.class === each;
        return [
          [name, (given: Slow) => dutiesSlowly(given, isMeant, 'dueByRule')],
          [`${name}-extended`, (given: Slow) => dutiesSlowly(given, isMeant, 'due')],
        ];
      }),
    ),
  ),
  'unmet-need': (given) => needsSlowly(given, undefined, 'unmet'),
  ...Object.fromEntries(
    services.map((service) => [`unmet-need-${service}`, (given: Slow) => needsSlowly(given, service, 'unmet')]),
  ),
  ...Object.fromEntries(
    indicatorTopics.flatMap((topic) => [
      [`indicator-${topic}`, (given: Slow) => count(given, (rows) => answerSlowly(rows, topic))],
      [`unknown-${topic}`, (given: Slow) => count(given, (rows) => whether(answerSlowly(rows, topic) === 'unknown'))],
      [
        `confirmed-with-${topic}`,
        (given: Slow) =>
          count(given, (rows) => (answerSlowly(rows, topic) === 'yes' ? whether(isConfirmed(rows)) : 'out')),
      ],
    ]),
  ),
};

const shown = (figure: Figure): number | Counts =>
  figure.kind === 'count' ? figure.count : figure.kind === 'share' ? [figure.count, figure.of, figure.unknown] : 0;

describe('every measure', () => {
  const counted = measures.filter(({ kind }) => kind !== 'time');

  test('that is a count or a share has a second computation here', () => {
    expect(Object.keys(slow).toSorted()).toEqual(counted.map(({ id }) => id).toSorted());
  });

  test('gives what the second computation gives, over random rows, periods and watermarks', () => {
    fc.assert(
      fc.property(randomRows, periods, watermarks, (rows, period, asOf) => {
        const cohort = cohortOf(rows, period, asOf);
        const given = slowly(rows, period, asOf);
        for (const measure of counted) {
          expect([measure.id, shown(figureOf(measure, cohort))]).toEqual([measure.id, slow[measure.id]?.(given)]);
        }
      }),
      { numRuns: examplesOf(120), seed: seedOf(252) },
    );
  });

  test('has an id of its own, and words that name its parts', () => {
    expect(new Set(measures.map(({ id }) => id)).size).toBe(measures.length);
    for (const measure of measures) {
      const { words, numerator, denominator, exclusions, source } = measure;
      for (const text of [words, numerator, denominator, exclusions, source]) expect(text).toMatch(/\S/);
    }
  });
});

test('one sealed referral more or less moves no figure, and no sealed one is named', () => {
  fc.assert(
    fc.property(randomRows, periods, watermarks, (rows, period, asOf) => {
      const figuresOf = (given: readonly FactRow[]) =>
        measures.map((measure) => figureOf(measure, cohortOf(given, period, asOf)));
      const open = rows.filter(({ sealed }) => !sealed);
      expect(figuresOf(rows)).toEqual(figuresOf(open));
    }),
    { numRuns: examplesOf(20), seed: seedOf(255) },
  );
});

test('all referrals are the open, the closed, the withdrawn and the merged together', () => {
  fc.assert(
    fc.property(randomRows, periods, watermarks, (rows, period, asOf) => {
      const cohort = cohortOf(rows, period, asOf);
      const countOf = (id: string) => {
        const measure = measureNamed(id);
        return measure === undefined ? Number.NaN : shown(figureOf(measure, cohort));
      };
      const parts = ['open', 'closed', 'withdrawn', 'merged'].map((stage) => Number(countOf(`referrals-${stage}`)));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(countOf('referrals'));
    }),
    { numRuns: examplesOf(60), seed: seedOf(253) },
  );
});

test('a wait is reached, ended otherwise, or goes on, and no referral is dropped', () => {
  fc.assert(
    fc.property(randomRows, periods, watermarks, fc.constantFrom(...factStages), (rows, period, asOf, stage) => {
      const expected = inPeriod(rows, period).map((row) => {
        const isBy = (at: string | undefined) => ms(at) <= ms(asOf);
        const hours = (at: string | undefined) => Math.max(0, (ms(at) - ms(row.receivedAt)) / 3_600_000);
        if (isBy(row.stages[stage])) return { id: row.id, hours: hours(row.stages[stage]), end: 'reached' };
        const isLater = !['classified', 'police', 'response', 'seen', 'screened', 'closed'].includes(stage);
        const last = row.screenings.at(-1);
        const ends = [
          ...(row.stage === 'open' ? [] : [row.endedAt]),
          ...(isLater && last?.outcome === 'not-indicated' ? [last.at] : []),
        ];
        const first = ends.toSorted((one, other) => ms(one) - ms(other))[0];
        if (isBy(first)) return { id: row.id, hours: hours(first), end: 'competing' };
        return { id: row.id, hours: hours(asOf), end: 'waiting' };
      });
      expect(waitsFor(stage, cohortOf(rows, period, asOf))).toEqual(expected);
    }),
    { numRuns: examplesOf(100), seed: seedOf(254) },
  );
});

describe('a figure', () => {
  const period = periodOf('calendar-year', 2026);
  const asOf = '2026-12-31T12:00:00Z';
  const seen = measureNamed('child-seen');
  const figureFor = (rows: readonly FactRow[]) => {
    if (!seen) throw new Error('There is no such measure.');
    return figureOf(seen, cohortOf(rows, period, asOf));
  };
  const rowsOf = (size: number) =>
    Array.from({ length: size }, (_, index) =>
      rowOf({ id: `CR-${index}`, ...(index % 2 === 0 && { stages: { seen: '2026-11-10T00:00:00Z' } }) }),
    );

  test('of fewer than twenty cases has no percentage, and names its referrals', () => {
    expect(figureFor(rowsOf(19))).toMatchObject({ count: 10, of: 19 });
    expect(figureFor(rowsOf(19))).not.toHaveProperty('share');
    expect(figureFor(rowsOf(3))).toMatchObject({ referrals: { counting: ['CR-0', 'CR-2'], others: ['CR-1'] } });
    expect(figureFor(rowsOf(20))).toMatchObject({ share: 0.5 });
  });

  test('says its measure, version, period and watermark', () => {
    expect(figureFor(rowsOf(1))).toMatchObject({
      measure: 'child-seen',
      version: measuresVersion,
      period: 'calendar-year 2026',
      asOf,
    });
  });
});
