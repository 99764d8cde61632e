/** Lease, send, record: what becomes of a mail where one of the three fails. The watchdog ends every wait. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordDelivery } from '../../functions/record-delivery/record-delivery.ts';
import { sendAlerts, sendToNext } from '../../functions/send-alerts/send-alerts.ts';
import type { SendParts } from '../../functions/send-alerts/send-parts.ts';
import { spansToSweep } from '../../functions/sweep/turns.ts';
import { watchAlerts } from '../../functions/sweep/watch-alerts.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { alertIdOf } from '../../shared/domain/core/ids.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { sampleContacts } from '../alerts/compose/sample-contacts.ts';
import { startMemoryLedger } from '../support/memory-ledger.ts';
import { monday, referral, referralId } from '../support/referral-builder.ts';
import { sendParts } from '../support/send-parts.ts';

const opening = alertIdOf(referralId, 1, monday);
/** The news of the referral, for recipients without a duty of class now. */
const ofOthers = alertIdOf(referralId, 2, monday);
const worker = 'P-CARELINE-WORKER-1';
const deputy = 'P-CARELINE-WORKER-2';
const after = (minutes: number) => new Date(Date.parse(monday) + minutes * 60_000).toISOString();
const isRepeat = ({ text }: Mail) => text.includes('This is a repeat');

async function startOffice() {
  const { ledger, cursors, tell, stop } = await startMemoryLedger();
  const mails: Mail[] = [];
  const contacts = sampleContacts();
  /** What goes wrong with the next mail to the worker. */
  let trouble: 'lost-before' | 'lost-after' | 'too-busy' | undefined;
  const parts = sendParts({
    ledger,
    cursors,
    directory: contacts,
    mailer: {
      async send(mail) {
        const now = mail.tags.personId === worker ? trouble : undefined;
        if (now === 'too-busy') throw Object.assign(new Error('Maximum sending rate exceeded.'), { $fault: 'client' });
        if (now === 'lost-before') throw new Error('Nothing answers.');
        mails.push(mail);
        if (now === 'lost-after') throw new Error('The connection broke.');
        return `m-${mails.length}`;
      },
    },
  });
  const settled = new Map<string, number>();
  /** Alerts as the watchdog read them. */
  const read: string[] = [];
  const watched: typeof ledger = {
    ...ledger,
    alert(id) {
      read.push(id);
      return ledger.alert(id);
    },
  };
  const to = (personId: string) =>
    mails.filter(({ tags }) => tags.alertId === opening && tags.personId === personId).map(isRepeat);
  return {
    ledger,
    parts,
    tell,
    stop,
    contacts,
    read,
    /** For each mail about the opening that this person got: whether it is marked as a repeat. */
    to,
    /** How many mails there were about an alert. */
    about: (alertId: string) => mails.filter(({ tags }) => tags.alertId === alertId).length,
    goesWrong(what: typeof trouble) {
      trouble = what;
    },
    send: (minutes = 0, own: SendParts = parts) => sendAlerts(own, referralId, after(minutes)),
    /** The watchdog looks, and its commit nudges the function that sends. */
    async watch(minutes: number) {
      const found = await watchAlerts(
        { ledger: watched, settled, policyOf },
        spansToSweep(after(minutes)),
        frame(minutes),
        (fault) => {
          throw fault;
        },
      );
      if (found > 0) for (const id of [opening, ofOthers]) await sendToNext(parts, id, after(minutes));
      return found;
    },
    hear: (news: 'accepted' | 'delivered' | 'delayed' | 'failed', personId: string, minutes: number) => {
      // News of a mail is news of every alert in it.
      const told = mails.find(({ tags }) => tags.personId === personId)?.tags;
      const about = { ...told, referralId, alertId: opening, personId };
      const at = after(minutes);
      const parts = { ledger, directory: { markMail: async () => {} } };
      if (news === 'failed') return recordDelivery(parts, { ...about, news, because: 'bounce' }, at);
      return recordDelivery(parts, news === 'delivered' ? { ...about, news, at } : { ...about, news }, at);
    },
    async statusOf(personId: string) {
      const { life } = await ledger.alert(opening);
      return life.deliveries.find((delivery) => delivery.personId === personId)?.status;
    },
  };
}

