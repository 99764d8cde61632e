/** `npm start` and `npm run demo` in processes of their own, as package.json starts them: time, processor time and memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { MovableClock } from '../../infra/local/clock/clock.ts';
import { createApiClient } from '../../infra/local/demo/api-client.ts';
import { play } from '../../infra/local/demo/play.ts';
import type { Told } from '../../infra/local/demo/timeline.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { report, reporter } from './referral.ts';

/** Longer than an idle instance of a function is kept. */
const restedAfter = 75_000;

const openReferrals = 20;

const project = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a script of package.json without npm and a shell between, so that its process is the one measured. */
function run(script: 'start' | 'demo', options: readonly string[]): ChildProcess {
  const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const words = (scripts[script] ?? '').split(' ');
  const settings = words.filter((word) => /^[A-Z_]+=/.test(word)).map((word) => word.split('='));
  return spawn(process.execPath, [...words.slice(words.indexOf('node') + 1), ...options], {
    cwd: project,
    env: { ...process.env, ...Object.fromEntries(settings) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Megabytes of resident memory, now and at most so far. Undefined without /proc, or where the process has ended. */
function memoryOf({ pid }: ChildProcess): { readonly now: number; readonly peak: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const read = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1000;
    const [now, peak] = [read('VmRSS'), read('VmHWM')];
    return Number.isNaN(now) ? undefined : { now, peak };
  } catch {
    return undefined;
  }
}

/** Seconds, and seconds of processor time of all threads; the latter undefined where there is no /proc. */
export interface Spent {
  readonly seconds: number;
  readonly processor: number | undefined;
}

/** Seconds of processor time that a process and the children it waited for have used; the kernel counts hundredths. */
function processorOf({ pid }: ChildProcess): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
  } catch {
    return undefined;
  }
}

/** What `work` costs a process. */
async function spentBy(running: ChildProcess, work: () => Promise<unknown>): Promise<Spent> {
  const [began, before] = [performance.now(), processorOf(running)];
  await work();
  const [seconds, after] = [(performance.now() - began) / 1000, processorOf(running)];
  return { seconds, processor: before === undefined || after === undefined ? undefined : after - before };
}

/** Into an empty folder, with no description of the API: what the first start does before it starts. */
export async function measureSynthesis(): Promise<number> {
  const outFolder = mkdtempSync(join(tmpdir(), 'bench-synthesis-'));
  try {
    rmSync(join(project, 'docs/openapi.json'), { force: true });
    const began = performance.now();
    await synthesize({ outFolder, unchecked: true });
    return (performance.now() - began) / 1000;
  } finally {
    rmSync(outFolder, { recursive: true });
  }
}

/**
 * On an empty data folder. Two referrals are played through the HTTP interface, the second with everything warm. Then
 * twenty are open and the clock moves by an hour. Then it rests.
 */
export async function measureStart() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
  const began = performance.now();
  const ports = ['web', 'endpoint', 'mail', 'sign-in'].flatMap((name) => [`--${name}-port`, '0']);
  const running = run('start', ['--data', folder, ...ports]);
  const ended = once(running, 'exit');
  try {
    const addresses = await untilReady(running);
    const ready: Spent = { seconds: (performance.now() - began) / 1000, processor: processorOf(running) };
    const whenReady = memoryOf(running)?.now;
    const player = await createPlayer(addresses);
    const first = await spentBy(running, player.play);
    const second = await spentBy(running, player.play);
    const afterReferrals = memoryOf(running)?.now;
    for (let count = 0; count < openReferrals; count += 1) await player.report();
    const hour = await spentBy(running, () => player.advance(3_600_000));
    const peak = memoryOf(running)?.peak;
    await setTimeout(restedAfter);
    const memory = { whenReady, afterReferrals, peak, atRest: memoryOf(running)?.now };
    return { ready, first, second, hour, openReferrals, memory };
  } finally {
    running.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true });
  }
}

