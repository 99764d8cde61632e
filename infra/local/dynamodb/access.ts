/** What a call asks permission for. */
import { type Authorize, localAccount, localRegion, type Principal } from '../endpoint/service.ts';
import type { UseKey } from '../kms/kms.ts';
import type { AttributeValue, Item, Operation, Parameters } from './dynalite.ts';
import type { Table } from './tables.ts';

/** What one call reads or writes of one table. */
export interface Access {
  readonly tableName: string;
  readonly indexName?: string;
  /** The partition key values that the call names, of the index where it reads one. */
  readonly leadingKeys: readonly (AttributeValue | undefined)[];
  /** Each attribute that the call names: of keys, items, conditions, changes and what to answer. */
  readonly attributes: readonly string[];
  /** The parameter `ReturnValues`, where the call has one. */
  readonly returnValues?: string;
}

interface KeyCondition {
  readonly AttributeValueList: readonly AttributeValue[];
}

interface BatchEntry {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}

/** What decides on a call: policies, and the keys of encrypted tables. */
export interface Judges {
  readonly authorize: Authorize;
  readonly useKey: UseKey;
}

/**
 * Throws AccessDenied unless `principal` may do `operation` on each table or index of `accesses`. The context has
 * `dynamodb:LeadingKeys`, `dynamodb:Attributes` and `dynamodb:ReturnValues`. The principal must also be allowed the
 * customer-managed key of each such table, through DynamoDB.
 */
export function authorizeCall(
  { authorize, useKey }: Judges,
  principal: Principal,
  operation: Operation,
  accesses: readonly Access[],
  tables: ReadonlyMap<string, Table>,
): void {
  for (const { tableName, indexName, leadingKeys, attributes, returnValues } of accesses) {
    const arn = tableArn(tableName, tables);
    authorize(principal, `dynamodb:${operation}`, indexName === undefined ? arn : `${arn}/index/${indexName}`, {
      'dynamodb:LeadingKeys': leadingKeys.flatMap((value) => (value ? [String(Object.values(value)[0])] : [])),
      'dynamodb:Attributes': attributes,
      ...(returnValues !== undefined && { 'dynamodb:ReturnValues': [returnValues] }),
    });
    const key = tables.get(tableName)?.encryptionKey;
    if (key === undefined) continue;
    const context = { 'aws:dynamodb:tableName': tableName, 'aws:dynamodb:subscriberId': localAccount };
    useKey(principal, { key, actions: ['Decrypt'], via: 'dynamodb', context });
  }
}

export function tableArn(name: string, tables: ReadonlyMap<string, Table>): string {
  return tables.get(name)?.arn ?? `arn:aws:dynamodb:${localRegion}:${localAccount}:table/${name}`;
}

/** Each table or index that the validated `parameters` name. */
export function accessesOf(
  operation: Operation,
  parameters: Parameters,
  tables: ReadonlyMap<string, Table>,
): readonly Access[] {
  const hashOf = (table: string) => tables.get(table)?.keyNames[0] ?? '';
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') {
    return Object.entries(parameters.RequestItems as Record<string, unknown>).map(([tableName, request]) => {
      const items = batchKeys(request as { Keys: Item[] } | BatchEntry[]);
      return {
        tableName,
        leadingKeys: items.map((item) => item?.[hashOf(tableName)]),
        attributes: unique([
          ...items.flatMap((item) => Object.keys(item ?? {})),
          ...attributesOf(request as Parameters),
        ]),
      };
    });
  }
  const tableName = String(parameters.TableName);
  const indexName = parameters.IndexName as string | undefined;
  const on = { tableName, ...(indexName !== undefined && { indexName }), attributes: attributesOf(parameters) };
  switch (operation) {
    case 'Query': {
      const index = tables
        .get(tableName)
        ?.schema.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === indexName);
      const hash = index?.KeySchema[0]?.AttributeName ?? hashOf(tableName);
      const conditions = parameters.KeyConditions as Readonly<Record<string, KeyCondition>>;
      return [{ ...on, leadingKeys: [conditions[hash]?.AttributeValueList[0]] }];
    }
    case 'Scan':
      return [{ ...on, leadingKeys: [] }];
    default: {
      const item = (operation === 'PutItem' ? parameters.Item : parameters.Key) as Item;
      const returned = parameters.ReturnValues;
      return [
        {
          ...on,
          leadingKeys: [item[hashOf(tableName)]],
          ...(typeof returned === 'string' && { returnValues: returned }),
        },
      ];
    }
  }
}

const unique = (names: readonly string[]) => [...new Set(names)];

/** Maps whose keys are names of attributes. The later ones are of the older way to ask, without expressions. */
const maps = ['Key', 'Item', 'KeyConditions', 'AttributeUpdates', 'Expected', 'QueryFilter', 'ScanFilter'];
/** What dynalite made of the expressions. */
const parsed = ['_updates', '_condition', '_filter', '_projection'];

const attributesOf = (parameters: Parameters): readonly string[] =>
  unique([
    ...maps.flatMap((name) => Object.keys((parameters[name] as object | undefined) ?? {})),
    ...((parameters.AttributesToGet as readonly string[] | undefined) ?? []),
    ...parsed.flatMap((name) => namesIn(parameters[name])),
  ]);

/** The top-level names in a parsed expression. A path in it is an array that begins with a name. */
function namesIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return typeof node[0] === 'string' ? [node[0]] : node.flatMap(namesIn);
  if (typeof node !== 'object' || node === null) return [];
  const { sections, expression, paths, path, val, args } = node as Record<string, unknown>;
  return [sections, expression, paths, path, val, args].flatMap(namesIn);
}

function batchKeys(request: { Keys: Item[] } | BatchEntry[]): (Item | undefined)[] {
  return Array.isArray(request)
    ? request.map((entry) => entry.PutRequest?.Item ?? entry.DeleteRequest?.Key)
    : request.Keys;
}
