/**
 * The watchdog's look at chains of all kinds: places, hashes, codes and lengths. What it finds is a doubt of the record,
 * and a finding. It holds up nothing.
 */
import { allAgreements } from '../../shared/domain/agreements/agreements.ts';
import {
  aboutChain,
  aboutReferral,
  continued,
  dayOf,
  type Finding,
  mostChains,
} from '../../shared/domain/audit/findings.ts';
import { foundIn } from '../../shared/domain/core/spans.ts';
import { services } from '../../shared/domain/core/vocabulary.ts';
import { allShifts } from '../../shared/domain/directory/on-call-shifts.ts';
import { type Doubt, type NotedDoubt, noDoubt } from '../../shared/domain/doubts/doubts.ts';
import { allForums } from '../../shared/domain/forums/forums.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import { allTraining } from '../../shared/domain/training/training.ts';
import { allVenues } from '../../shared/domain/venues/venues.ts';
import type { Board } from '../../shared/store/board.ts';
import type { Cursors, Witness } from '../../shared/store/cursors.ts';
import type { Directory } from '../../shared/store/directory-reads.ts';
import type { Ledger, ReferralRead } from '../../shared/store/ledger.ts';
import { olderSpans, spansToSweep } from './turns.ts';

export interface ChainWatchParts {
  readonly ledger: Pick<Ledger, 'doubt' | 'noteDoubts' | 'readChecked' | 'referral' | 'draftsIn'>;
  readonly cursors: Pick<Cursors, 'witnesses' | 'putWitness'>;
  /** UTC instant. */
  readonly now: string;
}
type Note = (fault: unknown) => void;

const frameAt = (now: string) => ({ now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } }) as const;

/**
 * What is wrong with a chain, compared with the last look and with what a supervisor accepted. `before`: the last look, which
 * was read before the chain is.
 */
async function lookAt(
  { ledger, cursors, now }: ChainWatchParts,
  chain: string,
  before: Witness | undefined,
  { accepted, open }: Doubt,
): Promise<{
  readonly found: Pick<NotedDoubt, 'chain' | 'cause' | 'place'> | undefined;
  readonly exists: boolean;
}> {
  const { commits, check, right } = await ledger.readChecked(chain, { witnessed: before?.right });
  const word = accepted.get(chain);
  const isAnswered = word !== undefined && before !== undefined && word.at >= before.at;
  const isOther =
    before !== undefined && before.count > 0 && commits[before.count - 1]?.hash !== before.head && !isAnswered;
  const witness: Witness = {
    count: commits.length,
    head: commits.at(-1)?.hash ?? '',
    at: now,
    ...(right && { right }),
  };
  const isSame =
    before?.count === witness.count &&
    before.head === witness.head &&
    before.right?.digest === right?.digest &&
    !isAnswered;
  const cause = isOther ? ('shorter' as const) : check.intact ? undefined : ('not-as-written' as const);
  const found = cause && {
    chain,
    cause,
    place: cause === 'shorter' || check.intact ? undefined : check.brokenAt,
  };
  // The doubt first. Where this stops in between, the next look finds it again.
  if (found) await ledger.noteDoubts(aboutChain(chain), frameAt(now), [found]);
  if (!isSame && (witness.count > 0 || before) && (open.length === 0 || found))
    await cursors.putWitness(chain, witness);
  return { found, exists: commits.length > 0 || (before?.count ?? 0) > 0 };
}

/** A record, and its chains. The chain of its doubts is watched with them. */
interface WatchedRecord {
  readonly record: string;
  readonly chains: readonly string[];
}

/** What the watchdog saw last, by chain. Undefined where that could not be read. */
type Seen = ReadonlyMap<string, Witness> | undefined;

/** The witnesses of these records, with one read. A third chain is rare, and has its own read. */
const witnessesOf = ({ cursors }: ChainWatchParts, records: readonly WatchedRecord[], note: Note): Promise<Seen> =>
  cursors
    .witnesses(
      records
        .flatMap(({ record, chains }) => [...chains, `doubt#${record}`])
        .flatMap((first) => [first, continued(first, 2)]),
    )
    .catch((fault: unknown) => {
      note(fault);
      return undefined;
    });

/**
 * Looks at the chains of one record. Gives whether it is in doubt. One that cannot be read is. `seen` was read before: a chain
 * never has fewer commits than then.
 */
async function watchRecord(
  parts: ChainWatchParts,
  { record, chains }: WatchedRecord,
  seen: Seen,
  note: Note,
): Promise<boolean> {
  const doubt = await parts.ledger.doubt(record).catch((fault: unknown) => {
    note(fault);
    return undefined;
  });
  let isInDoubt = doubt === undefined || doubt.open.length > 0;
  const own = `doubt#${record}`;
  // No doubt was ever noted, as was read just now. A chain that never had a commit is not read twice.
  const isNone = doubt === noDoubt && ![own, continued(own, 2)].some((chain) => seen?.has(chain));
  for (const first of seen ? [...chains, ...(isNone ? [] : [own])] : []) {
    for (let number = 1; number <= mostChains; number += 1) {
      const chain = continued(first, number);
      const looked = await (number > 2 ? parts.cursors.witnesses([chain]) : Promise.resolve(seen))
        .then((witnesses) => lookAt(parts, chain, witnesses?.get(chain), doubt ?? noDoubt))
        .catch(note);
      if (looked?.found) isInDoubt = true;
      // A mended chain may go on in the next one. Only a chain that is not there is the end.
      if (number > 1 && !looked?.found && !looked?.exists) break;
    }
  }
  return isInDoubt;
}

/**
 * Whether a referral is in doubt. `isShorter`: a consumer has followed commits that are no longer there. `verifies`: its chains
 * are read from their first commits.
 */
