/** The tables that the template declares, as the embedded DynamoDB runs them. */
import type { Resource, Template } from '../template/template.ts';
import type { TableRow } from './dynalite.ts';
import { DynamoDbFailure } from './failure.ts';

export type StreamView = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly schema: TableRow;
  readonly keyNames: readonly string[];
  /** The ARN of the customer-managed key, where there is one. */
  readonly encryptionKey?: string;
  readonly stream?: { readonly arn: string; readonly view: StreamView };
  readonly expiryAttribute?: string;
  readonly deletionProtection: boolean;
}

/** Properties that change nothing here: durability, tags, metrics and capacity are AWS's own. */
const withoutEffect = [
  'TableName',
  'BillingMode',
  'ProvisionedThroughput',
  'OnDemandThroughput',
  'WarmThroughput',
  'PointInTimeRecoverySpecification',
  'ContributorInsightsSpecification',
  'TableClass',
  'Tags',
];

/** Reads the template's tables. Throws a sentence for a property that is not reproduced here. */
export function tablesOf(template: Template): ReadonlyMap<string, Table> {
  return new Map(
    template.ofType('AWS::DynamoDB::Table').map((resource) => [resource.name, readTable(resource, template)]),
  );
}

function readTable(resource: Resource, template: Template): Table {
  const {
    KeySchema,
    AttributeDefinitions,
    GlobalSecondaryIndexes,
    StreamSpecification,
    SSESpecification,
    TimeToLiveSpecification,
    DeletionProtectionEnabled,
    ...others
  } = resource.properties as unknown as TableRow & {
    StreamSpecification?: { StreamViewType: StreamView };
    SSESpecification?: { SSEEnabled: boolean; KMSMasterKeyId?: string };
    TimeToLiveSpecification?: { AttributeName?: string; Enabled: boolean };
    DeletionProtectionEnabled?: boolean;
  };
  const refused = Object.keys(others).find((property) => !withoutEffect.includes(property));
  if (refused)
    throw new Error(`The table ${resource.logicalId} has ${refused}, which the embedded DynamoDB does not reproduce.`);

  const key = SSESpecification?.SSEEnabled ? SSESpecification.KMSMasterKeyId : undefined;
  const expiryAttribute = TimeToLiveSpecification?.Enabled ? TimeToLiveSpecification.AttributeName : undefined;
  return {
    name: resource.name,
    arn: resource.arn,
    schema: {
      TableName: resource.name,
      KeySchema,
      AttributeDefinitions,
      ...(GlobalSecondaryIndexes && {
        GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
          IndexName,
          KeySchema,
          Projection,
        })),
      }),
    },
    keyNames: KeySchema.map(({ AttributeName }) => AttributeName),
    ...(key !== undefined && { encryptionKey: template.resources.get(key)?.arn ?? key }),
    ...(StreamSpecification && {
      stream: { arn: `${resource.arn}/stream/2026-01-01T00:00:00.000`, view: StreamSpecification.StreamViewType },
    }),
    ...(expiryAttribute !== undefined && { expiryAttribute }),
    deletionProtection: DeletionProtectionEnabled === true,
  };
}

/** The answer to DescribeTable. */
export function describe(table: Table, createdAt: number): Record<string, unknown> {
  const { schema, stream, encryptionKey } = table;
  return {
    ...schema,
    TableArn: table.arn,
    TableStatus: 'ACTIVE',
    CreationDateTime: createdAt / 1000,
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    DeletionProtectionEnabled: table.deletionProtection,
    ...(schema.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: schema.GlobalSecondaryIndexes.map((index) => ({
        ...index,
        IndexStatus: 'ACTIVE',
        IndexArn: `${table.arn}/index/${index.IndexName}`,
      })),
    }),
    ...(stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: stream.view },
      LatestStreamArn: stream.arn,
      LatestStreamLabel: stream.arn.split('/').at(-1),
    }),
    ...(encryptionKey && { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: encryptionKey } }),
  };
}

/** The answer to ListTables: at most `Limit` names (1 to 100), after the one that the last page ended with. */
export function pageOfTables(
  names: readonly string[],
  { Limit = 100, ExclusiveStartTableName }: Record<string, unknown>,
) {
  const limit = Number(Limit);
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= 100)) {
    const why = `Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value from 1 to 100`;
    throw new DynamoDbFailure('ValidationException', `1 validation error detected: ${why}`);
  }
  const left = names.filter((name) => ExclusiveStartTableName === undefined || name > String(ExclusiveStartTableName));
  const page = left.slice(0, limit);
  return { TableNames: page, ...(page.length < left.length ? { LastEvaluatedTableName: page.at(-1) } : {}) };
}
