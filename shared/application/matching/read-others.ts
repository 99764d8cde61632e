import { isPassing } from '../../contracts/faults.ts';
import type { Referral } from '../../domain/referral.ts';
import type { Ledger } from '../../store/ledger.ts';

/** Gets the error, and the reference of the referral that cannot be read. */
export type OnUnreadable = (error: unknown, referralId: string) => void;

/**
 * The states of other referrals, in the order of `ids`. Undefined where there is none, or where its chain is damaged:
 * `onUnreadable` is told, and the sweep reports a broken chain to administrators. Throws only a fault after which a later
 * try helps, so that a repeat reads all of them.
 */
export const readOthers = (
  ledger: Pick<Ledger, 'referral'>,
  ids: readonly string[],
  onUnreadable: OnUnreadable,
): Promise<readonly (Referral | undefined)[]> =>
  Promise.all(
    ids.map(async (id) => {
      try {
        return (await ledger.referral(id))?.state;
      } catch (error) {
        if (isPassing(error)) throw error;
        onUnreadable(error, id);
        return undefined;
      }
    }),
  );
