/** One running instance of a function: a worker thread with its own environment, memory limit and time limit. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { AwsCall, AwsResponse } from '../endpoint/service.ts';
import { type Bundle, shared } from './bundles.ts';
import { workerCode } from './worker-code.ts';
import {
  type CallAnswer,
  type MainMessage,
  type RunFailure,
  type RunOutcome,
  together,
  type WorkerBoot,
  type WorkerMessage,
} from './worker-messages.ts';

export interface FunctionSettings {
  readonly logicalId: string;
  /** `$LATEST` or a number. */
  readonly version: string;
  readonly name: string;
  readonly arn: string;
  readonly memoryMb: number;
  /** Real time. */
  readonly timeoutMs: number;
  readonly env: Readonly<Record<string, string>>;
  readonly endpointUrl: string;
}

/** What an instance gives out while it runs. */
export interface InstanceListeners {
  /** Receives each line that it writes to stdout or stderr. */
  readonly onLine: (line: string) => void;
  /** Answers an AWS call of this instance: whatever credentials it carries, this instance is who makes it. Never rejects. */
  readonly onCall: (call: AwsCall) => Promise<AwsResponse>;
}

export interface Instance {
  readonly logicalId: string;
  readonly version: string;
  /** Runs one invocation; the caller waits for its outcome before the next. `event` is JSON. */
  run(event: string): Promise<RunOutcome>;
  /** False once the worker has ended: it crashed, exited, ran too long or was ended. */
  usable(): boolean;
  end(): Promise<void>;
}

/** AWS gives the initialisation 10 seconds; a laptop under load gets more before we call it stuck. */
const startLimitMs = 30_000;

/**
 * Starts a worker on the bundle of `folder` and waits until its code is loaded. Answers with the failure where that
 * throws, exits or takes longer than 30 s of real time.
 */
export async function startInstance(
  settings: FunctionSettings,
  folder: string,
  bundle: Bundle,
  clock: SharedArrayBuffer,
  { onLine, onCall }: InstanceListeners,
): Promise<Instance | RunFailure> {
  const boot: WorkerBoot = {
    file: join(folder, 'index.js'),
    source: bundle.source,
    compiled: bundle.compiled,
    clock,
    functionName: settings.name,
    functionVersion: settings.version,
    functionArn: settings.arn,
    memoryMb: settings.memoryMb,
    endpointUrl: settings.endpointUrl,
  };
  const worker = new Worker(await workerCode(), {
    eval: true,
    name: settings.name,
    env: { ...settings.env, LAMBDA_TASK_ROOT: folder },
    argv: [],
    // Who profiles this process profiles its functions as well.
    execArgv: process.execArgv.filter((option) => option.startsWith('--cpu-prof')),
    stdout: true,
    stderr: true,
    workerData: boot,
    // With 4 MB, a sixth of all time went into collecting. The default of 48 MB takes 4 MB more of each instance.
    resourceLimits: { maxOldGenerationSizeMb: settings.memoryMb, maxYoungGenerationSizeMb: 8 },
  });
  let alive = true;
  let requestId: string = randomUUID();
  let outOfMemory = false;
  let answer: ((outcome: RunOutcome) => void) | undefined;

  for (const output of [worker.stdout, worker.stderr]) createInterface({ input: output }).on('line', onLine);
  const tell = (message: MainMessage) => worker.postMessage(message);
  const answers = together<CallAnswer>((all) => tell({ answers: all }));
  worker.on('message', (message: WorkerMessage) => {
    if ('compiled' in message) {
      bundle.compiled = shared(message.compiled);
      return;
    }
    if (!('calls' in message)) return answer?.(message);
    for (const { call, body, ...rest } of message.calls)
      void onCall({ ...rest, body: Buffer.from(body, 'latin1') }).then((answered) => answers({ call, ...answered }));
  });
  worker.on('error', (error: Error & { code?: string }) => {
    outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    onLine(`${error.name}: ${error.message}`);
  });
  worker.on('exit', (code) => {
    alive = false;
    const how = outOfMemory ? 'Error: Runtime exited with error: signal: killed' : exitSentence(code);
    answer?.({ ok: false, errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} ${how}` });
  });

  const end = async () => {
    alive = false;
    await worker.terminate();
  };
  const outcomeWithin = (milliseconds: number) =>
    new Promise<RunOutcome>((resolve) => {
      const timer = setTimeout(() => {
        const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`;
        answer?.({ ok: false, errorType: 'Sandbox.Timedout', errorMessage });
        void end();
      }, milliseconds);
      answer = (outcome) => {
        clearTimeout(timer);
        answer = undefined;
        resolve(outcome);
      };
    });

  const started = await outcomeWithin(startLimitMs);
  if (!started.ok) {
    await end();
    return started;
  }
  return {
    logicalId: settings.logicalId,
    version: settings.version,
    usable: () => alive,
    end,
    run(event) {
      requestId = randomUUID();
      const outcome = outcomeWithin(settings.timeoutMs);
      tell({ requestId, event, timeoutMs: settings.timeoutMs });
      return outcome;
    },
  };
}

function exitSentence(code: number): string {
  return code === 0
    ? 'Error: Runtime exited without providing a reason'
    : `Error: Runtime exited with error: exit status ${code}`;
}
