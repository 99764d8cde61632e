/** A mail about no alert that comes back: the next person is told, once, and a failure is never silent. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordDelivery } from '../../functions/record-delivery/record-delivery.ts';
import { tellDraft } from '../../functions/send-alerts/tell-draft.ts';
import { tellFindings } from '../../functions/send-alerts/tell-findings.ts';
import { tellGaps } from '../../functions/send-alerts/tell-gaps.ts';
import { composeDraftLeft, composeFindings, composeGaps } from '../../shared/alerts/compose/compose.ts';
import { noticeLeaks } from '../../shared/alerts/compose/guard.ts';
import { withDelegates } from '../../shared/alerts/compose/recipients.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { type Desk, personOf, startDesk, team } from '../support/desk.ts';

let desk: Desk;
let mails: Mail[];
/** What happens after a mail was taken and before its record. */
let meanwhile: ((mail: Mail) => Promise<unknown>) | undefined;
beforeEach(async () => {
  desk = await startDesk();
  mails = [];
  meanwhile = undefined;
});
afterEach(() => desk.stop());

const draftId = 'DR-7F3KD-9QXMT2';
const day = () => desk.now.slice(0, 10);
const frame = () => ({ now: desk.now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } }) as const;
const parts = () => ({
  ...desk.parts(),
  mailer: {
    async send(mail: Mail) {
      mails.push(mail);
      await meanwhile?.(mail);
      return `m-${mails.length}`;
    },
  },
  withDelegates,
  noticeLeaks,
  composeDraftLeft,
  composeFindings,
  composeGaps,
  sender: 'careline@careline.example',
  countWithheld: () => {},
  consoleUrl: 'https://careline.example',
});

/** News of this mail as SES tells it: it came back. */
const comesBack = ({ tags }: Mail) =>
  recordDelivery(
    { ledger: desk.ledger, directory: { markMail: async () => {} } },
    { ...tags, news: 'failed', because: 'bounce' },
    desk.now,
  );
const last = (): Mail => {
  const mail = mails.at(-1);
  if (!mail) throw new Error('There is no mail.');
  return mail;
};

/** Each notice: its subject, the function that sends it, and its recipients in order. */
const notices = {
  'a draft that was left': {
    begin: () =>
      desk.ledger.changeDraft(draftId, frame(), () => [
        { type: 'draft-begun', v: 1, ownerId: personOf('careline-worker').id },
        { type: 'draft-left', v: 1 },
      ]),
    tell: () => tellDraft(parts(), draftId, desk.now),
    to: ['careline-supervisor', 'careline-supervisor/2'],
  },
  'what an audit found': {
    begin: () =>
      desk.ledger.changeFindings(day(), frame(), () => [
        { type: 'finding-made', v: 1, what: 'role-vacant', about: 'hart-lead' },
      ]),
    tell: () => tellFindings(parts(), day(), desk.now),
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

  test('that comes back from all recipients is a fault and an alarm, without endless mails', async () => {
    await begin();
    const failsForAll = async () => {
      for (;;) {
        await tell();
        await comesBack(last());
      }
    };
    await expect(failsForAll()).rejects.toThrow('No one could be told');
    expect(new Set(told()).size).toBe(told().length);
  });
});

describe('the notice of gaps in a roster', () => {
  const told = () => mails.map(({ tags }) => tags.personId);
  const [coordinator, next, administrator] = ['mdt-coordinator', 'mdt-coordinator/2', 'administrator'].map(
    (as) => personOf(as).id,
  );

  test('that comes back from the coordinator goes to the next coordinator, and not to an administrator again', async () => {
    await desk.ledger.changeRoster(team, frame(), () => [
      { type: 'gap-found', v: 1, discipline: 'medical', gap: 'no-deputy' },
    ]);
    const tell = () => tellGaps(parts(), team, desk.now);
    await tell();
    expect(told()).toEqual([coordinator, administrator]);
    const [bounced] = mails;
    if (!bounced) throw new Error('There is no mail.');
    for (const _ of [1, 2]) {
      await comesBack(bounced);
      await tell();
    }
    expect(told()).toEqual([coordinator, administrator, next]);
    expect((await desk.ledger.roster(team))[0]).toMatchObject({ told: [administrator, next], failed: [coordinator] });
  });
});

test('a notice that arrives changes nothing', async () => {
  const { begin, tell } = notices['a draft that was left'];
  await begin();
  await tell();
  const before = await desk.ledger.draft(draftId);
  const told = { ledger: desk.ledger, directory: { markMail: async () => {} } };
  await recordDelivery(told, { ...last().tags, news: 'delivered', at: desk.now }, desk.now);
  expect(await desk.ledger.draft(draftId)).toEqual(before);
});
