/** How far the clock was moved, kept beside the data so that a restart never goes back in time. */
import * as z from 'zod';
import { openKept } from '../data-folder/kept-file.ts';

export interface ClockMemory {
  /** Milliseconds ahead of real time. */
  readonly offset: number;
  /** Keeps that the clock stands at `now` (epoch milliseconds). */
  keep(now: number): void;
}

export function rememberClock(folder: string | undefined): ClockMemory {
  const { found, keep } = openKept(folder, 'clock.json', z.object({ offset: z.number() }));
  return { offset: found?.offset ?? 0, keep: (now) => keep({ offset: now - Date.now() }) };
}
