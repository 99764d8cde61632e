import { aboutChain, aboutReferral, dayOf, type Finding } from '../../shared/domain/audit/findings.ts';
import { longestChain, type NotedDoubt, noDoubt } from '../../shared/domain/doubts/doubts.ts';
import {
  type AnchoredHead,
  type AnchoredHeads,
  anchorFolder,
  anchorName,
  type HeadLeaf,
  headsAfter,
  headsOf,
  headsText,
  hourOf,
  leafOf,
  nextAnchor,
  readAnchor,
  type StoredAnchor,
  statementOf,
  treeOf,
} from '../../shared/proof/anchor.ts';
import { isSignedBy } from '../../shared/proof/check-signature.ts';
import { rootOf } from '../../shared/proof/merkle.ts';
import type { AnchorArchive } from '../../shared/store/anchor-archive.ts';
import type { AnchorSigner } from '../../shared/store/anchor-key.ts';
import type { verifyChain } from '../../shared/store/commit.ts';
import type { PlacedRow } from '../../shared/store/commit-rows.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import type { NotedHead, NotedHeads } from '../../shared/store/noted-heads.ts';

export interface AnchorParts {
  readonly ledger: Pick<
    Ledger,
    'hashesAt' | 'isCodeRight' | 'placedAfresh' | 'doubt' | 'noteDoubts' | 'noteFindings' | 'referral'
  >;
  readonly heads: Pick<NotedHeads, 'noted'>;
  readonly archive: AnchorArchive;
  readonly signer: AnchorSigner;
  readonly verify: typeof verifyChain;
  /** Sends an anchor to the witnesses. */
  readonly tell: (anchor: StoredAnchor) => Promise<void>;
  /** Counts a chain that is not as it was anchored, for an alarm, and logs it. */
  readonly onDoubt: (leaf: HeadLeaf) => void;
  /** A UTC instant. */
  readonly now: string;
}

export interface Anchored {
  /** How many chains are anchored. */
  readonly chains: number;
  /** How many leaves the anchor of this hour has. Undefined where there is none. */
  readonly leaves: number | undefined;
  /** How many chains were found that are not as they were anchored. */
  readonly doubts: number;
}

const hour = 3_600_000;
const hoursOfDay = 24;
/** Notes are kept for so many hours. */
const mostHours = 7 * hoursOfDay;
/** Each finding is a mail. After so many of a round, one finding stands for all others. */
const mostNamed = 100;
/** So many chains are read at a time. */
const atATime = 20;
/** The hash before the first commit of a chain. */
const noHash = '0'.repeat(64);

const headsName = (day: string) => `anchors/heads/${day}.json`;

/** The hours from that of the last anchor up to that of now. Without a last one: as long as notes are kept. */
export function hoursSince(last: string | undefined, now: string): readonly string[] {
  const end = Date.parse(`${hourOf(now)}:00:00.000Z`);
  const begin = end - mostHours * hour;
  const from = Math.max(begin, last === undefined ? begin : Date.parse(`${hourOf(last)}:00:00.000Z`));
  return Array.from({ length: Math.max(0, (end - from) / hour) + 1 }, (_, index) =>
    hourOf(new Date(from + index * hour).toISOString()),
  );
}

/** Whether it is this chain's hour of the day to be read whole. `now`: a UTC instant. */
export function isReadWhole(chain: string, now: string): boolean {
  let sum = 0;
  for (const letter of chain) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % hoursOfDay === Number(now.slice(11, 13));
}

async function inGroups<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += atATime) await Promise.all(items.slice(at, at + atATime).map(work));
}

/**
 * The last anchor, and all heads that are anchored. Throws where an anchor of the last day has no right signature, or does not
 * follow from the one before it.
 */
async function readAnchored({ archive, signer, now }: AnchorParts): Promise<{
  readonly last: StoredAnchor | undefined;
  readonly heads: AnchoredHeads;
}> {
  const twoDaysBack = hourOf(new Date(Date.parse(now) - 2 * hoursOfDay * hour).toISOString());
  const recent = await archive.names(anchorFolder, anchorName(twoDaysBack));
  const names = recent.length > 0 ? recent : await archive.names(anchorFolder);
  const lastName = names.at(-1);
  if (lastName === undefined) return { last: undefined, heads: new Map() };
  const day = dayOf(lastName.slice(anchorFolder.length));
  const ofDay = await archive.names(`${anchorFolder}${day}`);
  const anchors = await Promise.all(ofDay.map(async (name) => readAnchor(await archive.read(name))));
  const publicKey = await signer.publicKey();
  let before: StoredAnchor | undefined;
  for (const anchor of anchors) {
    const { size, root, earlier } = statementOf(anchor.statement);
    const made = rootOf(treeOf(anchor));
    const follows = !before || statementOf(before.statement).root === earlier.root;
    if (!isSignedBy(anchor, publicKey) || made.root !== root || made.size !== size || !follows)
      throw new Error('An anchor is not as it was signed: follow the runbook of proof.');
    before = anchor;
  }
  const heads = headsOf(await archive.read(headsName(day)));
  return {
    last: before,
    heads: headsAfter(
      heads,
      anchors.flatMap(({ leaves }) => leaves.map(leafOf)),
    ),
  };
}

