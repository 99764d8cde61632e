/**
 * `npm start` in a process of its own on a data folder, to be killed at any moment and started again. Also what must be
 * true then.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Audit } from '../../shared/application/read/audit.ts';
import { isAbout } from '../../shared/domain/alerts/alert-duties.ts';
import { quietUntil } from '../../shared/domain/alerts/alert-waiting.ts';
import { ruleIn } from '../../shared/domain/policy/policy.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { eventsIn } from './stage.ts';
import { askApi, executionsOf, operatorOf } from './stage-cloud.ts';
import { addressOf, keeping } from './story.ts';

const main = fileURLToPath(new URL('../../infra/local/main.ts', import.meta.url));

export type KilledCloud = ReturnType<typeof createKilledCloud>;

export function createKilledCloud() {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'));
  let running: ChildProcess | undefined;
  const found = { webUrl: '', endpointUrl: '' };

  const control = (path: string, body?: object) =>
    fetch(`${found.endpointUrl}/_local/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).then((answer) => answer.json() as Promise<Record<string, string>>);
  const token = async (person: string) => (await control('token', { person })).token ?? '';
  const ask = (person: string, path: string, options?: { readonly body?: unknown; readonly key?: string }) =>
    askApi({ webUrl: found.webUrl, token }, person, path, options);

  return {
    ask,
    /** Starts on the folder, on free ports, and resolves when it is ready. */
    async start(): Promise<void> {
      const ports = ['web', 'endpoint', 'mail', 'sign-in'].flatMap((name) => [`--${name}-port`, '0']);
      running = spawn(process.execPath, [main, '--data', folder, ...ports], { stdio: ['ignore', 'pipe', 'inherit'] });
      for await (const line of createInterface({ input: running.stdout as NodeJS.ReadableStream })) {
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';
        if (line.includes('Console and API')) found.webUrl = url;
        if (line.includes('AWS endpoint')) found.endpointUrl = url;
        if (line === 'ready') return;
      }
      throw new Error('The process ended before it was ready.');
    },
    /** `kill -9`. */
    async kill(): Promise<void> {
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const ended = once(running, 'exit');
      running.kill('SIGKILL');
      await ended;
    },
    /** Moves the clock and resolves when all has come to rest. */
    advance: async (duration: string): Promise<void> => void (await control('clock', { advance: duration })),
    /** Moves the clock to the next Monday, 14:00 UTC. No quiet hours then defer the last mail of the next 36 hours. */
    async untilMonday(): Promise<void> {
      const now = new Date((await control('clock')).now ?? '');
      const monday = Date.UTC(
        now.getUTCFullYear(),
        now.getUTCMonth(),
        now.getUTCDate() + ((8 - now.getUTCDay()) % 7 || 7),
        14,
      );
      await control('clock', { advance: `PT${Math.floor((monday - now.getTime()) / 1000)}S` });
    },
    now: async () => Date.parse((await control('clock')).now ?? ''),
    async audit(id: string): Promise<Audit> {
      for (;;) {
        const { status, body } = await ask('auditor@dcf.example', `/referrals/${id}/audit`);
        // While the clock is moved by hours, a token may be too old by the time it arrives.
        if (status !== 401) return body as unknown as Audit;
      }
    },
    async executions(): Promise<readonly { readonly name: string; readonly status: string }[]> {
      const { sfn, dynamodb } = operatorOf(found);
      try {
        return await executionsOf(sfn);
      } finally {
        sfn.destroy();
        dynamodb.destroy();
      }
    },
    async remove(): Promise<void> {
      await this.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const isUnique = (things: readonly string[]) => expect(things).toEqual([...new Set(things)]);

/** Nothing lost: every missed deadline was alerted. Nothing doubled: no event, no run, no mail to the same person about the same. */
export async function isWhole(cloud: KilledCloud, id: string): Promise<Audit> {
  const audit = await cloud.audit(id);
  expect(audit).toMatchObject({ chain: { intact: true }, alertChainsIntact: true });
  expect(eventsIn(audit, 'referral-opened')).toHaveLength(1);
  isUnique(eventsIn(audit, 'deadline-opened').map(({ deadlineId }) => deadlineId));
  // A rule of several subjects has a clock for each. Who reads the audit does not see which.
  const ofOne = audit.deadlines.filter(
    ({ rule, status }) => status === 'open' && ruleIn(connecticut20261, rule).subjects === undefined,
  );
  isUnique(ofOne.map(({ rule, subject = '' }) => `${rule} ${subject}`));
  isUnique(eventsIn(audit, 'checkpoint-raised').map(({ deadlineId, kind, at }) => `${deadlineId} ${kind} ${at}`));
  isUnique(eventsIn(audit, 'deadline-missed').map(({ deadlineId }) => deadlineId));
  isUnique(eventsIn(audit, 'deadline-kept').map(({ deadlineId }) => deadlineId));
  expect([eventsIn(audit, 'run-lost'), eventsIn(audit, 'swept')]).toEqual([[], []]);

  const runs = (await cloud.executions()).filter(({ name }) => name.startsWith(id));
  expect(runs.map(({ name }) => name).toSorted()).toEqual(audit.runs.map(({ execution }) => execution).toSorted());
  const ended = audit.runs.filter(({ waitsFor }) => waitsFor === 'nothing');
  const over = new Set(ended.map(({ execution }) => execution));
  const settled = new Set(ended.map(({ run }) => run));
  for (const { name, status } of runs)
    expect(`${name} ${status}`).toBe(`${name} ${over.has(name) ? 'SUCCEEDED' : 'RUNNING'}`);
  // A wait that was over as it began is forgotten with the next commit.
  const waiting = audit.waits.map(({ run }) => run).filter((run) => !settled.has(run));
  expect(waiting.toSorted()).toEqual(
    audit.runs
      .filter(({ waitsFor }) => waitsFor === 'people')
      .map(({ run }) => run)
      .toSorted(),
  );

  for (const { deliveries, ...alert } of audit.alerts) {
    const stillAsked =
      alert.deadlineId === undefined ||
      audit.deadlines.some(({ id: deadlineId, status }) => status === 'open' && isAbout(alert, deadlineId));
    // A call that was cut off is not sent hours later, where later mail about the same duty was.
    const isToldLater = audit.alerts.some(
      ({ deadlineId, requestedAt, deliveries: later }) =>
        alert.checkpoint === 'ring' &&
        deadlineId === alert.deadlineId &&
        requestedAt > alert.requestedAt &&
        later.length > 0,
    );
    const mayWait = quietUntil(alert.requestedAt, connecticut20261) !== undefined;
    if (stillAsked && !isToldLater && !mayWait) expect(deliveries.length, JSON.stringify(alert)).toBeGreaterThan(0);
    for (const { status } of deliveries) expect(status).toBe('delivered');
    isUnique(deliveries.map(({ personId }) => personId));
  }
  for (const { id: deadlineId, missed, due } of audit.deadlines) {
    const told = audit.alerts.filter((alert) => isAbout(alert, deadlineId));
    // While a duty rings, the calls from its due instant on tell that it was missed.
    const tellsOfMiss = ({ checkpoint, requestedAt }: (typeof told)[number]) =>
      checkpoint === 'due' ||
      checkpoint === 'escalate' ||
      (checkpoint === 'ring' && Date.parse(requestedAt) >= Date.parse(due));
    if (missed) expect([deadlineId, told.some(tellsOfMiss)]).toEqual([deadlineId, true]);
  }
  return audit;
}

/** Keeps these deadlines through the API; each act must be accepted. */
export async function keepAt(cloud: KilledCloud, id: string, ...rules: readonly string[]): Promise<void> {
  for (const rule of rules) {
    const act = keeping[rule];
    for (const { by, command, input = {} } of act ? [...(act.first ? [act.first] : []), act] : []) {
      const { status } = await cloud.ask(addressOf(by), `/referrals/${id}/commands/${command}`, { body: input });
      expect([rule, command, status]).toEqual([rule, command, 200]);
    }
  }
}
