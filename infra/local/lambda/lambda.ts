/**
 * Lambda: runs the bundles of the template's functions in worker threads, started at their first invocation. Each has
 * the environment, memory limit and timeout of the template. Each has its own credentials, so that IAM sees who calls.
 */

import { devNull } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { Activity, MovableClock } from '../clock/clock.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { type Authorize, localRegion } from '../endpoint/service.ts';
import { readProperties } from '../template/read-properties.ts';
import type { Resource, Template } from '../template/template.ts';
import { openBundles } from './bundles.ts';
import { readFunctionName } from './function-name.ts';
import { type FunctionSettings, type Instance, startInstance } from './instance.ts';
import type { InvokeResult, Lambda } from './invocation.ts';
import { createLambdaService, type FunctionConfiguration } from './lambda-service.ts';
import { openReleases, type Version } from './releases.ts';
import { createSemaphore } from './semaphore.ts';
import type { RunFailure, RunOutcome } from './worker-messages.ts';

/** 6 MB, and what AWS really lets through. */
const payloadLimit = 6_291_556;

/**
 * Concurrent invocations of one function; more of them wait. Two, so that a function which through others invokes
 * itself once does not wait for itself.
 */
const instancesPerFunction = 2;

/**
 * Megabytes that this process may grow by before a new instance has to wait for an idle one to end. All twenty
 * functions fit in, at 26 MB each. With 350, one played referral starts 52 instances instead of 21, and takes a third
 * longer. Each starts in 0.1 s, and its code is slow at first. So memory, not a count, decides which instance ends.
 */
const growthMb = 700;
const defaultIdleFor = 60_000;

/** Starting an instance takes half as long on two busy cores, and then its code is slow at first. */
const defaultPatience = 500;

const settingsForm = z.object({
  Runtime: z.string().startsWith('nodejs'),
  Handler: z.literal('index.handler'),
  Code: z.object({ S3Key: z.string() }),
  MemorySize: z.number().default(128),
  Timeout: z.number().default(3),
  Environment: z.object({ Variables: z.record(z.string(), z.string()).default({}) }).prefault({}),
});

type Settings = z.infer<typeof settingsForm>;

export interface LambdaOptions {
  readonly template: Template;
  readonly clock: MovableClock;
  readonly activity: Activity;
  readonly authorize: Authorize;
  /** The AWS endpoint. Its address goes into the environment. It takes the calls of an instance as that function's. */
  readonly endpoint: () => Pick<Endpoint, 'url' | 'call'>;
  /** Other values for environment variables, in each function that has them; read when an instance starts. */
  readonly overrides?: Readonly<Record<string, string>>;
  /** Where versions and aliases are kept; in memory without it. */
  readonly folder?: string;
  /** Bytes that this process holds now. Default: its resident memory. */
  readonly memoryInUse?: () => number;
  /**
   * Called when the last instance has ended because it was idle. By default it collects
   * unused objects and gives their memory back, where the engine allows that.
   */
  readonly giveMemoryBack?: () => void;
  /**
   * For how long an idle instance is kept, in milliseconds of real time. Lambda itself keeps none for ever. Default 60
   * s.
   */
  readonly idleFor?: number;
  /**
   * How long an invocation waits for a busy instance of its function before a second one starts. Milliseconds of real
   * time; default 0.5 s.
   */
  readonly patience?: number;
  /** Receives each line that a function writes. */
  readonly onLog?: (logicalId: string, line: string) => void;
}

/** The template's own code of a function, or one published version of it. */
interface Runnable {
  readonly resource: Resource;
  /** `$LATEST` or a number. */
  readonly version: string;
  readonly settings: Settings;
  readonly folder: string;
  readonly takeTurn: ReturnType<typeof createSemaphore>;
  /** Instances that run an invocation, or start for one. */
  busy: number;
  /** Invocations that wait for one of them. */
  readonly waiting: Set<(instance: Instance) => void>;
}

interface LocalFunction {
  readonly resource: Resource;
  readonly latest: Runnable;
  /** Versions that were invoked, by number. */
  readonly versions: Map<number, Runnable>;
  invocations: number;
}

const latestVersion = '$LATEST';

const runnable = (resource: Resource, version: string, settings: Settings, folder: string): Runnable => ({
  resource,
  version,
  settings,
  folder,
  takeTurn: createSemaphore(instancesPerFunction),
  busy: 0,
  waiting: new Set(),
});

