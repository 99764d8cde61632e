/** A time without a shift, or with two that both come first, alarms a day and four hours ahead. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { onShiftAt, readShiftEvent } from '../../../shared/domain/directory/on-call-shifts.ts';
import type { Shift } from '../../../shared/domain/directory/shift.ts';
import {
  faultsAhead,
  faultTimes,
  foldAlarms,
  lookedAhead,
  type OpenAlarm,
  placesCovered,
  readersOf,
} from '../../../shared/domain/directory/shift-alarms.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { at, shift } from './shift-builder.ts';

/** One office and one role, so that each test says all that is on call. */
const policy = {
  geography: { ...connecticut20261.geography, offices: [{ id: 'HARTFORD', region: 4 }] },
  shifts: { ...connecticut20261.shifts, covered: connecticut20261.shifts.covered.slice(0, 1) },
};
const place = { role: 'area-oncall', scope: 'office-HARTFORD' } as const;
const found = (hours: number, ...shifts: readonly Shift[]) => faultsAhead(shifts, policy, at(hours));

test('every office, the director on call and the Careline supervisor are covered, as this project assumes', () => {
  const places = placesCovered(connecticut20261);
  expect(places).toHaveLength(connecticut20261.geography.offices.length + 2);
  expect(places).toContainEqual({ role: 'area-oncall', scope: 'office-NEW-HAVEN' });
  expect(places).toContainEqual({ role: 'director-oncall', scope: 'state' });
  expect(connecticut20261.shifts.covered.every(({ confidence }) => confidence === 'assumed')).toBe(true);
});

describe('an empty time', () => {
  const week = [shift('P-1', 0, 48), shift('P-2', 60, 100)];
  const gap = { ...place, fault: 'empty', from: at(48), to: at(60) };

  test.each([
    ['more than a day ahead says nothing', 23.9, []],
    ['a day ahead is the first warning', 24, [{ ...gap, ahead: 1 }]],
    ['five hours ahead still is', 43, [{ ...gap, ahead: 1 }]],
    ['four hours ahead is the second', 44, [{ ...gap, ahead: 2 }]],
    ['while it lasts still is', 59, [{ ...gap, ahead: 2 }]],
    ['once it is over says nothing', 60, []],
  ])('%s', (_, hours, faults) => {
    expect(found(hours, ...week)).toEqual(faults);
  });

  test('after the last shift has no end, and before the first no beginning', () => {
    expect(found(90, ...week)).toEqual([{ ...place, fault: 'empty', from: at(100), ahead: 1 }]);
    expect(found(-30, ...week)).toEqual([{ ...place, fault: 'empty', to: at(0), ahead: 2 }]);
  });

  test('is none with a backup, under a longer shift, or between 7:59 and 8:00', () => {
    const seam = shift('P-2', 47 + 59 / 60, 100);
    expect(found(40, shift('P-1', 0, 48), shift('P-3', 40, 70, { order: 2 }), shift('P-2', 60, 100))).toEqual([]);
    expect(found(10, shift('P-1', 0, 100), shift('P-3', 5, 12, { order: 2 }))).toEqual([]);
    expect(found(40, { ...shift('P-1', 0, 48), to: at(47 + 58 / 60) }, { ...seam })).toEqual([]);
  });

  test('of a shift that was taken out counts', () => {
    expect(found(1, shift('P-1', 0, 2), shift('P-2', 2, 90, { removed: true }))).toMatchObject([
      { fault: 'empty', from: at(2) },
    ]);
  });
});

describe('one person as first and backup', () => {
  test('is a fault while both last, and none in sequence or in different order', () => {
    const [first, backup] = [shift('P-1', 0, 48), shift('P-1', 20, 60, { order: 2 })];
    const rest = shift('P-2', 48, 100);
    expect(found(1, first, backup, rest)).toEqual([
      { ...place, fault: 'same-person', from: at(20), to: at(48), ahead: 1 },
    ]);
    expect(found(1, first, shift('P-1', 48, 60, { order: 2 }), rest)).toEqual([]);
    expect(found(1, first, shift('P-3', 20, 60, { order: 2 }), rest)).toEqual([]);
  });
});

describe('an overlap', () => {
  test('of two with the same order is one, of first and backup none', () => {
    const [one, other] = [shift('P-1', 0, 30), shift('P-2', 20, 60)];
    expect(found(1, one, other)).toEqual([{ ...place, fault: 'overlap', from: at(20), to: at(30), ahead: 1 }]);
    expect(found(17, one, other)).toMatchObject([{ fault: 'overlap', ahead: 2 }]);
    expect(found(1, one, { ...other, order: 2 })).toEqual([]);
  });
});

