import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packCommand } from '../../shared/cli/pack-command.ts';
import { packFiles } from '../../shared/describe/pack.ts';

const folder = mkdtempSync(join(tmpdir(), 'pack-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the pack for another state is written into an empty folder, and into no other', async () => {
  const out = join(folder, 'new');
  expect(await packCommand(['--out', out])).toMatchObject({ status: 0, err: '' });
  expect(readdirSync(out).toSorted()).toEqual(Object.keys(packFiles()).toSorted());
  const full = mkdtempSync(join(folder, 'full-'));
  writeFileSync(join(full, 'kept.txt'), 'kept');
  expect(await packCommand(['--out', full])).toEqual({
    status: 2,
    out: '',
    err: 'The folder has files already. Choose one that is empty, or not there yet.\n',
  });
  expect(readdirSync(full)).toEqual(['kept.txt']);
  expect(readFileSync(join(full, 'kept.txt'), 'utf8')).toBe('kept');
  expect(await packCommand([])).toMatchObject({ status: 2, err: expect.stringContaining('--out FOLDER') });
  expect(existsSync('undefined')).toBe(false);
});
