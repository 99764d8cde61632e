/**
 * Gives the run a temporary folder of its own, which goes when the run has ended. So nothing stays of what a test leaves,
 * nor of the commands and the test files that were cut off.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'careline-tests-'));
  // By these names the system's folder is found, and every process that the run starts has them.
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
