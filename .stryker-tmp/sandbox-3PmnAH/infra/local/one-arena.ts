/**
 * Preloaded by `npm start` and `npm run demo`. glibc keeps a heap for each of many threads, and what a thread of an ended
 * Lambda instance freed stays in its heap: a quarter of all memory here (529 MB at the most, 427 with one heap for
 * all, no slower). glibc reads the setting only when a process begins, so this one begins again, as itself.
 */
// @ts-nocheck

const setting = 'MALLOC_ARENA_MAX';

if (process.platform === 'linux' && process.env[setting] === undefined) {
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  process.execve?.(process.execPath, again, { ...process.env, [setting]: '1' });
}
