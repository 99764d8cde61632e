/** The rules that propose a screening outcome, in words for the people who mark them up or use them. */

import { indicatorChecklist, indicatorTopics, type Role } from '../core/vocabulary.ts';
import type { Policy, ScreeningRule, Weight } from '../policy/policy.ts';
import { codeWords } from '../policy/rule-words.ts';

export const notValidated =
  'Not validated: topics, weights and thresholds are this project’s own. The rules propose; a trained person records the outcome, and may record another. Unknown is never read as no, and nothing closes on a low score.';

/** Who may screen, by role. */
export const trainedWords = (trained: readonly Role[]): string =>
  `Trained to screen, and to screen anew at any time: people with the role ${trained.map(codeWords).join(' or ')}. A lower outcome needs a second reviewer.`;

export const weightWords: Readonly<Record<Weight, string>> = {
  confirming: 'confirming: evidence of the thing itself',
  strong: 'strong',
  contributing: 'adds to others',
};

const amountWords = (amount: number, what: string) => `at least ${amount} ${what}`;

/** When a rule matches: `at least 1 strong topic answered yes and at least 2 contributing topics answered yes`. */
export function screeningCondition({ when }: ScreeningRule, { screening }: Policy): string {
  const { instruments, oftenMissing, unknown } = when;
  const parts = [
    ...(['confirming', 'strong', 'contributing'] as const).flatMap((weight) => {
      const least = when[weight];
      return least === undefined ? [] : [amountWords(least, `${weight} answered yes`)];
    }),
    ...(instruments === undefined ? [] : [`the highest result of an instrument is ${instruments} or above`]),
    ...(oftenMissing === undefined ? [] : [`missing more than ${screening.oftenMissing} times`]),
    ...(unknown === undefined ? [] : [amountWords(unknown, 'unknown')]),
  ];
  return parts.length === 0 ? 'none of the above' : parts.join(' and ');
}

/** The output of `npm run policy -- screening`. */
export function screeningText(policy: Policy, trained: readonly Role[]): string {
  const { topics, rules } = policy.screening;
  return [
    `${policy.jurisdiction}, ${policy.version}, checklist ${indicatorChecklist}`,
    notValidated,
    trainedWords(trained),
    '',
    ...indicatorTopics.map((topic) => `${codeWords(topic)} (${topics[topic].weight}): ${topics[topic].question}`),
    '',
    ...rules.map(
      (rule) =>
        `${rule.number}. ${rule.outcome}: ${screeningCondition(rule, policy)}. ${rule.basis} (${rule.source}, ${rule.confidence}).`,
    ),
  ].join('\n');
}
