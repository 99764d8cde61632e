/** The frame of every command: words, flags, help, sentences and status. */
import { describe, expect, test } from 'vitest';
import {
  answerTo,
  CannotAnswer,
  type Command,
  dataFlag,
  jsonFlag,
  unlessRefused,
} from '../../shared/cli/command-line.ts';

const flags = {
  day: { value: 'DAY', says: 'One day.' },
  person: { value: 'P-...', says: 'A person. Give it again for another.', isList: true },
  data: dataFlag,
  json: jsonFlag,
} as const;
const acts: Command<typeof flags, string>['acts'] = {
  show: {
    usage: 'ID [OTHER] [--day DAY] [--person P-...]... [--json]',
    words: [1, 2],
    takes: ['day', 'person', 'data', 'json'],
    answer: ({ words, flags: given }, parts) => JSON.stringify({ words, ...given, parts }),
  },
  refuse: { usage: '', takes: [], answer: () => unlessRefused({ refused: 'no', sentence: 'Not today.' }) },
  fail: {
    usage: '',
    takes: [],
    answer: () => {
      throw new Error('A fault.');
    },
  },
  check: { usage: '', takes: [], answer: async () => ({ status: 1, out: '', err: 'Not as it was.\n' }) },
};
const run = (...args: string[]) => answerTo({ run: 'npm run show --', flags, acts }, args, 'handed in');

test('an act gets its words and flags, wherever the flags stand and however they are written', async () => {
  const { status, out, err } = await run(
    '--day=2026-11-09',
    'show',
    '--person',
    'P-1',
    'CR-1',
    '--person=P-2',
    '--json',
  );
  expect([status, err]).toEqual([0, '']);
  expect(out.endsWith('}\n')).toBe(true);
  expect(JSON.parse(out)).toEqual({
    words: ['CR-1'],
    day: '2026-11-09',
    person: ['P-1', 'P-2'],
    data: '.data',
    json: true,
    parts: 'handed in',
  });
  expect(JSON.parse((await run('show', 'CR-1', 'CR-2', '--data', 'DIR')).out)).toEqual({
    words: ['CR-1', 'CR-2'],
    data: 'DIR',
    json: false,
    parts: 'handed in',
  });
});

describe('what is not understood is one sentence, with status 2', () => {
  test.each([
    [[], 'Say what to do: show, refuse, fail, check. See npm run show -- help.'],
    [['cook'], 'There is no command "cook". There are: show, refuse, fail, check. See npm run show -- help.'],
    [['toString'], 'There is no command "toString". There are: show, refuse, fail, check. See npm run show -- help.'],
    [['refuse', '--day', 'today'], 'There is no flag "--day" here: npm run show -- refuse.'],
    [['refuse', '-d'], 'There is no flag "-d" here: npm run show -- refuse.'],
    [['refuse', '--constructor'], 'There is no flag "--constructor" here: npm run show -- refuse.'],
    [['show', 'CR-1', '--day'], 'The flag "--day" needs a value.'],
    [['show', 'CR-1', '--day='], 'The flag "--day" needs a value.'],
    [['show', 'CR-1', '--day', '--json'], 'The flag "--day" needs a value.'],
    [['show', 'CR-1', '--json=yes'], 'The flag "--json" takes no value.'],
    [['show', 'CR-1', '--day', 'one', '--day', 'two'], 'The flag "--day" is there twice.'],
    [['show', 'CR-1', '--json', '--json'], 'The flag "--json" is there twice.'],
    [
      ['show'],
      'This is not understood; write npm run show -- show ID [OTHER] [--day DAY] [--person P-...]... [--json].',
    ],
    [['refuse', 'more'], 'This is not understood; write npm run show -- refuse.'],
    [['refuse'], 'Not today.'],
  ])('%j', async (args, sentence) => {
    expect(await run(...args)).toEqual({ status: 2, out: '', err: `${sentence}\n` });
  });
});

test('help, also behind other words, says how each act is written and what each flag does', async () => {
  const help = [
    'npm run show -- show ID [OTHER] [--day DAY] [--person P-...]... [--json]',
    'npm run show -- refuse',
    'npm run show -- fail',
    'npm run show -- check',
    '  --day DAY       One day.',
    '  --person P-...  A person. Give it again for another.',
    '  --data DIR      The data folder of npm start. Stop the server first. Otherwise .data.',
    '  --json          The answer as JSON.',
    '',
  ].join('\n');
  for (const args of [['help'], ['--help'], ['show', '--help'], ['cook', '--help']])
    expect(await run(...args)).toEqual({ status: 0, out: help, err: '' });
});

test('what a check found is told as it is, and a fault is no answer', async () => {
  expect(await run('check')).toEqual({ status: 1, out: '', err: 'Not as it was.\n' });
  await expect(run('fail')).rejects.toThrow('A fault.');
  expect(() => unlessRefused({ refused: 'no', sentence: 'Not today.' })).toThrow(CannotAnswer);
  expect(unlessRefused('yes')).toBe('yes');
});
