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
 * Throws AccessDenied unless `principal` may do `operation` on each table or index of `accesses`, with
 * `dynamodb:LeadingKeys` and `dynamodb:ReturnValues` as context. The principal must also be allowed the
 * customer-managed key of each such table, through DynamoDB.
 */
export function authorizeCall(
  { authorize, useKey }: Judges,
  principal: Principal,
  operation: Operation,
  accesses: readonly Access[],
  tables: ReadonlyMap<string, Table>,
): void {
  for (const { tableName, indexName, leadingKeys, returnValues } of accesses) {
    const arn = tableArn(tableName, tables);
    authorize(principal, `dynamodb:${operation}`, indexName === undefined ? arn : `${arn}/index/${indexName}`, {
      'dynamodb:LeadingKeys': leadingKeys.flatMap((value) => (value ? [String(Object.values(value)[0])] : [])),
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
    return Object.entries(parameters.RequestItems as Record<string, unknown>).map(([tableName, request]) => ({
      tableName,
      leadingKeys: batchKeys(request as { Keys: Item[] } | BatchEntry[]).map((item) => item?.[hashOf(tableName)]),
    }));
  }
  const tableName = String(parameters.TableName);
  const indexName = parameters.IndexName as string | undefined;
  const on = { tableName, ...(indexName !== undefined && { indexName }) };
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

function batchKeys(request: { Keys: Item[] } | BatchEntry[]): (Item | undefined)[] {
  return Array.isArray(request)
    ? request.map((entry) => entry.PutRequest?.Item ?? entry.DeleteRequest?.Key)
    : request.Keys;
}
