// @ts-nocheck
import { defineConfig } from 'vitest/config';

/** What takes minutes: `npm run test:long`. */
export default defineConfig({
  test: {
    include: ['test/long/*.long.ts'],
    reporters: ['default', './test/support/count-reporter.ts'],
    testTimeout: 600_000,
    hookTimeout: 60_000,
  },
});
