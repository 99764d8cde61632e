/**
 * What the answers to the checklist propose, over the whole space of inputs. The rules are data, and these are their
 * promises.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  answers,
  genders,
  type IndicatorTopic,
  indicatorTopics,
  type Outcome,
  outcomes,
  trainedToScreen,
} from '../../../shared/domain/core/vocabulary.ts';
import type { InstrumentLevel, ScreeningInputs, Weight } from '../../../shared/domain/policy/policy.ts';
import { checklistCommands } from '../../../shared/domain/screening/checklist-commands.ts';
import { allTopics, proposeScreening, screeningInputs } from '../../../shared/domain/screening/screening.ts';
import { screeningCommands } from '../../../shared/domain/screening/screening-commands.ts';
import { screeningCondition } from '../../../shared/domain/screening/screening-words.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral } from '../../support/referral-builder.ts';

const levels: readonly InstrumentLevel[] = ['not-given', 'none', 'possible', 'clear'];
const ranks: Readonly<Record<Outcome, number>> = {
  confirmed: 3,
  'high-risk': 2,
  'at-risk': 1,
  'insufficient-info': 0,
  'not-indicated': 0,
};
const weights: readonly Weight[] = ['confirming', 'strong', 'contributing'];
const topicsOf = (weight: Weight) =>
  indicatorTopics.filter((topic) => policy.screening.topics[topic].weight === weight);

const propose = (inputs: ScreeningInputs) => proposeScreening(inputs, policy);
const outcomeOf = (inputs: ScreeningInputs) => propose(inputs).outcome;
const all = (answer: Answer) =>
  Object.fromEntries(indicatorTopics.map((topic) => [topic, answer])) as Record<IndicatorTopic, Answer>;
const inputs = (more: Partial<ScreeningInputs> = {}): ScreeningInputs => ({
  answers: all('no'),
  instruments: 'not-given',
  scoreWithoutBand: false,
  oftenMissing: 'no',
  ...more,
});

/** How many of `topics` are yes and unknown: the first so many yes, the next unknown, the rest no. */
function* fillings(topics: readonly IndicatorTopic[]): Generator<Partial<Record<IndicatorTopic, Answer>>> {
  for (let yes = 0; yes <= topics.length; yes += 1) {
    for (let unknown = 0; yes + unknown <= topics.length; unknown += 1) {
      yield Object.fromEntries(
        topics.map((topic, index) => [topic, index < yes ? 'yes' : index < yes + unknown ? 'unknown' : 'no']),
      );
    }
  }
}

/**
 * Every input, with one topic for each weight. Another topic of that weight makes no difference: a property below shows
 * it.
 */
function* everyInput(): Generator<ScreeningInputs> {
  const [confirming, strong, contributing] = weights.map((weight) => [...fillings(topicsOf(weight))]);
  for (const one of confirming ?? [])
    for (const two of strong ?? [])
      for (const three of contributing ?? [])
        for (const instruments of levels)
          for (const oftenMissing of answers)
            for (const scoreWithoutBand of [true, false])
              yield { answers: allTopics({ ...one, ...two, ...three }), instruments, scoreWithoutBand, oftenMissing };
}

const anyInput: fc.Arbitrary<ScreeningInputs> = fc.record({
  answers: fc.record(
    Object.fromEntries(indicatorTopics.map((topic) => [topic, fc.constantFrom(...answers)])) as Record<
      IndicatorTopic,
      fc.Arbitrary<Answer>
    >,
  ),
  instruments: fc.constantFrom(...levels),
  scoreWithoutBand: fc.boolean(),
  oftenMissing: fc.constantFrom(...answers),
});
const anyTopic = fc.constantFrom(...indicatorTopics);
const withAnswer = (given: ScreeningInputs, topic: IndicatorTopic, answer: Answer): ScreeningInputs => ({
  ...given,
  answers: { ...given.answers, [topic]: answer },
});

