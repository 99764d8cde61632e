/** Object Lock: what no caller can do, whatever they are granted, until the date has come. */
import {
  DeleteObjectCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  ObjectLockMode,
  type ObjectLockRetention,
  PutObjectCommand,
  PutObjectRetentionCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { functionWith } from '../dynamodb/cloud.ts';
import { newFolder } from '../dynamodb/new-folder.ts';
import { bucket, day, locked, startOfTest, startS3, textOf, versioned } from './s3-over-http.ts';

const Bucket = 'anchors';
const inDays = (days: number) => new Date(startOfTest + days * day);
const byDefault = (DefaultRetention: object) =>
  bucket({
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } },
  });
const everything = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
const resources = { Anchors: locked, ...functionWith('Sweep', everything), Open: versioned };

const protectedByLock = {
  name: 'AccessDenied',
  message: 'Access Denied because object protected by object lock.',
  $metadata: { httpStatusCode: 403 },
};

async function putLocked(client: S3Client, days = 7, ObjectLockMode_: ObjectLockMode = 'COMPLIANCE', Key = 'root') {
  const lock = { ObjectLockMode: ObjectLockMode_, ObjectLockRetainUntilDate: inDays(days) };
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key, Body: 'signed root', ...lock }));
  return VersionId ?? '';
}
const remove = (VersionId?: string, more: object = {}) =>
  new DeleteObjectCommand({ Bucket, Key: 'root', ...(VersionId !== undefined && { VersionId }), ...more });
const retain = (Retention: ObjectLockRetention, VersionId?: string, more: object = {}) =>
  new PutObjectRetentionCommand({ Bucket, Key: 'root', Retention, ...(VersionId && { VersionId }), ...more });
const compliance = (days: number): ObjectLockRetention => ({ Mode: 'COMPLIANCE', RetainUntilDate: inDays(days) });

describe('a version under compliance', () => {
  test('cannot be deleted by anyone until its date, and then can', async () => {
    const { operator, as, clock } = await startS3(resources);
    const VersionId = await putLocked(operator);
    for (const attempt of [remove(VersionId), remove(VersionId, { BypassGovernanceRetention: true })]) {
      await expect(operator.send(attempt)).rejects.toMatchObject(protectedByLock);
      await expect(as('Sweep').send(attempt)).rejects.toMatchObject(protectedByLock);
    }
    await clock.advance(7 * day - 1);
    await expect(operator.send(remove(VersionId))).rejects.toMatchObject(protectedByLock);
    expect(await textOf(operator, { Bucket, Key: 'root', VersionId })).toBe('signed root');
    await clock.advance(1);
    expect((await operator.send(remove(VersionId))).VersionId).toBe(VersionId);
  });

  test('stays under whatever is put or deleted over it', async () => {
    const { operator } = await startS3(resources);
    const VersionId = await putLocked(operator);
    await operator.send(new PutObjectCommand({ Bucket, Key: 'root', Body: 'forged root' }));
    await operator.send(remove());
    expect(await textOf(operator, { Bucket, Key: 'root', VersionId })).toBe('signed root');
    const { Versions } = await operator.send(new ListObjectVersionsCommand({ Bucket }));
    expect(Versions?.map((each) => each.VersionId)).toContain(VersionId);
  });

  test('can be retained longer, and never shorter or more weakly', async () => {
    const { operator, as } = await startS3(resources);
    const VersionId = await putLocked(operator, 7);
    const weaker: readonly ObjectLockRetention[] = [
      compliance(6),
      { Mode: 'GOVERNANCE', RetainUntilDate: inDays(30) },
      {},
    ];
    for (const retention of weaker) {
      for (const client of [operator, as('Sweep')]) {
        const attempts = [
          retain(retention, VersionId),
          retain(retention, VersionId, { BypassGovernanceRetention: true }),
        ];
        for (const attempt of attempts) await expect(client.send(attempt)).rejects.toMatchObject(protectedByLock);
      }
    }
    await operator.send(retain(compliance(30), VersionId));
    const { Retention } = await operator.send(new GetObjectRetentionCommand({ Bucket, Key: 'root', VersionId }));
    expect(Retention).toEqual(compliance(30));
    await expect(operator.send(retain(compliance(29), VersionId))).rejects.toMatchObject(protectedByLock);
  });

  test('is so after a restart, also where the template has no lock any more', async () => {
    const folder = newFolder();
    const first = await startS3(resources, { folder });
    const VersionId = await putLocked(first.operator);
    await first.stop();
    const again = await startS3({ Anchors: versioned }, { folder });
    await expect(again.operator.send(remove(VersionId))).rejects.toMatchObject(protectedByLock);
    expect(await textOf(again.operator, { Bucket, Key: 'root' })).toBe('signed root');
    await again.stop();
    const later = await startS3(resources, { folder, now: startOfTest + 8 * day });
    expect((await later.operator.send(remove(VersionId))).VersionId).toBe(VersionId);
  });

  test('says so itself', async () => {
    const { operator } = await startS3(resources);
    await putLocked(operator);
    expect(await operator.send(new HeadObjectCommand({ Bucket, Key: 'root' }))).toMatchObject({
      ObjectLockMode: 'COMPLIANCE',
      ObjectLockRetainUntilDate: inDays(7),
    });
  });

  test('is not deleted by callers who all try at once', async () => {
    const { operator, as } = await startS3(resources);
    const VersionId = await putLocked(operator);
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, number) =>
        number % 2 === 0 ? operator.send(remove(VersionId)) : as('Sweep').send(retain(compliance(1), VersionId)),
      ),
    );
    expect(tries.every(({ status }) => status === 'rejected')).toBe(true);
    expect(await textOf(operator, { Bucket, Key: 'root', VersionId })).toBe('signed root');
  });
});

