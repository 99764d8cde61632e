/**
 * What is counted, and how: versioned data. A changed definition gets another version, so that a figure can name the one that it
 * was made by. `docs/measures.md` is made of it.
 */
import { chargeEnds, indicatorTopics, type Service, serviceOutcomes, services } from '../domain/core/vocabulary.ts';
import { type FactStage, factStages } from '../domain/facts/fact-row-shape.ts';
import type { Confidence } from '../domain/policy/confidence.ts';
import { alarmClasses } from '../domain/policy/policy.ts';
import { wordsInside } from '../domain/words/code-words.ts';
import { lackOf } from './care-facts.ts';
import {
  answersTo,
  type CasesOf,
  chargedTraffickers,
  dutiesOf,
  dutiesOfRule,
  endedCharges,
  endedServices,
  examsInWindow,
  hasOutcome,
  identifiedVictims,
  isConfirmedOutside,
  isInCare,
  isMisfit,
  isScreened,
  isUnmet,
  keyFacts,
  keyFactsKnown,
  missingAgain,
  moved,
  ofChildren,
  reached,
  reachedByAdvocate,
  referredAgain,
  returns,
  screenedInADay,
  startedServices,
  unmetNeeds,
  type Window,
  windows,
} from './cases.ts';
import { type Cohort, isError } from './cohort.ts';

export const measuresVersion = '2026.4';

/** A figure with fewer cases than this has no percentage and no quantile: the cases are named instead. */
export const fewestForShare = 20;

/** The plain words of a measure. All figures belong to the New York day on which the referral was received. */
interface Definition {
  readonly id: string;
  readonly words: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly exclusions: string;
  readonly source: string;
  readonly confidence: Confidence;
}

export type Measure = Definition &
  (
    | { readonly kind: 'count'; readonly count: (cohort: Cohort) => readonly string[] }
    | { readonly kind: 'share'; readonly cases: CasesOf }
    | { readonly kind: 'time'; readonly stage: FactStage }
  );

const programme = { source: 'Goals of the program, October 2014', confidence: 'assumed' } as const;
const federalLaw = { source: '42 U.S.C. 671(a)(34)(B)', confidence: 'verified' } as const;
const noErrors =
  'Referrals made in error; referrals withdrawn as duplicates or merged count with the child, not for themselves.';

const child = (
  id: string,
  words: string,
  numerator: string,
  cases: CasesOf,
  more: Partial<Definition> = {},
): Measure => ({
  id,
  words,
  numerator,
  denominator: 'Children with a referral received in the period that is open or closed',
  exclusions: noErrors,
  ...programme,
  ...more,
  kind: 'share',
  cases,
});

const counts: readonly Measure[] = [
  {
    id: 'reports',
    words: 'Reports: calls and forms',
    numerator: 'Reports received in the period',
    denominator: 'None',
    exclusions: 'None. Reports, referrals and children are three counts that are never added.',
    ...programme,
    kind: 'count',
    count: ({ rows }) => [...new Set(rows.map(({ reportId }) => reportId))],
  },
  {
    id: 'referrals',
    words: 'Referrals: the work on one child of one report',
    numerator: 'Referrals received in the period, whatever became of them',
    denominator: 'None',
    exclusions: 'None.',
    ...programme,
    kind: 'count',
    count: ({ rows }) => rows.map(({ id }) => id),
  },
  {
    id: 'children',
    words: 'Children, each counted once',
    numerator: 'Sets of referrals that people merged or linked as one child. Another link restates the count',
    denominator: 'None',
    exclusions: 'Children whose every referral was made in error.',
    ...programme,
    kind: 'count',
    count: ({ children }) => children.map(({ id }) => id),
  },
  ...(['open', 'closed', 'withdrawn', 'merged'] as const).map(
    (stage): Measure => ({
      id: `referrals-${stage}`,
      words: `Referrals that are ${stage} now`,
      numerator: `Referrals received in the period that are ${stage} at the watermark`,
      denominator: 'None',
      exclusions: 'None. Open, closed, withdrawn and merged together are all referrals of the period.',
      ...programme,
      kind: 'count',
      count: ({ rows }) => rows.filter((row) => row.stage === stage).map(({ id }) => id),
    }),
  ),
  {
    id: 'identified-victims-in-care',
    words: 'Children in placement, care or supervision identified as victims',
    numerator: 'Children whose last screening confirmed it, and who are in care',
    denominator: 'None',
    exclusions: noErrors,
    ...federalLaw,
    kind: 'count',
    count: ({ children }) =>
      children.filter(({ referrals }) => hasOutcome('confirmed')(referrals) && isInCare(referrals)).map(({ id }) => id),
  },
  {
    id: 'interviews',
    words: 'Forensic interviews of children',
    numerator: 'Interviews held or scheduled in referrals of the period',
    denominator: 'None',
    exclusions: 'Referrals made in error.',
    source: 'C.G.S. 17a-101h',
    confidence: 'verified',
    kind: 'count',
    count: ({ rows }) =>
      rows.filter((row) => !isError(row)).flatMap(({ id, interviews }) => Array.from({ length: interviews }, () => id)),
  },
  {
    id: 'traffickers-charged',
    words: 'Traffickers who were charged',
    numerator: 'Traffickers charged or convicted, each once for each referral',
    denominator: 'None',
    exclusions:
      'Referrals made in error. One trafficker of two referrals counts for each: who it is stays with the police.',
    ...programme,
    kind: 'count',
    count: chargedTraffickers,
  },
];

