/**
 * The proposed screening outcome. Answers to the checklist go in; an outcome and its facts come out. A trained person
 * records it.
 */

import { type Answer, type IndicatorTopic, indicatorTopics, type Outcome } from '../core/vocabulary.ts';
import type { InstrumentLevel, Policy, ScreeningInputs, ScreeningRule, Weight } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';

/**
 * One fact behind a proposal, and its value. The fact is a topic of the checklist, `instruments`, `band-of-a-score` or
 * `often-missing`.
 */
export interface NamedFact {
  readonly fact: string;
  readonly said: string;
}

export interface ScreeningProposal extends Pick<ScreeningRule, 'outcome' | 'basis' | 'source' | 'confidence'> {
  readonly rule: number;
  readonly facts: readonly NamedFact[];
}

const levels: readonly InstrumentLevel[] = ['not-given', 'none', 'possible', 'clear'];

/** The level of each instrument's own bands. */
const levelOfBand: Readonly<Record<string, InstrumentLevel>> = {
  none: 'none',
  low: 'none',
  possible: 'possible',
  medium: 'possible',
  clear: 'clear',
  high: 'clear',
};

/** The highest of all results, so that a low one takes nothing back. */
function instrumentLevel({
  screening: { instruments },
}: {
  readonly screening: Pick<Referral['screening'], 'instruments'>;
}): InstrumentLevel {
  const found = instruments.map(({ band = '' }) => levels.indexOf(levelOfBand[band] ?? 'not-given'));
  return levels[Math.max(0, ...found)] ?? 'not-given';
}

/**
 * True until a later result of the same instrument has a band. Only its publisher says what an instrument's scores
 * mean.
 */
const hasScoreWithoutBand = ({
  screening: { instruments },
}: {
  readonly screening: Pick<Referral['screening'], 'instruments'>;
}): boolean =>
  instruments.some(
    (result, index) =>
      result.band === undefined &&
      !instruments.slice(index + 1).some(({ tool, band }) => tool === result.tool && band !== undefined),
  );

/** Absences reported and those recorded since. An absence in the report itself counts with the reported ones. */
function isOftenMissing({ child, missing: { absences } }: Referral, { screening }: Policy): Answer {
  const since = absences.length - (child.missingNow === 'yes' ? 1 : 0);
  const { missingEpisodes: reported } = child;
  if ((reported === 'unknown' ? 0 : reported) + since > screening.oftenMissing) return 'yes';
  return reported === 'unknown' ? 'unknown' : 'no';
}

/** Every topic with its answer. A topic without an answer is unknown. */
export const allTopics = (given: Readonly<Record<string, Answer>> = {}): ScreeningInputs['answers'] =>
  Object.fromEntries(indicatorTopics.map((topic) => [topic, given[topic] ?? 'unknown'])) as Record<
    IndicatorTopic,
    Answer
  >;

/** A reported topic counts as "yes" until a screener has answered "no". Neither silence nor "unknown" takes it back. */
function withReported(
  { child, screening: { list: screenings } }: Referral,
  answers: ScreeningInputs['answers'],
): ScreeningInputs['answers'] {
  const stands = (topic: IndicatorTopic) =>
    answers[topic] === 'unknown' &&
    child.indicators.includes(topic) &&
    !screenings.some((screening) => screening.answers[topic] === 'no');
  const reported = indicatorTopics.filter(stands).map((topic) => [topic, 'yes'] as const);
  return { ...answers, ...Object.fromEntries(reported) };
}

/**
 * The inputs of the rules in this state. They are the checklist as answered since the last screening (or `given`), the
 * report, and other known facts.
 */
export const screeningInputs = (
  state: Referral,
  policy: Policy,
  given: Readonly<Record<string, Answer>> | undefined = state.screening.checklist?.answers,
): ScreeningInputs => ({
  answers: withReported(state, allTopics(given)),
  instruments: instrumentLevel(state),
  scoreWithoutBand: hasScoreWithoutBand(state),
  oftenMissing: isOftenMissing(state, policy),
});

