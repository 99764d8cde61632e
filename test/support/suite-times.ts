/** How long the last whole run of a suite took here. The suite's reporter writes it, and the bench reads it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestModule, Vitest } from 'vitest/node';
import * as z from 'zod';

/** By the command of a suite: its projects, and the most seconds that it should take on two processors. */
export const suites = {
  'npm test': { projects: ['template', 'part2', 'console', 'shared'], most: 450 },
  'npm run test:cloud': { projects: ['cloud', 'pages'], most: 400 },
} as const;
export type Suite = keyof typeof suites;

const times = z.object({
  seconds: z.number(),
  /** Seconds of a worker by file, the slowest first. */
  files: z.array(z.tuple([z.string(), z.number()])),
});
export type SuiteTimes = z.infer<typeof times>;

const project = fileURLToPath(new URL('../..', import.meta.url));
/** Not committed: it is as old as the last run. */
const fileOf = (suite: Suite) => `${project}.cache/suites/${suite.replaceAll(/\W+/g, '-')}.json`;

/** The suite that this run is, undefined where it is a part of one. */
async function suiteOf(vitest: Vitest, files: number): Promise<Suite | undefined> {
  const all = await vitest.globTestSpecifications();
  if (all.length !== files || vitest.config.testNamePattern) return undefined;
  const names = vitest.projects.map(({ name }) => name).toSorted();
  return (Object.keys(suites) as Suite[]).find(
    (suite) => JSON.stringify([...suites[suite].projects].sort()) === JSON.stringify(names),
  );
}

/** Keeps the times of a run that was whole. `seconds`: from its start. */
export async function keepTimes(vitest: Vitest, modules: readonly TestModule[], seconds: number): Promise<void> {
  const suite = await suiteOf(vitest, modules.length);
  if (!suite) return;
  const files = modules.map((module): [string, number] => {
    const { duration, collectDuration, setupDuration } = module.diagnostic();
    return [relative(project, module.moduleId), (duration + collectDuration + setupDuration) / 1000];
  });
  mkdirSync(`${project}.cache/suites`, { recursive: true });
  const kept: SuiteTimes = { seconds, files: files.toSorted(([, one], [, other]) => other - one) };
  writeFileSync(fileOf(suite), JSON.stringify(kept));
}

/** The times of the last whole run here, by suite. */
export const lastTimes = (): Partial<Record<Suite, SuiteTimes>> =>
  Object.fromEntries(
    (Object.keys(suites) as Suite[])
      .filter((suite) => existsSync(fileOf(suite)))
      .map((suite) => [suite, times.parse(JSON.parse(readFileSync(fileOf(suite), 'utf8')))]),
  );
