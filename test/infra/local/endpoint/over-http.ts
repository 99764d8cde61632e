/** Services behind the real endpoint. Tests use them through the AWS SDK, with signatures. */
import { afterAll } from 'vitest';
import { type Activity, createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { startEndpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { type AwsService, localRegion } from '../../../../infra/local/endpoint/service.ts';
import { createAuthorize } from '../../../../infra/local/iam/iam.ts';
import { createKms } from '../../../../infra/local/kms/kms.ts';
import { templateOf } from '../dynamodb/cloud.ts';

export type Resources = Parameters<typeof templateOf>[0];

export const startOfTest = Date.parse('2026-11-02T09:00:00Z');

/** What a client of the SDK is made with here. */
interface Settings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** `as(logicalId)` is a client with that function's credentials; `operator` is a person at the machine. `stop` may be called twice. */
export async function serveOver<Client extends { destroy(): void }>(
  services: readonly AwsService[],
  Sdk: new (settings: Settings) => Client,
  activity: Activity = createActivity(),
) {
  const faults: unknown[] = [];
  const endpoint = await startEndpoint({ port: 0, services, activity, onFault: (error) => faults.push(error) });
  const clients: Client[] = [];
  const client = (accessKeyId: string) => {
    const credentials = { accessKeyId, secretAccessKey: 'local' };
    const made = new Sdk({ endpoint: endpoint.url, region: localRegion, credentials, maxAttempts: 1 });
    clients.push(made);
    return made;
  };
  let stopped: Promise<unknown> | undefined;
  const stop = async () => {
    for (const each of clients.splice(0)) each.destroy();
    stopped ??= endpoint.stop().then(() => Promise.all(services.map((service) => service.stop())));
    await stopped;
  };
  stops.push(stop);
  return { url: endpoint.url, faults, operator: client('operator'), as: (id: string) => client(`LOCAL.${id}`), stop };
}

/** The parts that services over the resources of a small template take. Its keys are there, at a standing clock. */
export function partsOver(resources: Resources, { folder, now = startOfTest }: { folder?: string; now?: number } = {}) {
  const template = templateOf(resources);
  const authorize = createAuthorize(template);
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt: now });
  const kept = folder === undefined ? {} : { folder };
  const kms = createKms({ template, authorize, ...kept });
  return { template, authorize, activity, clock, kms, useKey: kms.useKey, ...kept };
}
