/** What holds in every life of a referral, for any acts in any order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandNamed } from '../../shared/domain/commands.ts';
import { correctable, reporterFields } from '../../shared/domain/core/vocabulary.ts';
import { openDutiesOf } from '../../shared/domain/deadlines/deadline-runs.ts';
import { isStatutory } from '../../shared/domain/deadlines/deadlines.ts';
import { openDeadlines } from '../../shared/domain/deadlines/open-deadlines.ts';
import { fold } from '../../shared/domain/fold.ts';
import { answerTo } from '../../shared/domain/pathway/runs.ts';
import { ruleIn } from '../../shared/domain/policy/policy.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { currentScreening } from '../../shared/domain/screening/current-screening.ts';
import { connecticut20261 as policy } from '../../shared/policy/connecticut-2026-1.ts';
import { examplesOf, seedOf } from '../support/examples.ts';
import { type Act, acts, happen, reports, stepNames } from '../support/random-story.ts';
import { referral, referralId, type Story, type Told } from '../support/referral-builder.ts';
import { bringToAnEnd, readyToClose } from '../support/scenes.ts';

/** Where the runs follow, as they do in production; without them, acts and steps come in any order at all. */
const lives = fc.record({
  told: reports,
  life: acts,
  followed: fc.boolean(),
  /** All is done already, and only the final review is left. */
  late: fc.boolean(),
});
interface Life {
  readonly told: Told;
  readonly life: readonly Act[];
  readonly followed: boolean;
  readonly late: boolean;
}

function begin({ told, followed, late }: Life): Story {
  if (late && followed) return readyToClose({ mandated: told.mandated ?? 'unknown' });
  return followed ? referral(told).run() : referral(told);
}

function live(life: Life, check: (story: Story, before: Referral, act: Act, answer: string) => void = () => {}): Story {
  const story = begin(life);
  for (const act of life.life) {
    const before = story.state;
    const answer = happen(story, act);
    check(story, before, act, answer);
  }
  return story;
}

interface Moment {
  readonly before: Referral;
  readonly after: Referral;
  readonly act: Act;
  readonly answer: string;
}

/** All properties draw the same lives. */
const seed = seedOf(2026);
const livedLives = new Map<string, { readonly story: Story; readonly moments: readonly Moment[] }>();

/** The same life, lived once for every property that only looks at it: all of them draw the same lives. */
function lived(life: Life) {
  const key = JSON.stringify(life);
  const known = livedLives.get(key);
  if (known) return known;
  const moments: Moment[] = [];
  const story = live(life, ({ state: after }, before, act, answer) => moments.push({ before, after, act, answer }));
  const found = { story, moments };
  livedLives.set(key, found);
  return found;
}

const always = (name: string, property: (life: Life) => void) =>
  it(name, () => fc.assert(fc.property(lives, property), { seed, numRuns: examplesOf(12) }));

const stringsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : [];

