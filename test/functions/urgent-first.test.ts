/** Where SES takes only so many mails, urgent ones go first: within one referral and among all. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendAlerts, sendToNext } from '../../functions/send-alerts/send-alerts.ts';
import { spansToSweep } from '../../functions/sweep/turns.ts';
import { watchAlerts } from '../../functions/sweep/watch-alerts.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import type { Event } from '../../shared/domain/events.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { startMemoryLedger } from '../support/memory-ledger.ts';
import { referral, referralId, type Story } from '../support/referral-builder.ts';
import { sendParts } from '../support/send-parts.ts';

/** Two referrals like the one of the story, the first by its id. */
const [calm, grave] = ['CR-7F3KD-9QXMT2', 'CR-8F3KD-9QXMT0'] as const;
const throttled = () =>
  Object.assign(new Error('Maximum sending rate exceeded.'), { name: 'Throttling', $fault: 'client' });

async function startOffice() {
  const { ledger, cursors, stop } = await startMemoryLedger();
  const mails: Mail[] = [];
  const tried: Mail[] = [];
  /** How many mails SES still takes. */
  let takes = Number.POSITIVE_INFINITY;
  const parts = sendParts({
    ledger,
    cursors,
    mailer: {
      async send(mail) {
        tried.push(mail);
        if (takes <= 0) throw throttled();
        takes -= 1;
        mails.push(mail);
        return `m-${mails.length}`;
      },
    },
  });
  const told = new Map<string, number>();
  return {
    ledger,
    cursors,
    parts,
    stop,
    /** The referral of each mail that SES took since the last call of this function. */
    sent: () => mails.splice(0).map(({ tags }) => tags.referralId),
    tried: () => tried.splice(0).length,
    takes(count: number) {
      takes = count;
    },
    async tell(story: Story, id: string) {
      for (const { at, actor, events } of story.commits.slice(told.get(id) ?? 0)) {
        const own = JSON.parse(JSON.stringify(events).replaceAll(referralId, id)) as readonly Event[];
        await ledger.changeReferral(id, { now: at, actor, cause: { kind: 'sweep' } }, () => own);
      }
      told.set(id, story.commits.length);
    },
    /** The watchdog looks, and each of its commits nudges the function that sends, in their order. */
    async watch(now: string) {
      const nudges: string[] = [];
      const noting: typeof ledger = {
        ...ledger,
        changeAlert(id, ...change) {
          nudges.push(id);
          return ledger.changeAlert(id, ...change);
        },
      };
      const frame = { now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
      const watching = { ledger: noting, settled: new Map<string, number>(), policyOf };
      await watchAlerts(watching, spansToSweep(now), frame, (fault) => {
        throw fault;
      });
      for (const alertId of nudges) await sendToNext(parts, alertId, now).catch(() => {});
      return nudges;
    },
  };
}

let office: Awaited<ReturnType<typeof startOffice>>;
beforeEach(async () => {
  office = await startOffice();
});
afterEach(() => office.stop());

/** A team whose meeting is days ahead, for a child not said to be in danger. None of it is urgent. */
async function calmMeeting(id: string) {
  const story = referral({ danger: 'no', team: 'MDT-HARTFORD' }).run().answers().screen('high-risk').after('PT1M');
  await office.tell(story, id);
  await sendAlerts(office.parts, id, story.now);
  office.sent();
  office.tried();
  story.do('schedule-meeting', { startsAt: '2026-11-13T15:00:00Z', place: 'virtual' });
  await office.tell(story, id);
  return story;
}
const minutes = (count: number, from: string) => new Date(Date.parse(from) + count * 60_000).toISOString();

test('a throttled mail that is not urgent fails no stream, so urgent ones behind it do not wait', async () => {
  const story = await calmMeeting(calm);
  office.takes(0);
  await sendAlerts(office.parts, calm, story.now);
  expect((await office.cursors.progress(calm, 'send-alerts')).seq).toBe(story.commits.length);
  // One answer of SES is enough: the rest of its rate is for urgent mail.
  expect(office.tried()).toBe(1);
  office.takes(Number.POSITIVE_INFINITY);
  expect(await office.watch(minutes(4, story.now))).toEqual([]);
  expect(await office.watch(minutes(6, story.now))).toHaveLength(1);
  expect(office.sent()).toHaveLength(8);
  expect(await office.watch(minutes(8, story.now))).toEqual([]);
});

test('a duty of law with weeks to go waits for urgent mail, where SES takes only so many', async () => {
  const story = referral({ danger: 'no', team: 'MDT-HARTFORD' }).run().answers().after('PT1M');
  await office.tell(story, calm);
  await sendAlerts(office.parts, calm, story.now);
  expect(office.sent().length).toBeGreaterThan(0);
  story.do('classify-report', { track: 'investigation' });
  await office.tell(story, calm);
  office.takes(0);
  await sendAlerts(office.parts, calm, story.now);
  expect((await office.cursors.progress(calm, 'send-alerts')).seq).toBe(story.commits.length);
  office.takes(Number.POSITIVE_INFINITY);
  await office.watch(minutes(6, story.now));
  expect(office.sent().length).toBeGreaterThan(0);
});

test('a throttled mail that is urgent is tried again by the stream', async () => {
  const story = referral({ danger: 'yes', team: 'MDT-HARTFORD' }).run();
  await office.tell(story, grave);
  office.takes(0);
  await expect(sendAlerts(office.parts, grave, story.now)).rejects.toThrow('sending rate');
  expect((await office.cursors.progress(grave, 'send-alerts')).seq).toBe(0);
});

test('urgent mails that SES did not take are sent first, of all referrals', async () => {
  const story = await calmMeeting(calm);
  const other = referral({ danger: 'yes', team: 'MDT-HARTFORD' }).run();
  await office.tell(other, grave);
  office.takes(0);
  await sendAlerts(office.parts, calm, story.now);
  await expect(sendAlerts(office.parts, grave, story.now)).rejects.toThrow('sending rate');
  office.takes(3);
  const nudges = await office.watch(minutes(6, story.now));
  // The news of the referral for those with a duty of class now, and the call. Then mail of class today, of both.
  expect(nudges.slice(0, 2).filter((id) => !id.startsWith(grave))).toEqual([]);
  expect(nudges.slice(2).some((id) => id.startsWith(calm))).toBe(true);
  expect(office.sent()).toEqual([grave, grave, grave]);
});
