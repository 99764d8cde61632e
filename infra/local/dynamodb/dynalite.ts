/**
 * The only file that knows dynalite. It uses dynalite's parts in process instead of its HTTP server. Validation and
 * actions are functions over a store. So this file can give an action a store that collects its writes (see
 * `write.ts`). Relies on the internals of dynalite 4.0.0, which is pinned.
 */
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { Refusal } from '../endpoint/service.ts';

export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;
export type Parameters = Readonly<Record<string, unknown>>;
export type Output = Record<string, unknown>;
export type BatchOperation = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };

type Callback<Result = unknown> = (error: unknown, result?: Result) => void;

/** The rows of one table or index, as dynalite's actions use them. */
export interface Rows {
  lock(key: string, run: (release: <Done>(done: Done) => Done) => void): void;
  get(key: string, callback: Callback<Item>): void;
  put(key: string, row: Item, callback: Callback): void;
  del(key: string, callback: Callback): void;
  createValueStream(range: Range): Readable;
}

export interface Range {
  readonly gt?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly gte?: string;
  readonly reverse?: boolean;
}

/** An open iterator of the store over the values of a range. */
export interface Values {
  next(): Promise<unknown>;
  /** The next values, so many at most. None at the end. */
  nextv(count: number): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

export interface TableRow {
  readonly TableName: string;
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly GlobalSecondaryIndexes?: readonly IndexRow[];
}

export interface IndexRow {
  readonly IndexName: string;
  readonly KeySchema: TableRow['KeySchema'];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}

export interface Store {
  readonly options: unknown;
  readonly db: {
    open(): Promise<void>;
    close(): Promise<void>;
    batch(operations: readonly BatchOperation[]): Promise<void>;
    iterator(range: Range): AsyncIterable<[string, unknown]>;
    values(range: Range): Values;
    createValueStream(range: Range): Readable;
  };
  getTable(name: string, checkStatus: boolean | Callback<TableRow>, callback?: Callback<TableRow>): void;
  getItemDb(table: string): Rows;
  getIndexDb(type: string, table: string, index: string): Rows;
}

/** What an action sees of a store. */
export type ActionStore = Pick<Store, 'options' | 'getTable' | 'getItemDb' | 'getIndexDb'>;

const load = createRequire(import.meta.url);

const internals = load('dynalite/db') as {
  create(options: { path?: string }): Store;
  createKey(item: Item, table: TableRow): string;
  createIndexKey(item: Item, table: TableRow, keys: TableRow['KeySchema']): string;
  itemSize(item: Item): number;
};
const validation = load('dynalite/validations') as {
  checkTypes(input: unknown, types: unknown): Parameters;
  checkValidations(input: Parameters, types: unknown, custom: unknown, store: ActionStore): void;
};

export const { createKey, createIndexKey, itemSize } = internals;

interface ParsingContext {
  readonly attrNames?: unknown;
  readonly attrVals?: unknown;
  readonly isKeyCondition?: boolean;
  /** By name: what no expression has used yet. The parser deletes what this one uses. */
  readonly unusedAttrNames: Record<string, true>;
  readonly unusedAttrVals: Record<string, true>;
}
interface Parser {
  parse(expression: string, options: { readonly context: ParsingContext }): unknown;
}

const mostExpressions = 2000;

/**
 * A function asks for the same key again and again, and parsing its expression is most of the work. So results are
 * remembered.
 */
function rememberExpressions(parser: Parser): void {
  const parse = parser.parse.bind(parser);
  const known = new Map<string, { readonly result: unknown; readonly names: string[]; readonly values: string[] }>();
  parser.parse = (expression, options) => {
    const { attrNames, attrVals, isKeyCondition, unusedAttrNames, unusedAttrVals } = options.context;
    const key = JSON.stringify([expression, attrNames, attrVals, isKeyCondition]);
    let found = known.get(key);
    if (!found) {
      const [names, values] = [Object.keys(unusedAttrNames), Object.keys(unusedAttrVals)];
      const result = parse(expression, options);
      const used = (all: string[], unused: object) => all.filter((name) => !Object.hasOwn(unused, name));
      found = { result, names: used(names, unusedAttrNames), values: used(values, unusedAttrVals) };
      if (known.size >= mostExpressions) known.clear();
      known.set(key, found);
    }
    for (const name of found.names) delete unusedAttrNames[name];
    for (const name of found.values) delete unusedAttrVals[name];
    return found.result;
  };
}
rememberExpressions(load('dynalite/db/conditionParser') as Parser);

const operation = (name: string) => {
  const { types, custom } = load(`dynalite/validations/${name}`) as { types: Record<string, unknown>; custom: unknown };
  const act = load(`dynalite/actions/${name}`) as (
    store: ActionStore,
    input: Parameters,
    callback: Callback<Output>,
  ) => void;
  return { types, custom, act };
};
const operations = {
  GetItem: operation('getItem'),
  BatchGetItem: operation('batchGetItem'),
  Query: operation('query'),
  Scan: operation('scan'),
  PutItem: operation('putItem'),
  UpdateItem: operation('updateItem'),
  DeleteItem: operation('deleteItem'),
  BatchWriteItem: operation('batchWriteItem'),
};

export type Operation = keyof typeof operations;
export const operationNames = Object.keys(operations);

export function isOperation(name: string): name is Operation {
  return Object.hasOwn(operations, name);
}

/** The keys under which dynalite keeps the rows of a table and of its global indexes. */
export const itemPrefix = (table: string) => `item-${table}~`;
export const indexPrefix = (table: string, index: string) => `index-global~${table}~${index}~`;
export const tableKey = (table: string) => `table~${table}`;

/** Opens the LevelDB in `path`, or one in memory. Rejects where another process has it open. */
export async function openStore(path: string | undefined): Promise<Store> {
  const store = internals.create(path === undefined ? {} : { path });
  await store.db.open();
  streamInBatches(store.db);
  return withKnownTables(store);
}

const mostAtOnce = 64;

/**
 * Dynalite asks the store for the rows of a query one by one, and loads a module for each query. It also ends an iterator by
 * `return`, where the store's have `close`. So each would stay open for good, with a snapshot that LevelDB must keep:
 * 0.1 MB for each invocation. Here the rows come in batches that grow, because most queries want few.
 */
function streamInBatches(db: Store['db']): void {
  db.createValueStream = (range) => {
    const values = db.values(range);
    let count = 2;
    return new Readable({
      objectMode: true,
      async read() {
        try {
          const rows = await values.nextv(count);
          if (this.destroyed) return;
          count = Math.min(2 * count, mostAtOnce);
          for (const row of rows) this.push(row);
          if (rows.length === 0) this.push(null);
        } catch (error) {
          this.destroy(error as Error);
        }
      },
      destroy(error, callback) {
        values.close().then(() => callback(error), callback);
      },
    });
  };
}

/**
 * Dynalite reads a table's description before each call. Here the template describes the table, so the description is
 * read from disk once.
 */
function withKnownTables(store: Store): Store {
  const known = new Map<string, TableRow>();
  return {
    ...store,
    getTable(name, checkStatus, callback) {
      const answer = typeof checkStatus === 'function' ? checkStatus : callback;
      const row = known.get(name);
      if (row) return queueMicrotask(() => answer?.(null, row));
      store.getTable(name, true, (error, found) => {
        if (!error && found) known.set(name, found);
        answer?.(error, found);
      });
    },
  };
}

/** Parameters that dynalite does not know, and would silently ignore. */
export function unknownParameters(name: Operation, input: Parameters): string[] {
  return Object.keys(input).filter((parameter) => !Object.hasOwn(operations[name].types, parameter));
}

/** Dynalite refuses by an error with the answer in it. */
function asRefusal(error: unknown): unknown {
  const { statusCode, body } = error as { statusCode?: number; body?: { __type?: string; message?: string } };
  if (statusCode === undefined) return error;
  const { __type = '', message, ...fields } = body ?? {};
  return new Refusal(__type.slice(__type.indexOf('#') + 1), message, statusCode, fields);
}

/** Checks and completes a call's parameters, in place: expressions are parsed, key conditions are in `KeyConditions`. Throws a refusal. */
export function validate(name: Operation, input: Parameters, store: ActionStore): Parameters {
  const { types, custom } = operations[name];
  try {
    const checked = validation.checkTypes(input, types);
    validation.checkValidations(checked, types, custom, store);
    return checked;
  } catch (error) {
    throw asRefusal(error);
  }
}

/**
 * Runs a validated call. An exception inside dynalite's callbacks rejects instead of ending the process. `onRow` hears of each
 * row that is read, with the name of its table.
 */
export function act(
  name: Operation,
  parameters: Parameters,
  store: ActionStore,
  onRow: (table: string, row: Item) => void = () => undefined,
): Promise<Output> {
  return new Promise((resolve, reject) => {
    const guarded =
      <Arguments extends unknown[]>(callback: (...given: Arguments) => void) =>
      (...given: Arguments) => {
        try {
          callback(...given);
        } catch (error) {
          reject(asRefusal(error));
        }
      };
    const guardedRows = (rows: Rows, table: string): Rows => ({
      ...rows,
      get: (key, callback) =>
        rows.get(
          key,
          guarded((error, row) => {
            if (row) onRow(table, row);
            callback(error, row);
          }),
        ),
      createValueStream(range) {
        const stream = rows.createValueStream(range);
        const on = stream.on.bind(stream);
        // `listener` is how an emitter finds a wrapped listener again to remove it.
        return Object.assign(stream, {
          on(event: string, listener: (...given: unknown[]) => void) {
            const hears = guarded((...given: unknown[]) => {
              if (event === 'data') onRow(table, given[0] as Item);
              listener(...given);
            });
            return on(event, Object.assign(hears, { listener }));
          },
        });
      },
    });
    const guardedStore: ActionStore = {
      options: store.options,
      getTable: (table, checkStatus, callback) =>
        typeof checkStatus === 'function'
          ? store.getTable(table, guarded(checkStatus))
          : store.getTable(table, checkStatus, callback && guarded(callback)),
      getItemDb: (table) => guardedRows(store.getItemDb(table), table),
      getIndexDb: (type, table, index) => guardedRows(store.getIndexDb(type, table, index), table),
    };
    operations[name].act(guardedStore, parameters, (error, output) =>
      error ? reject(asRefusal(error)) : resolve(output ?? {}),
    );
  });
}
