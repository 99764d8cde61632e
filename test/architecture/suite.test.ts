/** What `npm test` may need, and what its last line says. */
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { countOf, countOfSuite, lastLine } from '../support/count-reporter.ts';
import { ofTheCloud, ofThePages } from '../vitest.config.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** The files that each file of the project imports at run time, by their paths. */
const imports = new Map(
  globSync('{infra,functions,shared,test}/**/*.{ts,tsx}', { cwd: projectFolder }).map((file) => [
    file,
    [
      ...readFileSync(join(projectFolder, file), 'utf8').matchAll(
        /^(?:import|export)\b(?! type\b)[^;]*?'(\.[^']+)';/gm,
      ),
    ].map(([, path = '']) => join(dirname(file), path)),
  ]),
);

/** All that a file imports, also through others. */
function reachedFrom(file: string): ReadonlySet<string> {
  const reached = new Set([file]);
  for (const next of reached) for (const path of imports.get(next) ?? []) reached.add(path);
  return reached;
}

test('what opens a browser or starts the whole cloud runs by npm run test:cloud alone', () => {
  const needed = ['test/console/chromium.ts', 'infra/local/cloud.ts'];
  const heavy = globSync('test/**/*.test.ts', { cwd: projectFolder }).filter((file) =>
    needed.some((path) => reachedFrom(file).has(path)),
  );
  expect(heavy.length).toBeGreaterThan(15);
  const apart = new Set(globSync([...ofTheCloud, ...ofThePages], { cwd: projectFolder }));
  expect(heavy.filter((file) => !apart.has(file))).toEqual([]);
});

const leaving = 'a test leaves a temporary folder in the folder of the run';

test(leaving, () => {
  expect(mkdtempSync(join(tmpdir(), 'left-'))).toMatch(/careline-tests-\w+.left-/);
});

test('a run leaves nothing in the temporary folder of the system', () => {
  const above = mkdtempSync(join(tmpdir(), 'above-'));
  const vitest = fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')));
  const words = ['run', '--config', 'test/vitest.config.ts', 'test/architecture/suite.test.ts', '-t', leaving];
  const env = { ...process.env, TMPDIR: above, TEMP: above, TMP: above };
  expect(execFileSync(process.execPath, [vitest, ...words], { cwd: projectFolder, env, encoding: 'utf8' })).toContain(
    '1 passed, 0 failed',
  );
  expect(readdirSync(above)).toEqual([]);
});

test('the last line counts a file whose preparation failed, and a file that ran nothing, as one failure each', () => {
  const files = [
    { ok: true, states: ['passed', 'passed', 'skipped'] },
    { ok: false, states: ['passed', 'failed', 'failed'] },
    { ok: false, states: ['skipped', 'skipped'] },
    { ok: true, states: [] },
  ];
  expect(countOf(files, 0)).toEqual({ passed: 3, failed: 4 });
  expect(countOf(files, 1)).toEqual({ passed: 3, failed: 5 });
});

test.each([
  ['all went well', { passed: 9, failed: 0 }, { tests: 0, check: 0 }, '9 passed, 0 failed'],
  ['only the check failed', { passed: 9, failed: 0 }, { tests: 0, check: 1 }, '9 passed, 1 failed'],
  ['two tests and the check failed', { passed: 7, failed: 2 }, { tests: 1, check: 1 }, '7 passed, 3 failed'],
  ['vitest refused its options', { passed: 0, failed: 0 }, { tests: 1, check: 0 }, '0 passed, 1 failed'],
])('the last line agrees with the exit status where %s', (_, counts, statuses, line) => {
  expect(lastLine(countOfSuite(counts, statuses))).toBe(line);
});
