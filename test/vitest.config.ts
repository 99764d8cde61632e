import { defineConfig } from 'vitest/config';

/** Nothing in these changes what a module holds, so that one worker loads the domain once for all of them. */
const shareWorkers = ['test/{alerts,contracts,describe,domain,doors,fixtures,functions,policy,store}/**/*.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', './test/support/count-reporter.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'shared', include: shareWorkers, isolate: false } },
      { extends: true, test: { name: 'apart', include: ['test/**/*.test.ts'], exclude: shareWorkers } },
    ],
  },
});
