/** The buckets of the template. Each keeps every version under Object Lock, as the stack makes them. */
import * as z from 'zod';
import { readProperties } from '../template/read-properties.ts';
import type { Resource, Template } from '../template/template.ts';

export interface Bucket {
  readonly name: string;
  readonly arn: string;
  /** How its objects are encrypted. `keyArn` is undefined for S3's own keys. */
  readonly encryption: { readonly keyArn?: string; readonly hasBucketKey: boolean };
}

/**
 * Strict: what is not here, such as a lifecycle that removes objects, would be accepted and ignored. A retention needs
 * nothing here, because no call deletes.
 */
export const bucketProperties = z.strictObject({
  PublicAccessBlockConfiguration: z.unknown().optional(),
  VersioningConfiguration: z.strictObject({ Status: z.literal('Enabled') }),
  ObjectLockEnabled: z.literal(true),
  ObjectLockConfiguration: z.unknown().optional(),
  BucketEncryption: z.strictObject({
    ServerSideEncryptionConfiguration: z.tuple([
      z.strictObject({
        BucketKeyEnabled: z.boolean().default(false),
        ServerSideEncryptionByDefault: z.union([
          z.strictObject({ SSEAlgorithm: z.literal('AES256') }),
          z.strictObject({ SSEAlgorithm: z.literal('aws:kms'), KMSMasterKeyID: z.string() }),
        ]),
      }),
    ]),
  }),
});

/** By name. Throws a sentence for a property that is not reproduced. */
export const bucketsOf = (template: Template): ReadonlyMap<string, Bucket> =>
  new Map(
    template
      .ofType('AWS::S3::Bucket')
      .map(readBucket)
      .map((bucket) => [bucket.name, bucket]),
  );

function readBucket(resource: Resource): Bucket {
  const { arn } = resource;
  const [rule] = readProperties(resource, bucketProperties).BucketEncryption.ServerSideEncryptionConfiguration;
  const byDefault = rule.ServerSideEncryptionByDefault;
  return {
    name: arn.replace('arn:aws:s3:::', ''),
    arn,
    encryption: {
      ...(byDefault.SSEAlgorithm === 'aws:kms' && { keyArn: byDefault.KMSMasterKeyID }),
      hasBucketKey: rule.BucketKeyEnabled,
    },
  };
}