const happened: readonly Measure[] = [
  child('child-seen', 'Children who were seen', 'Children seen by a person', ofChildren(reached('seen'))),
  child(
    'advocate-reached',
    'Children reached by their advocate',
    'Children reached or served by the advocate',
    reachedByAdvocate,
    { denominator: 'Children who need an advocate', exclusions: `${noErrors} An attempt reaches no child.` },
  ),
  child(
    'advocate-tried-in-time',
    'Contacts of the advocate attempted in time',
    'Duties of the advocate’s contact that were kept by the rule',
    dutiesOfRule('D19b'),
    {
      denominator: 'Duties of the advocate’s contact that were due',
      exclusions: 'Duties that ended or did not apply. Referrals made in error.',
    },
  ),
  ...(['offered', 'started'] as const).map((step) =>
    child(
      `exam-${step}-in-time`,
      `Acute exams ${step} within the evidence window`,
      `Exams ${step} before the window closed`,
      examsInWindow(`${step}At`),
      {
        denominator: 'Acute exams that were a duty, whose window has closed or that took place',
        exclusions:
          'Exams whose window is still open. Where the time of the assault is not known, neither is the answer.',
        source: 'State technical guidelines under C.G.S. 19a-112a: 120 hours',
        confidence: 'verified',
      },
    ),
  ),
  child(
    'exam-kept-in-time',
    'Acute exams started in time, or declined by the child',
    'Duties to start the acute exam that were kept by the rule',
    dutiesOfRule('D17'),
    {
      denominator: 'Duties to start the acute exam that were due',
      exclusions: 'Duties that ended or did not apply. Referrals made in error.',
    },
  ),
  child(
    'exam-started',
    'Exams, acute or not, that took place',
    'Children whose exam took place',
    (cohort) => [...startedServices('medical-acute-forensic')(cohort), ...startedServices('medical-nonacute')(cohort)],
    { denominator: 'Children who need an exam, each for each kind of exam' },
  ),
  child(
    'interviewed-once',
    'Children interviewed no more than once',
    'Children with one forensic interview',
    ofChildren(
      (rows) => rows.reduce((sum, { interviews }) => sum + interviews, 0) === 1,
      (rows) => rows.some(({ interviews }) => interviews > 0),
    ),
    { denominator: 'Children with a forensic interview', source: 'C.G.S. 17a-101h', confidence: 'verified' },
  ),
  child(
    'service-started',
    'Children with a service that started',
    'Children with a service that started',
    startedServices(),
    {
      denominator: 'Children who need a service',
    },
  ),
  ...serviceOutcomes
    .filter((outcome) => outcome !== 'unknown')
    .map((outcome) =>
      child(
        `service-${outcome}`,
        `Services that started, by their last outcome: ${wordsInside(outcome)}`,
        'Services with this outcome, by the last review at 3, 6 or 12 months',
        endedServices(outcome),
        {
          denominator: 'Services that started and have an outcome. Those without one are not known',
          exclusions: noErrors,
        },
      ),
    ),
  child(
    'screened-in-a-day',
    'Referrals screened within 24 hours',
    'Referrals whose first screening was at most 24 hours after receipt',
    screenedInADay,
    {
      denominator: 'Referrals that are open or closed, screened or older than 24 hours',
      exclusions: 'Referrals younger than 24 hours without a screening. Those withdrawn or merged.',
    },
  ),
  child('key-facts-known', 'Key facts that are known', 'Key facts that are known now', keyFactsKnown, {
    denominator: `Key facts of each child: ${keyFacts.map(wordsInside).join(', ')}`,
  }),
  child(
    'care-facts-known',
    'Children in care whose facts suffice for the federal elements',
    'Children for whose elements no fact is lacking',
    ofChildren((rows) => lackOf(rows) === undefined, isInCare),
    { denominator: 'Children in care', source: '45 CFR 1355.44', confidence: 'believed' },
  ),
  child(
    'unmet-by-misfit',
    'Unmet needs where a provider did not fit the child',
    'Children with such a need, declined by a provider as not eligible',
    ofChildren(isMisfit, (rows) => rows.some(({ services }) => services.some(isUnmet))),
    { denominator: 'Children with an unmet need' },
  ),
  child(
    'screened-on-return',
    'Returns from missing with a screening',
    'Returns after which the child was screened before going missing again',
    returns,
    { denominator: 'Returns from missing', source: '42 U.S.C. 671(a)(35)(A)', confidence: 'verified' },
  ),
  child(
    'unscreened-on-return',
    'Returns from missing without a screening',
    'Returns after which the child was not screened before going missing again',
    (cohort) =>
      returns(cohort).map((each) => ({ ...each, counts: each.counts === undefined ? undefined : !each.counts })),
    { denominator: 'Returns from missing', source: '42 U.S.C. 671(a)(35)(A)', confidence: 'verified' },
  ),
  ...(Object.keys(windows) as Window[]).flatMap((window): readonly Measure[] => {
    const exclusions = `Children whose referral is less than ${windows[window]} days old.`;
    const within = window.replace('-', ' ');
    return [
      child(
        `referred-again-${window}`,
        `Children reported again within ${within}`,
        'Children with a later report',
        referredAgain(window),
        { exclusions },
      ),
      child(
        `missing-again-${window}`,
        `Children missing again within ${within}`,
        'Children who went missing after a return',
        missingAgain(window),
        {
          denominator: 'Children who returned from missing in that time',
          exclusions,
        },
      ),
      child(`moved-${window}`, `Children who moved placement within ${within}`, 'Children with a move', moved(window), {
        exclusions,
      }),
    ];
  }),
  child(
    'held',
    'Children under a 96-hour hold',
    'Children with a hold',
    ofChildren((rows) => rows.some(({ holds }) => holds > 0)),
  ),
  child(
    'petitioned',
    'Children with a petition after a hold',
    'Children with a petition',
    ofChildren((rows) => rows.some(({ petitions }) => petitions > 0)),
  ),
  child(
    'congregate-care',
    'Children in congregate care',
    'Children whose placement is, or was after a move, congregate care',
    ofChildren((rows) =>
      rows.some(({ now, moves }) => [now, ...moves].some(({ placement }) => placement === 'congregate-care')),
    ),
  ),
  child(
    'child-charged',
    'Children charged for acts done while exploited',
    'Children with charges',
    ofChildren((rows) => rows.some(({ charged }) => charged)),
  ),
  ...chargeEnds.map((end) =>
    child(
      `charges-${end}`,
      `Charges of a child, by their end: ${wordsInside(end)}`,
      'Children whose charges ended so, by the last end recorded',
      endedCharges(end),
      { denominator: 'Children with charges that have ended. Those without an end are not known' },
    ),
  ),
  child(
    'trafficker-charged',
    'Children with a trafficker who was charged',
    'Children with a trafficker charged or convicted',
    ofChildren((rows) =>
      rows.some(({ prosecutions }) =>
        prosecutions.some(({ prosecution }) => prosecution === 'charged' || prosecution === 'convicted'),
      ),
    ),
  ),
  child(
    'not-indicated',
    'Screened children with nothing indicated',
    'Children whose last outcome is not indicated',
    ofChildren(hasOutcome('not-indicated'), isScreened),
    {
      denominator: 'Children who were screened',
    },
  ),
];

