/** A mail that is about no alert of a referral: to the first of a duty whom it can be sent to. */
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
  /** Counts a mail that was not sent because of what the guard found in it. */
  readonly countWithheld: (alertId: string, leaks: readonly Leak[]) => void;
}

interface Notice {
  readonly role: Role;
  readonly scope: string;
  /** Whose mail about it came back: they are passed over. */
  readonly failed: readonly string[];
  /** Who is asked last, as those are who are away. */
  readonly exceptFor?: string;
  readonly compose: (language: Language) => Message;
  /** What the news of the mail is heard under: of a team, a draft, a day. */
  readonly of: string;
  readonly kind: string;
}

export const noticeFrame = (now: string): CommitContext => ({
  now,
  actor: { kind: 'function', id: 'send-alerts' },
  cause: { kind: 'delivery' },
});

/**
 * Writes to the first on duty whom mail can be sent to, whoever is away or gets no mail last, and gives their id; undefined where
 * there is nobody left, or the guard withheld it. Throws where a mail was not taken. `now` is a UTC instant.
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
