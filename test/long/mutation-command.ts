/**
 * `node test/long/mutation-command.ts [--sample COUNT] [FILE...]`: Stryker on `shared/domain`, or on some of its files
 * (`clocks` or `clocks.ts`). Prints what survived and the score of each file. A run of everything keeps its score for
 * `npm run bench`, and fails below the aim. Unchanged code is not tested again, so that it can be run a few files at a
 * time. `--sample 600` tries about so many mutants of all files, the same each time for the same code.
 */
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { excludedMutations, sampleOf } from './mutation/sample.ts';
import { aim, scoreFile, scoreOf } from './mutation/score.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(project);

/**
 * Command lines and documents in words. A mutant of a sentence is a sentence, and their tests compare a few whole ones.
 */
const inWords = ['event-sentences', 'policy-answers', 'policy-diff', 'policy-document', 'rule-words'];
/** Used by the API, the console, the mail and the board alone, and tested there. */
const throughDoors = [
  'alert-watch',
  'alerts',
  'board-rows',
  'calendars',
  'child-names',
  'access-commands',
  'merge-commands',
  'identity-commands',
  'deadline-cap',
  'deadline-rows',
  'delegations',
  'drafts',
  'likeness',
  'languages',
  'list-rows',
  'matches',
  'nicknames',
  'notices',
  'providers',
  'report',
  'return-rows',
  'seal',
  'unreached-rows',
];

/** Each file of the domain with its folder, by its name: no two have the same. */
const places = new Map(
  globSync('**/*.ts', { cwd: 'shared/domain' })
    .toSorted()
    .map((file) => [basename(file, '.ts'), file]),
);
const all = [...places.keys()].filter((name) => !inWords.includes(name));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { sample: { type: 'string' } } });
const named = positionals.map((name) => name.replace(/^.*\//, '').replace(/\.ts$/, ''));
const unknown = [...named, ...throughDoors].find((name) => !all.includes(name));
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
const inParts = (files: readonly string[]) =>
  Array.from({ length: Math.ceil(files.length / filesAtOnce) }, (_, part) =>
    files.slice(part * filesAtOnce, (part + 1) * filesAtOnce),
  );

/** Both keep what they found in a file of their own. */
const passes = [
  { id: 'domain', of: asked.filter((name) => !throughDoors.includes(name)) },
  { id: 'doors', of: asked.filter((name) => throughDoors.includes(name)) },
].flatMap(({ id, of }) =>
  (sample ? [of.filter((name) => placesOf(name).length > 0)] : inParts(of)).map((files) => ({ id, files })),
);

const statuses: string[] = [];
for (const { id, files } of passes) {
  const results = await new Stryker({
    mutate: files.flatMap(placesOf),
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
  // What an earlier run found is among the results.
  const isAsked = (fileName: string) => files.some((name) => fileName.endsWith(`/${name}.ts`));
  statuses.push(...results.filter(({ fileName }) => isAsked(fileName)).map(({ status }) => status));
}

const score = scoreOf(statuses);
console.log(`${score.detected} of ${score.valid} mutants were noticed: ${score.percent.toFixed(1)} %.`);
if (named.length === 0 && sample === undefined) {
  mkdirSync('.cache/mutation', { recursive: true });
  writeFileSync(scoreFile, `${JSON.stringify(score)}\n`);
  if (score.percent < aim) process.exitCode = 1;
}
