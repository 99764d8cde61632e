/**
 * Preloaded by `npm start` and `npm run demo`. Node reads these settings only when a process begins, so this process
 * begins again, as itself. Where the system cannot do that, the process goes on as it is: slower, and with more memory.
 */
import { fileURLToPath } from 'node:url';

const environment = {
  // glibc keeps a heap for each of many threads. Memory that a thread of an ended Lambda instance freed stays in its
  // heap. That is a quarter of all memory here: 529 MB at the most. One heap for all needs 427 MB and is no slower.
  MALLOC_ARENA_MAX: '1',
  // Sources without their types, and what the engine compiled of them: a quarter of a start's processor time.
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../.cache/node', import.meta.url)),
};

const engine = [
  // Twenty threads collect on two cores: helpers would only take the cores from each other.
  '--single-threaded-gc',
  // Eight seconds after its start each instance would be collected twice to give 4 MB back. That is a twelfth of a
  // demo's processor time.
  '--no-memory-reducer',
  // So the process gives memory back itself, once its last idle instance has ended.
  '--expose-gc',
  // An instance starts with 20 MB. From the engine's own small sizes it is collected five times before its first answer.
  '--initial-old-space-size=48',
  '--min-semi-space-size=2',
];

const begun = 'CARELINE_BEGUN_AGAIN';

if (process.execve && process.env[begun] === undefined) {
  const again = [process.execPath, ...engine, ...process.execArgv, ...process.argv.slice(1)];
  process.execve(process.execPath, again, { ...environment, ...process.env, [begun]: '1' });
}
