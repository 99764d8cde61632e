/**
 * Which referrals a round of the sweep looks at. No round depends on what the ledger changed. A round that no sweep did
 * is made up for by the next ones.
 */
import type { BoardRow } from '../../shared/domain/board/board-row.ts';
import { sealedQueue } from '../../shared/domain/board/board-rows.ts';
import { watchQueue } from '../../shared/domain/board/watch-row.ts';
import { beginOf, roundAt, turnOf, turnsOfDay, turnsOfOpen } from '../../shared/domain/board/watchdog-turns.ts';
import { callQueue } from '../../shared/domain/calls/call-rows.ts';
import { foundIn, hoursBack, type Span } from '../../shared/domain/core/spans.ts';
import type { Board, Reading } from '../../shared/store/board.ts';
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

/** The runs and the whole chain of a recent referral are looked at every hour. */
const turnsOfRecent = 12;
/** An older referral that has ended is read whole in one of so many of its turns: once a month. */
const turnsOfEnded = 10;

/** Whether this referral has its turn now, of so many. Each has its own, so that each sweep looks at few. */
export const isTurnOf = (referralId: string, now: string, turns = turnsOfOpen): boolean =>
  hasTurn(referralId, roundAt(now), turns);

const hasTurn = (referralId: string, round: number, turns: number): boolean =>
  round % turns === turnOf(referralId) % turns;

/** The most rounds that one sweep makes up for: those of an hour. So no sweep after an outage takes long. */
const mostMadeUp = 12;

/**
 * The rounds of this sweep, oldest first. The last is that of `now`, a UTC instant. Those before it were missed since the
 * round `last`. A sweep that fails, comes late or takes too long misses one. Those of an earlier day are dropped, because
 * each referral has a turn every day. A `last` in the future was written by no sweep, and counts as none.
 */
export function roundsDue(last: number | undefined, now: string): readonly number[] {
  const round = roundAt(now);
  const from = last === undefined || last > round ? round : Math.max(last + 1, round - turnsOfDay);
  const missed = Math.max(0, Math.min(round - from, mostMadeUp));
  return [...Array.from({ length: missed }, (_, index) => from + index), round];
}

/** The last of these rounds before which none is missing. */
export const lastInARow = (rounds: readonly number[]): number | undefined =>
  rounds.find((round, index) => index === rounds.length - 1 || rounds[index + 1] !== round + 1);

/** Why a look is made, the most urgent first. `open`: has its turn. `older`: found by the hour of its opening alone. */
const reasons = ['stuck', 'recent', 'open', 'older'] as const;

export interface Look {
  readonly referralId: string;
  readonly as: (typeof reasons)[number];
  /** Whether the whole chain is read, and AWS is asked about runs that look stale. */
  readonly isWhole: boolean;
  /** The look before this one failed, or ended with a repair. It is done once more, and then waits for its next turn. */
  readonly isAgain?: true;
}

/** These looks, with those first that cannot wait: of recent referrals, and of those that may be stuck. */
export const urgentFirst = (looks: Iterable<Look>): readonly Look[] => {
  const order = ({ as }: Look) => (as === 'stuck' || as === 'recent' ? 0 : 1);
  return [...looks].toSorted((one, other) => order(one) - order(other));
};

/** Adds a look. Two looks at one referral become one, which does all that either does. */
export function addLook(looks: Map<string, Look>, look: Look): void {
  const other = looks.get(look.referralId) ?? look;
  looks.set(look.referralId, {
    referralId: look.referralId,
    as: reasons.find((each) => each === look.as || each === other.as) ?? look.as,
    isWhole: look.isWhole || other.isWhole,
    ...((look.isAgain ?? other.isAgain) && { isAgain: true }),
  });
}

/**
 * Whether a row of the lists that call may show a fault. Its next call did not come, or a consumer of the stream may
 * have lost the last one. Otherwise the turn of every referral is enough. `now` is a UTC instant.
 */
export function mayBeStuck({ calledAt, callsAt }: Pick<BoardRow, 'calledAt' | 'callsAt'>, now: string): boolean {
  const since = calledAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(now) - Date.parse(calledAt);
  return (callsAt !== undefined && isPast(callsAt, now)) || (since > patience && since <= 2 * patience);
}

/** The older hours that have their turn in these rounds. Those of rounds in a row follow each other. */
export const olderSpans = (rounds: readonly number[]): readonly Span[] =>
  rounds.map((round) => spansToSweep(beginOf(round))[1]);

export interface TurnParts {
  readonly ledger: Pick<Ledger, 'openedIn'>;
  readonly board: Pick<Board, 'queue' | 'openInTurn'>;
  /** UTC instant. */
  readonly now: string;
}

/** The rows of a list of the board. A referral without a row is found by the hour of its opening. */
async function rowsIn(
  { board }: Pick<TurnParts, 'board'>,
  queue: string,
  part: Pick<Reading, 'before'> = {},
): Promise<readonly BoardRow[]> {
  const found: BoardRow[] = [];
  let after: string | undefined;
  do {
    const page = await board.queue(queue, { limit: 500, after, ...part });
    found.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return found;
}

/**
 * The referrals to look at in these rounds, each once. An open one is found by its turn on the board, so no list is read
 * whole. `now` is in the last round. `wholeIn`: the rounds in which referrals were looked at whole. A look makes up for
 * all turns up to its round.
 */
export async function looksNow(
  { ledger, board, now }: TurnParts,
  rounds: readonly number[] = roundsDue(undefined, now),
  wholeIn: ReadonlyMap<string, number> = new Map(),
): Promise<readonly Look[]> {
  const [recentSpan] = spansToSweep(now);
  const [recent, late, queues, turns, older] = await Promise.all([
    ledger.openedIn(recentSpan),
    rowsIn({ board }, watchQueue, { before: new Date(Date.parse(now) - patience).toISOString() }),
    Promise.all([sealedQueue, callQueue].map((queue) => rowsIn({ board }, queue))),
    Promise.all(rounds.map((round) => board.openInTurn(round))),
    foundIn(olderSpans(rounds), ledger.openedIn),
  ]);
  const isNow = (id: string, turn: number) =>
    rounds.some((round) => round > (wholeIn.get(id) ?? 0) && hasTurn(id, round, turn));
  // A stuck call is passed on within minutes, at any age of its referral. Each row has a turn an hour: it may be of none.
  const calling = queues.flat().filter((row) => mayBeStuck(row, now) || isNow(row.referralId, turnsOfRecent));
  const isMonth = (id: string) =>
    rounds.some((round) => Math.floor(round / cycleOf(days)) % turnsOfEnded === turnOf(id) % turnsOfEnded);
  const looks = new Map<string, Look>();
  for (const id of recent) addLook(looks, { referralId: id, as: 'recent', isWhole: isNow(id, turnsOfRecent) });
  for (const { referralId } of [...calling, ...late]) addLook(looks, { referralId, as: 'stuck', isWhole: false });
  for (const id of turns.flat()) addLook(looks, { referralId: id, as: 'open', isWhole: isNow(id, turnsOfDay) });
  for (const id of older) addLook(looks, { referralId: id, as: 'older', isWhole: isMonth(id) });
  return [...looks.values()];
}
