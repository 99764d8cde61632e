/**
 * `npm test`: the tests of one process, and beside them format, lint, types and unused code. Each of the two alone would
 * leave a processor idle. Words after `--` go to vitest, and where they name files, those run. The last line counts failed
 * tests, failed files and a failed check; with any of them the status is 1. What starts the whole cloud or a browser runs
 * by `npm run test:cloud`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Counts, countOfSuite, isCounts, lastLine } from './support/count-reporter.ts';
import { suites } from './support/suite-times.ts';

const statusOf = (child: ChildProcess) =>
  new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 1));
  });
const ofOneProcess = suites['npm test'].projects.map((name) => `--project=${name}`);
const words = process.argv.slice(2);
const chosen = words.some((word) => !word.startsWith('-')) ? [] : ofOneProcess;
const vitest = spawn(
  process.execPath,
  [
    fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json'))),
    ...['run', '--config', 'test/vitest.config.ts', ...chosen, ...words],
  ],
  { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
);
let counts: Counts = { passed: 0, failed: 0 };
vitest.on('message', (told) => {
  if (isCounts(told)) counts = told;
});
const check = spawn('npm', ['run', '--silent', 'check'], {
  stdio: ['ignore', 'pipe', 'pipe'],
  // On Windows the commands of a package are scripts of the shell.
  shell: process.platform === 'win32',
});
const said: Buffer[] = [];
for (const stream of [check.stdout, check.stderr]) stream.on('data', (part: Buffer) => void said.push(part));

const [tests, status] = await Promise.all([statusOf(vitest), statusOf(check)]);
if (status !== 0) {
  process.stderr.write(Buffer.concat(said));
  console.error('npm run check failed: see above.');
}
const all = countOfSuite(counts, { tests, check: status });
process.exitCode = all.failed === 0 ? 0 : 1;
console.log(`\n${lastLine(all)}`);
