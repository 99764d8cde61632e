import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  paginateListExecutions,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { serve, startEndpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { AccessDenied, type Authorize, type Principal } from '../../../../infra/local/endpoint/service.ts';
import { createStage, executionArn, machineArn, noon, ok, oneTask, requestFor, workflow } from './stage.ts';

const stateMachineArn = machineArn('Deadline');
const input = JSON.stringify({
  referralId: 'CR-1',
  checkpointAt: '2026-03-03T12:00:00Z',
  runId: 'd',
  generation: 1,
});
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** The service behind the endpoint, and the AWS SDK as its client. */
async function createPort() {
  const stage = createStage({ machines: { Deadline: workflow('deadline') }, answer: () => ok({}) });
  const endpoint = await startEndpoint({ port: 0, services: [stage.service], activity: stage.activity });
  const client = new SFNClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  closers.push(async () => {
    client.destroy();
    await endpoint.stop();
  });
  return { client, stage };
}

describe('the AWS SDK as a client', () => {
  it('starts an execution, answers its token and reads how it ended', async () => {
    const { client, stage } = await createPort();
    const started = await client.send(new StartExecutionCommand({ stateMachineArn, name: 'g1', input }));
    expect(started).toMatchObject({ executionArn: executionArn('Deadline', 'g1'), startDate: new Date(noon) });
    await stage.activity.rest();
    const taskToken = String(stage.calls[0]?.payload.token);
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"outcome":"kept"}' }));
    await stage.activity.rest();
    const { executionArn: arn } = started;
    expect(await client.send(new DescribeExecutionCommand({ executionArn: arn }))).toMatchObject({
      stateMachineArn,
      status: 'SUCCEEDED',
      input,
      output: '{"outcome":"kept"}',
      stopDate: new Date(noon),
    });
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn: arn, reverseOrder: true }));
    expect(events?.[0]).toMatchObject({ type: 'ExecutionSucceeded', id: 8, previousEventId: 7 });
    expect(events?.at(-1)).toMatchObject({
      type: 'ExecutionStarted',
      timestamp: new Date(noon),
      executionStartedEventDetails: { input, roleArn: 'arn:aws:iam::000000000000:role/Deadline' },
    });
    expect(events?.find((event) => event.type === 'TaskScheduled')?.taskScheduledEventDetails).toMatchObject({
      resource: 'invoke.waitForTaskToken',
      resourceType: 'lambda',
      region: 'us-east-1',
      timeoutInSeconds: 86_400,
    });
  });

  it('may repeat a start with the same input while it runs, and with no other', async () => {
    const { client, stage } = await createPort();
    const start = (text: string) =>
      client.send(new StartExecutionCommand({ stateMachineArn, name: 'g1', input: text }));
    const first = await start(input);
    await stage.clock.advance(1000);
    expect(await start(input)).toMatchObject({ executionArn: first.executionArn, startDate: first.startDate });
    expect(stage.calls).toHaveLength(1);
    await expect(start(`${input} `)).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await client.send(new StopExecutionCommand({ executionArn: first.executionArn, error: 'Stopped' }));
    await expect(start(input)).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  it('pages through executions, newest first, and through a history in both directions', async () => {
    const { client, stage } = await createPort();
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
    }
    await client.send(new StopExecutionCommand({ executionArn: executionArn('Deadline', 'c') }));
    const names = async (statusFilter?: 'RUNNING' | 'ABORTED') => {
      const found: string[] = [];
      const query = { stateMachineArn, ...(statusFilter ? { statusFilter } : {}) };
      for await (const page of paginateListExecutions({ client, pageSize: 2 }, query)) {
        expect(page.executions?.length).toBeLessThanOrEqual(2);
        found.push(...(page.executions ?? []).map(({ name }) => name ?? ''));
      }
      return found.join('');
    };
    expect([await names(), await names('RUNNING'), await names('ABORTED')]).toEqual(['edcba', 'edba', 'c']);

    await stage.activity.rest();
    for (const reverseOrder of [false, true]) {
      const ids: unknown[] = [];
      const query = { executionArn: executionArn('Deadline', 'a'), reverseOrder };
      for await (const page of paginateGetExecutionHistory({ client, pageSize: 2 }, query)) {
        ids.push(...(page.events ?? []).map(({ id }) => id));
      }
      expect(ids).toEqual(reverseOrder ? [5, 4, 3, 2, 1] : [1, 2, 3, 4, 5]);
    }
  });

  it('finds the state machines', async () => {
    const { client } = await createPort();
    const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
    expect(stateMachines).toMatchObject([{ stateMachineArn, name: 'Deadline', type: 'STANDARD' }]);
  });

  it.each([
    ['ExecutionDoesNotExist', new DescribeExecutionCommand({ executionArn: executionArn('Deadline', 'none') })],
    ['InvalidArn', new DescribeExecutionCommand({ executionArn: 'none' })],
    ['StateMachineDoesNotExist', new StartExecutionCommand({ stateMachineArn: machineArn('None') })],
    ['InvalidName', new StartExecutionCommand({ stateMachineArn, name: 'a b' })],
    ['InvalidName', new StartExecutionCommand({ stateMachineArn, name: 'a'.repeat(81) })],
    ['InvalidExecutionInput', new StartExecutionCommand({ stateMachineArn, input: 'kept' })],
    ['ValidationException', new StartExecutionCommand({ stateMachineArn, input: `"${'a'.repeat(262_144)}"` })],
    ['ValidationException', new ListExecutionsCommand({ stateMachineArn, redriveFilter: 'REDRIVEN' })],
    ['InvalidToken', new ListExecutionsCommand({ stateMachineArn, nextToken: 'nonsense' })],
  ] as const)('is answered with %s as by AWS', async (name, command) => {
    const { client } = await createPort();
    await expect(client.send(command as DescribeExecutionCommand)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(/\w/),
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('a state machine of a test', () => {
  const roleArn = 'arn:aws:iam::000000000000:role/Runner';
  const make = (stage: ReturnType<typeof createStage>, definition: string) =>
    stage.call('CreateStateMachine', { name: 'New', definition, roleArn });

  it('is created, listed and run, and may be created again as it is', async () => {
    const stage = createStage({ machines: { Deadline: workflow('deadline') } });
    await make(stage, oneTask());
    const { stateMachines } = await stage.call('ListStateMachines', {});
    expect(stateMachines.map(({ name }) => name)).toEqual(['Deadline', 'New']);
    expect(await stage.describe(await stage.start('New', 'x'))).toMatchObject({ status: 'SUCCEEDED' });
    expect((await make(stage, oneTask())).__type).toBeUndefined();
    expect((await make(stage, oneTask({ TimeoutSeconds: 5 }))).__type).toBe('StateMachineAlreadyExists');
  });

  it('that is refused is told in the error of AWS, and then there is none', async () => {
    const stage = createStage();
    expect(await make(stage, oneTask({ Foo: 1 }))).toMatchObject({
      __type: 'InvalidDefinition',
      message: expect.stringContaining('"Foo" at /States/Ask'),
    });
    expect((await stage.call('ListStateMachines', {})).stateMachines).toEqual([]);
  });
});

describe('a history', () => {
  it('may be read without its data', async () => {
    const stage = createStage({ machines: { M: oneTask() } });
    const arn = await stage.start('M', 'x');
    const { events } = await stage.call('GetExecutionHistory', { executionArn: arn, includeExecutionData: false });
    expect(events).toHaveLength(7);
    expect(JSON.stringify(events)).not.toMatch(/"(input|output|parameters)"/);
  });
});

describe('a request', () => {
  it('for an action that is not there says which there are', async () => {
    const stage = createStage();
    const answer = await serve(requestFor('CreateActivity', {}), [stage.service]);
    expect(answer).toMatchObject({ status: 400, headers: { 'content-type': 'application/x-amz-json-1.0' } });
    expect(JSON.parse(String(answer.body))).toMatchObject({
      __type: 'UnknownOperationException',
      message: expect.stringContaining('does not offer CreateActivity: it has StartExecution, StopExecution,'),
    });
  });

  it('with a missing or an unknown member names it', async () => {
    const stage = createStage();
    expect(await stage.call('StartExecution', { traceHeader: 'x' })).toMatchObject({
      __type: 'ValidationException',
      message: expect.stringMatching(/stateMachineArn: .*"traceHeader"/),
    });
    expect((await stage.call('StartExecution', '{'))?.__type).toBe('SerializationException');
  });

  it('for another service is left alone', () => {
    const stage = createStage();
    const request = requestFor('StartExecution', {});
    expect(stage.service.handles(request)).toBe(true);
    const headers = { 'x-amz-target': 'DynamoDB_20120810.PutItem' };
    expect(stage.service.handles({ ...request, headers })).toBe(false);
    expect(stage.service.handles({ ...request, headers: {} })).toBe(false);
  });
});

describe('permission', () => {
  const someone: Principal = { kind: 'function', logicalId: 'Someone' };
  const machines = { Deadline: workflow('deadline') };
  const arn = executionArn('Deadline', 'g1');

  it.each([
    ['StartExecution', { stateMachineArn, name: 'g2', input }, stateMachineArn],
    ['ListExecutions', { stateMachineArn }, stateMachineArn],
    ['ListStateMachines', {}, '*'],
    ['CreateStateMachine', { name: 'New', definition: '{}', roleArn: 'r' }, machineArn('New')],
    ['DescribeExecution', { executionArn: arn }, arn],
    ['GetExecutionHistory', { executionArn: arn }, arn],
    ['StopExecution', { executionArn: arn }, arn],
    ['SendTaskSuccess', { taskToken: 'TOKEN', output: '{"outcome":"kept"}' }, stateMachineArn],
    ['SendTaskFailure', { taskToken: 'TOKEN' }, stateMachineArn],
  ])('for %s is asked on its resource, and its refusal changes nothing', async (action, body, resource) => {
    const asked: unknown[] = [];
    const authorize: Authorize = (principal, ...question) => {
      if (principal !== someone) return;
      asked.push(question.slice(0, 2));
      throw new AccessDenied('Someone may not do this.');
    };
    const stage = createStage({ machines, authorize });
    await stage.start('Deadline', 'g1', JSON.parse(input));
    const told = await stage.history(arn);
    const taskToken = stage.calls[0]?.payload.token;
    const sent = 'taskToken' in body ? { ...body, taskToken } : body;
    expect(await stage.call(action, sent, someone)).toEqual({
      __type: 'AccessDeniedException',
      message: 'Someone may not do this.',
    });
    expect(asked).toEqual([[`states:${action}`, resource]]);
    expect(await stage.history(arn)).toEqual(told);
    expect((await stage.call('ListExecutions', { stateMachineArn })).executions).toHaveLength(1);
  });

  it('on one machine is enough to learn that no task has a token', async () => {
    const authorize: Authorize = (_, __, resource) => {
      if (resource !== machineArn('Other')) throw new AccessDenied('Only Other.');
    };
    const stage = createStage({ machines: { ...machines, Other: workflow('deadline') }, authorize });
    const ask = () => stage.call('SendTaskSuccess', { taskToken: 'made up', output: '{}' }, someone);
    expect((await ask()).__type).toBe('InvalidToken');
  });
});
