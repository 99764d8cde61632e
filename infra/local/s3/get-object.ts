/** GetObject and HeadObject: finding a version, conditions, and a part of the body. */
import type { AwsResponse } from '../endpoint/service.ts';
import { allow, may, type ObjectCall, refuseUnknown, useObjectKey } from './call.ts';
import { accessDenied, invalidArgument, preconditionFailed, S3Error } from './failure.ts';
import type { DeleteMarker, ObjectVersion, Version } from './objects.ts';
import { answerHeaders } from './put-object.ts';

const known = { query: ['versionId'], headers: ['x-amz-checksum-mode'] };

/** Also the id of the only version in a bucket without versions. */
const isVersionId = (text: string) => text === 'null' || /^[\w.]{32}$/.test(text);

const isMarker = (version: Version): version is DeleteMarker => version.isDeleteMarker === true;

/** Throws S3Error for text that is no version id. */
export function versionIdOf({ request: { query }, bucket }: ObjectCall): string | undefined {
  const id = query.get('versionId');
  if (id === null) return undefined;
  const isValid = isVersionId(id) && (bucket.isVersioned || id === 'null');
  if (!isValid) throw invalidArgument('Invalid version id specified', 'versionId', id);
  return id;
}

const ofMarker = ({ versionId }: DeleteMarker) => ({ 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionId });

/**
 * The version that the call names, or the newest. Throws S3Error where there is none, or a delete marker. A caller who
 * may not list the bucket is not told that a key is missing.
 */
export function findVersion(call: ObjectCall): ObjectVersion {
  const { s3, request, bucket, key } = call;
  const id = versionIdOf(call);
  const versions = s3.objects.versions({ bucket: bucket.name, key });
  const found = id === undefined ? versions[0] : versions.find(({ versionId }) => versionId === id);
  if (found && isMarker(found) && id !== undefined) {
    throw new S3Error(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      fields: { Method: request.method, ResourceType: 'DeleteMarker' },
      headers: { ...ofMarker(found), allow: 'DELETE' },
    });
  }
  if (found && !isMarker(found)) return found;
  if (!may(call, id === undefined ? 'ListBucket' : 'ListBucketVersions')) throw accessDenied();
  if (id !== undefined && versions.length > 0) {
    throw new S3Error(404, 'NoSuchVersion', 'The specified version does not exist.', {
      fields: { Key: key, VersionId: id },
    });
  }
  throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', {
    fields: { Key: key },
    ...(found && { headers: ofMarker(found) }),
  });
}

const wholeSeconds = (at: number) => Math.floor(at / 1000);

/** Undefined where the object is to be given. Throws S3Error where a precondition failed. */
function notModified({ request: { headers } }: ObjectCall, version: ObjectVersion): AwsResponse | undefined {
  const matches = (list: string) =>
    list.split(',').some((each) => ['*', version.etag].includes(each.trim().replaceAll('"', '')));
  const since = (date: string) => wholeSeconds(version.at) > wholeSeconds(Date.parse(date));
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  const { 'if-unmodified-since': unmodified, 'if-modified-since': modified } = headers;
  if (match !== undefined && !matches(match)) throw preconditionFailed('If-Match');
  if (match === undefined && unmodified !== undefined && since(unmodified)) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  const isSame = noneMatch === undefined ? modified !== undefined && !since(modified) : matches(noneMatch);
  return isSame ? { status: 304, headers: answerHeaders(version, false), body: '' } : undefined;
}

interface Range {
  readonly start: number;
  /** Not included. */
  readonly end: number;
}

/** Undefined for the whole body: also where the header is no range of bytes, as HTTP asks. Throws S3Error. */
function rangeOf(header: string | undefined, size: number): Range | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (header === undefined || (first === '' && last === '')) return undefined;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (start < end) return { start, end };
  throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable', {
    fields: { RangeRequested: header, ActualObjectSize: String(size) },
    headers: { 'content-range': `bytes */${size}` },
  });
}

/** For HEAD the headers alone. */
export function getObject(call: ObjectCall): AwsResponse {
  const { s3, request, key } = call;
  refuseUnknown(request, known);
  const versionId = request.query.get('versionId');
  allow(call, versionId === null ? 'GetObject' : 'GetObjectVersion', {
    key,
    ...(versionId !== null && { context: { 's3:VersionId': [versionId] } }),
  });
  const version = findVersion(call);
  if (version.keyArn !== undefined) useObjectKey(call, 'Decrypt', version.keyArn);
  const same = notModified(call, version);
  if (same) return same;
  const range = rangeOf(request.headers.range, version.size);
  const withChecksum = request.headers['x-amz-checksum-mode'] === 'ENABLED' && range === undefined;
  const { start, end } = range ?? { start: 0, end: version.size };
  const { retention } = version;
  const headers = {
    'content-type': 'binary/octet-stream',
    ...version.headers,
    ...answerHeaders(version, withChecksum),
    'accept-ranges': 'bytes',
    'last-modified': new Date(version.at).toUTCString(),
    ...(range && { 'content-range': `bytes ${start}-${end - 1}/${version.size}` }),
    ...(retention && {
      'x-amz-object-lock-mode': retention.mode,
      'x-amz-object-lock-retain-until-date': new Date(retention.until).toISOString(),
    }),
    'content-length': String(end - start),
  };
  const body = request.method === 'HEAD' ? '' : s3.objects.read(version).subarray(start, end);
  return { status: range ? 206 : 200, headers, body };
}
