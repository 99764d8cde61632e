import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { keepTimes } from './suite-times.ts';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}
export const isCounts = (told: unknown): told is Counts =>
  typeof told === 'object' && told !== null && 'passed' in told && 'failed' in told;

/** What is counted of a file: the states of its tests, and whether all went well, hooks too. */
export interface CountedFile {
  readonly ok: boolean;
  readonly states: readonly string[];
}

/** `faults`: how many errors no test is to blame for. A file that fails as a whole, or runs nothing, is one failure. */
export function countOf(files: readonly CountedFile[], faults: number): Counts {
  let passed = 0;
  let failed = faults;
  for (const { ok, states } of files) {
    const failures = states.filter((state) => state === 'failed').length;
    passed += states.filter((state) => state === 'passed').length;
    failed += ok && states.length > 0 ? 0 : Math.max(1, failures);
  }
  return { passed, failed };
}

/**
 * The counts of a whole suite, from the exit statuses of its tests and its check. `failed` is 0 exactly where both are. Vitest also fails for what is no test, such as an option that it does not know.
 */
export function countOfSuite(counts: Counts, statuses: { readonly tests: number; readonly check: number }): Counts {
  const failedTests = statuses.tests === 0 ? 0 : Math.max(1, counts.failed);
  return { passed: counts.passed, failed: failedTests + (statuses.check === 0 ? 0 : 1) };
}

/** A line that any build server can read. */
export const lastLine = ({ passed, failed }: Counts): string => `${passed} passed, ${failed} failed`;

/** Keeps the times of a whole suite. Names what passed only when tried again. Tells the counts to the process that started this one, else as the last line. */
export default class CountReporter implements Reporter {
  #vitest: Vitest | undefined;
  #began = 0;

  onInit(vitest: Vitest) {
    this.#vitest = vitest;
    this.#began = performance.now();
  }

  async onTestRunEnd(modules: readonly TestModule[], faults: readonly unknown[]): Promise<void> {
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        if (test.diagnostic()?.flaky) process.stdout.write(`\nPassed only when tried again: ${test.fullName}`);
      }
    }
    const files = modules.map((module) => ({
      ok: module.ok(),
      states: [...module.children.allTests()].map((test) => test.result().state),
    }));
    if (this.#vitest) await keepTimes(this.#vitest, modules, (performance.now() - this.#began) / 1000);
    const counts = countOf(files, faults.length);
    if (process.send) process.send(counts);
    else process.stdout.write(`\n${lastLine(counts)}\n`);
  }
}
