/** The mails of one sending: one person gets one mail for all that goes out together. */
import type { LetterOfLease } from '../../domain/alerts/alerts.ts';
import { isNotice, leaseEndOf, type Outgoing, subjectOf } from '../../domain/alerts/outgoing.ts';
import { earlier } from '../../domain/core/instants.ts';
import type { OnCallPerson } from '../../domain/directory/on-call.ts';
import type { Letter } from './compose.ts';
import { checkedMail, checkedNotice, type Leak } from './guard.ts';
import { type Addressee, numberFor } from './recipients.ts';

/** One alert or notice, and the person who gets mail about it. */
export interface Addressed {
  readonly about: Outgoing;
  readonly recipient: Addressee;
}

/** An alert or notice, and a person who may get mail about it. */
interface Planned {
  readonly about: Outgoing;
  readonly recipient: Pick<Addressee, 'personId' | 'addressedAs'>;
}

/** SES takes fifty tags a mail, and each alert is one. */
const mostInMail = 40;

/**
 * A mail to one person tells of all alerts. A meeting comes alone, because a mail carries one calendar object. Notices
 * about one subject to one role are one mail.
 */
const mailKey = ({ about, recipient: { personId, addressedAs } }: Planned): string => {
  if (isNotice(about)) return `${personId} ${about.notice.of} ${addressedAs}`;
  return about.alert.kind.startsWith('meeting-') ? `${personId} ${about.id}` : personId;
};

/** What each lease of one mail records. */
export interface LeaseTerms {
  /** When the leases expire, a UTC instant: with the one that expires first. */
  readonly until: string;
  /** Undefined for a mail about one alert or notice. */
  readonly letter?: LetterOfLease;
}

/** The terms for mails about all of these at `now`, a UTC instant. */
export const termsOf = (all: readonly Outgoing[], now: string, letter: LetterOfLease): LeaseTerms => ({
  until: all.map((about) => leaseEndOf(about, now)).reduce(earlier),
  ...(letter.ids.length > 1 && { letter }),
});

/**
 * Which alerts and notices are one mail, before any is leased. `all` is in the order of the mails, and may name more
 * people than get mail. What is not leased for a person is left out of their mail. Gives the terms of a lease by alert and
 * person. `now` is a UTC instant.
 */
export function planLetters(
  all: readonly Planned[],
  now: string,
  isDigest = false,
): (alertId: string, personId: string) => LeaseTerms | undefined {
  const terms = new Map<string, LeaseTerms>();
  const keyOf = (alertId: string, personId: string) => `${alertId} ${personId}`;
  const once = new Map(all.map((each) => [keyOf(each.about.id, each.recipient.personId), each]));
  for (const group of Map.groupBy(once.values(), mailKey).values()) {
    for (let from = 0; from < group.length; from += mostInMail) {
      const part = group.slice(from, from + mostInMail);
      const ids = part.map(({ about }) => about.id);
      const abouts = part.map(({ about }) => about);
      const each = termsOf(abouts, now, { ids, ...(isDigest && { digest: true }) });
      for (const { about, recipient } of part) terms.set(keyOf(about.id, recipient.personId), each);
    }
  }
  return (alertId, personId) => terms.get(keyOf(alertId, personId));
}

/** The leased alerts and notices of each mail, in their order. */
export function lettersOf<Each extends Addressed & { readonly letter: LetterOfLease | undefined }>(
  all: readonly Each[],
): readonly (readonly [Each, ...Each[]])[] {
  const ofOne = ({ about, recipient, letter }: Each) => [recipient.personId, ...(letter?.ids ?? [about.id])].join(' ');
  return [...Map.groupBy(all, ofOne).values()].flatMap(([first, ...others]) => (first ? [[first, ...others]] : []));
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
