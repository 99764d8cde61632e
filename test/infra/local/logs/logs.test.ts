import { describe, expect, it } from 'vitest';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { AccessDenied, type Authorize } from '../../../../infra/local/endpoint/service.ts';
import { createLogs, readPattern } from '../../../../infra/local/logs/logs.ts';
import { templateOf } from '../dynamodb/cloud.ts';
import { askJson } from '../endpoint/ask.ts';

const noon = Date.parse('2026-11-02T12:00:00Z');
const template = templateOf({
  SweepLogs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365 } },
  OtherLogs: { Type: 'AWS::Logs::LogGroup', Properties: {} },
  Sweep: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogGroup: { Ref: 'SweepLogs' } } } },
});

async function start(lines: readonly string[] = [], authorize: Authorize = () => undefined) {
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt: noon });
  const logs = createLogs({ template, clock, authorize });
  for (const line of lines) {
    logs.append('Sweep', line);
    await clock.advance(1000);
  }
  return (action: string, input: object = {}) =>
    askJson(logs.service, `Logs_20140328.${action}`, input) as Promise<{
      readonly status: number;
      readonly message?: string;
      readonly events: readonly { readonly message: string; readonly timestamp: number }[];
      readonly [field: string]: unknown;
    }>;
}
const messages = ({ events }: { readonly events: readonly { readonly message: string }[] }) =>
  events.map(({ message }) => message);

describe('CloudWatch Logs', () => {
  it('tells the log groups of the template', async () => {
    const ask = await start(['one']);
    const arn = 'arn:aws:logs:us-east-1:000000000000:log-group:SweepLogs';
    expect(await ask('DescribeLogGroups')).toMatchObject({
      logGroups: [
        { logGroupName: 'OtherLogs' },
        { logGroupName: 'SweepLogs', arn: `${arn}:*`, logGroupArn: arn, retentionInDays: 365, creationTime: noon },
      ],
    });
  });

  it('finds lines by words and by their time', async () => {
    const ask = await start(['a swept referral', 'nothing', 'a lost run', 'a swept run']);
    const of = { logGroupName: 'SweepLogs', filterPattern: 'swept' };
    expect(messages(await ask('FilterLogEvents', of))).toEqual(['a swept referral', 'a swept run']);
    expect(messages(await ask('FilterLogEvents', { ...of, startTime: noon + 1 }))).toEqual(['a swept run']);
    expect(messages(await ask('FilterLogEvents', { ...of, endTime: noon + 3000 }))).toEqual(['a swept referral']);
  });

  it('refuses what it does not have in its own error form', async () => {
    const ask = await start();
    expect(await ask('FilterLogEvents', { logGroupName: 'No' })).toMatchObject({
      status: 400,
      __type: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
    expect(await ask('FilterLogEvents', { logGroupName: 'SweepLogs', filterPattern: '{ $.a = 1 }' })).toMatchObject({
      __type: 'InvalidParameterException',
    });
    expect(await ask('FilterLogEvents', { logGroupName: 'SweepLogs', limit: 5 })).toMatchObject({ status: 400 });
    expect((await ask('PutLogEvents')).message).toContain('does not offer PutLogEvents: it has DescribeLogGroups');
  });

  it('asks permission for each group', async () => {
    const ask = await start([], (_principal, action, resource) => {
      throw new AccessDenied(`no principal may perform ${action} on ${resource}`);
    });
    expect((await ask('FilterLogEvents', { logGroupName: 'SweepLogs' })).message).toBe(
      'no principal may perform logs:FilterLogEvents on arn:aws:logs:us-east-1:000000000000:log-group:SweepLogs:*',
    );
  });
});

describe('a filter pattern', () => {
  it.each([
    ['', 'anything', true],
    ['ERROR timeout', 'timeout: an ERROR', true],
    ['ERROR timeout', 'an ERROR', false],
    ['"an ERROR"', 'this is an ERROR', true],
    ['"an ERROR"', 'an old ERROR', false],
  ])('%s of "%s" says %s', (pattern, line, is) => {
    expect(readPattern(pattern)(line)).toBe(is);
  });

  it.each(['{ $.level = "ERROR" }', '[a, b]', '%ERR%', 'ERROR -retried', '?WARN'])(
    'of another kind is refused: %s',
    (pattern) => {
      expect(() => readPattern(pattern)).toThrow('patterns of words');
    },
  );
});
