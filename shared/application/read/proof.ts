/**
 * The proof of one referral: its chains with the anchors that have their heads. A commit has its content where the audit shows all of
 * it. Of the others it has the hash alone. It proves the content to a person who gets that by another way.
 */
import { isShutTo } from '../../domain/access/seal.ts';
import { continued, firstOf, mostChains } from '../../domain/audit/findings.ts';
import type { Event } from '../../domain/events.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { hasConflict } from '../../domain/team/seats.ts';
import { type ChainToProve, proveChains, type ReadableAnchors } from '../../proof/proved-chains.ts';
import type { Proof } from '../../proof/verify-proof.ts';
import { canonical } from '../../store/canonical.ts';
import { accessChain, alertChain, doubtChain, referralChain } from '../../store/chains.ts';
import type { Commit, StoredCommit } from '../../store/commit.ts';
import type { Ledger } from '../../store/ledger.ts';
import { part2PartsOf, shownOf } from '../access/part-2-records.ts';
import { isWhole } from './shown-events.ts';

/** A referral as it is proved. */
export interface RecordToProve {
  readonly state: Referral;
  readonly policy: Policy;
  /** The commits of its own chain, as they were read and folded. */
  readonly commits: readonly Commit<Event>[];
  /** The same chain as it is stored now. */
  readonly own: readonly StoredCommit[];
  /** The stored commits of its other chains, by their names. */
  readonly others: ReadonlyMap<string, readonly StoredCommit[]>;
  /** No content at all is in the proof: a seal shuts the reader out. */
  readonly isShut: boolean;
}

const references = /(?:CR|RP|DR)-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{6}/g;

/** The instant of a stored commit. None where it cannot be read. */
function instantOf({ text }: StoredCommit): readonly string[] {
  try {
    const { at } = JSON.parse(text) as { readonly at?: unknown };
    return typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? [at] : [];
  } catch {
    return [];
  }
}

function chainOf(
  chain: string,
  stored: readonly StoredCommit[],
  isShown: (commit: StoredCommit, index: number) => boolean,
): ChainToProve {
  return {
    chain,
    commits: stored.map((commit, index) => ({
      seq: index + 1,
      prev: commit.prev,
      hash: commit.hash,
      ...(isShown(commit, index) && { text: commit.text }),
    })),
    instants: stored.flatMap(instantOf),
  };
}

/** The chains of a referral, with the contents that an auditor may know. None names another referral. */
export function chainsToProve({ state, policy, commits, own, others, isShut }: RecordToProve): readonly ChainToProve[] {
  const events = commits.flatMap((commit) => commit.events);
  const held = part2PartsOf(state, policy, events);
  const known = new Set<string>([
    state.id,
    ...events.flatMap((event) => (event.type === 'referral-opened' ? [event.reportId] : [])),
  ]);
  const isOwn = ({ text }: StoredCommit) => !isShut && (text.match(references) ?? []).every((each) => known.has(each));
  const isShownEvent = (event: Event) => isWhole(event) && canonical(shownOf(event, held)) === canonical(event);
  const isShownAt = (index: number, { text }: StoredCommit) => {
    const commit = commits[index];
    if (commit?.stored.text !== text || held.people.has(commit.actor.id)) return false;
    return commit.events.every(isShownEvent);
  };
  // Who read for a provider kept apart would tell of the treatment.
  const isApart = held.people.size > 0 || events.some(({ type }) => type === 'merged');
  const isPlain = (commit: StoredCommit) => isOwn(commit) && !isApart && !commit.text.includes('part2');
  return [
    chainOf(referralChain(state.id), own, (commit, index) => isOwn(commit) && isShownAt(index, commit)),
    ...[...others]
      .filter(([chain, { length }]) => length > 0 && !held.alerts.has(firstOf(chain).slice('alert#'.length)))
      // What a mail was about could tell of the child.
      .map(([chain, stored]) => chainOf(chain, stored, (commit) => !chain.startsWith('alert#') && isPlain(commit))),
  ];
}

/** The proof of a record. `now`: a UTC instant. */
export const proveRecord = async (archive: ReadableAnchors, record: RecordToProve, now: string): Promise<Proof> => ({
  format: 1,
  referral: record.state.id,
  madeAt: now,
  policy: record.policy.version,
  ...(await proveChains(archive, chainsToProve(record))),
});

/** The chains of a referral as they are stored now. Undefined where the viewer gets no audit of it. */
export async function recordOfReferral(
  {
    ledger,
    policyOf,
  }: {
    readonly ledger: Pick<Ledger, 'referral' | 'readAfresh'>;
    readonly policyOf: (version: string) => Policy;
  },
  referralId: string,
  viewer: { readonly id: string },
): Promise<RecordToProve | undefined> {
  const referral = await ledger.referral(referralId);
  if (!referral || hasConflict(referral.state, viewer.id)) return undefined;
  const { state, commits, policy } = referral;
  /** The chain, and those that go on with it. */
  async function read(first: string): Promise<readonly (readonly [string, readonly StoredCommit[]])[]> {
    const found: (readonly [string, readonly StoredCommit[]])[] = [];
    for (let number = 1; number <= mostChains; number += 1) {
      const chain = continued(first, number);
      const stored = await ledger.readAfresh(chain);
      if (stored.length === 0) break;
      found.push([chain, stored]);
    }
    return found;
  }
  const firsts = [...Object.keys(state.alerts).map(alertChain), accessChain(referralId), doubtChain(referralId)];
  const others = new Map((await Promise.all(firsts.map(read))).flat());
  const own = await ledger.readAfresh(referralChain(referralId));
  const isShut = isShutTo(state, viewer.id);
  return { state, policy: policyOf(policy), commits, own, others, isShut };
}

/** Undefined where the viewer gets no audit of this referral. `now`: a UTC instant. */
export async function proveReferral(
  {
    ledger,
    archive,
    policyOf,
    now,
  }: {
    readonly ledger: Pick<Ledger, 'referral' | 'readAfresh'>;
    readonly archive: ReadableAnchors;
    readonly policyOf: (version: string) => Policy;
    readonly now: string;
  },
  referralId: string,
  viewer: { readonly id: string },
): Promise<Proof | undefined> {
  const record = await recordOfReferral({ ledger, policyOf }, referralId, viewer);
  return record && proveRecord(archive, record, now);
}
