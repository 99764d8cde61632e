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
export type Item = Readonly<Record<string, AttributeValue>>;
type Names = Record<string, string> | undefined;
type Values = Record<string, AttributeValue> | undefined;

const keys = {
  Ledger: ['pk', 'seq'],
  Identities: ['pk'],
  Board: ['pk', 'sk'],
  Waits: ['pk', 'sk'],
  Cursors: ['pk', 'sk'],
  Directory: ['pk', 'sk'],
} as const;
export type TableName = keyof typeof keys;

/** The attributes by which an index finds an item, and by which it sorts. */
const indexes = {
  ByHour: ['hour', 'pk'],
  ByPending: ['pending', 'pendingSince'],
  ByIndexKey: ['indexedBy', 'pk'],
  ByReferral: ['referralId', 'pk'],
  ByQueue: ['queue', 'order'],
  ByOwner: ['owner', 'order'],
} as const;
type IndexName = keyof typeof indexes;
const indexed: readonly (readonly [TableName, IndexName])[] = [
  ['Ledger', 'ByHour'],
  ['Identities', 'ByPending'],
  ['Board', 'ByQueue'],
];
const indexedForDoors: typeof indexed = [
  ['Identities', 'ByIndexKey'],
  ['Identities', 'ByReferral'],
  ['Board', 'ByOwner'],
];

const plain = (value: AttributeValue | undefined): string | number | undefined =>
  value?.N === undefined ? value?.S : Number(value.N);

const compare = (one: string | number = '', other: string | number = '') => (one < other ? -1 : one > other ? 1 : 0);

type Test = (item: Item | undefined, names: Names, values: Values) => boolean;

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
};

