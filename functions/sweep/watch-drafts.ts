import type { Span } from '../../shared/domain/core/spans.ts';
import { isLeft } from '../../shared/domain/drafts/drafts.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';

export interface DraftWatchParts {
  readonly ledger: Pick<Ledger, 'draft' | 'changeDraft' | 'draftsIn'>;
}

/**
 * Notes each draft of a report without a change for a quarter of an hour. The note makes the mail to the supervisor.
 */
export async function watchDrafts(
  { ledger }: DraftWatchParts,
  spans: readonly Span[],
  context: CommitContext,
  onFault: (fault: unknown) => void,
): Promise<number> {
  const ids = new Set((await Promise.all(spans.map((span) => ledger.draftsIn(span)))).flat());
  let left = 0;
  for (const id of ids) {
    try {
      const before = await ledger.draft(id);
      if (!before || !isLeft(before, context.now)) continue;
      await ledger.changeDraft(id, context, (draft) =>
        draft && isLeft(draft, context.now) ? [{ type: 'draft-left', v: 1 }] : [],
      );
      left += 1;
    } catch (fault) {
      onFault(fault);
    }
  }
  return left;
}
