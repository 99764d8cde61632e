import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import {
  checkpointInput,
  executionName,
  readExecutionName,
  stepInput,
  takeStepInput,
  taskOutput,
  waitInput,
} from '../../shared/contracts/tasks.ts';
import { deadlineIdOf, groupIdOf, referenceFrom } from '../../shared/domain/core/ids.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { evaluated, statesOf } from './asl.ts';

const referralId = 'CR-7F3KD-9QXMT2';
const inputs = {
  referral: { referralId, generation: 2 },
  deadline: { referralId, generation: 2, runId: `${referralId}.G1`, checkpointAt: '2026-11-10T03:00:00Z' },
};
const context = {
  Task: { Token: 'a token' },
  State: { EnteredTime: '2026-11-09T15:00:00.123Z', RetryCount: 0 },
  Execution: { StartTime: '2026-11-01T15:00:00.456Z' },
};
const tasks = statesOf('Task');

/** The schema that the handler of a task parses its input with. */
function schemaOf(functionName: string | undefined): z.ZodType {
  if (functionName?.includes('AwaitPerson')) return waitInput;
  if (functionName?.includes('TakeStep')) return takeStepInput;
  return functionName?.includes('RaiseCheckpoint') ? checkpointInput : stepInput;
}

describe('what a definition hands to each task', () => {
  test('is checked for every task of both definitions', () => {
    expect(tasks.map(({ name }) => name)).toHaveLength(13);
  });

  test.each(tasks)('$name of the $machine run is what its function takes, and no more', async ({ machine, state }) => {
    const payload = await evaluated(state.Arguments?.Payload, { input: inputs[machine], context });
    expect(schemaOf(state.Arguments?.FunctionName).parse(payload)).toStrictEqual(payload);
  });

  const goingOn = tasks.filter(({ state }) => state.Next !== undefined);
  test.each(goingOn)(
    '$name of the $machine run leaves in its output what every next task takes',
    async ({ machine, state }) => {
      const answers = [{ outcome: 'moved', checkpointAt: '2026-12-01T03:00:00Z' }, { outcome: 'waiting' }];
      for (const answer of answers) {
        const result = state.Resource?.endsWith('.waitForTaskToken') ? answer : { StatusCode: 200, Payload: answer };
        const input = (await evaluated(state.Output, { input: inputs[machine], result, context })) as object;
        expect(input).toEqual({ ...inputs[machine], ...answer });
        for (const next of tasks.filter((other) => other.machine === machine)) {
          const payload = await evaluated(next.state.Arguments?.Payload, { input, context });
          expect(schemaOf(next.state.Arguments?.FunctionName).safeParse(payload).success).toBe(true);
        }
      }
    },
  );
});

describe('the wait of a deadline', () => {
  const found = tasks.filter(({ machine, name }) => machine === 'deadline' && name === 'AwaitPerson');
  const wait = found[0]?.state ?? { Type: 'none' };
  const input = inputs.deadline;

  test('goes back into itself with the next checkpoint that the failure brings', async () => {
    const caught = wait.Catch?.find(({ ErrorEquals }) => ErrorEquals.includes('Moved'));
    const moved = { outcome: 'moved', checkpointAt: '2026-12-01T03:00:00Z', requestId: 'R-1' };
    const errorOutput = { Error: 'Moved', Cause: JSON.stringify(moved) };
    expect(caught?.Next).toBe('AwaitPerson');
    expect(await evaluated(caught?.Output, { input, errorOutput })).toEqual({ ...input, ...moved });
  });

  test('ends with the word of a success', async () => {
    expect(await evaluated(wait.Output, { input, result: { outcome: 'kept', requestId: 'R-1' } })).toEqual({
      outcome: 'kept',
    });
  });

  test('never ends with the word for a moved checkpoint, which a function of the release before sends', async () => {
    await expect(evaluated(wait.Output, { input, result: { outcome: 'moved' } })).rejects.toMatchObject({
      message: 'moved',
    });
    const caught = wait.Catch?.find(({ ErrorEquals }) => ErrorEquals.includes('States.QueryEvaluationError'));
    expect(caught?.Next).toBe('RaiseCheckpoint');
  });
});

describe('a task', () => {
  const wait = { run: 'referral', waitsFor: 'screening', ...inputs.referral, token: 't', retryCount: 0 } as const;
  const entered = { ...wait, enteredAt: '2026-11-09T15:00:00Z', startedAt: '2026-11-09T15:00:00Z' };

  test.each<[string, z.ZodType, object]>([
    ['a reference in small letters', stepInput, { referralId: 'cr-7f3kd', generation: 1 }],
    ['a generation before the first', stepInput, { referralId, generation: 0 }],
    ['half a generation', stepInput, { referralId, generation: 1.5 }],
    ['a step that no function takes', takeStepInput, { ...inputs.referral, step: 'close' }],
    ['a checkpoint without a zone', checkpointInput, { ...inputs.deadline, checkpointAt: '2026-11-10T03:00:00' }],
    ['a wait without a token', waitInput, { ...entered, token: '' }],
    ['a wait for nothing known', waitInput, { ...entered, waitsFor: 'godot' }],
    ['a wait of another kind of run', waitInput, { ...entered, run: 'alert' }],
    ['a wait of a deadline that names none', waitInput, { ...entered, run: 'deadline' }],
    ['an answer without a word', taskOutput, { checkpointAt: '2026-11-10T03:00:00Z' }],
  ])('never takes or gives %s', (_, schema, value) => {
    expect(schema.safeParse(value).success).toBe(false);
    expect(waitInput.safeParse(entered).success).toBe(true);
  });
});

describe('the name of an execution', () => {
  const made = referenceFrom('CR', new Uint8Array([0, 31, 7, 200, 5, 91, 17, 3, 255, 128]));
  const runIds = [made, groupIdOf(made, 12), ...connecticut20261.deadlines.map(({ id }) => deadlineIdOf(made, id, 12))];

  test.each(runIds)('of %s is read back, and Step Functions takes it', (runId) => {
    for (const generation of [1, 10, 365]) {
      const name = executionName(runId, generation);
      expect(readExecutionName(name)).toEqual({ runId, referralId: made, generation });
      expect(name).toMatch(/^[0-9A-Za-z_-][0-9A-Za-z_.-]{0,79}$/);
    }
  });

  test('has the form that people know', () => {
    expect(executionName(`${referralId}.D12A.1`, 3)).toBe('CR-7F3KD-9QXMT2.D12A.1-g3');
  });

  test.each([
    '',
    'CR-7F3KD-9QXMT2',
    'CR-7F3KD-9QXMT2-g',
    'CR-7F3KD-9QXMT2-g1-g2',
    'xCR-7F3KD-9QXMT2-g1',
    'RP-7F3KD-9QXMT2-g1',
  ])('%j is refused, because we gave no such name', (name) => {
    expect(readExecutionName(name)).toBeUndefined();
  });
});
