/**
 * A second deployment while runs wait: a changed function and a changed definition, on one data folder. What waited
 * goes on by the definition that it began with, and meets the code of the day. Then the alias goes back.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cloud, startCloud } from '../../../infra/local/cloud.ts';
import { synthesize } from '../../../infra/synthesize.ts';
import type { Audit } from '../../../shared/application/read/audit.ts';
import { eventsIn, tuesday } from '../../support/stage.ts';
import { askApi, executionsOf, operatorOf } from '../../support/stage-cloud.ts';
import { addressOf, reportOf } from '../../support/story.ts';

const folder = mkdtempSync(join(tmpdir(), 'release-'));
const lines: string[] = [];
let cloud: Cloud;
let operator: ReturnType<typeof operatorOf>;

async function deploy(assembly: string, at: number): Promise<void> {
  cloud = await startCloud({
    assembly,
    folder: join(folder, 'data'),
    frozenAt: at,
    onLog: (source, line) => lines.push(`${source} ${line}`),
  });
  operator = operatorOf(cloud);
}
async function stop(): Promise<void> {
  operator.sfn.destroy();
  operator.dynamodb.destroy();
  await cloud.stop();
}

interface Raw {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

/** The assembly of a next release: raise-checkpoint says that it is new, and the deadline's run passes one more state. */
function nextRelease(assembly: string): string {
  const next = join(folder, 'next');
  cpSync(assembly, next, { recursive: true });
  const templateFile = join(next, 'Careline.template.json');
  const assetsFile = join(next, 'Careline.assets.json');
  const template = JSON.parse(readFileSync(templateFile, 'utf8')) as { Resources: Record<string, Raw> };
  const assets = JSON.parse(readFileSync(assetsFile, 'utf8'));

  const { RaiseCheckpoint, Deadline } = template.Resources;
  if (!RaiseCheckpoint || !Deadline) throw new Error('The template has other names.');
  const { S3Key } = RaiseCheckpoint.Properties.Code as { S3Key: string };
  const hash = S3Key.replace('.zip', '');
  const code = readFileSync(join(next, `asset.${hash}`, 'index.js'), 'utf8');
  mkdirSync(join(next, 'asset.next'));
  writeFileSync(
    join(next, 'asset.next', 'index.js'),
    `${code}
const inner = module.exports.handler;
module.exports = { handler: (event, context) => {
  console.log('second release, version ' + context.functionVersion);
  return inner(event, context);
} };`,
  );
  assets.files.next = { source: { path: 'asset.next' }, destinations: { here: { objectKey: 'next.zip' } } };
  RaiseCheckpoint.Properties.Code = { ...(RaiseCheckpoint.Properties.Code as object), S3Key: 'next.zip' };

  const definition = JSON.parse(String(Deadline.Properties.DefinitionString));
  definition.States.RaiseCheckpoint.Next = 'SecondRelease';
  definition.States.SecondRelease = { Type: 'Pass', Next: 'WhatHappened' };
  Deadline.Properties.DefinitionString = JSON.stringify(definition);

  writeFileSync(templateFile, JSON.stringify(template));
  writeFileSync(assetsFile, JSON.stringify(assets));
  return next;
}

