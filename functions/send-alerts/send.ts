/**
 * Step 4: the sending, one letter after the other. The bound of duplicates: a process may end after SES accepted a
 * letter and before step 5 recorded it. Its leases are then open, and the outcome unknown. SES's news of the mail settles
 * them. Where no news comes, the letter goes out once more after the leases, as one mail (repeat-letter.ts). So each such
 * end of a process makes at most one duplicate. So does each record that fails, and each answer of SES that is lost.
 * The duplicate says that it is a repeat, and has the same `X-Careline-Mail` header. What was settled meanwhile is left
 * out of both.
 */

import { lettersOf, type Sending, tagsOf, writtenLetter } from '../../shared/alerts/compose/letters.ts';
import { mayStillLeave } from '../../shared/alerts/compose/may-leave.ts';
import { measuredFrom } from '../../shared/alerts/compose/service-level.ts';
import { findOncall } from '../../shared/application/read/contacts.ts';
import { readNotices } from '../../shared/application/read/read-outgoing.ts';
import { countMail } from '../../shared/domain/alerts/counted-mail.ts';
import { noticeIdParts } from '../../shared/domain/alerts/notices.ts';
import { alertIn, isNotice, type Outgoing, pressesAt, subjectOf } from '../../shared/domain/alerts/outgoing.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import type { Leased } from './lease.ts';
import { type Became, recordResults } from './record.ts';
import { readReferral } from './request.ts';
import { attemptInto, type SendParts } from './send-parts.ts';

type Letter = readonly [Leased, ...Leased[]];

/** The mail service refused the mail. It was not sent, so the next attempt may send it. */
export const wasTurnedDown = (fault: unknown): boolean =>
  fault instanceof Error && '$fault' in fault && fault.$fault === 'client';

/** The mail service takes only so many. */
const isThrottled = (fault: unknown): boolean => fault instanceof Error && /^Throttling/.test(fault.name);

const ofEach = (letter: Letter, make: (leased: Leased, index: number) => Became['event']): readonly Became[] =>
  letter.map((leased, index) => ({ alertId: leased.about.id, token: leased.token, event: make(leased, index) }));

const released = ({ recipient: { personId } }: Leased): Became['event'] => ({ type: 'alert-released', v: 1, personId });

/** What these mails are about, as it is now. A person may have acted since it was read. */
function freshReads(parts: SendParts) {
  const reads = new Map<string, Promise<(id: string) => Outgoing | undefined>>();
  const read = async (about: Outgoing): Promise<(id: string) => Outgoing | undefined> => {
    if (!isNotice(about)) {
      const found = await readReferral(parts, about.state.id);
      return (id) => found && alertIn(found.state, found.policy, id);
    }
    const named = noticeIdParts(about.id);
    const notices = named ? await readNotices(parts.ledger, named.about, named.of) : [];
    return (id) => {
      const notice = notices.find((each) => each.id === id);
      return notice && { id, notice };
    };
  };
  return async (about: Outgoing): Promise<Outgoing | undefined> => {
    const subject = subjectOf(about);
    const found = reads.get(subject) ?? read(about);
    reads.set(subject, found);
    return (await found)(about.id);
  };
}

/**
 * Sends the leased mails. The result of each letter is recorded before the next is sent, in the chain of each alert in
 * it. Gives those with a mail that failed at once, so that the next person is due, and the faults. One mail that cannot
 * be sent does not delay the others. Where the mail service takes only so many, alerts of class now go first. The rest
 * is released and is no fault, because a stream that tries again would delay urgent mail. The sweep has the rest sent.
 */
