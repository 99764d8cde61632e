/** Each person who got a calendar object of a meeting gets every newer one, or its cancellation, by whatever group. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendAlerts, sendToNext } from '../../functions/send-alerts/send-alerts.ts';
import { sendDigests } from '../../functions/send-alerts/send-digests.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import type { AlertEvent } from '../../shared/domain/alerts/alerts.ts';
import type { Delegation } from '../../shared/domain/directory/delegations.ts';
import type { CommitContext } from '../../shared/store/ledger.ts';
import { sampleContacts, withPerson } from '../alerts/compose/sample-contacts.ts';
import { startMemoryLedger } from '../support/memory-ledger.ts';
import { memberOf, referral, referralId, type Story } from '../support/referral-builder.ts';
import { sendParts } from '../support/send-parts.ts';

const frame = (now: string): CommitContext => ({
  now,
  actor: { kind: 'function', id: 'record-delivery' },
  cause: { kind: 'delivery' },
});
const coordinators = ['P-MDT-COORDINATOR-HARTFORD-1', 'P-MDT-COORDINATOR-HARTFORD-2'] as const;
/** A delegate of people on leave. */
const standIn = 'P-CARELINE-WORKER-3';
const medical = memberOf('medical').personId;

async function startOffice() {
  const { ledger, cursors, tell, stop } = await startMemoryLedger();
  const contacts = sampleContacts();
  const delegations: Delegation[] = [];
  /** The coordinators before those of the sample directory. */
  const leads: string[] = [];
  const mails: Mail[] = [];
  /** The mailer ends the process for this person after the mail was taken. */
  const ends = new Set<string>();
  const parts = sendParts({
    ledger,
    cursors,
    directory: {
      ...withPerson(contacts, async (id) => {
        const known = await contacts.person(leads.includes(id) ? coordinators[0] : id);
        return known && { ...known, id };
      }),
      delegations: async () => delegations,
      onCallOrder: async (role, scope, now) => [
        ...(role === 'mdt-coordinator' ? leads.map((personId) => ({ personId, by: 'directory' as const })) : []),
        ...(await contacts.onCallOrder(role, scope, now)),
      ],
    },
    mailer: {
      async send(mail) {
        mails.push(mail);
        if (ends.delete(mail.tags.personId)) throw new Error('The connection broke.');
        return `m-${mails.length}`;
      },
    },
  });
  const story = referral({ danger: 'no', team: 'MDT-HARTFORD' }).run().screen('high-risk');
  /** The alerts of the story since then are sent. */
  const send = async () => {
    await tell(story);
    await sendAlerts(parts, referralId, story.now);
  };
  return {
    story,
    delegations,
    leads,
    ends,
    send,
    stop,
    ledger,
    /** The quiet hours end, and deferred mail goes out. */
    morning: () => sendDigests({ ...parts, ledger }, '2026-11-10T13:00:30Z'),
    /** The mail to this person came back, and the next person gets one. */
    async bounces(alertId: string, personId: string) {
      const failed: AlertEvent = { type: 'alert-failed', v: 1, personId, because: 'bounce' };
      await ledger.changeAlert(alertId, frame(story.now), () => [failed]);
      await sendToNext(parts, alertId, story.now);
    },
    /** The calendar objects of the meeting that this person got, in order: the method and the sequence number. */
    calendarOf: (personId: string) =>
      mails
        .filter(({ tags, invitation }) => tags.personId === personId && invitation)
        .map(({ invitation }) => {
          const [, sequence] = /\r\nSEQUENCE:(\d+)/.exec(invitation?.content ?? '') ?? [];
          return `${invitation?.method} ${sequence}`;
        }),
    textsOf: (personId: string) =>
      mails.filter(({ tags, invitation }) => tags.personId === personId && invitation).map(({ text }) => text),
    alertOf: (kind: string) => Object.values(story.state.alerts).findLast((alert) => alert.kind === kind)?.id ?? '',
    isAlarmed: async () =>
      Object.values((await ledger.referral(referralId))?.state.alerts ?? {}).some(({ unreachable }) => unreachable),
  };
}

