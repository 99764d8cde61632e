/** The smaller operations of S3: on buckets, deleting, and retention. */
import type { AwsResponse } from '../endpoint/service.ts';
import { allow, type BucketCall, type ObjectCall, refuseUnknown } from './call.ts';
import { invalidArgument, invalidRequest, S3Error } from './failure.ts';
import { findVersion, versionIdOf } from './get-object.ts';
import { listObjects, listVersions } from './listing.ts';
import { requireChangeable, requireDeletable, retentionOfBody } from './object-lock.ts';
import { checkBody, retentionKeys } from './put-object.ts';
import { documentOf, element, optional } from './xml.ts';

const xml = (body: string): AwsResponse => ({ status: 200, headers: { 'content-type': 'application/xml' }, body });
const nothing = (status: number, headers: Readonly<Record<string, string>> = {}): AwsResponse => ({
  status,
  headers,
  body: '',
});

const listParameters = ['delimiter', 'encoding-type', 'max-keys', 'prefix'];

/** The condition keys of a list. */
const listKeys = (query: URLSearchParams) =>
  Object.fromEntries(
    ['delimiter', 'max-keys', 'prefix'].flatMap((name) => {
      const value = query.get(name);
      return value === null ? [] : [[`s3:${name}`, [value]]];
    }),
  );

export const bucketOperations = {
  headBucket(call: BucketCall) {
    refuseUnknown(call.request, {});
    allow(call, 'ListBucket');
    return nothing(200, { 'x-amz-bucket-region': 'us-east-1' });
  },
  listObjects(call: BucketCall) {
    const { query } = call.request;
    refuseUnknown(call.request, {
      query: [...listParameters, 'continuation-token', 'fetch-owner', 'list-type', 'start-after'],
    });
    if (query.get('list-type') !== '2') throw invalidArgument('Invalid List Type specified in Request', 'list-type');
    allow(call, 'ListBucket', { context: listKeys(query) });
    return xml(listObjects(call.bucket, query, call.s3.objects));
  },
  listVersions(call: BucketCall) {
    const { query } = call.request;
    refuseUnknown(call.request, { query: [...listParameters, 'key-marker', 'version-id-marker', 'versions'] });
    allow(call, 'ListBucketVersions', { context: listKeys(query) });
    return xml(listVersions(call.bucket, query, call.s3.objects));
  },
  getLocation(call: BucketCall) {
    refuseUnknown(call.request, { query: ['location'] });
    allow(call, 'GetBucketLocation');
    // The first region of AWS has no name here.
    return xml(documentOf('LocationConstraint'));
  },
  getVersioning(call: BucketCall) {
    refuseUnknown(call.request, { query: ['versioning'] });
    allow(call, 'GetBucketVersioning');
    return xml(
      documentOf('VersioningConfiguration', optional('Status', call.bucket.isVersioned ? 'Enabled' : undefined)),
    );
  },
  getLock(call: BucketCall) {
    refuseUnknown(call.request, { query: ['object-lock'] });
    allow(call, 'GetBucketObjectLockConfiguration');
    const { lock, name } = call.bucket;
    if (!lock) {
      const sentence = 'Object Lock configuration does not exist for this bucket';
      throw new S3Error(404, 'ObjectLockConfigurationNotFoundError', sentence, { fields: { BucketName: name } });
    }
    const rule =
      lock.default &&
      element(
        'Rule',
        element('DefaultRetention', element('Mode', lock.default.mode), element('Days', lock.default.days)),
      );
    return xml(documentOf('ObjectLockConfiguration', element('ObjectLockEnabled', 'Enabled'), rule));
  },
  getPolicy(call: BucketCall): AwsResponse {
    refuseUnknown(call.request, { query: ['policy'] });
    allow(call, 'GetBucketPolicy');
    const { policy, name } = call.bucket;
    if (policy === undefined) {
      const fields = { BucketName: name };
      throw new S3Error(404, 'NoSuchBucketPolicy', 'The bucket policy does not exist', { fields });
    }
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(policy) };
  },
};

const bypassHeader = 'x-amz-bypass-governance-retention';

/** Throws AccessDenied where the caller asks to go past governance and may not. */
function bypasses(call: ObjectCall): boolean {
  const asked = call.request.headers[bypassHeader];
  if (asked === undefined) return false;
  if (!call.bucket.lock) {
    throw invalidArgument(`${bypassHeader} is only applicable to Object Lock enabled buckets.`, bypassHeader);
  }
  if (asked !== 'true') return false;
  allow(call, 'BypassGovernanceRetention', { key: call.key });
  return true;
}

function requireLock({ bucket }: BucketCall): void {
  if (!bucket.lock) throw invalidRequest('Bucket is missing Object Lock Configuration');
}

export const objectOperations = {
  deleteObject(call: ObjectCall) {
    const { s3, bucket, key, request } = call;
    refuseUnknown(request, { query: ['versionId'], headers: [bypassHeader] });
    const place = { bucket: bucket.name, key };
    const id = request.query.get('versionId');
    allow(call, id === null ? 'DeleteObject' : 'DeleteObjectVersion', {
      key,
      ...(id !== null && { context: { 's3:VersionId': [id] } }),
    });
    const versionId = versionIdOf(call) ?? (bucket.isVersioned ? undefined : 'null');
    const bypass = bypasses(call);
    if (versionId === undefined) {
      const marker = s3.objects.mark(place, s3.now());
      return nothing(204, { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId });
    }
    const version = s3.objects.versions(place).find((each) => each.versionId === versionId);
    if (version) {
      if (!version.isDeleteMarker) requireDeletable(version.retention, s3.now(), bypass);
      s3.objects.remove(version);
    }
    return nothing(204, {
      ...(bucket.isVersioned && { 'x-amz-version-id': versionId }),
      ...(version?.isDeleteMarker && { 'x-amz-delete-marker': 'true' }),
    });
  },
  getRetention(call: ObjectCall) {
    refuseUnknown(call.request, { query: ['retention', 'versionId'] });
    allow(call, 'GetObjectRetention', { key: call.key });
    requireLock(call);
    const { retention } = findVersion(call);
    if (!retention) {
      const sentence = 'The specified object does not have a ObjectLock configuration';
      throw new S3Error(404, 'NoSuchObjectLockConfiguration', sentence);
    }
    const until = new Date(retention.until).toISOString();
    return xml(documentOf('Retention', element('Mode', retention.mode), element('RetainUntilDate', until)));
  },
  putRetention(call: ObjectCall) {
    const { s3, request, key } = call;
    const now = s3.now();
    refuseUnknown(request, { query: ['retention', 'versionId'], headers: [bypassHeader, 'x-amz-checksum-'] });
    checkBody(request);
    requireLock(call);
    const retention = retentionOfBody(request.body.toString('utf8'), now);
    allow(call, 'PutObjectRetention', { key, ...(retention && { context: retentionKeys(retention, now) }) });
    const bypass = bypasses(call);
    const version = findVersion(call);
    requireChangeable(version.retention, retention, now, bypass);
    s3.objects.setRetention(version, retention);
    return nothing(200);
  },
};