describe('a version under governance', () => {
  test('can be deleted or released by a caller who may bypass it and says so', async () => {
    const bypass = { Effect: 'Deny', Action: 's3:BypassGovernanceRetention', Resource: '*' };
    const { operator, as } = await startS3({ Anchors: locked, ...functionWith('Api', everything, bypass) });
    const VersionId = await putLocked(operator, 7, 'GOVERNANCE');
    await expect(operator.send(remove(VersionId))).rejects.toMatchObject(protectedByLock);
    const going = { BypassGovernanceRetention: true };
    await expect(as('Api').send(remove(VersionId, going))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('s3:BypassGovernanceRetention'),
    });
    const shorter: ObjectLockRetention = { Mode: 'GOVERNANCE', RetainUntilDate: inDays(1) };
    await expect(operator.send(retain(shorter, VersionId))).rejects.toMatchObject(protectedByLock);
    await operator.send(retain(shorter, VersionId, going));
    expect((await operator.send(remove(VersionId, going))).VersionId).toBe(VersionId);
  });

  test('can become compliance', async () => {
    const { operator } = await startS3(resources);
    const VersionId = await putLocked(operator, 7, 'GOVERNANCE');
    await operator.send(retain(compliance(7), VersionId));
    await expect(operator.send(remove(VersionId, { BypassGovernanceRetention: true }))).rejects.toMatchObject(
      protectedByLock,
    );
  });
});

describe('a bucket’s own retention', () => {
  test.each([
    [{ Mode: 'COMPLIANCE', Days: 3 }, 3],
    [{ Mode: 'COMPLIANCE', Years: 2 }, 730],
    [{ Mode: 'GOVERNANCE', Days: 1 }, 1],
  ])('%j is given to each new version', async (retention, days) => {
    const { operator } = await startS3({ Anchors: byDefault(retention) });
    const { VersionId } = await operator.send(new PutObjectCommand({ Bucket, Key: 'root', Body: 'x' }));
    const { Retention } = await operator.send(new GetObjectRetentionCommand({ Bucket, Key: 'root' }));
    expect(Retention).toEqual({ Mode: retention.Mode, RetainUntilDate: inDays(days) });
    await expect(operator.send(remove(VersionId))).rejects.toMatchObject(protectedByLock);
    const { ObjectLockConfiguration } = await operator.send(new GetObjectLockConfigurationCommand({ Bucket }));
    expect(ObjectLockConfiguration).toEqual({
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: retention.Mode, Days: days } },
    });
  });

  test('gives way to that of the call', async () => {
    const { operator } = await startS3({ Anchors: byDefault({ Mode: 'COMPLIANCE', Days: 3 }) });
    await putLocked(operator, 9);
    const { Retention } = await operator.send(new GetObjectRetentionCommand({ Bucket, Key: 'root' }));
    expect(Retention).toEqual(compliance(9));
  });
});

