import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { createEntryCodes, type Item, withCode } from '../../../shared/store/entries.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Template } from '../template/template.ts';
import { sampleDirectory } from './directory.ts';

/** A last item, so that a seeding that was cut short is seen and done again. */
const done = { pk: 'samples', sk: 'complete' };

/** DynamoDB takes so many items at once. */
const batchSize = 25;

const found = z.object({ Item: z.unknown().optional() });
const coded = z.object({ Mac: z.base64() });

/**
 * Puts the sample directory into the template's Directory table, unless it is there. Each entry gets its code, as from the
 * command that writes entries. It is called in process, as an operator. The AWS SDK would take longer to load than all of the
 * writing. `now`: epoch milliseconds. Rejects with the service's answer where a call fails.
 */
export async function seedDirectory(endpoint: Pick<Endpoint, 'call'>, template: Template, now: number): Promise<void> {
  const table = template.resources.get('Directory')?.name;
  const [keyArn] = (template.outputs().get('DirectoryKeys') ?? '').split(',');
  if (table === undefined || !keyArn) throw new Error('The template has no table Directory with keys of its entries.');
  const call = async (target: string, input: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
    const body = Buffer.from(JSON.stringify(input));
    const answer = await endpoint.call({ kind: 'operator' }, { method: 'POST', path: '/', headers, body });
    if (answer.status !== 200) throw new Error(`The sample directory was not written: ${answer.body}`);
    return JSON.parse(String(answer.body));
  };
  const codes = createEntryCodes({
    async macOf(_, text) {
      const Message = Buffer.from(text).toString('base64');
      const asked = { KeyId: keyArn, MacAlgorithm: 'HMAC_SHA_256', Message };
      const { Mac } = coded.parse(await call('TrentService.GenerateMac', asked));
      return { mac: Mac, keyId: keyArn.slice(keyArn.lastIndexOf('/') + 1) };
    },
    // It reads no code.
    holderOf: async () => undefined,
  });
  const writing = { writtenBy: 'the samples', writtenAt: new Date(now).toISOString() };
  const put = async (batch: readonly object[]) => {
    const items = await Promise.all(
      batch.map((item): Promise<Item> => withCode(codes, marshall(item, { removeUndefinedValues: true }), writing)),
    );
    const RequestItems = { [table]: items.map((Item) => ({ PutRequest: { Item } })) };
    await call('DynamoDB_20120810.BatchWriteItem', { RequestItems });
  };

  const last = await call('DynamoDB_20120810.GetItem', { TableName: table, Key: marshall(done) });
  if (found.parse(last).Item !== undefined) return;
  const items = sampleDirectory();
  const batches = Array.from({ length: Math.ceil(items.length / batchSize) }, (_, index) =>
    items.slice(index * batchSize, (index + 1) * batchSize),
  );
  await Promise.all(batches.map(put));
  await put([done]);
}
