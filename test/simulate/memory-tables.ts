/**
 * DynamoDB in memory, in place of a client's `send`. It has the operations that the stores use, as strict as they need.
 */
import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { inPlaceOf } from './client.ts';
import { compare, conditionOf, keyConditionOf, type Names, plain, type Values } from './conditions.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

const keys = {
  Ledger: ['pk', 'seq'],
  Identities: ['pk'],
  ChildIndex: ['pk', 'sk'],
  Board: ['pk', 'sk'],
  Waits: ['pk', 'sk'],
  Cursors: ['pk', 'sk'],
  Facts: ['pk', 'sk'],
  Directory: ['pk', 'sk'],
  Sessions: ['pk'],
  VaultKeys: ['pk'],
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
  ByTurn: ['turn', 'sk'],
  ByEmail: ['email', 'pk'],
  BySub: ['sub', 'pk'],
} as const;
type IndexName = keyof typeof indexes;
const indexed: readonly (readonly [TableName, IndexName])[] = [
  ['Ledger', 'ByInstant'],
  ['Identities', 'ByPending'],
  ['Identities', 'ByIndexKey'],
  ['Identities', 'ByReferral'],
  ['Board', 'ByQueue'],
  ['Board', 'ByOwner'],
  ['Board', 'ByTurn'],
  ['Directory', 'ByEmail'],
  ['Directory', 'BySub'],
];

const meets = (condition: string | undefined, item: Item | undefined, names: Names, values: Values): boolean =>
  condition === undefined || conditionOf(condition)(item, names, values);

const refused = () => new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });

export type MemoryTables = ReturnType<typeof createMemoryTables>;

/** The sort order of items that a table or an index finds by one value. It is the sort key, then the table's keys. */
type Order = readonly string[];

/** The items of one value, sorted when they are asked for; they nearly always come in their order. */
interface Partition {
  readonly items: Map<string, Item>;
  sorted: Item[] | undefined;
}
type Partitions = Map<string, Partition>;

/** An item as an index has it under a value. */
interface Held {
  readonly value: string;
  readonly item: Item;
}

/** A table with its indexes, or an index: the items by the value that finds them. */
interface Stored {
  readonly hash: string;
  readonly order: Order;
  readonly byValue: Partitions;
  /** Of an index: the item that changed last, and what it was before. */
  last?: { readonly id: string; readonly at: number; readonly before: Held | undefined };
}

function inOrder(order: Order, one: Item, other: Item): number {
  for (const name of order) {
    const found = compare(plain(one[name]), plain(other[name]));
    if (found !== 0) return found;
  }
  return 0;
}

function add({ byValue, order }: Stored, value: string, key: string, item: Item): void {
  let same = byValue.get(value);
  if (!same) {
    same = { items: new Map(), sorted: [] };
    byValue.set(value, same);
  }
  const last = same.sorted?.at(-1);
  if (!same.items.has(key) && (!last || inOrder(order, last, item) < 0)) same.sorted?.push(item);
  else same.sorted = undefined;
  same.items.set(key, item);
}

function take({ byValue }: Stored, value: string, key: string): void {
  const same = byValue.get(value);
  if (same?.items.delete(key)) same.sorted = undefined;
}

function sortedIn({ byValue, order }: Stored, value: string): readonly Item[] {
  const same = byValue.get(value);
  if (!same) return [];
  same.sorted ??= [...same.items.values()].sort((one, other) => inOrder(order, one, other));
  return same.sorted;
}

/** What an index finds by a value while it does not know its last change. */
function staleIn(index: Stored, value: string): readonly Item[] {
  const { last, byValue, order } = index;
  if (!last) return sortedIn(index, value);
  const others = [...(byValue.get(value)?.items ?? [])].filter(([id]) => id !== last.id).map(([, item]) => item);
  const found = last.before?.value === value ? [...others, last.before.item] : others;
  return found.toSorted((one, other) => inOrder(order, one, other));
}

/** AWS gives no time by which an index knows a change. Nearly always it is under a second; this is generous. In milliseconds. */
const knownAfter = 2000;

/** When an index does not know its last change yet. `now`: epoch milliseconds. */
interface Staleness {
  now(): number;
  isStale(index: string): boolean;
}
const never: Staleness = { now: () => 0, isStale: () => false };

