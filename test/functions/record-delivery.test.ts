import type { Context, SNSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordDelivery } from '../../functions/record-delivery/record-delivery.ts';
import type { MailNews } from '../../shared/alerts/send/mail-news.ts';
import { alertIdOf } from '../../shared/domain/core/ids.ts';
import { notice } from '../../shared/lambda/notice.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { startMemoryLedger } from '../support/memory-ledger.ts';
import { memberOf, monday, referral, referralId, type Story } from '../support/referral-builder.ts';

let office: Awaited<ReturnType<typeof startMemoryLedger>>;
beforeEach(async () => {
  office = await startMemoryLedger();
  marks = [];
});
afterEach(() => office.stop());

const later = '2026-11-09T15:00:30.000Z';
const at = '2026-11-09T15:00:20.000Z';
const opening = alertIdOf(referralId, 1, monday);

const delivered = (personId: string, alertId = opening): MailNews => ({
  referralId,
  alertId,
  personId,
  news: 'delivered',
  at,
});
const bounced = (personId: string, alertId = opening): MailNews => ({
  referralId,
  alertId,
  personId,
  news: 'failed',
  because: 'bounce',
});
/** What the directory was told: people whose mail fails, and people whose mail arrives. */
let marks: (readonly [string, string, string])[];
const parts = () => ({
  ledger: office.ledger,
  directory: { markMail: async (...mark: readonly [string, string, string]) => void marks.push(mark) },
});
const record = (news: MailNews) => recordDelivery(parts(), news, later);
const alertEvents = async (alertId = opening) =>
  (await office.ledger.alert(alertId)).commits.flatMap(({ events }) => events);
const stateNow = async () => {
  const referralRead = await office.ledger.referral(referralId);
  if (!referralRead) throw new Error('There is no referral.');
  return referralRead.state;
};