const onTime: readonly Measure[] = (['statute', 'policy'] as const).flatMap((kind) =>
  alarmClasses.flatMap((alarmClass) =>
    (['dueByRule', 'due'] as const).map((by): Measure => {
      const law = kind === 'statute' ? 'law' : 'policy';
      const extended = by === 'due';
      return {
        id: `on-time-${law}-${alarmClass}${extended ? '-extended' : ''}`,
        words: `Duties of ${law} kept on time, class ${alarmClass}${extended ? ', extensions counted' : ''}`,
        numerator: extended
          ? 'Duties kept by the due time, any extension included'
          : 'Duties kept by the due time of the rule, before any extension',
        denominator: 'Duties that were kept, closed as missed, or are open and overdue',
        exclusions:
          'Duties that are open and not yet due, ended with their referral, or did not apply. Referrals made in error.',
        source: kind === 'statute' ? 'The source of each rule: docs/policy.md' : 'Policy: docs/policy.md',
        confidence: 'assumed',
        kind: 'share',
        cases: dutiesOf(kind, alarmClass, by),
      };
    }),
  ),
);

const needs: readonly Measure[] = [undefined, ...services].map(
  (service?: Service): Measure =>
    child(
      service === undefined ? 'unmet-need' : `unmet-need-${service}`,
      `Children with an unmet need${service === undefined ? '' : `: ${wordsInside(service)}`}`,
      'Children whose need was declined and not met since. Six refusals of one child count once',
      unmetNeeds(service),
      { denominator: `Children who need ${service === undefined ? 'a service' : 'it'}` },
    ),
);

