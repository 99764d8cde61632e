/** How far the clock was moved, kept beside the data so that a restart never goes back in time. */
import { join } from 'node:path';
import * as z from 'zod';
import { keep, readKept } from '../data-folder/kept-file.ts';

export interface ClockMemory {
  /** Milliseconds ahead of real time. */
  readonly offset: number;
  /** Keeps that the clock stands at `now` (epoch milliseconds). */
  keep(now: number): void;
}

export function rememberClock(folder: string | undefined): ClockMemory {
  if (folder === undefined) return { offset: 0, keep: () => undefined };
  const file = join(folder, 'clock.json');
  const offset = readKept(file, z.object({ offset: z.number() }))?.offset ?? 0;
  return {
    offset,
    keep: (now) => keep(file, { offset: now - Date.now() }),
  };
}
