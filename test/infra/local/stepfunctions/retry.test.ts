import { describe, expect, it } from 'vitest';
import { matches, retryDelay } from '../../../../infra/local/stepfunctions/interpreter/retry.ts';
import type { InvokeAnswer } from '../../../../infra/local/stepfunctions/interpreter/task.ts';
import { createStage, noon, ok, oneTask } from './stage.ts';

const failing = (errorType: string): InvokeAnswer => ({ ok: false, errorType, errorMessage: 'no' });

describe('a rule of Retry or Catch', () => {
  it.each([
    ['States.ALL', 'TypeError', true],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', undefined, true],
    ['States.ALL', 'States.Runtime', false],
    ['States.ALL', 'States.DataLimitExceeded', true],
    ['States.Runtime', 'States.Runtime', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.TaskFailed', 'TypeError', true],
    ['States.TaskFailed', 'States.QueryEvaluationError', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.TaskFailed', 'States.DataLimitExceeded', true],
    ['TypeError', 'TypeError', true],
    ['TypeError', 'RangeError', false],
  ])('that names %s is for the error %s: %s', (name, error, is) => {
    expect(matches([name], { error })).toBe(is);
  });

  it.each([
    ['States.ALL', false],
    ['States.TaskFailed', false],
    ['States.DataLimitExceeded', true],
  ])('that names %s is for a limit that the state itself ran into: %s', (name, is) => {
    expect(matches([name], { error: 'States.DataLimitExceeded', terminal: true })).toBe(is);
  });
});

describe('the delay of a retry', () => {
  const rule = {
    errors: [],
    intervalSeconds: 2,
    maxAttempts: 9,
    backoffRate: 1.5,
    maxDelaySeconds: 6,
    fullJitter: false,
  };

  it('grows by the rate up to the greatest, to the millisecond', () => {
    expect([0, 1, 2, 3, 4].map((used) => retryDelay(rule, used, () => 0))).toEqual([2000, 3000, 4500, 6000, 6000]);
  });

  it('under full jitter is drawn from nothing up to that', () => {
    const drawn = (random: number) => retryDelay({ ...rule, fullJitter: true }, 9, () => random);
    expect([drawn(0), drawn(0.5), drawn(0.999)]).toEqual([0, 3000, 5994]);
  });
});

describe('a task with rules', () => {
  const instants = async (task: Readonly<Record<string, unknown>>, answers: readonly InvokeAnswer[], seconds = 600) => {
    let next = 0;
    const stage = createStage({
      machines: { M: oneTask(task) },
      answer: () => answers[next++] ?? ok('done'),
    });
    const arn = await stage.start('M', 'x');
    await stage.clock.advance(1000 * seconds);
    return { at: stage.calls.map((call) => (call.at - noon) / 1000), ...(await stage.describe(arn)) };
  };

  it('counts for each rule how often it was used, and takes the first that names the error', async () => {
    const rules = [
      { ErrorEquals: ['A'], IntervalSeconds: 1, MaxAttempts: 1 },
      { ErrorEquals: ['B', 'A'], IntervalSeconds: 10, MaxAttempts: 2, BackoffRate: 1 },
    ];
    const given = [failing('A'), failing('B'), failing('B'), failing('A')];
    // The first rule is the one for A, and it is used up: the second is not asked.
    expect(await instants({ Retry: rules }, given)).toMatchObject({ at: [0, 1, 11, 21], status: 'FAILED', error: 'A' });
  });

  it('is caught once its retries are used up, not before', async () => {
    const task = {
      Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2, IntervalSeconds: 5, BackoffRate: 3 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Output: 'caught', Next: 'Caught' }],
    };
    const given = [failing('A'), failing('A'), failing('A')];
    expect(await instants(task, given)).toMatchObject({ at: [0, 5, 20], status: 'SUCCEEDED', output: '"caught"' });
  });

  it('that says no attempts is not tried again', async () => {
    const rules = [{ ErrorEquals: ['A'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }];
    expect(await instants({ Retry: rules }, [failing('A')])).toMatchObject({ at: [0], error: 'A' });
  });

  it('that says nothing more is tried again three times, after 1, 2 and 4 seconds', async () => {
    const given = Array.from({ length: 4 }, () => failing('A'));
    expect(await instants({ Retry: [{ ErrorEquals: ['A'] }] }, given)).toMatchObject({ at: [0, 1, 3, 7], error: 'A' });
  });

  it('whose expression fails is tried again and caught as any other', async () => {
    const task = {
      Output: '{% $states.result.Payload.missing %}',
      Retry: [{ ErrorEquals: ['States.QueryEvaluationError'], MaxAttempts: 1 }],
      Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Output: 'caught', Next: 'Caught' }],
    };
    expect(await instants(task, [])).toMatchObject({ at: [0, 1], output: '"caught"' });
  });

  it('fails where what its Catch makes of the error fails, and not a second Catch', async () => {
    const task = {
      Catch: [
        { ErrorEquals: ['A'], Output: '{% $states.errorOutput.Nothing %}', Next: 'Caught' },
        { ErrorEquals: ['States.ALL'], Next: 'Caught' },
      ],
    };
    expect(await instants(task, [failing('A')])).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining("specified for the field 'Catch[0]/Output' returned nothing"),
    });
  });

  it.each([
    [
      'TimeoutSeconds',
      'a text',
      "{% 'soon' %}",
      "Expected 'whole number from 1 to 99999999', but was 'string' for value: \"soon\"",
    ],
    ['TimeoutSeconds', 'zero', '{% 0 %}', "but was 'number' for value: 0"],
    ['TimeoutSeconds', 'a half', '{% 1.5 %}', "but was 'number' for value: 1.5"],
  ])('whose %s gives %s fails', async (field, _, expression, why) => {
    const { cause } = await instants({ [field]: expression }, []);
    expect(cause).toContain(`specified for the field '${field}' returned an unexpected result type.`);
    expect(cause).toContain(why);
  });
});
