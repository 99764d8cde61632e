// @ts-nocheck
import { defineConfig } from 'vitest/config';

/** The tests that hold `shared/domain` to account in one process: what starts a cloud or another process proves nothing about a mutant. */
export default defineConfig({
  test: {
    include: ['test/domain/*.test.ts', 'test/policy/*.test.ts', 'test/fixtures/*.test.ts'],
    exclude: ['test/policy/*-command.test.ts', 'test/policy/document.test.ts'],
    testTimeout: 20_000,
  },
});
