/** The mails of one sending: one person gets one mail for all that goes out together. */
import { isNotice, type Outgoing, subjectOf } from '../../domain/alerts/outgoing.ts';
import type { OnCallPerson } from '../../domain/directory/on-call.ts';
import type { Letter } from './compose.ts';
import { checkedMail, checkedNotice, type Leak } from './guard.ts';
import { type Addressee, numberFor } from './recipients.ts';

/** One alert or notice, and the person who gets mail about it. */
export interface Addressed {
  readonly about: Outgoing;
  readonly recipient: Addressee;
}

/** SES takes fifty tags a mail, and each alert is one. */
const mostInMail = 40;

/**
 * A mail to one person tells of all alerts. A meeting comes alone, because a mail carries one calendar object. Notices
 * about one subject to one role are one mail.
 */
const mailKey = ({ about, recipient: { personId, addressedAs } }: Addressed): string => {
  if (isNotice(about)) return `${personId} ${about.notice.of} ${addressedAs}`;
  return about.alert.kind.startsWith('meeting-') ? `${personId} ${about.id}` : personId;
};

/** The alerts and notices of each mail, in their order. */
export function lettersOf<Each extends Addressed>(all: readonly Each[]): readonly (readonly [Each, ...Each[]])[] {
  const letters: (readonly [Each, ...Each[]])[] = [];
  for (const group of Map.groupBy(all, mailKey).values()) {
    for (let from = 0; from < group.length; from += mostInMail) {
      const [first, ...others] = group.slice(from, from + mostInMail);
      if (first) letters.push([first, ...others]);
    }
  }
  return letters;
}

/** What all mails of one sending have in common. `now` is a UTC instant. */
export interface Sending {
  readonly oncall: readonly OnCallPerson[];
  readonly consoleUrl: string;
  /** The address that mail comes from. */
  readonly sender: string;
  readonly now: string;
  readonly isDigest: boolean;
}

/** The words of one mail, checked by the guard. A mail with a leak must not be sent. */
export function writtenLetter(
  letter: readonly [Addressed, ...Addressed[]],
  { oncall, consoleUrl, sender, now, isDigest }: Sending,
): Letter & { readonly leaks: readonly Leak[] } {
  const [{ about, recipient }, ...others] = letter;
  const { email: to, language } = recipient;
  if (isNotice(about)) {
    const more = others.flatMap((other) => (isNotice(other.about) ? [other.about.notice] : []));
    const repeat = letter.some((each) => each.recipient.repeat) || undefined;
    return checkedNotice([about.notice, ...more], { language, consoleUrl, sender, to, now, repeat });
  }
  const telling = { oncall: numberFor(recipient.personId, oncall), now, consoleUrl, sender, to };
  const rest = others.flatMap((other) =>
    isNotice(other.about) ? [] : [{ ...other.about, ...telling, recipient: other.recipient }],
  );
  return checkedMail([{ ...about, ...telling, recipient }, ...rest], isDigest);
}

/** The ids that SES returns with its news of the mail. */
export const tagsOf = ([{ about, recipient }, ...others]: readonly [Addressed, ...Addressed[]]) => ({
  referralId: subjectOf(about),
  alertId: about.id,
  personId: recipient.personId,
  ...(others.length > 0 && { with: others.map((other) => other.about.id) }),
});
