/** Invented rows of facts: one with a few words, and random ones with links, late entries, seals and errors. */
import fc from 'fast-check';
import {
  careTimings,
  chargeEnds,
  declineReasons,
  dispositions,
  followUpMonths,
  genders,
  indicatorTopics,
  outcomes,
  placements,
  policeNotices,
  populations,
  races,
  serviceOutcomes,
  services,
} from '../../shared/domain/core/vocabulary.ts';
import { type FactRow, factLayout, factRowShape, factStages } from '../../shared/domain/facts/fact-row-shape.ts';
import { alarmClasses } from '../../shared/domain/policy/policy.ts';

const said: FactRow['now'] = {
  gender: 'unknown',
  race: ['unknown'],
  placement: 'unknown',
  exploitation: ['unknown'],
  exploitedFor: 'unknown',
  venue: ['unknown'],
  population: 'unknown',
  legalStatus: 'unknown',
};

/** A row in which nothing happened since the report. */
export const rowOf = (more: Partial<FactRow> = {}): FactRow => ({
  v: factLayout,
  id: 'CR-1',
  seq: 1,
  asOf: '2026-11-09T15:00:00.000Z',
  policy: 'connecticut-2026.1',
  reportId: 'RP-1',
  siblings: [],
  reporterType: 'unknown',
  receivedAt: '2026-11-09T15:00:00.000Z',
  recordedAt: '2026-11-09T15:00:00.000Z',
  stage: 'open',
  sealed: false,
  links: { earlier: [] },
  ageBand: 'not-known',
  reported: said,
  now: said,
  childLanguage: 'unknown',
  careTiming: 'unknown',
  identifiedBy: 'unknown',
  recruitment: ['unknown'],
  control: ['unknown'],
  perpetrators: ['unknown'],
  danger: 'unknown',
  indicators: [],
  checklist: {},
  policeNotices: [],
  screenings: [],
  decisions: [],
  stages: {},
  duties: [],
  services: [],
  absences: [],
  interviews: 0,
  interviewedAt: [],
  holds: 0,
  petitions: 0,
  charged: false,
  chargeEnds: [],
  moves: [],
  prosecutions: [],
  rings: 0,
  ...more,
});

const begin = Date.parse('2025-01-01T00:00:00Z');
const days = 700;
const instants = fc
  .integer({ min: 0, max: days * 24 })
  .map((hours) => new Date(begin + hours * 3_600_000).toISOString());
const some = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
/** Without the fields that are undefined, as rows are stored. */
const stored = (row: unknown): FactRow => factRowShape.parse(JSON.parse(JSON.stringify(row)));

const duties = fc.record({
  id: fc.constant('D'),
  rule: some(['D3', 'D17', 'D19b', 'D9']),
  kind: some(['statute', 'policy'] as const),
  class: some(alarmClasses),
  start: instants,
  dueByRule: instants,
  due: instants,
  keptAt: maybe(instants),
  hardStop: maybe(instants),
  status: some(['open', 'kept', 'missed-closed', 'not-applicable', 'ended'] as const),
});
const needs = fc.record({
  service: some(services.slice(0, 5)),
  status: some(['needed', 'offered', 'started', 'declined'] as const),
  neededAt: instants,
  offeredAt: maybe(instants),
  startedAt: maybe(instants),
  reachedAt: maybe(instants),
  outcomes: fc.dictionary(some(followUpMonths), some(serviceOutcomes), { maxKeys: 2 }),
  declines: fc.array(
    fc.record({ at: instants, reason: some(declineReasons), by: some(['staff', 'provider'] as const) }),
    { maxLength: 3 },
  ),
});
const absences = fc.record({
  number: fc.constant(1),
  missingSince: instants,
  returnedAt: maybe(instants),
  screenedAt: maybe(instants),
});

const rowWith = (id: string, others: readonly string[]): fc.Arbitrary<FactRow> =>
  fc
    .record({
      reportId: some(['RP-1', 'RP-2', 'RP-3', `RP-${id}`]),
      receivedAt: instants,
      stage: some(['open', 'closed', 'withdrawn', 'merged'] as const),
      withdrawnBecause: some(['made-in-error', 'duplicate'] as const),
      endedAt: instants,
      sealed: fc.boolean(),
      earlier: fc.subarray([...others], { maxLength: 1 }),
      mergedInto: maybe(some(others)),
      region: maybe(fc.integer({ min: 1, max: 6 })),
      gender: some(genders),
      race: fc.subarray([...races], { minLength: 1, maxLength: 2 }),
      population: some(populations),
      screenings: fc.array(
        fc.record({
          number: fc.constant(1),
          at: instants,
          outcome: some(outcomes),
          definitionBasis: fc.constant('none'),
        }),
        { maxLength: 2 },
      ),
      checklist: fc.dictionary(some(indicatorTopics), some(['yes', 'no', 'unknown'] as const), { maxKeys: 4 }),
      stages: fc.dictionary(some(factStages), instants, { maxKeys: 6 }),
      duties: fc.array(duties, { maxLength: 4 }),
      services: fc.array(needs, { maxLength: 3 }),
      absences: fc.array(absences, { maxLength: 3 }),
      interviews: fc.integer({ min: 0, max: 2 }),
      holds: fc.integer({ min: 0, max: 1 }),
      charged: fc.boolean(),
      chargeEnds: fc.array(fc.record({ at: instants, chargesEnd: some(chargeEnds) }), { maxLength: 2 }),
      childLanguage: some(['english', 'spanish', 'portuguese', 'unknown'] as const),
      careTiming: some(careTimings),
      policeNotices: fc.array(
        fc.record({
          at: instants,
          agency: some(['A-ONE', 'A-TWO']),
          covers: fc.subarray([...policeNotices], { minLength: 1, maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
      disposition: maybe(some(dispositions)),
      moves: fc.array(fc.record({ at: instants, placement: some(placements), moveReason: fc.constant('other') }), {
        maxLength: 2,
      }),
      prosecutions: fc.array(
        fc.record({
          at: instants,
          trafficker: fc.integer({ min: 1, max: 2 }),
          prosecution: some(['arrested', 'charged'] as const),
        }),
        { maxLength: 3 },
      ),
    })
    .map(({ earlier, mergedInto, region, gender, race, population, stage, endedAt, withdrawnBecause, ...rest }) =>
      stored({
        ...rowOf(),
        ...rest,
        id,
        stage,
        region,
        interviewedAt: ['PV-1', 'PV-2'].slice(0, rest.interviews),
        screenings: rest.screenings.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)),
        links: { earlier, mergedInto: stage === 'merged' ? mergedInto : undefined },
        now: { ...said, gender, race, population },
        ...(stage !== 'open' && { endedAt }),
        ...(stage === 'withdrawn' && { withdrawnBecause }),
      }),
    );

/** Up to thirty rows of two years, each with its own reference. */
export const randomRows: fc.Arbitrary<readonly FactRow[]> = fc.integer({ min: 0, max: 30 }).chain((count) => {
  const ids = Array.from({ length: count }, (_, index) => `CR-${String(index).padStart(2, '0')}`);
  return fc.tuple(...ids.map((id) => rowWith(id, ids.length > 1 ? ids.filter((other) => other !== id) : ['CR-GONE'])));
});

/** A watermark within or after those two years. */
export const watermarks = fc
  .integer({ min: 300, max: days + 400 })
  .map((day) => new Date(begin + day * 86_400_000).toISOString());
