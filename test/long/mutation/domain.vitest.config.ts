import { defineConfig } from 'vitest/config';

/**
 * The tests that hold `shared/domain` to account in one process. Tests that start a cloud or another process prove
 * nothing about a mutant. The walks of random stories reach every line, so each mutant would wait for all of them.
 */
export default defineConfig({
  test: {
    include: ['test/domain/**/*.test.ts', 'test/policy/**/*.test.ts', 'test/fixtures/*.test.ts'],
    exclude: ['test/domain/properties.test.ts', 'test/policy/*-command.test.ts', 'test/policy/holidays-*.test.ts'],
    testTimeout: 20_000,
    // A mutant is switched on while a test runs, so modules that were loaded before serve for all of them.
    isolate: false,
  },
});
