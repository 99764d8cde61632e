import { ListObjectsV2Command, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, test } from 'vitest';
import { startOfTest } from '../endpoint/over-http.ts';
import { locked, startS3 } from './s3-over-http.ts';

const Bucket = 'anchors';
const keys = ['2026/10/31', '2026/11/01', '2026/11/02', '2026/11', '2027', 'a b', 'A', 'ä', '😀', '～'];
/** As S3 sorts: by the bytes of UTF-8, where the face comes after the full-width sign. */
const sorted = ['2026/10/31', '2026/11', '2026/11/01', '2026/11/02', '2027', 'A', 'a b', 'ä', '～', '😀'];

let s3: Awaited<ReturnType<typeof startS3>>;
beforeAll(async () => {
  s3 = await startS3({ Anchors: locked });
  for (const Key of keys) await s3.operator.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
});
const list = (more: object = {}) => s3.operator.send(new ListObjectsV2Command({ Bucket, ...more }));
const keysOf = ({ Contents = [] }: { Contents?: readonly { Key?: string | undefined }[] | undefined }) =>
  Contents.map(({ Key }) => Key);

describe('a list of objects', () => {
  test('has every key, in the order of bytes', async () => {
    const page = await list();
    expect(keysOf(page)).toEqual(sorted);
    expect(page).toMatchObject({ Name: 'anchors', KeyCount: 10, IsTruncated: false, Prefix: '' });
    expect(page.Contents?.[0]).toEqual({
      Key: '2026/10/31',
      LastModified: new Date(startOfTest),
      ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      ChecksumAlgorithm: ['CRC32'],
      ChecksumType: 'FULL_OBJECT',
      Size: 10,
      StorageClass: 'STANDARD',
    });
  });

  test('begins after a key, and keeps to a prefix', async () => {
    expect(keysOf(await list({ StartAfter: '2027' }))).toEqual(sorted.slice(5));
    expect(keysOf(await list({ Prefix: '2026/11/' }))).toEqual(['2026/11/01', '2026/11/02']);
    expect(keysOf(await list({ Prefix: 'nothing' }))).toEqual([]);
  });

  test('folds what a delimiter ends', async () => {
    const whole = await list({ Delimiter: '/' });
    expect(whole.CommonPrefixes).toEqual([{ Prefix: '2026/' }]);
    expect(keysOf(whole)).toEqual(sorted.slice(4));
    const below = await list({ Prefix: '2026/', Delimiter: '/' });
    expect(below.CommonPrefixes).toEqual([{ Prefix: '2026/10/' }, { Prefix: '2026/11/' }]);
    expect([keysOf(below), below.KeyCount]).toEqual([['2026/11'], 3]);
  });

  test('is one page, for clients that ask for as many as S3 gives alone', async () => {
    expect((await list({ MaxKeys: 1000 })).IsTruncated).toBe(false);
    for (const more of [{ MaxKeys: 5 }, { ContinuationToken: 'x' }])
      await expect(list(more)).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  test('can be encoded for clients that cannot read every key', async () => {
    const page = await list({ EncodingType: 'url', Prefix: 'a' });
    expect(page).toMatchObject({ EncodingType: 'url' });
    expect(keysOf(page)).toEqual(['a%20b']);
  });
});

test('every version of a key is told, the newest first', async () => {
  for (const Body of ['two', 'three']) await s3.operator.send(new PutObjectCommand({ Bucket, Key: '2027', Body }));
  const { Versions = [] } = await s3.operator.send(new ListObjectVersionsCommand({ Bucket, Prefix: '2027' }));
  expect(Versions.map(({ Key, IsLatest, Size }) => [Key, IsLatest, Size])).toEqual([
    ['2027', true, 5],
    ['2027', false, 3],
    ['2027', false, 4],
  ]);
});
