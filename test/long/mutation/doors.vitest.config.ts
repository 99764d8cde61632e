import { defineConfig } from 'vitest/config';

/**
 * The tests of those files of `shared/domain` that the doors, the mail and the board ask: with the real tables, in one process. Those that play
 * a whole life or every template come by every line, so that each mutant would wait for them.
 */
export default defineConfig({
  test: {
    include: [
      'test/alerts/*/{alert-life,mail-news,recipients,sealed}.test.ts',
      'test/console/screening.test.ts',
      'test/domain/**/*.test.ts',
      'test/application/**/*.test.ts',
      'test/functions/{absurd-input,alert-claims,alert-person-cap,lists,meeting-calendars,notices,record-delivery,returns,send-alerts,sweep,urgent-first}.test.ts',
      'test/store/board.test.ts',
    ],
    exclude: [
      'test/domain/deadlines/missed-deadlines.test.ts',
      'test/domain/properties.test.ts',
      'test/application/access/access-matrix.test.ts',
      'test/application/use-cases/perform-command.test.ts',
      'test/application/input/problems.test.ts',
    ],
    testTimeout: 30_000,
    isolate: false,
  },
});