describe('news of a mail', () => {
  beforeEach(() => office.tell(referral().run()));

  test('is a commit in the chain of the alert, and the referral stays as it was', async () => {
    const { seq } = await stateNow();
    expect(await record(delivered('P-1'))).toBe(true);
    expect(await alertEvents()).toEqual([{ type: 'alert-delivered', v: 1, personId: 'P-1' }]);
    const { commits } = await office.ledger.alert(opening);
    expect(commits[0]).toMatchObject({ at: later, actor: { id: 'record-delivery' }, cause: { kind: 'delivery' } });
    expect((await stateNow()).seq).toBe(seq);
  });

  test('that the mail service took a mail is a commit only where no record says that it was sent', async () => {
    const accepted: MailNews = { referralId, alertId: opening, personId: 'P-1', news: 'accepted' };
    await record(accepted);
    expect(await alertEvents()).toEqual([]);
    const leased = {
      type: 'alert-leased',
      v: 1,
      personId: 'P-1',
      addressedAs: 'careline-worker',
      order: 1,
      until: '2026-11-09T15:05:00.000Z',
    } as const;
    const frame = { now: at, actor: { kind: 'function', id: 'send-alerts' }, cause: { kind: 'delivery' } } as const;
    await office.ledger.changeAlert(opening, frame, () => [leased]);
    await record(accepted);
    await record(accepted);
    expect((await alertEvents()).map(({ type }) => type)).toEqual(['alert-leased', 'alert-accepted']);
    expect((await office.ledger.alert(opening)).life.deliveries).toEqual([
      { personId: 'P-1', addressedAs: 'careline-worker', order: 1, at, status: 'sent' },
    ]);
    expect(marks).toEqual([]);
  });

  test('reads the referral once, whatever comes of its mails, since what an alert is about never changes', async () => {
    const asked: (number | undefined)[] = [];
    const { ledger } = office;
    const referral: typeof ledger.referral = async (id, enough) => {
      asked.push(enough);
      return ledger.referral(id, enough);
    };
    const reading = { ...parts(), ledger: { ...ledger, referral } };
    await recordDelivery(reading, delivered('P-1'), later);
    await recordDelivery(reading, delivered('P-2'), later);
    expect(asked).toEqual([1, 1]);
    expect(await recordDelivery(reading, delivered('P-1', `${referralId}.A99`), later)).toBe(false);
    expect(asked).toEqual([1, 1, 1, undefined]);
  });

  test('that comes twice is one commit', async () => {
    await record(delivered('P-1'));
    await record(delivered('P-1'));
    await record(bounced('P-2'));
    await record(bounced('P-2'));
    expect(await alertEvents()).toHaveLength(2);
  });

  test('of a failure after a delivery counts, and of a delivery after a failure does not', async () => {
    await record(delivered('P-1'));
    await record(bounced('P-1'));
    await record(delivered('P-1'));
    expect((await alertEvents()).map(({ type }) => type)).toEqual(['alert-delivered', 'alert-failed']);
  });

  /** This person is leased a mail, and the directory says that mail to them comes back. */
  async function leaseMarked(personId: string): Promise<void> {
    const who = { personId, addressedAs: 'careline-worker', order: 1, until: later, mailFails: true } as const;
    const frame = { now: at, actor: { kind: 'function', id: 'send-alerts' }, cause: { kind: 'delivery' } } as const;
    await office.ledger.changeAlert(opening, frame, () => [{ type: 'alert-leased', v: 1, ...who }]);
  }

  test('of a delivery to a mailbox that was never marked asks nothing of the directory', async () => {
    await record(delivered('P-1'));
    expect(marks).toEqual([]);
  });

  test('of a bounce or complaint marks the entry of the directory, and the delivery of a later mail ends it', async () => {
    await leaseMarked('P-3');
    await record(bounced('P-1'));
    await record({ ...bounced('P-2'), news: 'failed', because: 'complaint' });
    await record(delivered('P-3'));
    expect(marks).toEqual([
      ['P-1', 'failed', later],
      ['P-2', 'failed', later],
      ['P-3', 'delivered', at],
    ]);
  });

  test('of a delivery that comes again or late, after the same mail came back, removes no mark', async () => {
    for (const personId of ['P-1', 'P-2']) await leaseMarked(personId);
    await record(delivered('P-1'));
    await record(bounced('P-1'));
    await record(delivered('P-1'));
    await record(bounced('P-2'));
    await record(delivered('P-2'));
    expect(marks).toEqual([
      ['P-1', 'delivered', at],
      ['P-1', 'failed', later],
      ['P-2', 'failed', later],
    ]);
  });

  test('of a rejected content, or of a delay, does not count against the address', async () => {
    await record({ ...bounced('P-1'), news: 'failed', because: 'reject' });
    await record({ referralId, alertId: opening, personId: 'P-2', news: 'delayed' });
    expect(marks).toEqual([]);
  });

  test('about a notice is in its chain, and counts for the address as any other does', async () => {
    const notices = [
      'MDT-HARTFORD.ROSTER.1.MDT-COORDINATOR',
      '2026-11-09.DRAFTS.2.CARELINE-SUPERVISOR',
      '2026-11-09.AUDIT.1.ADMINISTRATOR',
    ];
    for (const [index, id] of notices.entries()) {
      const personId = `P-${index}`;
      const news = { ...bounced(personId, id), referralId: id.split('.')[0] ?? '' };
      const who = { personId, addressedAs: 'administrator', order: 1, until: later };
      const frame = { now: at, actor: { kind: 'function', id: 'send-alerts' }, cause: { kind: 'delivery' } } as const;
      await office.ledger.changeAlert(id, frame, () => [{ type: 'alert-leased', v: 1, ...who }]);
      for (const _ of [1, 2]) expect(await record(news)).toBe(true);
      expect((await alertEvents(id)).map(({ type }) => type)).toEqual(['alert-leased', 'alert-failed']);
    }
    // A repeat marks again, because the first attempt may have ended before its mark.
    expect(marks).toEqual(notices.flatMap((_, index) => Array(2).fill([`P-${index}`, 'failed', later])));
  });

  test('about an alert that was never requested makes no chain', async () => {
    expect(await record(delivered('P-1', `${referralId}.A99`))).toBe(false);
    expect(await alertEvents(`${referralId}.A99`)).toEqual([]);
    expect(await recordDelivery(parts(), { ...delivered('P-1'), referralId: 'CR-00000-000000' }, later)).toBe(false);
  });
});

