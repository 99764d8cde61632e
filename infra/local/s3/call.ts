/** A call of S3 as its operations see it: its bucket and key, and what its caller may do. */
import { type Authorize, type AwsRequest, Refusal } from '../endpoint/service.ts';
import type { Context } from '../iam/conditions.ts';
import { KeyUnusable, type UseKey } from '../kms/kms.ts';
import type { Bucket } from './buckets.ts';
import type { Objects } from './objects.ts';

export interface S3 {
  readonly objects: Objects;
  readonly authorize: Authorize;
  readonly useKey: UseKey;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** `key` is empty for a call on the bucket. */
export interface Call {
  readonly s3: S3;
  readonly request: AwsRequest;
  readonly bucket: Bucket;
  readonly key: string;
}

/** Throws AccessDenied unless the caller may do `action`, such as `GetObject`, on the key, or on the bucket without one. */
export function allow({ s3, request, bucket, key }: Call, action: string, context: Context = {}): void {
  s3.authorize(request.principal, `s3:${action}`, key === '' ? bucket.arn : `${bucket.arn}/${key}`, context);
}

/** Throws a refusal unless the caller may use the KMS key of an object, through S3. */
export function useObjectKey(
  { s3, request, bucket, key }: Call,
  action: 'Decrypt' | 'GenerateDataKey',
  keyArn: string,
) {
  const arn = bucket.encryption.hasBucketKey ? bucket.arn : `${bucket.arn}/${key}`;
  try {
    s3.useKey(request.principal, { key: keyArn, actions: [action], via: 's3', context: { 'aws:s3:arn': arn } });
  } catch (error) {
    if (error instanceof KeyUnusable) throw new Refusal(`KMS.${error.reason}`, error.message);
    throw error;
  }
}

export const notImplemented = (message: string) => new Refusal('NotImplemented', message, 501);

/** Headers of every signed request, and what SDKs say of themselves. */
const ofEveryCall = ['content-sha256', 'date', 'security-token', 'sdk-checksum-algorithm', 'user-agent'].map(
  (name) => `x-amz-${name}`,
);

/** Throws a refusal for a header or a query parameter that would be accepted and ignored. */
export function refuseUnknown(
  { headers, query }: AwsRequest,
  known: { readonly headers?: readonly string[]; readonly query?: readonly string[] },
): void {
  const ours = [...ofEveryCall, ...(known.headers ?? [])];
  const header = Object.keys(headers).find((name) => name.startsWith('x-amz-') && !ours.includes(name));
  if (header !== undefined) throw notImplemented(`The embedded S3 does not take the header ${header} here.`);
  const parameter = [...query.keys()].find((name) => name !== 'x-id' && !known.query?.includes(name));
  if (parameter !== undefined) throw notImplemented(`The embedded S3 does not offer ?${parameter} here.`);
}
