/**
 * What AWS's own histories show, said with machines of our own. Two public sources hold them: `localstack/localstack`,
 * `tests/aws/services/stepfunctions/v2` (each fact names the folder there), and `floci-io/floci`,
 * `docs/services/step-functions.md`, whose author measured AWS.
 */
import { describe, expect, it } from 'vitest';
import type { InvokeAnswer } from '../../../../infra/local/stepfunctions/interpreter/task.ts';
import { createStage, machine, noon, ok, oneTask } from './stage.ts';

const pass = (more: object = {}) => ({ Type: 'Pass', End: true, ...more });
const first = (state: object, states: object = {}) =>
  machine({ StartAt: 'First', States: { First: { End: true, ...state }, ...states } });
const refused: InvokeAnswer = { ok: false, errorType: 'Busy', errorMessage: 'the line is busy' };

async function play(
  definition: string,
  input: unknown = {},
  answer: () => InvokeAnswer = () => ok('done'),
  until = 60_000,
) {
  const stage = createStage({ machines: { M: definition }, answer });
  const arn = await stage.start('M', 'x', input);
  await stage.clock.advance(until);
  const events = await stage.history(arn);
  const described = await stage.describe(arn);
  await stage.stop();
  return {
    ...described,
    /** Id, the id that the event follows from, and its type. */
    chain: events.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`),
    failed: events.find(({ type }) => type === 'EvaluationFailed')?.evaluationFailedEventDetails,
    events,
  };
}
const inFirst = "An error occurred while executing the state 'First' (entered at the event id #2). ";

describe('an expression that fails', () => {
  // localstack: assign, test_undefined_reference
  it.each([
    ['Output', { Type: 'Pass', Output: '{% $states.input.nowhere %}' }, 'Output'],
    ['a part of Output', { Type: 'Pass', Output: { a: ['{% $states.input.nowhere %}'] } }, 'Output/a[0]'],
    [
      'Arguments',
      {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'Ask', Payload: '{% $states.input.nowhere %}' },
      },
      'Arguments/Payload',
    ],
  ])('that gives nothing in %s fails when it is evaluated, and not before', async (_, state, location) => {
    const { status, cause, chain, failed } = await play(first(state));
    const why = `${inFirst}The JSONata expression '$states.input.nowhere' specified for the field '${location}' returned nothing (undefined).`;
    expect({ status, cause }).toEqual({ status: 'FAILED', cause: why });
    expect(failed).toEqual({ error: 'States.QueryEvaluationError', cause: why, location, state: 'First' });
    // The event follows from what came before the state was entered.
    expect(chain.slice(2)).toEqual(['3<0 EvaluationFailed', '4<3 ExecutionFailed']);
  });

  // localstack: states_variables, test_map_catch_error: what a Catch leaves in its Output is no variable
  it('in a state behind a Catch follows from the event before that state', async () => {
    const { chain, cause } = await play(
      first(
        {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Arguments: { FunctionName: 'Ask' },
          Catch: [{ ErrorEquals: ['States.ALL'], Output: { kept: '{% $states.errorOutput %}' }, Next: 'Behind' }],
        },
        { Behind: pass({ Output: '{% $states.input.nothing %}' }) },
      ),
      {},
      () => refused,
    );
    expect(chain.slice(5)).toEqual([
      '6<5 TaskStateExited',
      '7<6 PassStateEntered',
      '8<6 EvaluationFailed',
      '9<8 ExecutionFailed',
    ]);
    expect(cause).toContain(
      "state 'Behind' (entered at the event id #7). The JSONata expression '$states.input.nothing'",
    );
  });

  // localstack: scenarios, test_wait_timestamp_jsonata
  it.each(['2026-03-02 12:00:00Z', '2026-03-02T12:00:00', '2026-13-02T12:00:00Z', '2026-03-02T25:00:00Z', 'soon'])(
    'to give the instant of a Wait says so of "%s", and follows from the entered state',
    async (at) => {
      const { cause, chain, failed } = await play(first({ Type: 'Wait', Timestamp: '{% $states.input.at %}' }), { at });
      expect(cause).toBe(
        `${inFirst}The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${at}`,
      );
      expect(failed).toMatchObject({ location: 'Timestamp', state: 'First', cause });
      expect(chain.slice(2)).toEqual(['3<2 EvaluationFailed', '4<3 ExecutionFailed']);
    },
  );
});

describe('a definition that AWS takes', () => {
  // localstack: scenarios, test_choice_condition_constant_jsonata
  it.each([
    [true, '"rule"'],
    [false, '"default"'],
  ])('may have a constant for a condition: %s', async (Condition, output) => {
    const choice = { Type: 'Choice', Choices: [{ Condition, Next: 'Rule' }], Default: 'Default' };
    const text = machine({
      StartAt: 'Which',
      States: { Which: choice, Rule: pass({ Output: 'rule' }), Default: pass({ Output: 'default' }) },
    });
    expect((await play(text)).output).toBe(output);
  });
});

describe('a result over the limit', () => {
  // localstack: error_handling, test_states_errors (data limit exceeded, four recordings)
  const large = () => ok('x'.repeat(300_000));
  const why = (task: string) =>
    `The state/task '${task}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  it('names the resource, and States.ALL catches it', async () => {
    const { output } = await play(oneTask({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] }), {}, large);
    expect(JSON.parse(output ?? '')).toEqual({ Error: 'States.DataLimitExceeded', Cause: why('lambda') });
  });

  it('of a state that is no task names the state', async () => {
    const { cause, chain } = await play(
      first({ Type: 'Pass', Output: ['{% $states.input %}', '{% $states.input %}'] }),
      '-'.repeat(150_000),
    );
    expect(cause).toBe(why('First'));
    expect(chain.at(-1)).toBe('3<2 ExecutionFailed');
  });
});

