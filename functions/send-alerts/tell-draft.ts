import type { composeDraftLeft } from '../../shared/alerts/compose/compose.ts';
import { noticeKinds } from '../../shared/domain/alerts/notices.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import { type NoticeParts, noticeFrame, writeToFirst } from './write-to-first.ts';

export interface DraftParts extends NoticeParts {
  readonly ledger: Pick<Ledger, 'draft' | 'changeDraft'>;
  readonly composeDraftLeft: typeof composeDraftLeft;
}

/**
 * Tells the Careline supervisor on duty about an abandoned draft, once for each time. A person who is away, or who
 * wrote the draft, comes last. A person whose mail came back gets none. Throws where a mail was refused. The next
 * attempt writes. `now` is a UTC instant.
 */
export async function tellDraft(parts: DraftParts, id: string, now: string): Promise<void> {
  const { ledger, consoleUrl } = parts;
  const draft = await ledger.draft(id);
  if (draft?.status !== 'open' || draft.left === undefined || draft.told.length > 0) return;
  const compose = (language: 'en' | 'es') => parts.composeDraftLeft({ draft, language, consoleUrl });
  const { ownerId, failed } = draft;
  const notice = { role: 'careline-supervisor', scope: 'state', failed, exceptFor: ownerId, compose } as const;
  const personId = await writeToFirst(parts, { ...notice, of: id, kind: noticeKinds.draft }, now);
  if (personId === undefined) throw new Error('No one could be told of a draft that was left.');
  await ledger.changeDraft(id, noticeFrame(now), () => [{ type: 'draft-told', v: 1, personId }]);
}
