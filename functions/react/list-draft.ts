import type { Board } from '../../shared/store/board.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

/** Lists a draft while it is open, as in its chain. A repeat or a late call gives the same. */
export async function listDraft(
  { ledger, board }: { readonly ledger: Pick<Ledger, 'draft'>; readonly board: Pick<Board, 'putDraft'> },
  id: string,
): Promise<void> {
  const draft = await ledger.draft(id);
  if (draft) await board.putDraft(draft);
}
