/** At the very instant at which a deadline is due: in time by the act, missed by the clock. */
import { describe, expect, test } from 'vitest';
import { dueAt } from '../../../shared/domain/policy/due.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral } from '../../support/referral-builder.ts';

/** A report, with the time at which its classification (D1, 30 minutes) is due. */
const received = () => {
  const story = referral().run();
  return { story, due: story.deadline('D1').due };
};
/** So many seconds after a UTC instant. */
const secondsFrom = (instant: string, seconds: number) =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString().replace('.000Z', 'Z');

describe('a deadline at its very due instant', () => {
  test('is due 30 minutes after the report', () => {
    const { story, due } = received();
    expect(due).toBe(dueAt(story.state.report.receivedAt, { unit: 'minutes', amount: 30 }, policy.calendar).due);
  });

  test('is not missed a second before', () => {
    const { story, due } = received();
    expect(story.at(secondsFrom(due, -1)).deadline('D1')).toMatchObject({ status: 'open' });
    expect(story.all('deadline-missed')).toEqual([]);
  });

  test('is missed while it is open, and yet kept in time by an act of that instant', () => {
    const { story, due } = received();
    story.at(due);
    expect(story.deadline('D1')).toMatchObject({ status: 'open', missed: true });
    story.do('classify-report', { track: 'investigation' });
    expect(story.all('deadline-kept')).toMatchObject([{ at: expect.any(String), late: false }]);
  });

  test('is kept late by an act one second after it', () => {
    const { story, due } = received();
    story.at(secondsFrom(due, 1)).do('classify-report', { track: 'investigation' });
    expect(story.all('deadline-kept')).toMatchObject([{ late: true }]);
  });
});
