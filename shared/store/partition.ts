/** The rows under one key of a table. */
import { type AttributeValue, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';

interface Place {
  readonly client: DynamoDBClient;
  readonly table: string;
}

/** Every row under this key, by pages, read strongly consistent. */
export async function* pagesUnder(
  { client, table }: Place,
  pk: string,
): AsyncGenerator<readonly Record<string, AttributeValue>[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
    },
  );
  for await (const { Items = [] } of pages) yield Items;
}
