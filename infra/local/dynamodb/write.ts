/**
 * Writes. dynalite decides what a write does, in a store that only collects it. Then item, index rows and stream
 * records go to LevelDB as one atomic batch. A process that is killed at any point leaves all of them or none. So no
 * stream record is lost or doubled, and an index never differs from its table.
 */
import { Readable } from 'node:stream';
import { Refusal } from '../endpoint/service.ts';
import {
  type ActionStore,
  act,
  type BatchOperation,
  type Item,
  itemPrefix,
  type Operation,
  type Output,
  type Parameters,
  type Rows,
  type Store,
} from './dynalite.ts';
import { type Change, indexWrites, itemWriteUnits } from './rows.ts';
import type { Streams } from './streams.ts';
import type { Table } from './tables.ts';

export interface Written {
  readonly output: Output;
  /** Write units by table: items and, apart, index rows. */
  readonly units: ReadonlyMap<string, { readonly item: number; readonly index: number }>;
}

export type Write = (
  operation: Operation,
  parameters: Parameters,
  options?: { readonly expired?: boolean; readonly showOldOnFailure?: boolean },
) => Promise<Written>;

/**
 * Writes take place one after the other over all tables. Rejects with a refusal, writing nothing. `onWritten` is told
 * what changed before the caller is.
 */
export function createWrite(
  store: Store,
  tables: ReadonlyMap<string, Table>,
  streams: Streams,
  onWritten: (changes: readonly Change[]) => void,
): Write {
  let queue: Promise<unknown> = Promise.resolve();

  const write: Write = async (operation, parameters, { expired = false, showOldOnFailure = false } = {}) => {
    const collected = collectingStore(store, tables, operation);
    let output: Output;
    try {
      output = await act(operation, parameters, collected.store);
    } catch (error) {
      throw showOldOnFailure ? withOldItem(error, collected.seen()) : error;
    }
    const changes = collected.changes();
    const units = new Map<string, { item: number; index: number }>();
    const operations: BatchOperation[] = [];
    for (const { table, change } of changes) {
      const indexes = indexWrites(change);
      const key = itemPrefix(table.name) + change.key;
      operations.push(change.after ? { type: 'put', key, value: change.after } : { type: 'del', key });
      operations.push(...indexes.operations);
      const sum = units.get(table.name) ?? { item: 0, index: 0 };
      units.set(table.name, { item: sum.item + itemWriteUnits(change), index: sum.index + indexes.units });
    }
    const records = streams.prepare(changes, expired);
    await store.db.batch([...operations, ...records.operations]);
    onWritten(changes.map(({ change }) => change));
    records.publish();
    return { output, units };
  };

  return (...given) => {
    const turn = queue.then(() => write(...given));
    queue = turn.catch(() => undefined);
    return turn;
  };
}

/** A store whose reads are real and whose writes are only remembered. Index rows are left to `indexWrites`. */
function collectingStore(store: Store, tables: ReadonlyMap<string, Table>, operation: Operation) {
  const before = new Map<string, Item | undefined>();
  const collected: { table: Table; key: string; after?: Item }[] = [];
  const place = (table: string, key: string) => itemPrefix(table) + key;

  const itemRows = (name: string): Rows => {
    const rows = store.getItemDb(name);
    const remember = (key: string, after?: Item) => {
      const table = tables.get(name);
      if (table) collected.push({ table, key, ...(after && { after }) });
    };
    return {
      // Writes are in a queue already, so nothing else can touch the row.
      lock: (_key, run) => run((done) => done),
      get: (key, callback) =>
        rows.get(key, (error, item) => {
          // An update changes the item that it was given.
          const kept = operation === 'UpdateItem' && item ? (structuredClone(item) as Item) : item;
          before.set(place(name, key), kept);
          callback(error, item);
        }),
      put: (key, row, callback) => {
        remember(key, row);
        callback(null);
      },
      del: (key, callback) => {
        remember(key);
        callback(null);
      },
      createValueStream: (range) => rows.createValueStream(range),
    };
  };
  const indexRows: Rows = {
    lock: (_key, run) => run((done) => done),
    get: (_key, callback) => callback(null),
    put: (_key, _row, callback) => callback(null),
    del: (_key, callback) => callback(null),
    createValueStream: () => Readable.from([]),
  };
  const collecting: ActionStore = {
    options: store.options,
    getTable: store.getTable,
    getItemDb: itemRows,
    getIndexDb: () => indexRows,
  };
  return {
    store: collecting,
    seen: () => [...before.values()][0],
    changes: () =>
      collected.map(({ table, key, after }) => {
        const old = before.get(place(table.name, key));
        const change: Change = { schema: table.schema, key, ...(old && { before: old }), ...(after && { after }) };
        return { table, change };
      }),
  };
}

function withOldItem(error: unknown, item: Item | undefined): unknown {
  const isOfItem = item && error instanceof Refusal && error.name === 'ConditionalCheckFailedException';
  return isOfItem ? new Refusal(error.name, error.message, error.status, { Item: item }) : error;
}
