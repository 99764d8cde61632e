/**
 * A process that ends after SES accepted a mail and before its record, over the embedded DynamoDB and SES. The bound:
 * each such end makes one duplicate at most, and the duplicate says so.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordDelivery } from '../../functions/record-delivery/record-delivery.ts';
import { sendAlerts, sendNotices, sendToNext } from '../../functions/send-alerts/send-alerts.ts';
import type { SendParts } from '../../functions/send-alerts/send-parts.ts';
import { spansToSweep } from '../../functions/sweep/turns.ts';
import { watchAlerts } from '../../functions/sweep/watch-alerts.ts';
import { readMailNews } from '../../shared/alerts/send/mail-news.ts';
import { createMailer } from '../../shared/alerts/send/mailer.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { type Bench, startBench } from '../infra/local/ses/ses-over-http.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { leaveDraft } from '../support/left-draft.ts';
import { sendParts } from '../support/send-parts.ts';
import { type DynamoTables, startDynamoTables } from '../support/tables.ts';

let desk: Desk;
let bench: Bench;
/** News of SES that was not heard yet. */
let unheard: string[];
let referralId: string;
let begun: number;

const worker = personOf('careline-worker');

beforeAll(async () => {
  desk = await startDesk(undefined, startDynamoTables);
});
afterAll(() => desk.stop());
beforeEach(async () => {
  unheard = [];
  bench = await startBench({ publish: async (_, message) => void unheard.push(message) });
  referralId = await desk.opened();
  begun = Date.parse(desk.now);
});
afterEach(async () => {
  await bench.stop();
  // The next referral is far from the alerts of this one.
  desk.at(new Date(begun + 7 * 86_400_000).toISOString());
});

const inMinutes = (minutes: number) => new Date(begun + minutes * 60_000).toISOString();
const newClient = (): DynamoDBClient => (desk as unknown as DynamoTables).newClient();

interface Ending {
  /** The process ends once SES has accepted a mail to this address. */
  readonly at?: string;
  /** SES's answer to a mail to this address is lost, and the process goes on. */
  readonly loses?: string;
  /** DynamoDB refuses each record that a mail to this person was sent. */
  readonly cannotRecord?: string;
  /** What SES's answer to a mail to this address waits for. */
  readonly waits?: { readonly to: string; readonly until: Promise<unknown> };
}

/** A process of the function that sends, with clients of its own. After its end, none of its calls leaves it. */
function startProcess({ at, loses, cannotRecord, waits }: Ending = {}): SendParts {
  let hasEnded = false;
  const client = newClient();
  client.middlewareStack.add(
    (next) => (args) => {
      if (hasEnded) throw new Error('The process ended.');
      return next(args);
    },
    { step: 'initialize' },
  );
  const mailer = createMailer({ client: bench.client, from: 'careline@careline.example', configurationSet: 'Mail' });
  const ledger = desk.openLedger({ client });
  return sendParts({
    ledger: {
      ...ledger,
      changeAlert: (alertId, context, decide, reading) =>
        ledger.changeAlert(
          alertId,
          context,
          (life) => {
            const events = decide(life);
            const isRefused = events.some((each) => each.type === 'alert-sent' && each.personId === cannotRecord);
            if (isRefused) throw Object.assign(new Error('Rate exceeded.'), { $fault: 'client' });
            return events;
          },
          reading,
        ),
    },
    cursors: desk.cursors,
    directory: desk.directory,
    mailer: {
      async send(mail) {
        if (hasEnded) throw new Error('The process ended.');
        const messageId = await mailer.send(mail);
        if (mail.to === waits?.to) await waits.until;
        if (mail.to === loses) throw new Error('The connection broke.');
        hasEnded = mail.to === at;
        if (hasEnded) throw new Error('The process ended.');
        return messageId;
      },
    },
  });
}

const alertIds = async () => Object.keys((await desk.state(referralId)).alerts);

/** SES's news so far reaches the function that records it. */
async function hear(minutes: number): Promise<void> {
  await bench.types();
  for (const message of unheard.splice(0)) {
    const news = readMailNews(message);
    if (!news) continue;
    const parts = { ledger: desk.openLedger(), directory: { markMail: async () => {} } };
    expect(await recordDelivery(parts, news, inMinutes(minutes))).toBe(true);
  }
}