/** One part of a condition, such as `attribute_not_exists(pk)` or `#order <= :order`. */
function readPart(part: string): Test {
  const [, call, argument = '', second = ''] = /^(\w+)\((#?\w+)(?:, (:\w+))?\)$/.exec(part) ?? [];
  if (call === 'attribute_exists') return (item, names) => item?.[names?.[argument] ?? argument] !== undefined;
  if (call === 'attribute_not_exists') return (item, names) => item?.[names?.[argument] ?? argument] === undefined;
  if (call === 'begins_with') {
    return (item, names, values) =>
      String(plain(item?.[names?.[argument] ?? argument])).startsWith(String(plain(values?.[second])));
  }
  const [, between = '', from = '', to = ''] = /^(#?\w+) BETWEEN (:\w+) AND (:\w+)$/.exec(part) ?? [];
  if (between !== '') {
    return (item, names, values) => {
      const left = plain(item?.[names?.[between] ?? between]);
      const isWithin = () => compare(plain(values?.[from]), left) <= 0 && compare(left, plain(values?.[to])) <= 0;
      return left !== undefined && isWithin();
    };
  }
  const [, name = '', operator = '', value = ''] = /^(#?\w+) (=|<>|<|<=|>) (:\w+)$/.exec(part) ?? [];
  const answers = orders[operator];
  if (!answers) throw new Error(`These tables do not know the condition "${part}".`);
  return (item, names, values) => {
    const left = plain(item?.[names?.[name] ?? name]);
    return left !== undefined && answers(compare(left, plain(values?.[value])));
  };
}

const conditions = new Map<string, Test>();

function meets(condition: string | undefined, item: Item | undefined, names: Names, values: Values): boolean {
  if (condition === undefined) return true;
  let test = conditions.get(condition);
  if (!test) {
    const either = condition.split(' OR ').map((some) => some.split(' AND ').map(readPart));
    test = (...given) => either.some((parts) => parts.every((part) => part(...given)));
    conditions.set(condition, test);
  }
  return test(item, names, values);
}

const refused = () => new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });

export type MemoryTables = ReturnType<typeof createMemoryTables>;

/** A key condition: the partition, and a part about the sort key where there is one. */
interface KeyCondition {
  readonly partition: string;
  readonly sort: Test | undefined;
  /** Whether what it finds is the end of the partition. */
  readonly isEnd: boolean;
}
const keyConditions = new Map<string, KeyCondition>();

function readKeyCondition(condition: string): KeyCondition {
  let read = keyConditions.get(condition);
  if (!read) {
    const [, first = condition, second] = /^(.+?) AND (.+)$/.exec(condition) ?? [];
    const [, partition] = /^#?\w+ = (:\w+)$/.exec(first) ?? [];
    if (partition === undefined) throw new Error(`These tables do not know the key condition "${condition}".`);
    read = {
      partition,
      sort: second === undefined ? undefined : readPart(second),
      isEnd: second?.includes(' > ') === true,
    };
    keyConditions.set(condition, read);
  }
  return read;
}

/** The items of one key in the order of their sort key, which nearly always is the order of their coming. */
interface Partition {
  readonly items: Map<string, Item>;
  sorted: Item[] | undefined;
}

/**
 * `directory` is read and never written, so that cases may share it. `onAppend` is told of each new item of the ledger.
 * `forDoors`: they know also what the API asks beyond the simulator's people. The simulator goes without: its fixed seeds'
 * ledgers were written by tables that failed on it.
 */
export function createMemoryTables(
  directory: ReadonlyMap<string, readonly Item[]>,
  onAppend: (item: Item) => void,
  forDoors = false,
) {
  const everyIndex = forDoors ? [...indexed, ...indexedForDoors] : indexed;
  const tables = new Map<string, Map<string, Partition>>();
  /** By table and index, then by the value that the index finds. */
  const byIndex = new Map<string, Map<string, Map<string, Item>>>();
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
  const get = (table: TableName, [pk, sk = '']: readonly [string, string?]): Item | undefined =>
    table === 'Directory'
      ? directory.get(pk)?.find((item) => plain(item.sk) === sk)
      : tables.get(table)?.get(pk)?.items.get(sk);

  const bySort = (items: Iterable<Item>, name: string): Item[] =>
    [...items].toSorted((one, other) => compare(plain(one[name]), plain(other[name])));

  function sortedIn(table: TableName, pk: string): readonly Item[] {
    if (table === 'Directory') return bySort(directory.get(pk) ?? [], 'sk');
    const found = tables.get(table)?.get(pk);
    if (!found) return [];
    found.sorted ??= bySort(found.items.values(), keys[table][1] ?? 'pk');
    return found.sorted;
  }

  function query({ TableName, IndexName, ...rest }: QueryCommand['input']): { Items: Item[] } {
    const table = TableName as TableName;
    const condition = rest.KeyConditionExpression ?? '';
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = rest;
    if (IndexName !== undefined) {
      const value = String(plain(values?.[readKeyCondition(condition).partition]));
      const found = byIndex.get(`${table}.${IndexName}`)?.get(value);
      if (!found || found.size === 0) return { Items: [] };
      const items = [...found.values()].filter((item) => meets(condition, item, names, values));
      return { Items: bySort(items, indexes[IndexName as IndexName][1]) };
    }
    const { partition: pk, sort, isEnd } = readKeyCondition(condition);
    const items = sortedIn(table, String(plain(values?.[pk])));
    if (!sort) return { Items: [...items] };
    if (!isEnd) return { Items: items.filter((item) => sort(item, names, values)) };
    let first = items.length;
    while (first > 0 && sort(items[first - 1], names, values)) first -= 1;
    return { Items: items.slice(first) };
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
    if (!forDoors && ConditionExpression?.includes('<>')) throw unknown();
    if (!meets(ConditionExpression, before, rest.ExpressionAttributeNames, values)) throw refused();
    const after: Record<string, AttributeValue> = { ...Key, ...before };
    for (const [, verb = '', clause = ''] of UpdateExpression.matchAll(/([A-Z]+) (.*?)(?= [A-Z]+ |$)/g)) {
      if (!forDoors && verb !== 'REMOVE' && verb !== 'ADD') throw unknown();
      for (const part of clause.split(', ')) {
        const [word = '', ...operands] = part.split(/ = | /);
        const name = rest.ExpressionAttributeNames?.[word] ?? word;
        const value = values?.[operands[0] ?? ''];
        const [held, given] = [after[name]?.SS ?? [], value?.SS ?? []];
        if (verb === 'REMOVE') delete after[name];
        else if (verb === 'SET' && value) after[name] = value;
        else if (verb === 'ADD') after[name] = { SS: [...new Set([...held, ...given])] };
        else if (verb === 'DELETE') after[name] = { SS: held.filter((each) => !given.includes(each)) };
        else throw unknown();
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
    /** Puts or removes an item past every condition: what a test breaks. */
    put: (table: TableName, item: Item) => set(table, item, keyOf(table, item)),
    remove: (table: TableName, key: Item) => set(table, undefined, keyOf(table, key)),
    /** Every item of a table, in the order of their first writing. */
    items: (table: TableName): readonly Item[] =>
      [...(tables.get(table)?.values() ?? [])].flatMap(({ items }) => [...items.values()]),
    hasPending: () => [...(byIndex.get('Identities.ByPending')?.values() ?? [])].some(({ size }) => size > 0),
  };
}
