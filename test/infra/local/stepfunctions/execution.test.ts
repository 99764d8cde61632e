import { describe, expect, it } from 'vitest';
import { createActivity } from '../../../../infra/local/clock/clock.ts';
import { serve } from '../../../../infra/local/endpoint/endpoint.ts';
import { AccessDenied, type Principal } from '../../../../infra/local/endpoint/service.ts';
import type { InvokeAnswer } from '../../../../infra/local/stepfunctions/interpreter/task.ts';
import { createStepFunctions } from '../../../../infra/local/stepfunctions/step-functions.ts';
import { operator } from '../endpoint/ask.ts';
import {
  type Answer,
  type Call,
  createStage,
  executionArn,
  functionArn,
  machine,
  machineArn,
  noon,
  ok,
  oneTask,
  requestFor,
  workflow,
} from './stage.ts';

const busy: InvokeAnswer = { ok: false, errorType: 'LedgerBusy', errorMessage: 'Ten tries were lost.' };
const broken: InvokeAnswer = { ok: false, errorType: 'TypeError', errorMessage: 'undefined is not a referral' };
const single = (state: object) => machine({ StartAt: 'Only', States: { Only: state } });

/** Gives the answers in turn, then the last one for ever. */
const inTurn = (...answers: InvokeAnswer[]) => {
  let next = 0;
  return () => answers[Math.min(next++, answers.length - 1)] ?? ok({});
};

describe('the pathway of a referral', () => {
  const outcomes: Readonly<Record<string, string>> = { ProposeEligibility: 'high-risk' };
  const answer = (call: Call) => ok({ outcome: outcomes[call.function] ?? 'opened' });
  const machines = { Referral: workflow('referral') };

  it('enters a wait anew every 30 days, until a person acts', async () => {
    const stage = createStage({ machines, answer });
    const arn = await stage.start('Referral', 'CR-1-g1', { referralId: 'CR-1', generation: 1 });
    await stage.clock.advance(90 * 86_400_000);
    expect(stage.calls.filter((call) => call.function === 'AwaitPerson')).toHaveLength(4);
    expect((await stage.describe(arn)).status).toBe('RUNNING');
  });

  it('fails where a task answers with a word that the definition does not know', async () => {
    const stage = createStage({ machines, answer: () => ok({ outcome: 'surprise' }) });
    const arn = await stage.start('Referral', 'CR-1-g1', { referralId: 'CR-1', generation: 1 });
    await stage.call('SendTaskSuccess', { taskToken: stage.calls[1]?.payload.token, output: '{"outcome":"odd"}' });
    expect(await stage.describe(arn)).toMatchObject({ status: 'FAILED', error: 'UnknownOutcome' });
  });
});

