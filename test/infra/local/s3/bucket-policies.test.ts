/** Who may do what in a bucket: its own policy, the caller's, and the key that objects are encrypted with. */
import { DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { functionWith } from '../dynamodb/cloud.ts';
import type { Resources } from '../endpoint/over-http.ts';
import { bucket, locked, startS3, textOf } from './s3-over-http.ts';

const Bucket = 'anchors';
const arn = { 'Fn::GetAtt': ['Anchors', 'Arn'] };
const objects = { 'Fn::Join': ['', [arn, '/*']] };
const grant = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const bucketPolicy = (...Statement: readonly object[]): Resources => ({
  AnchorsPolicy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: { Bucket: { Ref: 'Anchors' }, PolicyDocument: { Statement } },
  },
});

type Send = (client: S3Client) => Promise<unknown>;
const operations: readonly (readonly [name: string, action: string, on: object, send: Send])[] = [
  [
    'PutObject',
    's3:PutObject',
    objects,
    (client) => client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' })),
  ],
  ['GetObject', 's3:GetObject', objects, (client) => client.send(new GetObjectCommand({ Bucket, Key: 'root' }))],
  [
    'GetObject of a version',
    's3:GetObjectVersion',
    objects,
    (client) => client.send(new GetObjectCommand({ Bucket, Key: 'root', VersionId: version })),
  ],
  ['ListObjectsV2', 's3:ListBucket', arn, (client) => client.send(new ListObjectsV2Command({ Bucket }))],
  [
    'ListObjectVersions',
    's3:ListBucketVersions',
    arn,
    (client) => client.send(new ListObjectVersionsCommand({ Bucket })),
  ],
];
let version = '';

/** A bucket with one object in it, and the function Api with these statements. */
async function start(statements: readonly object[], more: Resources = {}) {
  const s3 = await startS3({ Anchors: locked, ...functionWith('Api', ...statements), ...more });
  version = (await s3.operator.send(new PutObjectCommand({ Bucket, Key: 'root', Body: 'x' }))).VersionId ?? '';
  return { ...s3, api: s3.as('Api') };
}
const denied = (action: string) => ({
  name: 'AccessDenied',
  message: expect.stringContaining(`not authorized to perform: ${action} on resource: arn:aws:s3:::anchors`),
  $metadata: { httpStatusCode: 403 },
});

describe.each(operations)('%s', (_, action, on, send) => {
  test(`needs ${action}`, async () => {
    const others = operations.map(([, each]) => each).filter((each) => each !== action);
    const without = await start([grant(others, '*')]);
    await expect(send(without.api)).rejects.toMatchObject(denied(action));
    const { api } = await start([grant(action, on)]);
    await send(api);
  });

  test('may be allowed by the bucket alone', async () => {
    const Principal = { AWS: { 'Fn::GetAtt': ['ApiRole', 'Arn'] } };
    const { api } = await start([], bucketPolicy({ ...grant(action, on), Principal }));
    await send(api);
  });

  test('may be denied by the bucket to everyone', async () => {
    const { api, operator } = await startWithDenial(action, on);
    for (const client of [api, operator]) {
      await expect(send(client)).rejects.toMatchObject({
        message: expect.stringContaining('with an explicit deny in a resource-based policy'),
      });
    }
  });
});

async function startWithDenial(action: string, on: object) {
  const denial = { ...grant(action, on), Effect: 'Deny', Principal: '*' };
  const s3 = await startS3({
    Anchors: locked,
    ...functionWith('Api', grant('s3:*', '*')),
    ...bucketPolicy(denial),
  });
  const put = new PutObjectCommand({ Bucket, Key: 'root', Body: 'x' });
  version = (await s3.operator.send(put).catch(() => ({ VersionId: '' }))).VersionId ?? '';
  return { ...s3, api: s3.as('Api') };
}

describe('a caller', () => {
  test('who may not list a bucket is not told which keys are missing', async () => {
    const { api } = await start([grant('s3:GetObject', objects)]);
    await expect(api.send(new GetObjectCommand({ Bucket, Key: 'missing' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    const { api: listing } = await start([grant('s3:GetObject', objects), grant('s3:ListBucket', arn)]);
    await expect(listing.send(new GetObjectCommand({ Bucket, Key: 'missing' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });
});

describe('an object that is encrypted with a key', () => {
  const key = { 'Fn::GetAtt': ['AnchorsKey', 'Arn'] };
  const encrypted = (more: object = {}): Resources => ({
    AnchorsKey: { Type: 'AWS::KMS::Key', Properties: {} },
    Anchors: bucket({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key }, ...more },
        ],
      },
    }),
  });
  const put = new PutObjectCommand({ Bucket, Key: 'root', Body: 'x' });
  const get = new GetObjectCommand({ Bucket, Key: 'root' });
  const use = grant(['s3:PutObject', 's3:GetObject'], objects);

  test('needs the key to be written and to be read', async () => {
    const s3 = await startS3({
      ...encrypted(),
      ...functionWith('Api', use, grant(['kms:GenerateDataKey', 'kms:Decrypt'], key)),
      ...functionWith('Writer', use, grant('kms:GenerateDataKey', key)),
      ...functionWith('Keyless', use),
    });
    const stored = await s3.as('Api').send(put);
    expect(stored).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'arn:aws:kms:us-east-1:000000000000:key/AnchorsKey',
    });
    expect(stored.ETag).not.toBe('"9dd4e461268c8034f5c8564e155c67a6"');
    expect(await textOf(s3.as('Api'), { Bucket, Key: 'root' })).toBe('x');
    await s3.as('Writer').send(put);
    await expect(s3.as('Writer').send(get)).rejects.toMatchObject({ message: expect.stringContaining('kms:Decrypt') });
    await expect(s3.as('Keyless').send(put)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('kms:GenerateDataKey'),
    });
  });

  test.each([
    [{}, 'arn:aws:s3:::anchors/root', true],
    [{}, 'arn:aws:s3:::anchors/other', false],
    [{ BucketKeyEnabled: true }, 'arn:aws:s3:::anchors', true],
    [{ BucketKeyEnabled: true }, 'arn:aws:s3:::anchors/root', false],
  ])('%j asks for it under the context %s: %s', async (more, context, allowed) => {
    const condition = {
      Condition: {
        StringEquals: {
          'kms:EncryptionContext:aws:s3:arn': context,
          'kms:ViaService': 's3.us-east-1.amazonaws.com',
        },
      },
    };
    const s3 = await startS3({
      ...encrypted(more),
      ...functionWith('Api', use, grant('kms:GenerateDataKey', key, condition)),
    });
    const stored = await s3
      .as('Api')
      .send(put)
      .then(
        () => true,
        () => false,
      );
    expect(stored).toBe(allowed);
  });

  test('cannot be read while the key is disabled', async () => {
    const s3 = await startS3(encrypted());
    await s3.operator.send(put);
    const credentials = { accessKeyId: 'operator', secretAccessKey: 'local' };
    const kms = new KMSClient({ endpoint: s3.url, region: 'us-east-1', credentials, maxAttempts: 1 });
    await kms.send(new DisableKeyCommand({ KeyId: 'AnchorsKey' }));
    kms.destroy();
    await expect(s3.operator.send(get)).rejects.toMatchObject({
      name: 'KMS.DisabledException',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(s3.operator.send(new HeadObjectCommand({ Bucket, Key: 'root' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 400 },
    });
  });
});