const endOf = (chain: string, rows: readonly PlacedRow[]) => {
  const last = rows.at(-1);
  return { chain, seq: last?.place ?? 0, head: last?.stored.hash ?? noHash };
};

/** How a chain differs from what was once its head. Undefined where that is still in its place. */
function differenceOf(chain: string, rows: readonly PlacedRow[], was: AnchoredHead): HeadLeaf | undefined {
  if (was.seq === 0 || rows.some(({ place, stored }) => place === was.seq && stored.hash === was.head))
    return undefined;
  const end = endOf(chain, rows);
  if (rows.length === 0) return { ...end, as: 'gone' };
  return { ...end, as: end.seq < was.seq ? 'shorter' : 'changed', place: was.seq };
}

/** The leaf of a chain that is read whole. Undefined where it is as it was anchored. */
async function readWhole(
  { ledger, verify }: AnchorParts,
  chain: string,
  was: AnchoredHead | undefined,
): Promise<HeadLeaf | undefined> {
  const rows = await ledger.placedAfresh(chain);
  const differs = was && differenceOf(chain, rows, was);
  if (differs) return differs;
  const end = endOf(chain, rows);
  const hasGrown = end.seq > (was?.seq ?? 0);
  // A doubt that cannot be read excuses nothing.
  const { accepted } = await ledger.doubt(aboutChain(chain)).catch(() => noDoubt);
  const commits = rows.map(({ stored }) => stored);
  const check = verify(chain, commits, [], accepted.get(chain));
  if (check.intact) {
    if (was?.place !== undefined) return { ...end, as: 'mended' };
    return hasGrown ? { ...end, as: 'grown' } : undefined;
  }
  if (was?.place !== check.brokenAt) return { ...end, as: 'changed', place: check.brokenAt };
  return hasGrown ? { ...end, as: 'grown', place: check.brokenAt } : undefined;
}

/** The last note of each chain that is later than its anchored head. */
function latestNotes(heads: AnchoredHeads, notes: readonly NotedHead[]): readonly NotedHead[] {
  const later = new Map<string, NotedHead>();
  for (const note of notes) {
    const known = later.get(note.chain)?.seq ?? heads.get(note.chain)?.seq ?? 0;
    if (Number.isSafeInteger(note.seq) && note.seq > known) later.set(note.chain, note);
  }
  return [...later.values()];
}

/** Those of these heads that are not in the ledger now. */
async function missingOf({ ledger }: AnchorParts, heads: readonly NotedHead[]): Promise<ReadonlySet<NotedHead>> {
  const isMissing = (found: ReadonlyMap<string, string>) => (each: NotedHead) =>
    found.get(`${each.chain} ${each.seq}`) !== each.hash;
  const missed = heads.filter(isMissing(await ledger.hashesAt(heads, false)));
  // What was written a moment ago may not be seen yet.
  return new Set(missed.length === 0 ? [] : missed.filter(isMissing(await ledger.hashesAt(missed, true))));
}

/** Looks at every anchored head, at every head that was noted since, and at the chains of this hour whole. */
async function changedHeads(
  parts: AnchorParts,
  heads: AnchoredHeads,
  notes: readonly NotedHead[],
): Promise<readonly HeadLeaf[]> {
  const { ledger, now } = parts;
  const anchored = [...heads].flatMap(([chain, { seq, head }]) => (seq > 0 ? [{ chain, seq, hash: head }] : []));
  const noted = latestNotes(heads, notes);
  const missing = await missingOf(parts, [...anchored, ...noted]);
  const leaves = new Map<string, HeadLeaf>();
  for (const { chain, seq, hash } of noted.filter((each) => !missing.has(each))) {
    const { place } = heads.get(chain) ?? {};
    leaves.set(chain, { chain, seq, head: hash, as: 'grown', ...(place !== undefined && { place }) });
  }
  const whole = new Set([...heads.keys()].filter((chain) => isReadWhole(chain, now)));
  await inGroups([...missing], async (each) => {
    const { chain, seq, hash } = each;
    // A person can write any note. One with a right code is of a commit that a function wrote.
    if (noted.includes(each) && !(await ledger.isCodeRight(each))) {
      whole.add(chain);
      return;
    }
    const differs = differenceOf(chain, await ledger.placedAfresh(chain), { seq, head: hash });
    if (differs) leaves.set(chain, differs);
  });
  await inGroups([...whole], async (chain) => {
    const known = leaves.get(chain);
    if (known && known.as !== 'grown') return;
    const leaf = await readWhole(parts, chain, heads.get(chain));
    if (leaf) leaves.set(chain, leaf);
  });
  return [...leaves.values()].toSorted((one, other) => (one.chain < other.chain ? -1 : 1));
}