describe('refused is', () => {
  const put = (more: object) => new PutObjectCommand({ Bucket, Key: 'root', Body: 'x', ...more });
  test.each([
    [
      'a mode without a date',
      { ObjectLockMode: ObjectLockMode.COMPLIANCE },
      'InvalidArgument',
      'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
    ],
    [
      'a date without a mode',
      { ObjectLockRetainUntilDate: inDays(1) },
      'InvalidArgument',
      'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
    ],
    [
      'another mode',
      { ObjectLockMode: 'BAD-VALUE', ObjectLockRetainUntilDate: inDays(1) },
      'InvalidArgument',
      'Unknown wormMode directive.',
    ],
    [
      'a date that has passed',
      { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: inDays(0) },
      'InvalidArgument',
      'The retain until date must be in the future!',
    ],
    [
      'a legal hold, which is not here',
      { ObjectLockLegalHoldStatus: 'ON' },
      'NotImplemented',
      'A header you provided implies functionality that is not implemented',
    ],
    [
      'a lock in a bucket without it',
      { Bucket: 'open', ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: inDays(1) },
      'InvalidRequest',
      'Bucket is missing Object Lock Configuration',
    ],
  ])('%s', async (_, more, name, message) => {
    const { operator } = await startS3(resources);
    await expect(operator.send(put(more))).rejects.toMatchObject({ name, message });
  });

  test('retention where there is none, on a marker, or with a body that is not whole', async () => {
    const { operator } = await startS3(resources);
    const get = (more: object = {}) => new GetObjectRetentionCommand({ Bucket, Key: 'root', ...more });
    await expect(operator.send(get())).rejects.toMatchObject({ name: 'NoSuchKey' });
    await operator.send(put({}));
    await expect(operator.send(get())).rejects.toMatchObject({
      name: 'NoSuchObjectLockConfiguration',
      message: 'The specified object does not have a ObjectLock configuration',
    });
    await operator.send(put({ Bucket: 'open' }));
    await expect(operator.send(get({ Bucket: 'open' }))).rejects.toMatchObject({ name: 'InvalidRequest' });
    for (const retention of [{ Mode: 'COMPLIANCE' }, { RetainUntilDate: inDays(1) }, { ...compliance(1), Mode: 'X' }]) {
      await expect(operator.send(retain(retention as ObjectLockRetention))).rejects.toMatchObject({
        name: 'MalformedXML',
      });
    }
    await expect(operator.send(retain(compliance(-1)))).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'The retain until date must be in the future!',
      ArgumentName: 'RetainUntilDate',
    });
    const { VersionId } = await operator.send(remove());
    await expect(operator.send(retain(compliance(1), VersionId))).rejects.toMatchObject({
      name: 'MethodNotAllowed',
      Method: 'PUT',
      ResourceType: 'DeleteMarker',
    });
  });

  test('bypassing governance in a bucket without a lock', async () => {
    const { operator } = await startS3(resources);
    await expect(
      operator.send(new DeleteObjectCommand({ Bucket: 'open', Key: 'x', BypassGovernanceRetention: true })),
    ).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.',
    });
    await expect(operator.send(new GetObjectLockConfigurationCommand({ Bucket: 'open' }))).rejects.toMatchObject({
      name: 'ObjectLockConfigurationNotFoundError',
      BucketName: 'open',
    });
  });
});
