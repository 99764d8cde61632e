/** A DynamoDB behind the real endpoint with the tables of a small template. Tests use it through the AWS SDK. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { createDynamoDb } from '../../../../infra/local/dynamodb/dynamodb.ts';
import { serve, startEndpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { type AwsRequest, type AwsService, localRegion } from '../../../../infra/local/endpoint/service.ts';
import { createAuthorize } from '../../../../infra/local/iam/iam.ts';
import { createKms } from '../../../../infra/local/kms/kms.ts';
import { readTemplate, type Template } from '../../../../infra/local/template/template.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';

type Resources = Readonly<Record<string, { Type: string; Properties?: object; Condition?: string }>>;

/** Writes the resources (and other sections) as a synthesized assembly and reads it. */
export function templateOf(resources: Resources, sections: object = {}): Template {
  const folder = mkdtempSync(join(tmpdir(), 'careline-'));
  writeFileSync(join(folder, 'Careline.template.json'), JSON.stringify({ Resources: resources, ...sections }));
  try {
    return readTemplate(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A function with a role of its own that may do what the statements say. */
export function functionWith(logicalId: string, ...statements: readonly object[]): Resources {
  return {
    [logicalId]: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': [`${logicalId}Role`, 'Arn'] } } },
    [`${logicalId}Role`]: { Type: 'AWS::IAM::Role', Properties: {} },
    [`${logicalId}Policy`]: {
      Type: 'AWS::IAM::Policy',
      Properties: { Roles: [{ Ref: `${logicalId}Role` }], PolicyDocument: { Statement: statements } },
    },
  };
}

const text = (...names: readonly string[]) => names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));
const key = (hash: string, range?: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' }]),
];

export const tables: Resources = {
  Ledger: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key('pk', 'seq'),
      AttributeDefinitions: [...text('pk', 'hour'), { AttributeName: 'seq', AttributeType: 'N' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'ByHour',
          KeySchema: key('hour', 'pk'),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['at'] },
        },
      ],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      DeletionProtectionEnabled: true,
    },
  },
  Identities: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      KeySchema: key('pk'),
      AttributeDefinitions: text('pk'),
      SSESpecification: {
        SSEEnabled: true,
        SSEType: 'KMS',
        KMSMasterKeyId: { 'Fn::GetAtt': ['IdentitiesKey', 'Arn'] },
      },
    },
  },
  IdentitiesKey: { Type: 'AWS::KMS::Key', Properties: {} },
  Board: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      KeySchema: key('pk', 'sk'),
      AttributeDefinitions: text('pk', 'sk', 'queue', 'due'),
      GlobalSecondaryIndexes: [
        { IndexName: 'ByQueue', KeySchema: key('queue', 'due'), Projection: { ProjectionType: 'ALL' } },
      ],
    },
  },
  Sessions: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      KeySchema: key('pk'),
      AttributeDefinitions: text('pk'),
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  },
};

type NearRequest = Pick<AwsRequest, 'method' | 'path' | 'headers'> & { readonly body: string | Uint8Array };

/**
 * A client of the operator that hands its requests over in this process. It runs all that the SDK and the service do,
 * without signatures and sockets. Those take two thirds of the time and are tested elsewhere.
 */
function nearClient(service: AwsService): DynamoDBClient {
  return new DynamoDBClient({
    region: localRegion,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
    maxAttempts: 1,
    signer: { sign: async (request) => request },
    requestHandler: {
      async handle({ method, path, headers, body }: NearRequest) {
        const request = { method, path, query: new URLSearchParams(), headers, body: Buffer.from(body) };
        const { status, ...answer } = await serve({ ...request, principal: { kind: 'operator' } }, [service]);
        return { response: { statusCode: status, headers: answer.headers, body: Buffer.from(answer.body) } };
      },
    },
  });
}

export const startOfTest = Date.parse('2026-11-02T09:00:00Z');

/** `as(logicalId)` is a client with that function's credentials; `operator` is a person at the machine. */
export async function startCloud(options: { resources?: Resources; folder?: string; now?: number } = {}) {
  const template = templateOf({ ...tables, ...options.resources });
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt: options.now ?? startOfTest });
  const authorize = createAuthorize(template);
  const dynamodb = await createDynamoDb({
    template,
    clock,
    activity,
    authorize,
    useKey: createKms({ template, authorize }).useKey,
    ...whereKnown({ folder: options.folder }),
  });
  const faults: unknown[] = [];
  const endpoint = await startEndpoint({
    port: 0,
    services: [dynamodb.service, dynamodb.streamsService],
    activity,
    onFault: (error) => faults.push(error),
  });
  const clients: DynamoDBClient[] = [];
  const client = (accessKeyId: string) => {
    const made = new DynamoDBClient({
      endpoint: endpoint.url,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    clients.push(made);
    return made;
  };
  return {
    ...dynamodb,
    template,
    clock,
    endpoint,
    faults,
    operator: client('operator'),
    /** The operator again, without the network; and as often as a test needs a client of its own. */
    near: nearClient(dynamodb.service),
    newNear: () => nearClient(dynamodb.service),
    as: (logicalId: string) => client(`LOCAL.${logicalId}`),
    async stop() {
      for (const each of clients) each.destroy();
      await endpoint.stop();
      await dynamodb.stop();
      clock.stop();
    },
  };
}
