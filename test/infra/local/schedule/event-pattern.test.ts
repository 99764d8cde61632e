import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../../infra/local/schedule/event-pattern.ts';

const lost = {
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  resources: ['arn:run'],
  detail: { status: 'FAILED', stateMachineArn: 'arn:machine:Referral', startDate: 7, output: null },
};

describe('a pattern', () => {
  it.each<[string, unknown, boolean]>([
    ['matches an exact value', { source: ['aws.states'] }, true],
    ['matches one of several values', { detail: { status: ['TIMED_OUT', 'FAILED'] } }, true],
    ['matches numbers and null as they are', { detail: { startDate: [7], output: [null] } }, true],
    ['matches an element of a list', { resources: ['arn:other', 'arn:run'] }, true],
    ['needs every field', { source: ['aws.states'], detail: { status: ['ABORTED'] } }, false],
    ['does not take text for a number', { detail: { startDate: ['7'] } }, false],
    ['does not match an absent field', { region: ['us-east-1'] }, false],
  ])('%s', (_what, pattern, expected) => {
    expect(compilePattern(pattern, 'Rule')(lost)).toBe(expected);
  });

  it.each<[unknown]>([
    [{ detail: { n: [7, { exists: true }] } }],
    [{ source: 'aws.states' }],
    [{ $or: [{ source: ['a'] }] }],
    [{ source: [{ prefix: 'aws' }] }],
    [{}],
    ['text'],
  ])('%j is refused, naming the rule', (pattern) => {
    expect(() => compilePattern(pattern, 'LostRuns')).toThrow(/LostRuns/);
  });
});
