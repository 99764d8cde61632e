import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  paginateListStateMachines,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { startStepFunctions } from '../../../../infra/local/stepfunctions/server.ts';
import { functionArn, machine, machineArn, noon, ok } from './stage.ts';

const roleArn = 'arn:aws:iam::000000000000:role/Runner';
const pass = machine({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
const waits = machine({
  StartAt: 'W',
  States: { W: { Type: 'Wait', Seconds: 60, Next: 'P' }, P: { Type: 'Pass', End: true } },
});
const asks = machine({
  StartAt: 'A',
  States: {
    A: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'Ask', Payload: { token: '{% $states.context.Task.Token %}' } },
      TimeoutSeconds: 60,
      HeartbeatSeconds: 10,
      End: true,
    },
  },
});

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** Step Functions on a free port with a standing clock, and the AWS SDK as its client. */
async function serve(options: { dataDir?: string; at?: number; machines?: Record<string, string> } = {}) {
  const { at = noon, machines = {}, ...rest } = options;
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt: at });
  const calls: { arn: string; payload: { token?: string } }[] = [];
  const server = await startStepFunctions({
    port: 0,
    clock,
    activity,
    machines: Object.entries(machines).map(([name, definition]) => ({ arn: machineArn(name), name, definition })),
    async invokeLambda(arn, payload) {
      calls.push({ arn, payload: payload as object });
      return ok('done');
    },
    ...rest,
  });
  const client = new SFNClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const stop = async () => {
    client.destroy();
    clock.stop();
    await server.stop();
  };
  stops.push(stop);
  return {
    client,
    clock,
    calls,
    stop: async () => {
      stops.splice(stops.indexOf(stop), 1);
      await stop();
    },
    create: (name: string, definition: string) =>
      client.send(new CreateStateMachineCommand({ name, definition, roleArn })),
    async start(name: string, execution: string) {
      const command = new StartExecutionCommand({ stateMachineArn: machineArn(name), name: execution });
      const { executionArn } = await client.send(command);
      await activity.rest();
      return executionArn ?? '';
    },
    describe: (executionArn: string) => client.send(new DescribeExecutionCommand({ executionArn })),
  };
}

