/** Where the processor time of `npm run demo` goes, by part: the demo with the engine's profiler on in every thread. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));

interface Frame {
  readonly functionName: string;
  readonly url: string;
}

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame; readonly children?: readonly number[] }[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

/** `throughout`: all that such a frame calls is this part's, whatever it is. */
type Rule = readonly [part: string, matches: (frame: Frame) => boolean, throughout?: 'throughout'];

const within =
  (...places: readonly string[]) =>
  ({ url }: Frame) =>
    places.some((place) => url.includes(place));
const collection: Rule = ['Collection of memory', ({ functionName }) => functionName === '(garbage collector)'];

/** From a frame outwards, the first that matches says what its time is for. */
const inMain: readonly Rule[] = [
  collection,
  ['Calls: DynamoDB', within('/infra/local/dynamodb/', '/node_modules/dynalite/', '/node_modules/memory-level/')],
  ['Calls: mail', within('/infra/local/ses/')],
  ['Calls: Step Functions and JSONata', within('/infra/local/stepfunctions/', '/node_modules/jsonata/')],
  [
    'Calls: IAM and endpoint',
    within('/infra/local/iam', '/infra/local/endpoint/endpoint.ts', '/infra/local/secrets/secrets.ts'),
  ],
  ['Gateway and sign-in', within('/infra/local/gateway/', '/infra/local/identity/')],
  ['Messages to and from the functions', within('/infra/local/lambda/', 'node:internal/worker')],
  ["The demo's player", within('/infra/local/demo', 'node:internal/deps/undici')],
  ['Reading modules and the template', within('node:internal/modules', '/infra/local/template/template.ts')],
];
const inWorkers: readonly Rule[] = [
  collection,
  ['Messages to and from the main thread', ({ functionName, url }) => url === '' && functionName === 'postMessage'],
  [
    'Start: modules of Node',
    ({ functionName, url }) => functionName === 'compileForInternalLoader' || url.includes('node:internal/bootstrap'),
  ],
  [
    'Start: the bundle',
    ({ functionName }) => functionName === 'load' || functionName === 'createCachedData',
    'throughout',
  ],
  ["The function's own code with the AWS SDK", within('/asset.')],
];

export interface ProfiledPart {
  readonly thread: 'main thread' | 'functions';
  readonly part: string;
  readonly seconds: number;
}

/** Seconds by part of all profiles; idle time is left out. */
function partsOf({ nodes, samples, timeDeltas }: Profile, rules: readonly Rule[]): ReadonlyMap<string, number> {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const partOf = (id: number): string | undefined => {
    if (frames.get(id)?.functionName === '(idle)') return undefined;
    let part: string | undefined;
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const frame = frames.get(at);
      const found = frame && rules.find(([, matches]) => matches(frame));
      if (found?.[2]) return found[0];
      part ??= found?.[0];
    }
    return part ?? 'Everything else';
  };
  const places = new Map(nodes.map(({ id }) => [id, partOf(id)]));
  const seconds = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const part = places.get(id);
    if (part !== undefined) seconds.set(part, (seconds.get(part) ?? 0) + (timeDeltas[index] ?? 0) / 1e6);
  }
  return seconds;
}

/** The largest part first. The profiler itself makes the demo slower, so the shares count, not the sum. */
export async function profileDemo(): Promise<readonly ProfiledPart[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-profile-'));
  try {
    const preload = ['--import', './infra/local/begin-again.ts'];
    const options = [...preload, '--cpu-prof', `--cpu-prof-dir=${folder}`, 'infra/local/demo.ts', '--json'];
    const running = spawn(process.execPath, options, { cwd: project, stdio: ['ignore', 'ignore', 'inherit'] });
    const [status] = (await once(running, 'exit')) as [number | null];
    if (status !== 0) throw new Error(`The demo ended with the status ${status}.`);
    const sums = new Map<string, ProfiledPart>();
    for (const name of readdirSync(folder)) {
      const profile = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Profile;
      // `CPU.<day>.<time>.<process>.<thread>.<number>.cpuprofile`
      const thread = name.split('.')[4] === '0' ? 'main thread' : 'functions';
      for (const [part, seconds] of partsOf(profile, thread === 'main thread' ? inMain : inWorkers)) {
        const key = `${thread} ${part}`;
        sums.set(key, { thread, part, seconds: seconds + (sums.get(key)?.seconds ?? 0) });
      }
    }
    return [...sums.values()].toSorted((one, other) => other.seconds - one.seconds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
