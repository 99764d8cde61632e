/** How far the clock was moved, kept beside the data so that a restart never goes back in time. */
// @ts-nocheck

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ClockMemory {
  /** Milliseconds ahead of real time. */
  readonly offset: number;
  /** Keeps that the clock stands at `now` (epoch milliseconds). */
  keep(now: number): void;
}

export function rememberClock(folder: string | undefined): ClockMemory {
  if (folder === undefined) return { offset: 0, keep: () => undefined };
  const file = join(folder, 'clock.json');
  const kept: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { offset: 0 };
  const offset = Number((kept as { offset?: unknown }).offset);
  if (!Number.isFinite(offset))
    throw new Error(`${file} does not hold an offset. Move the data folder aside to start anew.`);
  return {
    offset,
    keep(now) {
      // Written aside and renamed, so that a kill leaves the old or the new, never half of it.
      writeFileSync(`${file}.new`, JSON.stringify({ offset: now - Date.now() }));
      renameSync(`${file}.new`, file);
    },
  };
}