let office: Awaited<ReturnType<typeof startOffice>>;
beforeEach(async () => {
  office = await startOffice();
  await office.tell(referral({ team: 'none', danger: 'no' }).run().answers());
});
afterEach(() => office.stop());

const frame = (minutes: number) =>
  ({ now: after(minutes), actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } }) as const;

/**
 * The n-th write into the alert's chain never happens, or happens and its answer is lost. The first is the lease, the
 * second the record of the supervisor's mail, the third that of the worker's.
 */
function failing(nth: number, when: 'before' | 'after'): SendParts {
  let count = 0;
  return {
    ...office.parts,
    ledger: {
      ...office.parts.ledger,
      async changeAlert(id, context, decide) {
        if (id !== opening) return office.ledger.changeAlert(id, context, decide);
        count += 1;
        if (count !== nth) return office.ledger.changeAlert(id, context, decide);
        if (when === 'after') await office.ledger.changeAlert(id, context, decide);
        throw new Error('The process ended.');
      },
    },
  };
}

describe('no mail is lost, and none comes twice unless the process ended between acceptance and record:', () => {
  /** How many mails the worker gets in the end, and whether the last is marked as a repeat. */
  const settled = async () => {
    await office.send(1);
    await office.watch(4);
    expect(office.to(worker).length).toBeLessThanOrEqual(1);
    await office.watch(6);
    await office.watch(11);
    return office.to(worker);
  };

  test('the process ends before the lease: the next attempt sends, once', async () => {
    await expect(office.send(0, failing(1, 'before'))).rejects.toThrow('ended');
    expect(await settled()).toEqual([false]);
  });

  test('after the lease and before the mail: the mail goes out after five minutes, marked as a possible repeat', async () => {
    await expect(office.send(0, failing(1, 'after'))).rejects.toThrow('ended');
    await office.send(1);
    await office.watch(4);
    expect(office.to(worker)).toEqual([]);
    expect(await settled()).toEqual([true]);
  });

  test('after the mail and before the record: the mail goes out again after five minutes, marked as a repeat', async () => {
    await expect(office.send(0, failing(3, 'before'))).rejects.toThrow('ended');
    expect(await settled()).toEqual([false, true]);
  });

  test('after the record: no other mail goes out', async () => {
    await expect(office.send(0, failing(3, 'after'))).rejects.toThrow('ended');
    expect(await settled()).toEqual([false]);
  });

  test('the mail service is out of reach, or its answer is lost: the watchdog has the mail sent again', async () => {
    office.goesWrong('lost-before');
    await expect(office.send()).rejects.toThrow('Nothing answers.');
    office.goesWrong(undefined);
    expect(await settled()).toEqual([true]);
  });

  test('the connection breaks after the mail was taken: the mail goes out again, marked as a repeat', async () => {
    office.goesWrong('lost-after');
    await expect(office.send()).rejects.toThrow('broke');
    office.goesWrong(undefined);
    expect(await settled()).toEqual([false, true]);
  });

  test('the mail service is too busy: the next attempt sends at once, and it is no repeat', async () => {
    office.goesWrong('too-busy');
    await expect(office.send()).rejects.toThrow('sending rate');
    office.goesWrong(undefined);
    await office.send();
    expect(office.to(worker)).toEqual([false]);
    expect(await settled()).toEqual([false]);
  });

  test('the mail service has news of a mail without a record: the mail does not go out again', async () => {
    await expect(office.send(0, failing(3, 'before'))).rejects.toThrow('ended');
    await office.hear('delivered', worker, 1);
    expect(await settled()).toEqual([false]);
    expect(await office.statusOf(worker)).toBe('delivered');
  });

  test.each(['accepted', 'delayed'] as const)(
    'the news of such a mail is %s: the mail does not go out again',
    async (news) => {
      await expect(office.send(0, failing(3, 'before'))).rejects.toThrow('ended');
      await office.hear(news, worker, 1);
      expect(await settled()).toEqual([false]);
      expect(await office.statusOf(worker)).toBe('sent');
      const { life } = await office.ledger.alert(opening);
      expect(life.leases).toEqual({});
      expect(life.deliveries.find(({ personId }) => personId === worker)?.delayed).toBe(
        news === 'delayed' ? true : undefined,
      );
    },
  );

  test('the news comes after the lease ended and before the next attempt: the mail does not go out again', async () => {
    await expect(office.send(0, failing(3, 'before'))).rejects.toThrow('ended');
    const lapsed = { type: 'alert-lapsed', v: 1, personId: worker } as const;
    await office.ledger.changeAlert(opening, frame(5), () => [lapsed]);
    await office.hear('accepted', worker, 5);
    await sendToNext(office.parts, opening, frame(6).now);
    expect(await settled()).toEqual([false]);
  });

  test('the news of acceptance alone is no delivery: the deputy gets a mail in time', async () => {
    await expect(office.send(0, failing(3, 'before'))).rejects.toThrow('ended');
    await office.hear('accepted', worker, 1);
    await office.watch(15);
    expect(await office.statusOf(worker)).toBe('late');
    expect(office.to(deputy)).toEqual([false]);
  });

  test('the news of a bounce comes for a mail without a record: the deputy gets a mail', async () => {
    await expect(office.send(0, failing(3, 'before'))).rejects.toThrow('ended');
    await office.hear('failed', worker, 1);
    await sendToNext(office.parts, opening, after(1));
    expect(office.to(deputy)).toEqual([false]);
    expect(await settled()).toEqual([false]);
  });

  test('the mail service never answers: the mail is tried until it is late, and then the deputy gets one', async () => {
    office.goesWrong('lost-before');
    await expect(office.send()).rejects.toThrow();
    for (const minutes of [5, 10]) await expect(office.watch(minutes)).rejects.toThrow('Nothing answers.');
    expect(office.to(deputy)).toEqual([]);
    await office.watch(15);
    expect(await office.statusOf(worker)).toBe('failed');
    expect(office.to(deputy)).toEqual([false]);
  });

  test('the mail service keeps refusing: the deputy gets a mail when the first is late', async () => {
    office.goesWrong('too-busy');
    await expect(office.send()).rejects.toThrow('sending rate');
    for (const minutes of [5, 10]) await expect(office.watch(minutes)).rejects.toThrow('sending rate');
    expect(office.to(deputy)).toEqual([]);
    await office.watch(15);
    expect(await office.statusOf(worker)).toBe('failed');
    expect(office.to(deputy)).toEqual([false]);
    office.goesWrong(undefined);
    await office.send(16);
    expect([office.to(worker), office.to(deputy)]).toEqual([[], [false]]);
  });
});

