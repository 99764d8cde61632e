/**
 * At which five-minute marks the scheduled sweep looks at a referral. At all others it finds nothing to look at (and in
 * the vault nothing pending), so the simulator need not run it.
 */
// @ts-nocheck

import { hoursToSweep } from '../../functions/sweep/sweep.ts';

const mark = 300_000;
const hour = 3_600_000;

/** Which number of hours ago a mark looks at, as the product says; by the place of the mark in the turn. */
const looksAt = new Map<number, ReadonlySet<number>>();
const turns = 800;

function hoursAgo(at: number): ReadonlySet<number> {
  const turn = Math.floor(at / mark) % turns;
  const known = looksAt.get(turn);
  if (known) return known;
  const now = Math.floor(at / hour);
  const found = new Set(
    hoursToSweep(new Date(at).toISOString()).map((name) => now - Date.parse(`${name}:00:00Z`) / hour),
  );
  looksAt.set(turn, found);
  return found;
}

/** The first mark after `after` at which a referral that was opened at `openedAt` is looked at. Epoch milliseconds. */
export function nextLook(openedAt: number, after: number): number {
  const opened = Math.floor(openedAt / hour);
  for (let at = (Math.floor(after / mark) + 1) * mark; ; at += mark) {
    if (hoursAgo(at).has(Math.floor(at / hour) - opened)) return at;
  }
}

export const nextMark = (after: number) => (Math.floor(after / mark) + 1) * mark;