async function untilReady({ stdout }: ChildProcess) {
  const said: string[] = [];
  for await (const line of createInterface({ input: stdout as NodeJS.ReadableStream })) {
    if (line === 'ready') break;
    said.push(line);
  }
  const address = (label: string) =>
    /http:\/\/\S+/.exec(said.find((line) => line.includes(label)) ?? '')?.[0] ?? `no address of ${label}`;
  return { webUrl: address('Console and API'), endpointUrl: address('AWS endpoint') };
}

const answers = z.object({ token: z.string().optional(), now: z.iso.datetime().optional() });

/** Reports and plays through the HTTP interface of a running `npm start`. */
async function createPlayer({ webUrl, endpointUrl }: Awaited<ReturnType<typeof untilReady>>) {
  const ask = async (path: string, body?: object) => {
    const response = await fetch(`${endpointUrl}/_local/${path}`, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    return answers.parse(await response.json());
  };
  let now = Date.parse((await ask('clock')).now ?? '');
  // All that playing asks of a clock.
  const clock = {
    now: () => now,
    advance: async (milliseconds: number) => {
      now = Date.parse((await ask('clock', { advance: `PT${Math.ceil(milliseconds / 1000)}S` })).now ?? '');
    },
  } as MovableClock;
  const api = createApiClient({ webUrl, token: async (person) => (await ask('token', { person })).token ?? '' });
  const open = async () => {
    const { referralIds } = await api.report(reporter, report);
    await clock.advance(0);
    return referralIds;
  };
  return {
    report: open,
    play: async () => play({ api, clock, act: 'on-time', onProgress: () => undefined }, await open()),
    advance: clock.advance,
  };
}

/** Kinds of threads, by the names that Node gives them; every function's thread has the name of its function. */
const kinds: Readonly<Record<string, string>> = {
  MainThread: 'main thread',
  V8Worker: "the engine's helpers, which compile and collect",
  'libuv-worker': 'files and cryptography',
  WorkerThread: 'sign-in',
  DelayedTaskSche: 'other',
  SignalInspector: 'other',
};

/** Reads what each thread of a process has used, by its number. Keeps the figures of threads that have ended since. */
function readThreads({ pid }: ChildProcess, known: Map<string, { readonly kind: string; readonly seconds: number }>) {
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
      const name = /\((.*)\)/.exec(stat)?.[1] ?? '';
      const fields = stat.replace(/^.*\) /, '').split(' ');
      known.set(thread, {
        kind: kinds[name] ?? 'functions',
        seconds: (Number(fields[11]) + Number(fields[12])) / 100,
      });
    }
  } catch {
    // No /proc here, or the thread has just ended.
  }
}

/**
 * `npm run demo`: its seconds of processor time by kind of thread, the most memory it took, and its calls of AWS. The figures are read
 * ten times a second until it ends. Without /proc there is no kind.
 */
export async function measureDemo() {
  const began = performance.now();
  const running = run('demo', ['--json']);
  const out = running.stdout?.toArray();
  let memory: ReturnType<typeof memoryOf>;
  let processor: number | undefined;
  const threads = new Map<string, { readonly kind: string; readonly seconds: number }>();
  const watch = setInterval(() => {
    memory = memoryOf(running) ?? memory;
    processor = processorOf(running) ?? processor;
    readThreads(running, threads);
  }, 100);
  const [status] = (await once(running, 'exit')) as [number | null];
  clearInterval(watch);
  if (status !== 0) throw new Error(`npm run demo ended with the status ${status}.`);
  const spent: Spent = { seconds: (performance.now() - began) / 1000, processor };
  const { calls } = JSON.parse(Buffer.concat((await out) ?? []).toString()) as Pick<Told, 'calls'>;
  const byKind = Map.groupBy(threads.values(), ({ kind }) => kind);
  const parts = [...byKind].map(([kind, all]) => ({
    kind,
    threads: all.length,
    seconds: all.reduce((sum, { seconds }) => sum + seconds, 0),
  }));
  return { spent, calls, peak: memory?.peak, parts: parts.toSorted((one, other) => other.seconds - one.seconds) };
}
