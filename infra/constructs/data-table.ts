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
import { createKey, nameExactly } from './kept-resources.ts';

export type TableAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem';

export interface TableProps {
  readonly sortKey?: Attribute;
  /** Adds a customer-managed key `<id>Key` and deletion protection. */
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
  readonly key: IKey | undefined;
  /** The names of its indexes. */
  readonly indexes: readonly string[];
  /** Grants actions on the table; with `leadingKeys`, only on items whose partition key matches one of these patterns. */
  allow(grantee: LambdaFunction, actions: readonly TableAction[], leadingKeys?: readonly string[]): void;
  /** Grants Query on these indexes only. */
  allowIndexQuery(grantee: LambdaFunction, ...indexes: readonly string[]): void;
}

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });

/** The sort key of most tables. */
export const textSortKey = text('sk');

const readKey = ['kms:Decrypt', 'kms:DescribeKey'];
const writeKey = [...readKey, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

/** An on-demand table with partition key `pk` and point-in-time recovery. It is kept when the stack is deleted. */
export function createTable(scope: Construct, id: string, props: TableProps = {}): DataTable {
  const own = props.sensitive ? createKey(scope, `${id}Key`, `Careline: encrypts the table ${id}`) : undefined;
  const key = own ?? props.sharesKeyOf?.key;
  const table = new Table(scope, id, {
    partitionKey: text('pk'),
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: props.sensitive ?? false,
    removalPolicy: RemovalPolicy.RETAIN,
    ...(props.sortKey ? { sortKey: props.sortKey } : {}),
    ...(key ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key } : {}),
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
    const writes = actions.some((action) => !action.endsWith('GetItem') && action !== 'Query');
    if (key) allow(grantee, writes ? writeKey : readKey, [key.keyArn]);
    grantee.addEnvironment(`${id.toUpperCase()}_TABLE`, table.tableName);
  };

  return {
    table,
    key,
    indexes: Object.keys(props.indexes ?? {}),
    allow(grantee, actions, leadingKeys) {
      // ForAllValues is also true for a request without a leading key, such as a Scan. `Null: false` requires one.
      const conditions = leadingKeys && {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': leadingKeys },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      };
      give(grantee, actions, [table.tableArn], conditions);
    },
    allowIndexQuery(grantee, ...indexes) {
      for (const index of indexes) {
        if (!props.indexes?.[index]) throw new Error(`The table ${id} has no index ${index}.`);
      }
      give(
        grantee,
        ['Query'],
        indexes.map((index) => `${table.tableArn}/index/${index}`),
      );
    },
  };
}