describe('a task that fails', () => {
  const retry = [
    { ErrorEquals: ['LedgerBusy'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2, MaxDelaySeconds: 6 },
  ];

  it('is tried again with growing delays, and its success counts', async () => {
    const stage = createStage({
      machines: { M: oneTask({ Retry: retry }) },
      answer: inTurn(busy, busy, busy, ok('at last')),
    });
    const arn = await stage.start('M', 'x');
    await stage.clock.advance(60_000);
    expect(stage.calls.map((call) => (call.at - noon) / 1000)).toEqual([0, 2, 6, 12]);
    expect(stage.calls.map((call) => call.payload.attempt)).toEqual([0, 1, 2, 3]);
    expect(await stage.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"at last"' });
    expect(stage.transitions()).toBe(4);
    expect((await stage.types(arn)).filter((type) => type === 'TaskStateEntered')).toHaveLength(1);
  });

  it('waits half the delay under full jitter, so that a run can be repeated', async () => {
    const jittered = [{ ...retry[0], JitterStrategy: 'FULL' }];
    const stage = createStage({ machines: { M: oneTask({ Retry: jittered }) }, answer: inTurn(busy, ok(1)) });
    await stage.start('M', 'x');
    await stage.clock.advance(1000);
    expect(stage.calls).toHaveLength(2);
  });

  it('fails the execution when its retries are used up, with the error and its cause', async () => {
    const stage = createStage({ machines: { M: oneTask({ Retry: retry }) }, answer: () => busy });
    const arn = await stage.start('M', 'x');
    await stage.clock.advance(60_000);
    expect(stage.calls).toHaveLength(4);
    expect(await stage.describe(arn)).toMatchObject({
      status: 'FAILED',
      error: 'LedgerBusy',
      cause: '{"errorType":"LedgerBusy","errorMessage":"Ten tries were lost."}',
    });
  });

  it('is caught by the first rule that names its error, whose Output becomes the next input', async () => {
    const rules = [
      { ErrorEquals: ['States.Timeout'], Next: 'Ask' },
      { ErrorEquals: ['States.TaskFailed'], Output: { was: '{% $states.errorOutput.Error %}' }, Next: 'Caught' },
      { ErrorEquals: ['States.ALL'], Next: 'Ask' },
    ];
    const stage = createStage({ machines: { M: oneTask({ Catch: rules }) }, answer: () => broken });
    const arn = await stage.start('M', 'x');
    expect(await stage.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"was":"TypeError"}' });
  });

  it('gives Error and Cause to the next state where the rule has no Output', async () => {
    const rules = [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }];
    const stage = createStage({ machines: { M: oneTask({ Catch: rules }) }, answer: () => broken });
    const output = JSON.parse((await stage.describe(await stage.start('M', 'x'))).output ?? '{}');
    expect(output).toEqual({ Error: 'TypeError', Cause: expect.stringContaining('undefined is not a referral') });
  });

  it('because the machine may not invoke the function fails as on AWS, naming the missing grant', async () => {
    const asked: [Principal, string, string][] = [];
    const stage = createStage({
      machines: { M: oneTask({ Arguments: { FunctionName: `${functionArn('Ask')}:live` } }) },
      authorize(principal, action, resource) {
        if (principal.kind === 'operator') return;
        asked.push([principal, action, resource]);
        throw new AccessDenied(`not authorized to perform ${action} on ${resource}`);
      },
    });
    const arn = await stage.start('M', 'x');
    expect(asked).toEqual([
      [{ kind: 'function', logicalId: 'MRole' }, 'lambda:InvokeFunction', `${functionArn('Ask')}:live`],
    ]);
    expect(stage.calls).toEqual([]);
    expect(await stage.describe(arn)).toMatchObject({
      error: 'Lambda.AWSLambdaException',
      cause: `not authorized to perform lambda:InvokeFunction on ${functionArn('Ask')}:live`,
    });
  });

  it('of a machine that the API created is checked against its role', async () => {
    const asked: unknown[] = [];
    const stage = createStage({
      principalOf: (...arns) => {
        asked.push(arns);
        return operator;
      },
    });
    const roleArn = 'arn:aws:iam::000000000000:role/Runner';
    await stage.call('CreateStateMachine', { name: 'New', definition: oneTask(), roleArn });
    await stage.start('New', 'x');
    expect(asked).toEqual([[machineArn('New'), roleArn]]);
  });

  it.each([
    ['TooManyRequestsException', 'Lambda.TooManyRequestsException'],
    ['TypeError', 'Lambda.Unknown'],
  ])('because Lambda refuses with %s fails as %s', async (name, error) => {
    const refuses = () => Promise.reject(Object.assign(new Error('Rate Exceeded.'), { name }));
    const stage = createStage({ machines: { M: oneTask() }, answer: refuses });
    expect(await stage.describe(await stage.start('M', 'x'))).toMatchObject({ error, cause: 'Rate Exceeded.' });
  });

  it('by SendTaskFailure fails with the error that was sent', async () => {
    const waits = {
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'Ask', Payload: { token: '{% $states.context.Task.Token %}' } },
      Output: '{% $states.result %}',
    };
    const stage = createStage({ machines: { M: oneTask(waits) } });
    const arn = await stage.start('M', 'x');
    const taskToken = stage.calls[0]?.payload.token;
    await stage.call('SendTaskFailure', { taskToken, error: 'Withdrawn', cause: 'by the reporter' });
    expect(await stage.describe(arn)).toMatchObject({ error: 'Withdrawn', cause: 'by the reporter' });
  });

  it('in its invocation while it waits for a token is tried again, with a new token', async () => {
    const waits = {
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'Ask', Payload: { token: '{% $states.context.Task.Token %}' } },
      Output: '{% $states.result %}',
      Retry: retry,
    };
    const stage = createStage({ machines: { M: oneTask(waits) }, answer: inTurn(busy, ok('ignored')) });
    const arn = await stage.start('M', 'x');
    await stage.clock.advance(2000);
    const [old, taskToken] = stage.calls.map((call) => call.payload.token);
    expect((await stage.call('SendTaskSuccess', { taskToken: old, output: '1' })).__type).toBe('TaskTimedOut');
    await stage.call('SendTaskSuccess', { taskToken, output: '2' });
    expect((await stage.describe(arn)).output).toBe('2');
  });

  it('by never returning is given up at its timeout and tried again; a late return changes nothing', async () => {
    let now = noon;
    let fire: () => void = () => undefined;
    const returns: ((answer: InvokeAnswer) => void)[] = [];
    const activity = createActivity();
    const { service, stop } = createStepFunctions({
      // A clock that does not wait for rest, because the function never comes to it.
      clock: {
        now: () => now,
        at(_, wake) {
          fire = wake;
          return () => undefined;
        },
      },
      activity,
      machines: [
        {
          arn: machineArn('M'),
          name: 'M',
          definition: oneTask({ Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }] }),
        },
      ],
      invoke: () => new Promise((resolve) => returns.push(resolve)),
      authorize: () => undefined,
      principalOf: () => operator,
      onStatusChange: () => undefined,
    });
    const call = async (action: string, body: object): Promise<Answer> =>
      JSON.parse(String((await serve(requestFor(action, body), [service])).body));
    const soon = () => new Promise((resolve) => setImmediate(resolve));

    const { executionArn } = await call('StartExecution', { stateMachineArn: machineArn('M') });
    for (const seconds of [60, 1]) {
      await soon();
      now += seconds * 1000;
      fire();
    }
    await soon();
    expect(returns).toHaveLength(2);
    returns[0]?.(ok('too late'));
    await soon();
    expect((await call('DescribeExecution', { executionArn })).status).toBe('RUNNING');
    returns[1]?.(ok('in time'));
    await activity.rest();
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      output: '"in time"',
    });
    await stop();
  });

  it('with an output above 256 KiB fails by a limit that States.ALL does not catch', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }];
    const stage = createStage({
      machines: { M: oneTask({ Catch, Output: ['{% $states.input %}', '{% $states.input %}'] }) },
    });
    const arn = await stage.start('M', 'x', 'é'.repeat(65_550));
    expect(await stage.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

describe('a function', () => {
  it.each([
    ['Ask', 'Ask'],
    ['Ask:live', 'Ask:live'],
    ['function:Ask', 'Ask'],
    ['000000000000:function:Ask:7', 'Ask:7'],
    [functionArn('Ask'), 'Ask'],
    [`${functionArn('Ask')}:live`, 'Ask:live'],
  ])('may be named as %s, and keeps its version or alias', async (name, called) => {
    const stage = createStage({ machines: { M: oneTask({ Arguments: { FunctionName: name } }) } });
    await stage.start('M', 'x');
    expect(stage.calls.map((call) => call.function)).toEqual([called]);
  });
});

describe('the other states', () => {
  const run = async (definition: string, input: unknown = {}) => {
    const stage = createStage({ machines: { M: definition } });
    return { stage, arn: await stage.start('M', 'x', input) };
  };

  it('Pass gives its Output on, or its input', async () => {
    const { stage, arn } = await run(
      machine({
        StartAt: 'A',
        States: {
          A: { Type: 'Pass', Output: { most: '{% $max($states.input.n) %}', fixed: ['{% 1 %}', null] }, Next: 'B' },
          B: { Type: 'Pass', End: true },
        },
      }),
      { n: [1, 2] },
    );
    expect((await stage.describe(arn)).output).toBe('{"most":2,"fixed":[1,null]}');
  });

  it.each([
    ['Seconds', { Seconds: 90 }],
    ['Seconds by an expression', { Seconds: '{% 45 + 45 %}' }],
    ['Timestamp', { Timestamp: '2026-03-02T07:01:30-05:00' }],
  ])('Wait waits by %s', async (_, fields) => {
    const { stage, arn } = await run(single({ Type: 'Wait', ...fields, End: true }));
    await stage.clock.advance(89_999);
    expect((await stage.describe(arn)).status).toBe('RUNNING');
    await stage.clock.advance(1);
    expect((await stage.describe(arn)).status).toBe('SUCCEEDED');
    expect(await stage.types(arn)).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'WaitStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('Fail fails with its error and its cause', async () => {
    const { stage, arn } = await run(single({ Type: 'Fail', Error: 'Odd', Cause: 'it was odd' }));
    expect(await stage.describe(arn)).toMatchObject({ status: 'FAILED', error: 'Odd', cause: 'it was odd' });
  });

  it('Choice fails where no condition is true and there is no Default, and where a condition is no boolean', async () => {
    const choice = (condition: string) =>
      machine({
        StartAt: 'A',
        States: {
          A: { Type: 'Choice', Choices: [{ Condition: `{% ${condition} %}`, Next: 'B' }] },
          B: { Type: 'Succeed' },
        },
      });
    const none = await run(choice('1 = 2'));
    expect((await none.stage.describe(none.arn)).error).toBe('States.Runtime');
    const number = await run(choice('1'));
    expect((await number.stage.describe(number.arn)).error).toBe('States.QueryEvaluationError');
  });

  it('a loop without end fails at 25,000 events', async () => {
    const { stage, arn } = await run(
      machine({
        StartAt: 'A',
        States: {
          A: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'End' }], Default: 'A' },
          End: { Type: 'Succeed' },
        },
      }),
    );
    expect(await stage.describe(arn)).toMatchObject({
      status: 'FAILED',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    const { events } = await stage.call('GetExecutionHistory', {
      executionArn: arn,
      reverseOrder: true,
      maxResults: 2,
    });
    expect(events).toMatchObject([
      { id: 25_000, previousEventId: 24_999, type: 'ExecutionFailed' },
      { id: 24_999, previousEventId: 24_998, type: 'ChoiceStateExited' },
    ]);
  });

  it('an execution times out after one year', async () => {
    const stage = createStage({ machines: { Year: single({ Type: 'Wait', Seconds: 90_000_000, End: true }) } });
    const year = await stage.start('Year', 'x');
    await stage.clock.advance(365 * 86_400_000 - 1);
    expect((await stage.describe(year)).status).toBe('RUNNING');
    await stage.clock.advance(1);
    expect((await stage.describe(year)).status).toBe('TIMED_OUT');
    expect((await stage.types(year)).at(-1)).toBe('ExecutionTimedOut');
  });
});

