import { describe, expect, it } from 'vitest';
import type { InvokeAnswer } from '../../../../infra/local/stepfunctions/interpreter/task.ts';
import { type Call, createStage, machine, noon, ok } from './stage.ts';

const broken: InvokeAnswer = { ok: false, errorType: 'TypeError', errorMessage: 'undefined is not a referral' };
const pass = (more: object = {}) => ({ Type: 'Pass', End: true, ...more });
const wait = (seconds: number) => ({ Type: 'Wait', Seconds: seconds, End: true });
const ask = (more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'Ask', Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  End: true,
  ...more,
});
const branch = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });

const first = (state: object, states: object = {}) =>
  machine({ StartAt: 'First', States: { First: state, ...states } });
const parallel = (branches: object[], more: object = {}, states: object = {}) =>
  first({ Type: 'Parallel', Branches: branches, End: true, ...more }, states);
const map = (state: object, more: object = {}, states: object = {}) =>
  first({ Type: 'Map', ItemProcessor: branch('Each', state), End: true, ...more }, states);

async function run(definition: string, input: unknown = {}, answer: (call: Call) => InvokeAnswer = () => ok('done')) {
  const stage = createStage({ machines: { M: definition }, answer });
  const arn = await stage.start('M', 'x', input);
  return {
    stage,
    arn,
    describe: () => stage.describe(arn),
    output: async () => JSON.parse((await stage.describe(arn)).output ?? 'null') as unknown,
    /** Type, and the id of the event that it followed from. */
    chain: async () => (await stage.history(arn)).map(({ type, previousEventId }) => `${type} ${previousEventId}`),
  };
}

