import { dayOf, type Finding } from '../../shared/domain/audit/findings.ts';
import type { Role } from '../../shared/domain/core/vocabulary.ts';
import { policyInForce } from '../../shared/domain/policy/in-force.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import { draftRule } from '../../shared/policy/draft-rules.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import { type LookParts, lookAtReferral } from './look-at-referral.ts';
import { type Look, looksNow, spansToSweep, type TurnParts } from './turns.ts';
import { type WatchParts, watchAlerts } from './watch-alerts.ts';
import { type ChainWatchParts, watchOtherChains } from './watch-chains.ts';
import { type DraftWatchParts, watchDrafts } from './watch-drafts.ts';
import { flawedEntries, type PeopleWatchParts, vacantRoles } from './watch-people.ts';
import { type AskParts, askForRuns, type RunToAskFor } from './watch-runs.ts';
import { watchRoster } from './watch-seats.ts';
import { type ShiftWatchParts, watchShifts } from './watch-shifts.ts';
import { type VaultWatchParts, watchVault } from './watch-vault.ts';

export interface SweepParts extends LookParts, TurnParts, PeopleWatchParts, VaultWatchParts, AskParts {
  readonly ledger: LookParts['ledger'] &
    TurnParts['ledger'] &
    Pick<Ledger, 'noteFindings'> &
    ChainWatchParts['ledger'] &
    WatchParts['ledger'] &
    DraftWatchParts['ledger'] &
    ShiftWatchParts['ledger'];
  readonly identities: VaultWatchParts['identities'] & DraftWatchParts['identities'];
  readonly directory: LookParts['directory'] &
    PeopleWatchParts['directory'] &
    Parameters<typeof watchOtherChains>[0]['directory'];
  /** Every version, oldest first: what belongs to no referral goes by the one in force now. */
  readonly released: readonly [Policy, ...Policy[]];
  readonly settled: WatchParts['settled'];
  /** Looks that an earlier round had no time for, by referral. It lives as long as the process. */
  readonly unlooked: Map<string, Look>;
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

/**
 * The watchdog outside the runs. It finds stopped work, repairs it and commits the repair. One referral that cannot be
 * swept does not delay the others, nor their findings.
 */
export async function sweep(parts: SweepParts): Promise<Swept> {
  const { ledger, now } = parts;
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
  count('mail-overdue', (await watchAlerts(parts, spans, frame, onFault).catch(onFault)) ?? 0);
  await watchShifts(parts, policy, frame).catch(onFault);
  await watchRoster(parts, parts.released, frame).catch(onFault);
  const { unlooked, elapsed } = parts;
  for (const look of (await looksNow(parts).catch(onFault)) ?? []) unlooked.set(look.referralId, look);
  let looked = 0;
  for (const look of unlooked.values()) {
    if (elapsed() > latestLook) break;
    unlooked.delete(look.referralId);
    const left = await lookAtReferral(parts, look, frame, onFault);
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
  await watchDrafts(parts, [...spans, ...untouched], draftRule, frame, onFault).catch(onFault);
  count('vault-pending', (await watchVault(parts, onFault).catch(onFault)) ?? 0);
  findings.push(...(await watchOtherChains(parts, policy, spansToSweep(now), onFault)));
  const vacant = (await vacantRoles(parts, policy).catch(onFault)) ?? [];
  findings.push(...vacant.map((role) => ({ what: 'role-vacant', about: role }) as const));
  findings.push(...((await flawedEntries(parts).catch(onFault)) ?? []));
  // The commit makes the mail to an administrator.
  await ledger.noteFindings(dayOf(now), frame, findings).catch(onFault);
  // Last, because it may take the rest of the round.
  const { restarted, refusals } = await askForRuns(parts, asks, frame, onFault);
  count('lost-run', restarted);
  return { looked, repaired, vacantRoles: vacant, refusals, unasked: parts.unasked.size, faults };
}
