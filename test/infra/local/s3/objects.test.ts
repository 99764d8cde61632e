import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, test } from 'vitest';
import { bucket, startOfTest, startS3, textOf, versioned } from './s3-over-http.ts';

let s3: Awaited<ReturnType<typeof startS3>>;
beforeAll(async () => {
  s3 = await startS3({ Plain: bucket(), Anchors: versioned });
});

const put = (
  Key: string,
  Body: NonNullable<PutObjectCommandInput['Body']>,
  more: Partial<PutObjectCommandInput> = {},
) => s3.operator.send(new PutObjectCommand({ Bucket: 'plain', Key, Body, ...more }));
const get = (Key: string, more: object = {}) =>
  s3.operator.send(new GetObjectCommand({ Bucket: 'plain', Key, ...more }));

describe('an object', () => {
  test('comes back as it was put, with what was said of it', async () => {
    const stored = await put('2026/root.json', '{"root":"x"}', {
      ContentType: 'application/json',
      CacheControl: 'no-store',
      ContentDisposition: 'attachment; filename="root.json"',
      ContentLanguage: 'en',
      Metadata: { hour: '2026-11-02T09' },
    });
    expect(stored).toMatchObject({
      ChecksumCRC32: expect.any(String),
      ChecksumType: 'FULL_OBJECT',
      ServerSideEncryption: 'AES256',
    });
    expect(stored).not.toHaveProperty('VersionId');
    const found = await get('2026/root.json');
    expect(await found.Body?.transformToString()).toBe('{"root":"x"}');
    expect(found).toMatchObject({
      ContentType: 'application/json',
      ContentLength: 12,
      CacheControl: 'no-store',
      ContentDisposition: 'attachment; filename="root.json"',
      ContentLanguage: 'en',
      Metadata: { hour: '2026-11-02T09' },
      LastModified: new Date(startOfTest),
      AcceptRanges: 'bytes',
      ETag: stored.ETag,
      ServerSideEncryption: 'AES256',
    });
  });

  test('has the digest of its bytes as ETag', async () => {
    await put('test', 'test');
    const head = await s3.operator.send(new HeadObjectCommand({ Bucket: 'plain', Key: 'test' }));
    expect(head).toMatchObject({
      ETag: '"098f6bcd4621d373cade4e832627b4f6"',
      ContentLength: 4,
    });
  });

  test('may be empty, and may be binary', async () => {
    await put('empty', '', { ContentLength: 0 });
    expect(await textOf(s3.operator, { Bucket: 'plain', Key: 'empty' })).toBe('');
    const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7919) % 256);
    await put('binary', bytes);
    expect(await (await get('binary')).Body?.transformToByteArray()).toEqual(bytes);
  });

  test.each(['a b+c', 'ünïcode/名', 'a//b', '/leading', 'a%2Fb', '.', 'q?x=1&y', 'tail/'])(
    'may have the key %j',
    async (Key) => {
      await put(Key, Key);
      expect(await textOf(s3.operator, { Bucket: 'plain', Key })).toBe(Key);
    },
  );

  test('is replaced in a bucket without versions, and is gone once deleted, also twice', async () => {
    await put('again', 'one');
    await put('again', 'two');
    expect(await textOf(s3.operator, { Bucket: 'plain', Key: 'again' })).toBe('two');
    for (const _ of [1, 2]) {
      const deleted = await s3.operator.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'again' }));
      expect(deleted.$metadata.httpStatusCode).toBe(204);
    }
    await expect(get('again')).rejects.toMatchObject({ name: 'NoSuchKey', Key: 'again' });
  });

  test('comes through a stream of unknown checksum, with a trailer', async () => {
    const Body = Readable.from([Buffer.from('streamed '), Buffer.from('body')]);
    const stored = await put('stream', Body, { ContentLength: 13 });
    expect(stored.ChecksumCRC32).toBeTypeOf('string');
    expect(await textOf(s3.operator, { Bucket: 'plain', Key: 'stream' })).toBe('streamed body');
    expect((await get('stream')).ContentEncoding).toBeUndefined();
  });

  test('keeps its own encoding, and not that of its way here', async () => {
    const Body = Readable.from([Buffer.from('zipped')]);
    await put('zipped', Body, { ContentLength: 6, ContentEncoding: 'gzip' });
    const head = await s3.operator.send(new HeadObjectCommand({ Bucket: 'plain', Key: 'zipped' }));
    expect(head.ContentEncoding).toBe('gzip');
  });
});

describe('a part of an object', () => {
  beforeAll(() => put('digits', '0123456789'));
  test.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
    ['bytes=-100', '0123456789', 'bytes 0-9/10'],
  ])('%s is %s', async (Range, text, ContentRange) => {
    const found = await get('digits', { Range });
    expect(await found.Body?.transformToString()).toBe(text);
    expect(found).toMatchObject({ ContentRange, ContentLength: text.length });
    expect(found.$metadata.httpStatusCode).toBe(206);
  });

  test.each(['bytes=5-2', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=-'])('%s is the whole object', async (Range) => {
    const found = await get('digits', { Range });
    expect(await found.Body?.transformToString()).toBe('0123456789');
    expect(found.$metadata.httpStatusCode).toBe(200);
  });

  test.each(['bytes=10-', 'bytes=100-200', 'bytes=-0'])('%s cannot be given', async (Range) => {
    await expect(get('digits', { Range })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    });
  });
});

