/**
 * The restore drill in the embedded cloud, by the steps of docs/runbooks/restore.md. Ledger, vault and directory go back to
 * one instant. What was erased since then is erased again, before a door or a function reads. Then all else is rebuilt
 * from the ledger: lists, cursors, waits and runs.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { type Cloud, startCloud } from '../../infra/local/cloud.ts';
import { readTemplate, type Template } from '../../infra/local/template/template.ts';
import { synthesize } from '../../infra/synthesize.ts';
import type { Audit } from '../../shared/application/read/audit.ts';
import { verifyChain } from '../../shared/store/commit.ts';
import { eventsIn, tuesday } from './stage.ts';
import { askApi, executionsOf, operatorOf } from './stage-cloud.ts';
import { addressOf, reportOf } from './story.ts';

type Row = Readonly<Record<string, AttributeValue>>;
type Rows = Readonly<Record<string, readonly Row[]>>;

/** Restored to the same instant, vault first. Keys of the vault stay as they are. Lists, waits and cursors are rebuilt. */
const restoredTables = ['Identities', 'ChildIndex', 'Directory', 'Ledger'];

/** Ids of runs, in order. The sweep may have given a run of an overdue clock its next generation. */
interface Lives {
  readonly running: readonly string[];
  readonly waiting: readonly string[];
}

/** What the drill found, for its test and its command. */
export interface Drill {
  /** The instant that was restored. */
  readonly restoredTo: string;
  /** Referrals whose identities were erased after that instant. */
  readonly erasedAgain: readonly string[];
  /** Items of the vault that were removed for them. */
  readonly removed: number;
  /** Items of the vault that name an erased referral, once it is open again. */
  readonly leftOfErased: number;
  /** Items of the vault of the referral that goes on. */
  readonly leftOfOther: number;
  /** Referrals that were reported after that instant. Their reports are entered anew. */
  readonly lost: readonly string[];
  readonly chains: number;
  /** Chains that are not intact, by their hashes or by their codes. */
  readonly broken: readonly string[];
  /** Rows of the work queue. */
  readonly listed: readonly string[];
  /** Of the referral that goes on: its runs that live, and those that wait. At that instant, and after the restore. */
  readonly before: Lives;
  readonly after: Lives;
  /** Mails that had gone out before that instant and went out again. */
  readonly repeated: readonly string[];
  /** Whether the next checkpoint of the referral was raised, once its time came. */
  readonly raised: boolean;
  /** Whether the erasure could be agreed to again. */
  readonly agreedAgain: boolean;
}

const unique = (ids: readonly string[]) => [...new Set(ids)].toSorted();
const keyOf = (row: Row): string => row.pk?.S ?? '';
const isOf = (row: Row, referralId: string): boolean =>
  row.referralId?.S === referralId || row.sk?.S === referralId || keyOf(row).split('#').includes(referralId);

async function rowsOf(client: DynamoDBClient, table: string): Promise<readonly Row[]> {
  const found: Row[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
    found.push(...Items);
  }
  return found;
}

async function readTables(client: DynamoDBClient, template: Template, ids: readonly string[]): Promise<Rows> {
  const found: Record<string, readonly Row[]> = {};
  for (const id of ids) {
    const name = template.resources.get(id)?.name;
    if (name !== undefined) found[id] = await rowsOf(client, name);
  }
  return found;
}

/** DynamoDB takes so many items at once. */
const batchSize = 25;

async function write(client: DynamoDBClient, table: string, rows: readonly Row[]): Promise<void> {
  for (let first = 0; first < rows.length; first += batchSize) {
    const batch = rows.slice(first, first + batchSize).map((Item) => ({ PutRequest: { Item: { ...Item } } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: batch } }));
  }
}

interface Body {
  readonly at: string;
  readonly events: readonly { readonly type: string }[];
}

/** The referrals with an event of this type after an instant, as the ledger that is left tells it. */
function referralsWith(ledger: readonly Row[], type: string, after: string): readonly string[] {
  const found = ledger.flatMap((row) => {
    const [kind, id = ''] = keyOf(row).split('#');
    const { at, events } = JSON.parse(row.body?.S ?? '{}') as Body;
    return kind === 'referral' && at > after && events.some((each) => each.type === type) ? [id] : [];
  });
  return [...new Set(found)];
}