describe('an invitation to the team', () => {
  const invitation = (story: Story) =>
    Object.values(story.state.alerts).findLast(({ kind }) => kind === 'mdt-invited')?.id ?? '';
  let story: Story;
  beforeEach(async () => {
    story = referral().run().screen('high-risk');
    await office.tell(story);
  });
  const informed = async () =>
    (await stateNow()).team.seats.flatMap(({ discipline, informedAt }) =>
      informedAt ? [`${discipline} ${informedAt}`] : [],
    );

  test('that was delivered informs the seat, as of the delivery', async () => {
    await record(delivered('MEMBER-MEDICAL', invitation(story)));
    expect(await informed()).toEqual([`medical ${at}`]);
  });

  test('that was delivered to the deputy informs the seat as well', async () => {
    await record(delivered('DEPUTY-MEDICAL', invitation(story)));
    expect(await informed()).toEqual([`medical ${at}`]);
  });

  test('that bounced, or was delivered to the coordinator, informs no seat', async () => {
    await record(bounced('MEMBER-MEDICAL', invitation(story)));
    await record(delivered('MEMBER-MEDICAL', invitation(story)));
    await record(delivered('P-MDT-COORDINATOR-HARTFORD-1', invitation(story)));
    expect(await informed()).toEqual([]);
  });

  test('delivered to every seat leaves the clock of the meeting as it was', async () => {
    const meetings = async () => Object.values((await stateNow()).deadlines).filter(({ rule }) => rule === 'D15');
    const before = await meetings();
    for (const discipline of connecticut20261.requiredDisciplines)
      await record(delivered(memberOf(discipline).personId, invitation(story)));
    expect(await informed()).toHaveLength(connecticut20261.requiredDisciplines.length);
    expect(before).toHaveLength(1);
    expect(await meetings()).toEqual(before);
  });

  test('the process ended after the first chain: the same news again informs the seat, once', async () => {
    await office.ledger.changeAlert(
      invitation(story),
      { now: later, actor: { kind: 'function', id: 'record-delivery' }, cause: { kind: 'delivery' } },
      () => [{ type: 'alert-delivered', v: 1, personId: 'MEMBER-MEDICAL' }],
    );
    await record(delivered('MEMBER-MEDICAL', invitation(story)));
    const { seq } = await stateNow();
    await record(delivered('MEMBER-MEDICAL', invitation(story)));
    expect(await informed()).toEqual([`medical ${at}`]);
    expect((await stateNow()).seq).toBe(seq);
    expect(await alertEvents(invitation(story))).toHaveLength(1);
  });

  test('of another kind of alert informs no seat', async () => {
    await record(delivered('MEMBER-MEDICAL', opening));
    expect(await informed()).toEqual([]);
  });

  test('that a newer one has replaced informs no seat any more', async () => {
    const first = invitation(story);
    await office.ledger.changeReferral(
      referralId,
      { now: later, actor: { kind: 'function', id: 'invite-mdt' }, cause: { kind: 'sweep' } },
      () => [
        {
          type: 'alert-requested',
          v: 1,
          alertId: `${referralId}.A98`,
          kind: 'mdt-invited',
          to: ['seats'],
          people: [],
          deputies: false,
        },
      ],
    );
    await record(delivered('MEMBER-MEDICAL', first));
    expect(await informed()).toEqual([]);
  });
});

describe('a subscriber of a topic', () => {
  const event = (...messages: readonly string[]) =>
    ({ Records: messages.map((Message) => ({ Sns: { Message } })) }) as SNSEvent;
  const context = {} as Context;

  test('handles every message', async () => {
    const seen: string[] = [];
    await notice(async (message) => void seen.push(message))(event('one', 'two'), context);
    expect(seen).toEqual(['one', 'two']);
  });

  test('fails where the work fails, so that the message comes again', async () => {
    const work = notice(() => Promise.reject(new Error('Not now.')));
    await expect(work(event('one'), context)).rejects.toThrow('Not now.');
  });
});
