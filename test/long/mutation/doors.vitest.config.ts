import { defineConfig } from 'vitest/config';

/**
 * The tests of what uses `shared/domain`: the API, the console, the mail and the board. They try what the domain's own
 * tests do not notice. They run with the real tables, in one process. Tests of a whole life or of every template reach
 * every line, so each mutant would wait for them.
 */
export default defineConfig({
  test: {
    include: [
      'test/alerts/*/{alert-life,mail-news,recipients,sealed}.test.ts',
      'test/console/{components,form-values,record-page,runs-page,screening}.test.ts',
      'test/domain/**/*.test.ts',
      'test/application/**/*.test.ts',
      'test/functions/{absurd-input,alert-leases,alert-person-cap,daily-mail,lists,meeting-calendars,notices,record-delivery,returns,send-alerts,sweep,urgent-first}.test.ts',
      'test/store/{board,forged-commits,junk-rows,reading-room,unproved-events}.test.ts',
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
