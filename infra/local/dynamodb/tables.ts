/** The tables that the template declares, as the embedded DynamoDB runs them. */
import type { Resource, Template } from '../template/template.ts';
import type { TableRow } from './dynalite.ts';

/** What every stream tells of a change. */
export const streamView = 'NEW_AND_OLD_IMAGES';

export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly schema: TableRow;
  readonly keyNames: readonly string[];
  /** The ARN of the customer-managed key, where there is one. */
  readonly encryptionKey?: string;
  readonly stream?: { readonly arn: string };
  readonly expiryAttribute?: string;
  readonly deletionProtection: boolean;
}

/** Properties that change nothing here: durability and capacity are AWS's own. */
const withoutEffect = ['TableName', 'BillingMode', 'PointInTimeRecoverySpecification'];

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
    StreamSpecification?: { StreamViewType: string };
    SSESpecification?: { SSEEnabled: boolean; KMSMasterKeyId?: string };
    TimeToLiveSpecification?: { AttributeName?: string; Enabled: boolean };
    DeletionProtectionEnabled?: boolean;
  };
  const refused = Object.keys(others).find((property) => !withoutEffect.includes(property));
  if (refused)
    throw new Error(`The table ${resource.logicalId} has ${refused}, which the embedded DynamoDB does not reproduce.`);

  if ((StreamSpecification?.StreamViewType ?? streamView) !== streamView)
    throw new Error(`The stream of ${resource.logicalId} must have ${streamView}: no other images are made here.`);

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
      stream: { arn: `${resource.arn}/stream/2026-01-01T00:00:00.000` },
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
      StreamSpecification: { StreamEnabled: true, StreamViewType: streamView },
      LatestStreamArn: stream.arn,
      LatestStreamLabel: stream.arn.split('/').at(-1),
    }),
    ...(encryptionKey && { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: encryptionKey } }),
  };
}
