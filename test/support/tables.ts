/**
 * The tables in memory, with the real stores on top. The tables are the simulator's, or the embedded DynamoDB's.
 */

import { BatchWriteItemCommand, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { sampleDirectory } from '../../infra/local/samples/directory.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import type { Door } from '../../shared/domain/audit/act-log.ts';
import { policyOf, released } from '../../shared/policy/policies.ts';
import { createBoard } from '../../shared/store/board.ts';
import { type CommitCodes, codesInProcess } from '../../shared/store/commit-codes.ts';
import { createCursors } from '../../shared/store/cursors.ts';
import { createDataKeys } from '../../shared/store/data-keys.ts';
import { byChains } from '../../shared/store/directory-by-chains.ts';
import { createDirectory } from '../../shared/store/directory-reads.ts';
import { createDirectoryWrites } from '../../shared/store/directory-writes.ts';
import { type EntryCheck, entryCodesInProcess, type Item, withCode } from '../../shared/store/entries.ts';
import { createFacts } from '../../shared/store/facts.ts';
import { createIdentities } from '../../shared/store/identities.ts';
import { createLedger } from '../../shared/store/ledger.ts';
import { createSessions } from '../../shared/store/sessions.ts';
import { createVaultIndex } from '../../shared/store/vault-index.ts';
import { createWaits } from '../../shared/store/waits.ts';
import { type KeyWrapping, wrapInProcess } from '../../shared/store/wrapping-key.ts';
import { startCloud } from '../infra/local/dynamodb/cloud.ts';
import { createMemoryTables, type TableName } from '../simulate/memory-tables.ts';

const keys = (hash: string, range?: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' }]),
];

/** A table whose key attributes are all texts, except `seq`. */
function table(
  key: readonly [string, string?],
  indexes: Readonly<Record<string, readonly [string, string?]>> = {},
  more: object = {},
) {
  const names = new Set([key, ...Object.values(indexes)].flat().filter((name) => name !== undefined));
  const made = Object.entries(indexes).map(([IndexName, [hash, range]]) => ({
    IndexName,
    KeySchema: keys(hash, range),
    Projection: { ProjectionType: 'ALL' },
  }));
  return {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      KeySchema: keys(...key),
      AttributeDefinitions: [...names].map((AttributeName) => ({
        AttributeName,
        AttributeType: AttributeName === 'seq' ? 'N' : 'S',
      })),
      ...(made.length > 0 && { GlobalSecondaryIndexes: made }),
      ...more,
    },
  };
}

const allTables = {
  Ledger: table(['pk', 'seq'], { ByInstant: ['foundAs', 'foundAt'] }),
  Identities: table(['pk'], {
    ByPending: ['pending', 'pendingSince'],
    ByIndexKey: ['indexedBy', 'pk'],
    ByReferral: ['referralId', 'pk'],
  }),
  ChildIndex: table(['pk', 'sk']),
  Board: table(['pk', 'sk'], { ByQueue: ['queue', 'order'], ByOwner: ['owner', 'order'], ByTurn: ['turn', 'sk'] }),
  Waits: table(['pk', 'sk']),
  Cursors: table(['pk', 'sk']),
  Facts: table(['pk', 'sk']),
  Directory: table(['pk', 'sk'], { ByEmail: ['email'], BySub: ['sub'] }),
  VaultKeys: table(['pk']),
  Sessions: table(['pk'], {}, { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } }),
};
export type Tables = ReturnType<typeof startTables>;
export type DynamoTables = Awaited<ReturnType<typeof startDynamoTables>>;

const releasedPolicies = { policyOf, released };

