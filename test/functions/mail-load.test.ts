/** Each mail that was sent is counted once, as loud as it was, and the count reads no chain. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordResults } from '../../functions/send-alerts/record.ts';
import { sendAlerts } from '../../functions/send-alerts/send-alerts.ts';
import { sendDigests } from '../../functions/send-alerts/send-digests.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { mailLoad } from '../../shared/application/read/mail-load.ts';
import { startMemoryLedger } from '../support/memory-ledger.ts';
import { monday, referral, referralId } from '../support/referral-builder.ts';
import { sendParts } from '../support/send-parts.ts';

/** Of Tuesday, 8:00 in New York. */
const digest = '2026-11-10T13:00:00.000Z';

async function startOffice() {
  const { ledger, cursors, tell, stop } = await startMemoryLedger();
  const mails: { readonly at: string; readonly mail: Mail }[] = [];
  let now = monday;
  let breaks = false;
  const parts = sendParts({
    ledger,
    cursors,
    mailer: {
      async send(mail) {
        if (breaks) throw Object.assign(new Error('Too many.'), { $fault: 'client' });
        mails.push({ at: now, mail });
        return `m-${mails.length}`;
      },
    },
  });
  return {
    ledger,
    parts,
    tell,
    stop,
    mails,
    send(at: string) {
      now = at;
      return sendAlerts(parts, referralId, at);
    },
    morning(at: string) {
      now = at;
      return sendDigests({ ...parts, ledger }, at);
    },
    refuse: () => {
      breaks = true;
    },
  };
}

let office: Awaited<ReturnType<typeof startOffice>>;
beforeEach(async () => {
  office = await startOffice();
});
afterEach(() => office.stop());

test('is what the mail service accepted: each letter once, by its loudest alert, with its referral', async () => {
  const story = referral({ danger: 'no', age: 15 }).run();
  await office.tell(story);
  await office.send(monday);
  await office.tell(story.screen('high-risk'));
  await office.send(monday);
  await office.morning(digest);
  expect(office.mails.some(({ mail: { tags } }) => (tags.with ?? []).length > 0)).toBe(true);
  const { since, ...counted } = await mailLoad(office.ledger, digest, true);
  expect(since).toBe('2026-11-03T14:00:00.000Z');
  const ofPeople = Map.groupBy(office.mails, ({ mail: { tags } }) => tags.personId);
  expect(counted).toMatchObject({
    mails: office.mails.length,
    people: ofPeople.size,
    mostOfOnePerson: Math.max(...[...ofPeople.values()].map(({ length }) => length)),
  });
  expect(counted.byClass.now).toBeGreaterThan(0);
  expect(counted.byClass.routine).toBeGreaterThan(0);
  expect(counted.mostOfOneReferral).toBe(office.mails.length);
});

test('names no rule that concerned fewer than six children, and counts those together', async () => {
  const sent = (about: string, ...referrals: string[]) => ({
    at: '2026-11-09T15:00:00.000Z',
    personId: 'P-1',
    class: 'today' as const,
    about,
    referrals,
  });
  const six = ['CR-1', 'CR-2', 'CR-3', 'CR-4', 'CR-5', 'CR-6'];
  const mails = [
    ...six.map((id) => sent('D3', id)),
    ...six.slice(1).map((id) => sent('D41a', id)),
    // A mail about six referrals, first of all about one.
    sent('D42', ...six),
    sent('notice'),
  ];
  const { byRule, rare } = await mailLoad({ mailsIn: async () => mails }, digest, true);
  const counts = (many: number) => ({
    mails: many,
    interruptions: many,
    byClass: { now: 0, today: many, routine: 0 },
  });
  expect(byRule).toEqual([
    { about: 'D3', ...counts(6) },
    { about: 'notice', ...counts(1) },
  ]);
  expect(rare).toEqual(counts(6));
  expect(await mailLoad({ mailsIn: async () => mails.slice(0, 6) }, digest, true)).not.toHaveProperty('rare');
});

test('has no mail that was refused, none before the week, and none twice', async () => {
  await office.tell(referral({ danger: 'no', age: 15 }).run());
  await office.send(monday);
  const { mails } = await mailLoad(office.ledger, digest, true);
  expect(mails).toBe(office.mails.length);
  await office.send(monday);
  expect((await mailLoad(office.ledger, digest, true)).mails).toBe(mails);
  expect((await mailLoad(office.ledger, '2026-11-16T14:59:00.000Z', true)).mails).toBe(mails);
  expect((await mailLoad(office.ledger, '2026-11-16T16:00:00.000Z', true)).mails).toBe(0);
});

test('is nothing where the mail service took none', async () => {
  office.refuse();
  await office.tell(referral({ danger: 'no', age: 15 }).run());
  await expect(office.send(monday)).rejects.toThrow('Too many.');
  expect(await mailLoad(office.ledger, digest, true)).toMatchObject({
    mails: 0,
    people: 0,
    byRule: [],
    mostOfOneReferral: 0,
  });
});

test.each([
  ['its first alert', [true, false]],
  ['its last alert', [false, true]],
  ['none of its alerts', [false, false]],
] as const)('has a letter of two alerts once, where the sender lost its lease of %s', async (_, lost) => {
  await office.tell(referral({ danger: 'no', age: 15 }).run());
  const personId = 'P-1';
  const frame = { now: monday, actor: { kind: 'function', id: 'send-alerts' }, cause: { kind: 'delivery' } } as const;
  const mail = { personId, class: 'today', about: 'D8', referrals: [referralId] } as const;
  const became = await Promise.all(
    lost.map(async (isLost, index) => {
      const alertId = `${referralId}.A${index + 1}`;
      const lease = { type: 'alert-leased', v: 1, personId, addressedAs: 'legal', order: 1, until: digest } as const;
      const { tokens } = await office.ledger.changeAlert(alertId, frame, () => [lease]);
      if (isLost) await office.ledger.changeAlert(alertId, frame, () => [{ type: 'alert-lapsed', v: 1, personId }]);
      const event = { type: 'alert-sent', v: 1, personId, addressedAs: 'legal', order: 1, messageId: 'm-1' } as const;
      return { alertId, token: tokens[personId] ?? 0, event, mail: { ...mail, referrals: [...mail.referrals] } };
    }),
  );
  const [first] = became;
  await recordResults(office.parts, first ? became.map((each) => ({ ...each, mail: first.mail })) : [], monday);
  expect(await mailLoad(office.ledger, digest, true)).toMatchObject({ mails: 1, byClass: { today: 1 } });
});
