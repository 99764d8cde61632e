/**
 * The domain's outcome words and the definitions' choices. The choices know each word that can arrive, and none other.
 */
import { describe, expect, test } from 'vitest';
import { outcomes } from '../../shared/domain/core/vocabulary.ts';
import { answerTo, type Wait } from '../../shared/domain/pathway/runs.ts';
import { checkpointOutcome, stepOutcome } from '../../shared/domain/pathway/steps.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { referral, type Story } from '../support/referral-builder.ts';
import { bringAbout, lowerDanger, meet, readyToClose, sceneOf } from '../support/scenes.ts';
import { definitions, machines, statesOf, wordsOf } from './asl.ts';

const { policy } = referral();
const withdrawn = (story: Story) =>
  story.do('propose-withdrawal', { because: 'made-in-error' }).do('agree-withdrawal', {}, 'careline-manager');
const other = 'CR-0THER-0NE000';

/** Stories without runs, so that nothing is answered before it is asked here. */
const stories: readonly Referral[] = [
  referral(),
  ...outcomes.map((outcome) => referral().screen(outcome)),
  ...outcomes.map((outcome) => referral().run().screen(outcome)),
  withdrawn(referral().run()),
  referral({ candidates: [other] })
    .run()
    .do('answer-duplicate', { answer: 'same-child-open', of: other }),
  readyToClose(),
  readyToClose().do('close-referral'),
  (() => {
    const story = referral().run().screen('high-risk').tellTeam();
    return meet(story, ['education']);
  })(),
  referral().run().lose(referral().state.id),
  sceneOf('D15').screen('confirmed'),
  lowerDanger(referral().run()),
  referral()
    .run()
    .screen('high-risk')
    .after('P40D')
    .do(
      'explain-miss',
      { deadlineId: `${referral().state.id}.D10.1`, reasonCode: 'staffing', willBeKept: false },
      'area-supervisor',
    ),
  referral().run().lose(`${referral().state.id}.D8.1`),
  // A group whose duties ended in different ways.
  bringAbout(referral().run(), 'police-notified-state').do(
    'find-not-applicable',
    { deadlineId: `${referral().state.id}.D4.1` },
    'legal',
  ),
].map(({ state }) => state);
/** The states a story went through as well, where the run had not yet done what it was told. */
const states: readonly Referral[] = stories.flatMap((state) => [
  state,
  {
    ...state,
    services: { ...state.services, recommended: ['education'] },
  },
  {
    ...state,
    closure: { ...state.closure, opened: false },
  },
]);

const started = { generation: 1, startedAt: '2026-11-09T15:00:00.000Z' };
const referralWaits: readonly Wait[] = (['screening', 'resolution'] as const).map((waitsFor) => {
  return { run: 'referral', waitsFor, ...started };
});
const deadlineWaits = (state: Referral): readonly Wait[] =>
  [...Object.keys(state.runs), `${state.id}.D99.1`].map((runId) => {
    return { run: 'deadline', runId, checkpointAt: '2026-11-09T15:00:00Z', ...started };
  });
const words = (found: readonly ({ readonly outcome: string } | undefined)[]): ReadonlySet<string> =>
  new Set(found.flatMap((answer) => (answer ? [answer.outcome] : [])));

/** Every word that the domain answers, by who asks it. */
const answered = {
  /** A step of the referral's run. */
  step: words(states.map(stepOutcome)),
  referralWait: words(states.flatMap((state) => referralWaits.map((wait) => answerTo(state, wait, policy)))),
  deadlineWait: words(states.flatMap((state) => deadlineWaits(state).map((wait) => answerTo(state, wait, policy)))),
  checkpoint: words(
    states.flatMap((state) =>
      [...Object.keys(state.runs), `${state.id}.D99.1`].map((id) => checkpointOutcome(state, id, policy)),
    ),
  ),
};

/** The words that can arrive at a choice: those of the tasks that lead to it. */
function arriving(machine: 'referral' | 'deadline', choice: string): ReadonlySet<string> {
  const before = statesOf('Task').filter((task) => task.machine === machine && task.state.Next === choice);
  return new Set(
    before.flatMap(({ name, state }) => {
      if (state.Resource?.endsWith('.waitForTaskToken')) {
        return [...(machine === 'referral' ? answered.referralWait : answered.deadlineWait)];
      }
      if (machine === 'deadline') return [...answered.checkpoint];
      // The proposal follows a screening, so there is always an outcome or an end.
      return [...answered.step].filter((word) => !(name === 'ProposeEligibility' && word === 'waiting'));
    }),
  );
}

describe('the outcome words', () => {
  test('are these: a new word needs a place in a definition', () => {
    expect([...answered.step].toSorted()).toEqual([...outcomes, 'merged', 'closed', 'waiting', 'withdrawn'].toSorted());
    expect([...answered.referralWait].toSorted()).toEqual(
      ['merged', 'closed', 'handed-over', 'recommended', 'resolved', 'screened', 'waiting', 'withdrawn'].toSorted(),
    );
    expect([...answered.deadlineWait].toSorted()).toEqual(
      ['ended', 'handed-over', 'kept', 'missed-closed', 'moved', 'not-applicable', 'settled'].toSorted(),
    );
    expect([...answered.checkpoint].toSorted()).toEqual(
      ['ended', 'kept', 'missed-closed', 'not-applicable', 'settled', 'waiting'].toSorted(),
    );
  });

  test.each(statesOf('Choice'))('that can arrive at $name are known there', ({ machine, name, state }) => {
    const unknown = [...arriving(machine, name)].filter((word) => !wordsOf(state).includes(word));
    expect(unknown).toEqual([]);
  });

  test.each(statesOf('Choice'))('that $name knows lead each to one way only', ({ state }) => {
    expect(wordsOf(state).toSorted()).toEqual([...new Set(wordsOf(state))].toSorted());
  });

  test.each(machines)('that a choice of the %s definition knows are answered by the domain', (machine) => {
    const all =
      machine === 'referral'
        ? [...answered.step, ...answered.referralWait]
        : [...answered.deadlineWait, ...answered.checkpoint];
    const known = Object.values(definitions[machine].States).flatMap(wordsOf);
    expect(known.filter((word) => !all.includes(word))).toEqual([]);
    expect(known.length).toBeGreaterThan(5);
  });

  test('that end a deadline run say how the deadline ended, and the others bring an instant', () => {
    for (const state of states) {
      for (const wait of deadlineWaits(state)) {
        const answer = answerTo(state, wait, policy);
        if (answer) expect(answer.checkpointAt !== undefined).toBe(answer.outcome === 'moved');
      }
    }
  });
});
