import { expect, test } from 'vitest';
import { isTurnOf, spansToSweep } from '../../functions/sweep/turns.ts';
import { isIn } from '../../shared/domain/core/spans.ts';
import { nextLook } from './sweep-times.ts';

const mark = 300_000;
const id = 'CR-7F3KD-9QXMT2';

test('the marks at which a referral is looked at are those at which the sweep names its hour, or has its turn', () => {
  const opened = Date.parse('2026-11-25T15:20:00.000Z');
  const end = opened + 6 * 86_400_000;
  const named: number[] = [];
  for (let at = Math.ceil(opened / mark) * mark; at <= end; at += mark) {
    const now = new Date(at).toISOString();
    const isNamed = spansToSweep(now).some((span) => isIn(span, new Date(opened).toISOString()));
    if (at > opened && (isNamed || isTurnOf(id, now))) named.push(at);
  }
  const looked: number[] = [];
  for (let at = nextLook(id, opened, opened); at <= end; at = nextLook(id, opened, at)) looked.push(at);
  expect(looked).toEqual(named);
  expect(looked.length).toBeGreaterThan(66 + 22);
});
