import type { Identities } from '../../shared/store/identities.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

export interface VaultWatchParts {
  readonly ledger: Pick<Ledger, 'referral'>;
  readonly identities: Pick<Identities, 'pendingSince' | 'confirm' | 'removePending'>;
  /** UTC instant. */
  readonly now: string;
}

const hour = 3_600_000;

/**
 * Parts of the vault that stayed pending for an hour: confirmed where their commit is there, else removed. Gives how many. One
 * that fails does not delay the others.
 */
export async function watchVault(
  { identities, ledger, now }: VaultWatchParts,
  onFault: (fault: unknown) => void,
): Promise<number> {
  const pending = await identities.pendingSince(new Date(Date.parse(now) - hour).toISOString());
  let settled = 0;
  for (const part of pending) {
    const { key, referralId, commandId } = part;
    try {
      const referral = await ledger.referral(referralId);
      const committed = referral?.commits.some(({ cause }) => cause.kind === 'command' && cause.id === commandId);
      await (committed ? identities.confirm(key) : identities.removePending(part));
      settled += 1;
    } catch (fault) {
      onFault(fault);
    }
  }
  return settled;
}