describe('a state machine', () => {
  it('is created, described, listed and run', async () => {
    const { client, create, start, describe: describeExecution } = await serve();
    expect(await create('One', pass)).toMatchObject({
      stateMachineArn: machineArn('One'),
      creationDate: new Date(noon),
    });
    expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn('One') }))).toMatchObject({
      name: 'One',
      status: 'ACTIVE',
      definition: pass,
      roleArn,
      type: 'STANDARD',
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    });
    const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
    expect(stateMachines).toMatchObject([{ name: 'One', stateMachineArn: machineArn('One') }]);
    expect(await describeExecution(await start('One', 'x'))).toMatchObject({ status: 'SUCCEEDED', output: '{}' });
  });

  it('may be created again as it is, with another role too, and not with another definition', async () => {
    const { client, clock, create } = await serve();
    const first = await create('One', pass);
    await clock.advance(1000);
    const again = await client.send(
      new CreateStateMachineCommand({ name: 'One', definition: pass, roleArn: `${roleArn}2` }),
    );
    expect(again.creationDate).toEqual(first.creationDate);
    expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn('One') }))).toMatchObject({
      roleArn,
    });
    await expect(create('One', `${pass} `)).rejects.toMatchObject({
      name: 'StateMachineAlreadyExists',
      message: `State Machine Already Exists: '${machineArn('One')}'`,
    });
  });

  it('that is updated is new for new executions, and as it was for those that run', async () => {
    const { client, clock, create, start, describe: describeExecution } = await serve();
    await create('One', waits);
    const old = await start('One', 'old');
    const fails = machine({ StartAt: 'F', States: { F: { Type: 'Fail', Error: 'New' } } });
    await clock.advance(1000);
    const command = new UpdateStateMachineCommand({ stateMachineArn: machineArn('One'), definition: fails });
    const { updateDate, revisionId } = await client.send(command);
    expect(updateDate).toEqual(new Date(noon + 1000));
    const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn('One') }));
    expect(described).toMatchObject({ definition: fails, roleArn, revisionId, creationDate: new Date(noon) });
    expect((await describeExecution(await start('One', 'new'))).error).toBe('New');
    await clock.advance(60_000);
    expect((await describeExecution(old)).status).toBe('SUCCEEDED');
  });

  it('that is refused is told in the error of AWS, and then there is none, or the one that was', async () => {
    const { client, create } = await serve();
    const bad = machine({ StartAt: 'P', States: { P: { Type: 'Pass', ResultPath: '$.x', End: true } } });
    const refusal = {
      name: 'InvalidDefinition',
      message:
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field " +
        "'ResultPath' is only supported for the 'JSONPath' QueryLanguage at /States/P'",
      $metadata: { httpStatusCode: 400 },
    };
    await expect(create('One', bad)).rejects.toMatchObject(refusal);
    expect((await client.send(new ListStateMachinesCommand({}))).stateMachines).toEqual([]);
    await create('One', pass);
    const stateMachineArn = machineArn('One');
    const update = client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: bad }));
    await expect(update).rejects.toMatchObject(refusal);
    const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(described.definition).toBe(pass);
    await expect(create('Two', '{')).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringMatching(/^Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: /),
    });
  });

  it('that is deleted is gone at once where nothing runs, and deleting none is no error', async () => {
    const { client, create } = await serve();
    await create('One', pass);
    const stateMachineArn = machineArn('One');
    for (let times = 0; times < 2; times++) await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await expect(client.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });

  it('that is deleted while an execution runs ends it where it would enter its next state', async () => {
    const { client, clock, create, start, describe: describeExecution } = await serve();
    await create('One', waits);
    const running = await start('One', 'x');
    const stateMachineArn = machineArn('One');
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    expect((await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).status).toBe('DELETING');
    await expect(start('One', 'y')).rejects.toMatchObject({ name: 'StateMachineDeleting' });
    await expect(create('One', pass)).rejects.toMatchObject({ name: 'StateMachineDeleting' });
    expect((await describeExecution(running)).status).toBe('RUNNING');
    await clock.advance(60_000);
    expect((await describeExecution(running)).status).toBe('ABORTED');
    await expect(client.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });

  it('of the template stands beside the created ones, and only its template changes it', async () => {
    const { client, create, start, describe: describeExecution } = await serve({ machines: { Fixed: pass } });
    for (const name of ['One', 'Two', 'Three']) await create(name, pass);
    const names: unknown[] = [];
    for await (const page of paginateListStateMachines({ client, pageSize: 3 }, {})) {
      expect(page.stateMachines?.length).toBeLessThanOrEqual(3);
      names.push(...(page.stateMachines ?? []).map(({ name }) => name));
    }
    expect(names).toEqual(['Fixed', 'One', 'Two', 'Three']);
    expect((await describeExecution(await start('Fixed', 'x'))).status).toBe('SUCCEEDED');
    const stateMachineArn = machineArn('Fixed');
    for (const command of [
      new UpdateStateMachineCommand({ stateMachineArn, definition: waits }),
      new DeleteStateMachineCommand({ stateMachineArn }),
    ]) {
      await expect(client.send(command as DeleteStateMachineCommand)).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'The state machine Fixed is part of the deployed template: change it there and start again.',
      });
    }
  });

  it.each([
    ['InvalidName', new CreateStateMachineCommand({ name: 'a b', definition: pass, roleArn })],
    ['InvalidArn', new CreateStateMachineCommand({ name: 'a', definition: pass, roleArn: 'me' })],
    [
      'StateMachineTypeNotSupported',
      new CreateStateMachineCommand({ name: 'a', definition: pass, roleArn, type: 'EXPRESS' }),
    ],
    ['ValidationException', new CreateStateMachineCommand({ name: 'a', definition: pass, roleArn, publish: true })],
    [
      'ValidationException',
      new CreateStateMachineCommand({ name: 'a', definition: pass, roleArn, loggingConfiguration: { level: 'ALL' } }),
    ],
    [
      'ValidationException',
      new CreateStateMachineCommand({ name: 'a', definition: pass, roleArn, tags: [{ key: 'a' }] }),
    ],
    ['MissingRequiredParameter', new UpdateStateMachineCommand({ stateMachineArn: machineArn('Fixed') })],
    [
      'StateMachineDoesNotExist',
      new UpdateStateMachineCommand({ stateMachineArn: machineArn('No'), definition: pass }),
    ],
    ['InvalidArn', new DeleteStateMachineCommand({ stateMachineArn: 'none' })],
    ['StateMachineDoesNotExist', new ListExecutionsCommand({ stateMachineArn: machineArn('No') })],
  ] as const)('is refused with %s as by AWS', async (name, command) => {
    const { client, create } = await serve();
    await create('Fixed', pass);
    await expect(client.send(command as DeleteStateMachineCommand)).rejects.toMatchObject({ name });
  });
});

