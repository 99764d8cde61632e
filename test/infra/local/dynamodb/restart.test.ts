import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type AttributeValue, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { startCloud } from './cloud.ts';
import { newFolder } from './new-folder.ts';

const writer = fileURLToPath(new URL('write-until-killed.ts', import.meta.url));

/** Writes in another process until `acknowledged` numbers were, then kills it in the middle of its work. */
async function writeAndKill(folder: string, acknowledged: number): Promise<number> {
  const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (last === acknowledged) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return last;
}

test('table, index and stream agree after a kill in the middle of writing', async () => {
  const folder = newFolder();
  for (const acknowledged of [23, 41]) {
    const last = await writeAndKill(folder, acknowledged);
    const cloud = await startCloud({ folder, now: 0 });
    const { Items = [] } = await cloud.operator.send(new ScanCommand({ TableName: 'Ledger' }));
    const records = cloud.streams.read('Ledger', 0, 100_000);

    expect(records.map(({ sequence }) => sequence)).toEqual(records.map((_, index) => index + 1));
    const replayed = new Map<string, unknown>();
    for (const { record } of records) replayed.set(JSON.stringify(record.dynamodb?.Keys), record.dynamodb?.NewImage);
    expect(Items.map(canonical).toSorted()).toEqual([...replayed.values()].map(canonical).toSorted());

    const chain = Items.filter(({ pk }) => pk?.S === 'chain');
    expect(chain.length).toBeGreaterThanOrEqual(last);
    const rows = await cloud.operator.send(
      new QueryCommand({
        TableName: 'Ledger',
        IndexName: 'ByHour',
        KeyConditionExpression: '#h = :h',
        ExpressionAttributeNames: { '#h': 'hour' },
        ExpressionAttributeValues: { ':h': { S: 'h' } },
      }),
    );
    expect(rows.Count).toBe(chain.length);
    const moving = Items.find(({ pk }) => pk?.S === 'moving');
    const all = await cloud.operator.send(new ScanCommand({ TableName: 'Ledger', IndexName: 'ByHour' }));
    expect(all.Items?.filter(({ pk }) => pk?.S === 'moving')).toEqual([moving]);
    await cloud.stop();
  }
});

function canonical(item: unknown): string {
  return JSON.stringify(Object.entries(item as Record<string, AttributeValue>).sort(([a], [b]) => (a < b ? -1 : 1)));
}