describe('over every input', () => {
  it('there is one proposal, unknown is never read as no, and every rule decides something', () => {
    const deciding = new Set<number>();
    let tried = 0;
    for (const given of everyInput()) {
      tried += 1;
      const { outcome, rule, facts } = propose(given);
      deciding.add(rule);
      const said = Object.values(given.answers);
      if (!outcomes.includes(outcome)) expect.fail(`${outcome} is no outcome`);
      if (facts.length === 0) expect.fail(`rule ${rule} names no fact`);
      if (outcome === 'not-indicated' && said.some((answer) => answer !== 'no'))
        expect.fail(`not-indicated by rule ${rule} where a topic is yes or unknown`);
    }
    expect(tried).toBe(6 * 28 * 28 * 4 * 2 * 3);
    expect([...deciding].toSorted((one, other) => one - other)).toEqual(
      policy.screening.rules.map(({ number }) => number),
    );
  });

  it('which topic of one weight is answered makes no difference', () => {
    const permuted = fc.tuple(
      ...weights.map((weight) => fc.shuffledSubarray(topicsOf(weight), { minLength: topicsOf(weight).length })),
    );
    fc.assert(
      fc.property(anyInput, permuted, (given, orders) => {
        const answered = weights.flatMap((weight, index) =>
          topicsOf(weight).map((topic, place) => [orders[index]?.[place] ?? topic, given.answers[topic]] as const),
        );
        const other = { ...given, answers: allTopics(Object.fromEntries(answered)) };
        expect(propose(other).rule).toBe(propose(given).rule);
      }),
    );
  });

  it('a yes more never lowers the proposal', () => {
    fc.assert(
      fc.property(anyInput, anyTopic, (given, topic) => {
        const more = withAnswer(given, topic, 'yes');
        expect(ranks[outcomeOf(more)]).toBeGreaterThanOrEqual(ranks[outcomeOf(given)]);
      }),
      { numRuns: 1000 },
    );
  });

  it('a no that becomes unknown never leads to "not indicated", and takes back nothing', () => {
    fc.assert(
      fc.property(anyInput, anyTopic, (given, topic) => {
        const before = withAnswer(given, topic, 'no');
        const after = outcomeOf(withAnswer(given, topic, 'unknown'));
        expect(after).not.toBe('not-indicated');
        expect(ranks[after]).toBe(ranks[outcomeOf(before)]);
      }),
      { numRuns: 1000 },
    );
  });

  it('a higher result of an instrument never lowers it, and a low one is as good as none', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const found = levels.map((instruments) => ranks[outcomeOf({ ...given, instruments })]);
        expect(found).toEqual(found.toSorted((one, other) => one - other));
        expect(outcomeOf({ ...given, instruments: 'none' })).toBe(outcomeOf({ ...given, instruments: 'not-given' }));
      }),
    );
  });
});

describe('the rules', () => {
  it.each<[string, Partial<ScreeningInputs>, Outcome, readonly string[]]>([
    ['a disclosure confirms', { answers: { ...all('unknown'), disclosure: 'yes' } }, 'confirmed', ['disclosure']],
    [
      'evidence of the police confirms',
      { answers: { ...all('no'), 'third-party-or-police-evidence': 'yes', branding: 'yes' } },
      'confirmed',
      ['third-party-or-police-evidence'],
    ],
    [
      'two strong indicators are a high risk',
      { answers: { ...all('unknown'), branding: 'yes', 'hotel-keys': 'yes' } },
      'high-risk',
      ['hotel-keys', 'branding'],
    ],
    [
      'a strong one with two others is a high risk',
      { answers: { ...all('no'), branding: 'yes', homelessness: 'yes', 'prior-abuse': 'yes' } },
      'high-risk',
      ['branding', 'homelessness', 'prior-abuse'],
    ],
    ['more than four missing episodes are a high risk', { oftenMissing: 'yes' }, 'high-risk', ['often-missing']],
    ['a clear result of an instrument is a high risk', { instruments: 'clear' }, 'high-risk', ['instruments']],
    ['one strong indicator alone is a risk', { answers: { ...all('no'), branding: 'yes' } }, 'at-risk', ['branding']],
    ['any indicator is a risk', { answers: { ...all('unknown'), homelessness: 'yes' } }, 'at-risk', ['homelessness']],
    [
      'one unknown topic is not enough to say no',
      { answers: { ...all('no'), branding: 'unknown' } },
      'insufficient-info',
      ['branding'],
    ],
    ['a checklist without an answer says nothing', { answers: allTopics() }, 'insufficient-info', indicatorTopics],
    ['a no to everything is not indicated', {}, 'not-indicated', indicatorTopics],
  ])('%s', (_, more, outcome, named) => {
    const proposal = propose(inputs(more));
    expect(proposal).toMatchObject({ outcome, source: 'This project', confidence: 'assumed' });
    expect(proposal.facts.map(({ fact }) => fact)).toEqual(named);
  });

  it('go from the highest outcome down, so that no rule hides a higher one', () => {
    const order = policy.screening.rules.map(({ outcome }) => ranks[outcome]);
    expect(order).toEqual(order.toSorted((one, other) => other - one));
  });

  it('say in words when each matches', () => {
    const sentences = policy.screening.rules.map((rule) => screeningCondition(rule, policy));
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(sentences[5]).toBe('missing more than 4 times');
  });
});

describe('what is no input', () => {
  it.each(genders)('the gender %s: the same answers propose the same', (gender) => {
    const story = referral({ gender, indicators: [], missingEpisodes: 5 });
    expect(screeningInputs(story.state, policy)).toEqual(
      screeningInputs(referral({ missingEpisodes: 5 }).state, policy),
    );
    expect(Object.keys(screeningInputs(story.state, policy))).toEqual([
      'answers',
      'instruments',
      'scoreWithoutBand',
      'oftenMissing',
    ]);
  });
});

it('who counts as trained is who may answer the checklist and record the outcome', () => {
  expect(checklistCommands['answer-checklist'].roles).toBe(trainedToScreen);
  expect(screeningCommands.screen.roles).toBe(trainedToScreen);
});
