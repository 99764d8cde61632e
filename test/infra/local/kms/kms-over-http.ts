/** A KMS behind the real endpoint with the keys of a small template. Tests use it through the AWS SDK, with signatures. */
import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll } from 'vitest';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { startEndpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { localRegion } from '../../../../infra/local/endpoint/service.ts';
import { createAuthorize } from '../../../../infra/local/iam/iam.ts';
import { createKms } from '../../../../infra/local/kms/kms.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';
import { templateOf } from '../dynamodb/cloud.ts';

export type Resources = Parameters<typeof templateOf>[0];

export const startOfTest = Date.parse('2026-11-02T09:00:00Z');
export const keyArn = (id: string) => `arn:aws:kms:us-east-1:000000000000:key/${id}`;
export const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A key of the template, such as `key('HMAC_256', 'GENERATE_VERIFY_MAC')`. */
export const key = (KeySpec = 'SYMMETRIC_DEFAULT', KeyUsage = 'ENCRYPT_DECRYPT', more: object = {}) => ({
  Type: 'AWS::KMS::Key',
  Properties: { KeySpec, KeyUsage, ...more },
});

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** `as(logicalId)` is a client with that function's credentials; `operator` is a person at the machine. */
export async function startKms(
  resources: Resources,
  options: { readonly folder?: string; readonly now?: number } = {},
) {
  const template = templateOf(resources);
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt: options.now ?? startOfTest });
  const kms = createKms({
    template,
    authorize: createAuthorize(template),
    ...whereKnown({ folder: options.folder }),
  });
  const endpoint = await startEndpoint({ port: 0, services: [kms.service], activity });
  const clients: KMSClient[] = [];
  const client = (accessKeyId: string) => {
    const made = new KMSClient({
      endpoint: endpoint.url,
      region: localRegion,
      credentials: { accessKeyId, secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    clients.push(made);
    return made;
  };
  const stop = async () => {
    for (const each of clients.splice(0)) each.destroy();
    await endpoint.stop();
    clock.stop();
  };
  stops.push(stop);
  return {
    ...kms,
    clock,
    url: endpoint.url,
    operator: client('operator'),
    as: (id: string) => client(`LOCAL.${id}`),
    stop,
  };
}