/** The names of the chains whose hashes do not hold. Their codes are asked about once the audit can be read. */
function brokenIn(ledger: readonly Row[]): readonly string[] {
  return [...Map.groupBy(ledger, keyOf)].flatMap(([chain, rows]) => {
    const commits = rows
      .toSorted((one, other) => Number(one.seq?.N) - Number(other.seq?.N))
      .map((row) => ({ text: row.body?.S ?? '', prev: row.prev?.S ?? '', hash: row.hash?.S ?? '' }));
    return verifyChain(chain, commits).intact ? [] : [chain];
  });
}

/** The same release with its mappings and schedules switched off, so that nothing reads what is put back. */
function closed(assembly: string, folder: string): string {
  cpSync(assembly, folder, { recursive: true });
  const file = join(folder, 'Careline.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type === 'AWS::Lambda::EventSourceMapping') Properties.Enabled = false;
    if (Type === 'AWS::Events::Rule') Properties.State = 'DISABLED';
  }
  writeFileSync(file, JSON.stringify(template));
  return folder;
}

/** `say` gets a sentence for each step. Rejects where a step cannot be done. */
export async function playRestoreDrill(say: (sentence: string) => void): Promise<Drill> {
  const folder = mkdtempSync(join(tmpdir(), 'restore-'));
  const [before, after] = [join(folder, 'before'), join(folder, 'after')];
  const { folder: assembly } = await synthesize();
  const template = readTemplate(assembly);
  const tableOf = (id: string) => template.resources.get(id)?.name ?? id;
  let open: { readonly cloud: Cloud; readonly operator: ReturnType<typeof operatorOf> } | undefined;
  const start = async (given: string, data: string, at: number) => {
    const cloud = await startCloud({ assembly: given, folder: data, frozenAt: at });
    open = { cloud, operator: operatorOf(cloud) };
    return open;
  };
  const stop = async () => {
    const ending = open;
    open = undefined;
    ending?.operator.sfn.destroy();
    ending?.operator.dynamodb.destroy();
    await ending?.cloud.stop();
  };
  const now = () => open?.cloud.clock.now() ?? 0;
  const ask = async (by: string, path: string, body?: object) => {
    if (!open) throw new Error('The cloud is not open.');
    const answer = await askApi(open.cloud, addressOf(by), path, body === undefined ? {} : { body });
    if (answer.status >= 300) throw new Error(`${by}, ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    await open.cloud.rest();
    return answer.body;
  };
  const does = (by: string, id: string, command: string, input: object = {}) =>
    ask(by, `/referrals/${id}/commands/${command}`, input);
  const report = async (childName: string) => {
    const { referralIds } = await ask('careline-worker', '/reports', reportOf({ name: childName }));
    const [id = ''] = referralIds as readonly string[];
    return id;
  };
  const hours = async (count: number) => void (await open?.cloud.clock.advance(count * 3_600_000));
  const mailsOf = () =>
    (open?.cloud.sent() ?? []).map(({ destinations, subject }) => `${destinations.join()} ${subject}`);

  const livesOf = async (referralId: string): Promise<Lives> => {
    if (!open) throw new Error('The cloud is not open.');
    const { sfn, dynamodb } = open.operator;
    const running = (await executionsOf(sfn)).filter(
      ({ name, status }) => name.startsWith(referralId) && status === 'RUNNING',
    );
    const waits = (await rowsOf(dynamodb, tableOf('Waits'))).filter((row) => keyOf(row) === referralId);
    return {
      running: unique(running.map(({ name }) => name.replace(/-g\d+$/, ''))),
      waiting: unique(waits.map((row) => row.runId?.S ?? '')),
    };
  };

  try {
    const first = await start(assembly, before, Date.parse(tuesday));
    const [toErase, goesOn] = [await report('Robin Example'), await report('Wren Example')];
    await does('careline-supervisor', toErase, 'propose-withdrawal', {
      because: 'made-in-error',
      reason: 'An invented reason.',
    });
    await does('careline-manager', toErase, 'agree-withdrawal');
    const ground = { ground: 'court-order', orderReference: 'Invented order 1', reason: 'An invented reason.' };
    await does('legal', toErase, 'propose-erasure', ground);
    await hours(1);
    const restoredTo = new Date(now()).toISOString();
    const restored = await readTables(first.operator.dynamodb, template, restoredTables);
    const livesBefore = await livesOf(goesOn);
    const sentBefore = new Set(mailsOf());
    say(`Two referrals are open at ${restoredTo}, the instant to restore.`);

    await hours(1);
    await does('program-manager', toErase, 'agree-erasure');
    await hours(1);
    await report('Lark Example');
    const old = await rowsOf(first.operator.dynamodb, tableOf('Ledger'));
    const kept = await readTables(first.operator.dynamodb, template, ['VaultKeys']);
    const lostAt = now();
    await stop();
    say('Since then, the identities of one were erased, and a third child was reported. Now the data is lost.');

    const erasedAgain = referralsWith(old, 'identities-erased', restoredTo);
    const lost = referralsWith(old, 'referral-opened', restoredTo);
    // The keys of KMS and the secret are no tables: they are as they were.
    for (const part of ['kms', 'secrets']) cpSync(join(before, part), join(after, part), { recursive: true });
    const { operator } = await start(closed(assembly, join(folder, 'closed')), after, lostAt);
    let removed = 0;
    for (const [id, rows] of Object.entries({ ...kept, ...restored })) {
      if (id === 'Ledger') continue;
      await write(operator.dynamodb, tableOf(id), rows);
      if (id === 'Directory') continue;
      const { KeySchema = [] } = (template.resources.get(id)?.properties ?? {}) as {
        KeySchema?: readonly { AttributeName: string }[];
      };
      for (const row of rows.filter((each) => erasedAgain.some((referralId) => isOf(each, referralId)))) {
        const Key = Object.fromEntries(
          KeySchema.flatMap(({ AttributeName: name }) => (row[name] ? [[name, row[name]]] : [])),
        );
        await operator.dynamodb.send(new DeleteItemCommand({ TableName: tableOf(id), Key }));
        removed += 1;
      }
    }
    say(
      `The vault is back, and ${removed} items of ${erasedAgain.join(', ')} are erased again. Nothing has read it yet.`,
    );
    const ledger = restored.Ledger ?? [];
    await write(operator.dynamodb, tableOf('Ledger'), ledger);
    const broken = [...brokenIn(await rowsOf(operator.dynamodb, tableOf('Ledger')))];
    const chains = new Set(ledger.map(keyOf)).size;
    await stop();
    say(`The ledger is back: ${chains} chains, of which ${broken.length} are not intact.`);

    const { cloud, operator: again } = await start(assembly, after, lostAt);
    await cloud.rest();
    await cloud.check();
    await cloud.rest();
    say('The mappings and schedules are on again. React has read each chain anew.');
    const audits = [toErase, goesOn].map((id) => ask('auditor', `/referrals/${id}/audit`));
    for (const [index, each] of (await Promise.all(audits)).entries()) {
      const { chain, alertChainsIntact } = each as unknown as Audit;
      if (!chain.intact || !alertChainsIntact) broken.push(`referral#${[toErase, goesOn][index]}`);
    }
    const queue = (await ask('careline-supervisor', '/queue')) as {
      readonly rows: readonly { readonly referralId: string }[];
    };
    const livesAfter = await livesOf(goesOn);
    const repeated = mailsOf().filter((mail) => sentBefore.has(mail));
    const vault = [...(await rowsOf(again.dynamodb, tableOf('Identities')))];
    for (const id of ['ChildIndex', 'VaultKeys']) vault.push(...(await rowsOf(again.dynamodb, tableOf(id))));
    const raisedSoFar = async () =>
      eventsIn((await ask('auditor', `/referrals/${goesOn}/audit`)) as unknown as Audit, 'checkpoint-raised').length;
    const raisedBefore = await raisedSoFar();
    let raised = false;
    for (let left = 13; left > 0 && !raised; left -= 1) {
      await hours(1);
      raised = (await raisedSoFar()) > raisedBefore;
    }
    await does('program-manager', toErase, 'agree-erasure');
    return {
      restoredTo,
      erasedAgain,
      removed,
      leftOfErased: vault.filter((row) => erasedAgain.some((id) => isOf(row, id))).length,
      leftOfOther: vault.filter((row) => isOf(row, goesOn)).length,
      lost,
      chains,
      broken,
      listed: queue.rows.map(({ referralId }) => referralId),
      before: livesBefore,
      after: livesAfter,
      repeated,
      raised,
      agreedAgain: true,
    };
  } finally {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
