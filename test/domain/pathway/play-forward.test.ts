/** What happens if no one acts, told ahead, against what then happens in the workflows as they are written. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outcomes } from '../../../shared/domain/core/vocabulary.ts';
import { runIdOf } from '../../../shared/domain/deadlines/deadline-runs.ts';
import { aheadOfRun, playForward } from '../../../shared/domain/pathway/play-forward.ts';
import { referral, type Story } from '../../support/referral-builder.ts';

/** The first instant after the first `count` commits at which something else happened than a clock. */
const disturbedAt = (story: Story, count: number): string =>
  story.commits.slice(count).find(({ actor }) => actor.id !== 'RAISECHECKPOINT')?.at ?? '9999';

/** Every checkpoint that was raised after the first `count` commits, with the instant at which it was. */
const raisedAfter = (story: Story, count: number) =>
  story.commits
    .slice(count)
    .flatMap(({ at, events }) =>
      events.flatMap((each) => (each.type === 'checkpoint-raised' ? [`${at} ${each.deadlineId} ${each.kind}`] : [])),
    );

const told = (ahead: ReturnType<typeof playForward>) =>
  ahead.flatMap(({ at, raised }) => raised.map(({ deadlineId, kind }) => `${at} ${deadlineId} ${kind}`));

const hours = (from: string, count: number) => new Date(Date.parse(from) + count * 3_600_000).toISOString();

describe('what happens if no one acts', () => {
  test('is what the workflows then do, to the instant, wherever a story stands', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        fc.record({
          danger: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
          missingNow: fc.constantFrom('yes' as const, 'no' as const),
          perpetrators: fc
            .constantFrom('caregiver' as const, 'third-party' as const, 'unknown' as const)
            .map((code) => [code]),
        }),
        fc.option(fc.constantFrom(...outcomes), { nil: undefined }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 600 }),
        (facts, outcome, before, span) => {
          const story = referral(facts).run();
          story.after(`PT${before}H`);
          if (outcome !== undefined && outcome !== 'not-indicated') story.screen(outcome);
          const { state, policy, now, commits } = story;
          const count = commits.length;
          const until = hours(now, span);
          const ahead = playForward(state, policy, { now, until, most: 2000 });
          story.at(until);
          // A birthday, or a run's new generation, is no clock. What follows it is not played.
          const isBefore = (line: string) => line < disturbedAt(story, count);
          const happened = raisedAfter(story, count).filter(isBefore);
          expect(told(ahead).filter(isBefore).toSorted()).toEqual(happened.toSorted());
          compared += happened.length;
        },
      ),
      { numRuns: 25 },
    );
    expect(compared).toBeGreaterThan(300);
  });

  test('names who is told, and ends with the miss of the duty', () => {
    const story = referral({ danger: 'no' }).run();
    const { state, policy, now } = story;
    const duty = story.deadline('D3');
    const id = runIdOf(duty);
    const ahead = aheadOfRun(state, policy, id, { now, until: hours(now, 48), most: 60 });
    expect(ahead.length).toBeGreaterThan(2);
    expect(ahead.flatMap(({ missed }) => missed)).toContain(duty.id);
    expect(ahead.every(({ runId }) => runId === id)).toBe(true);
    expect(ahead.flatMap(({ to }) => to).length).toBeGreaterThan(0);
  });

  test('plays nothing where no clock is open, and stores nothing', () => {
    const story = referral().run();
    const { state, policy, now } = story;
    const copy = structuredClone(state);
    playForward(state, policy, { now, until: hours(now, 100), most: 500 });
    expect(state).toEqual(copy);
    const none = { ...state, runs: {}, deadlines: {} };
    expect(playForward(none, policy, { now, until: hours(now, 100), most: 500 })).toEqual([]);
  });
});
