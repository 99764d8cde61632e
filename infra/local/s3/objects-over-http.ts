/** PutObject, GetObject and HeadObject. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AccessDenied, type AwsResponse, Refusal } from '../endpoint/service.ts';
import { allow, type Call, notImplemented, refuseUnknown, useObjectKey } from './call.ts';
import type { ObjectVersion } from './objects.ts';

const checksumHeader = 'x-amz-checksum-crc32';

/** Of the bytes, as base64, most significant first. */
export function checksumOf(body: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}

/** What S3 says of a version in the answers to all three. */
const answerHeaders = ({ etag, versionId, keyArn, checksum }: ObjectVersion, withChecksum: boolean) => ({
  etag: `"${etag}"`,
  'x-amz-version-id': versionId,
  'x-amz-server-side-encryption': keyArn === undefined ? 'AES256' : 'aws:kms',
  ...(keyArn !== undefined && { 'x-amz-server-side-encryption-aws-kms-key-id': keyArn }),
  ...(withChecksum && { [checksumHeader]: checksum, 'x-amz-checksum-type': 'FULL_OBJECT' }),
});

/** Nothing is awaited between the look at the precondition and the new version: of two callers one is first. */
export function putObject(call: Call): AwsResponse {
  const { s3, request, bucket, key } = call;
  const { headers, body } = request;
  refuseUnknown(request, { headers: [checksumHeader] });
  allow(call, 'PutObject');
  const noneMatch = headers['if-none-match'];
  if (headers['if-match'] !== undefined || (noneMatch ?? '*') !== '*') {
    throw notImplemented('The embedded S3 has the one precondition If-None-Match: *.');
  }
  const checksum = checksumOf(body);
  if ((headers[checksumHeader] ?? checksum) !== checksum) {
    throw new Refusal('BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
  }
  const { keyArn } = bucket.encryption;
  if (keyArn !== undefined) useObjectKey(call, 'GenerateDataKey', keyArn);
  if (noneMatch !== undefined && s3.objects.versions({ bucket: bucket.name, key }).length > 0) {
    const sentence = 'At least one of the pre-conditions you specified did not hold';
    throw new Refusal('PreconditionFailed', sentence, 412, { Condition: 'If-None-Match' });
  }
  const version = s3.objects.put(
    {
      bucket: bucket.name,
      key,
      at: s3.now(),
      size: body.length,
      // With a KMS key it is no digest of the content.
      etag: createHash('md5')
        .update(keyArn ?? '')
        .update(body)
        .digest('hex'),
      contentType: headers['content-type'] ?? 'binary/octet-stream',
      checksum,
      ...(keyArn !== undefined && { keyArn }),
    },
    body,
  );
  return { status: 200, headers: answerHeaders(version, true), body: '' };
}

/** The version that the call names, or the newest. Throws a refusal where there is none. */
function findVersion(call: Call, versionId: string | undefined): ObjectVersion {
  const { s3, bucket, key } = call;
  const versions = s3.objects.versions({ bucket: bucket.name, key });
  const found = versions.find((each) => each.versionId === (versionId ?? each.versionId));
  if (found) return found;
  if (!mayList(call, versionId === undefined ? 'ListBucket' : 'ListBucketVersions'))
    throw new AccessDenied('Access Denied');
  if (versions.length > 0) {
    throw new Refusal('NoSuchVersion', 'The specified version does not exist.', 404, { Key: key });
  }
  throw new Refusal('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
}

/** A caller who may not list the bucket is not told that a key is missing. */
function mayList(call: Call, action: string): boolean {
  try {
    allow({ ...call, key: '' }, action);
    return true;
  } catch {
    return false;
  }
}

/** For HEAD the headers alone. */
export function getObject(call: Call): AwsResponse {
  const { s3, request } = call;
  refuseUnknown(request, { query: ['versionId'], headers: ['x-amz-checksum-mode'] });
  if (request.headers.range !== undefined)
    throw notImplemented('The embedded S3 gives whole objects: ask for no range.');
  const versionId = request.query.get('versionId') ?? undefined;
  allow(call, versionId === undefined ? 'GetObject' : 'GetObjectVersion');
  const version = findVersion(call, versionId);
  if (version.keyArn !== undefined) useObjectKey(call, 'Decrypt', version.keyArn);
  const headers = {
    'content-type': version.contentType,
    ...answerHeaders(version, request.headers['x-amz-checksum-mode'] === 'ENABLED'),
    'last-modified': new Date(version.at).toUTCString(),
    'content-length': String(version.size),
  };
  return { status: 200, headers, body: request.method === 'HEAD' ? '' : s3.objects.read(version) };
}