describe('a token', () => {
  it('is kept alive by heartbeats, and its task is given up without them', async () => {
    const { client, clock, calls, create, start, describe: describeExecution } = await serve();
    await create('One', asks);
    const executionArn = await start('One', 'x');
    const { token: taskToken } = calls[0]?.payload ?? {};
    for (let beats = 0; beats < 3; beats++) {
      await clock.advance(9_000);
      await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    }
    await clock.advance(9_999);
    expect((await describeExecution(executionArn)).status).toBe('RUNNING');
    await clock.advance(1);
    expect(await describeExecution(executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskTimedOut',
      'ExecutionFailed',
    ]);
    expect(events?.[2]?.taskScheduledEventDetails).toMatchObject({ timeoutInSeconds: 60, heartbeatInSeconds: 10 });
    await expect(client.send(new SendTaskHeartbeatCommand({ taskToken }))).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });

  it('does not live longer than its timeout, whatever beats', async () => {
    const { client, clock, calls, create, start, describe: describeExecution } = await serve();
    await create('One', asks);
    const executionArn = await start('One', 'x');
    for (let seconds = 5; seconds < 60; seconds += 5) {
      await clock.advance(5_000);
      await client.send(new SendTaskHeartbeatCommand({ taskToken: calls[0]?.payload.token }));
    }
    await clock.advance(5_000);
    expect(await describeExecution(executionArn)).toMatchObject({
      error: 'States.Timeout',
      stopDate: new Date(noon + 60_000),
    });
  });

  it('takes a failure with its error and cause', async () => {
    const { client, calls, create, start, describe: describeExecution } = await serve();
    await create('One', asks);
    const executionArn = await start('One', 'x');
    const taskToken = calls[0]?.payload.token;
    await client.send(new SendTaskFailureCommand({ taskToken, error: 'Withdrawn', cause: 'by the reporter' }));
    expect(await describeExecution(executionArn)).toMatchObject({ error: 'Withdrawn', cause: 'by the reporter' });
    const late = client.send(new SendTaskSuccessCommand({ taskToken, output: '1' }));
    await expect(late).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });
});

describe('a history', () => {
  it('may be read without its data', async () => {
    const { client, create, start } = await serve();
    await create('One', asks);
    const executionArn = await start('One', 'x');
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }));
    expect(events?.map((event) => Object.values(event).at(-1))).toEqual([
      { roleArn },
      { name: 'A' },
      {
        region: 'us-east-1',
        resource: 'invoke.waitForTaskToken',
        resourceType: 'lambda',
        timeoutInSeconds: 60,
        heartbeatInSeconds: 10,
      },
      { resource: 'invoke.waitForTaskToken', resourceType: 'lambda' },
      { resource: 'invoke.waitForTaskToken', resourceType: 'lambda' },
    ]);
  });

  it('of a task that is a function’s ARN has the events of Lambda', async () => {
    const { client, calls, create, start, describe: describeExecution } = await serve();
    const task = {
      Type: 'Task',
      Resource: `${functionArn('Plain')}:live`,
      Arguments: { a: 1 },
      TimeoutSeconds: 5,
      End: true,
    };
    await create('One', machine({ StartAt: 'F', States: { F: task } }));
    const executionArn = await start('One', 'x');
    expect(calls).toEqual([{ arn: `${functionArn('Plain')}:live`, payload: { a: 1 } }]);
    expect((await describeExecution(executionArn)).output).toBe('"done"');
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.slice(2, 5)).toMatchObject([
      {
        type: 'LambdaFunctionScheduled',
        lambdaFunctionScheduledEventDetails: {
          resource: `${functionArn('Plain')}:live`,
          input: '{"a":1}',
          timeoutInSeconds: 5,
        },
      },
      { type: 'LambdaFunctionStarted' },
      { type: 'LambdaFunctionSucceeded', lambdaFunctionSucceededEventDetails: { output: '"done"' } },
    ]);
  });
});

describe('a server with a folder', () => {
  const newFolder = () => mkdtempSync(join(tmpdir(), 'step-functions-'));

  it('finds its state machines and executions again', async () => {
    const dataDir = newFolder();
    const before = await serve({ dataDir });
    await before.create('One', waits);
    await before.create('Gone', pass);
    await before.client.send(new DeleteStateMachineCommand({ stateMachineArn: machineArn('Gone') }));
    const executionArn = await before.start('One', 'x');
    await before.stop();
    const after = await serve({ dataDir, at: noon + 30_000 });
    const { stateMachines } = await after.client.send(new ListStateMachinesCommand({}));
    expect(stateMachines).toMatchObject([{ name: 'One', creationDate: new Date(noon) }]);
    await after.clock.advance(30_000);
    expect(await after.describe(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      stopDate: new Date(noon + 60_000),
    });
    const again = await after.client.send(new StartExecutionCommand({ stateMachineArn: machineArn('One'), name: 'y' }));
    expect(again.executionArn).toContain(':One:y');
  });

  it('that cannot start says why in one sentence, and leaves the folder and the port as they were', async () => {
    const dataDir = newFolder();
    writeFileSync(join(dataDir, 'executions.jsonl'), '{"stepFunctions":9}\n');
    await expect(serve({ dataDir })).rejects.toThrow(/executions\.jsonl was written by a newer version \(9\)/);
    expect(readdirSync(dataDir)).toEqual(['executions.jsonl', 'lock']);
    await expect(serve({ machines: { Bad: '{}' } })).rejects.toThrow('State machine Bad: SCHEMA_VALIDATION_FAILED');
    const { client } = await serve();
    const port = Number((await client.config.endpoint?.())?.port);
    const other = startStepFunctions({
      port,
      clock: createClock({ activity: createActivity(), frozenAt: noon }),
      invokeLambda: async () => ok(1),
    });
    await expect(other).rejects.toThrow(`Port ${port} is already in use: choose another with --port.`);
  });
});
