/** The people of the directory without those whose access an administrator ended. */
import { hasEnded, lastEndOf } from '../../domain/directory/access-ends.ts';
import { endsIn } from '../../store/directory-by-chains.ts';
import type { DirectoryPerson } from '../../store/directory-reads.ts';
import type { Ledger } from '../../store/ledger.ts';

/** Those of these people whose access has not ended, or who were let in again. For a function that reads the rows alone. */
export async function stillHere(
  ledger: Pick<Ledger, 'shifts'>,
  people: readonly DirectoryPerson[],
): Promise<readonly DirectoryPerson[]> {
  const ends = await endsIn(ledger);
  return people.filter((person) => !hasEnded(lastEndOf(ends, person)));
}
