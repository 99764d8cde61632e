/** PutObject: the checks of what was sent, and a new version. */
import { createHash } from 'node:crypto';
import type { AwsRequest, AwsResponse } from '../endpoint/service.ts';
import { allow, type ObjectCall, refuseUnknown, useObjectKey } from './call.ts';
import { type ChecksumAlgorithm, checksumAlgorithms, checksumHeader, checksumOf, isChecksum } from './checksums.ts';
import {
  headerNotImplemented,
  invalidArgument,
  invalidRequest,
  notImplemented,
  preconditionFailed,
  S3Error,
} from './failure.ts';
import { type Retention, remainingDays, retentionFrom, retentionOfHeaders } from './object-lock.ts';
import type { ObjectVersion } from './objects.ts';

/** What is kept with an object and given back, beside the metadata of the caller. */
const keptHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];
const metadataPrefix = 'x-amz-meta-';
const mostMetadata = 2048;
const longestKey = 1024;

const known = {
  headers: [
    ...checksumAlgorithms.map(checksumHeader),
    metadataPrefix,
    'x-amz-object-lock-mode',
    'x-amz-object-lock-retain-until-date',
    'x-amz-server-side-encryption',
    'x-amz-server-side-encryption-aws-kms-key-id',
    'x-amz-storage-class',
  ],
};

const md5 = (data: Buffer) => createHash('md5').update(data).digest();