describe('a condition', () => {
  const ETag = '"098f6bcd4621d373cade4e832627b4f6"';
  const before = new Date(startOfTest - 1000);
  const at = new Date(startOfTest);
  beforeAll(() => put('condition', 'test'));

  test.each([
    ['If-Match', { IfMatch: ETag }, 200],
    ['If-Match without quotes', { IfMatch: ETag.replaceAll('"', '') }, 200],
    ['If-Match of another', { IfMatch: '"other"' }, 412],
    ['If-None-Match', { IfNoneMatch: ETag }, 304],
    ['If-None-Match of another', { IfNoneMatch: '"other"' }, 200],
    ['If-Modified-Since before', { IfModifiedSince: before }, 200],
    ['If-Modified-Since the same', { IfModifiedSince: at }, 304],
    ['If-Unmodified-Since before', { IfUnmodifiedSince: before }, 412],
    ['If-Unmodified-Since the same', { IfUnmodifiedSince: at }, 200],
    ['If-Match counts before a date', { IfMatch: ETag, IfUnmodifiedSince: before }, 200],
  ])('%s of a GetObject gives %i', async (_, condition, status) => {
    const answered = await get('condition', condition).then(
      (found) => found.$metadata.httpStatusCode,
      (error) => error.$metadata.httpStatusCode,
    );
    expect(answered).toBe(status);
  });

  test('If-None-Match lets one of many writers put an object, and the others find it there', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, number) => put('once', `writer ${number}`, { IfNoneMatch: '*' })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [refused] = tries.filter((each) => each.status === 'rejected');
    expect(refused?.reason).toMatchObject({
      name: 'PreconditionFailed',
      message: 'At least one of the pre-conditions you specified did not hold',
      Condition: 'If-None-Match',
      $metadata: { httpStatusCode: 412 },
    });
  });

  test('If-Match replaces only what was read', async () => {
    await put('condition', 'test');
    await expect(put('condition', 'x', { IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(put('not-there', 'x', { IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
    await put('condition', 'changed', { IfMatch: ETag });
    expect(await textOf(s3.operator, { Bucket: 'plain', Key: 'condition' })).toBe('changed');
    await put('condition', 'test');
  });

  test.each([{ IfNoneMatch: ETag }, { IfMatch: '*' }, { IfMatch: ETag, IfNoneMatch: '*' }])(
    '%j of a PutObject is not implemented, as in AWS',
    async (condition) => {
      await expect(put('condition', 'x', condition)).rejects.toMatchObject({
        name: 'NotImplemented',
        $metadata: { httpStatusCode: 501 },
      });
    },
  );
});

describe('a bucket', () => {
  test('is listed, found, and described', async () => {
    const { Buckets } = await s3.operator.send(new ListBucketsCommand({}));
    expect(Buckets).toEqual([
      { Name: 'anchors', CreationDate: new Date(startOfTest) },
      { Name: 'plain', CreationDate: new Date(startOfTest) },
    ]);
    expect((await s3.operator.send(new HeadBucketCommand({ Bucket: 'plain' }))).BucketRegion).toBe('us-east-1');
    const versioning = (Bucket: string) => s3.operator.send(new GetBucketVersioningCommand({ Bucket }));
    expect((await versioning('anchors')).Status).toBe('Enabled');
    expect((await versioning('plain')).Status).toBeUndefined();
    const location = await s3.operator.send(new GetBucketLocationCommand({ Bucket: 'plain' }));
    expect(location.LocationConstraint ?? '').toBe('');
    await expect(s3.operator.send(new GetBucketPolicyCommand({ Bucket: 'plain' }))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    });
  });

  test('is made by the template alone, and a call that makes one is told so', async () => {
    await expect(s3.operator.send(new CreateBucketCommand({ Bucket: 'elsewhere' }))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'The embedded S3 makes no buckets: its buckets are those of the template.',
    });
  });

  test('that is not there is told apart from a key that is not there', async () => {
    const elsewhere = new GetObjectCommand({ Bucket: 'elsewhere', Key: 'x' });
    await expect(s3.operator.send(elsewhere)).rejects.toMatchObject({
      name: 'NoSuchBucket',
      message: 'The specified bucket does not exist',
      BucketName: 'elsewhere',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(s3.operator.send(new HeadBucketCommand({ Bucket: 'elsewhere' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    });
    await expect(get('not-there')).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    await expect(s3.operator.send(new HeadObjectCommand({ Bucket: 'plain', Key: 'not-there' }))).rejects.toMatchObject({
      name: 'NotFound',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('may be named by the host instead of the path', async () => {
    await put('by-host', 'found');
    const { port } = new URL(s3.url);
    const hosts = [`plain.localhost:${port}`, `plain.s3.localhost:${port}`, `plain.s3.us-east-1.localhost:${port}`];
    for (const host of hosts) expect(await getFrom(Number(port), host, '/by-host')).toEqual([200, 'found']);
    expect((await getFrom(Number(port), 'plain.example.org', '/by-host'))[0]).toBe(403);
    const client = s3.client('operator', { endpoint: `http://localhost:${port}`, forcePathStyle: true });
    expect(await textOf(client, { Bucket: 'plain', Key: 'by-host' })).toBe('found');
  });
});

/** A signed GET to this machine under another host name, which a resolver would not know. */
async function getFrom(port: number, host: string, path: string): Promise<readonly [number, string]> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=operator/20261102/us-east-1/s3/aws4_request, Signature=x';
    const sent = request({ host: '127.0.0.1', port, path, headers: { host, authorization } }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve([response.statusCode ?? 0, text]));
    });
    sent.on('error', reject);
    sent.end();
  });
}
