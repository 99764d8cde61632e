import type { Directory } from '../../shared/store/directory.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

/** Puts what somebody handed on into the directory, as their chain tells. Doing it again, or late, comes to the same. */
export async function listDelegations(
  {
    ledger,
    directory,
  }: { readonly ledger: Pick<Ledger, 'delegations'>; readonly directory: Pick<Directory, 'putDelegation'> },
  personId: string,
): Promise<void> {
  const { given, revision } = await ledger.delegations(personId);
  for (const delegation of given) await directory.putDelegation(delegation, revision);
}
