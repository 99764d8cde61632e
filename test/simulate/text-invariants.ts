/**
 * Invariant 8: a text message follows a mail that stays unanswered for five minutes. The mail is about a call, or about
 * news of class now. One for each alert and person, never without need, and never any other words.
 */

import { textOf } from '../../shared/alerts/send/texter.ts';
import { groupOf } from '../../shared/domain/alerts/addressed-as.ts';
import type { Alert } from '../../shared/domain/alerts/alert-state.ts';
import { isObsolete, isSettledFor } from '../../shared/domain/alerts/alert-watch.ts';
import { groupsLeft } from '../../shared/domain/alerts/recipient-groups.ts';
import { languages } from '../../shared/domain/core/vocabulary.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import type { ReferralRead } from '../../shared/store/ledger.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { allowedBy } from './alert-invariants.ts';
import type { Checked } from './checked.ts';
import { directory } from './directory.ts';
import { stateAt } from './states.ts';

const minute = 60_000;
const patience = 5 * minute;
/** An invocation says when it began, and may have acted up to so much later. */
const slack = 2 * minute;
/** The words of a text message with a number alone, or with none. */
function isOnlyWords(body: string): boolean {
  const [deskPhone] = /\b\d{3}-\d{3}-\d{4}$/.exec(body) ?? [];
  return languages.some((language) => body === textOf({ deskPhone, language }));
}

const isCalling = ({ checkpoint, kind }: Alert) =>
  checkpoint === 'ring' || (connecticutPolicy.news[kind]?.class === 'now' && kind !== 'alarm-over');

const isAnswered = (alertId: string, state: Referral): boolean => {
  const alert = state.alerts[alertId];
  return alert !== undefined && (isObsolete(alert, state) || groupsLeft(alert, state).length === 0);
};

/** How often a text message was handed over to each person, as the chains of alerts tell. */
type HandedOver = Map<string, number>;

export async function checkTexts(
  referral: ReferralRead,
  { world, reader }: Checked,
  handedOver: HandedOver,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const alert of Object.values(referral.state.alerts)) {
    const { life, commits } = await reader.alert(alert.id);
    const leases = commits.flatMap(({ at, events }) =>
      events.flatMap((each) => (each.type === 'alert-text-leased' ? [{ personId: each.personId, at }] : [])),
    );
    const released = commits
      .flatMap(({ events }) => events)
      .flatMap((each) => (each.type === 'alert-text-released' ? [each.personId] : []));
    for (const [personId, own] of Map.groupBy(leases, (lease) => lease.personId)) {
      const times = own.length - released.filter((each) => each === personId).length;
      handedOver.set(personId, (handedOver.get(personId) ?? 0) + times);
      if (times > 1) found.push(`A text message about ${alert.id} was handed over ${times} times to ${personId}.`);
    }
    for (const { personId, at } of leases) {
      const mailed = world.mail.sent.find((mail) => mail.alertIds.includes(alert.id) && mail.personId === personId);
      // SES may have taken no mail to this person: then the text follows the first try.
      const tried = commits.find(({ events }) =>
        events.some((each) => each.type === 'alert-leased' && each.personId === personId),
      );
      const waited = Date.parse(at) - Date.parse(mailed?.at ?? tried?.at ?? at);
      if (!isCalling(alert))
        found.push(`${alert.id} (${alert.kind}) calls no one, and ${personId} got a text message.`);
      if (waited < patience - slack)
        found.push(`${personId} got a text message about ${alert.id} only ${waited / minute} minutes after the mail.`);
      // What became of the claim says whether it was sent: an answer at the last moment is seen after it.
      const isSent = ['sent', 'leased'].includes(life.texts[personId]?.status ?? '');
      const then = stateAt(referral, Date.parse(at) - slack);
      if (isSent && then && isAnswered(alert.id, then))
        found.push(`${personId} got a text message about ${alert.id} at ${at}, after it was answered.`);
    }
    if (alert.checkpoint !== 'ring') continue;
    for (const { personId, at, texts, addressedAs, also = [] } of life.deliveries) {
      const isSeenTo = !['due', undefined].includes(life.texts[personId]?.status);
      if (texts !== true || isSeenTo) continue;
      const owed = Date.parse(at) + patience;
      const by = owed + 2 * patience + allowedBy(world, owed, world.time.now());
      const then = stateAt(referral, by);
      // A call tells each group of its own duties. Where these are over, the group's mail asks for nothing more.
      const isOver = then && [addressedAs, ...also].every((as) => isSettledFor(groupOf(as), alert, then));
      if (by < world.time.now() && then && !isOver && !isAnswered(alert.id, then))
        found.push(`${personId} was mailed about ${alert.id} at ${at}, no one answered, and no text message followed.`);
    }
  }
  return found;
}

/** The messages that left: one sentence, to people who gave a number, no more often than the alerts' chains tell. */
export async function checkSentTexts({ world }: Checked, handedOver: HandedOver): Promise<readonly string[]> {
  const found = world.texts.sent.filter(({ body }) => !isOnlyWords(body)).map(({ body }) => `A text says: ${body}`);
  const left = Map.groupBy(world.texts.sent, ({ to }) => to);
  for (const [personId, times] of handedOver) {
    const number = (await directory.person(personId))?.textPhone ?? '';
    const sent = left.get(number)?.length ?? 0;
    left.delete(number);
    if (sent > times) found.push(`${personId} got ${sent} text messages, and the chains tell of ${times}.`);
  }
  for (const number of left.keys()) found.push(`A text message went to ${number}, and no chain tells of it.`);
  return found;
}
