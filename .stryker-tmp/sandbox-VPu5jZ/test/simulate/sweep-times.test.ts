// @ts-nocheck
import { expect, test } from 'vitest';
import { hoursToSweep } from '../../functions/sweep/sweep.ts';
import { nextLook } from './sweep-times.ts';

const mark = 300_000;

test('the marks at which a referral is looked at are those at which the sweep names its hour', () => {
  const opened = Date.parse('2026-11-25T15:20:00.000Z');
  const end = opened + 6 * 86_400_000;
  const named: number[] = [];
  for (let at = Math.ceil(opened / mark) * mark; at <= end; at += mark) {
    if (at > opened && hoursToSweep(new Date(at).toISOString()).includes('2026-11-25T15')) named.push(at);
  }
  const looked: number[] = [];
  for (let at = nextLook(opened, opened); at <= end; at = nextLook(opened, at)) looked.push(at);
  expect(looked).toEqual(named);
  expect(looked.length).toBeGreaterThan(66);
});
