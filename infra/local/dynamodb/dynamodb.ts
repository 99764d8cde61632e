/** DynamoDB of the embedded cloud: the template's tables on LevelDB, with streams, expiry, permissions and capacity. */
import { isDeepStrictEqual } from 'node:util';
import type { Activity, MovableClock } from '../clock/clock.ts';
import { parseJson } from '../endpoint/json.ts';
import { type Authorize, type AwsResponse, type AwsService, type Principal, Refusal } from '../endpoint/service.ts';
import type { UseKey } from '../kms/kms.ts';
import type { Template } from '../template/template.ts';
import { accessesOf, authorizeCall, tableArn } from './access.ts';
import { createAnswers } from './answers.ts';
import {
  type ActionStore,
  act,
  type Item,
  isOperation,
  type Operation,
  type Output,
  openStore,
  operationNames,
  type Parameters,
  type Range,
  type Store,
  tableKey,
  unknownParameters,
  validate,
} from './dynalite.ts';
import { startExpiry } from './expiry.ts';
import { indexRowKey } from './rows.ts';
import { openStreams } from './streams.ts';
import { createStreamsService } from './streams-service.ts';
import { describe, type Table, tablesOf } from './tables.ts';
import { readUnits } from './units.ts';
import { createWrite } from './write.ts';

export interface Units {
  readonly read: number;
  readonly write: number;
}

export interface DynamoDbOptions {
  readonly template: Template;
  readonly clock: MovableClock;
  readonly activity: Activity;
  readonly authorize: Authorize;
  readonly useKey: UseKey;
  /** The LevelDB is `<folder>/dynamodb`; without a folder everything is in memory. */
  readonly folder?: string;
}

const target = 'DynamoDB_20120810.';
const writing: readonly Operation[] = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];
const conditional: readonly Operation[] = ['PutItem', 'UpdateItem', 'DeleteItem'];

/**
 * Makes the template's tables where they are absent. Rejects with a sentence for a table property that is not
 * reproduced, and for a folder in use. Also for a folder whose tables have other keys or indexes than the template.
 */
export async function createDynamoDb(options: DynamoDbOptions) {
  const { authorize, clock, activity, folder } = options;
  const tables = tablesOf(options.template);
  const store = await openStore(folder === undefined ? undefined : `${folder}/dynamodb`).catch((cause: unknown) => {
    const sentence = isLocked(cause)
      ? 'cannot be opened: is it in use by another process?'
      : 'is damaged and cannot be opened. Move the data folder aside to start anew.';
    throw new Error(`The database in ${folder} ${sentence}`, { cause });
  });
  const createdAt = await ensureTables(store, tables, clock.now());
  const streams = await openStreams(store, tables.values(), clock);
  const answers = createAnswers();
  const write = createWrite(store, tables, streams, answers.forget);
  const stopExpiry = startExpiry({ tables: tables.values(), store, write, clock, activity });
  const used = new Map<string | undefined, { read: number; write: number }>();
  const use = (principal: Principal, kind: keyof Units, units: number) => {
    const user = principal.kind === 'function' ? principal.logicalId : undefined;
    const before = used.get(user) ?? { read: 0, write: 0 };
    used.set(user, { ...before, [kind]: before[kind] + units });
  };

  const find = (name: unknown): Table => {
    const table = tables.get(String(name));
    if (table) return table;
    throw new Refusal('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
  };

  const describing: Readonly<Record<string, (input: Parameters, principal: Principal) => Output>> = {
    ListTables(input, principal) {
      authorize(principal, 'dynamodb:ListTables', '*');
      if (Object.keys(input).length > 0)
        throw new Refusal('ValidationException', 'The embedded DynamoDB lists all its tables at once.');
      return { TableNames: [...tables.keys()].sort() };
    },
    DescribeTable({ TableName }, principal) {
      authorize(principal, 'dynamodb:DescribeTable', tableArn(String(TableName), tables));
      return { Table: describe(find(TableName), createdAt.get(String(TableName)) ?? 0) };
    },
  };

  const read = async (operation: Operation, request: string, principal: Principal): Promise<AwsResponse> => {
    const input = parseJson(request) as Parameters;
    const { parameters, accesses } = prepare(operation, input, principal);
    const keepAnswer = answers.begin(operation, request, accesses);
    const rows = new Map<string, Item[]>();
    const output = await act(operation, parameters, readingStore(store, parameters, tables), (table, row) => {
      const before = rows.get(table);
      if (before) before.push(row);
      else rows.set(table, [row]);
    });
    const units = readUnits(operation, parameters, output, rows);
    use(principal, 'read', units);
    const body = JSON.stringify(output);
    keepAnswer(body, units);
    return succeed(body);
  };

  const change = async (operation: Operation, input: Parameters, principal: Principal): Promise<Output> => {
    const { ours, parameters } = prepare(operation, input, principal);
    const showOldOnFailure = ours.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
    const { output, units } = await write(operation, parameters, { showOldOnFailure }).catch((error: unknown) => {
      use(principal, 'write', 1);
      throw error;
    });
    for (const { item, index } of units.values()) use(principal, 'write', item + index);
    return output;
  };

  const prepare = (operation: Operation, input: Parameters, principal: Principal) => {
    const { ours, dynalites } = splitParameters(operation, input);
    const parameters = validate(operation, dynalites, store);
    const accesses = accessesOf(operation, parameters, tables);
    authorizeCall(options, principal, operation, accesses, tables);
    return { ours, parameters, accesses };
  };

  const stop = async () => {
    stopExpiry();
    await store.db.close();
  };
  const service: AwsService = {
    stop,
    operations: [...Object.keys(describing), ...operationNames].map((name) => `dynamodb:${name}`),
    handles: ({ headers }) => headers['x-amz-target']?.startsWith(target) ?? false,
    async handle({ headers, body, principal }) {
      const name = headers['x-amz-target']?.slice(target.length) ?? '';
      const text = body.toString('utf8');
      const describeIt = Object.hasOwn(describing, name) ? describing[name] : undefined;
      if (describeIt) return succeed(JSON.stringify(describeIt(parseJson(text) as Parameters, principal)));
      if (!isOperation(name)) throw refusal(name);
      if (writing.includes(name))
        return succeed(JSON.stringify(await change(name, parseJson(text) as Parameters, principal)));
      const known = answers.find(name, text);
      if (!known) return read(name, text, principal);
      authorizeCall(options, principal, name, known.accesses, tables);
      use(principal, 'read', known.units);
      return succeed(known.body);
    },
  };

  return {
    service,
    streamsService: createStreamsService({ tables, streams, authorize }),
    streams,
    stop,
    /**
     * Capacity units used since the start, counted as AWS bills them. Reads count in steps of 4 KB, half where they are
     * not consistent. Writes count in steps of 1 KB. A write costs the larger of the item before and after, plus each
     * index row that changes. A refused condition counts one unit. Expiry is free.
     */
    units: (): Units => ({
      read: [...used.values()].reduce((sum, { read }) => sum + read, 0),
      write: [...used.values()].reduce((sum, { write }) => sum + write, 0),
    }),
    /** The same units, by the logical id of the function that used them. Those of operators are left out. */
    unitsByFunction: (): ReadonlyMap<string, Units> =>
      new Map([...used].flatMap(([id, units]) => (id === undefined ? [] : [[id, units]]))),
  };
}

/** `body` is JSON. */
const succeed = (body: string): AwsResponse => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body,
});

