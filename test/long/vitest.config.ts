import { defineConfig } from 'vitest/config';

/** What the suite plays a few examples of, always the same: properties over whole lives, and the matrix of access. */
const lives = [
  'test/domain/{properties,board/harm-order}.test.ts',
  'test/console/mail-and-page.test.ts',
  'test/application/access/access-matrix.test.ts',
];

/** What takes minutes: `npm run test:long`. */
export default defineConfig({
  test: {
    globalSetup: './test/support/own-temporary-folder.ts',
    reporters: ['default', './test/support/count-reporter.ts'],
    testTimeout: 600_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'long', include: ['test/long/*.long.ts'] } },
      { extends: true, test: { name: 'lives', include: lives, env: { EXAMPLES_TIMES: '10' } } },
    ],
  },
});
