import { defineConfig } from 'vitest/config';

/**
 * The tests that hold `shared/domain` to account in one process. What starts a cloud or another process proves nothing about a mutant, and the
 * walks of random stories reach every line, so that each mutant would wait for all of them.
 */
export default defineConfig({
  test: {
    include: ['test/domain/**/*.test.ts', 'test/policy/**/*.test.ts', 'test/fixtures/*.test.ts'],
    exclude: ['test/domain/properties.test.ts', 'test/policy/*-command.test.ts', 'test/policy/holidays-*.test.ts'],
    testTimeout: 20_000,
    // A mutant is switched on while a test runs: what was loaded before serves for all of them.
    isolate: false,
  },
});
