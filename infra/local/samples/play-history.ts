import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Principal } from '../endpoint/service.ts';
import type { Template } from '../template/template.ts';

/** The product's own command plays the referrals: the embedded cloud knows nothing of the domain. */
const command = fileURLToPath(new URL('../../../shared/cli/history-command.ts', import.meta.url));

export interface AskedHistory {
  readonly years: number;
  readonly referrals: number;
  readonly seed: string;
}

const row = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const playedReferral = z.object({ id: z.string(), commits: z.array(row), cursors: z.array(row) });
/** The first line of the command: a text that the key service codes. */
const asked = z.object({ code: z.string() });
const coded = z.object({ Mac: z.base64() });
const found = z.object({ Items: z.array(z.unknown()) });
/** DynamoDB takes so many items at once. */
const batchSize = 25;

/**
 * Writes a history of invented referrals into an empty ledger, before anything reads the stream. It goes
 * up to `now`, in epoch milliseconds. Mail of the past is not sent. React then starts the runs of what is open, and writes all other rows. Gives
 * how many referrals were written: none where the ledger has any. Rejects with a sentence where the command or the cloud fails.
 */
export async function writePlayedHistory(
  endpoint: Pick<Endpoint, 'call'>,
  template: Template,
  { years, referrals, seed }: AskedHistory,
  now: number,
): Promise<number> {
  const [ledger, cursors] = ['Ledger', 'Cursors'].map((id) => template.resources.get(id)?.name);
  const variables = z
    .object({ Environment: z.object({ Variables: z.object({ DOOR_CODE_KEYS: z.string() }) }) })
    .parse(template.resources.get('Api')?.properties);
  const [key = ''] = variables.Environment.Variables.DOOR_CODE_KEYS.split(',');
  if (ledger === undefined || cursors === undefined) throw new Error('The template has no ledger with its cursors.');
  const call = async (target: string, input: object, by: Principal = { kind: 'operator' }): Promise<unknown> => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
    const body = Buffer.from(JSON.stringify(input));
    const answer = await endpoint.call(by, { method: 'POST', path: '/', headers, body });
    if (answer.status !== 200) throw new Error(`The history was not written: ${answer.body}`);
    return JSON.parse(String(answer.body));
  };
  const some = await call('DynamoDB_20120810.Scan', { TableName: ledger, Limit: 1 });
  if (found.parse(some).Items.length > 0) return 0;

  const answerTo = async ({ code }: z.infer<typeof asked>): Promise<string> => {
    const input = { KeyId: key, MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from(code).toString('base64') };
    // The key serves its functions alone.
    const { Mac } = coded.parse(await call('TrentService.GenerateMac', input, { kind: 'function', logicalId: 'Api' }));
    return JSON.stringify({ mac: Mac, keyId: key.slice(key.lastIndexOf('/') + 1) });
  };
  const put = async (table: string, rows: readonly z.infer<typeof row>[]) => {
    for (let from = 0; from < rows.length; from += batchSize) {
      const items = rows.slice(from, from + batchSize).map((each) => marshall(each));
      const RequestItems = { [table]: items.map((Item) => ({ PutRequest: { Item } })) };
      await call('DynamoDB_20120810.BatchWriteItem', { RequestItems });
    }
  };

  const words = ['--until', new Date(now).toISOString(), '--years', String(years), '--referrals', String(referrals)];
  const player = spawn(process.execPath, [command, ...words, '--seed', seed], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(player, 'close');
  let fault = '';
  player.stderr.setEncoding('utf8').on('data', (part: string) => {
    fault += part;
  });
  let written = 0;
  for await (const line of createInterface({ input: player.stdout })) {
    const said: unknown = JSON.parse(line);
    const question = asked.safeParse(said);
    if (question.success) {
      player.stdin.end(`${await answerTo(question.data)}\n`);
      continue;
    }
    const { commits, cursors: over } = playedReferral.parse(said);
    // The cursors first: no mail of the past may go out.
    await put(cursors, over);
    await put(ledger, commits);
    written += 1;
  }
  const [status] = (await ended) as [number | null];
  if (status !== 0) throw new Error(`The history was not played: ${fault.trim().split('\n')[0]}`);
  return written;
}
