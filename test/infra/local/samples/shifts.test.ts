/** The sample shifts: whenever a data folder begins, they are a file that is taken, and cover two weeks. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestPlayDays } from '../../../../infra/local/demo/play.ts';
import { sampleDirectory } from '../../../../infra/local/samples/directory.ts';
import { sampleShiftDays, sampleShifts } from '../../../../infra/local/samples/shifts.ts';
import {
  emptySchedule,
  foldShifts,
  importShifts,
  onShiftAt,
} from '../../../../shared/domain/directory/on-call-shifts.ts';
import { faultsAhead } from '../../../../shared/domain/directory/shift-alarms.ts';
import { readShiftFile, shiftsOfFile } from '../../../../shared/domain/directory/shift-file.ts';
import { connecticut20261 as policy } from '../../../../shared/policy/connecticut-2026-1.ts';

const people = new Map(
  sampleDirectory().flatMap((item) => ('email' in item && 'roles' in item ? [[item.email, item] as const] : [])),
);

const scheduleAt = (start: number, lasting?: number) => {
  const now = new Date(start).toISOString();
  const read = readShiftFile(sampleShifts(start, lasting));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const context = { offices: policy.geography.offices, keeps: () => true, now };
  const file = shiftsOfFile(read.lines, { ...context, personOf: (typed) => people.get(typed) as never });
  if ('problems' in file) throw new Error(JSON.stringify(file.problems.slice(0, 3)));
  const events = importShifts(emptySchedule, file.shifts, { now, number: 1 });
  return foldShifts([{ seq: 1, at: now, actor: { kind: 'person', id: 'P' }, events }]);
};

test('at any hour of any day, daylight saving or not, they begin with the shift that runs now and leave nothing open', () => {
  const from = Date.parse('2026-01-01T00:00:00Z');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 * 365 * 24 * 4 }), (quarters) => {
      const start = from + quarters * 900_000;
      const { shifts } = scheduleAt(start);
      for (const days of [0, 0.5, 7, sampleShiftDays - 1.01]) {
        const now = new Date(start + days * 86_400_000).toISOString();
        expect(faultsAhead(shifts, policy, now)).toEqual([]);
        for (const place of [
          { role: 'area-oncall', scope: 'office-HARTFORD' },
          { role: 'director-oncall', scope: 'state' },
          { role: 'careline-supervisor', scope: 'state' },
        ] as const) {
          expect(onShiftAt(shifts, place, now).map(({ order }) => order)).toEqual([1, 2]);
        }
      }
    }),
    { numRuns: 12 },
  );
});

test('cover the longest play of the demo, with the day ahead that the watch over shifts looks at', () => {
  const start = Date.parse('2026-11-10T14:00:00.000Z');
  const { shifts } = scheduleAt(start, longestPlayDays + 2);
  for (const days of [0, 30, longestPlayDays]) {
    expect(faultsAhead(shifts, policy, new Date(start + days * 86_400_000).toISOString())).toEqual([]);
  }
});

test('the two people of a place take turns', () => {
  const { shifts } = scheduleAt(Date.parse('2026-11-10T14:00:00.000Z'));
  const first = new Map<string, number>();
  for (const { order, personId, role } of shifts) {
    if (order === 1 && role === 'careline-supervisor') first.set(personId, (first.get(personId) ?? 0) + 1);
  }
  expect([...first.values()].every((times) => times >= sampleShiftDays - 1)).toBe(true);
  expect(first.size).toBe(2);
});
