/** A call of S3 as its operations see it: its bucket and key, and what its caller may do. */
import { type Authorize, type AwsRequest, localAccount } from '../endpoint/service.ts';
import type { Context } from '../iam/conditions.ts';
import { KeyUnusable, type UseKey } from '../kms/kms.ts';
import type { Bucket } from './buckets.ts';
import { accessDenied, headerNotImplemented, notImplemented, S3Error } from './failure.ts';
import type { Objects } from './objects.ts';

export interface S3 {
  readonly objects: Objects;
  readonly authorize: Authorize;
  readonly useKey: UseKey;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface BucketCall {
  readonly s3: S3;
  readonly request: AwsRequest;
  readonly bucket: Bucket;
}

export interface ObjectCall extends BucketCall {
  readonly key: string;
}

/** Throws AccessDenied unless the caller may do `action`, such as `GetObject`, on the bucket, or on the key in it. */
export function allow(
  { s3, request, bucket }: BucketCall,
  action: string,
  { key, context = {} }: { readonly key?: string; readonly context?: Context } = {},
): void {
  s3.authorize(request.principal, `s3:${action}`, key === undefined ? bucket.arn : `${bucket.arn}/${key}`, context);
}

/** True where `allow` would not throw. */
export function may(call: BucketCall, action: string): boolean {
  try {
    allow(call, action);
    return true;
  } catch {
    return false;
  }
}

/** Throws S3Error unless the caller may use the KMS key of an object, through S3. */
export function useObjectKey(
  { s3, request, bucket, key }: ObjectCall,
  action: 'Decrypt' | 'GenerateDataKey',
  keyArn: string,
): void {
  const arn = bucket.encryption.hasBucketKey ? bucket.arn : `${bucket.arn}/${key}`;
  try {
    s3.useKey(request.principal, { key: keyArn, actions: [action], via: 's3', context: { 'aws:s3:arn': arn } });
  } catch (error) {
    if (error instanceof KeyUnusable) throw new S3Error(400, `KMS.${error.reason}`, error.message);
    throw error;
  }
}

/** Headers of every signed request, and what SDKs say of themselves. */
const ofEveryCall = [
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-decoded-content-length',
  'x-amz-expected-bucket-owner',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-security-token',
  'x-amz-trailer',
  'x-amz-user-agent',
];

/** Throws S3Error for a header or a query parameter that would be accepted and ignored. `x-amz-meta-*` is `x-amz-meta-`. */
export function refuseUnknown(
  { headers, query }: AwsRequest,
  known: { readonly headers?: readonly string[]; readonly query?: readonly string[] },
): void {
  const ours = [...ofEveryCall, ...(known.headers ?? [])];
  const header = Object.keys(headers).find(
    (name) =>
      name.startsWith('x-amz-') && !ours.some((each) => (each.endsWith('-') ? name.startsWith(each) : name === each)),
  );
  if (header !== undefined) {
    throw headerNotImplemented({ Header: header });
  }
  const parameter = [...query.keys()].find((name) => name !== 'x-id' && !known.query?.includes(name));
  if (parameter !== undefined) throw notImplemented(`The embedded S3 does not offer ?${parameter} here.`);
  const owner = headers['x-amz-expected-bucket-owner'];
  if (owner !== undefined && owner !== localAccount) throw accessDenied();
}
