/**
 * What the API costs: its own time without any store, and its answers through the embedded cloud. The cloud has
 * thousands of referrals.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { createApi } from '../../functions/api/api.ts';
import { createActivity, createClock } from '../../infra/local/clock/clock.ts';
import type { Cloud } from '../../infra/local/cloud.ts';
import { claimFormat } from '../../infra/local/data-folder/kept-file.ts';
import { createDynamoDb } from '../../infra/local/dynamodb/dynamodb.ts';
import { startEndpoint } from '../../infra/local/endpoint/endpoint.ts';
import { localRegion } from '../../infra/local/endpoint/service.ts';
import { people } from '../../infra/local/samples/people.ts';
import { readTemplate } from '../../infra/local/template/template.ts';
import { boardRow } from '../../shared/domain/board/board-row.ts';
import { readEvent } from '../../shared/domain/events.ts';
import { policyOf, released } from '../../shared/policy/policies.ts';
import { codesInProcess } from '../../shared/store/commit-codes.ts';
import { createLedger } from '../../shared/store/ledger.ts';
import { inventedPairs } from '../support/invented-children.ts';
import { invented, inventedReference } from '../support/invented-rows.ts';
import { referral, referralId } from '../support/referral-builder.ts';
import { tuesday } from '../support/stage.ts';
import type { Fire, Fired } from './fire-command.ts';

/** How many referrals are loaded, fewer first. */
const sizes = [1000, 10_000] as const;
const atOnce = 16;

const fire = async (order: Fire): Promise<Fired> => {
  const command = fileURLToPath(new URL('fire-command.ts', import.meta.url));
  const running = spawn(process.execPath, [command], { stdio: ['pipe', 'pipe', 'inherit'] });
  running.stdin.end(JSON.stringify(order));
  const [said, [code]] = await Promise.all([text(running.stdout), once(running, 'exit')]);
  if (code !== 0) throw new Error(`The requests ended with ${code}.`);
  return JSON.parse(said) as Fired;
};

/**
 * Puts the referrals between two numbers into the data folder of a cloud that is not running. They look as if each had
 * been reported and its first clocks had started. Its tables have no stream meanwhile: nothing starts thousands of
 * runs.
 */
export async function loadReferrals(assembly: string, folder: string, from: number, to: number): Promise<void> {
  const whole = readTemplate(assembly);
  const resources = new Map(
    [...whole.resources].map(([id, resource]) => {
      if (resource.type !== 'AWS::DynamoDB::Table') return [id, resource];
      const { StreamSpecification: _, ...properties } = resource.properties;
      return [id, { ...resource, properties }];
    }),
  );
  const template = {
    ...whole,
    resources,
    ofType: (type: string) => [...resources.values()].filter((resource) => resource.type === type),
  };
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt: Date.parse(tuesday) });
  const dynamodb = await createDynamoDb({
    template,
    clock,
    activity,
    authorize: () => undefined,
    useKey: () => undefined,
    folder: join(folder, 'dynamodb'),
  });
  const endpoint = await startEndpoint({ port: 0, services: [dynamodb.service], activity, onFault: console.error });
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: endpoint.url, region: localRegion, credentials });
  try {
    const table = (id: string) => whole.resources.get(id)?.name ?? id;
    const { commits } = referral({ danger: 'yes' }).run();
    const story = JSON.stringify(commits.flatMap(({ events }) => events));
    const actor = { kind: 'function', id: 'bench' } as const;
    const ledger = createLedger({
      client,
      table: table('Ledger'),
      policyOf,
      released,
      random: Math.random,
      codes: codesInProcess('door'),
      pause: async () => undefined,
    });
    const numbers = Array.from({ length: to - from }, (_, index) => from + index);
    const rows = numbers.flatMap((number) => invented(number, 1));
    const batches = Array.from({ length: Math.ceil(rows.length / 25) }, (_, index) =>
      rows.slice(index * 25, index * 25 + 25),
    );
    await inTurn(batches, async (batch) => {
      const puts = batch.map((row) => ({ PutRequest: { Item: marshall(row, { removeUndefinedValues: true }) } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [table('Board')]: puts } }));
    });
    await inTurn(numbers, async (number) => {
      const id = inventedReference(number);
      const events = (JSON.parse(story.replaceAll(referralId, id)) as unknown[]).map(readEvent);
      await ledger.changeReferral(id, { now: tuesday, actor, cause: { kind: 'sweep' } }, () => events);
    });
  } finally {
    client.destroy();
    await endpoint.stop();
    await dynamodb.stop();
    clock.stop();
  }
}

/** Does each of many, `atOnce` at a time. */
async function inTurn<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of left) await act(item);
    }),
  );
}

type Request = Fire['requests'][number];

/** Requests of many people in turn, as one alone may not ask so fast. */
async function requestsOf(cloud: Cloud, roles: readonly string[], make: (number: number) => Omit<Request, 'headers'>) {
  const staff = people().filter(({ role, mfa }) => roles.includes(role) && mfa !== false);
  return Promise.all(
    Array.from({ length: 60 }, async (_, number): Promise<Request> => {
      const token = await cloud.token(staff[number % staff.length]?.email ?? '');
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      return { ...make(number), headers };
    }),
  );
}

const everywhere = [
  'careline-worker',
  'careline-supervisor',
  'careline-manager',
  'hart-director',
  'program-manager',
  'legal',
];
const reads = {
  read: (number: number) => ({ method: 'GET', path: `/api/v1/referrals/${inventedReference(number)}` }) as const,
  queue: () => ({ method: 'GET', path: '/api/v1/queue' }) as const,
  search: () => ({ method: 'GET', path: '/api/v1/referrals?region=4' }) as const,
};
const children = inventedPairs(60, 5).map(({ one }) => one);
const submit = (number: number): Omit<Request, 'headers'> => ({
  method: 'POST',
  path: '/api/v1/reports',
  body: JSON.stringify({
    narrative: 'An invented narrative.',
    children: [{ ...children[number], danger: 'yes', residenceTown: 'Hartford', lastAssaultAt: 'none-known' }],
  }),
});