const early: readonly Measure[] = indicatorTopics.flatMap((topic): readonly Measure[] => [
  child(
    `indicator-${topic}`,
    `Children with the indicator: ${wordsInside(topic)}`,
    'Children whose checklist or report says yes',
    ofChildren(answersTo(topic)),
    {
      denominator: 'Children whose checklist or report answers it. The unknown are counted beside',
      exclusions: `${noErrors} Never a score of a child.`,
    },
  ),
  child(
    `unknown-${topic}`,
    `Children without an answer on the indicator: ${wordsInside(topic)}`,
    'Children with no answer to it, in a checklist or a report',
    ofChildren((rows) => answersTo(topic)(rows) === undefined),
  ),
  child(
    `confirmed-with-${topic}`,
    `Children with the indicator who were confirmed by other evidence: ${wordsInside(topic)}`,
    'Children with a substantiated investigation, or a trafficker charged or convicted',
    ofChildren(isConfirmedOutside, (rows) => answersTo(topic)(rows) === true),
    {
      denominator: 'Children whose checklist or report says yes',
      exclusions: `${noErrors} Indicators drive the outcome of a screening, so the outcome is no evidence here.`,
    },
  ),
]);

const times: readonly Measure[] = factStages.map(
  (stage): Measure => ({
    id: `time-to-${stage}`,
    words: `Hours from receipt until the stage: ${stage.replaceAll('-', ' ')}`,
    numerator: 'Referrals that reached the stage, by the hours since they were received',
    denominator: 'All referrals of the period. Those that still wait count as long as they waited',
    exclusions:
      'None. Withdrawn, merged, closed without it and not indicated are competing ends, by Aalen and Johansen’s estimator.',
    ...programme,
    kind: 'time',
    stage,
  }),
);

/** Every measure, by its id. */
export const measures: readonly Measure[] = [...counts, ...happened, ...onTime, ...needs, ...early, ...times];

/** The federal total and what it lacks. They are of federal fiscal years alone, and stand on the page of returns. */
export const federalMeasures: readonly Measure[] = [
  {
    id: 'federal-total',
    words: 'Victims of sex trafficking in placement, care or supervision',
    numerator: 'Children whose last screening confirmed it, and who are in placement, care or supervision',
    denominator: 'None',
    exclusions: 'Children whose every referral was made in error.',
    ...federalLaw,
    kind: 'count',
    count: identifiedVictims(true),
  },
  {
    id: 'federal-total-care-unknown',
    words: 'Victims of sex trafficking whose care is not known',
    numerator: 'Children whose last screening confirmed it, where no referral says whether they are in care',
    denominator: 'None',
    exclusions: 'Children whose every referral was made in error.',
    ...federalLaw,
    kind: 'count',
    count: identifiedVictims(undefined),
  },
];

/** Counts whose list tells a fact about each child. */
const factCounts = ['identified-victims-in-care', 'interviews', 'traffickers-charged', 'federal-total'];

/** Whether the list of a measure's referrals tells a fact about each child, beside how the work stands. */
export const tellsFacts = ({ id, kind }: Measure): boolean =>
  kind === 'share' ? !id.startsWith('on-time-') : factCounts.some((each) => id.startsWith(each));

export const measureNamed = (id: string): Measure | undefined => measures.find((each) => each.id === id);
