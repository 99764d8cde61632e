/** Plays the cases it is sent, one after another, in a thread of its own, and sends each result back. */
import { parentPort } from 'node:worker_threads';
import { type CaseChoice, runCase } from './case.ts';

let before: Promise<unknown> = Promise.resolve();
parentPort?.on('message', (choice: CaseChoice) => {
  // A case that throws is rejected here, which ends the thread: the main thread is told.
  before = before.then(async () => parentPort?.postMessage(await runCase(choice)));
});
