import type { takeOutOfIndex } from '../../shared/application/matching/reindex.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import type { Identities } from '../../shared/store/identities.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import type { VaultIndex } from '../../shared/store/vault-index.ts';

export interface EraseParts {
  readonly ledger: Pick<Ledger, 'referral'>;
  readonly identities: Pick<Identities, 'eraseKeys'> &
    Pick<VaultIndex, 'indexedBy' | 'partsOf' | 'erase' | 'forgetIndex' | 'unmarkErasing'> &
    Parameters<typeof takeOutOfIndex>[0]['identities'];
  readonly takeOutOfIndex: typeof takeOutOfIndex;
  /** UTC instant. */
  readonly now: string;
  /** The most referrals of one run. The next run takes the rest. */
  readonly most: number;
}

export interface Erased {
  /** Parts that were erased. */
  readonly removed: number;
  /** Whether work is left for the next run. */
  readonly more: boolean;
  readonly faults: readonly unknown[];
}

const minute = 60_000;
/** A commit that does not come within this time will not come. */
const patience = 60 * minute;
/** A part that was put just before the erasure is in no index yet. The run looks for it again after this time. */
const settling = 10 * minute;

/**
 * Removes what was erased: the referral's data key first, then its index and its parts. It may read no part, and holds no
 * key. Each referral is settled by itself, so the next run continues after a stop.
 */
export async function eraseVault(parts: EraseParts): Promise<Erased> {
  const { identities, ledger, takeOutOfIndex, now, most } = parts;
  const isPast = (since: string, time: number) => Date.parse(now) - Date.parse(since) > time;
  const faults: unknown[] = [];
  let removed = 0;

  /** Runs until it finds nothing, because a part put just before may be in no index yet. */
  async function erase(state: Referral, at: string): Promise<void> {
    // Each time: such a part may have brought a new data key.
    await identities.eraseKeys(state.id);
    await takeOutOfIndex(parts, state);
    const found = await identities.partsOf(state.id);
    for (const key of found) await identities.erase(key);
    removed += found.length;
    if (found.length === 0 && isPast(at, settling)) await identities.forgetIndex(state.id);
  }

  async function settle(id: string): Promise<void> {
    const state = (await ledger.referral(id))?.state;
    if (state?.identity.erased) return erase(state, state.identity.erased.at);
    // The application marks before it commits. Without a commit there is nothing to erase.
    const { mark = '' } = (await identities.indexed(id)) ?? {};
    const since = state?.proposals.erasure?.at ?? state?.report.receivedAt ?? now;
    if (isPast(since, patience)) await identities.unmarkErasing(id, mark);
  }

  const ids = await identities.indexedBy('erasing', most);
  for (const id of ids) await settle(id).catch((fault: unknown) => void faults.push(fault));
  return { removed, more: ids.length >= most, faults };
}
