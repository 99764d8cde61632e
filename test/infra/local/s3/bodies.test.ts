/** Bodies over the wire: checksums, pieces with trailers, bounds, and where they are kept. */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChecksumAlgorithm, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, test } from 'vitest';
import { checksumAlgorithms, checksumOf } from '../../../../infra/local/s3/checksums.ts';
import { newFolder } from '../dynamodb/new-folder.ts';
import { bucket, startS3, textOf, versioned } from './s3-over-http.ts';

let s3: Awaited<ReturnType<typeof startS3>>;
beforeAll(async () => {
  s3 = await startS3({ Plain: bucket() });
});

/** A request as a client of any make would send it. */
async function send(headers: Record<string, string>, body: string | Buffer = 'test data..') {
  const authorization = 'AWS4-HMAC-SHA256 Credential=operator/20261102/us-east-1/s3/aws4_request, Signature=x';
  const response = await fetch(`${s3.url}/plain/raw`, {
    method: 'PUT',
    headers: { authorization, ...headers },
    body: Buffer.from(body),
  });
  const text = await response.text();
  const [, code] = /<Code>(.*?)<\/Code>/.exec(text) ?? [];
  const [, message] = /<Message>(.*?)<\/Message>/.exec(text) ?? [];
  return { status: response.status, code, message, headers: response.headers };
}

describe('a checksum', () => {
  // What AWS answered for this text, as recorded beside the tests of localstack/localstack.
  test.each([
    ['CRC32', 'cZWHwQ=='],
    ['CRC32C', 'Pf4upw=='],
    ['CRC64NVME', 'qUVrWYOrIAM='],
    ['SHA1', 'B++3uSfJMSHWToQMQ1g6lIJY5Eo='],
    ['SHA256', '2l26x0trnT0r2AvakoFk2MB7eKVKzYESLMxSAKAzoik='],
  ] as const)('%s is computed as AWS does', (algorithm, value) => {
    expect(checksumOf(algorithm, Buffer.from('test data..'))).toBe(value);
  });

  // The check values of the catalogue of CRC algorithms.
  test.each([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
  ] as const)('%s of 123456789 is %s', (algorithm, hex) => {
    expect(Buffer.from(checksumOf(algorithm, Buffer.from('123456789')), 'base64').toString('hex')).toBe(hex);
  });

  test.each(checksumAlgorithms)('%s is checked, kept and given back', async (algorithm) => {
    const stored = await s3.operator.send(
      new PutObjectCommand({
        Bucket: 'plain',
        Key: algorithm,
        Body: 'x',
        ChecksumAlgorithm: algorithm as ChecksumAlgorithm,
      }),
    );
    const field = `Checksum${algorithm}` as 'ChecksumCRC32';
    const head = new HeadObjectCommand({ Bucket: 'plain', Key: algorithm, ChecksumMode: 'ENABLED' });
    expect((await s3.operator.send(head))[field]).toBe(checksumOf(algorithm, Buffer.from('x')));
    expect(stored[field]).toBe(checksumOf(algorithm, Buffer.from('x')));
  });

  test.each(checksumAlgorithms)('%s that is wrong stores nothing', async (algorithm) => {
    const header = `x-amz-checksum-${algorithm.toLowerCase()}`;
    expect(await send({ [header]: 'not base64' })).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      message: `Value for ${header} header is invalid.`,
    });
    expect(await send({ [header]: checksumOf(algorithm, Buffer.from('other')) })).toMatchObject({
      status: 400,
      code: 'BadDigest',
      message: `The ${algorithm} you specified did not match the calculated checksum.`,
    });
    await expect(s3.operator.send(new GetObjectCommand({ Bucket: 'plain', Key: 'raw' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });

  test('comes once', async () => {
    const body = Buffer.from('test data..');
    const both = {
      'x-amz-checksum-crc32': checksumOf('CRC32', body),
      'x-amz-checksum-sha256': checksumOf('SHA256', body),
    };
    expect(await send(both)).toMatchObject({ status: 400, code: 'InvalidRequest' });
  });

  test('is AWS’s own where the caller sends none', async () => {
    const client = s3.client('operator', { requestChecksumCalculation: 'WHEN_REQUIRED' });
    const stored = await client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'none', Body: 'test data..' }));
    expect(stored.ChecksumCRC64NVME).toBe('qUVrWYOrIAM=');
  });
});

