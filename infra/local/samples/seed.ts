import { BatchWriteItemCommand, DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { localRegion } from '../endpoint/service.ts';
import type { Template } from '../template/template.ts';
import { sampleDirectory } from './directory.ts';

/** A last item, so that a seeding that was cut short is seen and done again. */
const done = { pk: 'samples', sk: 'complete' };

/** Puts the sample directory into the template's Directory table, unless it is there. */
export async function seedDirectory(endpointUrl: string, template: Template): Promise<void> {
  const table = template.resources.get('Directory')?.name;
  if (table === undefined) throw new Error('The template has no table Directory.');
  const client = new DynamoDBClient({
    endpoint: endpointUrl,
    region: localRegion,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
  });
  try {
    const { Count } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: done.pk } },
      }),
    );
    if (Count) return;
    const items = sampleDirectory();
    const batches = Array.from({ length: Math.ceil(items.length / 25) }, (_, index) =>
      items.slice(index * 25, index * 25 + 25),
    );
    const put = (batch: readonly object[]) =>
      client.send(
        new BatchWriteItemCommand({
          RequestItems: {
            [table]: batch.map((item) => ({ PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } })),
          },
        }),
      );
    await Promise.all(batches.map(put));
    await put([done]);
  } finally {
    client.destroy();
  }
}