/** Throws where a function of the template is not a Node.js function with the handler `index.handler` and an asset. */
export function createLambda(options: LambdaOptions): Lambda {
  const {
    template,
    clock,
    activity,
    memoryInUse = () => process.memoryUsage.rss(),
    giveMemoryBack = () => void globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' }),
    idleFor = defaultIdleFor,
    patience = defaultPatience,
  } = options;
  const bundleOf = openBundles();
  const mostMemory = memoryInUse() + growthMb * 1_000_000;
  const functions = new Map<string, LocalFunction>();
  for (const resource of template.ofType('AWS::Lambda::Function')) {
    const settings = readProperties(resource, settingsForm);
    const folder = template.assetFolder(settings.Code.S3Key);
    const latest = runnable(resource, latestVersion, settings, folder);
    functions.set(resource.name, { resource, latest, versions: new Map(), invocations: 0 });
  }
  const releases = openReleases({
    template,
    now: clock.now,
    codeOf: ({ name }) => functions.get(name)?.latest.folder ?? '',
    folder: options.folder,
  });
  const runnableOf = (local: LocalFunction, { number, code, properties: given }: Version): Runnable => {
    const { resource, versions } = local;
    const found =
      versions.get(number) ??
      runnable(resource, `${number}`, readProperties({ ...resource, properties: given }, settingsForm), code);
    versions.set(number, found);
    return found;
  };

  // Two at a time: a burst of first invocations would otherwise start more threads than there are cores.
  const startTurn = createSemaphore(2);
  const live = new Set<Instance>();
  const running = new Set<Promise<unknown>>();
  let idle: Instance[] = [];
  const ends = new Map<Instance, NodeJS.Timeout>();
  let stopping = false;

  const start = async (local: Runnable): Promise<Instance | RunFailure> => {
    const { logicalId } = local.resource;
    if (stopping) return stopped;
    // Makes room first: the memory of an ended thread is what the new one then takes.
    const ended = memoryInUse() < mostMemory ? undefined : leastNeeded();
    if (ended) await retire(ended);
    const started = await startInstance(
      settingsOf(local, options),
      local.folder,
      bundleOf(join(local.folder, 'index.js')),
      clock.shared,
      {
        onLine: (line) => options.onLog?.(logicalId, line),
        onCall: (call) => options.endpoint().call({ kind: 'function', logicalId }, call),
      },
    );
    if (!('run' in started)) return started;
    if (stopping) {
      await started.end();
      return stopped;
    }
    live.add(started);
    return started;
  };
  /**
   * An instance with a younger one of the same function beside it is hardly ever needed. Else it is the one used
   * longest ago.
   */
  const leastNeeded = (): Instance | undefined =>
    idle.find((one, index) => idle.slice(index + 1).some((other) => isOfSame(other, one))) ?? idle[0];
  const leaveIdle = (instance: Instance) => {
    idle = idle.filter((other) => other !== instance);
    clearTimeout(ends.get(instance));
    ends.delete(instance);
  };
  const retire = async (instance: Instance) => {
    leaveIdle(instance);
    live.delete(instance);
    await instance.end();
  };
  const takeIdle = (local: Runnable): Instance | undefined => {
    for (const crashed of idle.filter((instance) => !instance.usable())) void retire(crashed);
    const wanted = { logicalId: local.resource.logicalId, version: local.version };
    const found = idle.findLast((instance) => isOfSame(instance, wanted));
    if (found) leaveIdle(found);
    return found;
  };
  const putBack = (instance: Instance) => {
    if (!instance.usable()) return void retire(instance);
    idle.push(instance);
    const retireIdle = async () => {
      const ended = retire(instance);
      const isLast = live.size === 0;
      await ended;
      if (isLast) giveMemoryBack();
    };
    ends.set(instance, setTimeout(() => void retireIdle(), idleFor).unref());
  };

  /** The next instance of the function that is done with its invocation; undefined where none is in time. */
  const takeNext = (local: Runnable): Promise<Instance | undefined> =>
    new Promise((resolve) => {
      const take = (instance?: Instance) => {
        clearTimeout(timer);
        local.waiting.delete(take);
        resolve(instance);
      };
      const timer = setTimeout(take, patience);
      local.waiting.add(take);
    });
  const release = (local: Runnable, instance: Instance) => {
    const [next] = local.waiting;
    if (next && instance.usable()) next(instance);
    else putBack(instance);
  };

  const execute = async (local: Runnable, event: string): Promise<RunOutcome> => {
    if (stopping) return stopped;
    const ready = takeIdle(local) ?? (local.busy > 0 ? await takeNext(local) : undefined);
    local.busy += 1;
    try {
      const instance = ready ?? (await startTurn(() => start(local)));
      if (!('run' in instance)) return instance;
      const outcome = await instance.run(event);
      release(local, instance);
      return stopping && !outcome.ok ? stopped : outcome;
    } finally {
      local.busy -= 1;
    }
  };

  /** What runs under this name: `qualifier` is an alias, a number or `$LATEST`. Undefined where there is none. */
  const find = (nameOrArn: string) => {
    const { name, qualifier = latestVersion } = readFunctionName(nameOrArn);
    const local = functions.get(name);
    if (!local || qualifier === latestVersion) return local && { local, code: local.latest };
    const number = releases.aliases(name)[qualifier] ?? Number(qualifier);
    const version = releases.versions(name).find((each) => each.number === number);
    return version && { local, code: runnableOf(local, version) };
  };
  const invoke = (functionName: string, payload: unknown): Promise<InvokeResult> =>
    activity.track(async () => {
      const found = find(functionName);
      if (!found) return failure('Lambda.ResourceNotFoundException', `Function not found: ${functionName}`);
      const event = JSON.stringify(payload ?? {});
      const size = Buffer.byteLength(event);
      if (size > payloadLimit) {
        return failure(
          'Lambda.RequestTooLargeException',
          `Request must be smaller than 6291456 bytes: it has ${size} bytes.`,
        );
      }
      const { local, code } = found;
      local.invocations += 1;
      const run = code.takeTurn(() => execute(code, event));
      running.add(run);
      const outcome = await run.finally(() => running.delete(run));
      const ran = code.version === latestVersion ? {} : { version: code.version };
      if (!outcome.ok) return { ...outcome, ...ran };
      if (Buffer.byteLength(outcome.payload) > payloadLimit) {
        const message = `Response payload size exceeded maximum allowed payload size (${payloadLimit} bytes).`;
        return failure('Function.ResponseSizeTooLarge', message);
      }
      return { ok: true, payload: JSON.parse(outcome.payload) as unknown, ...ran };
    });

  /** As AWS tells it: the ARN keeps the alias or version that was asked for. */
  const configured = (nameOrArn: string) => {
    const found = find(nameOrArn);
    const { name, qualifier } = readFunctionName(nameOrArn);
    const publishedAt = releases.versions(name).find(({ number }) => `${number}` === found?.code.version)?.publishedAt;
    return found && configurationOf(found.code, options, qualifier, publishedAt);
  };
  return {
    invoke,
    service: createLambdaService({
      invoke,
      authorize: options.authorize,
      find: configured,
      list: () => [...functions.values()].map(({ latest }) => configurationOf(latest, options)),
      releases,
    }),
    counts: () =>
      Object.fromEntries([...functions.values()].map((each) => [each.resource.logicalId, each.invocations])),
    async stop() {
      stopping = true;
      await Promise.all([...live].map(retire));
      await Promise.allSettled(running);
    },
  };
}

