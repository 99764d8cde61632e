/**
 * The inside of one Lambda instance: loads a function's bundle and runs one invocation at a time. AWS's runtime
 * interface client does the same. `worker-code.ts` makes one CommonJS text of this file. A worker that loads no ES
 * module and strips no types takes 15 to 20 MB less memory.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import type { Context } from 'aws-lambda';
import { followClock } from '../clock/clock.ts';
import { handOver } from './handed-over.ts';
import {
  type MainMessage,
  type RunFailure,
  type RunOutcome,
  type RunRequest,
  together,
  type WorkerBoot,
  type WorkerMessage,
} from './worker-messages.ts';

type HandlerContext = Omit<Context, 'done' | 'fail' | 'succeed'>;
type Handler = (event: unknown, context: HandlerContext) => unknown;

const boot = workerData as WorkerBoot;
const send = (message: WorkerMessage) => parentPort?.postMessage(message);

followClock(boot.clock);
const handedOver = handOver(
  boot.endpointUrl,
  together((calls) => send({ calls })),
);
try {
  const { handler, script } = load(boot);
  let runs = 0;
  parentPort?.on('message', async (message: MainMessage) => {
    if ('answers' in message) return message.answers.forEach(handedOver.answer);
    send(await run(handler, message));
    runs += 1;
    if (runs === 1 && script.cachedDataRejected !== false) send({ compiled: script.createCachedData() });
  });
  send({ ok: true, payload: 'null' });
} catch (error) {
  send(describe(error));
}

/**
 * Compiles the bundle as CommonJS whatever the package.json above it says. On AWS there is none above it. Here the
 * project's says that `.js` is an ES module.
 */
function load({ file, source, compiled }: WorkerBoot): { readonly handler: Handler; readonly script: Script } {
  if (!source) {
    throw Object.assign(new Error("Error: Cannot find module 'index'"), { name: 'Runtime.ImportModuleError' });
  }
  const module: { exports: { handler?: unknown } } = { exports: {} };
  const begin = '(function (exports, require, module, __filename, __dirname) { ';
  const script = new Script(`${begin}${Buffer.from(source).toString('utf8')}\n})`, {
    filename: file,
    columnOffset: -begin.length,
    cachedData: compiled,
  });
  const native = createRequire(file);
  const isHttp = (id: string) => id === 'http' || id === 'node:http';
  const require = Object.assign((id: string): unknown => (isHttp(id) ? handedOver.http : native(id)), native);
  script.runInThisContext()(module.exports, require, module, file, dirname(file));
  const { handler } = module.exports;
  if (typeof handler !== 'function') {
    throw Object.assign(new Error('index.handler is undefined or not exported'), { name: 'Runtime.HandlerNotFound' });
  }
  if (handler.length > 2) {
    const message = 'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.';
    throw Object.assign(new Error(message), { name: 'Runtime.CallbackHandlerDeprecated' });
  }
  return { handler: handler as Handler, script };
}

async function run(handler: Handler, { requestId, event, timeoutMs }: RunRequest): Promise<RunOutcome> {
  // Timeouts are real time, so the remaining time must not follow the movable clock.
  const deadline = performance.now() + timeoutMs;
  try {
    const result = await handler(JSON.parse(event), {
      functionName: boot.functionName,
      functionVersion: boot.functionVersion,
      invokedFunctionArn: boot.functionArn,
      memoryLimitInMB: String(boot.memoryMb),
      awsRequestId: requestId,
      logGroupName: `/aws/lambda/${boot.functionName}`,
      logStreamName: `local/[${boot.functionVersion}]${requestId.replaceAll('-', '')}`,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
    });
    return { ok: true, payload: stringify(result) };
  } catch (error) {
    return describe(error);
  }
}

function stringify(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch {
    throw new Error('Unable to stringify response body');
  }
}

/** As AWS's runtime says it. The bundle stands in `/var/task`, so that no path of this machine gets into a history. */
function describe(error: unknown): RunFailure {
  if (!(error instanceof Error)) return { ok: false, errorType: typeof error, errorMessage: String(error), trace: [] };
  const trace = (error.stack ?? '').replaceAll(dirname(boot.file), '/var/task').split('\n');
  return { ok: false, errorType: error.name, errorMessage: error.message, trace };
}
