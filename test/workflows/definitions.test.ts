import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../infra/constructs/machine-definition.ts';
import { stepNames } from '../../shared/contracts/tasks.ts';

// The validator ships no type declarations, and writes into what it is given.
const require = createRequire(import.meta.url);
const validate: (
  definition: unknown,
  options: { checkArn: boolean; checkPaths: boolean },
) => { isValid: boolean; errorsText(separator: string): string } = require('asl-validator');

interface Written {
  readonly Type: string;
  readonly Resource?: string;
  readonly Arguments?: { readonly FunctionName: string; readonly Payload: { readonly step?: string } };
  readonly TimeoutSeconds?: number | string;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Default?: string;
  readonly Next?: string;
}
interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, Written>>;
}

const read = (name: string) =>
  JSON.parse(readDefinition(fileURLToPath(new URL(`../../workflows/${name}.asl.json`, import.meta.url)))) as Definition;

const stringsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsOf)
      : [];

const targetsOf = (state: Written) =>
  [
    state.Next,
    state.Default,
    ...(state.Catch ?? []).map(({ Next }) => Next),
    ...(state.Choices ?? []).map(({ Next }) => Next),
  ].filter((target) => target !== undefined);

/**
 * The errors that AWS advises to retry ("Handle Lambda service exceptions"), and the names of a timeout and a crash.
 * That page calls them Lambda.Unknown, newer runtimes use the last two.
 */
const troubles = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'Runtime.ExitError',
];

const kebab = (name: string) => name.replaceAll(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

it('takes every step of the contract in one state, and no other', () => {
  const taken = Object.values(read('referral').States).flatMap(({ Arguments }) => Arguments?.Payload.step ?? []);
  expect(taken.toSorted()).toEqual(stepNames.toSorted());
});

describe.each(['referral', 'deadline'])('the %s workflow', (name) => {
  const definition = read(name);
  const states = Object.entries(definition.States);
  const tasks = states.filter(([, state]) => state.Type === 'Task');
  const waits = tasks.filter(([, state]) => state.Resource?.endsWith('.waitForTaskToken'));

  it('is valid Amazon States Language', () => {
    // Placeholders stand where ARNs will be, which only synthesis knows.
    const { isValid, errorsText } = validate(read(name), { checkArn: false, checkPaths: true });
    expect(isValid, errorsText('\n')).toBe(true);
  });

  it('holds only expressions that JSONata 2.0.6 can read', () => {
    const expressions = stringsOf(definition).filter((text) => text.includes('{%'));
    expect(expressions.length).toBeGreaterThan(10);
    for (const text of expressions) {
      expect(text).toMatch(/^\{% .+ %\}$/s);
      expect(() => jsonata(text.slice(2, -2)), text).not.toThrow();
    }
  });

  it('gives each task a timeout, so that none waits without an end', () => {
    expect(tasks.length).toBeGreaterThan(1);
    expect(tasks.filter(([, state]) => state.TimeoutSeconds === undefined).map(([state]) => state)).toEqual([]);
  });

  it('goes on from each wait for a person when that times out', () => {
    expect(waits.length).toBeGreaterThan(0);
    for (const [state, { Catch = [] }] of waits) {
      expect(
        Catch.flatMap(({ ErrorEquals }) => ErrorEquals),
        state,
      ).toContain('States.Timeout');
    }
  });

  it('tries a short task again when it is busy or times out, and a wait only when it is busy', () => {
    for (const [state, { Retry = [] }] of tasks) {
      const errors = Retry.flatMap(({ ErrorEquals }) => ErrorEquals);
      expect(errors, state).toContain('LedgerBusy');
      expect(errors.includes('States.Timeout'), state).toBe(!waits.some(([wait]) => wait === state));
    }
  });

  it('tries again after each failure of Lambda itself, and after a function that ended before it answered', () => {
    for (const [state, { Retry = [] }] of tasks) {
      const errors = Retry.flatMap(({ ErrorEquals }) => ErrorEquals);
      expect(errors, state).toEqual(expect.arrayContaining(troubles));
    }
  });

  it('decides nothing: a Choice compares the outcome word of a task', () => {
    const conditions = states.flatMap(([, state]) => (state.Choices ?? []).map(({ Condition }) => Condition));
    expect(conditions.length).toBeGreaterThan(1);
    for (const condition of conditions) {
      expect(condition).toMatch(/^\{% \$states\.input\.outcome in \[('[a-z-]+'(, )?)+\] %\}$/);
    }
  });

  it('says what happens with a word that it does not know', () => {
    for (const [state, { Type, Default }] of states) {
      if (Type === 'Choice') expect(Default, state).toBe('UnknownOutcome');
    }
  });

  it('names each function by one placeholder, in the words of its state or of its step', () => {
    const placeholders = stringsOf(definition).flatMap((text) => text.match(/\$\{[^}]*\}/g) ?? []);
    expect(placeholders).toHaveLength(tasks.length);
    for (const [state, { Arguments }] of tasks) {
      expect(Arguments?.FunctionName, state).toMatch(/^\$\{([A-Z][a-z]+)+FunctionArn\}$/);
      const word = Arguments?.FunctionName.slice(2, -'FunctionArn}'.length);
      const step = Arguments?.Payload.step;
      expect(step === undefined ? word : 'TakeStep').toBe(word);
      expect(state.startsWith('Await') ? 'await-person' : kebab(state)).toBe(step ?? kebab(word ?? ''));
    }
  });

  it('has no state that cannot be reached', () => {
    const reached = new Set([definition.StartAt]);
    for (const state of reached)
      for (const target of targetsOf(definition.States[state] as Written)) reached.add(target);
    expect([...reached].sort()).toEqual(Object.keys(definition.States).sort());
  });
});
