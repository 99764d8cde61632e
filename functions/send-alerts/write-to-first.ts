/** A mail about no alert of a referral. It goes to the first person of a duty who can get mail. */
import type { Message } from '../../shared/alerts/compose/compose.ts';
import type { Leak, noticeLeaks } from '../../shared/alerts/compose/guard.ts';
import type { AlertDirectory, withDelegates } from '../../shared/alerts/compose/recipients.ts';
import type { Mailer } from '../../shared/alerts/send/mailer.ts';
import type { Language, Role } from '../../shared/domain/core/vocabulary.ts';
import { isAway } from '../../shared/domain/team/roster.ts';
import type { CommitContext } from '../../shared/store/ledger.ts';

export interface NoticeParts {
  readonly directory: AlertDirectory;
  readonly mailer: Mailer;
  readonly withDelegates: typeof withDelegates;
  readonly noticeLeaks: typeof noticeLeaks;
  readonly consoleUrl: string;
  /** The address that mail comes from. */
  readonly sender: string;
  /** Counts a mail that the guard withheld. */
  readonly countWithheld: (alertId: string, leaks: readonly Leak[]) => void;
}

interface Notice {
  readonly role: Role;
  readonly scope: string;
  /** People whose mail about it came back. They are passed over. */
  readonly failed: readonly string[];
  /** People who come last, like those who are away. */
  readonly exceptFor?: string;
  readonly compose: (language: Language) => Message;
  /** The subject of the mail's news: a team, a draft or a day. */
  readonly of: string;
  readonly kind: string;
}

export const noticeFrame = (now: string): CommitContext => ({
  now,
  actor: { kind: 'function', id: 'send-alerts' },
  cause: { kind: 'delivery' },
});

/**
 * Writes to the first person on duty who can get mail, and gives their id. People who are away or get no mail come
 * last. Undefined where no one is left, or the guard withheld the mail. Throws where the mail was refused. `now` is a
 * UTC instant.
 */
export async function writeToFirst(
  parts: NoticeParts,
  { role, scope, failed, exceptFor, compose, of, kind }: Notice,
  now: string,
): Promise<string | undefined> {
  const { directory, mailer, sender, consoleUrl } = parts;
  const duty = (await directory.onCallOrder(role, scope, now)).map(({ personId }) => personId);
  const { ids, away } = await parts.withDelegates(directory, duty, role, now);
  const asked = ids.filter((each) => !failed.includes(each));
  const found = (await Promise.all(asked.map((each) => directory.person(each)))).filter(
    (person) => person !== undefined,
  );
  const isLast = (person: (typeof found)[number]) =>
    person.id === exceptFor || away.has(person.id) || isAway(person, now) || person.mailFailsSince !== undefined;
  for (const { id, email, language = 'en' } of [...found.filter((each) => !isLast(each)), ...found.filter(isLast)]) {
    const { template: _, ...message } = compose(language);
    const leaks = parts.noticeLeaks(message, { sender, to: email, consoleUrl, now });
    if (leaks.length > 0) {
      parts.countWithheld(`${of}.${kind}`, leaks);
      return undefined;
    }
    const tags = { referralId: of, alertId: `${of}.${kind}`, personId: id };
    if ((await mailer.send({ ...message, to: email, tags })) !== undefined) return id;
  }
  return undefined;
}
