/** An S3 and a KMS behind the real endpoint with the buckets of a small template. */
import { GetObjectCommand, type GetObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { createS3 } from '../../../../infra/local/s3/s3.ts';
import { partsOver, type Resources, serveOver } from '../endpoint/over-http.ts';

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

export async function startS3(resources: Resources, options: { readonly folder?: string } = {}) {
  const parts = partsOver(resources, options);
  const s3 = createS3(parts);
  return { clock: parts.clock, ...(await serveOver([s3, parts.kms.service], S3Client, parts.activity)) };
}

/** The text of an object. */
export async function textOf(client: S3Client, input: GetObjectCommandInput): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand(input));
  return (await Body?.transformToString()) ?? '';
}
