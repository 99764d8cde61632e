import type { compareAgain } from '../../shared/application/matching/compare-again.ts';
import type { ReindexParts, takeOutOfIndex, underBoth } from '../../shared/application/matching/reindex.ts';
import type { Digests } from '../../shared/application/matching/secret.ts';
import { hoursBack, type Span } from '../../shared/domain/core/spans.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import type { Identities } from '../../shared/store/identities.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';

export interface KeepParts {
  readonly ledger: Pick<Ledger, 'referral' | 'changeReferral' | 'recordAccess' | 'openedIn'>;
  readonly identities: ReindexParts['identities'] &
    Pick<Identities, 'indexedBy' | 'partsOf' | 'erase' | 'forgetIndex' | 'unmarkErasing'>;
  readonly digests: Digests;
  readonly doors: {
    readonly compareAgain: typeof compareAgain;
    readonly takeOutOfIndex: typeof takeOutOfIndex;
    readonly underBoth: typeof underBoth;
  };
  /** UTC instant. */
  readonly now: string;
  /** At most so many referrals in one run; what is left is taken up by the next. */
  readonly most: number;
}

export interface Kept {
  /** Referrals that were indexed anew, by the key that counts now or after a correction. */
  readonly indexed: number;
  /** Parts that were removed for good. */
  readonly removed: number;
  /** Whether something is left for the next run. */
  readonly more: boolean;
  readonly faults: readonly unknown[];
}

const minute = 60_000;
const hour = 60 * minute;
/** A commit that does not come within this time will not come. */
const patience = hour;
/** What was put a moment before the erasing is in no index yet: it is looked for once more after this. */
const settling = 10 * minute;

/**
 * The hours of opening to look at now: the last ones, where a report that broke off left a referral that no index knows, and of
 * 400 days some in turn, so that one which lost its place later is found within ten days.
 */
function spansOf(now: string): readonly Span[] {
  const [recent, older] = [3, 20];
  const turn = Math.floor(Date.parse(now) / (30 * minute)) % Math.ceil((400 * 24) / older);
  return [hoursBack(now, 0, recent), hoursBack(now, recent + turn * older, older)];
}

/**
 * Keeps the vault: indexes anew what was indexed by a former key or in an older way, what was corrected, and what no index knows, and
 * removes what was erased. Each referral is settled by itself, so that a run that stops anywhere is taken up by the next one.
 */
export async function keepVault(parts: KeepParts): Promise<Kept> {
  const { identities, ledger, digests, doors, now, most } = parts;
  const { underBoth } = doors;
  const context: CommitContext = { now, actor: { kind: 'function', id: 'keep-vault' }, cause: { kind: 'sweep' } };
  const faults: unknown[] = [];
  let indexed = 0;
  let removed = 0;
  let left = most;

  /** Does something with each of these, as many as are left for this run. */
  async function forEach(ids: readonly string[], work: (state: Referral | undefined, id: string) => Promise<void>) {
    for (const id of ids.slice(0, Math.max(0, left))) {
      left -= 1;
      await ledger
        .referral(id)
        .then((read) => work(read?.state, id))
        .catch((fault: unknown) => void faults.push(fault));
    }
  }

  /** Once more until nothing is found: what was put a moment before may be in no index yet. */
  async function erase(state: Referral, at: string): Promise<void> {
    await doors.takeOutOfIndex(parts, state, context);
    const found = await identities.partsOf(state.id);
    for (const key of found) await identities.erase(key);
    removed += found.length;
    if (found.length === 0 && Date.parse(now) - Date.parse(at) > settling) await identities.forgetIndex(state.id);
  }

  await forEach(await identities.indexedBy('erasing', most), async (state, id) => {
    const { mark = '' } = (await identities.indexed(id)) ?? {};
    if (!state?.identity.erased) {
      // The door marks before it commits; where no commit came, there is nothing to erase.
      const since = state?.proposals.erasure?.at ?? state?.report.receivedAt ?? now;
      if (Date.parse(now) - Date.parse(since) > patience) await identities.unmarkErasing(id, mark);
      return;
    }
    await erase(state, state.identity.erased.at);
  });

  const anew = async (state: Referral | undefined) => {
    if (!state) return;
    if (state.identity.erased) return erase(state, state.identity.erased.at);
    await doors.compareAgain(parts, state, context);
    indexed += 1;
  };
  await forEach(await identities.indexedBy('out-of-date', most), anew);
  const [current, ...former] = digests.index;
  // While a former key counts, who was indexed anew stands under both; after it, under the one alone.
  const older = [...former.map(({ name }) => name), ...digests.index.flatMap(({ olderNames }) => olderNames)];
  const behind = older.flatMap((name) => [name, underBoth(name)]);
  if (former.length === 0) behind.push(underBoth(current.name));
  for (const by of behind) await forEach(await identities.indexedBy(by, Math.max(1, left)), anew);
  const opened = new Set((await Promise.all(spansOf(now).map((span) => ledger.openedIn(span)))).flat());
  const unknown: string[] = [];
  // Also where a door began to index it and did not come to the end: it may stand there, and nobody noted by which key.
  for (const id of opened) if (!(await identities.indexed(id))?.by) unknown.push(id);
  await forEach(unknown, anew);
  return { indexed, removed, more: left <= 0, faults };
}
