/**
 * Compares the lists with the ledger. A person with access to the table may have changed or deleted rows, and no commit
 * tells of that. How long such a change stands at worst:
 *
 * | The referral | Put right |
 * |---|---|
 * | was opened in the last six hours | within an hour |
 * | is older, and its turn is still on the board | within a day |
 * | is older, and its turn is gone | within three days and a half |
 */
import { aboutReferral, type Finding } from '../../shared/domain/audit/findings.ts';
import { boardLayout, boardRows, isAsWritten } from '../../shared/domain/board/board-rows.ts';
import type { Progress } from '../../shared/domain/core/progress.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import type { Board } from '../../shared/store/board.ts';
import type { Ledger, ReferralRead } from '../../shared/store/ledger.ts';

export interface BoardWatchParts {
  readonly ledger: Pick<Ledger, 'lastOf'>;
  readonly board: Pick<Board, 'stored' | 'replace'>;
  readonly policyOf: (version: string) => Policy;
}

/** Whether an open referral has its turn on the board. Without it, only the hour of its opening finds it. */
export const hasTurn = async ({ board }: BoardWatchParts, referralId: string): Promise<boolean> =>
  (await board.stored([{ kind: 'referral', id: referralId }]))[0]?.row?.turn !== undefined;

/**
 * Puts the rows of a referral right that are not as they were written, or are gone. `written`: how far `react` came. It is
 * proved, and was read before the referral. The `seq` of a row decides nothing. While `react` still writes, nothing is
 * compared. Gives what an administrator must know.
 */
export async function watchBoard(
  { ledger, board, policyOf }: BoardWatchParts,
  { state, commits, policy }: ReferralRead,
  written: Progress,
): Promise<readonly Finding[]> {
  if (written.seq !== commits.length || written.layout !== boardLayout) return [];
  const rows = boardRows(state, policyOf(state.policy ?? commits[0]?.policy ?? policy));
  const stored = await board.stored(rows);
  const read = rows.map((row, index) => ({ row, stored: stored[index] }));
  const wrong = read.filter(({ row, stored }) => (stored && !stored.row) || !isAsWritten(row, stored?.row));
  if (wrong.length === 0) return [];
  // A commit that came meanwhile may have changed them.
  if ((await ledger.lastOf(state.id))?.seq !== commits.length) return [];
  await Promise.all(wrong.map(({ row, stored }) => board.replace(row, stored)));
  return [{ what: 'chain-broken', about: aboutReferral(state.id, state) }];
}