const release = async (...given: string[]) => {
  const command = fileURLToPath(new URL('../../../infra/release-command.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [command, ...given, '--endpoint', cloud.endpointUrl]);
  return stdout;
};
async function report(): Promise<string> {
  const { body } = await askApi(cloud, addressOf('careline-worker'), '/reports', {
    body: reportOf({}),
    key: `call ${cloud.clock.now()}`,
  });
  await cloud.rest();
  const [id = ''] = body.referralIds as string[];
  return id;
}
const audit = async (id: string) =>
  (await askApi(cloud, addressOf('auditor'), `/referrals/${id}/audit`)).body as unknown as Audit;
/** The names of the states that the runs of a referral's deadlines have entered. */
async function statesOf(id: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const { arn } of (await executionsOf(operator.sfn)).filter(({ name }) => name.startsWith(`${id}.`))) {
    const { events = [] } = await operator.sfn.send(
      new GetExecutionHistoryCommand({ executionArn: arn, maxResults: 1000 }),
    );
    for (const { stateEnteredEventDetails } of events) names.add(stateEnteredEventDetails?.name ?? '');
  }
  return names;
}
const raisedIn = async (id: string) => eventsIn(await audit(id), 'checkpoint-raised').length;
/** Moves the clock hour by hour until it is so, for `hours` at most. */
async function within(hours: number, isSo: () => Promise<boolean>): Promise<void> {
  for (let left = hours; left > 0 && !(await isSo()); left -= 1) await cloud.clock.advance(3_600_000);
}
const saidSecond = () => lines.filter((line) => line.includes('second release')).length;

beforeAll(async () => {
  const { folder: assembly } = await synthesize();
  await deploy(assembly, Date.parse(tuesday));
});
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

it('runs that wait keep their definition, meet the new code, and go on after the release is taken back', async () => {
  // The first release. Its runs wait for people.
  const first = await report();
  expect((await statesOf(first)).has('AwaitPerson')).toBe(true);
  expect(await release('back', '--yes').catch((error: { stderr: string }) => error.stderr)).toContain(
    'deployed only once',
  );

  // The second release, ten minutes later. Nothing waits anew: no run was started again.
  const { folder: assembly } = await synthesize();
  await stop();
  await deploy(nextRelease(assembly), Date.parse(tuesday) + 600_000);
  const second = await report();
  expect(await release('show')).toMatch(/RaiseCheckpoint\n {2}1 .*Z\n {2}2 .*Z {2}live\n/);

  // The next checkpoints of both.
  await within(
    13,
    async () => (await statesOf(first)).has('RaiseCheckpoint') && (await statesOf(second)).has('SecondRelease'),
  );
  expect(saidSecond()).toBeGreaterThan(0);
  expect(lines.some((line) => line.includes('second release, version 2'))).toBe(true);
  for (const id of [first, second]) {
    expect(await raisedIn(id)).toBeGreaterThan(0);
    expect(eventsIn(await audit(id), 'run-lost')).toEqual([]);
  }
  expect((await statesOf(first)).has('SecondRelease')).toBe(false);
  expect((await statesOf(second)).has('SecondRelease')).toBe(true);
  const [run] = (await executionsOf(operator.sfn)).filter(({ name }) => name.startsWith(`${first}.`));
  const { events } = await operator.sfn.send(
    new GetExecutionHistoryCommand({ executionArn: run?.arn, maxResults: 1000 }),
  );
  // A definition names the alias, so it meets each next release without a change.
  expect(JSON.stringify(events)).toContain(':function:RaiseCheckpoint:live');

  // Back. The plan alone changes nothing.
  expect(await release('back')).toContain('RaiseCheckpoint: 2 to 1');
  expect(await release('show')).toMatch(/RaiseCheckpoint\n.*\n {2}2 .*live\n/);
  expect(await release('back', '--yes')).toContain('Moved: 1.');
  const before = saidSecond();
  const raised = await raisedIn(second);
  await within(24, async () => (await raisedIn(second)) > raised);
  expect(saidSecond()).toBe(before);
  // The new definition goes on with the code of the release before it.
  expect(await raisedIn(second)).toBeGreaterThan(raised);
  for (const id of [first, second]) {
    const told = await audit(id);
    expect(told).toMatchObject({ chain: { intact: true }, alertChainsIntact: true });
    expect(eventsIn(told, 'run-lost')).toEqual([]);
  }
  expect(await release('back', '--yes')).toContain('Nothing to move');

  // A start with the same template is no deployment: the alias stays. Forward again is one command.
  const now = cloud.clock.now();
  await stop();
  await deploy(join(folder, 'next'), now);
  expect(await release('show')).toMatch(/RaiseCheckpoint\n {2}1 .*live\n {2}2 .*Z\n/);
  expect(await release('forward', '--yes')).toContain('RaiseCheckpoint: 1 to 2');
  expect(await release('prune', '--keep', '2')).toContain('To remove: 0.');
}, 300_000);
