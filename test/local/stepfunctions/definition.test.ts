import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../../infra/local/stepfunctions/definition.ts';
import { compileTemplate } from '../../../infra/local/stepfunctions/expressions.ts';
import { createStage, noon, oneTask, workflow } from './stage.ts';

const only = (state: object) =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Only', States: { Only: state, End: { Type: 'Succeed' } } });

describe('a definition', () => {
  it.each(['referral', 'deadline'] as const)('of the product loads: %s', (name) => {
    expect(readDefinition(workflow(name)).states.size).toBeGreaterThan(4);
  });

  it.each([
    ['an unknown field of a task', oneTask({ HeartbeatSeconds: 30 }), 'State "Ask"', 'HeartbeatSeconds'],
    ['Assign', oneTask({ Assign: { a: 1 } }), 'State "Ask"', 'Assign'],
    ['a field of JSONPath', oneTask({ ResultPath: '$.x' }), 'State "Ask"', 'ResultPath'],
    ['another resource', oneTask({ Resource: 'arn:aws:states:::sqs:sendMessage' }), 'State "Ask"', 'field Resource'],
    [
      'another argument',
      oneTask({ Arguments: { FunctionName: 'f', Qualifier: 'live' } }),
      'State "Ask"',
      'Qualifier in Arguments',
    ],
    ['a field of Retry', oneTask({ Retry: [{ ErrorEquals: ['A'], Delay: 1 }] }), 'State "Ask"', 'Delay in Retry/0'],
    [
      'Assign in Catch',
      oneTask({ Catch: [{ ErrorEquals: ['A'], Next: 'Ask', Assign: {} }] }),
      'State "Ask"',
      'Assign in Catch/0',
    ],
    ['a timeout of zero', oneTask({ TimeoutSeconds: 0 }), 'State "Ask"', 'TimeoutSeconds'],
    ['both Next and End', oneTask({ Next: 'Caught' }), 'State "Ask"', 'exactly one of Next and End'],
    [
      'a Catch to nowhere',
      oneTask({ Catch: [{ ErrorEquals: ['A'], Next: 'Nowhere' }] }),
      'State "Ask"',
      'no state "Nowhere"',
    ],
    [
      'States.ALL before another rule',
      oneTask({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] }),
      'State "Ask"',
      'last rule',
    ],
    [
      'Parallel',
      only({ Type: 'Parallel', Branches: [], End: true }),
      'State "Only"',
      'Task, Choice, Pass, Wait, Succeed and Fail only',
    ],
    ['Map', only({ Type: 'Map', End: true }), 'State "Only"', 'Task, Choice, Pass, Wait, Succeed and Fail only'],
    [
      'a Wait of two minds',
      only({ Type: 'Wait', Seconds: 1, Timestamp: 'x', End: true }),
      'State "Only"',
      'exactly one of Seconds and Timestamp',
    ],
    [
      'a Choice by JSONPath',
      only({ Type: 'Choice', Choices: [{ Variable: '$.a', Next: 'End' }] }),
      'State "Only"',
      'Variable',
    ],
    ['JSONPath', JSON.stringify({ StartAt: 'A', States: {} }), 'The definition', 'JSONata'],
    ['a start at nowhere', JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'A', States: {} }), 'StartAt', '"A"'],
    ['what is not JSON', '{', 'The definition', 'not JSON'],
  ])('with %s is refused, by state and field', (_, text, where, what) => {
    expect(() => readDefinition(text)).toThrow(where);
    expect(() => readDefinition(text)).toThrow(what);
  });

  it.each([
    [
      'a function that JSONata 2.0.6 does not have',
      '$toJson(1)',
      '$toJson is neither a function of JSONata 2.0.6 nor $states',
    ],
    ['$eval, which Step Functions does not have', "$eval('1')", 'Step Functions has no $eval'],
    ["one of Step Functions' own functions", "$parse('1')", 'not implemented by the local interpreter'],
    ['a variable', '$referral.id', '$referral is neither'],
    ['syntax of JSONata 2.1', '$states.input.a ?? 1', 'not an expression of JSONata 2.0.6'],
    ['the error outside of a Catch', '$states.errorOutput', '$states.errorOutput is not available here'],
    ['a part of $states that does not exist', '$states.inputs', '$states.inputs is not available here'],
  ])('with an expression of %s is refused', (_, source, why) => {
    const text = oneTask({ Output: `{% ${source} %}` });
    expect(() => readDefinition(text)).toThrow('State "Ask", field Output: ');
    expect(() => readDefinition(text)).toThrow(why);
  });

  it('that is refused stops the start, naming its state machine', () => {
    const machines = { Deadline: oneTask({ HeartbeatSeconds: 30 }) };
    expect(() => createStage({ machines })).toThrow('State machine Deadline: State "Ask"');
  });
});

describe('an expression', () => {
  const place = { state: 'A', field: 'Output' };
  const offered = new Set(['input', 'context']);
  const evaluate = (value: unknown, input: unknown = {}) =>
    compileTemplate(value, place, offered)({ input, context: {}, now: noon });

  it.each([
    ['$millis()', noon],
    ['$now()', '2026-03-02T12:00:00.000Z'],
    ["$now('[Y0001]-[M01]-[D01] [H01]:[m01]', '-0500')", '2026-03-02 07:00'],
    ['($a := 2; $map([1, 2], function($v) { $v * $a }))', [2, 4]],
    ['$states.input.list[n > 1].n', 2],
    ['$states.input.list#$i.($i)', [0, 1]],
    ["'a' in ['a', 'b']", true],
    ['null', null],
  ])('%s is evaluated as Step Functions does, at the instant of the movable clock', async (source, value) => {
    expect(JSON.parse(JSON.stringify(await evaluate(`{% ${source} %}`, { list: [{ n: 1 }, { n: 2 }] })))).toEqual(
      value,
    );
  });

  it('stands only where a string begins and ends with its marks', async () => {
    expect(await evaluate({ plain: ' {% 1 %} ', 'key.$': '$.a', list: ['{% 1 + 1 %}', 'x'] })).toEqual({
      plain: ' {% 1 %} ',
      'key.$': '$.a',
      list: [2, 'x'],
    });
    expect(() => compileTemplate('{% 1', place, offered)).toThrow('does not end with %}');
  });

  it.each([
    ['throws', "$number('x')", 'threw an error during evaluation. D3030'],
    ['gives nothing', '$states.input.missing', 'returned nothing (undefined)'],
    ['gives a function', 'function($x) { $x }', 'returned a function'],
  ])('that %s fails its state', async (_, source, why) => {
    await expect(evaluate(`{% ${source} %}`)).rejects.toMatchObject({
      error: 'States.QueryEvaluationError',
      message: expect.stringContaining(why),
      location: 'Output',
    });
  });
});
