/** What the client of DynamoDB counts, with the SDK's own retries and a server that refuses. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BatchGetItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createTablesClient } from '../../shared/store/tables-client.ts';

interface Answer {
  readonly status: number;
  readonly body: object;
}
const refusedBy = (name: string): Answer => ({
  status: 400,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'Refused.' },
});
const found: Answer = { status: 200, body: { Item: { pk: { S: 'one' } } } };
const read = new GetItemCommand({ TableName: 'Rows', Key: { pk: { S: 'one' } } });

/** A client of a server that gives these answers in turn, and how often it was refused. */
async function clientOf(answers: readonly Answer[]) {
  const left = [...answers];
  const server = createServer((_request, response) => {
    const { status, body } = left.shift() ?? { status: 500, body: {} };
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  let refused = 0;
  const client = createTablesClient({
    onRefused: () => {
      refused += 1;
    },
  });
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  return { client, refused: () => refused };
}

describe('the client of DynamoDB', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'LOCAL.One');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
    return () => vi.unstubAllEnvs();
  });

  test.each(['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'ThrottlingException'])(
    'counts each try that is refused by %s, and gives the answer of the next',
    async (name) => {
      const { client, refused } = await clientOf([refusedBy(name), refusedBy(name), found, found]);
      expect((await client.send(read)).Item).toEqual({ pk: { S: 'one' } });
      expect(refused()).toBe(2);
      await client.send(read);
      expect(refused()).toBe(2);
    },
  );

  test('counts a batch of which something is left', async () => {
    const Keys = [{ pk: { S: 'one' } }];
    const { client, refused } = await clientOf([
      { status: 200, body: { Responses: {}, UnprocessedKeys: { Rows: { Keys } } } },
      { status: 200, body: { Responses: {}, UnprocessedKeys: {} } },
    ]);
    const batch = () => client.send(new BatchGetItemCommand({ RequestItems: { Rows: { Keys } } }));
    await batch();
    await batch();
    expect(refused()).toBe(1);
  });

  test('counts no other failure', async () => {
    const { client, refused } = await clientOf([refusedBy('ConditionalCheckFailedException')]);
    await expect(client.send(read)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect(refused()).toBe(0);
  });
});
