import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const files = (...patterns: readonly string[]) => globSync([...patterns], { cwd: projectFolder });
const text = (file: string) => readFileSync(join(projectFolder, file), 'utf8');

/** The code without its comments, so that a sentence about the clock does not count as reading it. */
const code = (file: string) => text(file).replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '');

test('time, ids and chance come as arguments: only a handler or a command takes them from the machine', () => {
  const taken = /\bnew Date\(\)|\bDate\.now\b|\bTemporal\.Now\b|\brandomUUID\b|\bMath\.random\b/;
  const workFiles = files('shared/**/*.{ts,tsx}', 'functions/**/*.{ts,tsx}').filter(
    // A script of a page runs in the browser, by the browser's clock.
    (file) => !/(^handler|-command)\.ts$/.test(basename(file)) && !file.startsWith('functions/console/browser/'),
  );
  expect(workFiles.length).toBeGreaterThan(10);
  expect(workFiles.filter((file) => taken.test(code(file)))).toEqual([]);
});

test('a file is named for what it holds', () => {
  const meaningless = /^(utils?|helpers?|common|misc|index)[.]/;
  const everywhere = files('{infra,functions,shared,test,workflows}/**/*.*');
  expect(everywhere.filter((file) => meaningless.test(basename(file)))).toEqual([]);
});
