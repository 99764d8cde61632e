import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type HistoryEvent,
  paginateGetExecutionHistory,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, expect, it } from 'vitest';
import { functionArn, machine } from './stage.ts';

const script = fileURLToPath(new URL('run-until-killed.ts', import.meta.url));
const items = Array.from({ length: 200 }, (_, index) => index);
const each = {
  StartAt: 'Ask',
  States: { Ask: { Type: 'Task', Resource: functionArn('Ask'), Assign: { got: '{% $states.result %}' }, End: true } },
};
const definition = machine({
  StartAt: 'All',
  States: { All: { Type: 'Map', Items: items, MaxConcurrency: 4, ItemProcessor: each, End: true } },
});

let child: ChildProcess | undefined;
afterEach(() => void child?.kill('SIGKILL'));

/** Starts the process on the folder; `kill` ends it, as `kill -9` does, when its functions were asked so often. */
async function start(folder: string) {
  const running = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  child = running;
  const listening = Promise.withResolvers<string>();
  const asked: string[] = [];
  let killAt = Number.POSITIVE_INFINITY;
  createInterface({ input: running.stdout }).on('line', (line) => {
    if (line.startsWith('asked')) asked.push(line);
    else listening.resolve(line);
    if (asked.length >= killAt) running.kill('SIGKILL');
  });
  const client = new SFNClient({
    endpoint: await listening.promise,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return {
    client,
    asked,
    async kill(after: number) {
      killAt = after;
      if (asked.length >= killAt) running.kill('SIGKILL');
      await once(running, 'close');
      client.destroy();
    },
  };
}

it('an execution whose process is killed five times ends as if nothing had happened', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'step-functions-killed-'));
  const asked: string[] = [];
  let process = await start(folder);
  const { stateMachineArn } = await process.client.send(
    new CreateStateMachineCommand({ name: 'M', definition, roleArn: 'arn:aws:iam::000000000000:role/Runner' }),
  );
  const { executionArn } = await process.client.send(new StartExecutionCommand({ stateMachineArn, name: 'x' }));
  for (let kills = 0; kills < 5; kills++) {
    await process.kill(5);
    asked.push(...process.asked);
    process = await start(folder);
  }

  const describe = () => process.client.send(new DescribeExecutionCommand({ executionArn }));
  let described = await describe();
  while (described.status === 'RUNNING') described = await describe();
  expect(described).toMatchObject({ status: 'SUCCEEDED', output: JSON.stringify(items) });

  const events: HistoryEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client: process.client, pageSize: 1000 }, { executionArn })) {
    events.push(...(page.events ?? []));
  }
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
  const indexes = events.flatMap((event) => event.mapIterationStartedEventDetails?.index ?? []);
  expect(indexes).toEqual(items);
  const count = (type: string) => events.filter((event) => event.type === type).length;
  for (const type of ['TaskStateEntered', 'LambdaFunctionScheduled', 'LambdaFunctionSucceeded', 'TaskStateExited']) {
    expect([type, count(type)]).toEqual([type, items.length]);
  }

  asked.push(...process.asked);
  expect(new Set(asked).size).toBe(items.length);
  // What had not answered when the process was killed is asked again, and nothing else: four at once, five times.
  expect(asked.length - items.length).toBeLessThanOrEqual(5 * 4);
  expect(asked.length).toBeGreaterThan(items.length);
  process.client.destroy();
});
