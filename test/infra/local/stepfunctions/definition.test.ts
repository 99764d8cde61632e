import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../../../infra/local/stepfunctions/language/compile.ts';
import { createStage, machine, oneTask, workflow } from './stage.ts';

const only = (state: object) => machine({ StartAt: 'Only', States: { Only: state } });
const pass = { Type: 'Pass', End: true };
const catches = (more: object) => oneTask({ Catch: [{ ErrorEquals: ['A'], Next: 'Caught', ...more }] });
const unsupported = (field: string) => `SCHEMA_VALIDATION_FAILED: Field '${field}' is not supported at `;

describe('a definition', () => {
  it.each(['referral', 'deadline'] as const)('of the product loads: %s', (name) => {
    expect(readDefinition(workflow(name)).states.size).toBeGreaterThan(4);
  });

  it.each([
    ['an unknown field of a task', oneTask({ Credentials: {} }), `${unsupported('Credentials')}/States/Ask`],
    ['a field of JSONPath', oneTask({ ResultPath: '$.x' }), `${unsupported('ResultPath')}/States/Ask`],
    ['an input path', only({ ...pass, InputPath: '$' }), `${unsupported('InputPath')}/States/Only`],
    [
      'a Choice by JSONPath',
      machine({
        StartAt: 'A',
        States: { A: { Type: 'Choice', Choices: [{ Variable: '$.a', Condition: '{% true %}', Next: 'B' }] }, B: pass },
      }),
      `${unsupported('Variable')}/States/A/Choices[0]`,
    ],
    [
      'another resource',
      oneTask({ Resource: 'arn:aws:states:::sqs:sendMessage' }),
      'SCHEMA_VALIDATION_FAILED: Value is not a valid resource ARN: ',
      'at /States/Ask/Resource',
    ],
    [
      'another argument',
      oneTask({ Arguments: { FunctionName: 'f', Qualifier: 'live' } }),
      "The field 'Qualifier' is not supported by Step Functions here at /States/Ask/Arguments",
    ],
    [
      'no function',
      oneTask({ Arguments: { Payload: {} } }),
      "The field 'FunctionName' is required but was missing at /States/Ask/Arguments",
    ],
    [
      'no resource',
      only({ Type: 'Task', End: true }),
      'SCHEMA_VALIDATION_FAILED: These fields are required: [Resource, Arguments] at /States/Only',
    ],
    [
      'a field of Retry',
      oneTask({ Retry: [{ ErrorEquals: ['A'], Delay: 1 }] }),
      `${unsupported('Delay')}/States/Ask/Retry[0]`,
    ],
    ['a field of Catch', catches({ ResultPath: '$.e' }), `${unsupported('ResultPath')}/States/Ask/Catch[0]`],
    ['a timeout of zero', oneTask({ TimeoutSeconds: 0 }), 'expected number to be >=1 at /States/Ask/TimeoutSeconds'],
    [
      'a greatest delay that is not greater than the first',
      oneTask({ Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 5, MaxDelaySeconds: 5 }] }),
      "'MaxDelaySeconds' must be greater than 'IntervalSeconds' at /States/Ask/Retry[0]",
    ],
    ['both Next and End', oneTask({ Next: 'Ask' }), "Exactly one of the fields 'Next' and 'End'", 'at /States/Ask'],
    [
      'a Catch to nowhere',
      catches({ Next: 'Nowhere' }),
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nowhere at /States/Ask/Catch[0]/Next, " +
        'MISSING_TRANSITION_TARGET: State "Caught" is not reachable. at /States/Caught',
    ],
    [
      'a state that nothing leads to',
      machine({ StartAt: 'A', States: { A: pass, B: pass } }),
      'MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B',
    ],
    [
      'no end',
      machine({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } }),
      'MISSING_END_STATE: Workflow has no terminal state at null',
    ],
    [
      'States.ALL before another rule',
      oneTask({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] }),
      'in the last rule at /States/Ask/Retry[0]',
    ],
    [
      'States.ALL beside another name',
      catches({ ErrorEquals: ['States.ALL', 'A'] }),
      'in the last rule at /States/Ask/Catch[0]',
    ],
    ['a Catch of a Pass', only({ ...pass, Catch: [] }), `${unsupported('Catch')}/States/Only`],
    // `localstack/localstack`, tests/aws/services/stepfunctions/v2, test_sfn_api and test_base
    [
      'an unknown type',
      only({ Type: 'Loop', End: true }),
      'SCHEMA_VALIDATION_FAILED: The local interpreter has states of these types: [Task, Choice, Pass, Wait, Succeed, Fail] at /States/Only/Type',
    ],
    [
      'branches',
      only({ Type: 'Parallel', Branches: [], End: true }),
      'has states of these types',
      'at /States/Only/Type',
    ],
    ['items', only({ Type: 'Map', End: true }), 'has states of these types', 'at /States/Only/Type'],
    ['a heartbeat', oneTask({ HeartbeatSeconds: 30 }), `${unsupported('HeartbeatSeconds')}/States/Ask`],
    ['a variable', only({ ...pass, Assign: { a: 1 } }), `${unsupported('Assign')}/States/Only`],
    [
      'a limit of its own',
      machine({ TimeoutSeconds: 60, StartAt: 'A', States: { A: pass } }),
      `${unsupported('TimeoutSeconds')}/`,
    ],
    [
      'JSONPath, by leaving the language out',
      JSON.stringify({ StartAt: 'A', States: { A: pass } }),
      'These fields are required: [QueryLanguage] at /',
    ],
    [
      'JSONPath',
      machine({ QueryLanguage: 'JSONPath', StartAt: 'A', States: { A: pass } }),
      "The local interpreter has no JSONPath: it must be 'JSONata'. at /QueryLanguage",
    ],
    [
      'JSONPath in one state',
      machine({ StartAt: 'A', States: { A: { ...pass, QueryLanguage: 'JSONPath' } } }),
      `${unsupported('QueryLanguage')}/States/A`,
    ],
    ['no type', only({ End: true }), 'These fields are required: [Type] at /States/Only'],
    [
      'a Wait of two minds',
      only({ Type: 'Wait', Seconds: 1, Timestamp: '2026-01-31T12:00:00Z', End: true }),
      "Exactly one of the fields 'Seconds' and 'Timestamp' must be there at /States/Only",
    ],
    ['a Wait for no instant', only({ Type: 'Wait', Timestamp: 'tomorrow', End: true }), 'at /States/Only/Timestamp'],
    [
      'a start at nowhere',
      machine({ StartAt: 'B', States: { A: pass } }),
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /StartAt",
    ],
    ['no states', machine({ StartAt: 'A' }), 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'],
    ['nothing', machine({}), 'SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /'],
    ['what is not JSON', '{', 'INVALID_JSON_DESCRIPTION: '],
    [
      'one field twice',
      `{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Comment":"a: {\\"","\\u0041":1,"A":2}}}`,
      "INVALID_JSON_DESCRIPTION: Duplicate field 'A'",
    ],
    ['what is no object', '[]', 'SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at /'],
  ])('with %s is refused, by state and field, in the words of AWS', (_, text, ...parts) => {
    for (const part of parts) expect(() => readDefinition(text)).toThrow(part);
  });

  it('is told all that is wrong with it at once', () => {
    const text = only({ ...pass, InputPath: '$', Output: '{% 1 + %}', Foo: 1 });
    expect(() => readDefinition(text)).toThrow(
      `${unsupported('InputPath')}/States/Only, ${unsupported('Foo')}/States/Only`,
    );
  });

  it.each([
    ['a bare name', 'phone', "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported."],
    ['a bare name in an argument', '$sum(prices)', "Reference to 'prices' at the top level is not supported."],
    ['the item where there is none', '$.phone', "Reference to '$' at the top level is not supported."],
    ['the root', '$states.input.(a = $$.b)', "Reference to '$$' is not supported."],
    ['syntax of JSONata 2.1', '$states.input.a ?? 1', 'INVALID_JSONATA_EXPRESSION: '],
    ['no end', '1 +', 'INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/Ask/Output/v'],
    ['the error outside of a Catch', '$states.errorOutput', "Field '$states.errorOutput' does not exist."],
    ['a part of $states that does not exist', '$states.inputs', "Field '$states.inputs' does not exist."],
  ])('with an expression of %s is refused', (_, source, why) => {
    const text = oneTask({ Output: { v: `{% ${source} %}` } });
    expect(() => readDefinition(text)).toThrow(why);
    expect(() => readDefinition(text)).toThrow('at /States/Ask/Output/v');
  });

  // AWS takes these and fails when it comes to them: `localstack/localstack`, assign, test_undefined_reference.
  it.each([
    ['a function that JSONata 2.0.6 does not have', '$toJson(1)', '$toJson'],
    ['$eval, which Step Functions does not have', "$eval('1')", '$eval'],
    ['a variable, which no state assigns', '$referral.id', '$referral'],
  ])('with an expression of %s is taken, with a warning that names state and field', (_, source, name) => {
    const { warnings } = readDefinition(oneTask({ Output: { v: `{% ${source} %}` } }));
    expect(warnings).toEqual([
      {
        code: 'UNKNOWN_REFERENCE',
        message: `${name} is neither a function of Step Functions nor $states.`,
        location: '/States/Ask/Output/v',
      },
    ]);
  });

  it.each(['referral', 'deadline'] as const)('of the product gives no warning: %s', (name) => {
    expect(readDefinition(workflow(name)).warnings).toEqual([]);
  });

  it.each([
    '$states.input.list[n > 1].n',
    '$states.input.list.{ "m": n }',
    '$states.input.list^(>n).n',
    '$states.input.list{name: $sum(n)}',
    '$states.input ~> |list|{"n": n + 1}|',
  ])('may name what is in an item, where there is one: %s', (source) => {
    expect(readDefinition(oneTask({ Output: `{% ${source} %}` })).states.size).toBe(1);
  });

  it('that is refused stops the start, naming its state machine', () => {
    const machines = { Deadline: oneTask({ Foo: 30 }) };
    expect(() => createStage({ machines })).toThrow(
      "State machine Deadline: SCHEMA_VALIDATION_FAILED: Field 'Foo' is not supported at /States/Ask",
    );
  });
});