const isOfSame = (one: Pick<Instance, 'logicalId' | 'version'>, other: Pick<Instance, 'logicalId' | 'version'>) =>
  one.logicalId === other.logicalId && one.version === other.version;

const stopped = failure('Lambda.ServiceException', 'The embedded cloud is stopping.');

function failure(errorType: string, errorMessage: string): RunFailure {
  return { ok: false, errorType, errorMessage };
}

/** What the template says, and when a version was published: neither the code's size nor its hash. */
function configurationOf(
  { resource, settings, version }: Runnable,
  options: LambdaOptions,
  qualifier?: string,
  publishedAt?: number,
): FunctionConfiguration {
  const { Description, Role, LoggingConfig, Architectures = ['x86_64'] } = resource.properties;
  return {
    FunctionName: resource.name,
    FunctionArn: qualifier === undefined ? resource.arn : `${resource.arn}:${qualifier}`,
    Version: version,
    ...(publishedAt !== undefined && { LastModified: new Date(publishedAt).toISOString().replace('Z', '+0000') }),
    PackageType: 'Zip',
    Runtime: settings.Runtime,
    Handler: settings.Handler,
    MemorySize: settings.MemorySize,
    Timeout: settings.Timeout,
    Environment: { Variables: variablesOf(settings, options) },
    Architectures,
    ...(Role !== undefined && { Role }),
    ...(Description !== undefined && { Description }),
    ...(LoggingConfig !== undefined && { LoggingConfig }),
  };
}

const variablesOf = ({ Environment }: Settings, { overrides }: LambdaOptions) =>
  Object.fromEntries(Object.entries(Environment.Variables).map(([key, value]) => [key, overrides?.[key] ?? value]));

/** Only what the template says and what Lambda itself sets: nothing of this process's own environment. */
function settingsOf({ resource, settings, version }: Runnable, options: LambdaOptions): FunctionSettings {
  const { logicalId, name, arn } = resource;
  const { url } = options.endpoint();
  return {
    logicalId,
    version,
    name,
    arn: version === latestVersion ? arn : `${arn}:${version}`,
    memoryMb: settings.MemorySize,
    timeoutMs: settings.Timeout * 1000,
    endpointUrl: url,
    env: {
      ...variablesOf(settings, options),
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: `LOCAL.${logicalId}`,
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_REGION: localRegion,
      // A function has no files of settings, and takes none of whose machine this is.
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: version,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.MemorySize),
      _HANDLER: settings.Handler,
      TZ: 'UTC',
    },
  };
}
