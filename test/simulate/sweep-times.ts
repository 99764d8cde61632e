/**
 * At which five-minute marks the scheduled sweep looks at a referral. At all others the sweep finds nothing to do, and
 * nothing pending in the vault. So the simulator need not run it. The list of runs that must act (`watchQueue`) is left
 * out. Where a run is lost, the product looks earlier than this.
 */
import { isTurnOf, spansToSweep } from '../../functions/sweep/turns.ts';
import { turnsOfOpen } from '../../shared/domain/board/watchdog-turns.ts';

const mark = 300_000;
const hour = 3_600_000;

/** How many hours back a mark looks, as the product says, by the place of the mark in the turn. */
const looksAt = new Map<number, ReadonlySet<number>>();
const turns = 800;

function hoursAgo(at: number): ReadonlySet<number> {
  const turn = Math.floor(at / mark) % turns;
  const known = looksAt.get(turn);
  if (known) return known;
  const now = Math.floor(at / hour);
  const found = new Set<number>();
  for (const { from, before } of spansToSweep(new Date(at).toISOString())) {
    for (let each = Date.parse(from); each < Date.parse(before); each += hour) found.add(now - each / hour);
  }
  looksAt.set(turn, found);
  return found;
}

/** Referrals with the first mark since 1970 of their turn. */
const turnsOf = new Map<string, number>();

function isTurnAt(referralId: string, at: number): boolean {
  let first = turnsOf.get(referralId);
  if (first === undefined) {
    first = 0;
    while (!isTurnOf(referralId, new Date(first * mark).toISOString())) first += 1;
    turnsOf.set(referralId, first);
  }
  return Math.floor(at / mark) % turnsOfOpen === first;
}

/** The first mark after `after` at which the referral, opened at `openedAt`, is looked at. Epoch milliseconds. */
export function nextLook(referralId: string, openedAt: number, after: number): number {
  const opened = Math.floor(openedAt / hour);
  for (let at = nextMark(after); ; at += mark) {
    if (isTurnAt(referralId, at) || hoursAgo(at).has(Math.floor(at / hour) - opened)) return at;
  }
}

export const nextMark = (after: number) => (Math.floor(after / mark) + 1) * mark;
