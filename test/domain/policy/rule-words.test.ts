import { describe, expect, it } from 'vitest';
import { whyDue } from '../../../shared/domain/deadlines/deadlines.ts';
import type { DeadlineRule } from '../../../shared/domain/policy/policy.ts';
import { citationOf, standing, standingWithSignOff } from '../../../shared/domain/policy/rule-words.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { sceneOf } from '../../support/scenes.ts';

const why = (story: Story, rule: string) => whyDue(story.deadline(rule), policy);

describe('a due instant explains itself', () => {
  it('with rule, start, duration, skipped days, zone, and that it is what this product assumes', () => {
    const story = referral().run().at('2026-12-24T20:00:00Z').screen('high-risk').tellTeam();
    expect(why(story, 'D15')).toBe(
      "due Mon Jan 4, 2027, 5:00 PM EST: 5 business days after the notice to the team (Thu Dec 24, 2026, 3:00 PM EST), counted from the day after, skipping Fri Dec 25 (Christmas), Fri Jan 1 (New Year's Day) and 4 weekend days; rule D15, New York time: policy, an assumption of this product (DCF practice, not law)",
    );
  });

  it('as law', () => {
    expect(why(referral().run(), 'D3')).toBe(
      'due Mon Nov 9, 2026, 10:00 PM EST: 12 hours after receipt of the report (Mon Nov 9, 2026, 10:00 AM EST); rule D3, New York time: law, awaits legal sign-off (C.G.S. 17a-101b and 17a-103(c))',
    );
  });

  it('as policy within a limit of law', () => {
    expect(why(referral({ danger: 'no' }).run(), 'D7')).toMatch(
      / 24 hours after receipt .*: law, tightened from 72 hours by an assumption of this product, awaits legal sign-off \(C\.G\.S\. 17a-101g\)$/,
    );
  });

  it('with the hard stop, where that came before the rule', () => {
    const story = referral({ lastAssaultAt: '2026-11-04T17:00:00Z' }).run();
    expect(why(story, 'D17')).toBe(
      'due Mon Nov 9, 2026, 12:00 PM EST: a hard stop, before 4 hours after receipt of the report (Mon Nov 9, 2026, 10:00 AM EST); rule D17, New York time: policy, an assumption of this product, awaits legal sign-off (State technical guidelines under C.G.S. 19a-112a); 120 hours after the last known assault: evidence is collected no longer',
    );
  });

  it('with the day a person moved it, once it was moved', () => {
    const story = referral().run();
    story.do('extend-deadline', { deadlineId: story.deadline('D8').id, due: '2026-11-10T15:00:00Z' });
    expect(why(story, 'D8')).toBe(
      'due Tue Nov 10, 2026, 10:00 AM EST: moved there on Mon Nov 9, 2026, 10:00 AM EST because more time was given, having begun as 4 hours after receipt of the report (Mon Nov 9, 2026, 10:00 AM EST); rule D8, New York time: policy, an assumption of this product (DCF practice)',
    );
  });

  it.each(policy.deadlines.map((rule) => [rule.id, rule] as const))('whatever the rule: %s', (id, rule) => {
    // The last hour of a court follows the rule, as a hard stop does.
    const [sentence = '', ...court] = why(sceneOf(id), id).split('; before that, a court sits last until ');
    expect(court).toHaveLength(rule.courtHours ? 1 : 0);
    expect(sentence).toContain(rule.clockStart);
    expect(sentence.includes('awaits legal sign-off')).toBe(rule.awaitsLegalSignOff);
    expect(
      sentence.endsWith(`; rule ${id}, New York time: ${standingWithSignOff(rule)}${citationOf(rule.source)}`),
    ).toBe(true);
    // The citation comes first in the source of what is law.
    if (rule.kind === 'statute') expect(citationOf(rule.source)).toMatch(/^ \((?:C\.G\.S\.|\d+ U\.S\.C\.) \d/);
  });
});

it('says law only of what is law', () => {
  for (const rule of policy.deadlines) expect(standing(rule).startsWith('law'), rule.id).toBe(rule.kind === 'statute');
});

it.each([
  ['D1', 'law, its time an assumption of this product'],
  ['D2', 'law'],
  ['D7', 'law, tightened from 72 hours by an assumption of this product'],
  ['D9', 'policy, an assumption of this product'],
  ['D12b', 'law, tightened from 24 hours by an assumption of this product'],
  ['D17', 'policy, an assumption of this product'],
  ['D18', 'policy'],
  ['D24', 'law, its time not confirmed'],
])('says of the time of %s that it is %s', (id, words) => {
  expect(standing(policy.deadlines.find((rule) => rule.id === id) as DeadlineRule)).toBe(words);
});

it.each([
  [{ confidence: 'verified', timeByPolicy: true }, 'law, its time set by policy'],
  [
    { confidence: 'verified', statutoryMaximum: { unit: 'hours', amount: 72 } },
    'law, tightened from 72 hours by policy',
  ],
  [{ confidence: 'assumed' }, 'law, its time an assumption of this product'],
] as const)('says of a rule of law with %j that it is %s', (change, words) => {
  const plain = policy.deadlines.find(({ id }) => id === 'D3') as DeadlineRule;
  expect(standing({ ...plain, ...change })).toBe(words);
});
