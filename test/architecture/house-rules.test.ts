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

/** Names that more than one of these files has, with the files. Each function has a handler, and services of the embedded cloud their failures. */
const sharedNames = (paths: readonly string[]): readonly string[] => {
  const byName = Map.groupBy(paths, (path) => basename(path).replace(/[.]tsx?$/, ''));
  return [...byName].flatMap(([name, its]) =>
    its.length === 1 || ['handler', 'failure'].includes(name) ? [] : `${name}: ${its.toSorted().join(', ')}`,
  );
};

test('no two product files have one name, so that a name alone says which file is meant', () => {
  const product = files('{infra,functions,shared}/**/*.{ts,tsx}').filter((file) => !file.endsWith('.d.ts'));
  expect(product.length).toBeGreaterThan(1000);
  expect(sharedNames(product)).toEqual([]);
  expect(
    sharedNames(['shared/a/one.ts', 'functions/b/one.tsx', 'functions/b/handler.ts', 'functions/c/handler.ts']),
  ).toEqual(['one: functions/b/one.tsx, shared/a/one.ts']);
});

/** The first lines of the docstrings that stand above nothing: another one, an empty line or the end of a block follows. */
const orphansIn = (source: string): readonly string[] =>
  [...source.matchAll(/^[ \t]*(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)[ \t]*\n[ \t]*(.*)/gm)].flatMap(
    ([, comment = '', next = '']) => {
      const isOfTheFile = source.startsWith(comment) && next === '';
      return !isOfTheFile && /^($|\/\*\*|[)}\]])/.test(next) ? [comment.split('\n')[0] ?? ''] : [];
    },
  );

test('a docstring stands directly above what it describes', () => {
  const all = files('{infra,functions,shared,test}/**/*.{ts,tsx}');
  expect(all.length).toBeGreaterThan(1000);
  expect(all.flatMap((file) => orphansIn(text(file)).map((comment) => `${file}: ${comment}`))).toEqual([]);
});

test('a docstring above another, above an empty line or at the end of a block is found, and that of a file is not', () => {
  expect(orphansIn('/** Of a. */\n/** Of b. */\nconst b = 1;\n')).toEqual(['/** Of a. */']);
  expect(orphansIn('const a = 1;\n/** Of b. */\n\nconst b = 1;\n')).toEqual(['/** Of b. */']);
  expect(orphansIn('interface A {\n  a: 1;\n  /**\n   * Of b.\n   */\n}\n')).toEqual(['/**']);
  expect(orphansIn('/** The file. */\n\n/** Of a. */\nconst a = 1;\n')).toEqual([]);
});
