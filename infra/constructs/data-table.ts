import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { allow } from './careline-function.ts';
import { createKey, nameExactly, operationsKey } from './kept-resources.ts';
import { onlyThrough } from './key-conditions.ts';

export type TableAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'Scan' | 'PutItem' | 'UpdateItem' | 'DeleteItem';

export interface TableProps {
  readonly sortKey?: Attribute;
  /** Adds a customer-managed key `<id>Key`. The other tables share one. */
  readonly sensitive?: boolean;
  /** Encrypts it with the key of another table instead, which costs no key of its own. */
  readonly sharesKeyOf?: Pick<DataTable, 'key'>;
  /** A stream with old and new images. */
  readonly stream?: boolean;
  /** The attribute with the epoch second after which DynamoDB removes the item. */
  readonly timeToLiveAttribute?: string;
  /** Name → [partition key, sort key?] and the attributes projected besides the keys (all, when absent; none, when empty). */
  readonly indexes?: Readonly<
    Record<string, { readonly keys: readonly [string, string?]; readonly include?: readonly string[] }>
  >;
}

/** A table whose permissions come only through it: a permission and the variable with the table's name are given together. */
export interface DataTable {
  readonly table: Table;
  readonly key: IKey;
  /** The names of its indexes. */
  readonly indexes: readonly string[];
  /**
   * Grants actions on the table. With `leadingKeys`, only on items whose partition key matches one of these patterns. With
   * `attributes`, only for requests that name no other attribute, keys and conditions included. With `never`, only for requests
   * that name none of these. No write may answer with an item.
   */
  allow(
    grantee: LambdaFunction,
    actions: readonly TableAction[],
    leadingKeys?: readonly string[],
    attributes?: readonly string[],
    never?: readonly string[],
  ): void;
  /** Grants Query on these indexes only. */
  allowIndexQuery(grantee: LambdaFunction, ...indexes: readonly string[]): void;
  /** Grants Query on one index, only under values of its partition key that match one of these patterns. */
  allowIndexQueryOf(grantee: LambdaFunction, index: string, values: readonly string[]): void;
}

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });

/** The sort key of most tables. */
export const textSortKey = text('sk');

const readKey = ['kms:Decrypt', 'kms:DescribeKey'];
const writeKey = [...readKey, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

const isWrite = (action: TableAction) => !action.endsWith('GetItem') && action !== 'Query' && action !== 'Scan';

/**
 * An on-demand table with partition key `pk` and point-in-time recovery. It is kept when the stack is deleted, but not when the
 * deployment that made it fails.
 */
export function createTable(scope: Construct, id: string, props: TableProps = {}): DataTable {
  const own = props.sensitive ? createKey(scope, `${id}Key`, `Careline: encrypts the table ${id}`) : undefined;
  const key = own ?? props.sharesKeyOf?.key ?? operationsKey(scope);
  const table = new Table(scope, id, {
    partitionKey: text('pk'),
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    ...(props.sortKey ? { sortKey: props.sortKey } : {}),
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    ...(props.stream ? { stream: StreamViewType.NEW_AND_OLD_IMAGES } : {}),
    ...(props.timeToLiveAttribute ? { timeToLiveAttribute: props.timeToLiveAttribute } : {}),
  });
  nameExactly(table, id);
  for (const [indexName, { keys, include }] of Object.entries(props.indexes ?? {})) {
    const [partition, sort] = keys;
    table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: text(partition),
      ...(sort ? { sortKey: text(sort) } : {}),
      ...(include?.length === 0
        ? { projectionType: ProjectionType.KEYS_ONLY }
        : include
          ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...include] }
          : { projectionType: ProjectionType.ALL }),
    });
  }

  const give = (
    grantee: LambdaFunction,
    actions: readonly TableAction[],
    resources: readonly string[],
    conditions?: Parameters<typeof allow>[3],
  ) => {
    allow(
      grantee,
      actions.map((action) => `dynamodb:${action}`),
      resources,
      conditions,
    );
    allow(grantee, actions.some(isWrite) ? writeKey : readKey, [key.keyArn], onlyThrough(scope, 'dynamodb'));
    grantee.addEnvironment(`${id.toUpperCase()}_TABLE`, table.tableName);
  };

  const arnOf = (index: string) => {
    if (!props.indexes?.[index]) throw new Error(`The table ${id} has no index ${index}.`);
    return `${table.tableArn}/index/${index}`;
  };
  // ForAllValues is also true for a request without a leading key, such as a Scan. `Null: false` requires one.
  const under = (patterns: readonly string[]) => ({
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  });

  return {
    table,
    key,
    indexes: Object.keys(props.indexes ?? {}),
    allow(grantee, actions, leadingKeys, attributes, never) {
      const conditions = {
        ...(leadingKeys && under(leadingKeys)),
        ...(attributes && { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': attributes } }),
        ...(never && { 'ForAllValues:StringNotEquals': { 'dynamodb:Attributes': never } }),
        // A request may leave the parameter out. A failed condition can return the item all the same: IAM has no key for that.
        ...(actions.some(isWrite) && { StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } }),
      };
      give(grantee, actions, [table.tableArn], Object.keys(conditions).length > 0 ? conditions : undefined);
    },
    allowIndexQuery: (grantee, ...indexes) => give(grantee, ['Query'], indexes.map(arnOf)),
    allowIndexQueryOf: (grantee, index, values) => give(grantee, ['Query'], [arnOf(index)], under(values)),
  };
}
