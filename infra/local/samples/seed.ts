import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Template } from '../template/template.ts';
import { sampleDirectory } from './directory.ts';

/** A last item, so that a seeding that was cut short is seen and done again. */
const done = { pk: 'samples', sk: 'complete' };

/** DynamoDB takes so many items at once. */
const batchSize = 25;

/**
 * Puts the sample directory into the template's Directory table, unless it is there. It is called in process, as an
 * operator. The AWS SDK would take longer to load than all of the writing. Rejects with DynamoDB's answer where a call
 * fails.
 */
export async function seedDirectory(endpoint: Pick<Endpoint, 'call'>, template: Template): Promise<void> {
  const table = template.resources.get('Directory')?.name;
  if (table === undefined) throw new Error('The template has no table Directory.');
  const call = async (operation: string, input: object): Promise<unknown> => {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    };
    const body = Buffer.from(JSON.stringify(input));
    const answer = await endpoint.call({ kind: 'operator' }, { method: 'POST', path: '/', headers, body });
    if (answer.status !== 200) throw new Error(`The sample directory was not written: ${answer.body}`);
    return JSON.parse(String(answer.body));
  };
  const put = (batch: readonly object[]) =>
    call('BatchWriteItem', {
      RequestItems: {
        [table]: batch.map((item) => ({ PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } })),
      },
    });

  const found = await call('GetItem', { TableName: table, Key: marshall(done) });
  if (z.object({ Item: z.unknown() }).safeParse(found).data?.Item !== undefined) return;
  const items = sampleDirectory();
  const batches = Array.from({ length: Math.ceil(items.length / batchSize) }, (_, index) =>
    items.slice(index * batchSize, (index + 1) * batchSize),
  );
  await Promise.all(batches.map(put));
  await put([done]);
}
