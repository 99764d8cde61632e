import type { DirectoryWrites } from '../../shared/store/directory-writes.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

/** Puts the delegations of a person into the directory, as in their chain. A repeat or a late call gives the same. */
export async function listDelegations(
  {
    ledger,
    directory,
  }: { readonly ledger: Pick<Ledger, 'delegations'>; readonly directory: Pick<DirectoryWrites, 'putDelegation'> },
  personId: string,
): Promise<void> {
  const { given, revision } = await ledger.delegations(personId);
  for (const delegation of given) await directory.putDelegation(delegation, revision);
}
