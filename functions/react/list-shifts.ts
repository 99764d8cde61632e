import { borneOut } from '../../shared/domain/core/progress.ts';
import { shiftsIn } from '../../shared/domain/directory/shifts.ts';
import type { Cursors } from '../../shared/store/cursors.ts';
import type { Directory } from '../../shared/store/directory.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

/** The most rows to write at once: a file may change hundreds of shifts. */
const sideBySide = 20;

/**
 * Puts the shifts that changed since the cursor into the directory, as in their chain. A repeat or a late call gives the same.
 */
export async function listShifts({
  ledger,
  directory,
  cursors,
}: {
  readonly ledger: Pick<Ledger, 'shifts'>;
  readonly directory: Pick<Directory, 'putShift'>;
  readonly cursors: Pick<Cursors, 'progress' | 'advance'>;
}): Promise<void> {
  const completed = await cursors.progress('SHIFTS', 'react');
  const { schedule, commits } = await ledger.shifts();
  const revision = commits.length;
  const from = borneOut(completed, commits);
  const changed = new Set(commits.slice(from.seq).flatMap(({ events }) => shiftsIn(events)));
  const rows = schedule.shifts.filter(({ id }) => changed.has(id));
  for (let first = 0; first < rows.length; first += sideBySide) {
    await Promise.all(rows.slice(first, first + sideBySide).map((row) => directory.putShift(row, revision)));
  }
  const head = commits.at(-1)?.stored.hash ?? '';
  await cursors.advance('SHIFTS', 'react', { seq: revision, head }, from);
}