test('two senders that find the same bounce at once write to the deputy once', async () => {
  await office.send();
  await office.hear('failed', worker, 1);
  await Promise.all([
    sendToNext(office.parts, opening, after(1)),
    office.send(1),
    sendToNext(office.parts, opening, after(1)),
  ]);
  expect(office.to(deputy)).toEqual([false]);
});

test('an alert with news of all its mails is not read again until another mail of it is leased', async () => {
  await office.send();
  const { life } = await office.ledger.alert(opening);
  for (const { personId } of life.deliveries) await office.hear('delivered', personId, 1);
  for (const minutes of [5, 10, 15]) expect(await office.watch(minutes)).toBe(0);
  expect(office.read.filter((id) => id === opening)).toHaveLength(1);
  await office.hear('failed', worker, 16);
  await sendToNext(office.parts, opening, after(16));
  expect(office.to(deputy)).toEqual([false]);
  expect(await office.watch(31)).toBe(1);
  expect(await office.statusOf(deputy)).toBe('late');
});

describe('a mail without any news', () => {
  beforeEach(() => office.send());

  test('is late after 15 minutes: the next person gets one, once, and the chain says so', async () => {
    await office.watch(14);
    expect(office.to(deputy)).toEqual([]);
    // So is the mail to the supervisor, who got two alerts about the referral.
    expect(await office.watch(15)).toBe(2);
    expect(office.to(deputy)).toEqual([false]);
    expect(await office.statusOf(worker)).toBe('late');
    expect(await office.watch(16)).toBe(0);
    expect(office.to(deputy)).toEqual([false]);
    expect(office.to(worker)).toEqual([false]);
  });

  test('that is delivered after all counts as delivered, and no other person gets one', async () => {
    await office.watch(15);
    await office.hear('delivered', worker, 20);
    await office.hear('delivered', deputy, 20);
    expect(await office.statusOf(worker)).toBe('delivered');
    await office.watch(40);
    expect(office.to('P-CARELINE-WORKER-3')).toEqual([]);
  });

  test('is not late if it was delivered in time', async () => {
    await office.hear('delivered', worker, 2);
    await office.watch(30);
    expect(office.to(deputy)).toEqual([]);
  });

  test('that the mail service still tries to deliver is late too, and its delay is recorded once', async () => {
    await office.hear('delayed', worker, 2);
    await office.hear('delayed', worker, 3);
    const { life, commits } = await office.ledger.alert(opening);
    expect(life.deliveries.find(({ personId }) => personId === worker)).toMatchObject({
      status: 'sent',
      delayed: true,
    });
    expect(commits.flatMap(({ events }) => events).filter(({ type }) => type === 'alert-delayed')).toHaveLength(1);
    await office.watch(15);
    expect(office.to(deputy)).toEqual([false]);
  });

  test('to each person of a group makes the alert unreachable', async () => {
    await office.watch(15);
    for (const minutes of [31, 47, 63, 79]) await office.watch(minutes);
    expect((await office.ledger.alert(opening)).life.exhausted).toContain('careline-worker');
    expect((await office.ledger.referral(referralId))?.state.alerts[opening]?.unreachable).toBe(true);
  });
});

