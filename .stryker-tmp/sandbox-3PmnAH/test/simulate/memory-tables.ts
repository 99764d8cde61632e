/** DynamoDB in memory: the few operations that the stores use, exactly as strict as they need, in place of a client's `send`. */
// @ts-nocheck

import {
  type AttributeValue,
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
const indexes: Readonly<Record<string, readonly [string, string]>> = {
  ByHour: ['hour', 'pk'],
  ByPending: ['pending', 'pendingSince'],
};

const plain = (value: AttributeValue | undefined): string | number | undefined =>
  value?.N === undefined ? value?.S : Number(value.N);

const compare = (one: string | number = '', other: string | number = '') => (one < other ? -1 : one > other ? 1 : 0);

type Test = (item: Item | undefined, names: Names, values: Values) => boolean;

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
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
  const [, name = '', operator = '', value = ''] = /^(#?\w+) (=|<|<=|>) (:\w+)$/.exec(part) ?? [];
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

/** `directory` is read and never written, so that cases may share it. `onAppend` is told of each new item of the ledger. */
export function createMemoryTables(directory: ReadonlyMap<string, readonly Item[]>, onAppend: (item: Item) => void) {
  const tables = new Map<string, Map<string, Map<string, Item>>>();
  const byIndex = new Map<string, Map<string, Item>>();
  for (const name of Object.keys(keys)) tables.set(name, new Map());

  const keyOf = (table: TableName, item: Item) =>
    keys[table].map((name) => String(plain(item[name]))) as [string, string?];
  const partition = (table: string, pk: string) => {
    const whole = tables.get(table);
    if (!whole) throw new Error(`There is no table ${table}.`);
    let found = whole.get(pk);
    if (!found) {
      found = new Map();
      whole.set(pk, found);
    }
    return found;
  };
  const set = (table: TableName, item: Item | undefined, key: readonly [string, string?]) => {
    const [pk, sk = ''] = key;
    if (item) partition(table, pk).set(sk, item);
    else partition(table, pk).delete(sk);
    for (const [index, [attribute]] of Object.entries(indexes)) {
      const found = byIndex.get(`${table}.${index}`) ?? new Map<string, Item>();
      byIndex.set(`${table}.${index}`, found);
      if (item?.[attribute]) found.set(`${pk}#${sk}`, item);
      else found.delete(`${pk}#${sk}`);
    }
  };
  const get = (table: TableName, [pk, sk = '']: readonly [string, string?]): Item | undefined =>
    table === 'Directory'
      ? directory.get(pk)?.find((item) => plain(item.sk) === sk)
      : tables.get(table)?.get(pk)?.get(sk);

  function query({ TableName, IndexName, ...rest }: QueryCommand['input']): { Items: Item[] } {
    const table = TableName as TableName;
    const condition = rest.KeyConditionExpression ?? '';
    const values = rest.ExpressionAttributeValues;
    // The partition comes first in every key condition.
    const equals = condition.indexOf('= ') + 2;
    const end = condition.indexOf(' ', equals);
    const pk = String(plain(values?.[condition.slice(equals, end === -1 ? undefined : end)]));
    const found =
      IndexName !== undefined
        ? [...(byIndex.get(`${table}.${IndexName}`)?.values() ?? [])]
        : table === 'Directory'
          ? [...(directory.get(pk) ?? [])]
          : [...(tables.get(table)?.get(pk)?.values() ?? [])];
    const Items = found.filter((item) => meets(condition, item, rest.ExpressionAttributeNames, values));
    const sortedBy = IndexName === undefined ? (keys[table][1] ?? 'pk') : (indexes[IndexName]?.[1] ?? 'pk');
    if (Items.length < 2) return { Items };
    return { Items: Items.toSorted((one, other) => compare(plain(one[sortedBy]), plain(other[sortedBy]))) };
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
    const before = get(table, key);
    if (!meets(rest.ConditionExpression, before, rest.ExpressionAttributeNames, rest.ExpressionAttributeValues)) {
      throw refused();
    }
    const after: Record<string, AttributeValue> = { ...Key, ...before };
    const [verb, ...words] = (rest.UpdateExpression ?? '').split(/,? /);
    if (verb === 'REMOVE') for (const word of words) delete after[word];
    else if (verb === 'ADD') {
      const [name = '', value = ''] = words;
      const added = [...(after[name]?.SS ?? []), ...(rest.ExpressionAttributeValues?.[value]?.SS ?? [])];
      after[name] = { SS: [...new Set(added)] };
    } else throw new Error(`These tables do not know the update "${rest.UpdateExpression}".`);
    set(table, after, key);
    return { Attributes: after };
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
    /** Every item of a table, in the order of their first writing. */
    items: (table: TableName): readonly Item[] =>
      [...(tables.get(table)?.values() ?? [])].flatMap((found) => [...found.values()]),
    hasPending: () => (byIndex.get('Identities.ByPending')?.size ?? 0) > 0,
  };
}
