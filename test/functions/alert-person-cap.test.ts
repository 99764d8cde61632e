/**
 * The cap on mails about one deadline counts by person, in any of their roles. At the cap the next person is told, and
 * the queue says so.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendAlerts } from '../../functions/send-alerts/send-alerts.ts';
import { sendDigests } from '../../functions/send-alerts/send-digests.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { quietUntil } from '../../shared/domain/alerts/alert-waiting.ts';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { connecticut20261 as policy } from '../../shared/policy/connecticut-2026-1.ts';
import { sampleContacts, withPerson } from '../alerts/compose/sample-contacts.ts';
import { startMemoryLedger } from '../support/memory-ledger.ts';
import { referral, referralId, type Story } from '../support/referral-builder.ts';
import { sendParts } from '../support/send-parts.ts';

const busy = 'P-HART-LEAD-SOUTH-1';

async function startOffice() {
  const { ledger, cursors, tell, stop } = await startMemoryLedger();
  const contacts = sampleContacts();
  /** Who is on duty, by role, in place of those of the sample directory. */
  const duty = new Map<string, readonly string[]>();
  const mails: Mail[] = [];
  const parts = sendParts({
    ledger,
    cursors,
    directory: {
      ...withPerson(contacts, async (id) => ({ id, email: `${id.toLowerCase()}@dcf.example`, phone: '860-555-0100' })),
      onCallOrder: async (role) =>
        (duty.get(role) ?? [`${role.toUpperCase()}-1`]).map((personId) => ({ personId, by: 'directory' })),
    },
    mailer: {
      async send(mail) {
        mails.push(mail);
        return `m-${mails.length}`;
      },
    },
  });
  return {
    duty,
    stop,
    ledger,
    /** Commit by commit, each sent at its own time as the stream nudges. Deferred mail goes out in the morning. */
    async live(story: Story) {
      for (let count = 1; count <= story.commits.length; count += 1) {
        const commits = story.commits.slice(0, count);
        await tell({ ...story, commits });
        const at = commits.at(-1)?.at ?? '';
        await sendAlerts(parts, referralId, at);
        const morning = quietUntil(at, policy);
        const next = story.commits[count]?.at ?? '9999';
        if (morning !== undefined && next > morning) await sendDigests({ ...parts, ledger }, morning);
      }
      const read = await ledger.referral(referralId);
      if (!read) throw new Error('There is no referral.');
      return read.state;
    },
    /** The recipients of each mail about the deadline, in order. */
    toldOf: (story: Story, rule: string) => {
      const about = Object.values(story.state.alerts).filter(
        ({ deadlineId }) => deadlineId === story.deadline(rule).id,
      );
      return about.map(({ id }) =>
        mails.filter(({ tags }) => [tags.alertId, ...(tags.with ?? [])].includes(id)).map(({ tags }) => tags.personId),
      );
    },
    texts: (personId: string) => mails.filter(({ tags }) => tags.personId === personId).map(({ text }) => text),
  };
}

let office: Awaited<ReturnType<typeof startOffice>>;
beforeEach(async () => {
  office = await startOffice();
});
afterEach(() => office.stop());

test('a person in two roles gets at most the capped number of mails, and then the next person does', async () => {
  office.duty.set('hart-liaison', [busy]);
  office.duty.set('hart-lead', [busy, 'DEPUTY-LEAD']);
  const story = referral({ danger: 'no' }).run().answers().after('P100D');
  const state = await office.live(story);
  const told = office.toldOf(story, 'D9');
  const count = (personId: string) => told.flat().filter((each) => each === personId).length;
  expect(count(busy)).toBe(policy.mostAlerts);
  expect(count('DEPUTY-LEAD')).toBeGreaterThan(0);
  expect(count('DEPUTY-LEAD')).toBeLessThanOrEqual(policy.mostAlerts);
  expect(told.every((people) => people.length > 0)).toBe(true);
  expect(state.deadlines[story.deadline('D9').id]?.atCap).toContain(busy);
});

test('the next of the chain is told, with the reason, where a whole group is at the cap', async () => {
  // One person holds every role of this clock but the last.
  for (const role of ['hart-liaison', 'hart-lead', 'careline-manager']) office.duty.set(role, [busy]);
  const story = referral({ danger: 'no' }).run().answers().after('P150D');
  await office.live(story);
  const told = office.toldOf(story, 'D9');
  expect(told.flat().filter((each) => each === busy)).toHaveLength(policy.mostAlerts);
  expect(told.every((people) => people.length > 0)).toBe(true);
  expect(told.slice(-3)).toEqual([['PROGRAM-MANAGER-1'], ['PROGRAM-MANAGER-1'], ['PROGRAM-MANAGER-1']]);
  expect(office.texts('PROGRAM-MANAGER-1').join('\n')).toContain(
    'You get this because you manage the program, and the HART lead gets no more mail.',
  );
  expect((await office.ledger.referral(referralId))?.state.alerts).not.toMatchObject({ unreachable: true });
});

test('the row of the queue names the clocks at the cap, until they are closed', async () => {
  const story = referral({ danger: 'no' }).run().answers().after('P60D');
  const state = await office.live(story);
  const [row] = boardRows(state, policy);
  expect(row?.atCap).toContain('D9');
  const before = boardRows(story.state, policy)[0];
  expect(before?.atCap).toBeUndefined();
});

test('the cap is recorded once for each person and deadline', async () => {
  const story = referral({ danger: 'no' }).run().answers().after('P70D');
  await office.live(story);
  const { commits = [] } = (await office.ledger.referral(referralId)) ?? {};
  const said = commits.flatMap(({ events }) =>
    events.flatMap((each) =>
      each.type === 'cap-reached' ? each.people.map((person) => `${each.deadlineId} ${person}`) : [],
    ),
  );
  expect(said.length).toBeGreaterThan(0);
  expect(new Set(said).size).toBe(said.length);
});