/** The topics with this answer. */
export const topicsSaid = ({ answers }: Pick<ScreeningInputs, 'answers'>, answer: Answer): readonly IndicatorTopic[] =>
  indicatorTopics.filter((topic) => answers[topic] === answer);

/** The facts that are not known yet: topics, and the band of a score. A screening is complete only without any. */
export const unknownFacts = (inputs: ScreeningInputs): readonly string[] => [
  ...topicsSaid(inputs, 'unknown'),
  ...(inputs.scoreWithoutBand ? ['band-of-a-score'] : []),
];

const answered = (inputs: ScreeningInputs, answer: Answer, holds: (topic: IndicatorTopic) => boolean = () => true) =>
  topicsSaid(inputs, answer)
    .filter(holds)
    .map((topic): NamedFact => ({ fact: topic, said: answer }));

/** The facts by which each condition of a rule holds. Undefined where one does not. */
function factsOf({ when }: ScreeningRule, inputs: ScreeningInputs, policy: Policy): readonly NamedFact[] | undefined {
  const { topics } = policy.screening;
  const facts: NamedFact[] = [];
  for (const weight of ['confirming', 'strong', 'contributing'] satisfies Weight[]) {
    const least = when[weight];
    if (least === undefined) continue;
    const found = answered(inputs, 'yes', (topic) => topics[topic].weight === weight);
    if (found.length < least) return undefined;
    facts.push(...found);
  }
  if (when.instruments !== undefined) {
    if (levels.indexOf(inputs.instruments) < levels.indexOf(when.instruments)) return undefined;
    facts.push({ fact: 'instruments', said: inputs.instruments });
  }
  if (when.oftenMissing !== undefined) {
    if (inputs.oftenMissing !== 'yes') return undefined;
    facts.push({ fact: 'often-missing', said: 'yes' });
  }
  if (when.unknown !== undefined) {
    const found = unknownFacts(inputs);
    if (found.length < when.unknown) return undefined;
    facts.push(...found.map((fact) => ({ fact, said: 'unknown' })));
  }
  return Object.keys(when).length > 0 ? facts : answered(inputs, 'no');
}

/** The last "yes" or "no" to a topic, from the checklist, a screening or the report. Undefined where there is none. */
export function lastSaid(
  { screening: { checklist, list: screenings }, child }: Referral,
  topic: IndicatorTopic,
): 'yes' | 'no' | undefined {
  const given = [checklist, ...screenings.toReversed()].map((each) => each?.answers[topic]);
  const said = given.find((answer) => answer === 'yes' || answer === 'no');
  if (said === 'yes' || said === 'no') return said;
  return child.indicators.includes(topic) ? 'yes' : undefined;
}

/** A lower rank is a lower concern. Too little information has the lowest rank, so no outcome is below it. */
export const ranks: Readonly<Record<Outcome, number>> = {
  confirmed: 3,
  'high-risk': 2,
  'at-risk': 1,
  'insufficient-info': 0,
  'not-indicated': 0,
};

/**
 * The outcome that the rules propose on what was learned since the last screening, where it is higher. The child must
 * then be screened again. Undefined where nothing was learned, nothing higher, or there is no screening yet.
 */
export function higherSince(state: Referral, policy: Policy): Outcome | undefined {
  const last = state.screening.list.at(-1);
  const learned =
    state.screening.checklist ??
    state.screening.instruments.find(({ recordedAt }) => last && recordedAt > last.recordedAt);
  if (!last || !learned) return undefined;
  const { outcome } = proposeScreening(screeningInputs(state, policy), policy);
  return ranks[outcome] > ranks[last.outcome] ? outcome : undefined;
}

/**
 * The first rule that matches, with the facts it names. Throws where none does: a policy's table ends with a rule for
 * the rest.
 */
export function proposeScreening(inputs: ScreeningInputs, policy: Policy): ScreeningProposal {
  for (const rule of policy.screening.rules) {
    const facts = factsOf(rule, inputs, policy);
    if (!facts) continue;
    const { number, outcome, basis, source, confidence } = rule;
    return { rule: number, outcome, basis, source, confidence, facts };
  }
  throw new Error(`The policy ${policy.version} has no rule for these answers.`);
}
