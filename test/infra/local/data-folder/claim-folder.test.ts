import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
    claimFolder(folder)();
    expect(modeOf(folder)).toBe('700');
  });

  test('that others could read is closed to them', () => {
    chmodSync(above, 0o755);
    claimFolder(above)();
    expect(modeOf(above)).toBe('700');
  });

  test('is refused where all users share it, and stays as it was', () => {
    chmodSync(above, 0o1777);
    expect(() => claimFolder(above)).toThrow('is shared by the users of this machine');
    expect(modeOf(above)).toBe('1777');
  });

  test('belongs to one process at a time, and the claim of a killed process is taken over', () => {
    writeFileSync(join(above, 'process'), String(process.ppid));
    expect(() => claimFolder(above)).toThrow(`is in use by process ${process.ppid}`);
    for (const left of ['', 'nonsense', '999999999']) {
      writeFileSync(join(above, 'process'), left);
      claimFolder(above)();
    }
  });
});
