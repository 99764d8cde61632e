import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  SFNServiceException,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createRuns } from '../../shared/store/executions.ts';

const steps = mockClient(SFNClient);
const runs = createRuns({ client: steps as unknown as SFNClient });
beforeEach(() => steps.reset());
// The mock stands in the prototype, which the other files of this worker share.
afterAll(() => steps.restore());

const told = { message: 'As AWS would say it.', $metadata: {} };
const throttled = () => new SFNServiceException({ name: 'ThrottlingException', $fault: 'client', ...told });

describe('starting a run', () => {
  test('names the machine, the execution and its input', async () => {
    await runs.start('arn:machine', 'CR-7F3KD-9QXMT2-g1', { referralId: 'CR-7F3KD-9QXMT2', generation: 1 });
    expect(steps.commandCalls(StartExecutionCommand)[0]?.args[0].input).toEqual({
      stateMachineArn: 'arn:machine',
      name: 'CR-7F3KD-9QXMT2-g1',
      input: '{"referralId":"CR-7F3KD-9QXMT2","generation":1}',
    });
  });

  test('that was started before is started', async () => {
    steps.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists(told));
    await runs.start('arn:machine', 'CR-7F3KD-9QXMT2-g1', {});
  });

  test.each([new StateMachineDoesNotExist(told), throttled()])('fails where the service says $name', async (error) => {
    steps.on(StartExecutionCommand).rejects(error);
    await expect(runs.start('arn:machine', 'CR-7F3KD-9QXMT2-g1', {})).rejects.toBe(error);
  });
});

describe('asking for a run', () => {
  const asked = () => runs.lifeOf('arn:aws:states:x:1:stateMachine:referral', 'CR-7F3KD-9QXMT2-g1');

  test('names the execution by its machine and its name', async () => {
    steps.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
    expect(await asked()).toBe('running');
    expect(steps.commandCalls(DescribeExecutionCommand)[0]?.args[0].input).toEqual({
      executionArn: 'arn:aws:states:x:1:execution:referral:CR-7F3KD-9QXMT2-g1',
    });
  });

  test.each(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const)('one that %s has ended', async (status) => {
    steps.on(DescribeExecutionCommand).resolves({ status });
    expect(await asked()).toBe('ended');
  });

  test('one that never began has ended, and a service that is too busy does not tell', async () => {
    steps.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist(told));
    expect(await asked()).toBe('ended');
    steps.on(DescribeExecutionCommand).rejects(throttled());
    expect(await asked()).toBe('not-told');
    steps.on(DescribeExecutionCommand).rejects(new StateMachineDoesNotExist(told));
    await expect(asked()).rejects.toThrow();
  });
});

describe('resuming a wait', () => {
  test('sends the token and the answer', async () => {
    await runs.resume({ token: 'token' }, { outcome: 'kept' });
    expect(steps.commandCalls(SendTaskSuccessCommand)[0]?.args[0].input).toEqual({
      taskToken: 'token',
      output: '{"outcome":"kept"}',
    });
  });

  test('whose definition catches a moved checkpoint is told of it by the failure Moved, and of an end by success', async () => {
    const wait = { token: 'token', catchesMoved: true } as const;
    const moved = { outcome: 'moved', checkpointAt: '2026-11-10T03:00:00Z' };
    await runs.resume(wait, moved);
    await runs.resume(wait, { outcome: 'kept' });
    expect(steps.commandCalls(SendTaskFailureCommand).map(({ args }) => args[0].input)).toEqual([
      { taskToken: 'token', error: 'Moved', cause: JSON.stringify(moved) },
    ]);
    expect(steps.commandCalls(SendTaskSuccessCommand).map(({ args }) => args[0].input)).toEqual([
      { taskToken: 'token', output: '{"outcome":"kept"}' },
    ]);
  });

  test('of an earlier definition is told of a moved checkpoint by success', async () => {
    await runs.resume({ token: 'token' }, { outcome: 'moved' });
    expect(steps.commandCalls(SendTaskFailureCommand)).toEqual([]);
    expect(steps.commandCalls(SendTaskSuccessCommand)).toHaveLength(1);
  });

  test.each([new TaskTimedOut(told), new InvalidToken(told), new TaskDoesNotExist(told)])(
    'with a token that is spent ($name) counts as done',
    async (error) => {
      steps.on(SendTaskSuccessCommand).rejects(error);
      await runs.resume({ token: 'token' }, { outcome: 'kept' });
    },
  );

  test('fails at anything else, so that it is done again', async () => {
    steps.on(SendTaskSuccessCommand).rejects(throttled());
    await expect(runs.resume({ token: 'token' }, { outcome: 'kept' })).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
  });
});