describe('a body', () => {
  test.each([
    [{ 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }, 'BadDigest'],
    [{ 'content-md5': 'short' }, 'InvalidDigest'],
    [{ 'x-amz-content-sha256': '0'.repeat(64) }, 'XAmzContentSHA256Mismatch'],
    [{ 'x-amz-decoded-content-length': '12' }, 'IncompleteBody'],
    [{ 'x-amz-storage-class': 'GLACIER' }, 'InvalidStorageClass'],
    [{ 'x-amz-meta-note': 'x'.repeat(2050) }, 'MetadataTooLarge'],
    [{ 'x-amz-server-side-encryption': 'aws:kms:dsse' }, 'InvalidArgument'],
  ])('with %j is refused', async (headers, code) => {
    expect(await send(headers as Record<string, string>)).toMatchObject({ status: 400, code });
  });

  test.each([
    [{ 'x-amz-tagging': 'a=b' }],
    [{ 'x-amz-acl': 'public-read' }],
    [{ 'x-amz-copy-source': '/plain/other' }],
    [{ 'x-amz-website-redirect-location': '/' }],
    [{ 'x-amz-server-side-encryption-customer-algorithm': 'AES256' }],
  ])('with %j is not implemented, rather than accepted and ignored', async (headers) => {
    expect(await send(headers as unknown as Record<string, string>)).toMatchObject({
      status: 501,
      code: 'NotImplemented',
    });
  });

  test('in pieces is put together, and its trailer is checked', async () => {
    const pieces = (checksum: string) =>
      ['5', 'test ', '6;chunk-signature=x', 'data..', '0', `x-amz-checksum-crc32:${checksum}`, '', ''].join('\r\n');
    const headers = {
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '11',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    };
    expect(await send(headers, pieces('AAAAAA=='))).toMatchObject({ status: 400, code: 'BadDigest' });
    expect(await send({ ...headers, 'x-amz-decoded-content-length': '10' }, pieces('cZWHwQ=='))).toMatchObject({
      code: 'IncompleteBody',
    });
    const cut = pieces('cZWHwQ==').replace(/x-amz-checksum.*/s, '\r\n');
    expect(await send(headers, cut)).toMatchObject({ status: 400, code: 'MalformedTrailerError' });
    const stored = await send(headers, pieces('cZWHwQ=='));
    expect(stored.status).toBe(200);
    expect(stored.headers.get('etag')).toBe('"e6d9226c2a86b7232933663c13467527"');
    expect(await textOf(s3.operator, { Bucket: 'plain', Key: 'raw' })).toBe('test data..');
  });

  test('may have eight megabytes, and no more', async () => {
    const most = 8 * 1024 * 1024;
    const client = s3.client('operator', { requestChecksumCalculation: 'WHEN_REQUIRED' });
    await client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'large', Body: Buffer.alloc(most) }));
    expect(await send({}, Buffer.alloc(most + 1))).toMatchObject({
      status: 400,
      code: 'EntityTooLarge',
      message: 'Your proposed upload exceeds the maximum allowed size',
    });
  });

  test('without a signature is refused', async () => {
    const response = await fetch(`${s3.url}/plain/raw`);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('<Code>AccessDenied</Code>');
    const link = await fetch(`${s3.url}/plain/raw?X-Amz-Signature=x&X-Amz-Credential=operator`);
    expect(link.status).toBe(501);
  });
});

describe('in the data folder', () => {
  const resources = { Anchors: versioned, Plain: bucket() };
  const put = (started: typeof s3, Bucket: string, Body: string) =>
    started.operator.send(new PutObjectCommand({ Bucket, Key: 'root', Body, Metadata: { hour: '9' } }));

  test('objects are found again, each body in a file that only its owner can read', async () => {
    const folder = newFolder();
    const first = await startS3(resources, { folder });
    const { VersionId } = await put(first, 'anchors', 'one');
    await put(first, 'anchors', 'two');
    await put(first, 'plain', 'old');
    await put(first, 'plain', 'new');
    await first.stop();
    const bodies = readdirSync(join(folder, 'bodies'));
    expect(bodies.map((file) => readFileSync(join(folder, 'bodies', file), 'utf8')).sort()).toEqual([
      'new',
      'one',
      'two',
    ]);
    for (const file of bodies) expect(statSync(join(folder, 'bodies', file)).mode & 0o777).toBe(0o600);

    const again = await startS3(resources, { folder });
    expect(await textOf(again.operator, { Bucket: 'anchors', Key: 'root', VersionId })).toBe('one');
    expect(await textOf(again.operator, { Bucket: 'plain', Key: 'root' })).toBe('new');
    const head = await again.operator.send(new HeadObjectCommand({ Bucket: 'anchors', Key: 'root' }));
    expect(head).toMatchObject({ Metadata: { hour: '9' }, ContentLength: 3 });
  });

  test('what a put left that was cut off goes, and a body that is missing stops the start', async () => {
    const folder = newFolder();
    const first = await startS3(resources, { folder });
    await put(first, 'anchors', 'one');
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
