import { defineConfig } from 'vitest/config';

/** The tests of those files of `shared/domain` that the doors, the mail and the board ask: with the real tables, in one process. */
export default defineConfig({
  test: {
    include: [
      'test/alerts/*.test.ts',
      'test/console/screening.test.ts',
      'test/domain/*.test.ts',
      'test/doors/*.test.ts',
      'test/functions/*.test.ts',
      'test/store/board.test.ts',
    ],
    exclude: [
      'test/alerts/mail-command.test.ts',
      'test/domain/properties.test.ts',
      'test/doors/access-matrix.test.ts',
      'test/doors/perform-command.test.ts',
      'test/functions/fuzz.test.ts',
      'test/functions/random-walk.test.ts',
    ],
    testTimeout: 30_000,
    isolate: false,
  },
});
