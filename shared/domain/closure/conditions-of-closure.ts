/** What closing still waits for, in sentences. Functions that only ask whether it waits carry no words. */
import { type Policy, ruleIn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { wordsInside } from '../words/code-words.ts';
import { dutyTitle } from '../words/duty-words.ts';
import { type UnmetCondition, unmetConditions } from './closure.ts';

const sentences: {
  readonly [What in UnmetCondition['what']]: (
    unmet: Extract<UnmetCondition, { readonly what: What }>,
    policy: Policy,
  ) => string;
} = {
  'first-deadlines': () => 'Its first deadlines are not open yet.',
  'open-deadline': ({ rule, subject }, policy) => {
    const about = subject === undefined ? '' : ` (${wordsInside(subject)})`;
    return `Still open: ${dutyTitle(ruleIn(policy, rule))}${about} (rule ${rule}).`;
  },
  'late-deadline': ({ rule, owesSignature }, policy) =>
    `Not kept in time, needs a reason${owesSignature ? ' and a countersignature' : ''}: ${dutyTitle(ruleIn(policy, rule))} (rule ${rule}).`,
  linkage: ({ service }) => `The service ${wordsInside(service)} is neither started nor declined with a reason.`,
  'recommended-service': () => 'A recommended service has not been opened yet.',
  missing: () => 'The child is missing.',
  'return-talk': ({ number }) => `Return ${number} from missing has had no talk with the child.`,
  'return-screening': ({ number }) => `Return ${number} from missing has had no screening.`,
  'no-screening': () => 'The child has not been screened.',
  'insufficient-info': () => 'A screening without enough information never closes.',
  'sign-off': () => 'No one has signed off that nothing was indicated.',
  'decide-again': () =>
    'The decision on a basis to allege differs from the present proposal, and no one has decided again.',
  'no-decision': () => 'No one has decided whether there is a basis to allege.',
  pathway: () => 'The pathway of the last screening is not open yet.',
};

/**
 * The conditions that closing still waits for, one sentence each (docs/domain.md#closure). Empty where closing may
 * happen.
 */
export const conditionsOfClosure = (state: Referral, policy: Policy): readonly string[] =>
  unmetConditions(state, policy).map((unmet) => sentenceOf(unmet, policy));

/** Those of them that wait for a deadline that is open. */
export const openDeadlinesInTheWay = (state: Referral, policy: Policy): readonly string[] =>
  unmetConditions(state, policy)
    .filter(({ what }) => what === 'open-deadline')
    .map((unmet) => sentenceOf(unmet, policy));

const sentenceOf: Sentence = (unmet, policy) => (sentences[unmet.what] as Sentence)(unmet, policy);

type Sentence = (unmet: UnmetCondition, policy: Policy) => string;
