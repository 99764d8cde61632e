/** An S3 and a KMS behind the real endpoint with the buckets of a small template. Tests use it through the AWS SDK. */
import { GetObjectCommand, type GetObjectCommandInput, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { afterAll } from 'vitest';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { startEndpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { localRegion } from '../../../../infra/local/endpoint/service.ts';
import { createAuthorize } from '../../../../infra/local/iam/iam.ts';
import { createKms } from '../../../../infra/local/kms/kms.ts';
import { createS3 } from '../../../../infra/local/s3/s3.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';
import { templateOf } from '../dynamodb/cloud.ts';

export type Resources = Parameters<typeof templateOf>[0];

export const startOfTest = Date.parse('2026-11-02T09:00:00Z');

/** As the stack makes them: versions, Object Lock and S3's own keys. */
export const bucket = (more: object = {}) => ({
  Type: 'AWS::S3::Bucket',
  Properties: {
    VersioningConfiguration: { Status: 'Enabled' },
    ObjectLockEnabled: true,
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    ...more,
  },
});
export const locked = bucket();

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** `as(logicalId)` is a client with that function's credentials; `operator` is a person at the machine. */
export async function startS3(resources: Resources, options: { readonly folder?: string; readonly now?: number } = {}) {
  const template = templateOf(resources);
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt: options.now ?? startOfTest });
  const authorize = createAuthorize(template);
  const kms = createKms({ template, authorize });
  const s3 = createS3({
    template,
    authorize,
    useKey: kms.useKey,
    clock,
    ...whereKnown({ folder: options.folder }),
  });
  const faults: unknown[] = [];
  const onFault = (error: unknown) => faults.push(error);
  const endpoint = await startEndpoint({ port: 0, services: [s3, kms.service], activity, onFault });
  const clients: S3Client[] = [];
  const client = (accessKeyId: string, more: S3ClientConfig = {}) => {
    const made = new S3Client({
      endpoint: endpoint.url,
      region: localRegion,
      credentials: { accessKeyId, secretAccessKey: 'local' },
      maxAttempts: 1,
      ...more,
    });
    clients.push(made);
    return made;
  };
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    for (const each of clients) each.destroy();
    await endpoint.stop();
    await s3.stop();
    clock.stop();
  };
  stops.push(stop);
  return {
    clock,
    url: endpoint.url,
    faults,
    operator: client('operator'),
    client,
    as: (id: string) => client(`LOCAL.${id}`),
    stop,
  };
}

/** The text of an object. */
export async function textOf(client: S3Client, input: GetObjectCommandInput): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand(input));
  return (await Body?.transformToString()) ?? '';
}
