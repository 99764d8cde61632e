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
    ['matches a prefix', { detail: { stateMachineArn: [{ prefix: 'arn:machine:' }] } }, true],
    ['matches anything but', { detail: { status: [{ 'anything-but': ['SUCCEEDED', 'RUNNING'] }] } }, true],
    ['matches presence', { detail: { status: [{ exists: true }] } }, true],
    ['matches absence', { detail: { error: [{ exists: false }], more: { deep: [{ exists: false }] } } }, true],
    ['needs every field', { source: ['aws.states'], detail: { status: ['ABORTED'] } }, false],
    ['does not take text for a number', { detail: { startDate: ['7'] } }, false],
    ['does not match an absent field', { region: ['us-east-1'] }, false],
    ['does not match another prefix', { source: [{ prefix: 'aws.s3' }] }, false],
    ['does not match what is excluded', { detail: { status: [{ 'anything-but': 'FAILED' }] } }, false],
    ['does not match an absent field by anything but', { detail: { error: [{ 'anything-but': 'x' }] } }, false],
  ])('%s', (_what, pattern, expected) => {
    expect(compilePattern(pattern, 'Rule')(lost)).toBe(expected);
  });

  it.each<[unknown]>([
    [{ detail: { n: [{ numeric: ['>', 1] }] } }],
    [{ source: [{ wildcard: '*' }] }],
    [{ source: 'aws.states' }],
    [{ $or: [{ source: ['a'] }] }],
    [{ source: [{ 'anything-but': { prefix: 'aws' } }] }],
    [{ source: [{ prefix: 'a', suffix: 'b' }] }],
    [{}],
    ['text'],
  ])('%j is refused, naming the rule', (pattern) => {
    expect(() => compilePattern(pattern, 'LostRuns')).toThrow(/LostRuns/);
  });
});
