/** One referral: what was left undone is repaired or nudged. Where nothing changed and nothing is due, it costs one read. */
import { dueToWrite, type FactParts, keepFacts } from '../../shared/application/use-cases/keep-facts.ts';
import { type Finding, findingsIn } from '../../shared/domain/audit/findings.ts';
import { boardLayout } from '../../shared/domain/board/board-rows.ts';
import { borneOut, noProgress, wasCut } from '../../shared/domain/core/progress.ts';
import { openRuns } from '../../shared/domain/deadlines/deadline-runs.ts';
import { event } from '../../shared/domain/events.ts';
import { factLayout } from '../../shared/domain/facts/fact-row-shape.ts';
import { nextOfRun } from '../../shared/domain/pathway/runs.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import { freezeDueAt } from '../../shared/domain/review/agenda.ts';
import type { Last } from '../../shared/store/commit-rows.ts';
import type { Cursors, FactProgress, Followed } from '../../shared/store/cursors.ts';
import type { CommitContext, Ledger, ReferralRead } from '../../shared/store/ledger.ts';
import type { SavedWait, Waits } from '../../shared/store/waits.ts';
import { isPast, patience } from './patience.ts';
import type { Look } from './turns.ts';
import { watchAgenda } from './watch-agenda.ts';
import { type IndexWatchParts, watchIndex } from './watch-alerts.ts';
import { type BoardWatchParts, hasTurn, watchBoard } from './watch-board.ts';
import { brokenReferral, type ChainWatchParts, watchReferral } from './watch-chains.ts';
import { openClocks } from './watch-clocks.ts';
import { begunIn, longestWait, type RunToAskFor, type SweepMachines, staleRuns, stalledRuns } from './watch-runs.ts';
import { hasOpenSeats, type SeatWatchParts, watchSeats } from './watch-seats.ts';

/** A referral with nothing to do: its last commit then, and the epoch millisecond at which it may have something. */
export interface Quiet {
  readonly seq: number;
  readonly until: number;
}

export interface LookParts extends SeatWatchParts, BoardWatchParts, IndexWatchParts {
  readonly ledger: SeatWatchParts['ledger'] &
    Pick<Ledger, 'referral' | 'lastOf' | 'changeReferral'> &
    IndexWatchParts['ledger'] &
    ChainWatchParts['ledger'];
  readonly cursors: Pick<Cursors, 'of' | 'advance'> & ChainWatchParts['cursors'] & FactParts['cursors'];
  readonly facts: FactParts['facts'];
  readonly waits: Pick<Waits, 'of'>;
  readonly machines: SweepMachines;
  readonly policyOf: (version: string) => Policy;
  /** Referrals with nothing to do. It lives as long as the process, and what is not in it is looked at whole. */
  readonly quiet: Map<string, Quiet>;
  /** UTC instant. */
  readonly now: string;
}

/** What a look leaves for its round. */
interface Left {
  readonly repaired: readonly ('no-clocks' | 'cursor-behind' | 'lost-run')[];
  readonly findings: readonly Finding[];
  readonly asks: readonly RunToAskFor[];
  /** A repair came first. What this look was to see after it is not seen yet. */
  readonly isCut: boolean;
}

const nothing: Left = { repaired: [], findings: [], asks: [], isCut: false };

/** The most referrals that are remembered as quiet. */
const mostQuiet = 50_000;

/**
 * Looks at one referral. Its place in the ledger and the clock say whether anything can be due. So a lost run is found
 * without a commit. `onFault` gets what failed; the rest is done all the same. `frame.now` is a UTC instant.
 */
export async function lookAtReferral(
  parts: LookParts,
  { referralId, as, isWhole }: Look,
  frame: CommitContext,
  onFault: (fault: unknown) => void,
): Promise<Left> {
  const { ledger, cursors, quiet, now } = parts;
  let faults = 0;
  const note = (fault: unknown): undefined => {
    faults += 1;
    onFault(fault);
  };
  const last = await ledger.lastOf(referralId).catch(note);
  const place = last?.seq;
  const before = quiet.get(referralId);
  if (!isWhole && before && before.seq === place && Date.parse(now) < before.until) return nothing;
  quiet.delete(referralId);
  // The cursors first: they never pass a commit that is there.
  const followed = await cursors.of(referralId).catch(note);
  // Both consumers followed it to its end, and an open one has its turn on the board. Without a turn, its rows may be gone.
  const isElsewhere = as === 'older' && !isWhole && last && followed && isFollowed(followed, last);
  if (isElsewhere && (await hasTurn(parts, referralId).catch(note))) return nothing;

  const referral = await ledger.referral(referralId).catch(note);
  // A consumer has followed commits that are no longer there. A chain that could not be read tells nothing of that.
  const commits = referral?.commits ?? [];
  const isShorter =
    faults === 0 &&
    followed !== undefined &&
    [followed.react, followed['send-alerts']].some((each) => wasCut(each, commits));
  // The next commits take the places of those that are gone. So both consumers follow all again, without waiting for a word.
  const from = followed && {
    react: borneOut(followed.react, commits),
    'send-alerts': borneOut(followed['send-alerts'], commits),
  };
  if (isShorter && from) await beginAgain(cursors, referralId, from).catch(note);
  const isCompared = referral && from && (isWhole || as === 'older' || !before);
  const changed = isCompared ? await watchBoard(parts, referral, from.react).catch(note) : undefined;
  if (isElsewhere && !changed?.length) return nothing;
  const unfound = isCompared ? await watchIndex(parts, referral, isWhole, frame, note).catch(note) : undefined;
  // Where `react` wrote no row of facts in the last hour, or wrote it in an earlier layout.
  const wrote = referral && followed && (await keepFacts(parts, referral, followed.facts, now).catch(note));
  const isNone = last?.seq === 0 && referral === undefined && faults === 0;
  const opened = referral && (await openClocks(ledger, referral, frame, note).catch(note));
  const mended = referral && from ? await mend(parts, referral, from, isWhole, frame).catch(note) : undefined;
  // A referral that cannot be read may be damaged.
  const findings = await audit(parts, referralId, { verifies: isWhole || faults > 0, isShorter }, note).catch(note);
  if (mended?.until !== undefined && referral && faults === 0 && opened === undefined && place === referral.state.seq) {
    const factsDue = wrote || !followed ? undefined : dueToWrite(followed.facts, commits);
    if (quiet.size >= mostQuiet) quiet.clear();
    quiet.set(referralId, { seq: place, until: Math.min(mended.until, factsDue ?? mended.until) });
  }
  return {
    repaired: [opened, mended?.repaired].filter((each) => each !== undefined),
    findings: [
      ...(changed ?? []),
      ...(unfound ?? []),
      // The row that led here is of no referral. All such rows are one finding.
      ...(isNone ? [{ what: 'chain-broken', about: 'lists' } as const] : []),
      ...(findings ?? []),
    ],
    asks: mended?.asks ?? [],
    isCut: mended?.repaired !== undefined,
  };
}

