import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const functions = [
  ...['ask-same-child', 'propose-eligibility', 'draw-roster', 'take-step', 'raise-checkpoint'],
  ...['await-person', 'react', 'send-alerts', 'record-delivery', 'record-lost-run', 'sweep'],
  ...['keep-vault', 'erase-vault', 'anchor-heads'],
  ...['authorize-request', 'confirm-factor', 'api', 'console'],
];

/** A folder that is removed when the test file has ended. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'careline-infra-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes the least code that can be deployed, one handler for each function of the stack. */
export function writeHandlers(folder: string): void {
  for (const name of functions) writeHandler(folder, name, `export const handler = async () => '${name}';`);
}

export function writeHandler(folder: string, name: string, code: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'handler.ts'), code);
}