describe('what a Catch is given', () => {
  const caught = (more: object) => oneTask({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }], ...more });

  // localstack: error_handling, test_task_service_lambda, test_invoke_timeout (a machine of JSONPath)
  it('has an empty cause for a timeout', async () => {
    const waiting = caught({ Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', TimeoutSeconds: 10 });
    expect((await play(waiting)).output).toBe('{"Error":"States.Timeout","Cause":""}');
  });

  // localstack: callback, test_sqs_failure_in_wait_for_task_tok_no_error_field (machines of JSONPath)
  it('has null where a failure says no error or no cause', async () => {
    const waiting = caught({
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'Ask', Payload: { token: '{% $states.context.Task.Token %}' } },
    });
    const stage = createStage({ machines: { M: waiting } });
    const arn = await stage.start('M', 'x');
    await stage.call('SendTaskFailure', { taskToken: stage.calls[0]?.payload.token });
    expect((await stage.describe(arn)).output).toBe('{"Error":null,"Cause":null}');
    await stage.stop();
  });
});

describe('an execution that ends from outside', () => {
  const waiting = first({ Type: 'Wait', Seconds: 30 });

  // localstack: test_sfn_api, test_stop_execution
  it('by being stopped has a last event that follows from none', async () => {
    const stage = createStage({ machines: { M: waiting } });
    const arn = await stage.start('M', 'x');
    await stage.call('StopExecution', { executionArn: arn, error: 'Mistake' });
    const last = (await stage.history(arn)).at(-1);
    expect(last).toMatchObject({ type: 'ExecutionAborted', previousEventId: 0 });
    expect(last?.executionAbortedEventDetails).toEqual({ error: 'Mistake' });
  });

  // localstack: timeouts, test_global_timeout. floci: the event alone names States.Timeout
  it('by its own timeout names the error in its last event alone', async () => {
    const long = first({ Type: 'Wait', Seconds: 99_999_999 });
    const { status, error, cause, chain, events } = await play(long, {}, undefined, 365 * 86_400_000);
    expect({ status, error, cause }).toEqual({ status: 'TIMED_OUT', error: undefined, cause: undefined });
    expect(chain.at(-1)).toBe('3<0 ExecutionTimedOut');
    expect(events.at(-1)?.executionTimedOutEventDetails).toEqual({ error: 'States.Timeout' });
  });
});

describe('a Choice', () => {
  // floci: measured in us-east-1 (pull request 3167)
  it('whose rules all fail, and that has no Default, ends the execution', async () => {
    const why = (id: number, state: string) =>
      `An error occurred while executing the state '${state}' (entered at the event id #${id}). Failed to transition out of the state. The state does not point to a next state.`;
    const choice = { Type: 'Choice', Choices: [{ Condition: false, Next: 'B' }] };
    const alone = await play(machine({ StartAt: 'A', States: { A: choice, B: pass() } }));
    expect([alone.error, alone.cause]).toEqual(['States.Runtime', why(2, 'A')]);
    expect(alone.chain.slice(1)).toEqual(['2<0 ChoiceStateEntered', '3<2 ExecutionFailed']);
  });
});

describe('a Wait', () => {
  // localstack: base, test_wait, test_timestamp_too_far_in_future_boundary (machines of JSONPath)
  it.each([
    [24_855, undefined],
    [24_856, `${inFirst}Wait state delay is too long.`],
  ])('for an instant in %i days has the limit of a 32-bit number of seconds', async (days, cause) => {
    const Timestamp = new Date(noon + days * 86_400_000).toISOString();
    const { error, cause: why, chain } = await play(first({ Type: 'Wait', Timestamp }));
    expect(why).toBe(cause);
    if (cause !== undefined) expect([error, chain.at(-1)]).toEqual(['States.Runtime', '3<2 ExecutionFailed']);
  });
});