/** LevelDB's own error is the cause of the one that tells of it. */
const isLocked = (error: unknown): boolean =>
  error instanceof Error && ((error as { code?: string }).code === 'LEVEL_LOCKED' || isLocked(error.cause));

function refusal(operation: string): Refusal {
  const why = /^(Create|Update|Delete)Table$|^UpdateTimeToLive$|TagResource$/.test(operation)
    ? 'its tables are what the template says: change the stack instead'
    : 'it has no transactions, PartiQL, backups, exports or global tables';
  return new Refusal('UnknownOperationException', `The embedded DynamoDB does not offer ${operation}: ${why}.`);
}

/** Takes out the parameters that this front does itself and refuses what neither it nor dynalite does. */
function splitParameters(operation: Operation, input: Parameters) {
  const { ReturnValuesOnConditionCheckFailure, ...others } = input;
  const ours = conditional.includes(operation) ? { ReturnValuesOnConditionCheckFailure } : {};
  const dynalites = conditional.includes(operation) ? others : input;
  // Every read of a table is consistent here.
  const consistentScan = operation === 'Scan' && input.IndexName === undefined;
  const unknown =
    unknownParameters(operation, dynalites).find((name) => !(consistentScan && name === 'ConsistentRead')) ??
    // What a call costs is counted here, and told by `units` alone.
    Object.keys(input).find((name) => name === 'ReturnConsumedCapacity');
  if (unknown === undefined) return { ours, dynalites };
  throw new Refusal('ValidationException', `The embedded DynamoDB does not support ${unknown} in ${operation}.`);
}

/** A page of an index may start after a given row. The key of that row is the whole one that `indexRowKey` wrote. */
function readingStore(store: Store, parameters: Parameters, tables: ReadonlyMap<string, Table>): ActionStore {
  const start = parameters.ExclusiveStartKey as Item | undefined;
  if (!start || parameters.IndexName === undefined) return store;
  return {
    options: store.options,
    getTable: store.getTable,
    getItemDb: store.getItemDb,
    getIndexDb(type, tableName, indexName) {
      const rows = store.getIndexDb(type, tableName, indexName);
      const schema = tables.get(tableName)?.schema;
      const index = schema?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === indexName);
      if (!schema || !index) return rows;
      const key = indexRowKey(start, schema, index);
      return {
        ...rows,
        createValueStream: (range: Range) =>
          rows.createValueStream({ ...range, ...(range.reverse ? { lt: key } : { gt: key }) }),
      };
    },
  };
}

interface StoredTable {
  readonly schema: Table['schema'];
  readonly createdAt: number;
}

/** Returns when each table was made, epoch milliseconds. */
async function ensureTables(
  store: Store,
  tables: ReadonlyMap<string, Table>,
  now: number,
): Promise<Map<string, number>> {
  const createdAt = new Map<string, number>();
  for (const { name, schema } of tables.values()) {
    const key = tableKey(name);
    let found: (StoredTable & Record<string, unknown>) | undefined;
    for await (const [, value] of store.db.iterator({ gte: key, lte: key })) found = value as typeof found;
    if (found && !isDeepStrictEqual(found.schema, schema)) {
      throw new Error(
        `The table ${name} in the data folder has other keys or indexes than the template: move the folder aside.`,
      );
    }
    if (!found) {
      const made: StoredTable = { schema, createdAt: now };
      await store.db.batch([{ type: 'put', key, value: { ...schema, TableStatus: 'ACTIVE', ...made } }]);
    }
    createdAt.set(name, found?.createdAt ?? now);
  }
  return createdAt;
}
