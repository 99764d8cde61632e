/**
 * `npm test`: the tests of one process, and beside them format, lint, types and unused code. Each of the two alone would
 * leave a processor idle. Words after `--` go to vitest, and where they name files, those run. Ends with status 1 where
 * either failed. What starts the whole cloud or a browser runs by `npm run test:cloud`.
 */
import { type ChildProcess, spawn } from 'node:child_process';

const statusOf = (child: ChildProcess) =>
  new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 1));
  });
const ofOneProcess = ['template', 'part2', 'console', 'shared'].map((name) => `--project=${name}`);
// On Windows the commands of a package are scripts of the shell.
const shell = process.platform === 'win32';
const words = process.argv.slice(2);
const chosen = words.some((word) => !word.startsWith('-')) ? [] : ofOneProcess;
const vitest = spawn('vitest', ['run', '--config', 'test/vitest.config.ts', ...chosen, ...words], {
  stdio: 'inherit',
  shell,
});
const check = spawn('npm', ['run', '--silent', 'check'], { stdio: ['ignore', 'pipe', 'pipe'], shell });
const said: Buffer[] = [];
for (const stream of [check.stdout, check.stderr]) stream.on('data', (part: Buffer) => void said.push(part));

const [tests, checks] = await Promise.all([statusOf(vitest), statusOf(check)]);
if (checks !== 0) {
  process.stderr.write(Buffer.concat(said));
  console.error('npm run check failed: see above.');
}
process.exitCode = tests === 0 && checks === 0 ? 0 : 1;
