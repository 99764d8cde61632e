import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { composeAlert } from '../../../shared/alerts/compose/compose.ts';
import type { Alert } from '../../../shared/domain/alerts/alert-state.ts';
import { whereKnown } from '../../../shared/domain/core/where-known.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { memberOf, referral, referralId, type Story } from '../../support/referral-builder.ts';
import { everyMail, post } from './every-mail.ts';

const suspected = (at?: string) =>
  referral({ ...whereKnown({ receivedAt: at }) })
    .run()
    .screen('high-risk');
const set = (story: Story, startsAt: string) => story.do('schedule-meeting', { startsAt, place: 'virtual' });

/** What a calendar program reads in the mail about the latest alert of this kind. */
function read(story: Story, kind: Alert['kind'], personId = memberOf('medical').personId) {
  const alert = Object.values(story.state.alerts).findLast((each) => each.kind === kind);
  if (!alert) throw new Error('There is no such alert.');
  const { state, policy, now } = story;
  const recipient = { personId, addressedAs: `person:${personId}`, also: [], language: 'en' } as const;
  const { invitation } = composeAlert({ ...post, alert, state, policy, recipient, now });
  if (!invitation) throw new Error('The mail carries no invitation.');
  return parse(invitation.content);
}

function parse(content: string) {
  const calendar = new ICAL.Component(ICAL.parse(content));
  const zone = calendar.getFirstSubcomponent('vtimezone');
  const component = calendar.getFirstSubcomponent('vevent');
  if (!zone || !component) throw new Error('It holds no zone or no event.');
  ICAL.TimezoneService.reset();
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const event = new ICAL.Event(component);
  const instant = (name: string) => {
    const time = component.getFirstPropertyValue(name) as ICAL.Time;
    return time.toJSDate().toISOString();
  };
  return {
    method: calendar.getFirstPropertyValue('method'),
    zone: zone.getFirstPropertyValue('tzid'),
    uid: event.uid,
    sequence: event.sequence,
    status: component.getFirstPropertyValue('status'),
    start: instant('dtstart'),
    end: instant('dtend'),
    attendees: event.attendees.map((attendee) => attendee.getFirstValue()),
    content,
  };
}

describe('a mail about a meeting that was moved before the mail went out', () => {
  const story = set(suspected(), '2026-11-13T15:00:00Z').do('cancel-meeting', { because: 'other' });
  set(story, '2026-11-18T15:00:00Z').do(
    'answer-seat',
    { discipline: 'medical', answer: 'declined', reasonCode: 'workload' },
    'seat:medical',
  );

  test('takes its own meeting out of the calendar, and leaves the new one there', () => {
    expect(read(story, 'meeting-cancelled')).toMatchObject({
      method: 'CANCEL',
      uid: `${referralId}.M1.careline`,
      sequence: 1,
      start: '2026-11-13T15:00:00.000Z',
    });
    expect(read(story, 'meeting-left')).toMatchObject({ method: 'CANCEL', uid: `${referralId}.M2.careline` });
  });

  test("carries the first meeting, with that meeting's time in its words", () => {
    const alert = Object.values(story.state.alerts).find(({ kind }) => kind === 'meeting-cancelled');
    if (!alert) throw new Error('There is no such alert.');
    const { state, policy, now } = story;
    const recipient = { personId: 'P-1', addressedAs: 'mdt-coordinator', also: [], language: 'en' } as const;
    const { text } = composeAlert({ ...post, alert, state, policy, recipient, now });
    expect(text).toContain('Fri, Nov 13, 10:00 AM');
    expect(text).not.toContain('Nov 18');
  });
});

describe('a mail about a meeting that the team held earlier', () => {
  test('says that the team met, cancels nothing in words, and takes the entry out of the calendar', () => {
    const story = set(suspected().tellTeam(), '2026-11-18T15:00:00Z').do('record-meeting', {
      attended: connecticut20261.requiredDisciplines,
    });
    const alert = Object.values(story.state.alerts).find(({ kind }) => kind === 'meeting-cancelled');
    if (!alert) throw new Error('There is no such alert.');
    const { state, policy, now } = story;
    for (const [language, met, no] of [
      ['en', 'The team met earlier', /cancelled/],
      ['es', 'El equipo ya se reunió', /cancel/],
    ] as const) {
      const recipient = { personId: 'P-1', addressedAs: 'mdt-coordinator', also: [], language } as const;
      const { subject, text } = composeAlert({ ...post, alert, state, policy, recipient, now });
      expect(text).toContain(met);
      expect(`${subject} ${text}`).not.toMatch(no);
    }
    expect(read(story, 'meeting-cancelled')).toMatchObject({ method: 'CANCEL', uid: `${referralId}.M1.careline` });
  });
});