describe('status changes', () => {
  it('are told at the start and at each kind of end, as EventBridge tells them', async () => {
    const stage = createStage({ machines: { M: single({ Type: 'Wait', Seconds: 60, End: true }) } });
    const arn = await stage.start('M', 'kept', { a: 1 });
    await stage.start('M', 'stopped');
    await stage.clock.advance(1000);
    await stage.call('StopExecution', {
      executionArn: executionArn('M', 'stopped'),
      error: 'Stopped',
      cause: 'by hand',
    });
    await stage.clock.advance(60_000);
    expect(stage.changes.map(({ detail }) => `${detail.name} ${detail.status}`)).toEqual([
      'kept RUNNING',
      'stopped RUNNING',
      'stopped ABORTED',
      'kept SUCCEEDED',
    ]);
    expect(stage.changes[2]?.detail).toMatchObject({ error: 'Stopped', cause: 'by hand', stopDate: noon + 1000 });
    expect(stage.changes[3]).toMatchObject({
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      resources: [arn],
      time: '2026-03-02T12:01:00.000Z',
      detail: {
        executionArn: arn,
        stateMachineArn: machineArn('M'),
        input: '{"a":1}',
        output: '{"a":1}',
        startDate: noon,
        stopDate: noon + 60_000,
      },
    });
  });
});