describe('in every life of a referral', () => {
  always('an act that is refused leaves nothing behind, and one out of its stage is refused', (life) => {
    for (const { before, after, act, answer } of lived(life).moments) {
      if (answer !== 'accepted') expect(after).toBe(before);
      if (act.kind === 'command' && answer === 'accepted')
        expect(commandNamed(act.name).stages ?? ['open']).toContain(before.stage);
    }
  });

  always('the events, folded from the first one, give the same state again', (life) => {
    const { story } = lived(life);
    expect(fold(referralId, story.commits)).toEqual(story.state);
    expect(story.commits.map(({ seq }) => seq)).toEqual(story.commits.map((_, index) => index + 1));
  });

  always('no deadline of law is ever due later than it was, and none of any kind is lost', (life) => {
    for (const { before, after: state } of lived(life).moments) {
      for (const deadline of Object.values(before.deadlines)) {
        const after = state.deadlines[deadline.id];
        expect(after).toBeDefined();
        if (after && isStatutory(deadline, policy))
          expect(Date.parse(after.due)).toBeLessThanOrEqual(Date.parse(deadline.due));
        // A deadline that a merge ended opens again when the merge is undone. No other ended deadline opens again.
        const isBack = deadline.endedBecause === 'merged' && before.stage === 'merged' && after?.status === 'open';
        if (deadline.status !== 'open' && !isBack) expect(after?.status).toBe(deadline.status);
      }
    }
  });

  always('a deadline of law ends kept, found not applicable, or missed with two signatures', (life) => {
    const { state } = lived(life).story;
    for (const deadline of Object.values(state.deadlines)) {
      expect(deadline.keptAt !== undefined, deadline.id).toBe(deadline.status === 'kept');
      if (!isStatutory(deadline, policy)) continue;
      expect(deadline.status).not.toBe('ended');
      if (deadline.status !== 'missed-closed') continue;
      expect(deadline.countersignedBy).toBeDefined();
      expect(deadline.countersignedBy).not.toBe(deadline.explanation?.by);
    }
  });

  always(
    'what is over has no deadline of practice left but the review of staff, and what is closed owes the written report alone beside it',
    (life) => {
      const { state } = lived(life).story;
      // An erasure of an ended referral is proposed, and an emergency access to it reviewed. Each has a clock of its
      // own.
      const open = openDeadlines(state).filter(({ rule }) => !['D37d', 'D37i'].includes(rule));
      if (state.stage === 'withdrawn' || state.stage === 'merged')
        expect(open.filter((deadline) => !isStatutory(deadline, policy))).toEqual([]);
      if (state.stage === 'closed') expect(open.filter(({ rule }) => rule !== 'D2')).toEqual([]);
    },
  );

  always('each alert has its own id', (life) => {
    const ids = lived(life)
      .story.all('alert-requested')
      .map(({ alertId }) => alertId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  always('the events hold ids, codes and instants, and nothing that a person wrote', (life) => {
    // The sources of the law, and names of fields that an event says were corrected.
    const bases: readonly string[] = [
      ...policy.eligibility.map(({ basis }) => basis),
      ...correctable,
      ...reporterFields,
    ];
    const coded = /^([A-Z0-9.-]{1,64}|[a-z0-9:-]+|D\d+[a-z]?|\d{4}-\d\d-\d\dT[\d:.]+Z|(?:generic|connecticut)-[\d.]+)$/;
    for (const event of lived(life).story.events()) {
      const { routing: _, skipped: __, ...said } = { routing: undefined, skipped: undefined, ...event };
      for (const text of stringsIn(said)) if (!bases.includes(text)) expect(text).toMatch(coded);
    }
  });

  always('a step run twice adds nothing the second time', (life) => {
    live(life, (story, before) => {
      if (story.state === before) return;
      const name = stepNames[story.commits.length % stepNames.length] ?? 'DrawRoster';
      story.step(name);
      expect(story.step(name), name).toEqual([]);
    });
  });
});

describe('in every life that the workflows follow', () => {
  const followed = (name: string, property: (story: Story) => void) =>
    always(name, (life) => property(live({ ...life, followed: true })));

  always('each screening has its pathway, and the run waits or is done', (life) => {
    const { story } = lived({ ...life, followed: true });
    const screening = currentScreening(story.state);
    if (story.state.stage !== 'open') expect(story.standsAt()).toBe('Done');
    else expect(story.standsAt()).toBe(screening ? 'AwaitResolution' : 'AwaitScreening');
    if (screening && story.state.stage === 'open') {
      expect(story.state.pathway.screening).toBe(screening.number);
      expect(story.state.eligibility.proposal?.screening).toBe(screening.number);
    }
  });

  followed('diligent people can bring it to an end, whatever was done before', (story) => {
    if (story.state.stage !== 'open') return;
    bringToAnEnd(story);
    expect(story.state.stage).toBe('closed');
    expect(story.open().filter((rule) => ruleIn(policy, rule).closing !== 'outlives')).toEqual([]);
  });

  followed('when all is at rest no step has anything to add, and no run anything to hear', (story) => {
    // What fell due before a report was entered is raised at the first tick.
    story.after('PT1S');
    for (const name of stepNames) expect(story.step(name), name).toEqual([]);
    for (const run of [referralId, ...Object.keys(story.state.runs)]) {
      const wait = story.waitOf(run);
      const answer = wait && answerTo(story.state, wait, policy);
      expect(wait && answerTo(story.state, wait, policy)).toEqual(answer);
      const over = run === referralId ? story.state.stage !== 'open' : openDutiesOf(story.state, run).length === 0;
      expect(answer !== undefined, run).toBe(over);
      if (run !== referralId) expect(story.step('RaiseCheckpoint', run)).toEqual([]);
    }
  });
});

it('the lives reach far: every kind of end, and most kinds of events', () => {
  const stories = fc.sample(lives, { numRuns: examplesOf(240), seed: seed + 1 }).map((life) => lived(life).story);
  const types = new Set(stories.flatMap((story) => story.events().map(({ type }) => type)));
  expect(new Set(stories.map(({ state }) => state.stage))).toEqual(new Set(['open', 'closed', 'withdrawn', 'merged']));
  expect(types.size).toBeGreaterThan(40);
});