describe('the invitation to a meeting', () => {
  test('is one event in New York time, for one person, and names no other person', () => {
    const invitation = read(set(suspected(), '2026-11-13T15:00:00Z'), 'meeting-scheduled');
    expect(invitation).toMatchObject({
      method: 'REQUEST',
      zone: 'America/New_York',
      uid: `${referralId}.M1.careline`,
      sequence: 0,
      status: 'CONFIRMED',
      start: '2026-11-13T15:00:00.000Z',
      end: '2026-11-13T16:00:00.000Z',
      attendees: ['mailto:reader@team.example'],
    });
    expect(invitation.content).not.toMatch(/MEMBER-|MDT-HARTFORD|Hartford|VALARM/);
  });

  test('comes again with the frozen agenda, unchanged, and the mail tells no more than where to read it', () => {
    const story = set(suspected(), '2026-11-20T15:00:00Z').at('2026-11-15T15:00:00Z').looksAtAgenda();
    const again = read(story, 'meeting-scheduled');
    expect(again).toMatchObject({ method: 'REQUEST', uid: `${referralId}.M1.careline`, sequence: 0 });
    const alert = Object.values(story.state.alerts).findLast(({ kind }) => kind === 'meeting-scheduled');
    if (!alert) throw new Error('There is no such alert.');
    const { state, policy, now } = story;
    for (const [language, words] of [
      ['en', 'Read the agenda'],
      ['es', 'Leer el orden del día'],
    ] as const) {
      const recipient = { personId: 'MEMBER-MEDICAL', addressedAs: 'person:MEMBER-MEDICAL', also: [], language };
      const mail = composeAlert({ ...post, alert, state, policy, recipient, now });
      expect(mail.text).toContain(words);
      expect(mail.text).not.toMatch(/Hartford|MDT-HARTFORD|D15/);
    }
  });

  test('keeps its UID and raises its SEQUENCE with each change', () => {
    const story = set(suspected(), '2026-11-13T15:00:00Z');
    const changes = [
      () => set(story, '2026-11-13T16:00:00Z'),
      () => set(story, '2026-11-16T16:00:00Z'),
      () =>
        story.do('answer-seat', { discipline: 'medical', answer: 'declined', reasonCode: 'workload' }, 'seat:medical'),
      () => story.do('cancel-meeting', { because: 'other' }),
    ];
    const kinds = ['meeting-moved', 'meeting-moved', 'meeting-left', 'meeting-cancelled'] as const;
    const seen = changes.map((change, index) => {
      change();
      const { uid, sequence, method } = read(story, kinds[index] ?? 'meeting-moved');
      return [uid, sequence, method];
    });
    const uid = `${referralId}.M1.careline`;
    expect(seen).toEqual([
      [uid, 1, 'REQUEST'],
      [uid, 2, 'REQUEST'],
      [uid, 3, 'CANCEL'],
      [uid, 4, 'CANCEL'],
    ]);
    expect(read(set(story, '2026-11-17T16:00:00Z'), 'meeting-scheduled')).toMatchObject({
      uid: `${referralId}.M2.careline`,
      sequence: 0,
    });
  });

  test('that was asked for before the meeting was called off says so', () => {
    const story = set(suspected(), '2026-11-13T15:00:00Z').do('cancel-meeting', { because: 'other' });
    expect(read(story, 'meeting-scheduled')).toMatchObject({ method: 'CANCEL', status: 'CANCELLED', sequence: 1 });
  });

  test.each([
    ['the last hour before spring forward', '2027-03-14T06:30:00Z'],
    ['the first hour after spring forward', '2027-03-14T07:00:00Z'],
    ['the day after spring forward', '2027-03-15T13:00:00Z'],
    ['over spring forward', '2027-03-14T06:45:00Z'],
    ['the hour that occurs twice, the first time', '2026-11-01T05:30:00Z'],
    ['the hour that occurs twice, the second time', '2026-11-01T06:30:00Z'],
    ['over fall back', '2026-11-01T05:45:00Z'],
    ['the hour after fall back', '2026-11-01T07:00:00Z'],
    ['the day after fall back', '2026-11-02T14:00:00Z'],
  ])('has the right time for %s', (_, startsAt) => {
    const received = startsAt.startsWith('2027') ? '2027-03-08T15:00:00.000Z' : '2026-10-28T15:00:00.000Z';
    const { start, end } = read(set(suspected(received), startsAt), 'meeting-scheduled');
    expect(start).toBe(new Date(startsAt).toISOString());
    expect(end).toBe(new Date(Date.parse(startsAt) + 3_600_000).toISOString());
  });

  test('has lines of at most 75 octets that end with CRLF, in every mail with a calendar', () => {
    const invitations = everyMail().flatMap(({ message: { invitation } }) => invitation ?? []);
    expect(invitations.length).toBe(28);
    for (const { content } of invitations) {
      parse(content);
      expect(content.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(Math.max(...content.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    }
  });

  test("names the zone by the machine's rules, for years ahead", () => {
    for (
      let day = Date.parse('2026-01-01T17:00:00Z');
      day < Date.parse('2028-01-01T00:00:00Z');
      day += 86_400_000 * 9
    ) {
      const startsAt = new Date(day).toISOString();
      const received = new Date(day - 86_400_000 * 3).toISOString();
      expect(read(set(suspected(received), startsAt), 'meeting-scheduled').start).toBe(startsAt);
    }
  });
});
