/** Plays many cases over the processors of the machine. They share nothing, so the results are those of one thread. */
import { on } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CaseChoice, CaseResult } from './case.ts';

/** Where the threads find what Node compiled before. It halves the time until a thread plays its first case. */
const NODE_COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url));

/** The results in the order of the choices. Throws what a case throws. Ends its threads when it is left. */
export async function* playCases(
  choices: readonly CaseChoice[],
  threads = availableParallelism(),
): AsyncGenerator<CaseResult, void> {
  const workers = Array.from(
    { length: Math.min(threads, choices.length) },
    // Nearly all that a case makes is soon gone. With room for it, collecting takes a fifth less time.
    () =>
      new Worker(new URL('./case-worker.ts', import.meta.url), {
        env: { NODE_COMPILE_CACHE, ...process.env },
        resourceLimits: { maxYoungGenerationSizeMb: 64 },
      }),
  );
  try {
    const lanes = workers.map((worker) => on(worker, 'message'));
    for (const [index, choice] of choices.entries()) workers[index % workers.length]?.postMessage(choice);
    for (const index of choices.keys()) {
      const lane = lanes[index % lanes.length];
      if (!lane) return;
      const [result] = (await lane.next()).value as [CaseResult];
      yield result;
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