let office: Awaited<ReturnType<typeof startOffice>>;
beforeEach(async () => {
  office = await startOffice();
});
afterEach(() => office.stop());

const set = (story: Story, startsAt = '2026-11-13T15:00:00Z') =>
  story.do('schedule-meeting', { startsAt, place: 'virtual' });
const move = (story: Story, startsAt = '2026-11-13T17:00:00Z') => set(story.after('PT1H'), startsAt);
const onLeave = (personId: string, delegateId: string): Delegation => ({
  id: `D-${personId}`,
  personId,
  delegateId,
  work: ['mdt-coordinator', 'mdt-member'],
  from: '2026-11-01T00:00:00Z',
  until: '2026-12-01T00:00:00Z',
  givenAt: '2026-10-30T00:00:00Z',
});

test('a deputy who got the invitation after a bounce gets the new time, and the cancellation', async () => {
  const { story, send, calendarOf, bounces, alertOf } = office;
  set(story);
  await send();
  await bounces(alertOf('meeting-scheduled'), coordinators[0]);
  expect(calendarOf(coordinators[1])).toEqual(['REQUEST 0']);
  move(story);
  await send();
  expect(calendarOf(coordinators[0])).toEqual(['REQUEST 0', 'REQUEST 1']);
  expect(calendarOf(coordinators[1])).toEqual(['REQUEST 0', 'REQUEST 1']);
  expect(office.textsOf(coordinators[1]).at(-1)).toContain('because you have it in your calendar');
  story.after('PT1H').do('cancel-meeting', { because: 'other' });
  await send();
  expect(calendarOf(coordinators[0]).at(-1)).toBe('CANCEL 2');
  expect(calendarOf(coordinators[1]).at(-1)).toBe('CANCEL 2');
});

test('a stand-in of a coordinator on leave is told after the leave that the meeting is not theirs', async () => {
  const { story, send, calendarOf, delegations } = office;
  delegations.push(onLeave(coordinators[0], standIn));
  set(story);
  await send();
  expect(calendarOf(standIn)).toEqual(['REQUEST 0']);
  delegations.length = 0;
  move(story);
  await send();
  expect(calendarOf(coordinators[0])).toEqual(['REQUEST 1']);
  expect(calendarOf(standIn)).toEqual(['REQUEST 0', 'CANCEL 1']);
  expect(office.textsOf(standIn).at(-1)).toContain('Do not join the team meeting');
  move(story, '2026-11-13T18:00:00Z');
  await send();
  expect(calendarOf(standIn)).toHaveLength(2);
});

test('a coordinator on leave keeps up with the meeting, and so does the stand-in', async () => {
  const { story, send, calendarOf, delegations } = office;
  set(story);
  await send();
  delegations.push(onLeave(coordinators[0], standIn));
  move(story);
  await send();
  expect(calendarOf(coordinators[0])).toEqual(['REQUEST 0', 'REQUEST 1']);
  expect(calendarOf(standIn)).toEqual(['REQUEST 1']);
});

test('the former coordinator of a corrected team is told that the meeting is not theirs, the new one that it is', async () => {
  const { story, send, calendarOf } = office;
  set(story);
  await send();
  story.after('PT1H').do('confirm-routing', { office: 'MANCHESTER', team: 'MDT-MANCHESTER' });
  await send();
  expect(calendarOf(coordinators[0])).toEqual(['REQUEST 0', 'CANCEL 1']);
  expect(calendarOf('P-MDT-COORDINATOR-MANCHESTER-1')).toEqual(['REQUEST 1']);
});

