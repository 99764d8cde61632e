import { expect, test } from 'vitest';
import { verifyCommand } from '../../shared/cli/verify-command.ts';

const read = () => {
  throw new Error('ENOENT');
};

test.each([
  [[], 'This is not understood; write npm run verify -- FILE.zip [--key FINGERPRINT]'],
  [['--what'], 'There is no flag "--what" here: npm run verify -- FILE.zip'],
  [['away.zip'], 'The file away.zip cannot be read.'],
])('to check %j is refused with a sentence and status 2', async (args, sentence) => {
  expect(await verifyCommand(args, { read })).toEqual({ status: 2, out: '', err: expect.stringContaining(sentence) });
});

test('a file that is no proof is told with status 1, which says that something is not proved', async () => {
  const { status, out, err } = await verifyCommand(['note.zip'], { read: () => Buffer.from('A note.') });
  expect([status, out]).toEqual([1, '']);
  expect(err.trimEnd().split('\n').at(-1)).toBe('This file does not prove what it claims.');
});
