/** Coverage by date and headcount, for files in any order, and after an import is taken back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, coverageOf, dueAgain, shortCode, standingOn } from '../../../shared/domain/training/coverage.ts';
import {
  type Attended,
  enterHeadcounts,
  foldTraining,
  importAttendance,
  keepMaterial,
  noTraining,
  readTrainingEvent,
  removeMaterial,
  type TrainingEvent,
  type TrainingState,
  takeBackAttendance,
} from '../../../shared/domain/training/training.ts';
import { groupCodes } from '../../../shared/domain/training/training-codes.ts';
import { trainingRules } from '../../../shared/policy/training-rules.ts';

const now = '2026-11-09T15:00:00.000Z';
const learner = (number: number) => String(number).padStart(4, 'A').padEnd(20, 'B');
const line = (number: number, more: Partial<Attended> = {}): Attended => ({
  course: 'police',
  date: '2026-05-01',
  agency: 'HARTFORD-POLICE',
  town: 'HARTFORD',
  group: 'police',
  learner: learner(number),
  ...more,
});

/** Each entry is one act on the chain, read again as the ledger reads it. */
function stateAfter(...acts: readonly ((state: TrainingState, number: number) => unknown)[]): TrainingState {
  return acts.reduce<TrainingState>((state, act, index) => {
    const events = act(state, index + 1) as readonly TrainingEvent[];
    const stored = JSON.parse(JSON.stringify(events)) as readonly unknown[];
    const head = { seq: index + 1, at: now, actor: { kind: 'person', id: 'P-TRAINER' } } as const;
    return foldTraining([{ ...head, events: stored.map(readTrainingEvent) }], state);
  }, noTraining);
}
const imports =
  (...lines: readonly Attended[]) =>
  (state: TrainingState, number: number) =>
    importAttendance(state, lines, number);
const counts =
  (count: number, asOf = '2026-07-01', more = {}) =>
  (state: TrainingState) =>
    enterHeadcounts(state, [{ agency: 'HARTFORD-POLICE', town: 'HARTFORD', group: 'police', count, asOf, ...more }]);
const of = (state: TrainingState, group: string, at = now) =>
  coverageOf(state, trainingRules, at).groups.find((each) => each.group === group);

