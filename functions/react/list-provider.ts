import type { DirectoryWrites } from '../../shared/store/directory-writes.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

/** Puts a provider into the directory, as in its chain. A repeat or a late call gives the same. */
export async function listProvider(
  {
    ledger,
    directory,
  }: { readonly ledger: Pick<Ledger, 'provider'>; readonly directory: Pick<DirectoryWrites, 'putProvider'> },
  id: string,
): Promise<void> {
  const { state } = await ledger.provider(id);
  if (state) await directory.putProvider(id, state);
}
