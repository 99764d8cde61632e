/** A mail about no alert that comes back: the next person is told, once, and a failure is never silent. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordDelivery } from '../../functions/record-delivery/record-delivery.ts';
import { sendNotices, sendToNext } from '../../functions/send-alerts/send-alerts.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { teamGaps } from '../../shared/application/read/team-gaps.ts';
import { type Desk, personOf, startDesk, team, visitor } from '../support/desk.ts';
import { leaveDraft } from '../support/left-draft.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { deskSendParts } from '../support/send-parts.ts';

let desk: Desk;
let mails: Mail[];
let unreachable: number;
/** What happens after a mail was taken and before its record. */
let meanwhile: ((mail: Mail) => Promise<unknown>) | undefined;
beforeEach(async () => {
  desk = await startDesk();
  mails = [];
  unreachable = 0;
  meanwhile = undefined;
});
afterEach(() => desk.stop());

const draftId = 'DR-7F3KD-9QXMT2';
const day = () => desk.now.slice(0, 10);
const frame = () => ({ now: desk.now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } }) as const;
const parts = () => ({
  ...deskSendParts(desk, {
    async send(mail: Mail) {
      mails.push(mail);
      await meanwhile?.(mail);
      return `m-${mails.length}`;
    },
  }),
  countUnreachable: () => {
    unreachable += 1;
  },
});

/** News of this mail as SES tells it: it came back. */
const comesBack = ({ tags }: Mail) =>
  recordDelivery(
    { ledger: desk.ledger, directory: { markMail: async () => {} } },
    { ...tags, news: 'failed', because: 'bounce' },
    desk.now,
  );
/** What the stream nudges after it. */
const next = ({ tags }: Mail) => sendToNext(parts(), tags.alertId, desk.now);
const last = (): Mail => {
  const mail = mails.at(-1);
  if (!mail) throw new Error('There is no mail.');
  return mail;
};

/** Each notice: its subject, the function that sends it, and its recipients in order. */
const notices = {
  'a draft that was left': {
    begin: () => leaveDraft(desk, draftId, personOf('careline-worker').id),
    tell: () => sendNotices(parts(), 'drafts', day(), desk.now),
    to: ['careline-supervisor', 'careline-supervisor/2'],
  },
  'what an audit found': {
    begin: () =>
      desk.ledger.changeFindings(day(), frame(), () => [
        { type: 'finding-made', v: 1, what: 'role-vacant', about: 'hart-lead' },
      ]),
    tell: () => sendNotices(parts(), 'finding', day(), desk.now),
    to: ['administrator', 'administrator/2'],
  },
} as const;

describe.each(Object.entries(notices))('the notice of %s', (_, { begin, tell, to }) => {
  const [first, second] = to.map((as) => personOf(as).id);
  const told = () => mails.map(({ tags }) => tags.personId);

  test('that comes back goes to the next person, once, however often the news comes', async () => {
    await begin();
    await tell();
    expect(told()).toEqual([first]);
    const bounced = last();
    for (const _ of [1, 2]) {
      await comesBack(bounced);
      await next(bounced);
      await tell();
    }
    expect(told()).toEqual([first, second]);
  });

  test('whose bounce comes before its record goes to the next person as well', async () => {
    await begin();
    meanwhile = async (mail) => {
      meanwhile = undefined;
      await comesBack(mail);
    };
    await tell();
    await tell();
    await tell();
    expect(told()).toEqual([first, second]);
  });

  test('that comes back from all recipients is an alarm, once, without endless mails', async () => {
    await begin();
    await tell();
    for (let count = 0; count < 6; count += 1) {
      await comesBack(last());
      await next(last());
    }
    expect(new Set(told()).size).toBe(told().length);
    expect(unreachable).toBe(1);
  });
});

describe('the notice of gaps in a roster', () => {
  const told = () => mails.map(({ tags }) => tags.personId);
  const [coordinator, deputy, administrator] = ['mdt-coordinator', 'mdt-coordinator/2', 'administrator'].map(
    (as) => personOf(as).id,
  );

  test('that comes back from the coordinator goes to the next coordinator, and not to an administrator again', async () => {
    await desk.ledger.changeRoster(team, frame(), () => [
      { type: 'gap-found', v: 1, discipline: 'medical', gap: 'no-deputy' },
    ]);
    const tell = () => sendNotices(parts(), 'roster', team, desk.now);
    await tell();
    expect(told()).toEqual([coordinator, administrator]);
    const [bounced] = mails;
    if (!bounced) throw new Error('There is no mail.');
    for (const _ of [1, 2]) {
      await comesBack(bounced);
      await next(bounced);
      await tell();
    }
    expect(told()).toEqual([coordinator, administrator, deputy]);
    const gaps = (await teamGaps(desk.ledger, connecticutPolicy, visitor('administrator')))?.gaps;
    expect(gaps).toMatchObject([{ team, discipline: 'medical', told: [deputy, administrator] }]);
  });
});

test('a notice that arrives is delivered, and no other person is written to', async () => {
  const { begin, tell } = notices['a draft that was left'];
  await begin();
  await tell();
  const parts = { ledger: desk.ledger, directory: { markMail: async () => {} } };
  const { tags } = last();
  expect(await recordDelivery(parts, { ...tags, news: 'delivered', at: desk.now }, desk.now)).toBe(true);
  await next(last());
  expect(mails).toHaveLength(1);
  const { life } = await desk.ledger.alert(tags.alertId);
  expect(life.deliveries).toMatchObject([{ personId: tags.personId, status: 'delivered' }]);
});

test('news of a notice that was never requested is known as such', async () => {
  const parts = { ledger: desk.ledger, directory: { markMail: async () => {} } };
  const tags = { referralId: draftId, alertId: `${day()}.DRAFTS.9.CARELINE-SUPERVISOR`, personId: 'P-1' };
  expect(await recordDelivery(parts, { ...tags, news: 'accepted' }, desk.now)).toBe(false);
});
