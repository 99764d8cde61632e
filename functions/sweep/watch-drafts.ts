import { isRefusal } from '../../shared/domain/core/refusal.ts';
import { foundIn, type Span } from '../../shared/domain/core/spans.ts';
import { draftNewsEvents, newDraftNews, newsOf } from '../../shared/domain/drafts/draft-news.ts';
import { eventsDue, type ReportDraft } from '../../shared/domain/drafts/drafts.ts';
import type { DraftRule } from '../../shared/policy/draft-rules.ts';
import type { Identities } from '../../shared/store/identities.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';

export interface DraftWatchParts {
  readonly ledger: Pick<Ledger, 'draft' | 'changeDraft' | 'draftsIn' | 'draftNews' | 'changeDraftNews'>;
  readonly identities: Pick<Identities, 'removeDraft'>;
}

/**
 * Looks at the drafts that were touched in these spans. It records which are untouched for a quarter of an hour, and ends
 * those that the rule ends. The ledger decides that again at its commit, so a draft with a new word never ends. Then it
 * makes the news of the day, which is one mail to each reader. `hasTime`: for one more draft.
 */
export async function watchDrafts(
  parts: DraftWatchParts,
  spans: readonly Span[],
  rule: DraftRule,
  context: CommitContext,
  onFault: (fault: unknown) => void,
  hasTime = () => true,
): Promise<void> {
  const { ledger } = parts;
  const ids = new Set(await foundIn(spans, ledger.draftsIn));
  const drafts: ReportDraft[] = [];
  for (const id of ids) {
    if (!hasTime()) break;
    try {
      const draft = await settled(parts, id, rule, context);
      if (draft) drafts.push(draft);
    } catch (fault) {
      onFault(fault);
    }
  }
  const news = drafts.flatMap((draft) => newsOf(draft, context.now, rule));
  for (const [day, found] of Map.groupBy(news, (each) => each.day)) {
    try {
      const open = newDraftNews(await ledger.draftNews(day), found);
      if (open.length === 0) continue;
      // The words go before the news. Where this ends in between, the next look does both.
      for (const { stage, id } of open) if (stage === 'expired') await parts.identities.removeDraft(id);
      await ledger.changeDraftNews(day, context, (told) => draftNewsEvents(newDraftNews(told, found)));
    } catch (fault) {
      onFault(fault);
    }
  }
}

/** The draft after what is due was recorded. */
async function settled(
  { ledger }: DraftWatchParts,
  id: string,
  rule: DraftRule,
  context: CommitContext,
): Promise<ReportDraft | undefined> {
  const before = await ledger.draft(id);
  if (eventsDue(before, context.now, rule).length === 0) return before;
  const after = await ledger.changeDraft(id, context, (draft) => eventsDue(draft, context.now, rule));
  return after && !isRefusal(after) ? after : undefined;
}
