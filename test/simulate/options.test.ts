import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { faultKinds } from './faults.ts';
import { readOptions } from './options.ts';

describe('the flags of the simulator', () => {
  test('may all be left out', () => {
    expect(readOptions([], 'fresh')).toMatchObject({ cases: 100, seed: 'fresh', days: 45 });
  });

  test('name the cases, the seed and the faults that are left out', () => {
    const options = readOptions(['--cases', '1000', '--seed', '42', '--off', 'crash,record-lost'], 'fresh');
    expect(options).toMatchObject({ cases: 1000, seed: '42', off: new Set(['crash', 'record-lost']) });
    expect(readOptions(['--off', 'all'], 'fresh').off.size).toBe(faultKinds.length);
  });

  test.each([
    [['--cases', 'many'], '--cases is a whole number from 1'],
    [['--cases', '0'], '--cases is a whole number from 1'],
    [['--days', '-1'], 'The flags are --cases'],
    [['--days=500'], '--days is a whole number from 0 to 400'],
    [['--off', 'rain'], '--off knows no fault "rain"'],
    [['--without', 'x'], '--without is a list of numbers'],
    [['--colour', 'red'], 'The flags are --cases'],
    [['42'], 'The flags are --cases'],
  ])('are refused with a sentence: %j', (args, sentence) => {
    expect(() => readOptions(args, 'fresh')).toThrow(sentence);
  });

  test('end the command with status 2 and that one sentence where they are wrong', () => {
    const command = fileURLToPath(new URL('simulate-command.ts', import.meta.url));
    const { status, stderr, stdout } = spawnSync(process.execPath, [command, '--cases', 'many'], { encoding: 'utf8' });
    expect([status, stdout, stderr]).toEqual([2, '', '--cases is a whole number from 1 to 1000000, not "many".\n']);
  });
});
