/** The time of a case: timers in their order, and an end to what has none. */
import { expect, test } from 'vitest';
import { createVirtualTime, NoProgress } from './virtual-time.ts';

const monday = Date.parse('2026-11-09T15:00:00.000Z');
const day = 86_400_000;

test('timers fire in the order of their instants, and those of one instant in the order in which they were set', async () => {
  const time = createVirtualTime(monday);
  const fired: string[] = [];
  const at = (seconds: number, name: string) => time.at(monday + seconds * 1000, () => void fired.push(name));
  at(2, 'second');
  at(1, 'first');
  at(2, 'second too');
  at(3, 'cancelled')();
  at(4, 'later');
  await time.runUntil(monday + 3000);
  expect(fired).toEqual(['first', 'second', 'second too']);
  expect(time.iso()).toBe('2026-11-09T15:00:03.000Z');
});

test.each([
  ['at once', 0],
  ['every second', 1000],
])('work that always sets off more work %s ends as no progress', async (_, wait) => {
  const time = createVirtualTime(monday);
  const again = () => void time.at(time.now() + wait, again);
  again();
  await expect(time.runUntil(monday + 10 * day)).rejects.toThrow(NoProgress);
});

test('a caller that asks without an end is told that it is stuck, and on which day', async () => {
  const time = createVirtualTime(monday);
  time.at(monday + 1.5 * day, () => {
    const ask = async () => {
      while (!time.isStuck()) {
        time.step();
        await undefined;
      }
    };
    void ask();
  });
  await expect(time.runUntil(monday + 2 * day)).rejects.toThrow('in the day from 2026-11-11T03:00:00.000Z on');
});

test('a year of much work is progress', async () => {
  const time = createVirtualTime(monday);
  const hourly = () => {
    for (let steps = 0; steps < 1000; steps += 1) time.step();
    time.at(time.now() + 3_600_000, hourly);
  };
  hourly();
  await time.runUntil(monday + 365 * day);
  expect(time.now()).toBe(monday + 365 * day);
});
