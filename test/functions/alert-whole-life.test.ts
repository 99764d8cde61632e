/** Every template's alert lives its whole life in the ledger: requested, leased, sent, delivered, seen, acted on. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordDelivery } from '../../functions/record-delivery/record-delivery.ts';
import { sendAlerts } from '../../functions/send-alerts/send-alerts.ts';
import { sendDigests } from '../../functions/send-alerts/send-digests.ts';
import { templates } from '../../shared/alerts/compose/templates.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { noteSeen } from '../../shared/application/use-cases/note-seen.ts';
import { digestAfter } from '../../shared/domain/alerts/alert-waiting.ts';
import { isObsolete } from '../../shared/domain/alerts/alert-watch.ts';
import { event } from '../../shared/domain/events.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { scenes } from '../alerts/compose/every-mail.ts';
import { sampleContacts, withPerson } from '../alerts/compose/sample-contacts.ts';
import { startMemoryLedger } from '../support/memory-ledger.ts';
import { referralId } from '../support/referral-builder.ts';

let office: Awaited<ReturnType<typeof startMemoryLedger>>;
beforeEach(async () => {
  office = await startMemoryLedger();
});
afterEach(() => office.stop());

/** The templates whose alert was followed to its end, over all scenes. */
const lived = new Set<string>();
/** Templates of mails about no alert, and of the frame of several. */
const others = [
  'roster-gaps',
  'draft-left',
  'draft-ended',
  'draft-ends-soon',
  'audit-findings',
  'shifts-at-fault',
  'agreements-end',
  'several',
  'digest',
];

test.each(scenes.map(([as, tell], index) => [index, as, tell] as const))('scene %i, for %s', async (_, __, tell) => {
  const story = tell();
  const mails: Mail[] = [];
  const { ledger, cursors } = office;
  const contacts = sampleContacts();
  /** The people that the scenes name are in the directory too. */
  const person = async (id: string) =>
    (await contacts.person(id)) ?? { id, email: `${id.toLowerCase()}@team.example`, phone: '203-555-0100' };
  const parts = {
    ledger,
    cursors,
    directory: withPerson(contacts, person),
    mailer: {
      async send(mail: Mail) {
        mails.push(mail);
        return `m-${mails.length}`;
      },
    },
    policyOf,
    consoleUrl: 'https://careline.example',
    sender: 'careline@careline.example',
    countUnreachable: () => {},
    countSeatsNotReached: () => {},
    countWithheld: () => expect.fail('A mail was withheld.'),
  };
  // Commit by commit, as the stream nudges. A mail that removes a meeting from calendars needs an earlier invitation.
  for (let count = 1; count <= story.commits.length; count += 1) {
    const commits = story.commits.slice(0, count);
    await office.tell({ ...story, commits });
    await sendAlerts(parts, referralId, commits.at(-1)?.at ?? '');
  }
  const morning = digestAfter(story.now, story.policy);
  await sendDigests(parts, morning);
  const directory = { markMail: async () => {} };
  for (const { tags } of mails) {
    expect(await recordDelivery({ ledger, directory }, { ...tags, news: 'delivered', at: morning }, morning)).toBe(
      true,
    );
  }

  for (const alert of Object.values(story.state.alerts).filter((each) => !isObsolete(each, story.state))) {
    const { life, commits } = await ledger.alert(alert.id);
    for (const { personId, status } of life.deliveries) {
      expect([alert.kind, status]).toEqual([alert.kind, 'delivered']);
      expect(await noteSeen(ledger, alert.id, personId, morning)).toBe(morning);
    }
    expect([life.leases, life.deferred]).toEqual([{}, {}]);
    const sent = commits.flatMap(({ events }) => events).filter(({ type }) => type === 'alert-sent');
    const [first] = life.deliveries;
    if (!first) continue;
    const frame = { now: morning, actor: { kind: 'person', id: first.personId }, cause: { kind: 'sweep' } } as const;
    await ledger.changeReferral(referralId, frame, () => [
      event('alert-acknowledged', { alertId: alert.id, groups: [...alert.to] }),
    ]);
    for (const each of sent) if (each.type === 'alert-sent' && each.template) lived.add(each.template.id);
  }
  // No recipient gets a second mail about any of it. A notice that was delivered may have begun a clock, which is
  // another alert.
  mails.length = 0;
  await sendAlerts(parts, referralId, morning);
  await sendDigests(parts, morning);
  const again = mails.flatMap(({ tags }) => [tags.alertId, ...(tags.with ?? [])]);
  expect(again.filter((alertId) => story.state.alerts[alertId])).toEqual([]);
});

test('no template is left out', () => {
  const ids = new Set(templates.map(({ id }) => id).filter((id) => !others.includes(id)));
  expect([...ids].filter((id) => !lived.has(id))).toEqual([]);
});