/** The doubt that a leaf is of its record. */
const doubtOf = ({ chain, as, place }: HeadLeaf): Pick<NotedDoubt, 'chain' | 'cause' | 'place'> => ({
  chain: chain.slice(0, longestChain),
  cause: as === 'changed' ? 'not-as-written' : 'shorter',
  ...(place !== undefined && place > 0 && { place }),
});

const isWrong = ({ as }: HeadLeaf) => as !== 'grown' && as !== 'mended';

/**
 * Notes each chain that is not as it was anchored as a doubt of its record, and as a finding of the day. Gives the chains whose
 * doubt could not be noted: they are anchored as they were, so that the next round finds them again.
 */
async function tellDoubts(
  parts: AnchorParts,
  wrong: readonly HeadLeaf[],
  onFault: (fault: unknown) => void,
): Promise<ReadonlySet<string>> {
  const { ledger, now } = parts;
  const frame = { now, actor: { kind: 'function', id: 'anchor-heads' }, cause: { kind: 'sweep' } } as const;
  const findings: Finding[] = [];
  const untold = new Set<string>();
  for (const leaf of wrong) {
    const record = aboutChain(leaf.chain);
    parts.onDoubt(leaf);
    try {
      await ledger.noteDoubts(record, frame, [doubtOf(leaf)]);
    } catch (fault) {
      onFault(fault);
      untold.add(leaf.chain);
      continue;
    }
    if (findings.length > mostNamed) continue;
    // Where the referral cannot be read, whether it is sealed is unknown, and the damage weighs more.
    const referral = await ledger.referral(record).catch(() => undefined);
    const about = findings.length === mostNamed ? 'ledger' : aboutReferral(record, referral?.state);
    findings.push({ what: 'chain-broken', about });
  }
  await ledger.noteFindings(dayOf(now), frame, findings).catch(onFault);
  return untold;
}

/**
 * Compares every anchored chain with the ledger, tells what differs, and anchors what changed. A second round of an hour compares
 * and tells, and leaves what changed to the next hour. Rejects where a service does not answer. The next round then does it all.
 */
export async function anchorHeads(parts: AnchorParts): Promise<Anchored> {
  const { heads: notes, now } = parts;
  const { last, heads } = await readAnchored(parts);
  const lastAt = last && statementOf(last.statement).at;
  const noted = await Promise.all(hoursSince(lastAt, now).map(notes.noted));
  const changed = await changedHeads(parts, heads, noted.flat());
  const faults: unknown[] = [];
  // The doubts first. Where this stops in between, the next round finds them again.
  const untold = await tellDoubts(parts, changed.filter(isWrong), (fault) => void faults.push(fault));
  const leaves = changed.filter(({ chain }) => !untold.has(chain));
  const anchor = await anchorOf(parts, last, heads, leaves);
  // Also the anchor of an earlier try in this hour, which may have stopped before its mail.
  if (anchor) await parts.tell(anchor);
  if (faults.length > 0) throw faults[0];
  return {
    chains: headsAfter(heads, leaves).size,
    leaves: anchor?.leaves.length,
    doubts: changed.filter(isWrong).length,
  };
}

/** The anchor of this hour. Undefined where nothing changed, and the day has an anchor. */
async function anchorOf(
  { archive, signer, now }: AnchorParts,
  last: StoredAnchor | undefined,
  heads: AnchoredHeads,
  leaves: readonly HeadLeaf[],
): Promise<StoredAnchor | undefined> {
  const lastAt = last && statementOf(last.statement).at;
  if (lastAt !== undefined && hourOf(lastAt) >= hourOf(now)) return last;
  const isFirstOfDay = lastAt === undefined || dayOf(lastAt) !== dayOf(now);
  if (leaves.length === 0 && !isFirstOfDay) return undefined;
  if (isFirstOfDay) await archive.write(headsName(dayOf(now)), headsText(heads));
  const next = nextAnchor(last, leaves, now);
  const anchor: StoredAnchor = { ...next, ...(await signer.sign(next.statement)) };
  // Another process may have been first. Then its anchor stands, and what it lacks comes in the next hour.
  return (await archive.write(anchorName(hourOf(now)), `${JSON.stringify(anchor)}\n`)) ? anchor : undefined;
}
