/** How far the clock was moved, kept beside the data so that a restart never goes back in time. */
import * as z from 'zod';
import { openKept } from '../data-folder/kept-file.ts';

export type ClockMemory = ReturnType<typeof rememberClock>;

/** `offset`: milliseconds ahead of real time. `keep` takes where the clock stands, in epoch milliseconds. */
export function rememberClock(folder: string | undefined) {
  const { found, keep } = openKept(folder, 'clock.json', z.object({ offset: z.number() }));
  return { offset: found?.offset ?? 0, keep: (now: number) => keep({ offset: now - Date.now() }) };
}
