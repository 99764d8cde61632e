/**
 * `node test/long/mutation-command.ts [FILE...]`: Stryker on `shared/domain`, or on some of its files (`clocks` or
 * `clocks.ts`). Prints what survived and the score of each file. A run of everything keeps its score for `npm run
 * bench`, and fails below the aim. Unchanged code is not tested again, so that it can be run a few files at a time.
 */
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';
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
const named = process.argv.slice(2).map((name) => name.replace(/^.*\//, '').replace(/\.ts$/, ''));
const unknown = [...named, ...throughDoors].find((name) => !all.includes(name));
if (unknown !== undefined) {
  console.error(`There is no file ${unknown}.ts in shared/domain, or it is left out.`);
  process.exit(2);
}
const asked = named.length > 0 ? named : all;

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
].flatMap(({ id, of }) => inParts(of).map((files) => ({ id, files })));

const statuses: string[] = [];
for (const { id, files } of passes) {
  const results = await new Stryker({
    mutate: files.map((name) => `shared/domain/${places.get(name)}`),
    plugins: ['@stryker-mutator/vitest-runner'],
    testRunner: 'vitest',
    vitest: { configFile: `test/long/mutation/${id}.vitest.config.ts`, related: false },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    // A timeout on a busy machine does not count as a test that noticed the mutant.
    timeoutMS: 10_000,
    // A mutant in a table that is read once, at loading, would need every test anew for each.
    ignoreStatic: true,
    // Without these the words of refusals and explanations outnumber the decisions.
    mutator: { excludedMutations: ['StringLiteral'] },
    incremental: true,
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
if (named.length === 0) {
  mkdirSync('.cache/mutation', { recursive: true });
  writeFileSync(scoreFile, `${JSON.stringify(score)}\n`);
  if (score.percent < aim) process.exitCode = 1;
}
