/** On-call shifts: who is on duty when, and what a file, a swap and a handover change. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../../shared/domain/core/refusal.ts';
import {
  emptySchedule,
  foldShifts,
  handOverShift,
  importShifts,
  onShiftAt,
  readShiftEvent,
  removeShift,
  type Schedule,
  type ShiftEvent,
  shiftRoles,
  swapShifts,
} from '../../../shared/domain/directory/on-call-shifts.ts';
import type { Shift } from '../../../shared/domain/directory/shift.ts';
import { at, morning, person, shift } from './shift-builder.ts';

const commit = (events: readonly ShiftEvent[], now = morning) => ({
  seq: 1,
  at: now,
  actor: { kind: 'person', id: 'P-KEEPER' } as const,
  events,
});
const scheduleOf = (...shifts: readonly Shift[]): Schedule => ({ shifts, alarms: [], ends: [] });
const withoutId = ({ id: _, removed: __, ...rest }: Shift) => rest;
const applied = (schedule: Schedule, events: unknown, now = morning): Schedule => {
  if (isRefusal<unknown>(events)) throw new Error(events.sentence);
  return foldShifts([commit((events as readonly unknown[]).map(readShiftEvent), now)], schedule);
};
const place = { role: 'area-oncall', scope: 'office-HARTFORD' } as const;
const onDuty = ({ shifts }: Schedule, now: string) => onShiftAt(shifts, place, now).map(({ personId }) => personId);

describe('who is on shift', () => {
  const first = shift('P-1', 0, 12);
  const backup = shift('P-2', 0, 12, { order: 2 });
  const night = shift('P-3', 12, 24);
  const elsewhere = shift('P-4', 0, 24, { scope: 'office-DANBURY' });
  const otherRole = shift('P-5', 0, 24, { role: 'area-director' });
  const removed = shift('P-6', 0, 24, { removed: true });
  const all = scheduleOf(night, backup, elsewhere, removed, otherRole, first);

  test.each([
    ['before it begins', -0.01, []],
    ['from its first instant, the backup behind', 0, ['P-1', 'P-2']],
    ['until its last', 11.99, ['P-1', 'P-2']],
    ['and the next at its end', 12, ['P-3']],
    ['no longer than that', 24, []],
  ])('%s', (_, hours, people) => {
    expect(onDuty(all, at(hours))).toEqual(people);
  });

  test('of two who are first, who began earlier is called earlier', () => {
    expect(onDuty(scheduleOf(shift('P-LATE', 6, 12), shift('P-EARLY', 0, 12)), at(8))).toEqual(['P-EARLY', 'P-LATE']);
  });

  test('shifts are for offices and the state, and for staff alone', () => {
    expect(shiftRoles).toContain('area-oncall');
    expect(shiftRoles).toContain('careline-supervisor');
    for (const role of ['hart-liaison', 'mdt-coordinator', 'provider', 'auditor', 'administrator'] as const) {
      expect(shiftRoles).not.toContain(role);
    }
  });
});

describe('a file of shifts', () => {
  const old = [shift('P-1', 0, 12), shift('P-2', 12, 24), shift('P-3', 24, 36)];
  const before = scheduleOf(...old);
  const rows = [{ ...withoutId(shift('P-9', 0, 12)), phone: '203-555-0109' }, withoutId(shift('P-2', 12, 24))];

  test('stands in the place of what was entered for its role and office within its time', () => {
    const events = importShifts(before, rows, { now: morning, number: 7 });
    expect(events).toEqual([
      { type: 'shifts-imported', v: 1, shifts: [{ id: 'SH-7-1', ...rows[0] }], replaced: [old[0]?.id] },
    ]);
    const schedule = applied(before, events);
    expect([1, 13, 25].flatMap((hours) => onDuty(schedule, at(hours)))).toEqual(['P-9', 'P-2', 'P-3']);
  });

  test('leaves other offices, other roles, and shifts that began before it as they are', () => {
    const others = [
      shift('P-1', 0, 12, { scope: 'office-DANBURY' }),
      shift('P-1', 0, 12, { role: 'area-director' }),
      shift('P-1', -2, 1),
    ];
    const [event] = importShifts(scheduleOf(...others), rows, { now: morning, number: 1 });
    expect(event).toMatchObject({ replaced: [] });
  });

  test('sent again adds nothing', () => {
    const schedule = applied(before, importShifts(before, rows, { now: morning, number: 1 }));
    expect(importShifts(schedule, rows, { now: morning, number: 2 })).toEqual([]);
  });

  test('whatever it holds, its shifts are what is on duty then, and a second time changes nothing', () => {
    const turn = fc.record({
      who: fc.constantFrom('P-1', 'P-2', 'P-3'),
      from: fc.integer({ min: 0, max: 90 }),
      long: fc.integer({ min: 1, max: 30 }),
      order: fc.constantFrom(1, 2),
    });
    const turns = fc.array(turn, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(turns, turns, fc.integer({ min: 0, max: 120 }), (entered, file, hours) => {
        const made = (list: typeof file) =>
          list.map(({ who, from, long, order }) => shift(who, from, from + long, { order }));
        const earlier = scheduleOf(...made(entered));
        const lines = made(file).map(withoutId);
        const schedule = applied(earlier, importShifts(earlier, lines, { now: morning, number: 3 }));
        const now = at(hours);
        const meant = lines.filter(({ from, to }) => from <= now && now < to);
        const found = onShiftAt(schedule.shifts, place, now).map(withoutId);
        for (const each of meant) expect(found).toContainEqual(each);
        // What else is on duty began before the file or after its end.
        const [first, last] = [
          lines.map(({ from }) => from).toSorted()[0] ?? '',
          lines
            .map(({ to }) => to)
            .toSorted()
            .at(-1) ?? '',
        ];
        for (const each of found) {
          const isOfFile = lines.some((line) => JSON.stringify(line) === JSON.stringify(each));
          expect(isOfFile || each.from < first || each.from >= last).toBe(true);
        }
        expect(importShifts(schedule, lines, { now: morning, number: 4 })).toEqual([]);
      }),
    );
  });
});

describe('two people swap', () => {
  const [mine, theirs] = [shift('P-1', 0, 12, { phone: '203-555-0101' }), shift('P-2', 12, 24)];
  const schedule = scheduleOf(mine, theirs);
  const people = [person('P-1'), person('P-2')];

  test('in one act, each with their own number', () => {
    const swapped = applied(schedule, swapShifts(schedule, [mine.id, theirs.id], { now: morning, people }));
    expect(swapped.shifts).toEqual([
      { ...withoutId(mine), id: mine.id, personId: 'P-2', phone: undefined },
      { ...theirs, personId: 'P-1', phone: '203-555-0101' },
    ]);
  });

  test('and back again leaves everything as it was', () => {
    const once = applied(schedule, swapShifts(schedule, [mine.id, theirs.id], { now: morning, people }));
    expect(applied(once, swapShifts(once, [mine.id, theirs.id], { now: morning, people }))).toEqual(schedule);
  });

  const gone = shift('P-3', -12, 0);
  const own = shift('P-1', 24, 36);
  const out = shift('P-2', 24, 36, { removed: true });
  const all = scheduleOf(mine, theirs, gone, own, out);
  test.each<[string, string, string, readonly ReturnType<typeof person>[], string]>([
    ['not with a shift that has ended', mine.id, gone.id, people, 'shift-over'],
    ['not with one that is not there', mine.id, 'SH-9-9', people, 'no-such-shift'],
    ['not with one that was taken out', mine.id, out.id, people, 'no-such-shift'],
    ['not with oneself', mine.id, own.id, people, 'same-person'],
    ['not where one lacks the role', mine.id, theirs.id, [person('P-1'), person('P-2', 'caseworker')], 'lacks-role'],
    ['not where one is unknown', mine.id, theirs.id, [person('P-2')], 'lacks-role'],
  ])('%s', (_, one, other, known, refused) => {
    expect(swapShifts(all, [one, other], { now: morning, people: known })).toMatchObject({ refused });
  });
});

describe('a shift is handed over', () => {
  const mine = shift('P-1', 0, 12, { phone: '203-555-0101' });
  const schedule = scheduleOf(mine);
  const hand = (given: Partial<Parameters<typeof handOverShift>[2]> = {}, phone?: string) =>
    handOverShift(schedule, { id: mine.id, phone }, { now: at(6), person: person('P-2'), ...given });

  test('while it runs, to another person with their own number', () => {
    expect(applied(schedule, hand({}, '203-555-0102')).shifts).toEqual([
      { ...mine, personId: 'P-2', phone: '203-555-0102' },
    ]);
  });
  test('without a number, the directory’s counts and not that of the first person', () => {
    expect(applied(schedule, hand()).shifts[0]).not.toHaveProperty('phone');
  });
  test('the same again adds nothing', () => {
    expect(hand({ person: person('P-1') }, '203-555-0101')).toEqual([]);
  });
  test.each<[string, ReturnType<typeof hand>, string]>([
    ['not to a person that the directory lacks', hand({ person: undefined }), 'no-such-person'],
    ['not to a person without the role', hand({ person: person('P-2', 'caseworker') }), 'lacks-role'],
    ['not to one of another office', hand({ person: person('P-2', 'area-oncall', 'office-DANBURY') }), 'lacks-role'],
    ['not without any number', hand({ person: { ...person('P-2'), phone: 'ask' } }), 'no-telephone'],
    ['not once it has ended', hand({ now: at(12) }), 'shift-over'],
  ])('%s', (_, answer, refused) => {
    expect(answer).toMatchObject({ refused });
  });
});

test('a shift that was taken out is no one’s, and cannot be taken out again', () => {
  const mine = shift('P-1', 0, 12);
  const schedule = applied(scheduleOf(mine), removeShift(scheduleOf(mine), mine.id, morning));
  expect(onDuty(schedule, at(1))).toEqual([]);
  expect(removeShift(schedule, mine.id, morning)).toMatchObject({ refused: 'no-such-shift' });
});

test('the schedule forgets shifts a month after they ended, and not before', () => {
  const mine = shift('P-1', 0, 12);
  const kept = applied(scheduleOf(mine), [], at(12 + 30 * 24));
  expect(kept.shifts).toEqual([mine]);
  expect(applied(scheduleOf(mine), [], at(13 + 30 * 24)).shifts).toEqual([]);
});

test('what is no event of a shift is not read as one', () => {
  expect(() => readShiftEvent({ type: 'shift-removed', v: 2, id: 'SH-1-1' })).toThrow();
  expect(emptySchedule).toEqual({ shifts: [], alarms: [], ends: [] });
});
