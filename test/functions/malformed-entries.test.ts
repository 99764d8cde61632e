/** A wrong entry of the directory costs that field alone, and never the mail of another person. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendAlerts, sendNotices } from '../../functions/send-alerts/send-alerts.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { roles } from '../../shared/domain/core/vocabulary.ts';
import { isMailbox } from '../../shared/domain/directory/directory-entry.ts';
import { withPerson } from '../alerts/compose/sample-contacts.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { deskSendParts, sendParts } from '../support/send-parts.ts';
import { sweepParts } from '../support/sweep-parts.ts';

let desk: Desk;
let mails: Mail[];
beforeEach(async () => {
  desk = await startDesk();
  mails = [];
});
afterEach(() => desk.stop());

const mailer = {
  async send(mail: Mail) {
    if (!isMailbox(mail.to)) return undefined;
    mails.push(mail);
    return `m-${mails.length}`;
  },
};
const parts = () => sendParts({ ledger: desk.ledger, cursors: desk.cursors, directory: desk.directory, mailer });
const written = () => mails.map(({ tags }) => tags.personId).toSorted();

/** A referral whose first alert is requested. */
async function opened(): Promise<string> {
  const id = await desk.opened();
  return id;
}

/** The entry of this person, with these fields as typed. An undefined field is missing. */
async function entry(as: string, fields: Record<string, unknown>): Promise<void> {
  const whole = { pk: `person#${personOf(as).id}`, sk: 'profile', ...personOf(as), ...fields };
  await desk.enter([
    Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as typeof whole,
  ]);
}

describe('a wrong entry of the directory', () => {
  test.each([
    ['no address', { email: undefined }],
    ['what is no address', { email: 'ask the desk' }],
    ['two addresses', { email: 'one@dcf.example, two@dcf.example' }],
  ])('with %s: the next person gets the mail, and the chain says why', async (_, fields) => {
    await entry('careline-worker', fields);
    const id = await opened();
    await sendAlerts(parts(), id, desk.now);
    expect(written()).toContain(personOf('careline-worker/2').id);
    expect(written()).toContain(personOf('careline-supervisor').id);
    const { life } = await desk.ledger.alert(await desk.alertId(id));
    expect(life.deliveries).toContainEqual(
      expect.objectContaining({ personId: personOf('careline-worker').id, status: 'failed', because: 'reject' }),
    );
  });

  test('with a language that has no mail: the person gets English', async () => {
    await entry('careline-worker', { language: 'fr' });
    await sendAlerts(parts(), await opened(), desk.now);
    const mail = mails.find(({ tags }) => tags.personId === personOf('careline-worker').id);
    expect(mail?.headers['Content-Language']).toBe('en');
  });

  test.each([undefined, 'ask the desk'])(
    'of a supervisor whose telephone is %s: every mail goes out, with the next number',
    async (phone) => {
      await entry('careline-supervisor', { phone });
      await entry('careline-supervisor/2', { phone });
      await entry('careline-manager', { phone: '203-555-0177' });
      await sendAlerts(parts(), await opened(), desk.now);
      const mail = mails.find(({ tags }) => tags.personId === personOf('careline-worker').id);
      expect(mail?.text).toContain('203-555-0177');
      expect(mail?.text).not.toContain('ask the desk');
    },
  );

  test('without any field: all other recipients get their mail', async () => {
    await desk.enter([{ pk: `person#${personOf('careline-worker').id}`, sk: 'profile', roles: 'all' }]);
    await desk.enter([{ pk: 'duty#careline-worker', sk: 'state#0#', order: 'first' }]);
    await desk.enter([{ pk: 'delegations', sk: '9999', work: 'everything' }]);
    await sendAlerts(parts(), await opened(), desk.now);
    expect(written()).toContain(personOf('careline-worker/2').id);
    expect(written()).toContain(personOf('careline-supervisor').id);
  });

  test('is told to an administrator, with each flaw in words', async () => {
    await entry('hart-lead', {
      email: '',
      phone: undefined,
      textPhone: '203-555-0188',
      language: 'fr',
      absentUntil: 'soon',
    });
    await entry('legal', { roles: [{ role: 'king', scope: 'state' }] });
    await desk.enter([{ pk: 'duty#legal', sk: 'state#3#P-GONE', personId: 'P-GONE', order: 3 }]);
    const days = new Set<string>();
    for (const _ of roles) {
      desk.at(new Date(Date.parse(desk.now) + 60 * 60_000).toISOString());
      await sweep(sweepParts(desk));
      days.add(desk.now.slice(0, 10));
    }
    const of = await Promise.all([...days].map((day) => desk.ledger.findings(day)));
    const found = [...new Set(of.flat().map(({ what, about }) => `${about} ${what}`))].filter(
      (each) => !each.includes('run-keeps-failing') && !each.includes('consumer-stuck'),
    );
    const [lead, lawyer] = [personOf('hart-lead').id, personOf('legal').id];
    expect(found.toSorted()).toEqual(
      [
        ...['no-mailbox', 'no-telephone', 'no-text-phone', 'unknown-language', 'unknown-absence'].map(
          (flaw) => `${lead} ${flaw}`,
        ),
        `${lawyer} unknown-role`,
        'P-GONE unknown-person',
      ].toSorted(),
    );
    for (const each of days) await sendNotices(deskSendParts(desk, mailer), 'finding', each, desk.now);
    expect(mails.map(({ text }) => text).join('\n')).toContain(
      `${lead}: the directory has no telephone number for this person`,
    );
  });
});

describe('a fault of one group or person', () => {
  const broken = (id: string) =>
    withPerson(desk.directory, async (asked) => {
      if (asked === id) throw new Error('This one cannot be read.');
      return desk.directory.person(asked);
    });

  test('delays no other group of the alert, and is tried again', async () => {
    const id = await opened();
    const directory = broken(personOf('careline-worker').id);
    await expect(sendAlerts({ ...parts(), directory }, id, desk.now)).rejects.toThrow('cannot be read');
    expect(written()).toContain(personOf('careline-supervisor').id);
    expect((await desk.ledger.alert(await desk.alertId(id))).life.exhausted).toEqual([]);
    await sendAlerts(parts(), id, desk.now);
    expect(written().filter((each) => each === personOf('careline-worker').id)).toHaveLength(1);
    expect(written().filter((each) => each === personOf('careline-supervisor').id)).toHaveLength(1);
  });

  test('of the person on call delays no mail of another person', async () => {
    const id = await opened();
    const directory = broken(personOf('careline-manager').id);
    await expect(sendAlerts({ ...parts(), directory }, id, desk.now)).rejects.toThrow('cannot be read');
    expect(written()).toContain(personOf('careline-worker').id);
    expect(written()).toContain(personOf('careline-supervisor').id);
  });
});