export async function watchReferral(
  parts: ChainWatchParts,
  referralId: string,
  referral: ReferralRead | undefined,
  looks: { readonly verifies: boolean; readonly isShorter: boolean },
  note: Note,
): Promise<boolean> {
  const chain = `referral#${referralId}`;
  if (looks.isShorter) {
    await parts.ledger.noteDoubts(referralId, frameAt(parts.now), [{ chain, cause: 'shorter' }]).catch(note);
  }
  if (!looks.verifies) return looks.isShorter;
  const alerts = Object.keys(referral?.state.alerts ?? {});
  const watched = {
    record: referralId,
    chains: [chain, `access#${referralId}`, ...alerts.map((id) => `alert#${id}`)],
  };
  return watchRecord(parts, watched, await witnessesOf(parts, [watched], note), note);
}

/** The chains of the program. Each kind has one. */
const programChains = [`agreement#${allAgreements}`, `forum#${allForums}`, `venue#${allVenues}`];

const day = 86_400_000;
const dayBefore = (now: string) => dayOf(new Date(Date.parse(now) - day).toISOString());
const roundsOfHour = 12;
/** So many rows of the list of open drafts are compared with their chains in an hour, the latest first. */
const mostListed = 1000;
/** So many records are looked at side by side. */
const recordsAtOnce = 25;
/** So many lost drafts are named in one look. Anyone with the table can write such rows. */
const mostLost = 20;

/**
 * The findings of drafts that are on the list and have no commit: their chains were deleted whole. A row comes after the first
 * commit. The words are still in the vault.
 */
async function lostDrafts(
  ledger: Pick<Ledger, 'readChecked'>,
  listed: readonly string[],
  note: Note,
  hasTime: () => boolean,
): Promise<readonly Finding[]> {
  const lost: string[] = [];
  for (const id of listed) {
    if (!hasTime() || lost.length > mostLost) break;
    const read = await ledger.readChecked(`draft#${id}`, { witnessed: undefined }).catch(note);
    if (read && read.commits.length === 0) lost.push(id);
  }
  return lost.map((id, at) => ({ what: 'chain-broken', about: at < mostLost ? aboutChain(`draft#${id}`) : 'lists' }));
}

/**
 * Looks at the chains that belong to no referral and have their turn in these rounds. Drafts have theirs by the hours of
 * their touches, and while they are open once an hour. All others have theirs once an hour: findings, delegations, the
 * program, a team and a service. Shifts have theirs within six hours. `hasTime`: for some more records.
 */
export async function watchOtherChains(
  parts: ChainWatchParts & {
    readonly directory: Pick<Directory, 'delegations' | 'providers' | 'people'>;
    readonly board: Pick<Board, 'listedDrafts'>;
  },
  { geography }: Pick<Policy, 'geography'>,
  rounds: readonly number[],
  note: Note,
  hasTime = () => true,
): Promise<readonly Finding[]> {
  const { ledger, directory, board, now } = parts;
  const none = (fault: unknown) => {
    note(fault);
    return [];
  };
  const hours = rounds.filter((round) => round % roundsOfHour === 0).map((round) => round / roundsOfHour);
  const [recent] = spansToSweep(now);
  const spans = [...(hours.length > 0 ? [recent] : []), ...olderSpans(rounds)];
  const drafts = await foundIn(spans, (span) => ledger.draftsIn(span).catch(none));
  // A draft whose commits are all gone has left the index with them. Its row stays.
  const listed = hours.length > 0 ? await board.listedDrafts(mostListed).catch(none) : [];
  const chains: string[] = [];
  const named: string[] = [...new Set([...drafts, ...listed])].flatMap((id) => [`draft#${id}`, `access#${id}`]);
  for (const hour of hours) {
    const team = geography.teams[hour % geography.teams.length];
    const service = services[hour % services.length];
    const providers = service ? await directory.providers(service).catch(none) : [];
    chains.push(...(team ? [`roster#${team.id}`] : []));
    if (hour % 6 === 0) chains.push(`shift#${allShifts}`, `training#${allTraining}`);
    named.push(...providers.map(({ id }) => `provider#${id}`));
  }
  if (hours.length > 0) {
    const given = await directory.delegations(now).catch(none);
    const people = await directory.people([...new Set(given.map(({ personId }) => personId))]).catch(none);
    chains.push(...[dayOf(now), dayBefore(now)].flatMap((each) => [`finding#${each}`, `drafts#${each}`]));
    chains.push(...people.map(({ id }) => `delegation#${id}`));
    chains.push(...programChains);
  }
  const found: Finding[] = [];
  // Last those that rows name: a person can write thousands of them.
  const byRecord = Map.groupBy(new Set([...chains, ...named]), (chain) => aboutChain(chain));
  const records = [...byRecord].map(([record, of]): WatchedRecord => ({ record, chains: of }));
  for (let from = 0; from < records.length && hasTime(); from += recordsAtOnce) {
    const some = records.slice(from, from + recordsAtOnce);
    const seen = await witnessesOf(parts, some, note);
    const inDoubt = await Promise.all(some.map((watched) => watchRecord(parts, watched, seen, note)));
    for (const { record } of some.filter((_, index) => inDoubt[index]))
      found.push({ what: 'chain-broken', about: aboutReferral(record, undefined) });
  }
  return [...found, ...(await lostDrafts(ledger, listed, note, hasTime))];
}

/** The finding about a referral in doubt. No mail tells which referral is sealed. */
export const brokenReferral = (referralId: string, referral: ReferralRead | undefined): Finding => ({
  what: 'chain-broken',
  about: aboutReferral(referralId, referral?.state),
});
