import { describe, expect, it } from 'vitest';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import type { InvokeResult } from '../../../../infra/local/lambda/invocation.ts';
import { createEvents } from '../../../../infra/local/schedule/event-bus.ts';
import { functionResource, judgeResources, noon, permission, writeTemplate } from '../lambda/hand-written.ts';

const minutes = (count: number) => count * 60_000;
const target = (name: string, more = {}) => ({ Arn: { 'Fn::GetAtt': [name, 'Arn'] }, Id: 'Target0', ...more });

const lostRuns = {
  EventPattern: {
    source: ['aws.states'],
    'detail-type': ['Step Functions Execution Status Change'],
    detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
  },
  State: 'ENABLED',
  Targets: [target('RecordLostRun')],
};
const everyFiveMinutes = { ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED', Targets: [target('Sweep')] };

function start(rules: Readonly<Record<string, Readonly<Record<string, unknown>>>>, result?: InvokeResult) {
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt: noon });
  const received: { name: string; event: Record<string, unknown> }[] = [];
  const faults: string[] = [];
  const template = writeTemplate({
    RecordLostRun: functionResource('RecordLostRun'),
    Sweep: functionResource('Sweep'),
    ...Object.fromEntries(
      Object.entries(rules).map(([name, Properties]) => [name, { Type: 'AWS::Events::Rule', Properties }]),
    ),
    MayRecord: permission('RecordLostRun', 'events', 'arn:aws:events:us-east-1:000000000000:rule/LostRuns'),
    MaySweep: permission('Sweep', 'events', 'arn:aws:events:us-east-1:000000000000:rule/Every*'),
  });
  const events = createEvents({
    template,
    authorize: judgeResources(template),
    clock,
    activity,
    onFault: (_name, sentence) => faults.push(sentence),
    lambda: {
      invoke: async (arn, event) => {
        received.push({ name: arn.replace(/.*:/, ''), event: event as Record<string, unknown> });
        return result ?? { ok: true, payload: null };
      },
    },
  });
  return { activity, clock, received, faults, events };
}

const change = (status: string) => ({
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  resources: ['arn:run'],
  detail: { status, name: 'CR-1-g1' },
});

describe('a rule by pattern', () => {
  it('sends the events that match to its functions, in the envelope of EventBridge', async () => {
    const { events, received, activity } = start({ LostRuns: lostRuns });
    events.put(change('SUCCEEDED'));
    events.put(change('TIMED_OUT'));
    await activity.rest();
    expect(received).toEqual([
      {
        name: 'RecordLostRun',
        event: {
          version: '0',
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          'detail-type': 'Step Functions Execution Status Change',
          source: 'aws.states',
          account: '000000000000',
          time: '2027-03-01T12:00:00Z',
          region: 'us-east-1',
          resources: ['arn:run'],
          detail: { status: 'TIMED_OUT', name: 'CR-1-g1' },
        },
      },
    ]);
  });

  it('tries a failing function three times and then says so', async () => {
    const failed: InvokeResult = { ok: false, errorType: 'LedgerBusy', errorMessage: 'Try later.' };
    const { events, received, faults, activity } = start({ LostRuns: lostRuns }, failed);
    events.put(change('FAILED'));
    await activity.rest();
    expect(received).toHaveLength(3);
    expect(faults).toEqual([expect.stringMatching(/RecordLostRun failed 3 times .* LedgerBusy: Try later\./)]);
  });

  it('sends nothing while it is disabled', async () => {
    const { events, received, activity } = start({ LostRuns: { ...lostRuns, State: 'DISABLED' } });
    events.put(change('FAILED'));
    await activity.rest();
    expect(received).toEqual([]);
  });
});

describe('a rule by rate', () => {
  it('fires when its interval has passed, with the instant that it was due', async () => {
    const { clock, received } = start({ EveryFive: everyFiveMinutes });
    await clock.advance(minutes(5) - 1);
    expect(received).toEqual([]);
    await clock.advance(1);
    expect(received).toMatchObject([
      {
        name: 'Sweep',
        event: {
          source: 'aws.events',
          'detail-type': 'Scheduled Event',
          time: '2027-03-01T12:05:00Z',
          resources: ['arn:aws:events:us-east-1:000000000000:rule/EveryFive'],
          detail: {},
        },
      },
    ]);
  });

  it('fires once, not once for each interval, when the clock is moved by a month', async () => {
    const { clock, received } = start({ EveryFive: everyFiveMinutes });
    await clock.advance(minutes(60 * 24 * 30));
    expect(received).toHaveLength(1);
  });

  it('fires between the timers of a month when it is due, and is done before the next timer', async () => {
    const { clock, received } = start({ EveryFive: everyFiveMinutes });
    const seen: number[] = [];
    for (const day of [1, 2, 3]) clock.at(noon + minutes(60 * 24 * day), () => seen.push(received.length));
    await clock.advance(minutes(60 * 24 * 3));
    expect(seen).toEqual([0, 1, 2]);
    expect(received).toHaveLength(3);
  });

  it('keeps its beat after the clock was moved', async () => {
    const { clock, received } = start({ EveryFive: everyFiveMinutes });
    await clock.advance(minutes(7));
    await clock.advance(minutes(3));
    expect(received.map(({ event }) => event.time)).toEqual(['2027-03-01T12:05:00Z', '2027-03-01T12:10:00Z']);
  });
});

it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
  ['cron', { ...everyFiveMinutes, ScheduleExpression: 'cron(0 12 * * ? *)' }, /EveryFive runs by cron/],
  ['an input of its own', { ...everyFiveMinutes, Targets: [target('Sweep', { Input: '{}' })] }, /Input/],
  ['another bus', { ...everyFiveMinutes, EventBusName: 'other' }, /EventBusName/],
  ['another target', { ...everyFiveMinutes, Targets: [{ Arn: 'arn:aws:sqs:x', Id: 'T' }] }, /only Lambda functions/],
  ['no permission', { ...everyFiveMinutes, Targets: [target('RecordLostRun')] }, /may not invoke RecordLostRun/],
])('a rule with %s stops the start', (_what, rule, message) => {
  expect(() => start({ LostRuns: lostRuns, EveryFive: rule })).toThrow(message);
});

it('with a running clock, a rule by rate fires by itself and stops when told', async () => {
  const activity = createActivity();
  const clock = createClock({ activity });
  let fired: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    fired = resolve;
  });
  // The rule came to be 59.99 seconds ago, as far as the clock of the rule is concerned.
  let ahead = 0;
  const template = writeTemplate({
    Sweep: functionResource('Sweep'),
    EveryMinute: {
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression: 'rate(1 minute)', Targets: [target('Sweep')] },
    },
    MaySweep: permission('Sweep', 'events', { 'Fn::GetAtt': ['EveryMinute', 'Arn'] }),
  });
  const events = createEvents({
    template,
    authorize: judgeResources(template),
    clock: {
      ...clock,
      now: () => {
        const now = clock.now() + ahead;
        ahead = 59_995;
        return now;
      },
    },
    activity,
    lambda: {
      invoke: async () => {
        fired();
        return { ok: true, payload: null };
      },
    },
  });
  await first;
  events.stop();
  clock.stop();
});
