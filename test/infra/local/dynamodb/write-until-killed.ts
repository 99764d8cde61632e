/** A process for `restart.test.ts`: writes ledger and board rows in the folder given to it until it is killed. */
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { createDynamoDb } from '../../../../infra/local/dynamodb/dynamodb.ts';
import { tables, templateOf } from './cloud.ts';

const activity = createActivity();
const clock = createClock({ activity, frozenAt: 0 });
const [folder = ''] = process.argv.slice(2);
const { service } = await createDynamoDb({
  template: templateOf(tables),
  clock,
  activity,
  authorize: () => undefined,
  useKey: () => undefined,
  folder,
});

const write = (operation: string, input: object) =>
  service.handle({
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
    body: Buffer.from(JSON.stringify(input)),
    principal: { kind: 'operator' },
  });

for (let n = 1; ; n++) {
  // One row that moves through an index, one row for each number.
  await Promise.all([
    write('PutItem', { TableName: 'Ledger', Item: { pk: { S: 'chain' }, seq: { N: String(n) }, hour: { S: 'h' } } }),
    write('PutItem', {
      TableName: 'Ledger',
      Item: { pk: { S: 'moving' }, seq: { N: '0' }, hour: { S: `h${n}` }, at: { S: String(n) } },
    }),
  ]);
  process.stdout.write(`${n}\n`);
}