/** Units read for one answer of each kind, the authorizer's left out by asking twice. */
async function unitsOf(cloud: Cloud) {
  const found: Record<string, number> = {};
  for (const [name, make] of Object.entries(reads)) {
    const [first] = await requestsOf(cloud, everywhere, make);
    if (!first) continue;
    const ask = async () => (await fetch(`${cloud.webUrl}${first.path}`, { headers: first.headers })).status;
    await ask();
    const before = cloud.units().read;
    const status = await ask();
    if (status !== 200) throw new Error(`${first.path} was answered ${status}.`);
    found[name] = cloud.units().read - before;
  }
  return found;
}

/**
 * Milliseconds of the handler alone, the middle one of `times` requests after as many to warm up. Its stores answer at
 * once out of memory.
 */
export async function measureHandler(times = 200) {
  const [row] = invented(0, 1);
  const id = inventedReference(0);
  const { state, commits } = referral({ danger: 'yes' }).run();
  const person = {
    id: 'P-BENCH',
    name: '',
    email: '',
    phone: '',
    title: '',
    roles: [{ role: 'careline-supervisor' as const, scope: 'state' }],
  };
  const page = { rows: Array.from({ length: 50 }, () => boardRow.parse(row)) };
  const read = { state: { ...state, id }, commits: [], policy: released[0].version };
  const opened = { state: { ...state, id, seq: commits.length }, events: [], repeated: false };
  const parts = {
    ledger: {
      referral: async (asked: string) => (asked === id ? read : undefined),
      draft: async () => undefined,
      factReads: async () => [],
      recordAccess: async () => {},
      recordFactRead: async () => {},
      changeReferral: async () => opened,
    },
    // Whatever else is asked of the vault is there at once.
    identities: new Proxy(
      { putFirst: async () => async () => true },
      { get: (named, name) => Reflect.get(named, name) ?? (async () => ({})) },
    ),
    board: { queue: async () => page, queues: async () => page, isPageCursor: () => true, isListCursor: () => true },
    directory: { person: async () => person, people: async () => [], delegationsTo: async () => [] },
    secretKey: async () => 'the key of this bench',
    policyOf,
    personIdOf: () => person.id,
    signedInAtOf: () => 0,
    requestIdOf: () => 'REQUEST-1',
    now: () => '2026-11-10T14:00:00.000Z',
    newId: () => crypto.randomUUID(),
    description: () => '',
    onFault: (error: unknown) => {
      throw error;
    },
    waitFor: async () => 0,
  };
  const api = createApi(parts as unknown as Parameters<typeof createApi>[0]);
  const asked = {
    ...Object.fromEntries(
      Object.entries({ ...reads, read: () => ({ method: 'GET', path: `/api/v1/referrals/${id}` }) }),
    ),
    submit,
  };
  const middles: Record<string, number> = {};
  for (const [name, make] of Object.entries(asked)) {
    const taken: number[] = [];
    for (let number = 0; number < 2 * times; number += 1) {
      const { path, ...init } = make(number % 60) as Omit<Request, 'headers'>;
      const began = performance.now();
      const sent = { ...init, headers: { 'content-type': 'application/json' } };
      const answer = await api.request(path, sent, { requestContext: {} });
      await answer.text();
      taken.push(performance.now() - began);
      if (answer.status >= 300) throw new Error(`${name} was answered ${answer.status}.`);
    }
    middles[name] = taken.slice(times).toSorted((one, other) => one - other)[times / 2] ?? Number.NaN;
  }
  return middles;
}

/** In an embedded cloud on disk; the requests come from a process of their own. */
export async function measureDoors(assembly: string) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-doors-'));
  try {
    claimFormat(folder);
    const units: { readonly referrals: number; readonly read: Readonly<Record<string, number>> }[] = [];
    let loaded = 0;
    for (const size of sizes) {
      await loadReferrals(assembly, folder, loaded, size);
      loaded = size;
      // Its test measures the handler alone and needs no cloud.
      const { startCloud } = await import('../../infra/local/cloud.ts');
      const cloud = await startCloud({ assembly, folder, frozenAt: Date.parse(tuesday) });
      try {
        units.push({ referrals: size, read: await unitsOf(cloud) });
        if (size === sizes.at(-1)) return { referrals: size, units, ...(await timesOf(cloud)) };
      } finally {
        await cloud.stop();
      }
    }
    throw new Error('There is no size to measure at.');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function timesOf(cloud: Cloud) {
  const url = cloud.webUrl;
  const answers: Record<string, Fired> = {};
  for (const [name, make] of Object.entries(reads)) {
    const requests = await requestsOf(cloud, everywhere, make);
    await fire({ url, connections: 4, amount: 60, requests });
    answers[name] = await fire({ url, connections: 4, amount: 400, requests });
  }
  const mixed = Object.values(reads);
  const many = await requestsOf(cloud, everywhere, (number) => (mixed[number % mixed.length] ?? reads.queue)(number));
  const throughput = await fire({ url, connections: 50, amount: 2000, requests: many });
  const reports = await requestsOf(cloud, ['careline-worker', 'careline-supervisor', 'careline-manager'], submit);
  await fire({ url, connections: 1, amount: 2, requests: reports });
  await cloud.rest();
  answers.submit = await fire({ url, connections: 4, amount: 60, requests: reports });
  await cloud.rest();
  return { answers, throughput };
}
