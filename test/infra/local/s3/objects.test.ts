/** Objects and their versions through the AWS SDK, as the product writes and reads them. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
} from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from '../dynamodb/new-folder.ts';
import { startOfTest } from '../endpoint/over-http.ts';
import { bucket, locked, startS3, textOf } from './s3-over-http.ts';

const Bucket = 'anchors';
let s3: Awaited<ReturnType<typeof startS3>>;
beforeAll(async () => {
  s3 = await startS3({ Anchors: locked });
});
const put = (Key: string, Body: string, more: object = {}, started = s3) =>
  started.operator.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));

/** A request as a client of any make would send it. */
async function send(
  headers: Record<string, string>,
  { method = 'PUT', body = 'test data..', path = '/anchors/raw' } = {},
) {
  const authorization = 'AWS4-HMAC-SHA256 Credential=operator/20261102/us-east-1/s3/aws4_request, Signature=x';
  const response = await fetch(`${s3.url}${path}`, {
    method,
    headers: { authorization, ...headers },
    ...(method === 'PUT' && { body }),
  });
  const text = await response.text();
  return { status: response.status, code: /<Code>(.*?)<\/Code>/.exec(text)?.[1] };
}

describe('an object', () => {
  test('is given back as it was put, with its type, its time and its checksum', async () => {
    const stored = await put('root', 'signed root: é', { ContentType: 'application/json' });
    expect(stored.VersionId).toMatch(/^[\w.]{32}$/);
    const found = await s3.operator.send(new GetObjectCommand({ Bucket, Key: 'root' }));
    expect(await found.Body?.transformToString()).toBe('signed root: é');
    expect(found).toMatchObject({
      ContentType: 'application/json',
      ContentLength: 15,
      LastModified: new Date(startOfTest),
      VersionId: stored.VersionId,
      ETag: stored.ETag,
      ChecksumCRC32: stored.ChecksumCRC32,
      ServerSideEncryption: 'AES256',
    });
    const head = await s3.operator.send(new HeadObjectCommand({ Bucket, Key: 'root' }));
    expect(head).toMatchObject({ ContentLength: 15, ETag: stored.ETag });
  });

  test('keeps each version that was put over it', async () => {
    const [one, two] = [await put('twice', 'one'), await put('twice', 'two')];
    expect(await textOf(s3.operator, { Bucket, Key: 'twice' })).toBe('two');
    expect(await textOf(s3.operator, { Bucket, Key: 'twice', VersionId: one.VersionId })).toBe('one');
    const { Versions } = await s3.operator.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'twice' }));
    expect(Versions).toMatchObject([
      { VersionId: two.VersionId, IsLatest: true },
      { VersionId: one.VersionId, IsLatest: false },
    ]);
  });

  test('is put once where the caller says so, and of callers side by side one is first', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, number) => put('once', `${number}`, { IfNoneMatch: '*' })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(put('once', 'late', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      message: 'At least one of the pre-conditions you specified did not hold',
    });
  });

  test('that is not there says so, and so does a bucket', async () => {
    const get = (more: object) => s3.operator.send(new GetObjectCommand({ Bucket, Key: 'none', ...more }));
    await expect(get({})).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    await put('some', 'x');
    await expect(get({ Key: 'some', VersionId: 'x'.repeat(32) })).rejects.toMatchObject({ name: 'NoSuchVersion' });
    await expect(get({ Bucket: 'elsewhere' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe('refused is', () => {
  test('what could take a version away, for everyone', async () => {
    const { VersionId } = await put('kept', 'x');
    const place = { Bucket, Key: 'kept', VersionId };
    const Retention = { Mode: 'COMPLIANCE', RetainUntilDate: new Date(startOfTest) } as const;
    const calls = [
      s3.operator.send(new DeleteObjectCommand(place)),
      s3.operator.send(new DeleteObjectCommand({ Bucket, Key: 'kept' })),
      s3.operator.send(new PutObjectRetentionCommand({ ...place, Retention })),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ name: 'NotImplemented' });
    expect(await textOf(s3.operator, place)).toBe('x');
  });

  test('any other call, which says which there are', async () => {
    await expect(s3.operator.send(new ListBucketsCommand({}))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('it has PutObject, GetObject, HeadObject, ListObjectsV2, ListObjectVersions'),
    });
  });

  test.each([
    [{ 'x-amz-checksum-crc32': 'AAAAAA==' }, 400, 'BadDigest'],
    [{ 'x-amz-meta-note': 'x' }, 501, 'NotImplemented'],
    [{ 'x-amz-acl': 'public-read' }, 501, 'NotImplemented'],
    [{ 'x-amz-object-lock-mode': 'GOVERNANCE' }, 501, 'NotImplemented'],
    [{ 'x-amz-checksum-sha256': 'AAAAAA==' }, 501, 'NotImplemented'],
    [{ 'x-amz-decoded-content-length': '11', 'content-encoding': 'aws-chunked' }, 501, 'NotImplemented'],
    [{ 'if-match': '"x"' }, 501, 'NotImplemented'],
  ])('a put with %j, rather than accepted and ignored', async (headers, status, code) => {
    expect(await send(headers as unknown as Record<string, string>)).toEqual({ status, code });
    await expect(s3.operator.send(new GetObjectCommand({ Bucket, Key: 'raw' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });

  test('a part of an object, and a parameter that would be ignored', async () => {
    await put('whole', 'whole');
    const path = '/anchors/whole';
    expect(await send({ range: 'bytes=0-1' }, { method: 'GET', path })).toMatchObject({ status: 501 });
    expect(await send({}, { method: 'GET', path: `${path}?tagging` })).toMatchObject({ status: 501 });
  });
});

describe('in the data folder', () => {
  const resources = { Anchors: locked };

  test('objects are found again, each body in a file that only its owner can read', async () => {
    const folder = newFolder();
    const first = await startS3(resources, { folder });
    const { VersionId } = await put('root', 'one', {}, first);
    await put('root', 'two', {}, first);
    await first.stop();
    const bodies = readdirSync(join(folder, 'bodies'));
    expect(bodies.map((file) => readFileSync(join(folder, 'bodies', file), 'utf8')).sort()).toEqual(['one', 'two']);
    for (const file of bodies) expect(statSync(join(folder, 'bodies', file)).mode & 0o777).toBe(0o600);
    const again = await startS3(resources, { folder });
    expect(await textOf(again.operator, { Bucket, Key: 'root', VersionId })).toBe('one');
    expect(await textOf(again.operator, { Bucket, Key: 'root' })).toBe('two');
  });

  test('anchors are printed for who checks the folder, the first version of each', async () => {
    const folder = newFolder();
    const started = await startS3(resources, { folder: join(folder, 's3') });
    for (const [key, text] of [
      ['anchors/2', 'two'],
      ['anchors/1', 'one'],
      ['anchors/1', 'another'],
      ['copies/1', 'no anchor'],
    ] as const) {
      await put(key, text, {}, started);
    }
    await started.stop();
    const command = fileURLToPath(
      new URL('../../../../infra/local/data-folder/read-anchors-command.ts', import.meta.url),
    );
    const lines = execFileSync(process.execPath, [command, folder], { encoding: 'utf8' });
    expect(
      lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { name: 'anchors/1', text: 'one' },
      { name: 'anchors/2', text: 'two' },
    ]);
  });

  test('what a put left that was cut off goes, and a body that is missing stops the start', async () => {
    const folder = newFolder();
    const first = await startS3(resources, { folder });
    await put('root', 'one', {}, first);
    await first.stop();
    const [file = ''] = readdirSync(join(folder, 'bodies'));
    for (const left of ['half.new', 'never-listed']) writeFileSync(join(folder, 'bodies', left), 'half');
    const again = await startS3(resources, { folder });
    expect(readdirSync(join(folder, 'bodies'))).toEqual([file]);
    await again.stop();
    rmSync(join(folder, 'bodies', file));
    await expect(startS3(resources, { folder })).rejects.toThrow(/is missing: an object has no body/);
  });
});

test('a bucket without versions or Object Lock, or with a lifecycle, stops the start', async () => {
  for (const more of [
    { ObjectLockEnabled: false },
    { VersioningConfiguration: undefined },
    { LifecycleConfiguration: {} },
  ]) {
    await expect(startS3({ Anchors: bucket(more) })).rejects.toThrow('Anchors cannot run here');
  }
});