describe('the days of a rule', () => {
  const rule = { everyMonths: 36 };
  test.each([
    ['2026-05-01', 36, '2029-05-01'],
    ['2024-02-29', 36, '2027-02-28'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-12-31', 2, '2027-02-28'],
  ])('%s and %i months give %s', (date, months, due) => expect(addMonths(date, months)).toBe(due));
  test.each([
    ['2029-01-30', 'current'],
    ['2029-01-31', 'soon'],
    ['2029-05-01', 'soon'],
    ['2029-05-02', 'due'],
  ])('on %s a training of May 1, 2026 is %s', (today, standing) =>
    expect(standingOn(today, '2026-05-01', rule)).toEqual({ standing, dueOn: '2029-05-01' }),
  );
});

describe('coverage', () => {
  test('counts the same person of two files once, by the newer date, at the agency of that date', () => {
    const state = stateAfter(
      imports(line(1), line(2, { date: '2022-01-05' })),
      imports(line(2, { date: '2026-06-01', agency: 'MILFORD-POLICE', town: 'MILFORD' })),
    );
    expect(of(state, 'police')).toMatchObject({ current: 2, due: 0 });
    expect(coverageOf(state, trainingRules, now).agencies.map(({ agency, current }) => [agency, current])).toEqual([
      ['HARTFORD-POLICE', 1],
      ['MILFORD-POLICE', 1],
    ]);
  });

  test('does not count a course that is not for the group', () => {
    expect(of(stateAfter(imports(line(1, { course: 'general' }))), 'police')).toMatchObject({ current: 0, due: 0 });
  });

  test('says that a headcount is unknown, for the group too, as long as one agency has none', () => {
    const one = stateAfter(imports(line(1)), counts(380));
    expect(of(one, 'police')).toMatchObject({ current: 1, headcount: 380, asOf: '2026-07-01', withoutHeadcount: 0 });
    const two = stateAfter(imports(line(1), line(2, { agency: 'MILFORD-POLICE', town: 'MILFORD' })), counts(380));
    expect(of(two, 'police')).not.toHaveProperty('headcount');
    expect(of(two, 'police')).toMatchObject({ current: 2, withoutHeadcount: 1 });
    expect(of(stateAfter(), 'police')).toEqual({ group: 'police', current: 0, soon: 0, due: 0, withoutHeadcount: 0 });
  });

  test('lists an agency with a headcount and no one trained', () => {
    expect(coverageOf(stateAfter(counts(12)), trainingRules, now).agencies).toEqual([
      expect.objectContaining({ agency: 'HARTFORD-POLICE', current: 0, headcount: 12 }),
    ]);
  });

  test('takes the latest headcount, and of one day the later entry', () => {
    expect(of(stateAfter(counts(10, '2026-07-01'), counts(8, '2025-07-01')), 'police')).toMatchObject({
      headcount: 10,
    });
    expect(of(stateAfter(counts(10), counts(11)), 'police')).toMatchObject({ headcount: 11 });
    expect(enterHeadcounts(stateAfter(counts(10)), stateAfter(counts(10)).headcounts)).toEqual([]);
  });

  test('has a row for every group, and for caseworkers and the Careline each its own', () => {
    const state = stateAfter(
      imports(
        line(1, { course: 'general', group: 'caseworker', agency: 'DCF-MILFORD-OFFICE', town: 'MILFORD' }),
        line(2, { course: 'general', group: 'careline', agency: 'DCF-CARELINE', town: 'HARTFORD' }),
      ),
    );
    expect(coverageOf(state, trainingRules, now).groups.map(({ group }) => group)).toEqual([...groupCodes]);
    expect([of(state, 'caseworker')?.current, of(state, 'careline')?.current]).toEqual([1, 1]);
  });

  const lines = fc.record({
    course: fc.constantFrom('police', 'general'),
    date: fc.constantFrom('2020-01-01', '2023-12-01', '2024-02-01', '2026-05-01', '2026-11-09'),
    agency: fc.constantFrom('HARTFORD-POLICE', 'MILFORD-POLICE'),
    town: fc.constantFrom('HARTFORD', 'MILFORD'),
    group: fc.constantFrom('police', 'caseworker'),
    learner: fc.integer({ min: 1, max: 6 }).map(learner),
  }) as fc.Arbitrary<Attended>;
  const files = fc.array(fc.array(lines, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 });

  test('is the same for the files in any order, and for their lines in any order', () => {
    fc.assert(
      fc.property(files, fc.infiniteStream(fc.nat()), (given, order) => {
        const shuffled = <Item>(list: readonly Item[]) =>
          list
            .map((item) => ({ item, at: order.next().value as number }))
            .toSorted((one, other) => one.at - other.at)
            .map(({ item }) => item);
        const usual = (all: readonly (readonly Attended[])[]) =>
          stateAfter(
            ...all.map((each) => (state: TrainingState, number: number) => {
              const events = importAttendance(state, each, number);
              return 'refused' in events ? [] : events;
            }),
          );
        const [one, other] = [usual(given), usual(shuffled(given).map(shuffled))];
        expect(coverageOf(other, trainingRules, now)).toEqual(coverageOf(one, trainingRules, now));
        expect(dueAgain(other, trainingRules, now)).toEqual(dueAgain(one, trainingRules, now));
      }),
    );
  });

  test('counts each person once, whatever the files', () => {
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 20 }), (given) => {
        const { groups, towns, agencies } = coverageOf(stateAfter(imports(...given)), trainingRules, now);
        const sum = (rows: readonly { readonly current: number; readonly due: number }[]) =>
          rows.reduce((total, { current, due }) => total + current + due, 0);
        expect(sum(groups)).toBeLessThanOrEqual(new Set(given.map((each) => each.learner)).size);
        expect([sum(towns), sum(agencies)]).toEqual([sum(groups), sum(groups)]);
      }),
    );
  });

  test('after an import is taken back is as if it had never come', () => {
    const state = stateAfter(imports(line(1)), imports(line(1, { date: '2026-09-01' }), line(2)), (now_) =>
      takeBackAttendance(now_, 'TI-2'),
    );
    expect(coverageOf(state, trainingRules, now)).toEqual(coverageOf(stateAfter(imports(line(1))), trainingRules, now));
    expect(takeBackAttendance(state, 'TI-2')).toMatchObject({ refused: 'no-such-import' });
    expect(takeBackAttendance(state, 'TI-9')).toMatchObject({ refused: 'no-such-import' });
  });
});

test('the same file again is refused as long as the first counts, in whatever order its lines stand', () => {
  const state = stateAfter(imports(line(1), line(2)));
  expect(importAttendance(state, [line(2), line(1), line(1)], 2)).toMatchObject({ refused: 'imported-already' });
  const back = stateAfter(imports(line(1), line(2)), (given) => takeBackAttendance(given, 'TI-1'));
  expect(importAttendance(back, [line(2), line(1)], 3)).toMatchObject([{ type: 'attendance-imported', id: 'TI-3' }]);
});

test('who is due again has a short code, the longest due first', () => {
  const state = stateAfter(imports(line(1, { date: '2020-03-01' }), line(2, { date: '2019-03-01' }), line(3)));
  expect(dueAgain(state, trainingRules, now).map(({ code, dueOn }) => [code, dueOn])).toEqual([
    [shortCode(learner(2)), '2022-03-01'],
    [shortCode(learner(1)), '2023-03-01'],
  ]);
});

test('a link is kept once, and leaves the list', () => {
  const kept = {
    course: 'police',
    kind: 'slides',
    language: 'english',
    address: 'https://learn.dcf.example/police.pdf',
    reviewOn: '2027-01-01',
    digest: 'a'.repeat(64),
  } as const;
  const state = stateAfter((given, number) => keepMaterial(given, kept, number));
  expect(state.materials).toEqual([{ id: 'TM-1', ...kept }]);
  expect(keepMaterial(state, kept, 2)).toMatchObject({ refused: 'material-there' });
  expect(removeMaterial(state, 'TM-2')).toMatchObject({ refused: 'no-such-material' });
  expect(
    stateAfter(
      (given, number) => keepMaterial(given, kept, number),
      (given) => removeMaterial(given, 'TM-1'),
    ).materials,
  ).toEqual([]);
});
