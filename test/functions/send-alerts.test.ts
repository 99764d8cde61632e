import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendAlerts, sendToNext } from '../../functions/send-alerts/send-alerts.ts';
import type { SendParts } from '../../functions/send-alerts/send-parts.ts';
import type { Leak } from '../../shared/alerts/compose/guard.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { writtenAs } from '../../shared/domain/alerts/alert-watch.ts';
import type { AlertEvent } from '../../shared/domain/alerts/alerts.ts';
import { alertIdOf as idOfAlert } from '../../shared/domain/core/ids.ts';
import type { CommitContext } from '../../shared/store/ledger.ts';
import { sampleContacts, withPerson } from '../alerts/compose/sample-contacts.ts';
import { startMemoryLedger } from '../support/memory-ledger.ts';
import { monday, referral, referralId, type Story } from '../support/referral-builder.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { sendParts } from '../support/send-parts.ts';

const context: CommitContext = {
  now: monday,
  actor: { kind: 'function', id: 'record-delivery' },
  cause: { kind: 'delivery' },
};
const opening = idOfAlert(referralId, 1, monday);
const supervisors = ['P-CARELINE-SUPERVISOR-1', 'P-CARELINE-SUPERVISOR-2'] as const;

async function startOffice() {
  const { ledger, cursors, tell, stop } = await startMemoryLedger();
  const contacts = sampleContacts();
  const mails: Mail[] = [];
  /** What SES does with mail to a person: takes it, refuses the address, or is too busy. */
  const deliveryOutcomes = new Map<string, 'refused' | 'broken'>();
  let unreachable = 0;
  const withheld: (readonly Leak[])[] = [];
  const parts = sendParts({
    ledger,
    cursors,
    directory: contacts,
    mailer: {
      async send(mail) {
        const fate = deliveryOutcomes.get(mail.tags.personId);
        if (fate === 'broken') throw Object.assign(new Error('Maximum sending rate exceeded.'), { $fault: 'client' });
        if (fate === 'refused') return undefined;
        mails.push(mail);
        return `m-${mails.length}`;
      },
    },
    countUnreachable: () => {
      unreachable += 1;
    },
    countWithheld: (_, leaks) => withheld.push(leaks),
  });
  return {
    ledger,
    cursors,
    parts,
    tell,
    stop,
    contacts,
    mails,
    deliveryOutcomes,
    counted: () => unreachable,
    withheld,
    /** The recipients of mail about an alert, in order. */
    written: (alertId: string) =>
      mails
        .filter(({ tags }) => [tags.alertId, ...(tags.with ?? [])].includes(alertId))
        .map(({ tags }) => tags.personId),
    async deliveries(alertId: string) {
      const { life } = await ledger.alert(alertId);
      return Object.fromEntries(life.deliveries.map(({ personId, addressedAs }) => [personId, addressedAs]));
    },
    hear: (alertId: string, ...events: readonly AlertEvent[]) => ledger.changeAlert(alertId, context, () => events),
    async isUnreachable(alertId: string) {
      return (await ledger.referral(referralId))?.state.alerts[alertId]?.unreachable;
    },
  };
}

let office: Awaited<ReturnType<typeof startOffice>>;
beforeEach(async () => {
  office = await startOffice();
});
afterEach(() => office.stop());

const send = (now = monday) => sendAlerts(office.parts, referralId, now);
const failed = (personId: string): AlertEvent => ({ type: 'alert-failed', v: 1, personId, because: 'bounce' });
const alertIdOf = (story: Story, kind: string) =>
  Object.values(story.state.alerts).findLast((alert) => alert.kind === kind)?.id ?? '';

/** A referral whose town is unknown. The Careline supervisor stands in for roles of places. */
const unrouted = () => referral({ team: 'none' }).run();

