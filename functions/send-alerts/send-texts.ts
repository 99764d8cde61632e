/** Lease, read again, send, record: the one text message to a person whose mail about an alert stays unanswered. */
import type { Text, Texter } from '../../shared/alerts/send/texter.ts';
import { findOncall } from '../../shared/application/read/contacts.ts';
import type { AlertText, TextEvent, TextFailure } from '../../shared/domain/alerts/alert-text-events.ts';
import { isJustTexted, textable, textedBeside } from '../../shared/domain/alerts/alert-texts.ts';
import type { AlertLife } from '../../shared/domain/alerts/alerts.ts';
import { referralOf } from '../../shared/domain/core/ids.ts';
import { isPlainNumber } from '../../shared/domain/directory/directory-entry.ts';
import type { OnCallPerson } from '../../shared/domain/directory/on-call.ts';
import { wasTurnedDown } from './send.ts';
import { frameAt, type SendParts } from './send-parts.ts';

/** What sends a text message, where the deployment has a number for it. */
export interface TextParts extends SendParts {
  readonly texter: Texter;
}

const hasTexter = (parts: SendParts): parts is TextParts => parts.texter !== undefined;

const isDue = ({ status }: AlertText): boolean => status === 'due';

/**
 * Sends the text messages of an alert that are due in `life`, each once. Several senders may find the same one, and one
 * of them leases it. A leased message is never sent again. If the text message service refuses it, the lease is
 * released, and the sweep makes it due again. Faults are added to `faults`, and none of them delays the mail. `now` is
 * a UTC instant.
 */
export async function sendTexts(
  parts: SendParts,
  alertId: string,
  life: AlertLife,
  now: string,
  faults: unknown[],
): Promise<void> {
  if (!hasTexter(parts)) return;
  const people = Object.entries(life.texts).flatMap(([personId, text]) => (isDue(text) ? [personId] : []));
  if (people.length === 0) return;
  try {
    const oncall = (await findOncall(parts.directory, now)).filter(({ phone }) => isPlainNumber(phone));
    for (const personId of people) {
      await sendText(parts, alertId, personId, oncall, now).catch((fault: unknown) => void faults.push(fault));
    }
  } catch (fault) {
    faults.push(fault);
  }
}

async function sendText(
  parts: TextParts,
  alertId: string,
  personId: string,
  oncall: readonly OnCallPerson[],
  now: string,
): Promise<void> {
  const { ledger, texter } = parts;
  const record = (event: TextEvent) => ledger.changeAlert(alertId, frameAt(now), () => [event], 'as-read');
  let isMine = false;
  await ledger.changeAlert(
    alertId,
    frameAt(now),
    ({ texts }) => {
      const text = texts[personId];
      isMine = text !== undefined && isDue(text);
      return isMine ? [{ type: 'alert-text-leased', v: 1, personId }] : [];
    },
    'as-read',
  );
  if (!isMine) return;
  const release = () => record({ type: 'alert-text-released', v: 1, personId });
  const ready = await textFor(parts, alertId, personId, oncall, now).catch(async (fault: unknown) => {
    await release();
    throw fault;
  });
  if ('because' in ready) return void (await record({ type: 'alert-text-failed', v: 1, personId, ...ready }));
  // Where no one knows whether it was sent, the lease stays. A person never gets a second one.
  const messageId = await texter.send(ready).catch(async (fault: unknown) => {
    if (wasTurnedDown(fault)) await release();
    throw fault;
  });
  // A fault of this record says nothing about the message, so the lease stays.
  await record(
    messageId === undefined
      ? { type: 'alert-text-failed', v: 1, personId, because: 'refused' }
      : { type: 'alert-text-sent', v: 1, personId, messageId },
  );
}

/** The text message to this person, or why none is sent. `now` is a UTC instant. */
async function textFor(
  parts: TextParts,
  alertId: string,
  personId: string,
  oncall: readonly OnCallPerson[],
  now: string,
): Promise<Text | { readonly because: TextFailure }> {
  const found = await numberToText(parts, alertId, personId, now);
  if ('because' in found) return found;
  // One desk for all. So no one who is told to call it is called by it in turn.
  const [desk] = oncall;
  const own = oncall.find((each) => each.personId === personId)?.phone;
  return desk === undefined || desk.personId === personId || desk.phone === own
    ? found
    : { ...found, deskPhone: desk.phone };
}

/**
 * The number for text messages of this person, or why they get none now. Reads all of it again. `now` is a UTC instant.
 */
async function numberToText(
  { ledger, directory, policyOf }: TextParts,
  alertId: string,
  personId: string,
  now: string,
): Promise<Omit<Text, 'deskPhone'> | { readonly because: TextFailure }> {
  const read = await ledger.referral(referralOf(alertId));
  const alert = read?.state.alerts[alertId];
  if (!read || !alert) return { because: 'over' };
  const { state } = read;
  const policy = policyOf(read.policy);
  const lifeOf = async (id: string, enough?: number) => (await ledger.alert(id, enough)).life;
  // The lease of a moment ago has read all of this alert.
  const mails = textable(alert, state, await lifeOf(alertId, 1), policy);
  if (!mails.some((mail) => mail.personId === personId)) return { because: 'over' };
  const beside = await Promise.all(textedBeside(alert, state, policy, now).map(({ id }) => lifeOf(id)));
  if (isJustTexted(beside, personId, policy, now)) return { because: 'just-texted' };
  const { textPhone: to, language = 'en' } = (await directory.person(personId)) ?? {};
  return to === undefined ? { because: 'over' } : { to, language };
}
