/** Which referrals a round of the sweep looks at. No round depends on what the ledger changed. */
import type { BoardRow } from '../../shared/domain/board/board-row.ts';
import { sealedQueue } from '../../shared/domain/board/board-rows.ts';
import { roundAt, turnOf, turnsOfDay } from '../../shared/domain/board/turns.ts';
import { callQueue } from '../../shared/domain/calls/call-rows.ts';
import { hoursBack, type Span } from '../../shared/domain/core/spans.ts';
import type { Board } from '../../shared/store/board.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import { isPast, patience } from './patience.ts';

/**
 * Every sweep looks at referrals opened in the last hours or with a call that may be stuck. It also looks at a few
 * older hours in turn, so 400 days have their turn in three.
 */
const recentHours = 6;
const olderHours = 12;
const days = 400;

const cycleOf = (within: number) => Math.ceil((within * 24) / olderHours);

/** The hours to look at: the last six before this UTC instant, and twelve of the older ones in turn. */
export function spansToSweep(now: string, within = days): readonly [recent: Span, older: Span] {
  const turn = roundAt(now) % cycleOf(within);
  return [hoursBack(now, 0, recentHours), hoursBack(now, recentHours + turn * olderHours, olderHours)];
}

/** An open referral is looked at in one of so many sweeps, every six hours. */
export const turnsOfOpen = 72;
/** The runs and the whole chain of a recent referral are looked at every hour. */
const turnsOfRecent = 12;
/** An older referral that has ended is read whole in one of so many of its turns: once a month. */
const turnsOfEnded = 10;

/** Whether this referral has its turn now, of so many. Each has its own, so that each sweep looks at few. */
export const isTurnOf = (referralId: string, now: string, turns = turnsOfOpen): boolean =>
  roundAt(now) % turns === turnOf(referralId) % turns;

/** `recent`: opened in the last six hours. `open`: has its turn or a stuck call. `older`: found by its hour alone. */
export interface Look {
  readonly referralId: string;
  readonly as: 'recent' | 'open' | 'older';
  /** Whether the whole chain is read, and AWS is asked about runs that look stale. */
  readonly isWhole: boolean;
}

/**
 * Whether a row of the lists that call may show a fault. Its next call did not come, or a consumer of the stream may
 * have lost the last one. Otherwise the turn of every referral is enough. `now` is a UTC instant.
 */
export function mayBeStuck({ calledAt, callsAt }: Pick<BoardRow, 'calledAt' | 'callsAt'>, now: string): boolean {
  const since = calledAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(now) - Date.parse(calledAt);
  return (callsAt !== undefined && isPast(callsAt, now)) || (since > patience && since <= 2 * patience);
}

export interface TurnParts {
  readonly ledger: Pick<Ledger, 'openedIn'>;
  readonly board: Pick<Board, 'queue' | 'openInTurn'>;
  /** UTC instant. */
  readonly now: string;
}

/** The rows of a list of the board. A referral without a row is found by the hour of its opening. */
async function rowsIn({ board }: Pick<TurnParts, 'board'>, queue: string): Promise<readonly BoardRow[]> {
  const found: BoardRow[] = [];
  let after: string | undefined;
  do {
    const page = await board.queue(queue, { limit: 500, after });
    found.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return found;
}

/** The referrals to look at now, each once. An open one is found by its turn on the board, so no list is read whole. */
export async function looksNow({ ledger, board, now }: TurnParts): Promise<readonly Look[]> {
  const round = roundAt(now);
  const [spans, turns, queues] = await Promise.all([
    Promise.all(spansToSweep(now).map((span) => ledger.openedIn(span))),
    Promise.all(
      Array.from({ length: turnsOfDay / turnsOfOpen }, (_, index) => board.openInTurn(round + index * turnsOfOpen)),
    ),
    Promise.all([sealedQueue, callQueue].map((queue) => rowsIn({ board }, queue))),
  ]);
  const [recent = [], older = []] = spans;
  // A stuck call is passed on within minutes, at any age of its referral.
  const calling = queues.flat().filter((row) => mayBeStuck(row, now));
  const isMonth = (id: string) => Math.floor(round / cycleOf(days)) % turnsOfEnded === turnOf(id) % turnsOfEnded;
  const looks: readonly Look[] = [
    ...recent.map((id) => ({ referralId: id, as: 'recent', isWhole: isTurnOf(id, now, turnsOfRecent) }) as const),
    ...turns.flat().map((id) => ({ referralId: id, as: 'open', isWhole: isTurnOf(id, now, turnsOfDay) }) as const),
    ...calling.map(({ referralId }) => ({ referralId, as: 'open', isWhole: false }) as const),
    ...older.map((id) => ({ referralId: id, as: 'older', isWhole: isMonth(id) }) as const),
  ];
  const byId = new Map<string, Look>();
  for (const look of looks) {
    const before = byId.get(look.referralId) ?? look;
    byId.set(look.referralId, { ...before, isWhole: before.isWhole || look.isWhole });
  }
  return [...byId.values()];
}
