import type { Reporter, TestModule } from 'vitest/node';

/** Names what passed only when tried again, and ends with a line that any build server can read: `N passed, N failed`. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let passed = 0;
    let failed = 0;
    for (const module of modules) {
      let ran = 0;
      for (const test of module.children.allTests()) {
        ran += 1;
        if (test.result().state === 'passed') passed += 1;
        if (test.result().state === 'failed') failed += 1;
        if (test.diagnostic()?.flaky) process.stdout.write(`\nPassed only when tried again: ${test.fullName}`);
      }
      if (ran === 0) failed += 1;
    }
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  }
}