/** The real stores over a client, with the released policies, or others for a test of versions. */
function storesOver(client: DynamoDBClient, policies: typeof releasedPolicies, random: () => number) {
  const openLedger = (
    options: {
      readonly client?: DynamoDBClient;
      readonly pause?: (milliseconds: number) => Promise<void>;
      readonly codes?: CommitCodes;
      readonly door?: Door;
    } = {},
  ) =>
    createLedger({
      client: options.client ?? client,
      table: 'Ledger',
      ...policies,
      random,
      pause: options.pause ?? (async () => {}),
      codes: options.codes ?? codesInProcess('door'),
      door: options.door,
    });
  const ledger = openLedger();
  const wrapping = wrapInProcess();
  const openDirectory = (entries: EntryCheck = entryCodesInProcess()) =>
    createDirectory({ client, table: 'Directory', entries });
  const directoryRows = openDirectory();
  let forged = 0;
  /** A vault of its own, as another process would have it: it holds no data key yet. */
  const openVault = (given: KeyWrapping = wrapping, now = () => 0) => ({
    ...createIdentities({
      client,
      table: 'Identities',
      keys: createDataKeys({ client, table: 'VaultKeys', wrapping: given, now }),
    }),
    ...createVaultIndex({ client, table: 'ChildIndex', vault: 'Identities' }),
  });
  return {
    client,
    wrapping,
    openVault,
    dataKeys: createDataKeys({ client, table: 'VaultKeys', wrapping, now: () => 0 }),
    /** A ledger of its own, as another process would have it: it has read nothing yet. */
    openLedger,
    ledger,
    identities: openVault(),
    board: createBoard({ client, table: 'Board' }),
    waits: createWaits({ client, table: 'Waits' }),
    facts: createFacts({ client, table: 'Facts' }),
    cursors: createCursors({ client, table: 'Cursors', codes: codesInProcess('task') }),
    directory: { ...byChains(directoryRows, ledger), ...createDirectoryWrites({ client, table: 'Directory' }) },
    /** A directory of its own, as another process would have it. */
    openDirectory: (entries?: EntryCheck, chains: Parameters<typeof byChains>[1] = ledger) =>
      byChains(openDirectory(entries), chains),
    /** The rows alone, as the sweep and React read them. */
    directoryRows,
    sessions: createSessions({
      client,
      table: 'Sessions',
      codeOf: async (...texts) => createDigests('the key of the sessions of these tests').hex(...texts),
      onForged: () => {
        forged += 1;
      },
    }),
    /** How many rows of sessions did not carry their code. */
    forgedSessions: () => forged,
  };
}

const marshalled = (item: object) => marshall(item, { removeUndefinedValues: true });

/** Each writing of these tests has a later instant than the one before. */
const writing = { count: 0 };

/** The item as the command writes it into the directory, with its code. */
export function entered(item: Item): Promise<Item> {
  writing.count += 1;
  const writtenAt = new Date(Date.UTC(2026, 0, 1) + writing.count).toISOString();
  return withCode(entryCodesInProcess(), item, { writtenBy: 'these tests', writtenAt });
}

/** Over the simulator's tables: many times as fast as DynamoDB's wire protocol, which `startDynamoTables` speaks. */
export function startTables(policies = releasedPolicies, random = () => 0.5) {
  const tables = createMemoryTables(new Map(), () => undefined);
  const client = tables.client(
    () => 1,
    () => true,
  );
  const put = async (name: TableName, items: readonly object[]): Promise<void> => {
    for (const item of items) tables.put(name, marshalled(item));
  };
  const enter = async (items: readonly object[]): Promise<void> => {
    for (const item of items) tables.put('Directory', await entered(marshalled(item)));
  };
  return {
    ...storesOver(client, policies, random),
    /** Writes and pages read so far. */
    units: tables.units,
    seedDirectory: () => enter(sampleDirectory()),
    enter,
    /** Everything that a table holds. */
    items: async (name: TableName): Promise<readonly Record<string, unknown>[]> =>
      tables.items(name).map((item) => unmarshall(item)),
    /** Puts items as they are, past every store: for what a store would refuse to write. */
    put,
    stop: async (): Promise<void> => {},
  };
}

/** Over the embedded DynamoDB: for the stores' own tests. */
export async function startDynamoTables(policies = releasedPolicies, random = () => 0.5) {
  const cloud = await startCloud({ resources: allTables });
  const client = cloud.near;
  const put = async (name: TableName, items: readonly object[]): Promise<void> => {
    for (let first = 0; first < items.length; first += 25) {
      const requests = items.slice(first, first + 25).map((item) => ({ PutRequest: { Item: marshalled(item) } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: requests } }));
    }
  };
  const enter = async (items: readonly object[]): Promise<void> => {
    const written = await Promise.all(items.map((item) => entered(marshalled(item))));
    await put(
      'Directory',
      written.map((item) => unmarshall(item)),
    );
  };
  return {
    ...storesOver(client, policies, random),
    /** A client to which a test can add a middleware. */
    newClient: cloud.newNear,
    /** Capacity units used so far. */
    units: cloud.units,
    seedDirectory: () => enter(sampleDirectory()),
    async items(name: TableName): Promise<readonly Record<string, unknown>[]> {
      const found: Record<string, unknown>[] = [];
      for await (const { Items = [] } of paginateScan({ client }, { TableName: name })) {
        found.push(...Items.map((item) => unmarshall(item)));
      }
      return found;
    },
    put,
    enter,
    stop: cloud.stop,
  };
}
