import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../../../infra/local/stepfunctions/language/compile.ts';
import { createStage, machine, oneTask, workflow } from './stage.ts';

const only = (state: object) => machine({ StartAt: 'Only', States: { Only: state } });
const pass = { Type: 'Pass', End: true };
const catches = (more: object) => oneTask({ Catch: [{ ErrorEquals: ['A'], Next: 'Caught', ...more }] });
const map = (more: object, processor: object = {}) =>
  only({
    Type: 'Map',
    ItemProcessor: { StartAt: 'Inner', States: { Inner: pass }, ...processor },
    End: true,
    ...more,
  });
const unsupported = (field: string) => `SCHEMA_VALIDATION_FAILED: Field '${field}' is not supported at `;
const jsonPath = (field: string) =>
  `SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' QueryLanguage at `;

describe('a definition', () => {
  it.each(['referral', 'deadline'] as const)('of the product loads: %s', (name) => {
    expect(readDefinition(workflow(name)).states.size).toBeGreaterThan(4);
  });

  it.each([
    ['an unknown field of a task', oneTask({ Credentials: {} }), `${unsupported('Credentials')}/States/Ask`],
    ['a field of JSONPath', oneTask({ ResultPath: '$.x' }), `${jsonPath('ResultPath')}/States/Ask`],
    ['an input path', only({ ...pass, InputPath: '$' }), `${jsonPath('InputPath')}/States/Only`],
    [
      'a Choice by JSONPath',
      machine({
        StartAt: 'A',
        States: { A: { Type: 'Choice', Choices: [{ Variable: '$.a', Condition: '{% true %}', Next: 'B' }] }, B: pass },
      }),
      `${jsonPath('Variable')}/States/A/Choices[0]`,
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
      'SCHEMA_VALIDATION_FAILED: These fields are required: [Resource] at /States/Only',
    ],
    [
      'a field of Retry',
      oneTask({ Retry: [{ ErrorEquals: ['A'], Delay: 1 }] }),
      `${unsupported('Delay')}/States/Ask/Retry[0]`,
    ],
    ['a field of Catch', catches({ ResultPath: '$.e' }), `${jsonPath('ResultPath')}/States/Ask/Catch[0]`],
    ['a timeout of zero', oneTask({ TimeoutSeconds: 0 }), 'expected number to be >=1 at /States/Ask/TimeoutSeconds'],
    [
      'a heartbeat that is not shorter than the timeout',
      oneTask({ HeartbeatSeconds: 60 }),
      "'HeartbeatSeconds' must be smaller than 'TimeoutSeconds' at /States/Ask",
    ],
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
    ['a timeout of a Map', map({ TimeoutSeconds: 5 }), `${unsupported('TimeoutSeconds')}/States/Only`],
    ['a Catch of a Pass', only({ ...pass, Catch: [] }), `${unsupported('Catch')}/States/Only`],
    // `localstack/localstack`, tests/aws/services/stepfunctions/v2, test_sfn_api and test_base
    [
      'an unknown type',
      only({ Type: 'Loop', End: true }),
      "SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/Only/Type",
    ],
    [
      'no branch',
      only({ Type: 'Parallel', Branches: [], End: true }),
      'SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/Only/Branches',
    ],
    // `floci-io/floci`, docs/services/step-functions.md
    [
      'an unknown language',
      machine({ StartAt: 'A', States: { A: { ...pass, QueryLanguage: 'jsonpath' } } }),
      'Value should be one of the following: [JSONPath, JSONata] at /States/A/QueryLanguage',
    ],
    [
      'a language that is no text',
      machine({ QueryLanguage: 1, StartAt: 'A', States: { A: pass } }),
      'Expected value of type [STRING] at /QueryLanguage',
    ],
    ['no type', only({ End: true }), 'These fields are required: [Type] at /States/Only'],
    [
      'a distributed Map',
      map({}, { ProcessorConfig: { Mode: 'DISTRIBUTED' } }),
      'INLINE only. at /States/Only/ItemProcessor/ProcessorConfig/Mode',
    ],
    ['a reader of items', map({ ItemReader: {} }), `${unsupported('ItemReader')}/States/Only`],
    [
      'more than all failures tolerated',
      map({ ToleratedFailurePercentage: 101 }),
      'at /States/Only/ToleratedFailurePercentage',
    ],
    ['Items that are no array', map({ Items: { a: 1 } }), 'an array or an expression', 'at /States/Only/Items'],
    [
      'a Map without a processor',
      only({ Type: 'Map', End: true }),
      'These fields are required: [ItemProcessor] at /States/Only',
    ],
    [
      'a fault in a state of a Map',
      map({}, { States: { Inner: { ...pass, Parameters: {} } } }),
      `${jsonPath('Parameters')}/States/Only/ItemProcessor/States/Inner`,
    ],
    [
      'a language of its own in a Map',
      map({}, { QueryLanguage: 'JSONata' }),
      `${unsupported('QueryLanguage')}/States/Only/ItemProcessor`,
    ],
    [
      'a branch without a start',
      only({ Type: 'Parallel', Branches: [{ States: { Inner: pass } }], End: true }),
      'These fields are required: [StartAt] at /States/Only/Branches[0]',
    ],
    [
      'one name twice, in a branch too',
      only({ Type: 'Parallel', Branches: [{ StartAt: 'Only', States: { Only: pass } }], End: true }),
      'DUPLICATE_STATE_NAME: Duplicate state name: Only at /States/Only/Branches[0]/States/Only',
    ],
    [
      'a Wait of two minds',
      only({ Type: 'Wait', Seconds: 1, Timestamp: '2026-01-31T12:00:00Z', End: true }),
      "Exactly one of the fields 'Seconds' and 'Timestamp' must be there at /States/Only",
    ],
    ['a Wait for no instant', only({ Type: 'Wait', Timestamp: 'tomorrow', End: true }), 'at /States/Only/Timestamp'],
    [
      'JSONPath, by leaving the language out',
      JSON.stringify({ StartAt: 'A', States: { A: pass } }),
      "The local interpreter has no JSONPath: field 'QueryLanguage' must be 'JSONata' at /States/A",
    ],
    [
      'JSONPath in one state',
      machine({ StartAt: 'A', States: { A: { ...pass, QueryLanguage: 'JSONPath' } } }),
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A",
    ],
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
      `${jsonPath('InputPath')}/States/Only, ${unsupported('Foo')}/States/Only`,
    );
  });

  it('may say JSONata of each state by itself', () => {
    const state = { ...pass, QueryLanguage: 'JSONata' };
    expect(readDefinition(JSON.stringify({ StartAt: 'A', States: { A: state } })).states.size).toBe(1);
  });

  it.each([
    ['a name that none may have', { 'a-b': 1 }, "'a-b' is not a valid variable name at /States/Only/Assign"],
    ['the reserved name', { states: 1 }, "'states' is not a valid variable name at /States/Only/Assign"],
    ['a name of 81 letters', { ['a'.repeat(81)]: 1 }, 'is not a valid variable name at /States/Only/Assign'],
  ])('that assigns %s is refused', (_, assign, why) => {
    expect(() => readDefinition(only({ ...pass, Assign: assign }))).toThrow(why);
  });

  it('that assigns in a Map what is assigned outside of it is refused', () => {
    const text = map({ Assign: { total: 1 } }, { States: { Inner: { ...pass, Assign: { total: 2 } } } });
    expect(() => readDefinition(text)).toThrow(
      "Variable 'total' is already assigned in an outer scope at /States/Only/ItemProcessor/States/Inner/Assign/total",
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
    ['a variable that no state of the scope assigns', '$referral.id', '$referral'],
  ])('with an expression of %s is taken, with a warning that names state and field', (_, source, name) => {
    const { warnings } = readDefinition(oneTask({ Output: { v: `{% ${source} %}` } }));
    expect(warnings).toEqual([
      {
        code: 'UNKNOWN_REFERENCE',
        message: `${name} is neither a function of Step Functions nor $states nor a variable assigned in this scope.`,
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
    '$states.input.list@$l.($l.n + n)',
    '$map($states.input.list, function($v) { $v.n })',
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
