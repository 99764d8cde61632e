/** S3 and KMS as a deployed function uses them: bundled, in a worker thread, and without a socket. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleFunctions } from '../../../../infra/constructs/bundle.ts';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { type Endpoint, startEndpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { createAuthorize } from '../../../../infra/local/iam/iam.ts';
import { createKms } from '../../../../infra/local/kms/kms.ts';
import type { Lambda } from '../../../../infra/local/lambda/invocation.ts';
import { createS3 } from '../../../../infra/local/s3/s3.ts';
import { functionWith, templateOf } from '../dynamodb/cloud.ts';
import { startFunctions, temporaryFolder } from '../lambda/hand-written.ts';
import { locked, startOfTest } from './s3-over-http.ts';

const handler = `
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const kms = new KMSClient({});
const s3 = new S3Client({});

export const handler = async ({ body, key }: { body: string; key: string }) => {
  const Message = Buffer.from(body);
  const { Mac } = await kms.send(new GenerateMacCommand({ KeyId: 'CodeKey', MacAlgorithm: 'HMAC_SHA_256', Message }));
  const place = { Bucket: 'anchors', Key: key };
  const { VersionId } = await s3.send(new PutObjectCommand({ ...place, Body: Message, IfNoneMatch: '*' }));
  const { Body, ChecksumCRC32 } = await s3.send(new GetObjectCommand(place));
  return { mac: Buffer.from(Mac ?? []).toString('hex'), VersionId, found: await Body?.transformToString(), ChecksumCRC32 };
};
`;

let endpoint: Endpoint;
let lambda: Lambda;
let stop = async () => undefined as unknown;
beforeAll(async () => {
  const functionsFolder = temporaryFolder();
  mkdirSync(join(functionsFolder, 'anchor'));
  writeFileSync(join(functionsFolder, 'anchor', 'handler.ts'), handler);
  const projectFolder = fileURLToPath(new URL('../../../..', import.meta.url));
  const bundles = bundleFunctions({ functionsFolder, outFolder: temporaryFolder(), projectFolder });
  const code = readFileSync(join(bundles.folderOf('anchor'), 'index.js'), 'utf8');

  const grant = (Action: unknown, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
  const template = templateOf({
    Anchors: locked,
    CodeKey: { Type: 'AWS::KMS::Key', Properties: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } },
    ...functionWith(
      'Anchor',
      grant('kms:GenerateMac', { 'Fn::GetAtt': ['CodeKey', 'Arn'] }),
      grant(['s3:PutObject', 's3:GetObject'], 'arn:aws:s3:::anchors/*'),
    ),
  });
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt: startOfTest });
  const authorize = createAuthorize(template);
  const { service, useKey } = createKms({ template, authorize });
  const s3 = createS3({ template, authorize, useKey, clock });
  endpoint = await startEndpoint({ port: 0, services: [s3, service], activity });
  lambda = startFunctions({ Anchor: code }, { options: { endpoint: () => endpoint } }).lambda;
  stop = async () => {
    await lambda.stop();
    await endpoint.stop();
    await s3.stop();
  };
}, 60_000);
afterAll(() => stop());

test('a function makes an authentication code, and puts and reads an object with its checksum', async () => {
  const body = 'The root of an invented hour: é';
  const invoked = await lambda.invoke('Anchor', { key: '2026/11/02T09', body });
  expect(invoked).toEqual({
    ok: true,
    payload: {
      mac: expect.stringMatching(/^[0-9a-f]{64}$/),
      VersionId: expect.stringMatching(/^[\w.]{32}$/),
      found: body,
      ChecksumCRC32: expect.any(String),
    },
  });
});

test('a function learns in S3’s own words that an object is there already', async () => {
  await lambda.invoke('Anchor', { key: 'twice', body: 'x' });
  expect(await lambda.invoke('Anchor', { key: 'twice', body: 'x' })).toMatchObject({
    ok: false,
    errorType: 'PreconditionFailed',
    errorMessage: 'At least one of the pre-conditions you specified did not hold',
  });
});
