import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../../../infra/local/stepfunctions/language/compile.ts';
import { newFolder } from '../dynamodb/new-folder.ts';
import { createStage, machine, oneTask, workflow } from './stage.ts';

const only = (state: object) => machine({ StartAt: 'Only', States: { Only: state } });
const pass = { Type: 'Pass', End: true };
const catches = (more: object) => oneTask({ Catch: [{ ErrorEquals: ['A'], Next: 'Caught', ...more }] });
const unknown = (field: string, at: string) => `Unrecognized key: "${field}" at ${at}`;

describe('a definition', () => {
  it.each(['referral', 'deadline'] as const)('of the product loads: %s', (name) => {
    expect(readDefinition(workflow(name)).states.size).toBeGreaterThan(4);
  });

  it.each([
    ['an unknown field of a task', oneTask({ Credentials: {} }), unknown('Credentials', '/States/Ask')],
    ['a field of JSONPath', oneTask({ ResultPath: '$.x' }), unknown('ResultPath', '/States/Ask')],
    ['another resource', oneTask({ Resource: 'arn:aws:states:::sqs:sendMessage' }), 'at /States/Ask/Resource'],
    [
      'another argument',
      oneTask({ Arguments: { FunctionName: 'f', Qualifier: 'live' } }),
      unknown('Qualifier', '/States/Ask/Arguments'),
    ],
    ['no function', oneTask({ Arguments: { Payload: {} } }), 'at /States/Ask/Arguments/FunctionName'],
    [
      'a function by an expression',
      oneTask({ Arguments: { FunctionName: '{% $states.input.f %}' } }),
      'plain text, and no expression. at /States/Ask/Arguments/FunctionName',
    ],
    [
      'a field of Retry',
      oneTask({ Retry: [{ ErrorEquals: ['A'], Delay: 1 }] }),
      unknown('Delay', '/States/Ask/Retry/0'),
    ],
    ['a field of Catch', catches({ ResultPath: '$.e' }), unknown('ResultPath', '/States/Ask/Catch/0')],
    ['a timeout of zero', oneTask({ TimeoutSeconds: 0 }), 'expected number to be >=1 at /States/Ask/TimeoutSeconds'],
    [
      'a greatest delay that is not greater than the first',
      oneTask({ Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 5, MaxDelaySeconds: 5 }] }),
      "'MaxDelaySeconds' must be greater than 'IntervalSeconds' at /States/Ask/Retry/0",
    ],
    [
      'both Next and End',
      oneTask({ Next: 'Ask' }),
      "Exactly one of the fields 'Next' and 'End' must be there at /States/Ask",
    ],
    [
      'a Catch to nowhere',
      catches({ Next: 'Nowhere' }),
      'There is no state Nowhere to go to at /States/Ask; No state leads',
    ],
    [
      'a state that nothing leads to',
      machine({ StartAt: 'A', States: { A: pass, B: pass } }),
      'leads here at /States/B',
    ],
    [
      'States.ALL before another rule',
      oneTask({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] }),
      'in the last rule at /States/Ask/Retry/0',
    ],
    [
      'States.ALL beside another name',
      catches({ ErrorEquals: ['States.ALL', 'A'] }),
      'in the last rule at /States/Ask/Catch/0',
    ],
    ['a Catch of a Pass', only({ ...pass, Catch: [] }), unknown('Catch', '/States/Only')],
    [
      'branches',
      only({ Type: 'Parallel', Branches: [], End: true }),
      'The local interpreter has states of these types: [Task, Choice, Pass, Wait, Succeed, Fail] at /States/Only/Type',
    ],
    ['a variable', only({ ...pass, Assign: { a: 1 } }), unknown('Assign', '/States/Only')],
    [
      'a limit of its own',
      machine({ TimeoutSeconds: 60, StartAt: 'A', States: { A: pass } }),
      unknown('TimeoutSeconds', '/'),
    ],
    [
      'JSONPath',
      machine({ QueryLanguage: 'JSONPath', StartAt: 'A', States: { A: pass } }),
      "The local interpreter has no JSONPath: it must be 'JSONata'. at /QueryLanguage",
    ],
    [
      'a Wait of two minds',
      only({ Type: 'Wait', Seconds: 1, Timestamp: '2026-01-31T12:00:00Z', End: true }),
      "Exactly one of the fields 'Seconds' and 'Timestamp' must be there at /States/Only",
    ],
    ['a Wait for no instant', only({ Type: 'Wait', Timestamp: 'tomorrow', End: true }), 'at /States/Only/Timestamp'],
    ['a start at nowhere', machine({ StartAt: 'B', States: { A: pass } }), 'There is no state B at /StartAt'],
    ['no states', machine({ StartAt: 'A' }), 'at /States'],
    ['what is not JSON', '{', 'JSON'],
    ['what is no object', '[]', 'expected object, received array at /'],
  ])('with %s is refused, by state and field', (_, text, sentence) => {
    expect(() => readDefinition(text)).toThrow(sentence);
  });

  it.each([
    ['a bare name', 'phone', 'The local interpreter has no paths but of names after $states.'],
    ['an item of a list', '$states.input.list[0]', 'no paths but of names'],
    ['the item where there is none', '$.phone', 'no paths but of names'],
    ['a variable', '($a := 2; $a)', 'no bind in an expression.'],
    ['a function of its own', '$max($map([1], function($v) { $v }))', 'no $map.'],
    ['a function that no machine calls', '$uuid()', 'no $uuid.'],
    ['a function that is not called', '$max', 'no $max by itself.'],
    ['syntax of JSONata 2.1', '$states.input.a ?? 1', 'at /States/Ask/Output/v'],
    ['no end', '1 +', 'Unexpected end of expression'],
    ['the error outside of a Catch', '$states.errorOutput', 'no $states.errorOutput here.'],
    ['a part of $states that does not exist', '$states.inputs', 'no $states.inputs here.'],
  ])('with an expression of %s is refused', (_, source, why) => {
    const text = oneTask({ Output: { v: `{% ${source} %}` } });
    expect(() => readDefinition(text)).toThrow(why);
    expect(() => readDefinition(text)).toThrow('at /States/Ask/Output/v');
  });

  it('that is refused stops the start, naming its state machine', () => {
    const machines = { Deadline: oneTask({ Foo: 30 }) };
    expect(() => createStage({ machines })).toThrow(`State machine Deadline: ${unknown('Foo', '/States/Ask')}`);
  });

  it('that is refused is told by `npm run synth`, and the template is still there', () => {
    const folder = newFolder();
    const DefinitionString = oneTask({ Output: { v: '{% $referral.id %}' } });
    const Resources = { Referral: { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString } } };
    writeFileSync(join(folder, 'Careline.template.json'), JSON.stringify({ Resources }));
    const command = '../../../../infra/local/stepfunctions/check-definitions-command.ts';
    const words = [fileURLToPath(new URL(command, import.meta.url)), folder];
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect(stderr).toMatch(/^Warning: State machine Referral is refused: The local interpreter has no paths .*\n$/);
    expect(status).toBe(0);
  });
});