/** `directory` is there from the start. `onAppend` is told of each new item of the ledger. */
export function createMemoryTables(
  directory: ReadonlyMap<string, readonly Item[]>,
  onAppend: (item: Item) => void,
  { now, isStale }: Staleness = never,
) {
  const tables = new Map<string, Stored>();
  const byIndex = new Map<string, Stored>();
  const indexesOf = new Map<string, Stored[]>();
  const units = { read: 0, write: 0 };
  for (const [name, key] of Object.entries(keys)) {
    tables.set(name, { hash: key[0], order: [key[1] ?? key[0]], byValue: new Map() });
    indexesOf.set(name, []);
  }
  for (const [name, index] of indexed) {
    const [hash, range] = indexes[index];
    const held = { hash, order: [...new Set([range, ...keys[name]])], byValue: new Map() };
    byIndex.set(`${name}.${index}`, held);
    indexesOf.get(name)?.push(held);
  }

  const heldBy = (table: string, index?: string): Stored => {
    const held = index === undefined ? tables.get(table) : byIndex.get(`${table}.${index}`);
    if (!held) throw new Error(`There is no table or index ${table}${index === undefined ? '' : `, ${index}`}.`);
    return held;
  };
  const keyOf = (table: TableName, item: Item): readonly [string, string?] => {
    const [pk, sk] = keys[table];
    return sk === undefined ? [String(plain(item[pk]))] : [String(plain(item[pk])), String(plain(item[sk]))];
  };
  const set = (table: TableName, item: Item | undefined, key: readonly [string, string?]) => {
    units.write += 1;
    const [pk, sk = ''] = key;
    const whole = heldBy(table);
    const before = whole.byValue.get(pk)?.items.get(sk);
    if (item) add(whole, pk, sk, item);
    else take(whole, pk, sk);
    const id = `${pk}#${sk}`;
    for (const held of indexesOf.get(table) ?? []) {
      const [range = ''] = held.order;
      const [was, is] = [before?.[held.hash]?.S, item?.[held.hash]?.S];
      if (was !== undefined) take(held, was, id);
      // An index has only what has both of its attributes.
      if (is !== undefined && item?.[range] !== undefined) add(held, is, id, item);
      const knew = was !== undefined && before?.[range] !== undefined;
      if (knew || is !== undefined)
        held.last = { id, at: now(), before: knew ? { value: was, item: before } : undefined };
    }
  };
  const get = (table: TableName, [pk, sk = '']: readonly [string, string?]): Item | undefined =>
    heldBy(table).byValue.get(pk)?.items.get(sk);

  function query(input: QueryCommand['input']): { Items: Item[]; LastEvaluatedKey?: Item } {
    const { TableName = '', IndexName, KeyConditionExpression = '' } = input;
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
    const held = heldBy(TableName, IndexName);
    const { partition, sort, isEnd, bounds } = keyConditionOf(KeyConditionExpression);
    if (bounds && compare(plain(values?.[bounds[0]]), plain(values?.[bounds[1]])) > 0) {
      throw Object.assign(new Error('The lower bound is above the upper one.'), { name: 'ValidationException' });
    }
    const value = String(plain(values?.[partition]));
    const isFresh = held.last === undefined || now() - held.last.at > knownAfter || !isStale(IndexName ?? '');
    const found = isFresh ? sortedIn(held, value) : staleIn(held, value);
    let all = found;
    if (sort && isEnd) {
      let first = found.length;
      while (first > 0 && sort(found[first - 1], names, values)) first -= 1;
      all = found.slice(first);
    } else if (sort) all = found.filter((item) => sort(item, names, values));
    return pageOf(input, held, all);
  }

  /** What a query asks for of the items that it finds, from where the page before ended. */
  function pageOf(
    { Limit, ScanIndexForward, ExclusiveStartKey: start }: QueryCommand['input'],
    { hash, order }: Stored,
    all: readonly Item[],
  ): { Items: Item[]; LastEvaluatedKey?: Item } {
    const isBackwards = ScanIndexForward === false;
    const directed = isBackwards ? all.toReversed() : all;
    const left = start ? directed.filter((item) => inOrder(order, item, start) * (isBackwards ? -1 : 1) > 0) : directed;
    const Items = left.slice(0, Limit);
    const last = Items.at(-1);
    units.read += Math.max(1, Items.length);
    if (!last || Limit === undefined || Items.length < Limit) return { Items };
    const names: ReadonlySet<string> = new Set([hash, ...order, 'pk']);
    return { Items, LastEvaluatedKey: Object.fromEntries(Object.entries(last).filter(([name]) => names.has(name))) };
  }

  function put({ TableName, Item: item, ...rest }: PutItemCommand['input']): object {
    const table = TableName as TableName;
    const key = keyOf(table, item ?? {});
    const before = get(table, key);
    if (!meets(rest.ConditionExpression, before, rest.ExpressionAttributeNames, rest.ExpressionAttributeValues)) {
      throw refused();
    }
    if (table === 'Ledger' && before) throw new Error('A commit of the ledger was written over.');
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
    if (!meets(ConditionExpression, before, rest.ExpressionAttributeNames, values)) throw refused();
    const after: Record<string, AttributeValue> = { ...Key, ...before };
    for (const [, verb = '', clause = ''] of UpdateExpression.matchAll(/([A-Z]+) (.*?)(?= [A-Z]+ |$)/g)) {
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
    if (command instanceof ScanCommand) return { Items: everyItem(command.input.TableName as TableName) };
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
    if (command instanceof BatchGetItemCommand) return batchGet(command.input);
    throw new Error('These tables do not know this command.');
  }

  const everyItem = (table: TableName): readonly Item[] =>
    [...heldBy(table).byValue.values()].flatMap(({ items }) => [...items.values()]);

  for (const item of [...directory.values()].flat()) set('Directory', item, keyOf('Directory', item));
  units.write = 0;

  return {
    /** A client that takes a few turns to answer (0 to 2, as `turns` says). It throws once `alive` is false. */
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
    items: everyItem,
    /** Writes so far, and reads of pages. */
    units: () => ({ ...units }),
    hasPending: () => [...heldBy('Identities', 'ByPending').byValue.values()].some(({ items }) => items.size > 0),
  };
}
