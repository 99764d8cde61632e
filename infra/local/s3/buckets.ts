/** The buckets of the template. */
import * as z from 'zod';
import type { Resource, Template } from '../template/template.ts';
import { type DefaultRetention, lockModes } from './object-lock.ts';

export interface Bucket {
  readonly name: string;
  readonly arn: string;
  readonly isVersioned: boolean;
  /** Undefined where the bucket has no Object Lock. */
  readonly lock?: { readonly default?: DefaultRetention };
  /** How objects are encrypted that do not say it. `keyArn` is undefined for S3's own keys. */
  readonly encryption: { readonly keyArn?: string; readonly hasBucketKey: boolean };
  /** The bucket's policy, as the template writes it. */
  readonly policy: unknown;
}

/** Every object is private to the account, and logs of access are AWS's own: these change nothing here. */
const withoutEffect = {
  BucketName: z.string().optional(),
  PublicAccessBlockConfiguration: z.unknown().optional(),
  OwnershipControls: z
    .strictObject({ Rules: z.array(z.strictObject({ ObjectOwnership: z.literal('BucketOwnerEnforced') })) })
    .optional(),
  LoggingConfiguration: z.unknown().optional(),
  Tags: z.unknown().optional(),
};

/** Strict: what is not here, such as a lifecycle that removes objects, would be accepted and ignored. */
const properties = z.strictObject({
  ...withoutEffect,
  VersioningConfiguration: z.strictObject({ Status: z.literal('Enabled') }).optional(),
  ObjectLockEnabled: z.boolean().default(false),
  ObjectLockConfiguration: z
    .strictObject({
      ObjectLockEnabled: z.literal('Enabled'),
      Rule: z
        .strictObject({
          DefaultRetention: z.strictObject({
            Mode: z.enum(lockModes),
            Days: z.int().min(1).optional(),
            Years: z.int().min(1).optional(),
          }),
        })
        .optional(),
    })
    .optional(),
  BucketEncryption: z
    .strictObject({
      ServerSideEncryptionConfiguration: z
        .array(
          z.strictObject({
            BucketKeyEnabled: z.boolean().default(false),
            ServerSideEncryptionByDefault: z
              .strictObject({ SSEAlgorithm: z.enum(['AES256', 'aws:kms']), KMSMasterKeyID: z.string().optional() })
              .optional(),
          }),
        )
        .length(1),
    })
    .optional(),
});

/** Throws a sentence for a property that is not reproduced, and for a lock that S3 would refuse. */
export function bucketsOf(template: Template): ReadonlyMap<string, Bucket> {
  return new Map(
    template.ofType('AWS::S3::Bucket').map((resource) => {
      const bucket = readBucket(resource, template);
      return [bucket.name, bucket];
    }),
  );
}

function readBucket(resource: Resource, template: Template): Bucket {
  const { logicalId, arn } = resource;
  const parsed = properties.safeParse(resource.properties);
  if (!parsed.success) throw new Error(`The bucket ${logicalId} cannot run here: ${z.prettifyError(parsed.error)}`);
  const { VersioningConfiguration, ObjectLockEnabled, ObjectLockConfiguration, BucketEncryption } = parsed.data;
  if (ObjectLockConfiguration && !ObjectLockEnabled) {
    throw new Error(`The bucket ${logicalId} has an ObjectLockConfiguration and not ObjectLockEnabled: S3 needs both.`);
  }
  const name = arn.replace('arn:aws:s3:::', '');
  const [rule] = BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
  const key = rule?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
  if (rule?.ServerSideEncryptionByDefault?.SSEAlgorithm === 'aws:kms' && key === undefined) {
    throw new Error(`The bucket ${logicalId} encrypts with a key that AWS keeps: name a key of the stack.`);
  }
  const retention = ObjectLockConfiguration?.Rule?.DefaultRetention;
  return {
    name,
    arn,
    // Object Lock brings versions with it.
    isVersioned: VersioningConfiguration !== undefined || ObjectLockEnabled,
    ...(ObjectLockEnabled && { lock: retention === undefined ? {} : { default: readRetention(retention, logicalId) } }),
    encryption: {
      ...(key !== undefined && { keyArn: template.resources.get(key)?.arn ?? key }),
      hasBucketKey: rule?.BucketKeyEnabled ?? false,
    },
    policy: template.ofType('AWS::S3::BucketPolicy').find(({ properties: given }) => given.Bucket === name)?.properties
      .PolicyDocument,
  };
}

/** A year has 365 days here. */
function readRetention(
  {
    Mode: mode,
    Days,
    Years,
  }: { Mode: DefaultRetention['mode']; Days?: number | undefined; Years?: number | undefined },
  logicalId: string,
): DefaultRetention {
  if ((Days === undefined) === (Years === undefined)) {
    throw new Error(`The default retention of the bucket ${logicalId} needs either Days or Years.`);
  }
  return { mode, days: Days ?? (Years ?? 0) * 365 };
}
