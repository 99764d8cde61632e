import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { batchGet } from '../../shared/store/batch-get.ts';

const dynamodb = mockClient(DynamoDBClient);
// The mock stands in the prototype, which the other files of this worker share.
afterAll(() => dynamodb.restore());
const keyOf = (number: number) => ({ pk: { S: `row ${number}` }, sk: { S: 'one' } });
const asked = () =>
  dynamodb.commandCalls(BatchGetItemCommand).map(({ args: [{ input }] }) => input.RequestItems?.Rows?.Keys ?? []);

describe('many items of a table', () => {
  beforeEach(() => dynamodb.reset());
  const read = (numbers: readonly number[]) => batchGet(new DynamoDBClient({}), 'Rows', numbers.map(keyOf));

  test('are read a hundred at once, consistently, and none twice', async () => {
    dynamodb.on(BatchGetItemCommand).resolves({ Responses: { Rows: [keyOf(1)] } });
    expect(await read([...Array.from({ length: 101 }, (_, number) => number), 1])).toHaveLength(2);
    expect(asked().map(({ length }) => length)).toEqual([100, 1]);
    const [first] = dynamodb.commandCalls(BatchGetItemCommand);
    expect(first?.args[0].input.RequestItems?.Rows?.ConsistentRead).toBe(true);
  });

  test('that DynamoDB had no time for are asked for again', async () => {
    dynamodb
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: { Rows: [keyOf(1)] }, UnprocessedKeys: { Rows: { Keys: [keyOf(2)] } } })
      .resolves({ Responses: { Rows: [keyOf(2)] } });
    expect(await read([1, 2])).toEqual([keyOf(1), keyOf(2)]);
    expect(asked()).toEqual([[keyOf(1), keyOf(2)], [keyOf(2)]]);
  });

  test('are none where none is asked for', async () => {
    expect(await read([])).toEqual([]);
    expect(asked()).toEqual([]);
  });
});