/** No news of the mail so far to this address ever comes. That of the other mail does. */
async function loseNewsOf(address: string): Promise<void> {
  await bench.types();
  unheard = unheard.filter((message) => !message.includes(address));
  await hear(0.5);
}

/** The watchdog looks, and the stream nudges a new process about each of these alerts. */
async function watch(minutes: number, ids: readonly string[], parts: SendParts = startProcess()): Promise<number> {
  const now = inMinutes(minutes);
  const frame = { now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
  const found = await watchAlerts(
    { ledger: desk.openLedger(), settled: new Map(), policyOf },
    spansToSweep(now),
    frame,
    (fault) => {
      throw fault;
    },
  );
  for (const id of ids) await sendToNext(parts, id, now).catch(() => undefined);
  return found;
}

interface Raw {
  readonly text: string;
  readonly id: string;
}
const allMails = (): readonly (Raw & { readonly to: readonly string[] })[] =>
  bench.ses.sent().map(({ destinations, raw }) => {
    const text = Buffer.from(raw).toString();
    const id = /^X-Careline-Mail: (.+(?:\r\n .+)*)/m.exec(text)?.[1] ?? '';
    return { text, id: id.replaceAll('\r\n', ''), to: destinations };
  });
const mailsTo = (address: string): readonly Raw[] => allMails().filter(({ to }) => to.includes(address));
/** The alerts of a mail, each with its reader. */
const pairsOf = ({ id }: Raw): readonly string[] => id.split(' ');
/** The mails that SES accepted although a mail before them told their reader of one of their alerts. */
const duplicates = (): readonly Raw[] => {
  const told = new Set<string>();
  return allMails().filter((mail) => {
    const isDuplicate = pairsOf(mail).some((pair) => told.has(pair));
    for (const pair of pairsOf(mail)) told.add(pair);
    return isDuplicate;
  });
};
const isRepeat = ({ text }: Raw) => /This is a repeat|sent again/.test(text);
const eventsAbout = async (alertId: string, personId: string) =>
  (await desk.openLedger().alert(alertId)).commits
    .flatMap(({ events }) => events)
    .filter((event) => 'personId' in event && event.personId === personId)
    .map(({ type }) => type);

/** The alert that the first mail to the worker is about. */
const aboutOf = async (): Promise<string> => {
  for (const id of await alertIds()) if ((await eventsAbout(id, worker.id)).length > 0) return id;
  throw new Error('The worker was told of nothing.');
};

/** No group of any alert of the referral is without a person whose mail arrived. */
async function expectEachGroupTold(): Promise<void> {
  const ledger = desk.openLedger();
  for (const id of await alertIds()) {
    const { life } = await ledger.alert(id);
    expect([id, life.leases, life.exhausted]).toEqual([id, {}, []]);
    expect(life.deliveries.every(({ status }) => status === 'delivered')).toBe(true);
  }
}

describe('a process that ends between the acceptance by SES and the record', () => {
  test('without any news of the mail: it goes out once more after the lease, marked, and the record says so', async () => {
    await expect(sendAlerts(startProcess({ at: worker.email }), referralId, desk.now)).rejects.toThrow('ended');
    expect(mailsTo(worker.email)).toHaveLength(1);
    await loseNewsOf(worker.email);
    await sendAlerts(startProcess(), referralId, inMinutes(1));
    await watch(1.9, await alertIds());
    // Whatever nudges come, the lease holds.
    expect(mailsTo(worker.email)).toHaveLength(1);
    const alertId = await aboutOf();
    expect(await eventsAbout(alertId, worker.id)).toEqual(['alert-leased']);

    for (const minutes of [5, 6, 10, 15]) {
      await watch(minutes, await alertIds());
      await hear(minutes);
    }
    const [first, second, ...more] = mailsTo(worker.email);
    expect(more).toEqual([]);
    expect(first && isRepeat(first)).toBe(false);
    expect(second && isRepeat(second)).toBe(true);
    // A mail program can see that it is the same mail.
    expect(first?.id).toContain(`${alertId}/${worker.id}`);
    expect(second?.id).toBe(first?.id);
    expect(await eventsAbout(alertId, worker.id)).toEqual([
      'alert-leased',
      'alert-lapsed',
      'alert-leased',
      'alert-sent',
      'alert-delivered',
    ]);
    const { life } = await desk.openLedger().alert(alertId);
    expect(life.deliveries.find(({ personId }) => personId === worker.id)).toMatchObject({ doubtful: true });
    await expectEachGroupTold();
  });

  test('with news of the mail: the news settles the lease, and the mail does not go out again', async () => {
    await expect(sendAlerts(startProcess({ at: worker.email }), referralId, desk.now)).rejects.toThrow('ended');
    await hear(1);
    await sendAlerts(startProcess(), referralId, inMinutes(1));
    for (const minutes of [5, 10, 15]) {
      await watch(minutes, await alertIds());
      await hear(minutes);
    }
    expect(mailsTo(worker.email)).toHaveLength(1);
    expect(await eventsAbout(await aboutOf(), worker.id)).toEqual([
      'alert-leased',
      'alert-accepted',
      'alert-delivered',
    ]);
    await expectEachGroupTold();
  });

  test('twice in a row: two such ends make two duplicates and no more', async () => {
    await expect(sendAlerts(startProcess({ at: worker.email }), referralId, desk.now)).rejects.toThrow('ended');
    await loseNewsOf(worker.email);
    await watch(5, await alertIds(), startProcess({ at: worker.email }));
    await loseNewsOf(worker.email);
    expect(mailsTo(worker.email)).toHaveLength(2);
    for (const minutes of [10, 11, 15]) {
      await watch(minutes, await alertIds());
      await sendAlerts(startProcess(), referralId, inMinutes(minutes)).catch(() => undefined);
      await hear(minutes);
    }
    expect(mailsTo(worker.email).map(isRepeat)).toEqual([false, true, true]);
    await expectEachGroupTold();
  });

  test('of a notice: it takes the same way, and goes out once more', async () => {
    const supervisor = personOf('careline-supervisor');
    const id = await leaveDraft(desk, 'DR-7F3KD-9QXMT2', worker.id);
    const day = desk.now.slice(0, 10);
    const dying = startProcess({ at: supervisor.email });
    await expect(sendNotices(dying, 'drafts', day, desk.now)).rejects.toThrow('ended');
    unheard = [];
    await sendNotices(startProcess(), 'drafts', day, inMinutes(1));
    expect(mailsTo(supervisor.email)).toHaveLength(1);
    for (const minutes of [5, 6, 10, 30]) {
      await watch(minutes, [id]);
      await hear(minutes);
    }
    const [first, second, ...more] = mailsTo(supervisor.email);
    expect([more, second?.id]).toEqual([[], first?.id]);
    expect([first && isRepeat(first), second && isRepeat(second)]).toEqual([false, true]);
    expect(await eventsAbout(id, supervisor.id)).toEqual([
      'alert-leased',
      'alert-lapsed',
      'alert-leased',
      'alert-sent',
      'alert-delivered',
    ]);
  });
});

describe('of all mails that SES accepted, one at most is a duplicate, and it is a whole letter', () => {
  const supervisor = personOf('careline-supervisor');

  /** No news comes of the mail so far to this address. */
  async function untilSettled(address: string, all = alertIds, nudge = watch) {
    await loseNewsOf(address);
    for (const minutes of [2, 3, 5, 6, 10, 15]) {
      await nudge(minutes, await all());
      await hear(minutes);
    }
  }
  const expectOneRepeatOf = (address: string, several = true) => {
    const [first, second, ...more] = mailsTo(address);
    expect(more).toEqual([]);
    expect(duplicates().map(({ id }) => id)).toEqual([first?.id]);
    expect(second?.id).toBe(first?.id);
    expect(first && pairsOf(first).length > 1).toBe(several);
    expect([first && isRepeat(first), second && isRepeat(second)]).toEqual([false, true]);
  };

  test('where the process ends at the first letter, which tells of several alerts', async () => {
    await expect(sendAlerts(startProcess({ at: supervisor.email }), referralId, desk.now)).rejects.toThrow('ended');
    await untilSettled(supervisor.email);
    expectOneRepeatOf(supervisor.email);
    await expectEachGroupTold();
  });

  test('where the process ends at a later letter: the letters before it are recorded', async () => {
    await expect(sendAlerts(startProcess({ at: worker.email }), referralId, desk.now)).rejects.toThrow('ended');
    expect(mailsTo(supervisor.email)).toHaveLength(1);
    await untilSettled(worker.email);
    expectOneRepeatOf(worker.email, false);
    expect(mailsTo(supervisor.email)).toHaveLength(1);
    await expectEachGroupTold();
  });

  test('where nudges about all its alerts come at the same time', async () => {
    await expect(sendAlerts(startProcess({ at: supervisor.email }), referralId, desk.now)).rejects.toThrow('ended');
    await untilSettled(supervisor.email, alertIds, async (minutes, all) => {
      const found = await watch(minutes, []);
      await Promise.all(all.map((id) => sendToNext(startProcess(), id, inMinutes(minutes)).catch(() => undefined)));
      return found;
    });
    expectOneRepeatOf(supervisor.email);
    await expectEachGroupTold();
  });

  test("where SES's answer is lost", async () => {
    await sendAlerts(startProcess({ loses: supervisor.email }), referralId, desk.now).catch(() => undefined);
    await untilSettled(supervisor.email);
    expectOneRepeatOf(supervisor.email);
    await expectEachGroupTold();
  });

  test('where no process ends, and DynamoDB refuses the records', async () => {
    const refusing = startProcess({ cannotRecord: supervisor.id });
    await expect(sendAlerts(refusing, referralId, desk.now)).rejects.toThrow('Rate exceeded');
    await untilSettled(supervisor.email);
    expectOneRepeatOf(supervisor.email);
    await expectEachGroupTold();
  });

  test('where a second process ends at the repeat: each such end makes one', async () => {
    await expect(sendAlerts(startProcess({ at: supervisor.email }), referralId, desk.now)).rejects.toThrow('ended');
    await loseNewsOf(supervisor.email);
    await watch(2, await alertIds(), startProcess({ at: supervisor.email }));
    await untilSettled(supervisor.email);
    const [first, second, third] = mailsTo(supervisor.email);
    expect(second?.id).toBe(first?.id);
    // The calls of the letter have gone to the next person.
    expect(first?.id).toContain(third?.id);
    expect(duplicates().map(({ id }) => id)).toEqual([second?.id, third?.id]);
  });

  test('where the letter tells of two notices', async () => {
    const frame = { now: desk.now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
    const day = desk.now.slice(0, 10);
    const administrator = personOf('administrator');
    for (const about of ['hart-lead', 'legal'])
      await desk.ledger.changeFindings(day, frame, () => [{ type: 'finding-made', v: 1, what: 'role-vacant', about }]);
    const dying = startProcess({ at: administrator.email });
    await expect(sendNotices(dying, 'finding', day, desk.now)).rejects.toThrow('ended');
    await untilSettled(administrator.email, async () => [1, 2].map((place) => `${day}.AUDIT.${place}.ADMINISTRATOR`));
    expectOneRepeatOf(administrator.email);
  });
});

test('a sender that is so slow that it lost its lease records nothing, and the record is that of the next', async () => {
  let answer = () => {};
  const until = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const slow = sendAlerts(startProcess({ waits: { to: worker.email, until } }), referralId, desk.now);
  while (mailsTo(worker.email).length === 0) await new Promise(setImmediate);
  const alertId = await aboutOf();
  unheard = [];
  await watch(5, [alertId]);
  const recorded = await eventsAbout(alertId, worker.id);
  expect(recorded).toEqual(['alert-leased', 'alert-lapsed', 'alert-leased', 'alert-sent']);
  answer();
  await slow;
  expect(await eventsAbout(alertId, worker.id)).toEqual(recorded);
  expect(mailsTo(worker.email)).toHaveLength(2);
});