export async function sendLeased(
  parts: SendParts,
  leases: readonly Leased[],
  now: string,
): Promise<{ readonly failed: ReadonlySet<string>; readonly faults: readonly unknown[] }> {
  const faults: unknown[] = [];
  const became: Became[] = [];
  const unrecorded = new Set<string>();
  const record = async (events: readonly Became[]) => {
    const failed = await recordResults(parts, events, now);
    became.push(...events);
    faults.push(...failed.values());
    for (const alertId of failed.keys()) unrecorded.add(alertId);
  };
  const fresh: Leased[] = [];
  const attempt = attemptInto(faults);
  // A mail without the number is better than none. A notice has none.
  const hasNumber = leases.some(({ about }) => !isNotice(about));
  const note = (fault: unknown) => void faults.push(fault);
  const oncall = (hasNumber && (await attempt(findOncall(parts.directory, now, note)))) || [];
  const readNow = freshReads(parts);
  for (const leased of leases) {
    const about = await attempt(readNow(leased.about));
    if (mayStillLeave(about, leased.recipient)) {
      fresh.push({ ...leased, about });
      continue;
    }
    await record(ofEach([leased], released));
  }
  const { pressing = [], other = [] } = Object.groupBy(lettersOf(fresh), (letter) =>
    letter.some(({ about }) => pressesAt(about)) ? 'pressing' : 'other',
  );
  const { consoleUrl, sender } = parts;
  const sending = { oncall, now, consoleUrl, sender };
  const refused = new Set<string>();
  let isFull = false;
  for (const letter of [...pressing, ...other]) {
    const mayWait = !pressing.includes(letter);
    const tried =
      isFull && mayWait
        ? undefined
        : await sendLetter(parts, letter, { ...sending, isDigest: letter[0].letter?.digest ?? false });
    // Before the next letter leaves, so that an end of this process leaves one letter in doubt at most.
    await record(tried?.events ?? ofEach(letter, released));
    if (tried && tried.fault === undefined) continue;
    isFull ||= isThrottled(tried?.fault);
    if (tried && !(mayWait && isThrottled(tried.fault))) faults.push(tried.fault);
    for (const { about } of letter) refused.add(about.id);
  }
  // Where another mail of the alert was refused, the next attempt goes on.
  const failed = became.filter(
    ({ event, alertId }) => event.type === 'alert-failed' && !refused.has(alertId) && !unrecorded.has(alertId),
  );
  return { failed: new Set(failed.map(({ alertId }) => alertId)), faults };
}

async function sendLetter(
  parts: SendParts,
  letter: Letter,
  sending: Sending,
): Promise<{ readonly events: readonly Became[]; readonly fault?: unknown }> {
  const all = (make: (leased: Leased, index: number) => Became['event']) => ofEach(letter, make);
  const [{ recipient, about }, ...others] = letter;
  const { personId, email } = recipient;
  const urgent = letter.flatMap((each) => measuredFrom(each.about, each.recipient) ?? []);
  try {
    const { message, made, leaks } = writtenLetter(letter, sending);
    if (leaks.length > 0) {
      if (others.length > 0) return await eachAlone(parts, letter, sending);
      parts.countWithheld(about.id, leaks);
      parts.countUrgent?.(urgent, false);
      return { events: all(() => ({ type: 'alert-failed', v: 1, personId, because: 'withheld' })) };
    }
    const { template: _, ...content } = message;
    const messageId = await parts.mailer.send({ to: email, ...content, tags: tagsOf(letter) });
    // The directory's entry is no address. That counts like a bounce.
    parts.countUrgent?.(urgent, messageId !== undefined);
    if (messageId === undefined) {
      return { events: all(() => ({ type: 'alert-failed', v: 1, personId, because: 'reject' })) };
    }
    const events = all(({ recipient: { addressedAs, order } }, index) => {
      const template = made[index];
      return { type: 'alert-sent', v: 1, personId, addressedAs, order, messageId, ...(template && { template }) };
    });
    const mail = countMail(
      personId,
      letter.map((each) => each.about),
    );
    return { events: events.map((each) => ({ ...each, mail })) };
  } catch (fault) {
    return { events: wasTurnedDown(fault) ? all(released) : [], fault };
  }
}

/** What must not leave in one alert delays none of the others. */
async function eachAlone(parts: SendParts, letter: Letter, sending: Sending) {
  const events: Became[] = [];
  let failed: unknown;
  for (const leased of letter) {
    const one = await sendLetter(parts, [leased], sending);
    events.push(...one.events);
    failed ??= one.fault;
  }
  return { events, ...whereKnown({ fault: failed }) };
}