/** Throws S3Error where the body is not what the caller says that it sent. Gives the checksum to keep. */
export function checkBody({
  headers,
  trailers = {},
  body,
}: AwsRequest): ObjectVersion['checksum'] & { given: boolean } {
  const length = headers['x-amz-decoded-content-length'];
  if (length !== undefined && Number(length) !== body.length) {
    const sentence = 'You did not provide the number of bytes specified by the Content-Length HTTP header';
    throw new S3Error(400, 'IncompleteBody', sentence);
  }
  const digest = headers['x-amz-content-sha256'] ?? '';
  if (/^[0-9a-f]{64}$/.test(digest) && createHash('sha256').update(body).digest('hex') !== digest) {
    const sentence = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    throw new S3Error(400, 'XAmzContentSHA256Mismatch', sentence);
  }
  const { 'content-md5': contentMd5 } = headers;
  if (contentMd5 !== undefined) {
    if (Buffer.from(contentMd5, 'base64').length !== 16) {
      throw new S3Error(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.');
    }
    if (md5(body).toString('base64') !== contentMd5) {
      throw new S3Error(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
    }
  }
  const promised = headers['x-amz-trailer']?.toLowerCase();
  if (promised !== undefined && trailers[promised] === undefined) {
    const sentence =
      'The request contained trailing data that was not well-formed or did not conform to our published schema.';
    throw new S3Error(400, 'MalformedTrailerError', sentence);
  }
  const given = checksumAlgorithms.filter((each) => sent(each, headers, trailers) !== undefined);
  if (given.length > 1) {
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  const [algorithm] = given;
  // S3 itself computes this one where the caller sends none.
  if (!algorithm)
    return { algorithm: 'CRC64NVME', value: checksumOf('CRC64NVME', body), given: contentMd5 !== undefined };
  const claimed = sent(algorithm, headers, trailers) ?? '';
  const header = checksumHeader(algorithm);
  if (!isChecksum(algorithm, claimed)) throw invalidRequest(`Value for ${header} header is invalid.`);
  const value = checksumOf(algorithm, body);
  if (value === claimed) return { algorithm, value, given: true };
  throw new S3Error(400, 'BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
}

const sent = (
  algorithm: ChecksumAlgorithm,
  headers: Readonly<Record<string, string>>,
  trailers: Readonly<Record<string, string>>,
) => headers[checksumHeader(algorithm)] ?? trailers[checksumHeader(algorithm)];

/** The key that the object is to be encrypted with. Undefined for S3's own. Throws S3Error. */
function keyFor({ request: { headers }, bucket }: ObjectCall): string | undefined {
  const algorithm = headers['x-amz-server-side-encryption'];
  const key = headers['x-amz-server-side-encryption-aws-kms-key-id'];
  if (algorithm === undefined && key === undefined) return bucket.encryption.keyArn;
  if (algorithm === 'AES256' && key === undefined) return undefined;
  if (algorithm === 'aws:kms') return key ?? bucket.encryption.keyArn ?? noKey();
  const header = 'x-amz-server-side-encryption';
  throw invalidArgument('The encryption method specified is not supported', header, algorithm);
}

const noKey = () => {
  throw notImplemented('The embedded S3 has no key that AWS keeps: name a key of the stack.');
};

/** Throws S3Error for a precondition that does not hold. Only `If-None-Match: *` and an ETag in `If-Match` are known. */
function checkPreconditions({ s3: { objects }, request: { headers }, bucket, key }: ObjectCall): void {
  const { 'if-none-match': noneMatch, 'if-match': match } = headers;
  const refuse = (Header: string, additionalMessage: string) => headerNotImplemented({ Header, additionalMessage });
  if (noneMatch !== undefined && match !== undefined) {
    throw refuse('If-Match,If-None-Match', 'Multiple conditional request headers present in the request');
  }
  const wrong = (header: string) =>
    refuse(header, `We don't accept the provided value of ${header} header for this API`);
  if (noneMatch !== undefined && noneMatch !== '*') throw wrong('If-None-Match');
  if (match === '*') throw wrong('If-Match');
  const [latest] = objects.versions({ bucket: bucket.name, key });
  const current = latest?.isDeleteMarker ? undefined : latest;
  if (noneMatch !== undefined && current) throw preconditionFailed('If-None-Match');
  if (match === undefined) return;
  if (!current) throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', { fields: { Key: key } });
  if (match.replaceAll('"', '') !== current.etag) throw preconditionFailed('If-Match');
}

/** The retention of the new version. Throws AccessDenied where the caller may not set one. */
function retentionFor(call: ObjectCall, hasChecksum: boolean): Retention | undefined {
  const { request, bucket, key, s3 } = call;
  const now = s3.now();
  const asked = retentionOfHeaders(request.headers, now);
  if (!asked) return bucket.lock?.default && retentionFrom(bucket.lock.default, now);
  if (!bucket.lock) throw invalidRequest('Bucket is missing Object Lock Configuration');
  allow(call, 'PutObjectRetention', { key, context: retentionKeys(asked, now) });
  if (!hasChecksum) {
    const sentence =
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters';
    throw invalidRequest(sentence);
  }
  return asked;
}

export const retentionKeys = (retention: Retention, now: number) => ({
  's3:object-lock-mode': [retention.mode],
  's3:object-lock-remaining-retention-days': [String(remainingDays(retention, now))],
});

/** Nothing is awaited between the look at the preconditions and the new version: of two callers one is first. */
export function putObject(call: ObjectCall): AwsResponse {
  const { s3, request, bucket, key } = call;
  const { headers, body } = request;
  refuseUnknown(request, known);
  const encryption = headers['x-amz-server-side-encryption'];
  const encryptionKey = headers['x-amz-server-side-encryption-aws-kms-key-id'];
  allow(call, 'PutObject', {
    key,
    context: {
      ...(encryption !== undefined && { 's3:x-amz-server-side-encryption': [encryption] }),
      ...(encryptionKey !== undefined && { 's3:x-amz-server-side-encryption-aws-kms-key-id': [encryptionKey] }),
    },
  });
  if (Buffer.byteLength(key) > longestKey) throw new S3Error(400, 'KeyTooLongError', 'Your key is too long');
  if ((headers['x-amz-storage-class'] ?? 'STANDARD') !== 'STANDARD') {
    throw new S3Error(400, 'InvalidStorageClass', 'The storage class you specified is not valid');
  }
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith(metadataPrefix));
  const length = metadata.reduce((sum, [name, value]) => sum + name.length - metadataPrefix.length + value.length, 0);
  if (length > mostMetadata) {
    throw new S3Error(400, 'MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
  const { given, ...checksum } = checkBody(request);
  const retention = retentionFor(call, given);
  const keyArn = keyFor(call);
  if (keyArn !== undefined) useObjectKey(call, 'GenerateDataKey', keyArn);
  checkPreconditions(call);

  const kept = Object.entries(headers).filter(([name]) => keptHeaders.includes(name));
  const version = s3.objects.put(
    {
      bucket: bucket.name,
      key,
      at: s3.now(),
      size: body.length,
      // With a KMS key it is no digest of the content.
      etag: (keyArn === undefined ? md5(body) : md5(Buffer.concat([Buffer.from(keyArn), body]))).toString('hex'),
      headers: Object.fromEntries([...kept, ...metadata].flatMap(([name, value]) => withoutChunks(name, value))),
      checksum,
      ...(keyArn !== undefined && { keyArn }),
      ...(retention && { retention }),
    },
    body,
    bucket.isVersioned,
  );
  return { status: 200, headers: answerHeaders(version), body: '' };
}

/** `aws-chunked` is how the body traveled, and no encoding of the object. */
function withoutChunks(name: string, value: string): readonly (readonly [string, string])[] {
  if (name !== 'content-encoding') return [[name, value]];
  const rest = value
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== 'aws-chunked' && each !== '');
  return rest.length === 0 ? [] : [[name, rest.join(',')]];
}

/** What S3 says of a version in the answers to PutObject, GetObject and HeadObject alike. */
export function answerHeaders(version: ObjectVersion, withChecksum = true): Readonly<Record<string, string>> {
  const { etag, versionId, keyArn, checksum } = version;
  return {
    etag: `"${etag}"`,
    ...(versionId !== 'null' && { 'x-amz-version-id': versionId }),
    'x-amz-server-side-encryption': keyArn === undefined ? 'AES256' : 'aws:kms',
    ...(keyArn !== undefined && { 'x-amz-server-side-encryption-aws-kms-key-id': keyArn }),
    ...(withChecksum && { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': 'FULL_OBJECT' }),
  };
}
