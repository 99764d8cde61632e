/**
 * `node test/long/mutation-command.ts [--sample COUNT] [FILE...]`: Stryker on `shared/domain`, or on some of its files
 * (`clocks` or `clocks.ts`). Prints what survived and the score of each file. A run of everything keeps its score for
 * `npm run bench`, and fails below the aim. Unchanged code is not tested again, so that it can be run a few files at a
 * time. `--sample 600` tries about so many mutants of all files, the same each time for the same code.
 */
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { excludedMutations, sampleOf } from './mutation/sample.ts';
import { aim, isUnnoticed, scoreFile, scoreOf } from './mutation/score.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(project);

/**
 * Documents in words. A mutant of a sentence is a sentence, and their tests compare a few whole ones.
 */
const inWords = ['event-sentences', 'policy-diff', 'policy-document', 'rule-words'];
/** Each file of the domain with its folder, by its name: no two have the same. */
const places = new Map(
  globSync('**/*.ts', { cwd: 'shared/domain' })
    .toSorted()
    .map((file) => [basename(file, '.ts'), file]),
);
const all = [...places.keys()].filter((name) => !inWords.includes(name));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { sample: { type: 'string' } } });
const named = positionals.map((name) => name.replace(/^.*\//, '').replace(/\.ts$/, ''));
const unknown = named.find((name) => !all.includes(name));
if (unknown !== undefined) {
  console.error(`There is no file ${unknown}.ts in shared/domain, or it is left out.`);
  process.exit(2);
}
const asked = named.length > 0 ? named : all;

const pathOf = (name: string) => `shared/domain/${places.get(name)}`;
/** Without a sample, each file whole. */
const sample = values.sample === undefined ? undefined : await sampleOf(asked.map(pathOf), Number(values.sample));
const placesOf = (name: string) => (sample ? (sample.get(pathOf(name)) ?? []) : [pathOf(name)]);

/** Stryker holds in memory which test reached which mutant. For all files at once that does not fit. */
const filesAtOnce = 8;
const inParts = <Item>(items: readonly Item[]) =>
  Array.from({ length: Math.ceil(items.length / filesAtOnce) }, (_, part) =>
    items.slice(part * filesAtOnce, (part + 1) * filesAtOnce),
  );

/** A mutant by its place and by what it writes there. */
const mutantOf = ({ fileName, location, replacement }: MutantResult) =>
  JSON.stringify([relative(project, resolve(fileName)), location, replacement]);
/** The place of a mutant, as Stryker is told it: lines from 1, columns from 0. */
const placeOf = ({ fileName, location: { start, end } }: MutantResult) =>
  `${relative(project, resolve(fileName))}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;

/** Tries the mutants at these places with the tests of one configuration. Each keeps what it found in a file of its own. */
const mutate = (id: 'domain' | 'doors', places: readonly string[]): Promise<readonly MutantResult[]> =>
  new Stryker({
    mutate: [...places],
    plugins: ['@stryker-mutator/vitest-runner'],
    testRunner: 'vitest',
    vitest: { configFile: `test/long/mutation/${id}.vitest.config.ts`, related: false },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    // A timeout on a busy machine does not count as a test that noticed the mutant.
    timeoutMS: 10_000,
    // All tests once, on a machine that may be busy. Stryker's own limit is five minutes.
    dryRunTimeoutMinutes: 45,
    // A mutant in a table that is read once, at loading, would need every test anew for each.
    ignoreStatic: true,
    mutator: { excludedMutations },
    incremental: sample === undefined,
    incrementalFile: `.cache/mutation/${id}.json`,
    tempDirName: '.cache/mutation/sandbox',
    ignorePatterns: ['cdk.out', '.data', '.cache', 'coverage', 'docs/examples'],
    reporters: ['clear-text', 'progress-append-only'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    allowConsoleColors: false,
  }).runMutationTest();

const found = new Map<string, MutantResult>();
const filesWithPlaces = asked.filter((name) => placesOf(name).length > 0);
for (const files of sample ? [filesWithPlaces] : inParts(filesWithPlaces)) {
  // What an earlier run found is among the results.
  const isAsked = ({ fileName }: MutantResult) => files.some((name) => fileName.endsWith(`/${name}.ts`));
  const results = await mutate('domain', files.flatMap(placesOf));
  for (const each of results.filter(isAsked)) found.set(mutantOf(each), each);
}
// What the domain's own tests do not notice, those of its users may. These are the API, the console, the mail and the board.
const byFile = Map.groupBy(
  [...found.values()].filter(({ status }) => isUnnoticed(status)),
  ({ fileName }) => fileName,
);
for (const files of inParts([...byFile.values()])) {
  for (const each of await mutate('doors', [...new Set(files.flat().map(placeOf))])) {
    const before = found.get(mutantOf(each));
    if (before && isUnnoticed(before.status)) found.set(mutantOf(each), each);
  }
}

const score = scoreOf([...found.values()].map(({ status }) => status));
console.log(`${score.detected} of ${score.valid} mutants were noticed: ${score.percent.toFixed(1)} %.`);
if (named.length === 0 && sample === undefined) {
  mkdirSync('.cache/mutation', { recursive: true });
  writeFileSync(scoreFile, `${JSON.stringify(score)}\n`);
  if (score.percent < aim) process.exitCode = 1;
}
