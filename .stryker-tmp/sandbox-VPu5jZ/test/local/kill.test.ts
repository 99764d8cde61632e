// @ts-nocheck
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { createApiClient } from '../../infra/local/demo/api-client.ts';
import { synthesize } from '../../infra/synthesize.ts';

const main = fileURLToPath(new URL('../../infra/local/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'killed-'));
let running: ChildProcess | undefined;

interface Started {
  readonly endpointUrl: string;
  readonly api: ReturnType<typeof createApiClient>;
}

/** `npm start` on the one data folder, as a person would, with free ports. */
async function start(): Promise<Started> {
  const ports = ['--web-port', '0', '--endpoint-port', '0', '--mail-port', '0', '--sign-in-port', '0'];
  running = spawn(process.execPath, [main, '--data', folder, ...ports], { stdio: ['ignore', 'pipe', 'inherit'] });
  const found = { webUrl: '', endpointUrl: '' };
  for await (const line of createInterface({ input: running.stdout as NodeJS.ReadableStream })) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';
    if (line.includes('Console and API')) found.webUrl = url;
    if (line.includes('AWS endpoint')) found.endpointUrl = url;
    if (line === 'ready') break;
  }
  const token = async (person: string) => {
    const answer = await fetch(`${found.endpointUrl}/_local/token`, {
      method: 'POST',
      body: JSON.stringify({ person }),
    });
    return ((await answer.json()) as { token: string }).token;
  };
  return { endpointUrl: found.endpointUrl, api: createApiClient({ webUrl: found.webUrl, token }) };
}

async function kill(): Promise<void> {
  if (!running || running.exitCode !== null || running.signalCode !== null) return;
  const ended = once(running, 'exit');
  running.kill('SIGKILL');
  await ended;
}

const advance = ({ endpointUrl }: Started, duration: string) =>
  fetch(`${endpointUrl}/_local/clock`, { method: 'POST', body: JSON.stringify({ advance: duration }) });

const worker = 'careline.worker@dcf.example';
const administrator = 'administrator@dcf.example';
const report = {
  narrative: 'Invented.',
  children: [{ danger: 'no', residenceTown: 'Hartford', lastAssaultAt: 'none-known' }],
};

beforeAll(async () => {
  await synthesize();
});

afterEach(async () => {
  await kill();
  rmSync(folder, { recursive: true, force: true });
});

it('a process killed right after a report and again in the middle of a wait loses nothing and doubles nothing', async () => {
  const first = await start();
  const { referralIds } = await first.api.report(worker, report);
  const id = referralIds[0] ?? '';
  await kill();

  const second = await start();
  await advance(second, 'PT10M');
  expect((await second.api.audit(administrator, id)).deadlines.map(({ rule }) => rule)).toContain('D3');
  // Killed while the clock is being moved past the checkpoints of most deadlines.
  void advance(second, 'PT20H').catch(() => undefined);
  await second.api.referral(worker, id);
  await kill();

  const third = await start();
  await advance(third, 'PT6H');
  const { chain, alertChainsIntact, commits, deadlines } = await third.api.audit(administrator, id);
  expect([chain.intact, alertChainsIntact]).toEqual([true, true]);
  const says = commits.flatMap((commit) => commit.says);
  const once = says.filter((sentence) => /^Clock started|reached its checkpoint|^Missed/.test(sentence));
  expect(new Set(once).size).toBe(once.length);
  for (const rule of ['D1', 'D3', 'D4', 'D7', 'D8', 'D9', 'D21']) {
    expect(
      deadlines.find((deadline) => deadline.rule === rule),
      rule,
    ).toMatchObject({ status: 'open', missed: true });
  }
});
