/** What a night costs in which no one acts: a child in danger, seven hours, all mail and text messages. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordDelivery } from '../../functions/record-delivery/record-delivery.ts';
import { sendAlerts, sendToNext } from '../../functions/send-alerts/send-alerts.ts';
import { spansToSweep } from '../../functions/sweep/turns.ts';
import { watchAlerts } from '../../functions/sweep/watch-alerts.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import type { Text } from '../../shared/alerts/send/texter.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { sampleContacts } from '../alerts/compose/sample-contacts.ts';
import { startMemoryLedger } from '../support/memory-ledger.ts';
import { referral, referralId } from '../support/referral-builder.ts';
import { sendParts } from '../support/send-parts.ts';

/** A Tuesday, 11:00 PM in New York. */
const start = Date.parse('2026-11-11T04:00:00.000Z');
const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString();

let office: Awaited<ReturnType<typeof startMemoryLedger>>;
beforeEach(async () => {
  office = await startMemoryLedger();
});
afterEach(() => office.stop());

test('three children in danger, and no one acts in seven hours: a call every ten minutes, and no more than that', async () => {
  const { ledger, cursors } = office;
  const mails: { readonly minutes: number; readonly mail: Mail }[] = [];
  const texts: Text[] = [];
  let minutes = 0;
  const directory = sampleContacts();
  for (const [index, id] of ['CARELINE-SUPERVISOR', 'AREA-ONCALL-HARTFORD', 'DIRECTOR-ONCALL'].entries())
    for (const one of [1, 2]) directory.textPhones.set(`P-${id}-${one}`, `+1203555018${index * 2 + one}`);
  const parts = sendParts({
    ledger,
    cursors,
    directory,
    mailer: {
      async send(mail) {
        mails.push({ minutes, mail });
        return `m-${mails.length}`;
      },
    },
    texter: {
      async send(text) {
        texts.push(text);
        return `t-${texts.length}`;
      },
    },
  });
  const settled = new Map<string, number>();
  const story = referral({ danger: 'yes', missingNow: 'no', receivedAt: at(0) }).run();
  let arrived = 0;
  for (; minutes <= 7 * 60; minutes += 5) {
    const now = at(minutes);
    await office.tell(story.at(now));
    await sendAlerts(parts, referralId, now);
    for (const { mail } of mails.slice(arrived))
      await recordDelivery(
        { ledger, directory: { markMail: async () => {} } },
        { ...mail.tags, news: 'delivered', at: now },
        now,
      );
    arrived = mails.length;
    const frame = { now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
    await watchAlerts({ ledger, settled, policyOf }, spansToSweep(now), frame, (fault) => {
      throw fault;
    });
    for (const { id, checkpoint } of Object.values(story.state.alerts))
      if (checkpoint === 'ring') await sendToNext(parts, id, now);
  }
  const calls = mails.filter(({ mail }) => /URGENT/.test(mail.subject));
  const told = (minute: number) =>
    calls.filter((call) => call.minutes === minute).map(({ mail }) => mail.tags.personId);
  // The person on shift at once, the next at ten minutes, the director at twenty.
  expect(told(0)).toEqual(expect.arrayContaining(['P-AREA-ONCALL-HARTFORD-1']));
  expect(told(10)).toEqual(expect.arrayContaining(['P-AREA-ONCALL-HARTFORD-2']));
  expect(told(20)).toEqual(expect.arrayContaining(['P-DIRECTOR-ONCALL-1']));
  // No ten minutes pass without a call, for two hours after the response was due.
  for (let minute = 0; minute <= 4 * 60; minute += 10) expect([minute, told(minute).length]).not.toEqual([minute, 0]);
  // Each child costs the same: three of them cost three times as much.
  expect(3 * mails.length).toBeLessThanOrEqual(306);
  expect(3 * texts.length).toBeLessThanOrEqual(129);
  // The person at the desk is told to call no one, and all others the same desk.
  expect(new Set(texts.map(({ deskPhone }) => deskPhone)).size).toBeLessThanOrEqual(2);
});
