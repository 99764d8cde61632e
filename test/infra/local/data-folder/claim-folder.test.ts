import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claimFolder } from '../../../../infra/local/data-folder/claim-folder.ts';

let above: string;
beforeEach(() => {
  above = mkdtempSync(join(tmpdir(), 'careline-claim-'));
});
afterEach(() => rmSync(above, { recursive: true, force: true }));
const modeOf = (folder: string) => (statSync(folder).mode & 0o7777).toString(8);

describe('the data folder', () => {
  test('is made where it is absent, and no other user may read it', () => {
    const folder = join(above, 'deeper', 'data');
    claimFolder(folder).release();
    expect(modeOf(folder)).toBe('700');
  });

  test('that others could read is closed to them', () => {
    chmodSync(above, 0o755);
    claimFolder(above).release();
    expect(modeOf(above)).toBe('700');
  });

  test('is refused where all users share it, and stays as it was', () => {
    chmodSync(above, 0o1777);
    expect(() => claimFolder(above)).toThrow('is shared by the users of this machine');
    expect(modeOf(above)).toBe('1777');
  });

  test('that a refused start made is gone again, with what it made above', () => {
    const undone = claimFolder(join(above, 'deeper', 'data'));
    writeFileSync(join(above, 'deeper', 'data', 'format.json'), '{}');
    undone.undo();
    expect(readdirSync(above)).toEqual([]);
  });

  test('that was empty is empty again after a refused start, and one with data keeps them', () => {
    const empty = claimFolder(above);
    writeFileSync(join(above, 'format.json'), '{}');
    empty.undo();
    expect(readdirSync(above)).toEqual([]);
    writeFileSync(join(above, 'format.json'), '{}');
    claimFolder(above).undo();
    expect(readdirSync(above)).toEqual(['format.json']);
  });

  test('belongs to one process at a time, and the claim of a killed process is taken over', () => {
    writeFileSync(join(above, 'process'), String(process.ppid));
    expect(() => claimFolder(above)).toThrow(`is in use by process ${process.ppid}`);
    for (const left of ['', 'nonsense', '999999999']) {
      writeFileSync(join(above, 'process'), left);
      claimFolder(above).release();
    }
  });
});