describe('Parallel', () => {
  it('gives each branch the same input and its results in the order of the branches', async () => {
    const { stage, output } = await run(
      parallel([branch('Slow', wait(10)), branch('Quick', pass({ Output: '{% $states.input.n + 1 %}' }))], {
        Output: { results: '{% $states.result %}', from: '{% $states.input.n %}' },
      }),
      { n: 1 },
    );
    await stage.clock.advance(10_000);
    expect(await output()).toEqual({ results: [{ n: 1 }, 2], from: 1 });
  });

  it('gives its Arguments to its branches, where it has some', async () => {
    const { output } = await run(
      parallel([branch('A', pass()), branch('B', pass())], { Arguments: { m: '{% $states.input.n * 2 %}' } }),
      { n: 2 },
    );
    expect(await output()).toEqual([{ m: 4 }, { m: 4 }]);
  });

  it('runs its branches side by side: they wait at the same time', async () => {
    const { stage, describe } = await run(parallel([branch('A', wait(10)), branch('B', wait(10))]));
    await stage.clock.advance(10_000);
    expect(await describe()).toMatchObject({ status: 'SUCCEEDED', stopDate: (noon + 10_000) / 1000 });
  });

  it('tells in its history what each event followed from, as AWS does', async () => {
    const { chain } = await run(parallel([branch('A', pass()), branch('B', pass())]));
    expect(await chain()).toEqual([
      'ExecutionStarted 0',
      'ParallelStateEntered 0',
      'ParallelStateStarted 2',
      'PassStateEntered 3',
      'PassStateEntered 3',
      'PassStateExited 4',
      'PassStateExited 5',
      'ParallelStateSucceeded 7',
      'ParallelStateExited 7',
      'ExecutionSucceeded 9',
    ]);
  });

  it('fails with the error of its first failing branch, and ends the others', async () => {
    const { stage, arn, describe, chain } = await run(
      parallel([branch('A', wait(60)), branch('B', { Type: 'Fail', Error: 'Odd', Cause: 'it was odd' })]),
    );
    expect(await describe()).toMatchObject({ status: 'FAILED', error: 'Odd', cause: 'it was odd' });
    expect((await chain()).slice(3)).toEqual([
      'WaitStateEntered 3',
      'FailStateEntered 3',
      'WaitStateAborted 5',
      'ParallelStateFailed 5',
      'ExecutionFailed 7',
    ]);
    await stage.clock.advance(60_000);
    expect(await stage.history(arn)).toHaveLength(8);
  });

  it('is tried again as a whole, and then caught by its own rules', async () => {
    const { stage, chain, output } = await run(
      parallel(
        [branch('A', ask()), branch('B', wait(60))],
        {
          Retry: [{ ErrorEquals: ['TypeError'], MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput.Error %}', Next: 'Caught' }],
        },
        { Caught: pass() },
      ),
      {},
      () => broken,
    );
    await stage.clock.advance(1000);
    expect(stage.calls).toHaveLength(2);
    expect(await output()).toBe('TypeError');
    expect((await chain()).filter((event) => event.startsWith('Parallel'))).toEqual([
      'ParallelStateEntered 0',
      'ParallelStateStarted 2',
      'ParallelStateStarted 8',
      'ParallelStateFailed 16',
      'ParallelStateExited 19',
    ]);
  });

  it('does not catch what is fatal for the whole execution', async () => {
    const { describe, chain } = await run(
      parallel(
        [branch('A', ask({ Arguments: '{% {"FunctionName": "Ask", "Qualifier": "1"} %}' })), branch('B', wait(60))],
        { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] },
        { Caught: pass() },
      ),
    );
    expect(await describe()).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect((await chain()).at(-1)).toBe('ExecutionFailed 4');
  });

  it('may stand in a branch of another, whose failure goes up to the first that catches it', async () => {
    const inner = { Type: 'Parallel', Branches: [branch('C', ask()), branch('D', wait(60))], End: true };
    const { output, chain } = await run(
      parallel(
        [branch('A', inner), branch('B', wait(60))],
        { Catch: [{ ErrorEquals: ['TypeError'], Next: 'Caught' }] },
        { Caught: pass() },
      ),
      {},
      () => broken,
    );
    expect(await output()).toMatchObject({ Error: 'TypeError' });
    expect((await chain()).filter((event) => /Aborted|Failed/.test(event))).toEqual([
      'TaskFailed 10',
      'TaskStateAborted 11',
      'WaitStateAborted 11',
      'ParallelStateFailed 11',
      'WaitStateAborted 14',
      'ParallelStateFailed 14',
    ]);
  });

  it.each([
    ['stopped', 'ABORTED', 'ExecutionAborted'],
    ['given up at the timeout of the whole', 'TIMED_OUT', 'ExecutionTimedOut'],
  ])('that is %s ends at once with all its branches', async (_, status, last) => {
    const definition = JSON.stringify({
      ...JSON.parse(
        parallel([
          branch('A', wait(60)),
          branch('B', ask({ Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 9 }] })),
        ]),
      ),
      TimeoutSeconds: 30,
    });
    const { stage, arn, describe } = await run(definition, {}, () => broken);
    if (status === 'ABORTED') await stage.call('StopExecution', { executionArn: arn });
    await stage.clock.advance(30_000);
    expect((await describe()).status).toBe(status);
    expect((await stage.types(arn)).at(-1)).toBe(last);
    await stage.clock.advance(3_600_000);
    expect(stage.calls).toHaveLength(status === 'ABORTED' ? 1 : 5);
  });

  it('with a branch that never ends fails as a whole at 25,000 events', async () => {
    const loop = {
      StartAt: 'Loop',
      States: {
        Loop: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'End' }], Default: 'Loop' },
        End: { Type: 'Succeed' },
      },
    };
    const { stage, arn, describe } = await run(parallel([branch('A', wait(60)), loop]));
    expect(await describe()).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    const { events } = await stage.call('GetExecutionHistory', {
      executionArn: arn,
      reverseOrder: true,
      maxResults: 1,
    });
    expect(events).toMatchObject([{ id: 25_000, previousEventId: 24_999, type: 'ExecutionFailed' }]);
  });

  it('fails where its results together are too large', async () => {
    const large = pass({ Output: "{% $pad('', 150000, 'x') %}" });
    const { describe } = await run(parallel([branch('A', large), branch('B', large)]));
    expect(await describe()).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

describe('Map', () => {
  it('runs once for each item, and gives the results in the order of the items', async () => {
    const { output } = await run(map(pass({ Output: '{% $states.input * 2 %}' })), [1, 2, 3]);
    expect(await output()).toEqual([2, 4, 6]);
  });

  it('takes its Items and shapes each by its ItemSelector', async () => {
    const { output } = await run(
      map(pass(), {
        Items: '{% $states.input.list %}',
        ItemSelector: {
          value: '{% $states.context.Map.Item.Value %}',
          index: '{% $states.context.Map.Item.Index %}',
          all: '{% $count($states.input.list) %}',
        },
      }),
      { list: ['a', 'b'] },
    );
    expect(await output()).toEqual([
      { value: 'a', index: 0, all: 2 },
      { value: 'b', index: 1, all: 2 },
    ]);
  });

  it('of a list that stands in the definition, or of one item, or of none, does as it says', async () => {
    expect(await (await run(map(pass(), { Items: ['{% $states.input.n %}', 2] }), { n: 1 })).output()).toEqual([1, 2]);
    expect(await (await run(map(pass()), [[1]])).output()).toEqual([[1]]);
    const none = await run(map(pass()), []);
    expect(await none.output()).toEqual([]);
    expect(await none.chain()).toEqual([
      'ExecutionStarted 0',
      'MapStateEntered 0',
      'MapStateStarted 2',
      'MapStateSucceeded 3',
      'MapStateExited 3',
      'ExecutionSucceeded 5',
    ]);
  });

  it('runs no more at once than MaxConcurrency, which may be an expression', async () => {
    const { stage, describe } = await run(
      map(wait(10), { Items: '{% $states.input.list %}', MaxConcurrency: '{% $states.input.most %}' }),
      { list: [1, 2, 3, 4, 5], most: 2 },
    );
    await stage.clock.advance(29_999);
    expect((await describe()).status).toBe('RUNNING');
    await stage.clock.advance(1);
    expect(await describe()).toMatchObject({ status: 'SUCCEEDED', output: '[1,2,3,4,5]' });
  });

  it('runs no more than forty at once, as an inline Map of AWS', async () => {
    const { stage } = await run(
      map(ask({ Output: 1 })),
      Array.from({ length: 41 }, (_, index) => index),
    );
    const inFlight = createStage({
      machines: { M: map(wait(10)) },
    });
    const arn = await inFlight.start(
      'M',
      'x',
      Array.from({ length: 41 }, () => 1),
    );
    const started = (await inFlight.types(arn)).filter((type) => type === 'MapIterationStarted');
    expect([stage.calls.length, started.length]).toEqual([41, 40]);
  });

  it('tells in its history which iteration each event is of, as AWS does', async () => {
    const { stage, arn, chain } = await run(map(pass(), { MaxConcurrency: 1 }), [1, 2]);
    expect(await chain()).toEqual([
      'ExecutionStarted 0',
      'MapStateEntered 0',
      'MapStateStarted 2',
      'MapIterationStarted 3',
      'PassStateEntered 4',
      'PassStateExited 5',
      'MapIterationSucceeded 6',
      'MapIterationStarted 6',
      'PassStateEntered 8',
      'PassStateExited 9',
      'MapIterationSucceeded 10',
      'MapStateSucceeded 11',
      'MapStateExited 11',
      'ExecutionSucceeded 13',
    ]);
    const events = await stage.history(arn);
    expect(events[2]).toMatchObject({ mapStateStartedEventDetails: { length: 2 } });
    expect(events[7]).toMatchObject({ mapIterationStartedEventDetails: { name: 'First', index: 1 } });
    expect(events[11]).not.toHaveProperty('mapStateSucceededEventDetails');
  });

  it.each([
    ['caught', { Catch: [{ ErrorEquals: ['Odd'], Next: 'Caught' }] }, ['MapStateFailed 5', 'MapStateExited 7']],
    [
      'tried again',
      { Retry: [{ ErrorEquals: ['Odd'], MaxAttempts: 1 }] },
      ['MapStateStarted 5', 'MapIterationStarted 7', 'FailStateEntered 8', 'MapIterationFailed 9', 'MapStateFailed 9'],
    ],
  ])('with a failing iteration is %s in the events of AWS', async (_, more, following) => {
    const states = 'Catch' in more ? { Caught: pass() } : {};
    const { stage, chain } = await run(map({ Type: 'Fail', Error: 'Odd' }, more, states), [1]);
    await stage.clock.advance(1000);
    expect((await chain()).slice(3, 6 + following.length)).toEqual([
      'MapIterationStarted 3',
      'FailStateEntered 4',
      'MapIterationFailed 5',
      ...following,
    ]);
  });

  it('ends the other iterations where one fails, and tells of each', async () => {
    const answer = ({ payload }: Call) => (Number(payload) === 2 ? broken : ok('done'));
    const task = ask({ Next: 'Rest', End: undefined });
    const each = { StartAt: 'Each', States: { Each: task, Rest: wait(60) } };
    const { stage, arn } = await run(first({ Type: 'Map', ItemProcessor: each, End: true }), [1, 2], answer);
    const last = (await stage.history(arn)).slice(-7);
    expect(last.map(({ type }) => type)).toEqual([
      'TaskFailed',
      'MapIterationFailed',
      'TaskStateAborted',
      'MapIterationAborted',
      'WaitStateAborted',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
    const failing = last[0]?.id;
    expect(last.slice(1, 6).map(({ previousEventId }) => previousEventId)).toEqual(Array(5).fill(failing));
  });

  it('whose ItemSelector fails ends the iterations that run, and is tried again as a whole', async () => {
    const selector = '{% $states.context.Map.Item.Value.n %}';
    const more = { ItemSelector: selector, Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }] };
    const { stage, describe, chain } = await run(map(wait(60), more), [{ n: 1 }, {}]);
    await stage.clock.advance(1000);
    expect(await describe()).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect((await chain()).slice(3)).toEqual([
      'MapIterationStarted 3',
      'WaitStateEntered 4',
      'MapIterationAborted 3',
      'WaitStateAborted 3',
      'EvaluationFailed 3',
      'MapStateStarted 8',
      'MapIterationStarted 9',
      'WaitStateEntered 10',
      'MapIterationAborted 9',
      'WaitStateAborted 9',
      'EvaluationFailed 9',
      'MapStateFailed 14',
      'ExecutionFailed 15',
    ]);
    await stage.clock.advance(60_000);
    expect(await chain()).toHaveLength(16);
  });

  it('of what is no array fails, and its Catch sees why', async () => {
    const { output } = await run(
      map(
        pass(),
        {
          Items: '{% $states.input.list %}',
          Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Caught' }],
        },
        { Caught: pass() },
      ),
      { list: 1 },
    );
    expect(await output()).toEqual({
      Error: 'States.QueryEvaluationError',
      Cause:
        "An error occurred while executing the state 'First' (entered at the event id #2). The JSONata expression " +
        "'$states.input.list' specified for the field 'Items' returned an unexpected result type. Expected 'array', " +
        "but was 'number' for value: 1",
    });
  });

  it('may stand in a Map: the innermost item is the context', async () => {
    const inner = {
      Type: 'Map',
      ItemProcessor: branch('Leaf', pass({ Output: '{% $states.context.Map.Item %}' })),
      End: true,
    };
    const { output } = await run(map(inner), [['a'], ['b', 'c']]);
    expect(await output()).toEqual([
      [{ Index: 0, Value: 'a' }],
      [
        { Index: 0, Value: 'b' },
        { Index: 1, Value: 'c' },
      ],
    ]);
  });
});

describe('variables', () => {
  it('are seen by the states after the one that assigns them; Output sees them as they were', async () => {
    const { output } = await run(
      first(pass({ End: undefined, Assign: { n: 1 }, Next: 'Second' }), {
        Second: pass({
          End: undefined,
          Assign: { n: '{% $n + 1 %}', before: '{% $n %}' },
          Output: '{% $n %}',
          Next: 'Third',
        }),
        Third: pass({ Output: ['{% $states.input %}', '{% $n %}', '{% $before %}'] }),
      }),
    );
    expect(await output()).toEqual([1, 2, 1]);
  });

  it('are told in the event of leaving the state, as JSON', async () => {
    const { stage, arn } = await run(first(pass({ Assign: { a: { b: 1 }, c: 'text' } })));
    expect((await stage.history(arn))[2]).toMatchObject({
      stateExitedEventDetails: {
        assignedVariables: { a: '{"b":1}', c: '"text"' },
        assignedVariablesDetails: { truncated: false },
      },
    });
  });

  it('can be read inside of a Map, but what is assigned there stays there, apart for each iteration', async () => {
    const each = {
      StartAt: 'Note',
      States: {
        Note: pass({ End: undefined, Assign: { own: '{% $base + $states.input %}' }, Next: 'Tell' }),
        Tell: pass({ Output: '{% $own %}' }),
      },
    };
    const { output } = await run(
      first(pass({ End: undefined, Assign: { base: 10 }, Next: 'Loop' }), {
        Loop: {
          Type: 'Map',
          ItemProcessor: each,
          Assign: { base: '{% $sum($states.result) %}' },
          Next: 'Last',
        },
        Last: pass({ Output: '{% $base %}' }),
      }),
      [1, 2],
    );
    expect(await output()).toBe(23);
  });

  it('can be assigned by the rule of a Choice that holds, by its Default, and by a Catch', async () => {
    const definition = first(
      {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $states.input.n = 1 %}', Assign: { how: 'rule' }, Output: { ruled: true }, Next: 'Ask' },
        ],
        Default: 'Ask',
        Assign: { how: 'default' },
      },
      {
        Ask: ask({
          Catch: [{ ErrorEquals: ['States.ALL'], Assign: { error: '{% $states.errorOutput.Error %}' }, Next: 'Tell' }],
        }),
        Tell: pass({ Output: ['{% $how %}', '{% $error %}'] }),
      },
    );
    expect(await (await run(definition, { n: 1 }, () => broken)).output()).toEqual(['rule', 'TypeError']);
    expect(await (await run(definition, { n: 2 }, () => broken)).output()).toEqual(['default', 'TypeError']);
  });

  it('may be assigned by a Wait and by the result of a task', async () => {
    const { stage, output } = await run(
      first(ask({ End: undefined, Assign: { told: '{% $states.result.Payload %}' }, Next: 'Pause' }), {
        Pause: { Type: 'Wait', Seconds: 1, Assign: { paused: true }, Next: 'Tell' },
        Tell: pass({ Output: ['{% $told %}', '{% $paused %}'] }),
      }),
    );
    await stage.clock.advance(1000);
    expect(await output()).toEqual(['done', true]);
  });

  it('that are too large fail the state', async () => {
    const large = "{% $pad('', 150000, 'x') %}";
    const { describe } = await run(first(pass({ Assign: { a: large, b: large } })));
    expect(await describe()).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});