type AllFollowed = Followed & { readonly facts: FactProgress };

/** Both consumers have done all, and the row of facts says all. */
const isFollowed = ({ react, 'send-alerts': alerts, facts }: AllFollowed, { seq, hash }: Last): boolean =>
  [react, alerts, facts].every((each) => each.seq === seq && each.head === hash) &&
  react.layout === boardLayout &&
  facts.layout === factLayout;

async function beginAgain(cursors: LookParts['cursors'], id: string, from: Followed): Promise<void> {
  await cursors.advance(id, 'react', noProgress, from.react);
  await cursors.advance(id, 'send-alerts', noProgress, from['send-alerts']);
}

interface Mended {
  readonly repaired?: 'cursor-behind' | 'lost-run';
  readonly asks?: readonly RunToAskFor[];
  /** Until then nothing can be due. Undefined where something may be in any round. */
  readonly until?: number | undefined;
}

/** Nudges a consumer that is behind, restarts runs that the record shows as lost, and watches the seats. */
async function mend(
  parts: LookParts,
  referral: ReferralRead,
  followed: Followed,
  isWhole: boolean,
  frame: CommitContext,
): Promise<Mended> {
  const { ledger, waits, policyOf, machines, now } = parts;
  const { state, commits } = referral;
  const first = commits[0];
  if (!first) return {};
  const behind = commits.find(({ seq }) => seq > Math.min(followed.react.seq, followed['send-alerts'].seq));
  if (behind && isPast(behind.at, now)) {
    // This commit is the nudge. Both consumers take up all they have not completed.
    await ledger.changeReferral(state.id, frame, () => [event('swept', { found: 'cursor-behind' })]);
    return { repaired: 'cursor-behind' };
  }
  const saved = await waits.of(state.id);
  const policy = policyOf(referral.policy);
  // The sweep's own commits start no run that was not lost before.
  const changedAt = commits.findLast(({ cause }) => cause.kind !== 'sweep')?.at ?? first.at;
  const begun = begunIn(referral, now);
  const stalled = stalledRuns(state, saved, policy, now, changedAt, begun);
  if (stalled.length > 0) {
    await ledger.changeReferral(state.id, frame, (current) =>
      // If a person changed the referral meanwhile, the waits say nothing any more. The next sweep looks again.
      current?.seq === state.seq ? [event('swept', { found: 'lost-run' }), ...stalled] : [],
    );
    return { repaired: 'lost-run' };
  }
  await watchSeats(parts, state, policy, frame);
  await watchAgenda(ledger, state, frame);
  const isSettled = behind === undefined && isPast(changedAt, now) && begun.size === 0;
  return {
    asks: staleRuns(state, saved, policy, { machines, now, isWhole, begun }),
    until: isSettled && !hasOpenSeats(state) ? nextLookAt(referral, saved, policy) : undefined,
  };
}

/**
 * When a run may show as lost next, in epoch milliseconds. A late checkpoint or too long a wait shows it. Or, where that
 * is earlier, when the agenda of a meeting is to be frozen.
 */
function nextLookAt({ state }: ReferralRead, waits: readonly SavedWait[], policy: Policy): number {
  const checkpoints = openRuns(state).map(({ id }) => Date.parse(nextOfRun(state, id, policy)?.at ?? '9999-12-31'));
  const waitsEnd = waits.map(({ enteredAt }) => Date.parse(enteredAt) + longestWait);
  const freeze = Date.parse(freezeDueAt(state) ?? '9999-12-31');
  return Math.min(Math.min(...checkpoints, ...waitsEnd) + patience, freeze);
}

/** What an administrator must know about a referral. `verifies`: its chain is read again from its first commit. */
async function audit(
  parts: LookParts,
  referralId: string,
  looks: { readonly verifies: boolean; readonly isShorter: boolean },
  onFault: (fault: unknown) => void,
): Promise<readonly Finding[]> {
  const { ledger, now } = parts;
  // The sweep has logged why it cannot be read. Whether it is sealed is unknown then, and the damage weighs more.
  const referral = await ledger.referral(referralId, looks.verifies ? undefined : 1).catch(() => undefined);
  const isBroken = await watchReferral(parts, referralId, referral, looks, onFault);
  return [
    ...(isBroken ? [brokenReferral(referralId, referral)] : []),
    ...(referral ? findingsIn(referral.state, referral.commits, now) : []),
  ];
}
