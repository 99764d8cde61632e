import { dayOf, type Finding } from '../../shared/domain/audit/findings.ts';
import { roundAt } from '../../shared/domain/board/watchdog-turns.ts';
import type { Role } from '../../shared/domain/core/vocabulary.ts';
import { policyInForce } from '../../shared/domain/policy/in-force.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import { draftRule } from '../../shared/policy/draft-rules.ts';
import type { Cursors } from '../../shared/store/cursors.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import { type LookParts, lookAtReferral } from './look-at-referral.ts';
import {
  addLook,
  type Look,
  lastInARow,
  looksNow,
  roundsDue,
  spansToSweep,
  type TurnParts,
  urgentFirst,
} from './turns.ts';
import { type WatchParts, watchAlerts } from './watch-alerts.ts';
import { type ChainWatchParts, watchOtherChains } from './watch-chains.ts';
import { type DraftWatchParts, watchDrafts } from './watch-drafts.ts';
import { type DueWatchParts, looksToday, watchDue } from './watch-due.ts';
import { type EntryWatchParts, watchEntries } from './watch-entries.ts';
import { flawedEntries, type PeopleWatchParts, vacantRoles } from './watch-people.ts';
import { type AskParts, askForRuns, type RunToAskFor } from './watch-runs.ts';
import { watchRoster } from './watch-seats.ts';
import { type ShiftWatchParts, watchShifts } from './watch-shifts.ts';
import { type VaultWatchParts, watchVault } from './watch-vault.ts';

export interface SweepParts
  extends LookParts,
    TurnParts,
    PeopleWatchParts,
    VaultWatchParts,
    AskParts,
    Pick<EntryWatchParts, 'entries'> {
  readonly ledger: LookParts['ledger'] &
    TurnParts['ledger'] &
    Pick<Ledger, 'noteFindings'> &
    ChainWatchParts['ledger'] &
    WatchParts['ledger'] &
    DraftWatchParts['ledger'] &
    EntryWatchParts['ledger'] &
    DueWatchParts['ledger'] &
    VaultWatchParts['ledger'] &
    ShiftWatchParts['ledger'];
  readonly board: LookParts['board'] & TurnParts['board'] & Parameters<typeof watchOtherChains>[0]['board'];
  readonly identities: VaultWatchParts['identities'] & DraftWatchParts['identities'];
  readonly directory: LookParts['directory'] &
    PeopleWatchParts['directory'] &
    EntryWatchParts['directory'] &
    Parameters<typeof watchOtherChains>[0]['directory'];
  /** Every version, oldest first: what belongs to no referral goes by the one in force now. */
  readonly released: readonly [Policy, ...Policy[]];
  readonly settled: WatchParts['settled'];
  readonly cursors: LookParts['cursors'] & EntryWatchParts['cursors'] & Pick<Cursors, 'round' | 'putRound'>;
  /** It lives as long as the process. What another process does not know of is begun again from the stored round. */
  readonly backlog: Backlog;
}

/** What earlier rounds had no time for. */
export interface Backlog {
  /** By referral. */
  readonly looks: Map<string, Look>;
  /** The last round whose looks were all taken into `looks`. */
  round: number | undefined;
  /** By referral: the last round in which it was looked at whole, and nothing was left undone. */
  readonly wholeIn: Map<string, number>;
}

export interface Swept {
  /** How many referrals were looked at. */
  readonly looked: number;
  /** The repairs, by kind. */
  readonly repaired: Readonly<Record<string, number>>;
  /** Roles that the policy alerts and that have no holder. */
  readonly vacantRoles: readonly Role[];
  /** How often AWS refused to tell of a run. */
  readonly refusals: number;
  /** Runs that a later round asks about. */
  readonly unasked: number;
  /** Faults of single referrals. */
  readonly faults: readonly unknown[];
}

/** A leased mail is looked for this many days back. After an outage of all sweeps it is found within twenty minutes. */
const daysOfLeases = 2;
const day = 86_400_000;
/** After so many milliseconds a round begins no further look. What is left of its time is for its other work. */
const latestLook = 150_000;

/** After so many, no further alert. */
const latestAlert = 50_000;
/** After so many, no further draft, part of the vault or chain. Rows that a person writes must not use up the whole round. */
const latestOther = 190_000;

/** The most referrals of which the last whole look is remembered. The others are looked at once more. */
const mostWhole = 50_000;
function noteWhole({ wholeIn }: Backlog, referralId: string, round: number): void {
  if (wholeIn.size >= mostWhole) wholeIn.clear();
  wholeIn.set(referralId, round);
}

