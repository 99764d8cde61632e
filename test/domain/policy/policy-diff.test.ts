import { describe, expect, it } from 'vitest';
import type { DeadlineRule, Policy } from '../../../shared/domain/policy/policy.ts';
import { differences } from '../../../shared/domain/policy/policy-diff.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';

const withRule = (id: string, change: Partial<DeadlineRule>): Policy => ({
  ...policy,
  deadlines: policy.deadlines.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)),
});
const changed = (after: Partial<Policy>) => differences(policy, { ...policy, ...after });
const [first, second, ...others] = policy.eligibility;
if (!first || !second) throw new Error('The table has two rows at least.');

describe('what changed between two versions', () => {
  it('is nothing where only the version differs', () => {
    expect(changed({ version: 'connecticut-2027.1' })).toEqual([]);
  });

  it.each<[string, string, Partial<DeadlineRule>, string]>([
    ['a time', 'D8', { duration: { unit: 'minutes', amount: 90 } }, 'D8 changed: duration: 4 hours; now 90 minutes.'],
    ['a time of one outcome', 'D15', { durationFor: {} }, 'D15 changed: duration for: confirmed 48 hours; now none.'],
    [
      'a limit that is new',
      'D8',
      { statutoryMaximum: { unit: 'hours', amount: 5 } },
      'D8 changed: statutory maximum: none; now 5 hours.',
    ],
    [
      'who is told',
      'D8',
      { alert: ['hart-lead', 'caseworker'] },
      'D8 changed: alert: hart-lead; now hart-lead, caseworker.',
    ],
    ['what it is', 'D8', { kind: 'statute' }, 'D8 changed: kind: policy; now statute.'],
    ['how sure it is', 'D8', { confidence: 'verified' }, 'D8 changed: confidence: assumed; now verified.'],
    ['the sign-off', 'D3', { awaitsLegalSignOff: false }, 'D3 changed: awaits legal sign off: true; now false.'],
  ])('names %s', (_, id, change, sentence) => {
    expect(differences(policy, withRule(id, change))).toEqual([sentence]);
  });

  it('names a rule that is new, gone or elsewhere', () => {
    const [one, two, ...rest] = policy.deadlines;
    if (!one || !two) throw new Error('The table has two rows at least.');
    expect(changed({ deadlines: [...policy.deadlines, { ...one, id: 'D99' }] })).toEqual([
      expect.stringMatching(/^D99 is new: id D99; obligation Classify the report; /),
    ]);
    expect(changed({ deadlines: [two, ...rest] })).toEqual([`${one.id} is gone.`]);
    expect(changed({ deadlines: [two, one, ...rest] })).toEqual([
      expect.stringMatching(`^The order changed: ${two.id}, ${one.id}, `),
    ]);
  });

  it('names the row of the decision table', () => {
    expect(changed({ eligibility: [{ ...first, outcome: 'legal-review' }, second, ...others] })).toEqual([
      'Eligibility row 2.1 changed: outcome: not-eligible-age; now legal-review.',
    ]);
    expect(changed({ eligibility: [first, second, ...others.slice(0, -1)] })).toEqual([
      'Eligibility row 13.1 is gone.',
    ]);
  });

  it('names seats, quorum, services and checkpoints', () => {
    expect(changed({ quorum: [['dcf', 'medical']], remindAt: 0.4 })).toEqual([
      'Policy, quorum: (dcf), (law-enforcement), (states-attorney), (victim-advocate), (medical or mental-health); now (dcf or medical).',
      'Policy, remind at: 0.5; now 0.4.',
    ]);
    expect(changed({ servicesFor: { ...policy.servicesFor, 'at-risk': [] } })).toEqual([
      expect.stringMatching(/^Policy, services for: .*at-risk prevention.*; now .*at-risk none/),
    ]);
  });

  it('names each day that works in one and rests in the other', () => {
    const { calendar } = policy;
    const open = (date: string) => date === '2026-10-12' || calendar.isBusinessDay(date);
    const why = (date: string) => (date === '2026-10-12' ? undefined : calendar.why(date));
    expect(changed({ calendar: { isBusinessDay: open, why } })).toEqual([
      '2026-10-12 was Columbus Day; now a business day.',
    ]);
  });
});
