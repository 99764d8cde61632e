/** DynamoDB in memory: the few operations that the stores use, exactly as strict as they need, in place of a client's `send`. */
import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { inPlaceOf } from './client.ts';
import { compare, conditionOf, keyConditionOf, type Names, plain, type Values } from './conditions.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

const keys = {
  Ledger: ['pk', 'seq'],
  Identities: ['pk'],
  Board: ['pk', 'sk'],
  Waits: ['pk', 'sk'],
  Cursors: ['pk', 'sk'],
  Directory: ['pk', 'sk'],
  Sessions: ['pk'],
} as const;
export type TableName = keyof typeof keys;

/** The attributes by which an index finds an item, and by which it sorts. */
const indexes = {
  ByInstant: ['foundAs', 'foundAt'],
  ByPending: ['pending', 'pendingSince'],
  ByIndexKey: ['indexedBy', 'pk'],
  ByReferral: ['referralId', 'pk'],
  ByQueue: ['queue', 'order'],
  ByOwner: ['owner', 'order'],
  ByEmail: ['email', 'pk'],
  BySub: ['sub', 'pk'],
} as const;
type IndexName = keyof typeof indexes;
const indexed: readonly (readonly [TableName, IndexName])[] = [
  ['Ledger', 'ByInstant'],
  ['Identities', 'ByPending'],
  ['Board', 'ByQueue'],
];
const indexedForDoors: typeof indexed = [
  ...indexed,
  ['Identities', 'ByIndexKey'],
  ['Identities', 'ByReferral'],
  ['Board', 'ByOwner'],
  ['Directory', 'ByEmail'],
  ['Directory', 'BySub'],
];

const meets = (condition: string | undefined, item: Item | undefined, names: Names, values: Values): boolean =>
  condition === undefined || conditionOf(condition)(item, names, values);

const refused = () => new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });

export type MemoryTables = ReturnType<typeof createMemoryTables>;

/** The items of one key in the order of their sort key, which nearly always is the order of their coming. */
interface Partition {
  readonly items: Map<string, Item>;
  sorted: Item[] | undefined;
}

/**
 * `directory` is read and never written, so that cases may share it. `onAppend` is told of each new item of the ledger.
 * `forDoors`: they know all that the doors ask as well, a directory that is written and pages; and a commit may be written over,
 * as by somebody who goes past the stores. The simulator goes without: its fixed seeds' ledgers were written so.
 */
