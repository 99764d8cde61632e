import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkerCode } from '../../../../infra/local/lambda/worker-code.ts';

const folder = mkdtempSync(join(tmpdir(), 'worker-code-'));
const place = join(folder, 'kept', 'worker-code.json');
afterAll(() => rmSync(folder, { recursive: true }));

interface Kept {
  readonly files: Readonly<Record<string, string>>;
  readonly code: string;
}
const readKept = (): Kept => JSON.parse(readFileSync(place, 'utf8'));
const change = (changed: object) => writeFileSync(place, JSON.stringify({ ...readKept(), ...changed }));

let built: string;
beforeAll(async () => {
  built = await openWorkerCode(place);
});

test('the code of the worker is kept with a digest of each file that it was made of', async () => {
  const files = Object.keys(readKept().files);
  expect(files).toContain('infra/local/lambda/worker.ts');
  expect(files).toContain('infra/local/clock/clock.ts');
  expect(files).toContain('package-lock.json');
  expect(await openWorkerCode(place)).toBe(built);
});

test.each([
  ['one of these files was another', () => change({ files: { ...readKept().files, 'package-lock.json': 'before' } })],
  ['one of these files is no more', () => change({ files: { ...readKept().files, 'infra/no-file.ts': 'before' } })],
  ['the code is damaged', () => change({ code: 'process.exit()' })],
  ['the file is torn', () => writeFileSync(place, '{"files":')],
])('it is built anew where %s', async (_, damage) => {
  damage();
  expect(await openWorkerCode(place)).toBe(built);
  expect(readKept().code).toBe(built);
});

test('where it cannot be kept, it is built each time', async () => {
  writeFileSync(join(folder, 'a file'), '');
  expect(await openWorkerCode(join(folder, 'a file', 'worker-code.json'))).toBe(built);
});
