import { defineConfig } from 'vitest/config';

/**
 * The tests of files of `shared/domain` that the API, the console, the mail and the board use. They run with the real
 * tables, in one process. Tests of a whole life or of every template reach every line, so each mutant would wait for
 * them.
 */
export default defineConfig({
  test: {
    include: [
      'test/alerts/*/{alert-life,mail-news,recipients,sealed}.test.ts',
      'test/console/screening.test.ts',
      'test/domain/**/*.test.ts',
      'test/application/**/*.test.ts',
      'test/functions/{absurd-input,alert-leases,alert-person-cap,lists,meeting-calendars,notices,record-delivery,returns,send-alerts,sweep,urgent-first}.test.ts',
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
