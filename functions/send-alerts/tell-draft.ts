import type { composeDraftLeft } from '../../shared/alerts/compose.ts';
import type { Mailer } from '../../shared/alerts/mailer.ts';
import type { AlertDirectory, withDelegates } from '../../shared/alerts/recipients.ts';
import { isAway } from '../../shared/domain/roster.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

export interface DraftParts {
  readonly ledger: Pick<Ledger, 'draft' | 'changeDraft'>;
  readonly directory: AlertDirectory;
  readonly mailer: Mailer;
  readonly consoleUrl: string;
  readonly composeDraftLeft: typeof composeDraftLeft;
  readonly withDelegates: typeof withDelegates;
}

/**
 * Tells the Careline supervisor on duty of a draft that was left, once for each time it was. Whoever is away, and whoever wrote it, is
 * passed over while there is somebody else. Throws where a mail was not taken; the next attempt writes. `now` is a UTC instant.
 */
export async function tellDraft(
  { ledger, directory, mailer, consoleUrl, composeDraftLeft: compose, withDelegates: standIns }: DraftParts,
  id: string,
  now: string,
): Promise<void> {
  const draft = await ledger.draft(id);
  if (draft?.status !== 'open' || draft.left === undefined || draft.told.length > 0) return;
  const duty = (await directory.onDuty('careline-supervisor', 'state')).map(({ personId }) => personId);
  const { ids, away } = await standIns(directory, duty, 'careline-supervisor', now);
  const found = (await Promise.all(ids.map((each) => directory.person(each)))).filter((person) => person !== undefined);
  const isLast = (person: (typeof found)[number]) =>
    person.id === draft.ownerId || away.has(person.id) || isAway(person, now) || person.mailFailsSince !== undefined;
  for (const person of [...found.filter((each) => !isLast(each)), ...found.filter(isLast)]) {
    const message = compose({ draft, language: person.language ?? 'en', consoleUrl });
    const tags = { referralId: id, alertId: `${id}.LEFT`, personId: person.id };
    if ((await mailer.send({ ...message, to: person.email, tags })) === undefined) continue;
    const frame = { now, actor: { kind: 'function', id: 'send-alerts' }, cause: { kind: 'delivery' } } as const;
    await ledger.changeDraft(id, frame, () => [{ type: 'draft-told', v: 1, personId: person.id }]);
    return;
  }
  throw new Error('Nobody could be told of a draft that was left.');
}
