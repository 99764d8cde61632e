/** The AWS CLI as a client of S3 and KMS, as a person at the machine has it. It signs each call, as in AWS. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bucket, locked, startS3 } from '../infra/local/s3/s3-over-http.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'careline-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

let url = '';
beforeAll(async () => {
  const key = (KeySpec: string, KeyUsage: string) => ({ Type: 'AWS::KMS::Key', Properties: { KeySpec, KeyUsage } });
  const s3 = await startS3({
    Anchors: locked,
    Plain: bucket(),
    VaultKey: key('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'),
    CodeKey: key('HMAC_256', 'GENERATE_VERIFY_MAC'),
    AnchorKey: key('ECC_NIST_P256', 'SIGN_VERIFY'),
  });
  url = s3.url;
});

/** What `aws <command>` prints, read as JSON where it is. Rejects with its own sentence. */
async function aws(command: string, ...more: readonly string[]): Promise<Record<string, unknown>> {
  const { AWS_PROFILE: _profile, ...inherited } = process.env;
  const env = {
    ...inherited,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_PAGER: '',
    AWS_DEFAULT_OUTPUT: 'json',
  };
  const { stdout } = await run('aws', [...command.split(' '), ...more], { env }).catch((error: unknown) => {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') throw new Error('There is no AWS CLI: install the Debian package awscli.');
    throw new Error(stderr.trim());
  });
  try {
    return JSON.parse(stdout);
  } catch {
    return { text: stdout };
  }
}

it('puts, lists, reads and deletes objects by aws s3', async () => {
  const root = file('root.json', '{"root":"invented"}');
  await aws('s3 cp', root, 's3://plain/2026/11/root.json');
  expect((await aws('s3 ls')).text).toMatch(/ anchors\n.* plain\n/);
  expect((await aws('s3 ls s3://plain/2026/')).text).toMatch(/PRE 11\/\n$/);
  expect((await aws('s3 ls s3://plain --recursive')).text).toMatch(/ 19 2026\/11\/root\.json\n$/);
  await aws('s3 cp s3://plain/2026/11/root.json', join(folder, 'back.json'));
  expect(readFileSync(join(folder, 'back.json'), 'utf8')).toBe('{"root":"invented"}');
  await aws('s3 rm s3://plain --recursive');
  expect((await aws('s3 ls s3://plain --recursive').catch((error) => error)).text ?? '').toBe('');
  await expect(aws('s3 ls s3://elsewhere')).rejects.toThrow(
    'An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist',
  );
});

it('keeps a version under Object Lock by aws s3api', async () => {
  const body = file('locked', 'signed root');
  const lock = ['--object-lock-mode', 'COMPLIANCE', '--object-lock-retain-until-date', '2026-11-09T09:00:00Z'];
  const put = await aws('s3api put-object --bucket anchors --key root --body', body, ...lock);
  const versionId = String(put.VersionId);
  const remove = () => aws('s3api delete-object --bucket anchors --key root --version-id', versionId);
  await expect(remove()).rejects.toThrow('Access Denied because object protected by object lock.');
  const retention = 'Mode=COMPLIANCE,RetainUntilDate=2026-11-08T09:00:00Z';
  await expect(aws('s3api put-object-retention --bucket anchors --key root --retention', retention)).rejects.toThrow(
    '(AccessDenied) when calling the PutObjectRetention operation',
  );
  expect(await aws('s3api get-object-retention --bucket anchors --key root')).toEqual({
    Retention: { Mode: 'COMPLIANCE', RetainUntilDate: expect.stringMatching(/^2026-11-09T09:00:00/) },
  });
  expect(await aws('s3api delete-object --bucket anchors --key root')).toMatchObject({ DeleteMarker: true });
  expect(await aws('s3api list-object-versions --bucket anchors')).toMatchObject({
    Versions: [{ Key: 'root', VersionId: versionId, IsLatest: false }],
    DeleteMarkers: [{ Key: 'root', IsLatest: true }],
  });
  await aws('s3api get-object --bucket anchors --key root --version-id', versionId, join(folder, 'again'));
  expect(readFileSync(join(folder, 'again'), 'utf8')).toBe('signed root');
  await expect(aws('s3api create-bucket --bucket another')).rejects.toThrow(/NoSuchBucket|NotImplemented/);
  await expect(aws('s3api get-bucket-acl --bucket anchors')).rejects.toThrow('The embedded S3 does not offer');
});

it('encrypts, authenticates and signs by aws kms', async () => {
  expect(await aws('kms list-keys')).toMatchObject({ Keys: [{ KeyId: 'VaultKey' }, {}, {}] });
  const text = `fileb://${file('text', 'An invented narrative.')}`;
  const context = ['--encryption-context', 'purpose=seal'];
  const { CiphertextBlob } = await aws('kms encrypt --key-id VaultKey --plaintext', text, ...context);
  const blob = join(folder, 'blob');
  writeFileSync(blob, Buffer.from(String(CiphertextBlob), 'base64'));
  const { Plaintext } = await aws('kms decrypt --ciphertext-blob', `fileb://${blob}`, ...context);
  expect(Buffer.from(String(Plaintext), 'base64').toString()).toBe('An invented narrative.');
  await expect(aws('kms decrypt --ciphertext-blob', `fileb://${blob}`)).rejects.toThrow('(InvalidCiphertextException)');

  const code = ['--mac-algorithm', 'HMAC_SHA_256', '--message', text];
  const { Mac } = await aws('kms generate-mac --key-id CodeKey', ...code);
  const mac = join(folder, 'mac');
  writeFileSync(mac, Buffer.from(String(Mac), 'base64'));
  expect(await aws('kms verify-mac --key-id CodeKey --mac', `fileb://${mac}`, ...code)).toMatchObject({
    MacValid: true,
  });

  const signing = ['--signing-algorithm', 'ECDSA_SHA_256', '--message', text];
  const { Signature } = await aws('kms sign --key-id AnchorKey', ...signing);
  const signature = join(folder, 'signature');
  writeFileSync(signature, Buffer.from(String(Signature), 'base64'));
  expect(await aws('kms verify --key-id AnchorKey --signature', `fileb://${signature}`, ...signing)).toMatchObject({
    SignatureValid: true,
  });
  expect(await aws('kms get-public-key --key-id AnchorKey')).toMatchObject({ KeySpec: 'ECC_NIST_P256' });
  await expect(aws('kms describe-key --key-id NoKey')).rejects.toThrow(
    "An error occurred (NotFoundException) when calling the DescribeKey operation: Invalid keyId 'NoKey'",
  );
  await expect(aws('kms create-key')).rejects.toThrow('The embedded KMS does not offer CreateKey.');
});
