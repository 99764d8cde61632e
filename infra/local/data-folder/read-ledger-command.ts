/**
 * `node infra/local/data-folder/read-ledger-command.ts DIR`: prints the ledger in a data folder of `npm start`, for
 * rooms that may not import the embedded cloud. One JSON object a line: first the instant of the folder's clock, then
 * every commit, chain by chain in order. Beside it stands its entry in the index by instant. Last come the providers of
 * the directory. The command reads a copy and changes nothing in the folder. Without a ledger, or where a process holds the folder, it ends with a sentence on
 * stderr and status 2.
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { rememberClock } from '../clock/clock-memory.ts';
import { itemPrefix, openStore, type TableRow, tableKey } from '../dynamodb/dynalite.ts';
import { holderOf } from './folder-lock.ts';
import { checkFormat } from './kept-file.ts';

interface Row {
  readonly pk: { readonly S: string };
  readonly seq: { readonly N: string };
  readonly body: { readonly S: string };
  readonly prev: { readonly S: string };
  readonly hash: { readonly S: string };
  readonly foundAs?: { readonly S: string };
  readonly foundAt?: { readonly S: string };
  readonly note?: { readonly S: string };
}

/** Ends the command with one sentence. */
class CannotRead extends Error {}

const below = (prefix: string) => ({ gte: prefix, lt: `${prefix}~` });

/** A row of the directory, as DynamoDB writes its values. */
type Entry = Record<string, AttributeValue>;

interface Found {
  readonly commits: readonly Row[];
  readonly providers: readonly Entry[];
}

/** The rows of the table whose keys are a chain and a sequence number, and the providers of the directory. */
async function foundRows(folder: string): Promise<Found> {
  const { db } = await openStore(folder);
  const providers: Entry[] = [];
  let commits: Row[] | undefined;
  try {
    for await (const [, value] of db.iterator(below(tableKey('')))) {
      const { TableName, KeySchema } = value as TableRow;
      const isLedger = KeySchema.map(({ AttributeName }) => AttributeName).join() === 'pk,seq';
      if (isLedger) commits = [];
      for await (const [, row] of db.iterator(below(itemPrefix(TableName)))) {
        if (isLedger) commits?.push(row as Row);
        else if ((row as Entry).pk?.S?.startsWith('provider#')) providers.push(row as Entry);
      }
    }
    if (!commits) throw new CannotRead('There is no ledger in this data folder.');
    return { commits, providers };
  } finally {
    await db.close();
  }
}

function refuseInUse(folder: string): void {
  const holder = holderOf(folder);
  if (holder === undefined) return;
  throw new CannotRead(`${folder} is in use by process ${holder}: stop that one, or give a folder that is not in use.`);
}

async function read(folder: string): Promise<Found> {
  const database = join(folder, 'dynamodb', 'dynamodb');
  if (!existsSync(database)) throw new CannotRead(`There is no data folder of npm start at ${folder}.`);
  checkFormat(folder);
  refuseInUse(folder);
  // Opening a database writes to it. The copy is for this user alone, and gone afterwards.
  const copy = mkdtempSync(join(tmpdir(), 'careline-ledger-'));
  try {
    cpSync(database, copy, { recursive: true });
    // A process that started meanwhile has written during the copy.
    refuseInUse(folder);
    return await foundRows(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

try {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new CannotRead('Name the data folder.');
  const { commits: rows, providers } = await read(folder);
  const now = new Date(Date.now() + rememberClock(folder).offset).toISOString();
  const inOrder = rows.toSorted((one, other) =>
    one.pk.S === other.pk.S ? Number(one.seq.N) - Number(other.seq.N) : one.pk.S < other.pk.S ? -1 : 1,
  );
  const commits = inOrder.map(({ pk, body, prev, hash, foundAs, foundAt, note }) => ({
    chain: pk.S,
    text: body.S,
    prev: prev.S,
    hash: hash.S,
    foundAs: foundAs?.S,
    foundAt: foundAt?.S,
    note: note?.S,
  }));
  const listed = providers.map((item) => ({ listed: unmarshall(item) }));
  for (const line of [{ now }, ...commits, ...listed]) process.stdout.write(`${JSON.stringify(line)}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
