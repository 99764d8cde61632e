import type { Desk } from './desk.ts';

/** A draft that the sweep found untouched, and its news. Gives the id of the notice to a supervisor. */
export async function leaveDraft({ ledger, now }: Pick<Desk, 'ledger' | 'now'>, id: string, ownerId: string) {
  const frame = { now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
  const day = now.slice(0, 10);
  await ledger.changeDraft(id, frame, () => [
    { type: 'draft-begun', v: 1, ownerId },
    { type: 'draft-left', v: 1 },
  ]);
  const told = await ledger.changeDraftNews(day, frame, () => [
    { type: 'drafts-told', v: 1, stage: 'left', drafts: [{ id, touchedAt: now }] },
  ]);
  return `${day}.DRAFTS.${told.length}.CARELINE-SUPERVISOR`;
}
