import {
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { pageOf } from '../../../../infra/local/s3/listing.ts';
import { locked, startOfTest, startS3 } from './s3-over-http.ts';

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
    expect(page).toMatchObject({ Name: 'anchors', KeyCount: 10, MaxKeys: 1000, IsTruncated: false, Prefix: '' });
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

  test.each([1, 2, 3, 7, 10, 11])('comes in pages of %i and loses none', async (MaxKeys) => {
    const seen: unknown[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await list({ MaxKeys, ContinuationToken });
      expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys);
      seen.push(...keysOf(page));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(seen).toEqual(sorted);
  });

  test('begins after a key, and keeps to a prefix', async () => {
    expect(keysOf(await list({ StartAfter: '2027' }))).toEqual(sorted.slice(5));
    expect(keysOf(await list({ Prefix: '2026/11/' }))).toEqual(['2026/11/01', '2026/11/02']);
    expect(keysOf(await list({ Prefix: 'nothing' }))).toEqual([]);
  });

  test('folds what a delimiter ends, also over pages', async () => {
    const whole = await list({ Delimiter: '/' });
    expect(whole.CommonPrefixes).toEqual([{ Prefix: '2026/' }]);
    expect(keysOf(whole)).toEqual(sorted.slice(4));
    const first = await list({ Prefix: '2026/', Delimiter: '/', MaxKeys: 1 });
    expect(first).toMatchObject({ CommonPrefixes: [{ Prefix: '2026/10/' }], IsTruncated: true, KeyCount: 1 });
    const second = await list({
      Prefix: '2026/',
      Delimiter: '/',
      MaxKeys: 1,
      ContinuationToken: first.NextContinuationToken,
    });
    expect(keysOf(second)).toEqual(['2026/11']);
    const third = await list({ Prefix: '2026/', Delimiter: '/', ContinuationToken: second.NextContinuationToken });
    expect(third).toMatchObject({ CommonPrefixes: [{ Prefix: '2026/11/' }], IsTruncated: false });
  });

  test('can be encoded for clients that cannot read every key', async () => {
    const page = await list({ EncodingType: 'url', Prefix: 'a' });
    expect(page).toMatchObject({ EncodingType: 'url' });
    expect(keysOf(page)).toEqual(['a%20b']);
  });
});

test('versions come page by page too, also where a page ends within a key', async () => {
  for (const Body of ['two', 'three']) await s3.operator.send(new PutObjectCommand({ Bucket, Key: '2027', Body }));
  const seen: unknown[] = [];
  let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
  while (next) {
    const page: ListObjectVersionsCommandOutput = await s3.operator.send(
      new ListObjectVersionsCommand({ Bucket, Prefix: '202', MaxKeys: 2, ...next }),
    );
    seen.push(...(page.Versions ?? []).map(({ Key, IsLatest }) => `${Key} ${IsLatest}`));
    next = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined;
  }
  expect(seen).toEqual([
    ...['2026/10/31', '2026/11', '2026/11/01', '2026/11/02', '2027'].map((key) => `${key} true`),
    '2027 false',
    '2027 false',
  ]);
});

test('pages of any size together are the whole list, folded or not', () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', '/'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      fc.uniqueArray(key),
      fc.constantFrom('', '/'),
      fc.integer({ min: 1, max: 5 }),
      (drawn, delimiter, most) => {
        const entries = drawn.sort().map((each) => ({ key: each, item: each }));
        const shown = ({ items, commonPrefixes }: ReturnType<typeof pageOf<string>>) => [
          ...items.map(({ item }) => item),
          ...commonPrefixes,
        ];
        const whole = shown(pageOf(entries, { prefix: '', delimiter, most: 1000 }));
        const paged: string[] = [];
        let rest = entries;
        for (;;) {
          const page = pageOf(rest, { prefix: '', delimiter, most });
          paged.push(...shown(page));
          if (!page.isCut) break;
          const last = page.last ?? '';
          const isShown = (each: string) =>
            each <= last || (delimiter !== '' && last.endsWith('/') && each.startsWith(last));
          rest = rest.filter((entry) => !isShown(entry.key));
        }
        expect(paged.sort()).toEqual(whole.sort());
      },
    ),
  );
});