test('where no shift of a role was ever entered, one notice says so, for all offices together', () => {
  expect(faultsAhead([], connecticut20261, at(0))).toEqual(
    connecticut20261.shifts.covered.map(({ role }) => ({ fault: 'none-entered', role, scope: 'state', ahead: 2 })),
  );
  // With one office entered, each of the others has a time without.
  const faults = faultsAhead([shift('P-1', 0, 48)], connecticut20261, at(1));
  const { length } = connecticut20261.geography.offices;
  expect(faults.filter(({ fault }) => fault === 'empty')).toHaveLength(length - 1);
});

describe('the chain of shifts', () => {
  const open = (events: readonly unknown[], from: readonly OpenAlarm[] = [], seq = 1) =>
    foldAlarms([{ seq, events: events.map(readShiftEvent) }], from);
  const week = [shift('P-1', 0, 48), shift('P-2', 60, 100)];

  test('raises each warning once, however often the watchdog looks', () => {
    let alarms: readonly OpenAlarm[] = [];
    const raised: (string | number)[][] = [];
    for (let hours = 12; hours < 70; hours += 1 / 12) {
      const events = lookedAhead(alarms, found(hours, ...week));
      for (const event of events) if ('ahead' in event) raised.push([Math.round(hours), event.ahead]);
      alarms = open(events, alarms);
    }
    expect(raised).toEqual([
      [24, 1],
      [44, 2],
    ]);
    expect(alarms).toEqual([]);
  });

  test('is told anew where what was mended is empty again', () => {
    const first = open(lookedAhead([], found(30, ...week)));
    const mended = open(lookedAhead(first, found(31, ...week, shift('P-3', 48, 60))), first);
    expect(mended).toEqual([]);
    expect(lookedAhead(mended, found(32, ...week))).toHaveLength(1);
  });

  test('keeps the place of the commit that raised each warning, which is in the id of its notices', () => {
    const raised = open(lookedAhead([], found(30, ...week)));
    expect(raised).toMatchObject([{ ahead: 1, raisedIn: 1 }]);
    expect(open(lookedAhead(raised, found(45, ...week)), raised, 2)).toMatchObject([{ ahead: 2, raisedIn: 2 }]);
  });
});

test('those who keep the shifts of the place are told, and the Careline at every hour', () => {
  const fault = { ...place, fault: 'empty' } as const;
  expect(readersOf(fault)).toEqual([
    ['area-supervisor', 'office-HARTFORD'],
    ['careline-supervisor', 'state'],
  ]);
  expect(readersOf({ ...fault, role: 'director-oncall', scope: 'state' })).toEqual([
    ['careline-supervisor', 'state'],
    ['careline-manager', 'state'],
  ]);
  expect(readersOf({ ...fault, fault: 'none-entered', scope: 'state' })).toEqual([['careline-manager', 'state']]);
});

test('a fault says its times in New York', () => {
  expect(faultTimes({ from: at(48), to: at(60) })).toBe(
    'from Fri Nov 27, 2026, 8:00 AM EST until Fri Nov 27, 2026, 8:00 PM EST',
  );
  expect(faultTimes({ from: at(48) })).toBe('from Fri Nov 27, 2026, 8:00 AM EST on');
  expect(faultTimes({ to: at(60) })).toBe('from now until Fri Nov 27, 2026, 8:00 PM EST');
});

test('a time is empty exactly without a shift, and double exactly with two first ones, for any shifts', () => {
  const turn = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 15 }), fc.constantFrom(1, 2));
  fc.assert(
    fc.property(fc.array(turn, { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 23 }), (turns, hours) => {
      const shifts = turns.map(([from, long, order]) => shift('P-1', from, from + long, { order }));
      const now = at(hours + 0.5);
      const faults = found(0, ...shifts).filter(
        ({ from = '', to = '9' }) => Date.parse(from || at(-999)) <= Date.parse(now) && now < to,
      );
      const there = onShiftAt(shifts, place, now);
      expect(faults.some(({ fault }) => fault === 'empty')).toBe(there.length === 0);
      const isDouble = [1, 2].some((order) => there.filter((each) => each.order === order).length > 1);
      expect(faults.some(({ fault }) => fault === 'overlap')).toBe(isDouble);
    }),
  );
});
