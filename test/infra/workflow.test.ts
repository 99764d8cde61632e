import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { folderName } from '../../infra/constructs/careline-function.ts';
import { expandRetries, readDefinition } from '../../infra/constructs/machine-definition.ts';
import { placeholderProblems } from '../../infra/constructs/workflow.ts';

describe('placeholders of a definition', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how ASL names a function
  const definition = '{ "FunctionName": "${DrawRosterFunctionArn}" }';

  test('are in order where each is both given and named', () => {
    expect(placeholderProblems(definition, ['DrawRosterFunctionArn'])).toEqual([]);
  });

  test('are a problem where one is named but not given', () => {
    expect(placeholderProblems(definition, [])).toEqual([expect.stringContaining('no such function is wired')]);
  });

  test('are a problem where one is given but not named', () => {
    expect(placeholderProblems(definition, ['DrawRosterFunctionArn', 'InviteMdtFunctionArn'])).toEqual([
      expect.stringContaining('never names it'),
    ]);
  });
});

describe('the retries of a definition', () => {
  const retries = { task: [{ ErrorEquals: ['A', 'States.Timeout'] }], wait: [{ ErrorEquals: ['A'] }] };
  const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
  const wait = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' };
  const expand = (state: object) =>
    JSON.parse(expandRetries(JSON.stringify({ StartAt: 'One', States: { One: state } }), retries));

  test('stand in the place of their kind, and nothing else changes', () => {
    const expanded = expand({ ...task, Retry: 'task', End: true });
    expect(expanded).toEqual({ StartAt: 'One', States: { One: { ...task, Retry: retries.task, End: true } } });
    expect(expand({ ...wait, Retry: 'wait' }).States.One.Retry).toEqual(retries.wait);
    expect(expand({ Type: 'Succeed' }).States.One).toEqual({ Type: 'Succeed' });
  });

  test.each([
    ['none', task],
    ['an unknown kind', { ...task, Retry: 'often' }],
    ['a name that every object has', { ...task, Retry: 'toString' }],
    ['retries of its own', { ...task, Retry: [{ ErrorEquals: ['A'] }] }],
  ])('are a fault of synthesis where a task names %s', (_, state) => {
    expect(() => expand(state)).toThrow('The task One names no kind of retry that retries.json holds.');
  });

  test('are a fault where a wait would try again after its time, or a short task would not', () => {
    expect(() => expand({ ...wait, Retry: 'task' })).toThrow('The task One needs the retries of the kind "wait".');
    expect(() => expand({ ...task, Retry: 'wait' })).toThrow('The task One needs the retries of the kind "task".');
  });

  test.each(['referral', 'deadline'])('are whole in the %s workflow as it is read', (name) => {
    const file = fileURLToPath(new URL(`../../workflows/${name}.asl.json`, import.meta.url));
    const { States } = JSON.parse(readDefinition(file)) as {
      States: Record<string, { Type: string; Retry?: unknown }>;
    };
    const tasks = Object.values(States).filter(({ Type }) => Type === 'Task');
    expect(tasks.length).toBeGreaterThan(1);
    for (const { Retry } of tasks) expect(Retry).toMatchObject([{ MaxAttempts: 8, JitterStrategy: 'FULL' }]);
  });
});

test.each([
  ['Api', 'api'],
  ['SendAlerts', 'send-alerts'],
  ['AskSameChild', 'ask-same-child'],
])('the function %s lives in functions/%s', (id, folder) => {
  expect(folderName(id)).toBe(folder);
});
