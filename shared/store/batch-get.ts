/** Reads many items of a table at once. */
import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

type Item = Record<string, AttributeValue>;

/** DynamoDB takes no more keys in one call. */
const mostInBatch = 100;

/**
 * The items with these keys of a partition and a sort value, in no order. `isConsistent`: as they are written now, at
 * twice the price.
 */
export async function batchGet(
  client: DynamoDBClient,
  table: string,
  keys: readonly { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } }[],
  { isConsistent = true }: { readonly isConsistent?: boolean } = {},
): Promise<readonly Item[]> {
  // A key that is named twice fails the call.
  const left: Item[] = [...new Map(keys.map((key) => [`${key.pk.S} ${key.sk.S}`, { ...key }])).values()];
  const found: Item[] = [];
  while (left.length > 0) {
    const asked = { RequestItems: { [table]: { Keys: left.splice(0, mostInBatch), ConsistentRead: isConsistent } } };
    const { Responses = {}, UnprocessedKeys = {} } = await client.send(new BatchGetItemCommand(asked));
    found.push(...(Responses[table] ?? []));
    // Keys that DynamoDB did not process are requested again with the rest.
    left.push(...(UnprocessedKeys[table]?.Keys ?? []));
  }
  return found;
}
