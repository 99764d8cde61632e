import type { Inserted } from '../../shared/store/commit-rows.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import type { NotedHeads } from '../../shared/store/noted-heads.ts';

/**
 * Notes the new head of a chain, so that the next round anchors it. A row that no function wrote is no head. `now` is a UTC
 * instant. Rejects where a service does not answer: the batch is tried again.
 */
export async function noteHead(
  { ledger, heads }: { readonly ledger: Pick<Ledger, 'isAsWritten'>; readonly heads: Pick<NotedHeads, 'note'> },
  inserted: Inserted,
  now: string,
): Promise<void> {
  if (await ledger.isAsWritten(inserted)) await heads.note(inserted, now);
}
