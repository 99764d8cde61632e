import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { bucket, startS3, textOf, versioned } from './s3-over-http.ts';

const Bucket = 'anchors';
let s3: Awaited<ReturnType<typeof startS3>>;
beforeEach(async () => {
  s3 = await startS3({ Anchors: versioned, Plain: bucket() });
});

const put = async (Key: string, Body: string) =>
  (await s3.operator.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId ?? '';
const remove = (Key: string, VersionId?: string) =>
  s3.operator.send(new DeleteObjectCommand({ Bucket, Key, ...(VersionId !== undefined && { VersionId }) }));
const list = (more: object = {}) => s3.operator.send(new ListObjectVersionsCommand({ Bucket, ...more }));

describe('an object with versions', () => {
  test('that is put again keeps what was there', async () => {
    const first = await put('root', 'one');
    const second = await put('root', 'two');
    expect(first).toMatch(/^[\w.]{32}$/);
    expect(second).not.toBe(first);
    expect(await textOf(s3.operator, { Bucket, Key: 'root' })).toBe('two');
    expect(await textOf(s3.operator, { Bucket, Key: 'root', VersionId: first })).toBe('one');
  });

  test('that is deleted is hidden by a marker, and comes back once the marker is deleted', async () => {
    const first = await put('root', 'one');
    const marker = await remove('root');
    expect(marker).toMatchObject({ DeleteMarker: true, VersionId: expect.stringMatching(/^[\w.]{32}$/) });
    const gone = s3.operator.send(new GetObjectCommand({ Bucket, Key: 'root' }));
    await expect(gone).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    expect(await textOf(s3.operator, { Bucket, Key: 'root', VersionId: first })).toBe('one');
    const { Versions, DeleteMarkers } = await list();
    expect(Versions).toMatchObject([{ Key: 'root', VersionId: first, IsLatest: false, Size: 3 }]);
    expect(DeleteMarkers).toMatchObject([{ Key: 'root', VersionId: marker.VersionId, IsLatest: true }]);
    expect(await remove('root', marker.VersionId)).toMatchObject({ DeleteMarker: true, VersionId: marker.VersionId });
    expect(await textOf(s3.operator, { Bucket, Key: 'root' })).toBe('one');
  });

  test('can lose one version for good', async () => {
    const first = await put('root', 'one');
    const second = await put('root', 'two');
    const removed = await remove('root', second);
    expect(removed.VersionId).toBe(second);
    expect(removed.DeleteMarker).toBeUndefined();
    expect(await textOf(s3.operator, { Bucket, Key: 'root' })).toBe('one');
    await expect(
      s3.operator.send(new GetObjectCommand({ Bucket, Key: 'root', VersionId: second })),
    ).rejects.toMatchObject({ name: 'NoSuchVersion', $metadata: { httpStatusCode: 404 } });
    // A version that is not there is deleted already.
    expect((await remove('root', second)).$metadata.httpStatusCode).toBe(204);
    await remove('root', first);
    expect(await list()).not.toHaveProperty('Versions');
  });

  test('gets a marker also where it never was', async () => {
    expect((await remove('never')).DeleteMarker).toBe(true);
    expect((await list()).DeleteMarkers).toHaveLength(1);
  });

  test('has a marker that cannot be read', async () => {
    await put('root', 'one');
    const { VersionId } = await remove('root');
    await expect(s3.operator.send(new GetObjectCommand({ Bucket, Key: 'root', VersionId }))).rejects.toMatchObject({
      name: 'MethodNotAllowed',
      message: 'The specified method is not allowed against this resource.',
      Method: 'GET',
      ResourceType: 'DeleteMarker',
      $metadata: { httpStatusCode: 405 },
    });
    await expect(s3.operator.send(new HeadObjectCommand({ Bucket, Key: 'root', VersionId }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 405 },
    });
  });

  test('is asked for by an id of the right form', async () => {
    await put('root', 'one');
    const wrong = {
      name: 'InvalidArgument',
      message: 'Invalid version id specified',
      ArgumentName: 'versionId',
      ArgumentValue: 'wrong',
    };
    await expect(
      s3.operator.send(new GetObjectCommand({ Bucket, Key: 'root', VersionId: 'wrong' })),
    ).rejects.toMatchObject(wrong);
    await expect(remove('root', 'wrong')).rejects.toMatchObject(wrong);
    await s3.operator.send(new PutObjectCommand({ Bucket: 'plain', Key: 'root', Body: 'x' }));
    const inPlain = new GetObjectCommand({
      Bucket: 'plain',
      Key: 'root',
      VersionId: 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD',
    });
    await expect(s3.operator.send(inPlain)).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  test('keeps every version of writers side by side', async () => {
    const ids = await Promise.all(Array.from({ length: 25 }, (_, number) => put('busy', `version ${number}`)));
    expect(new Set(ids).size).toBe(25);
    const { Versions = [] } = await list();
    expect(Versions.map(({ VersionId }) => VersionId).sort()).toEqual(ids.sort());
    expect(Versions.filter(({ IsLatest }) => IsLatest)).toHaveLength(1);
    expect(Versions.find(({ IsLatest }) => IsLatest)?.VersionId).toBe(Versions[0]?.VersionId);
  });
});

describe('a list of versions', () => {
  test('goes by key, then newest first, and page by page loses none', async () => {
    const expected: string[] = [];
    for (const key of ['a', 'b', 'c']) {
      const versions = [await put(key, '1'), await put(key, '2'), (await remove(key)).VersionId ?? ''];
      expected.push(...versions.toReversed());
    }
    for (const MaxKeys of [1, 2, 4, 100]) {
      const seen: string[] = [];
      let mark: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
      for (;;) {
        const page = await list({ MaxKeys, ...mark });
        const items = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
        expect(items.length).toBeLessThanOrEqual(MaxKeys);
        const order = (id?: string) => expected.indexOf(id ?? '');
        seen.push(...items.map(({ VersionId }) => VersionId ?? '').sort((one, other) => order(one) - order(other)));
        if (!page.IsTruncated) break;
        mark = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
      }
      expect(seen).toEqual(expected);
    }
  });

  test('takes no version as mark without its key', async () => {
    await expect(list({ VersionIdMarker: 'x' })).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'A version-id marker cannot be specified without a key marker.',
    });
  });

  test('folds what a delimiter ends', async () => {
    for (const key of ['2026/10/a', '2026/11/a', '2026/11/b', '2027']) await put(key, 'x');
    const page = await list({ Prefix: '2026/', Delimiter: '/' });
    expect(page.CommonPrefixes).toEqual([{ Prefix: '2026/10/' }, { Prefix: '2026/11/' }]);
    expect(page).not.toHaveProperty('Versions');
  });
});
