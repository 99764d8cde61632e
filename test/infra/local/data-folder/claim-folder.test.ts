import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
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
    expect(readdirSync(above)).toContain('format.json');
  });

  test('belongs to one process at a time, and is free as soon as that one was killed', async () => {
    const file = fileURLToPath(new URL('../../../../infra/local/data-folder/claim-folder.ts', import.meta.url));
    const code = `const { claimFolder } = await import(${JSON.stringify(pathToFileURL(file).href)});
      claimFolder(${JSON.stringify(above)}); console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    expect(() => claimFolder(above)).toThrow(`is in use by process ${holder.pid}`);
    const gone = once(holder, 'exit');
    holder.kill('SIGKILL');
    await gone;
    claimFolder(above).release();
  });

  test('is free where a number of a process is left that lives again as another', () => {
    writeFileSync(join(above, 'process'), String(process.ppid));
    claimFolder(above).release();
    claimFolder(above).release();
  });
});