test('a member who stepped aside gets no news, and their stand-in is told once that the meeting is not theirs', async () => {
  const { story, send, calendarOf, delegations } = office;
  delegations.push(onLeave(medical, standIn));
  set(story);
  await send();
  expect(calendarOf(standIn)).toEqual(['REQUEST 0']);
  story.after('PT1H').do('sign-confidentiality', { conflict: 'yes' }, 'seat:medical');
  await send();
  expect(calendarOf(medical)).toEqual([]);
  expect(calendarOf(standIn)).toEqual(['REQUEST 0', 'CANCEL 1']);
  expect(calendarOf(memberOf('medical').deputyId)).toEqual(['REQUEST 1']);
  expect(calendarOf(coordinators[0])).toEqual(['REQUEST 0']);
  move(story);
  await send();
  expect([calendarOf(medical), calendarOf(standIn)].map(({ length }) => length)).toEqual([0, 2]);
});

test('a coordinator who stepped aside is told that the meeting is not theirs, and the next that it is', async () => {
  const { story, send, calendarOf, leads } = office;
  leads.push('MDT-COORDINATOR');
  set(story);
  await send();
  story.after('PT1H').do('sign-confidentiality', { conflict: 'yes' }, 'mdt-coordinator');
  await send();
  expect(calendarOf('MDT-COORDINATOR')).toEqual(['REQUEST 0', 'CANCEL 1']);
  expect(calendarOf(coordinators[0])).toEqual(['REQUEST 1']);
  expect(calendarOf(medical)).toEqual(['REQUEST 0']);
});

test('a member who is told that the seat is not theirs keeps the meeting where they coordinate it', async () => {
  const { story, send, calendarOf } = office;
  story.do('invite-seat', { discipline: 'school', personId: coordinators[0] });
  set(story);
  await send();
  story.after('PT1H').do('remove-seat', { discipline: 'school' });
  await send();
  expect(calendarOf(coordinators[0])).toEqual(['REQUEST 0']);
  move(story);
  await send();
  expect(calendarOf(coordinators[0])).toEqual(['REQUEST 0', 'REQUEST 2']);
});

test('a person who may have got a mail without a record is told that the meeting is not theirs', async () => {
  const { story, send, calendarOf, delegations, ends } = office;
  delegations.push(onLeave(coordinators[0], standIn));
  set(story);
  ends.add(standIn);
  await expect(send()).rejects.toThrow('broke');
  delegations.length = 0;
  move(story);
  await send();
  expect(calendarOf(standIn)).toEqual(['REQUEST 0', 'CANCEL 1']);
});

test('a calendar that cannot be corrected raises no alarm, and is not tried for ever', async () => {
  const { story, send, calendarOf, delegations, bounces, alertOf, ledger } = office;
  delegations.push(onLeave(coordinators[0], standIn));
  set(story);
  await send();
  delegations.length = 0;
  move(story);
  await send();
  await bounces(alertOf('meeting-moved'), standIn);
  expect((await ledger.alert(alertOf('meeting-moved'))).life.exhausted).toEqual([`calendar-left:${standIn}`]);
  expect(await office.isAlarmed()).toBe(false);
  expect(calendarOf(standIn)).toEqual(['REQUEST 0', 'CANCEL 1']);
});

describe('a meeting in the quiet hours, before any invitation went out,', () => {
  const evening = '2026-11-10T02:00:00Z';
  const held = async () => {
    const { story, send } = office;
    story.at(evening);
    await send();
    set(story, '2026-11-30T15:00:00Z');
    await send();
    expect(office.calendarOf(medical)).toEqual([]);
  };

  test('stays unknown to a member who leaves the team before the invitation', async () => {
    await held();
    const { story, send, morning, calendarOf } = office;
    story.do('sign-confidentiality', { conflict: 'yes' }, 'seat:medical');
    await send();
    await morning();
    expect(calendarOf(medical)).toEqual([]);
    expect(calendarOf(memberOf('dcf').personId)).toEqual(['REQUEST 1']);
  });

  test('is told to no one once it is called off', async () => {
    await held();
    const { story, send, morning, calendarOf } = office;
    story.do('cancel-meeting', { because: 'other' });
    await send();
    await morning();
    for (const id of [medical, memberOf('dcf').personId, coordinators[0]]) expect(calendarOf(id)).toEqual([]);
    expect(await office.isAlarmed()).toBe(false);
  });
});