describe('sending alerts', () => {
  test('each role of the alert gets one mail, a person of two roles one, and the ledger names the groups', async () => {
    await office.tell(unrouted());
    await send();
    expect(office.written(opening).toSorted()).toEqual(['P-CARELINE-SUPERVISOR-1', 'P-CARELINE-WORKER-1']);
    expect(await office.deliveries(opening)).toEqual({
      'P-CARELINE-WORKER-1': 'careline-worker',
      'P-CARELINE-SUPERVISOR-1': 'careline-supervisor',
    });
    const { commits } = await office.ledger.alert(opening);
    const types = commits.map(({ events }) => [...new Set(events.map(({ type }) => type))]);
    // One record for each letter.
    expect(types).toEqual([['alert-leased'], ['alert-sent'], ['alert-sent']]);
    expect(commits[0]).toMatchObject({ actor: { kind: 'function', id: 'send-alerts' }, cause: { kind: 'delivery' } });
  });

  test('the ledger names the other groups that the same mail stands in for', async () => {
    await office.tell(unrouted());
    await send();
    const { life } = await office.ledger.alert(opening);
    expect(writtenAs(life, 'P-CARELINE-WORKER-1')).toEqual(['careline-worker']);
    expect(writtenAs(life, supervisors[0])).toEqual(expect.arrayContaining(['careline-supervisor', 'hart-liaison']));
  });

  test('the same nudge again sends nothing', async () => {
    const story = unrouted();
    await office.tell(story);
    await send();
    const before = office.mails.length;
    await send();
    expect(office.mails).toHaveLength(before);
    expect((await office.cursors.progress(referralId, 'send-alerts')).seq).toBe(story.state.seq);
  });

  test('an invitation goes to the coordinator and to every seat', async () => {
    const story = referral({ team: 'MDT-HARTFORD' }).run().screen('high-risk');
    await office.tell(story);
    await send();
    expect(office.written(alertIdOf(story, 'mdt-invited')).toSorted()).toEqual(
      [
        'P-MDT-COORDINATOR-HARTFORD-1',
        ...connecticutPolicy.requiredDisciplines.map((each) => `MEMBER-${each.toUpperCase()}`),
      ].toSorted(),
    );
  });

  test('an alert about a deadline that is closed by now is not sent, and delays no other', async () => {
    const story = unrouted().do('classify-report', { track: 'investigation' }).do('start-response');
    await office.tell(story);
    const call = Object.values(story.state.alerts).find(({ deadlineId }) => deadlineId === `${referralId}.D1.1`);
    expect(call?.checkpoint).toBe('ring');
    await send(story.now);
    expect(office.written(call?.id ?? '')).toEqual([]);
    expect(office.written(opening)).not.toEqual([]);
    expect((await office.cursors.progress(referralId, 'send-alerts')).seq).toBe(story.state.seq);
  });

  test('the chain of the alert names the template, version and language of each mail', async () => {
    office.contacts.language.set('P-CARELINE-WORKER-1', 'es');
    await office.tell(unrouted());
    await send();
    const sent = (await office.ledger.alert(opening)).commits.flatMap(({ events }) => events);
    const made = (language: string) => ({ id: 'referral-opened', version: 3, frame: 5, language });
    const templates = sent.flatMap((each) => ('template' in each ? [[each.personId, each.template] as const] : []));
    expect(Object.fromEntries(templates)).toEqual({
      'P-CARELINE-WORKER-1': made('es'),
      // In one mail with the calls.
      'P-CARELINE-SUPERVISOR-1': { ...made('en'), within: { id: 'several', version: 2 } },
    });
    expect(office.mails.find(({ tags }) => tags.personId === 'P-CARELINE-WORKER-1')?.text).toContain('Caso nuevo');
  });

  test('a mail names the person to telephone: the one on call by the directory, or the next if away', async () => {
    office.contacts.away.set('P-CARELINE-SUPERVISOR-1', '2027-01-01T00:00:00Z');
    await office.tell(unrouted());
    await send();
    const next = await office.contacts.person('P-CARELINE-SUPERVISOR-2');
    const mail = office.mails.find(({ tags }) => tags.personId === 'P-CARELINE-WORKER-1');
    expect(mail?.text).toContain(`Call the Careline: ${next?.phone}.`);
  });

  test('a mail says until when the person on shift is on call, with the number of the shift', async () => {
    const on = { id: 'SH-1-1', role: 'careline-supervisor', scope: 'state', personId: supervisors[1] ?? '' } as const;
    office.contacts.shifts.push({
      ...on,
      from: '2026-11-09T13:00:00.000Z',
      to: '2026-11-10T01:00:00.000Z',
      phone: '203-555-0177',
      order: 1,
    });
    await office.tell(unrouted());
    await send();
    const mail = office.mails.find(({ tags }) => tags.personId === 'P-CARELINE-WORKER-1');
    expect(mail?.text).toContain('203-555-0177 (on call until Mon, Nov 9, 8:00 PM).');
    // The person on shift gets the mail of their role, and the first of the directory gets none.
    expect(office.written(opening)).toContain(supervisors[1]);
    expect(office.written(opening)).not.toContain(supervisors[0]);
  });

  test('the person on call reads the number of the next, never their own', async () => {
    await office.tell(unrouted());
    await send();
    const [own, next] = await Promise.all(supervisors.map((id) => office.contacts.person(id)));
    const text = office.mails.find(({ tags }) => tags.personId === supervisors[0])?.text ?? '';
    expect(text).toContain(`Careline now: ${next?.phone}.`);
    expect(text).not.toContain(own?.phone);
  });

  test.each([
    ['203-555-0104 or 203-555-0199', '203-555-0104'],
    ['203-555-0104 x12; 203-555-0199', '203-555-0104 x12'],
    ['the desk, (203) 555-0104', '(203) 555-0104'],
    ['555-0104 / 555-0199', '555-0104'],
    // Where one number ends and the other begins is not known, so the deputy is the one to call.
    ['2035550104 2035550199', '203-555-0177'],
  ])('a mail has one number to call, where the directory has "%s" for the person on duty', async (typed, called) => {
    const phones: Readonly<Record<string, string>> = { [supervisors[0]]: typed, [supervisors[1]]: '203-555-0177' };
    const directory = withPerson(office.contacts, async (id) => {
      const person = await office.contacts.person(id);
      return person && { ...person, phone: phones[id] ?? person.phone };
    });
    await office.tell(unrouted());
    await sendAlerts({ ...office.parts, directory }, referralId, monday);
    const { text = '', html = '' } = office.mails.find(({ tags }) => tags.personId === 'P-CARELINE-WORKER-1') ?? {};
    expect(text).toContain(`Call the Careline: ${called}. We then ask another person.`);
    expect(html.match(/tel:[^"]*/g)).toHaveLength(1);
    // No mail is withheld for what was typed.
    expect(office.written(opening)).toContain(supervisors[0]);
  });

  test('each member gets an invitation to the meeting of their own', async () => {
    const story = referral({ team: 'MDT-HARTFORD' }).run().screen('high-risk');
    story.do('schedule-meeting', { startsAt: '2026-11-13T15:00:00Z', place: 'office' });
    await office.tell(story);
    await send();
    const meeting = alertIdOf(story, 'meeting-scheduled');
    const mails = office.mails.filter(({ tags }) => tags.alertId === meeting);
    expect(mails).toHaveLength(1 + connecticutPolicy.requiredDisciplines.length);
    for (const { to, invitation } of mails) {
      const content = invitation?.content.replaceAll('\r\n ', '') ?? '';
      expect(content.match(/ATTENDEE.*/g)).toEqual([expect.stringContaining(`mailto:${to}`)]);
    }
  });

  test('a referral that was never opened is no fault', async () => {
    await send();
    await sendToNext(office.parts, opening, monday);
    expect(office.mails).toEqual([]);
  });
});

describe('trouble while sending', () => {
  test('one mail is not taken: the other people get theirs, and the next attempt sends only what is missing', async () => {
    const story = unrouted();
    await office.tell(story);
    office.deliveryOutcomes.set('P-CARELINE-WORKER-1', 'broken');
    await expect(send()).rejects.toThrow('sending rate');
    expect(office.written(opening)).toEqual(['P-CARELINE-SUPERVISOR-1']);
    expect((await office.cursors.progress(referralId, 'send-alerts')).seq).toBe(0);
    office.deliveryOutcomes.clear();
    await send();
    expect(office.written(opening)).toEqual(['P-CARELINE-SUPERVISOR-1', 'P-CARELINE-WORKER-1']);
  });

  test('one alert that cannot be sent does not delay the next', async () => {
    const story = unrouted().after('PT15M');
    await office.tell(story);
    office.deliveryOutcomes.set('P-CARELINE-WORKER-1', 'broken');
    await expect(send(story.now)).rejects.toThrow('sending rate');
    // The second call goes to the next on shift.
    expect(office.written(alertIdOf(story, 'checkpoint'))).toEqual([supervisors[1]]);
  });

  test('the directory holds no valid address: the deputy gets a mail at once', async () => {
    await office.tell(unrouted());
    office.deliveryOutcomes.set('P-CARELINE-WORKER-1', 'refused');
    await send();
    expect(office.written(opening).toSorted()).toEqual(['P-CARELINE-SUPERVISOR-1', 'P-CARELINE-WORKER-2']);
  });
});

describe('a mail that the guard withholds', () => {
  /** The directory says of these people that a shift of years ago runs, which the guard does not expect. */
  const leaking = (...ids: readonly string[]): SendParts => ({
    ...office.parts,
    directory: {
      ...office.contacts,
      onCallOrder: async (...asked) =>
        (await office.contacts.onCallOrder(...asked)).map((each) =>
          ids.includes(each.personId) ? { ...each, by: 'shift', until: '2009-11-09T13:00:00.000Z' } : each,
        ),
    },
  });

  test('is not sent but counted, and the next person gets one at once', async () => {
    await office.tell(unrouted());
    await sendAlerts(leaking(supervisors[1]), referralId, monday);
    expect(office.written(opening).toSorted()).toEqual([supervisors[1], 'P-CARELINE-WORKER-1']);
    // The news of the referral, as two alerts, and the call.
    expect(office.withheld).toEqual(Array(3).fill(['text', 'html'].map((where) => ({ rule: 'birth-date', where }))));
    const { commits } = await office.ledger.alert(opening);
    expect(commits.flatMap(({ events }) => events)).toContainEqual(
      expect.objectContaining({ type: 'alert-failed', personId: supervisors[0], because: 'withheld' }),
    );
  });

  test('to all recipients leaves the alert unreachable, which is an alarm of its own', async () => {
    await office.tell(unrouted());
    await sendAlerts(leaking(...supervisors), referralId, monday);
    expect(await office.isUnreachable(opening)).toBe(true);
    expect(office.mails).toEqual([]);
    // The news of the referral, as two alerts, and the call.
    expect(office.counted()).toBe(3);
  });
});

describe('mail that failed', () => {
  beforeEach(async () => {
    await office.tell(unrouted());
    await send();
  });

  test('is followed by one to the next person, once', async () => {
    await office.hear(opening, failed(supervisors[0]));
    await sendToNext(office.parts, opening, monday);
    await sendToNext(office.parts, opening, monday);
    expect(office.written(opening).filter((id) => id.includes('SUPERVISOR'))).toEqual([...supervisors]);
    expect(office.counted()).toBe(0);
  });

  test('is not followed by one where the news is a delivery', async () => {
    const before = office.mails.length;
    await office.hear(opening, { type: 'alert-delivered', v: 1, personId: supervisors[0] });
    await sendToNext(office.parts, opening, monday);
    expect(office.mails).toHaveLength(before);
  });

  test('without a next person is recorded in both chains and counted once', async () => {
    await office.hear(opening, ...supervisors.map(failed));
    await sendToNext(office.parts, opening, monday);
    await sendToNext(office.parts, opening, monday);
    expect((await office.ledger.alert(opening)).life.exhausted).toContain('careline-supervisor');
    expect(await office.isUnreachable(opening)).toBe(true);
    expect(office.counted()).toBe(1);
  });

  test('between whose two chains the process ended is completed by the next attempt', async () => {
    await office.hear(opening, ...supervisors.map(failed), {
      type: 'alert-exhausted',
      v: 1,
      addressedAs: 'careline-supervisor',
    });
    expect(await office.isUnreachable(opening)).toBe(false);
    await sendToNext(office.parts, opening, monday);
    expect(await office.isUnreachable(opening)).toBe(true);
    expect(office.counted()).toBe(1);
  });
});

test('a bounce that comes before the record of its mail still leads to the deputy', async () => {
  await office.tell(unrouted());
  await office.hear(opening, failed(supervisors[0]));
  await sendToNext(office.parts, opening, monday);
  await send();
  expect(office.written(opening)).toContain(supervisors[1]);
});

test('a bounce that comes while the first mails go out makes no other sender repeat them', async () => {
  await office.tell(unrouted());
  await office.hear(opening, failed(supervisors[0]));
  await sendToNext(office.parts, opening, monday);
  expect(office.mails).toEqual([]);
});

test('a member who leaves for a conflict of interest is only told that the meeting is not theirs', async () => {
  const story = referral().run().screen('confirmed');
  story.do('schedule-meeting', { startsAt: '2026-11-13T15:00:00Z', place: 'office' });
  await office.tell(story);
  await send();
  const before = office.mails.length;
  story.do('sign-confidentiality', { conflict: 'yes' }, 'seat:medical');
  await office.tell(story);
  await send();
  story.do('cancel-meeting', { because: 'other' });
  await office.tell(story);
  await send();
  const mails = office.mails.slice(before).filter(({ tags }) => tags.personId === 'MEMBER-MEDICAL');
  expect(mails.map(({ tags, invitation }) => [tags.alertId, invitation?.method])).toEqual([
    [alertIdOf(story, 'meeting-left'), 'CANCEL'],
  ]);
  expect(office.counted()).toBe(0);
});

test('each group that lost its last recipient is recorded, also after another one', async () => {
  const story = referral().run().screen('confirmed');
  await office.tell(story);
  await send();
  const invitation = alertIdOf(story, 'mdt-invited');
  const lose = async (...people: readonly string[]) => {
    for (const personId of people) {
      await office.hear(invitation, failed(personId));
      await sendToNext(office.parts, invitation, monday);
    }
    return (await office.ledger.referral(referralId))?.state.alerts[invitation]?.unreachedGroups;
  };
  expect(await lose('MEMBER-MEDICAL', 'DEPUTY-MEDICAL')).toEqual(['seat:medical']);
  expect(await lose('MEMBER-DCF', 'DEPUTY-DCF')).toEqual(['seat:medical', 'seat:dcf']);
  await sendToNext(office.parts, invitation, monday);
  expect(office.counted()).toBe(2);
});

test('an alert without any known recipient is unreachable at once', async () => {
  const story = referral()
    .run()
    .screen('high-risk')
    .do('offer-linkage', { service: 'mental-health', providerId: 'PV-1' });
  await office.tell(story);
  await send();
  const offer = alertIdOf(story, 'linkage-offered');
  expect((await office.ledger.alert(offer)).life.exhausted).toEqual(['person:PV-1.CONTACT']);
  expect(await office.isUnreachable(offer)).toBe(true);
  expect(office.counted()).toBe(1);
  expect((await office.cursors.progress(referralId, 'send-alerts')).seq).toBe(story.state.seq);
});

test('an alert after an unanswered one goes to the deputies as well', async () => {
  const story = unrouted().answers().after('PT3H');
  await office.tell(story);
  const due =
    Object.values(story.state.alerts).findLast(({ deadlineId }) => deadlineId === `${referralId}.D8.1`)?.id ?? '';
  expect(story.state.alerts[due]?.deputies).toBe(true);
  await send(story.now);
  expect(office.written(due)).toEqual([...supervisors]);
});
