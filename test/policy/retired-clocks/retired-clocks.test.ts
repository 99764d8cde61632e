/**
 * Fewer clocks, with nothing lost. Histories that people played under the clocks of before are played again under the policy of
 * now. `histories.json` holds the acts, and the duties of law and first calls of then.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { retiredClocks } from '../../../shared/policy/connecticut-2026-1/retired-clocks.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { clocksOf, type History, styles } from './histories.ts';

const histories = JSON.parse(readFileSync(new URL('histories.json', import.meta.url), 'utf8')) as readonly History[];

/** What commands ask for since the acts were recorded. */
const askedSince: Readonly<Record<string, object>> = {
  'record-contact': { reached: 'yes' },
  'withhold-parents-notice': { ground: 'endangers-a-person' },
};

/** Refusals of today alone: a duty that was added since holds up the closing. */
const refusedSince: readonly string[] = ['close-referral: not-ready'];

/** The same acts at the same instants. Each was accepted under the clocks of before. */
function playAgain({ told, acts, end }: History): { readonly story: Story; readonly refused: readonly string[] } {
  const story = referral(told).run();
  const refused = acts.flatMap(([at, name, input, as]) => {
    const said = story.at(at).refused(name, { ...askedSince[name], ...input }, as);
    return said === 'accepted' || refusedSince.includes(`${name}: ${said}`) ? [] : [`${at} ${name}: ${said}`];
  });
  return { story: story.at(end), refused };
}

const played = histories.map((history) => ({ history, ...playAgain(history) }));
const named = played.map((each) => [`${each.history.style} ${each.history.seed}`, each] as const);

/** The rules that do the work of a rule now. A rule that was not retired does its own. */
const successorsOf = (rule: string): readonly string[] => [
  rule,
  ...retiredClocks.filter(({ ids }) => ids.includes(rule)).flatMap(({ successors }) => successors),
];

test('the histories are of every kind: on time, late, never and mixed, with duties of law and calls', () => {
  expect(histories.length).toBeGreaterThanOrEqual(40);
  for (const style of styles) expect(histories.filter((each) => each.style === style).length).toBeGreaterThan(9);
  expect(histories.flatMap(({ clocks }) => clocks.law).length).toBeGreaterThan(200);
  expect(histories.flatMap(({ clocks }) => clocks.calls).length).toBeGreaterThan(100);
  const acts = new Set(histories.flatMap((each) => each.acts.map(([, name]) => name)));
  for (const name of ['offer-linkage', 'accept-linkage', 'start-linkage', 'screen', 'record-meeting', 'inform-seat'])
    expect(acts).toContain(name);
});

describe.each(named)('the history %s', (_, { history, story, refused }) => {
  const now = clocksOf(story);

  test('can be played again', () => {
    expect(refused).toEqual([]);
  });

  test('has every duty of law again, due no later', () => {
    const left = [...now.law];
    const lost = history.clocks.law.filter(([rule, start, due]) => {
      const found = left.findIndex(
        ([its, from, until]) => its === rule && from === start && Date.parse(until) <= Date.parse(due),
      );
      if (found >= 0) left.splice(found, 1);
      return found < 0;
    });
    expect(lost).toEqual([]);
  });

  test('calls people no later about each duty that called', () => {
    const lost = history.clocks.calls.filter(
      ([rule, subject, at]) =>
        !now.calls.some(
          ([its, about, calledAt]) =>
            successorsOf(rule).includes(its) &&
            (its !== rule || about === subject) &&
            Date.parse(calledAt) <= Date.parse(at),
        ),
    );
    expect(lost).toEqual([]);
  });
});

test('a retired clock is in the policy only where it is its own successor, and each successor is there', () => {
  const running = connecticut20261.deadlines.map(({ id }) => id);
  for (const { ids, successors, reason } of retiredClocks) {
    for (const id of ids) expect(running.includes(id), id).toBe(successors.some((each) => each === id));
    for (const successor of successors) expect(running).toContain(successor);
    expect(reason).toMatch(/\.$/);
  }
});