export function createMemoryTables(
  directory: ReadonlyMap<string, readonly Item[]>,
  onAppend: (item: Item) => void,
  forDoors = false,
) {
  const everyIndex = forDoors ? indexedForDoors : indexed;
  const tables = new Map<string, Map<string, Partition>>();
  /** By table and index, then by the value that the index finds. */
  const byIndex = new Map<string, Map<string, Map<string, Item>>>();
  const units = { read: 0, write: 0 };
  for (const name of Object.keys(keys)) tables.set(name, new Map());
  for (const [name, index] of everyIndex) byIndex.set(`${name}.${index}`, new Map());

  const keyOf = (table: TableName, item: Item): readonly [string, string?] => {
    const [pk, sk] = keys[table];
    return sk === undefined ? [String(plain(item[pk]))] : [String(plain(item[pk])), String(plain(item[sk]))];
  };
  const partition = (table: string, pk: string) => {
    const whole = tables.get(table);
    if (!whole) throw new Error(`There is no table ${table}.`);
    let found = whole.get(pk);
    if (!found) {
      found = { items: new Map(), sorted: [] };
      whole.set(pk, found);
    }
    return found;
  };
  const set = (table: TableName, item: Item | undefined, key: readonly [string, string?]) => {
    units.write += 1;
    const [pk, sk = ''] = key;
    const held = partition(table, pk);
    const last = held.sorted?.at(-1);
    const name = keys[table][1] ?? 'pk';
    if (item && (!last || compare(plain(last[name]), plain(item[name])) < 0)) held.sorted?.push(item);
    else held.sorted = undefined;
    const before = held.items.get(sk);
    if (item) held.items.set(sk, item);
    else held.items.delete(sk);
    for (const [name, index] of everyIndex) {
      if (name !== table) continue;
      const found = byIndex.get(`${name}.${index}`);
      const attribute = indexes[index][0];
      const [was, is] = [before?.[attribute]?.S, item?.[attribute]?.S];
      if (was !== undefined) found?.get(was)?.delete(`${pk}#${sk}`);
      if (is === undefined || !item) continue;
      const same = found?.get(is) ?? new Map<string, Item>();
      found?.set(is, same.set(`${pk}#${sk}`, item));
    }
  };
  const isShared = (table: TableName) => table === 'Directory' && !forDoors;
  const get = (table: TableName, [pk, sk = '']: readonly [string, string?]): Item | undefined =>
    isShared(table)
      ? directory.get(pk)?.find((item) => plain(item.sk) === sk)
      : tables.get(table)?.get(pk)?.items.get(sk);

  const bySort = (items: Iterable<Item>, name: string): Item[] =>
    [...items].toSorted((one, other) => compare(plain(one[name]), plain(other[name])));

  function sortedIn(table: TableName, pk: string): readonly Item[] {
    if (isShared(table)) return bySort(directory.get(pk) ?? [], 'sk');
    const found = tables.get(table)?.get(pk);
    if (!found) return [];
    found.sorted ??= bySort(found.items.values(), keys[table][1] ?? 'pk');
    return found.sorted;
  }

  function query(input: QueryCommand['input']): { Items: Item[]; LastEvaluatedKey?: Item } {
    const { TableName, IndexName, ...rest } = input;
    const table = TableName as TableName;
    const condition = rest.KeyConditionExpression ?? '';
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = rest;
    const { partition: pk, sort, isEnd } = keyConditionOf(condition);
    const value = String(plain(values?.[pk]));
    const [, low = '', high = ''] = /BETWEEN (:\w+) AND (:\w+)/.exec(condition) ?? [];
    if (compare(plain(values?.[low]), plain(values?.[high])) > 0) {
      throw Object.assign(new Error('The lower bound is above the upper one.'), { name: 'ValidationException' });
    }
    if (IndexName !== undefined) {
      const found = byIndex.get(`${table}.${IndexName}`)?.get(value);
      if (!found || found.size === 0) return { Items: [] };
      const items = [...found.values()].filter((item) => meets(condition, item, names, values));
      const sorted = bySort(items, indexes[IndexName as IndexName][1]);
      return forDoors ? pageOf(input, sorted) : { Items: sorted };
    }
    const items = sortedIn(table, value);
    if (forDoors) return pageOf(input, sort ? items.filter((item) => sort(item, names, values)) : items);
    if (!sort) return { Items: [...items] };
    if (!isEnd) return { Items: items.filter((item) => sort(item, names, values)) };
    let first = items.length;
    while (first > 0 && sort(items[first - 1], names, values)) first -= 1;
    return { Items: items.slice(first) };
  }

  /** What a query asks for of the items that it finds, from where the page before ended. */
  function pageOf(
    { TableName, IndexName, Limit, ScanIndexForward, ExclusiveStartKey: start }: QueryCommand['input'],
    found: readonly Item[],
  ): { Items: Item[]; LastEvaluatedKey?: Item } {
    const table = TableName as TableName;
    const [hash, range = hash] = IndexName === undefined ? keys[table] : indexes[IndexName as IndexName];
    const order = [...new Set([range, ...keys[table]])];
    const inOrder = (one: Item, other: Item) =>
      order.map((name) => compare(plain(one[name]), plain(other[name]))).find((each) => each !== 0) ?? 0;
    // An index has only what has both of its attributes.
    const all = found.filter((item) => item[range] !== undefined).toSorted(inOrder);
    const directed = ScanIndexForward === false ? all.toReversed() : all;
    const isAfter = (item: Item) =>
      start === undefined || inOrder(item, start) * (ScanIndexForward === false ? -1 : 1) > 0;
    const left = directed.filter(isAfter);
    const Items = left.slice(0, Limit ?? left.length);
    const last = Items.at(-1);
    units.read += Math.max(1, Items.length);
    if (!last || Limit === undefined || Items.length < Limit) return { Items };
    const names: ReadonlySet<string> = new Set([hash, ...order]);
    return { Items, LastEvaluatedKey: Object.fromEntries(Object.entries(last).filter(([name]) => names.has(name))) };
  }

  function put({ TableName, Item: item, ...rest }: PutItemCommand['input']): object {
    const table = TableName as TableName;
    const key = keyOf(table, item ?? {});
    const before = get(table, key);
    if (!meets(rest.ConditionExpression, before, rest.ExpressionAttributeNames, rest.ExpressionAttributeValues)) {
      throw refused();
    }
    if (table === 'Ledger' && before && !forDoors) throw new Error('A commit of the ledger was written over.');
    set(table, item, key);
    if (table === 'Ledger' && item) onAppend(item);
    return {};
  }

  function update({ TableName, Key = {}, ...rest }: UpdateItemCommand['input']): object {
    const table = TableName as TableName;
    const key = keyOf(table, Key);
    const { ConditionExpression, UpdateExpression = '', ExpressionAttributeValues: values } = rest;
    const before = get(table, key);
    const unknown = () => new Error(`These tables do not know the update "${UpdateExpression}".`);
    if (!forDoors && ConditionExpression?.includes('<>')) throw unknown();
    if (!meets(ConditionExpression, before, rest.ExpressionAttributeNames, values)) throw refused();
    const after: Record<string, AttributeValue> = { ...Key, ...before };
    for (const [, verb = '', clause = ''] of UpdateExpression.matchAll(/([A-Z]+) (.*?)(?= [A-Z]+ |$)/g)) {
      if (!forDoors && verb !== 'REMOVE' && verb !== 'ADD') throw unknown();
      for (const part of clause.split(',')) {
        const [word = '', operand = ''] = part.trim().split(/ = | /);
        const name = rest.ExpressionAttributeNames?.[word] ?? word;
        const value = values?.[operand];
        const [held, given] = [after[name]?.SS ?? [], value?.SS ?? []];
        if (verb === 'REMOVE') delete after[name];
        else if (verb === 'SET' && value) after[name] = value;
        else if (verb === 'ADD' && value?.SS) after[name] = { SS: [...new Set([...held, ...given])] };
        else if (verb === 'DELETE' && value?.SS) {
          const left = held.filter((each) => !given.includes(each));
          // There is no empty set.
          if (left.length > 0) after[name] = { SS: left };
          else delete after[name];
        } else throw unknown();
      }
    }
    set(table, after, key);
    return { Attributes: after };
  }

  function batchGet({ RequestItems = {} }: BatchGetItemCommand['input']): object {
    const Responses = Object.fromEntries(
      Object.entries(RequestItems).map(([name, { Keys = [] }]) => {
        const table = name as TableName;
        const found = Keys.map((key) => get(table, keyOf(table, key)));
        return [table, found.filter((item) => item !== undefined)];
      }),
    );
    return { Responses };
  }

  function perform(command: unknown): object {
    if (command instanceof GetItemCommand) {
      const { TableName, Key = {} } = command.input;
      const found = get(TableName as TableName, keyOf(TableName as TableName, Key));
      return found ? { Item: found } : {};
    }
    if (command instanceof QueryCommand) return query(command.input);
    if (command instanceof PutItemCommand) return put(command.input);
    if (command instanceof UpdateItemCommand) return update(command.input);
    if (command instanceof DeleteItemCommand) {
      const { TableName, Key = {}, ...rest } = command.input;
      const key = keyOf(TableName as TableName, Key);
      const before = get(TableName as TableName, key);
      if (!meets(rest.ConditionExpression, before, rest.ExpressionAttributeNames, rest.ExpressionAttributeValues)) {
        throw refused();
      }
      set(TableName as TableName, undefined, key);
      return {};
    }
    if (command instanceof BatchGetItemCommand && forDoors) return batchGet(command.input);
    throw new Error('These tables do not know this command.');
  }

  if (forDoors) for (const item of [...directory.values()].flat()) set('Directory', item, keyOf('Directory', item));

  return {
    /** A client that takes a few turns (0 to 2, as `turns` says) to answer, and throws once `isAlive` is false. */
    client(turns: () => number, isAlive: () => boolean): DynamoDBClient {
      const send = async (command: unknown) => {
        for (let left = turns(); left > 0; left -= 1) await undefined;
        if (!isAlive()) throw new Error('The process has died.');
        return perform(command);
      };
      return inPlaceOf(DynamoDBClient.prototype, send);
    },
    /** Puts or removes an item past every condition: what a test needs there, or breaks. */
    put: (table: TableName, item: Item) => set(table, item, keyOf(table, item)),
    remove: (table: TableName, key: Item) => set(table, undefined, keyOf(table, key)),
    /** Every item of a table, in the order of their first writing. */
    items: (table: TableName): readonly Item[] =>
      [...(tables.get(table)?.values() ?? [])].flatMap(({ items }) => [...items.values()]),
    /** Writes so far, and reads of pages. */
    units: () => ({ ...units }),
    hasPending: () => [...(byIndex.get('Identities.ByPending')?.values() ?? [])].some(({ size }) => size > 0),
  };
}