test('an act between reading and sending is in time: no mail about a kept deadline goes out', async () => {
  const story = referral({ team: 'none', danger: 'no' }).run().answers();
  story.after('PT9H');
  await office.tell(story);
  const notice = { covers: ['state'], agencyId: 'PD-HARTFORD', method: 'phone' };
  const { id } = story.deadline('D3');
  const warning = story.all('alert-requested').findLast((each) => each.kind === 'checkpoint' && each.deadlineId === id);
  const actsMeanwhile: SendParts = {
    ...office.parts,
    ledger: {
      ...office.ledger,
      async changeAlert(chain, context, decide) {
        const life = await office.ledger.changeAlert(chain, context, decide);
        if (chain === warning?.alertId) await office.tell(story.do('notify-police', notice));
        return life;
      },
    },
  };
  await office.send(0, actsMeanwhile);
  await office.send(1);
  const { life } = await office.ledger.alert(warning?.alertId ?? '');
  expect(life.deliveries).toEqual([]);
  expect(Object.values(life.leases).map(({ status }) => status)).not.toContain('open');
  expect(office.about(warning?.alertId ?? '')).toBe(0);
});

test('a bounce whose news is lost is found by the watchdog: the next person gets a mail', async () => {
  await office.send();
  await office.hear('failed', worker, 1);
  expect(office.to(deputy)).toEqual([]);
  expect(await office.watch(4)).toBe(0);
  expect(await office.watch(6)).toBe(1);
  expect(office.to(deputy)).toEqual([false]);
  expect(await office.watch(11)).toBe(0);
});
