import type { compareAgain } from '../../shared/application/matching/compare-again.ts';
import type { ReindexParts, underBoth } from '../../shared/application/matching/reindex.ts';
import type { Digests } from '../../shared/application/matching/secret.ts';
import { hoursBack, type Span } from '../../shared/domain/core/spans.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';
import type { VaultIndex } from '../../shared/store/vault-index.ts';

export interface KeepParts {
  readonly ledger: Pick<Ledger, 'referral' | 'changeReferral' | 'recordAccess' | 'openedIn'>;
  readonly identities: ReindexParts['identities'] & Pick<VaultIndex, 'indexedBy' | 'markIndex'>;
  readonly digests: Digests;
  readonly application: {
    readonly compareAgain: typeof compareAgain;
    readonly underBoth: typeof underBoth;
  };
  /** UTC instant. */
  readonly now: string;
  /** The most referrals of one run. The next run takes the rest. */
  readonly most: number;
}

export interface Kept {
  /** Referrals that were indexed again, by the current key or after a correction. */
  readonly indexed: number;
  /** Erased referrals that were still indexed. `erase-vault` takes them from here. */
  readonly handedOver: number;
  /** Whether work is left for the next run. */
  readonly more: boolean;
  readonly faults: readonly unknown[];
}

const minute = 60_000;
/**
 * The hours of opening to look at now. The last hours, because a report that broke off left a referral that no index
 * knows. And some of 400 days in turn: a referral that lost its place later is found within ten days.
 */
function spansOf(now: string): readonly Span[] {
  const [recent, older] = [3, 20];
  const turn = Math.floor(Date.parse(now) / (30 * minute)) % Math.ceil((400 * 24) / older);
  return [hoursBack(now, 0, recent), hoursBack(now, recent + turn * older, older)];
}

/**
 * Keeps the index of the vault. It indexes again what a former key indexed, what was corrected, and what
 * no index knows. It reads names, so it may remove nothing: a removal can answer with what it removes. Each referral is
 * settled by itself, so the next run continues after a stop.
 */
export async function keepVault(parts: KeepParts): Promise<Kept> {
  const { identities, ledger, digests, application, now, most } = parts;
  const { underBoth } = application;
  const context: CommitContext = { now, actor: { kind: 'function', id: 'keep-vault' }, cause: { kind: 'sweep' } };
  const faults: unknown[] = [];
  let indexed = 0;
  let handedOver = 0;
  let left = most;

  /** Works on each of these, up to the number left for this run. */
  async function forEach(ids: readonly string[], work: (state: Referral | undefined, id: string) => Promise<void>) {
    for (const id of ids.slice(0, Math.max(0, left))) {
      left -= 1;
      await ledger
        .referral(id)
        .then((read) => work(read?.state, id))
        .catch((fault: unknown) => void faults.push(fault));
    }
  }

  const anew = async (state: Referral | undefined) => {
    if (!state) return;
    if (state.identity.erased) {
      await identities.markIndex(state.id, 'erasing', `KEEP-VAULT-${now}`);
      handedOver += 1;
      return;
    }
    await application.compareAgain({ ...parts, onFault: (fault) => void faults.push(fault) }, state, context);
    indexed += 1;
  };
  await forEach(await identities.indexedBy('out-of-date', most), anew);
  const [current, ...former] = digests.index;
  // While a former key counts, a referral is indexed under both keys, afterwards under the current one alone.
  const behind = former.flatMap(({ name }) => [name, underBoth(name)]);
  if (former.length === 0) behind.push(underBoth(current.name));
  for (const by of behind) await forEach(await identities.indexedBy(by, Math.max(1, left)), anew);
  const opened = new Set((await Promise.all(spansOf(now).map((span) => ledger.openedIn(span)))).flat());
  const unknown: string[] = [];
  // Also where indexing began and did not end. The referral may be indexed, with no note of the key.
  for (const id of opened) if (!(await identities.indexed(id))?.by) unknown.push(id);
  await forEach(unknown, anew);
  return { indexed, handedOver, more: left <= 0, faults };
}
