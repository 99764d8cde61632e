import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Where the commands that tests start keep what they have compiled, for the next: they load in a third of the time. */
const compiled = fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url));

/** Nothing in these changes what a module holds, so that one worker loads the domain once for all of them. */
const shareWorkers = [
  'test/{alerts,contracts,describe,domain,doors,fixtures,functions,policy,simulate,store,workflows}/**/*.test.ts',
];

export default defineConfig({
  test: {
    reporters: ['default', './test/support/count-reporter.ts'],
    env: { NODE_COMPILE_CACHE: compiled },
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'shared', include: shareWorkers, isolate: false } },
      { extends: true, test: { name: 'apart', include: ['test/**/*.test.ts'], exclude: shareWorkers } },
    ],
  },
});
