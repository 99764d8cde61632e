/** `npm run training`: a file goes through the API of a trainer, and the coverage of a folder is that of the console. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TrainingParts, trainingCommand } from '../../shared/cli/training-command.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const header = 'course,date,agency,town,role group,number';
const officer = (number: string) => `police,2026-05-01,Hartford Police,Hartford,police,${number}`;
const written: Record<string, string | Uint8Array> = {};
const run = (words: readonly string[], csv = '', as = 'P-TRAINER') => {
  const parts: TrainingParts = {
    read: async () => ({ now: desk.now, state: await desk.ledger.training() }),
    readFile: () => csv,
    write: (path, text) => {
      written[path] = text;
    },
    async ask(_, path, body) {
      expect(path).toBe('/api/v1/training/attendance');
      const { status, body: answered } = await openApi(desk).ask('/training/attendance', { as, body });
      return { status, body: answered };
    },
  };
  return trainingCommand(words, parts);
};
const importing = ['import', 'file.csv', '--api', 'http://here.example'];

test('imports a file, tells doubles by line, and prints the coverage', async () => {
  const first = await run(importing, [header, officer('POST-1'), officer('POST-2')].join('\n'));
  expect(first).toEqual({ status: 0, out: '2 lines are imported.\n', err: '' });
  const lines = [
    officer('POST-3'),
    officer('POST-3'),
    officer('POST-2'),
    officer('POST-4').replace('police,', 'general,'),
  ];
  const second = await run(importing, [header, ...lines].join('\n'));
  expect(second.out).toContain('4 lines are imported.');
  expect(second.out).toContain('Repeats of an earlier line: line 3. Each counts once.');
  expect(second.out).toContain('Recorded before: line 4. Each counts once.');
  const { out } = await run(['coverage', '--out', 'there/coverage.csv']);
  expect(out).toMatch(/Police officers: 3 current, headcount unknown for 1; 0 due soon; 0 due again/);
  expect(out).toContain('Announced, and not counted above: 1,300');
  expect(written['there/coverage.csv']).toContain('agency,Police officers,Hartford,Hartford Police,3');
  expect(out).not.toContain('POST');
});

test('tells every wrong field by its line, and imports nothing', async () => {
  const before = await desk.ledger.training();
  const csv = [header, officer('Pat Example').replace('2026-05-01', 'never'), officer('POST-9')].join('\n');
  const { status, out, err } = await run(importing, csv);
  expect([status, out]).toEqual([2, '']);
  expect(err).toMatch(/^Nothing was imported\.\nLine 2, date: Give a day.*\nLine 2, number: .*\n$/);
  expect(err).not.toContain('Pat');
  expect(await desk.ledger.training()).toEqual(before);
});

test.each([
  [importing, 'P-CASEWORKER', 'Nothing was imported.'],
  [['import', 'file.csv'], 'P-TRAINER', 'Give the address of the API with --api.'],
  [['import', '--api', 'http://here.example'], 'P-TRAINER', 'write npm run training -- import FILE.csv'],
  [['cook'], 'P-TRAINER', 'There is no command "cook". There are: import, coverage.'],
  [['coverage', '--nothing'], 'P-TRAINER', 'nothing'],
])('%j as %s ends with a sentence', async (words, as, sentence) => {
  const { status, err } = await run(words, [header, officer('POST-5')].join('\n'), as);
  expect([status, err]).toEqual([2, expect.stringContaining(sentence)]);
});