const laterOf = (rounds: readonly (number | undefined)[]): number | undefined =>
  rounds.reduce((one, other) => (other === undefined || (one !== undefined && one > other) ? one : other), undefined);

/**
 * The watchdog outside the runs. It finds stopped work, repairs it and commits the repair. One referral that cannot be
 * swept does not delay the others, nor their findings.
 */
export async function sweep(parts: SweepParts): Promise<Swept> {
  const { ledger, now, backlog, cursors, elapsed } = parts;
  const repaired: Record<string, number> = {};
  const count = (kind: string, times = 1) => {
    if (times > 0) repaired[kind] = (repaired[kind] ?? 0) + times;
  };
  const faults: unknown[] = [];
  const onFault = (fault: unknown) => void faults.push(fault);
  const frame = { now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
  const policy = policyInForce(parts.released, now);
  const findings: Finding[] = [];
  const asks: RunToAskFor[] = [];

  // First what calls people. A look may take long, and a busy table may refuse one of these without ending the round.
  const spans = spansToSweep(now, daysOfLeases);
  count(
    'mail-overdue',
    (await watchAlerts(parts, spans, frame, onFault, () => elapsed() < latestAlert).catch(onFault)) ?? 0,
  );
  await watchShifts(parts, policy, frame).catch(onFault);
  // Noted at once: what the round does later may take longer than its time.
  await ledger
    .noteFindings(dayOf(now), frame, (await watchEntries(parts, onFault).catch(onFault)) ?? [])
    .catch(onFault);
  const stored = await cursors.round().then((round) => ({ round }), onFault);
  const rounds = roundsDue(laterOf([backlog.round, stored?.round]), now);
  await watchRoster(parts, parts.released, frame, rounds).catch(onFault);
  if (looksToday(rounds)) await watchDue(parts, frame, onFault).catch(onFault);
  const looks = await looksNow(parts, rounds, backlog.wholeIn).catch(onFault);
  for (const look of looks ?? []) addLook(backlog.looks, look);
  // A round whose looks are not known is not done, nor are those before it. The next sweep makes up for them.
  if (looks && stored) backlog.round = lastInARow(rounds);
  let looked = 0;
  for (const look of urgentFirst(backlog.looks.values())) {
    if (elapsed() > latestLook) break;
    backlog.looks.delete(look.referralId);
    const before = faults.length;
    const left = await lookAtReferral(parts, look, frame, onFault);
    const isUnfinished = left.isCut || faults.length > before;
    if (isUnfinished && !look.isAgain) backlog.looks.set(look.referralId, { ...look, isAgain: true });
    if (!isUnfinished && look.isWhole) noteWhole(backlog, look.referralId, roundAt(now));
    looked += 1;
    for (const kind of left.repaired) count(kind);
    findings.push(...left.findings);
    asks.push(...left.asks);
  }
  // Drafts that stay untouched reach each stage so many days after their last touch.
  const { expiresAfterDays, warnsBeforeDays } = draftRule;
  const untouched = [expiresAfterDays - warnsBeforeDays, expiresAfterDays].flatMap((past) =>
    spansToSweep(new Date(Date.parse(now) - past * day).toISOString()),
  );
  const hasTime = () => elapsed() < latestOther;
  await watchDrafts(parts, [...spans, ...untouched], draftRule, frame, onFault, hasTime).catch(onFault);
  count('vault-pending', (await watchVault(parts, onFault, hasTime).catch(onFault)) ?? 0);
  findings.push(...(await watchOtherChains(parts, policy, rounds, onFault, hasTime)));
  const vacant = (await vacantRoles(parts, policy).catch(onFault)) ?? [];
  findings.push(...vacant.map((role) => ({ what: 'role-vacant', about: role }) as const));
  findings.push(...((await flawedEntries(parts, rounds).catch(onFault)) ?? []));
  // The commit makes the mail to an administrator.
  await ledger.noteFindings(dayOf(now), frame, findings).catch(onFault);
  // Last, because it may take the rest of the round.
  const { restarted, refusals } = await askForRuns(parts, asks, frame, onFault);
  count('lost-run', restarted);
  const isAllDone = backlog.looks.size === 0 && parts.unasked.size === 0;
  if (isAllDone && backlog.round !== undefined) await cursors.putRound(backlog.round).catch(onFault);
  return { looked, repaired, vacantRoles: vacant, refusals, unasked: parts.unasked.size, faults };
}
