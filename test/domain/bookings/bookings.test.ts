/** Appointments for exams and interviews: who books, one interview, and what a missed one asks for. */
import { describe, expect, test } from 'vitest';
import { composeAlert } from '../../../shared/alerts/compose/compose.ts';
import { makesSense } from '../../../shared/application/read/available-commands.ts';
import { bookingSteps } from '../../../shared/domain/bookings/booking-steps.ts';
import { bookable, secondInterviewReasons } from '../../../shared/domain/core/vocabulary.ts';
import { post } from '../../alerts/compose/every-mail.ts';
import { visitor } from '../../support/desk.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { signed } from '../../support/scenes.ts';

/** The story begins on Monday, November 9, 2026. */
const thursday = '2026-11-12T15:00:00Z';
const place = { providerId: 'PV-1', interpreter: 'none-needed', advocate: 'advocate-comes' };
const ask = (story: Story, service: string = 'forensic-interview', more: object = {}, as?: string) =>
  story.do('ask-booking', { service, ...place, ...more }, as);
const suspected = () => referral().run().screen('high-risk');
const teamed = () => signed(referral().run().screen('confirmed').tellTeam());
const bookingOf = ({ state }: Story, id = 'B1') => state.bookings?.find((each) => each.id === id);
const told = ({ state }: Story) => Object.values(state.alerts).filter(({ appointment }) => appointment !== undefined);
const steps = ({ state, now }: Story) => bookingSteps(state, now).map(({ acts: [act] }) => act?.command);
const kept = (story: Story) =>
  ask(story, 'forensic-interview', { startsAt: thursday })
    .at('2026-11-12T18:00:00Z')
    .do('end-booking', { booking: 'B1', bookingEnd: 'booking-kept', seenAlone: 'seen-alone' });

describe('an appointment', () => {
  test.each(bookable)('for %s is asked for, booked, moved and kept', (service) => {
    const story = ask(suspected(), service);
    expect(bookingOf(story)).toMatchObject({ status: 'asked', service, providerId: 'PV-1', moved: 0 });
    expect(steps(story)).toEqual(['move-booking']);
    story.do('move-booking', { booking: 'B1', startsAt: '2026-11-11T15:00:00Z' });
    expect(bookingOf(story)).toMatchObject({ status: 'booked', moved: 0 });
    story.do('move-booking', { booking: 'B1', startsAt: thursday, interpreter: 'spanish' });
    expect(bookingOf(story)).toMatchObject({ status: 'booked', moved: 1, interpreter: 'spanish', sequence: 2 });
    expect(steps(story)).toEqual([]);
    expect(steps(story.at('2026-11-12T15:30:00Z'))).toEqual(['end-booking']);
    expect(story.refused('end-booking', { booking: 'B1', bookingEnd: 'booking-kept' })).toBe('seen-alone-unsaid');
    story.do('end-booking', { booking: 'B1', bookingEnd: 'booking-kept', seenAlone: 'seen-alone' });
    expect(bookingOf(story)).toMatchObject({
      seenAlone: 'seen-alone',
      status: 'kept',
      endedAt: '2026-11-12T15:00:00.000Z',
    });
  });

  test.each([
    ['in the past', { startsAt: '2026-11-02T15:00:00Z' }, 'in-the-past'],
    ['a year ahead', { startsAt: '2027-11-12T15:00:00Z' }, 'too-far-ahead'],
    ['at no provider of the directory', { providerId: 'NO-ONE' }, 'no-such-provider'],
    ['as a second interview, where none was held', { secondReason: 'child-asked' }, 'second-unasked'],
    ['without a time', {}, 'accepted'],
  ])('%s', (_, more, said) => {
    expect(suspected().refused('ask-booking', { service: 'forensic-interview', ...place, ...more })).toBe(said);
  });

  test.each([
    ['kept without a time', undefined, { bookingEnd: 'booking-kept', seenAlone: 'seen-alone' }, 'booking-without-time'],
    ['kept before it began', thursday, { bookingEnd: 'booking-kept', seenAlone: 'seen-alone' }, 'booking-ahead'],
    ['canceled without a reason', thursday, { bookingEnd: 'booking-canceled' }, 'booking-reason-missing'],
    [
      'canceled, and the child seen',
      thursday,
      { bookingEnd: 'booking-canceled', bookingReason: 'center-canceled', seenAlone: 'seen-alone' },
      'seen-alone-unasked',
    ],
    ['canceled', thursday, { bookingEnd: 'booking-canceled', bookingReason: 'center-canceled' }, 'accepted'],
    ['another one', thursday, { booking: 'B2', bookingEnd: 'booking-canceled' }, 'no-such-booking'],
  ])('is recorded as %s', (_, startsAt, input, said) => {
    const story = ask(suspected(), 'medical-nonacute', startsAt === undefined ? {} : { startsAt });
    expect(story.refused('end-booking', { booking: 'B1', ...input })).toBe(said);
  });

  test('of one service is one at a time, and of another stands beside it', () => {
    const story = ask(suspected());
    expect(story.refused('ask-booking', { service: 'forensic-interview', ...place })).toBe('booked-already');
    expect(bookingOf(ask(story, 'medical-nonacute'), 'B2')?.service).toBe('medical-nonacute');
  });

  test('that is over is not moved, and needs no second end', () => {
    const story = kept(suspected());
    expect(story.refused('move-booking', { booking: 'B1', startsAt: '2026-11-20T15:00:00Z' })).toBe('booking-over');
    expect(story.refused('end-booking', { booking: 'B1', bookingEnd: 'booking-kept', seenAlone: 'seen-alone' })).toBe(
      'booking-over',
    );
  });
});

describe('one forensic interview (C.G.S. 17a-101h)', () => {
  test('is enough: a second one needs its reason', () => {
    const story = kept(suspected());
    expect(story.refused('ask-booking', { service: 'forensic-interview', ...place })).toBe('second-interview');
    for (const secondReason of secondInterviewReasons) {
      const again = { service: 'forensic-interview', ...place, secondReason };
      expect(kept(suspected()).refused('ask-booking', again)).toBe('accepted');
    }
    ask(story, 'forensic-interview', { secondReason: 'new-disclosure' });
    expect(bookingOf(story, 'B2')).toMatchObject({ secondReason: 'new-disclosure' });
  });

  test('that was missed is no first one', () => {
    const story = ask(suspected(), 'forensic-interview', { startsAt: thursday }).at('2026-11-12T18:00:00Z');
    story.do('end-booking', { booking: 'B1', bookingEnd: 'booking-missed', bookingReason: 'no-transport' });
    expect(steps(story)).toEqual(['ask-booking']);
    ask(story, 'forensic-interview', { startsAt: '2026-11-16T15:00:00Z' });
    expect(steps(story)).toEqual([]);
  });

  test.each<[string, object, string | undefined]>([
    ['was held before, as someone says', { answer: 'held-already', seenAlone: 'alone-not-known' }, 'second-interview'],
    [
      'took place at a time that was set without a booking',
      { answer: 'scheduled', scheduledFor: '2026-11-10T15:00:00Z' },
      'second-interview',
    ],
    [
      'is set without a booking and lies ahead',
      { answer: 'scheduled', scheduledFor: '2026-11-20T15:00:00Z' },
      undefined,
    ],
    ['was declined by the child', { answer: 'child-declined' }, undefined],
  ])('counts as the first where it %s', (_, input, said) => {
    const story = suspected().do('settle-interview', input).at('2026-11-12T18:00:00Z');
    const asked = { service: 'forensic-interview', ...place };
    if (said === undefined) story.do('ask-booking', asked);
    else expect(story.refused('ask-booking', asked)).toBe(said);
  });

  test('is one where it was set without a booking and is booked then', () => {
    const story = suspected().do('settle-interview', { answer: 'scheduled', scheduledFor: '2026-11-20T15:00:00Z' });
    ask(story, 'forensic-interview', { startsAt: '2026-11-19T15:00:00Z' });
    expect(story.all('interview-settled')).toHaveLength(1);
    expect(story.state.response.interview?.scheduledFor).toBe('2026-11-19T15:00:00.000Z');
  });

  test('keeps how and where it is when its time is set or moved by a booking', () => {
    const where = { way: 'in-person', directions: 'The second floor of an invented center.' };
    const story = suspected().do('settle-interview', { answer: 'scheduled', scheduledFor: thursday, ...where });
    const settled = story.state.response.interview;
    ask(story, 'forensic-interview', { startsAt: '2026-11-13T15:00:00Z' });
    story.do('move-booking', { booking: 'B1', startsAt: '2026-11-16T15:00:00Z' });
    expect(story.state.response.interview).toEqual({ ...settled, scheduledFor: '2026-11-16T15:00:00.000Z' });
    expect(settled).toMatchObject({ way: 'in-person', directions: expect.any(String) });
  });

  test('is settled once, with its time, and a move is no other interview', () => {
    const story = ask(teamed());
    expect(story.all('interview-settled')).toEqual([]);
    story.do('move-booking', { booking: 'B1', startsAt: '2026-11-11T15:00:00Z' });
    expect(story.deadline('D20').status).toBe('kept');
    story.do('move-booking', { booking: 'B1', startsAt: thursday });
    expect(story.all('interview-settled')).toHaveLength(1);
    expect(story.state.response.interview?.scheduledFor).toBe('2026-11-12T15:00:00.000Z');
  });
});

describe('who books', () => {
  test('staff, leaders of the team, and of its seats the advocate, the interviewer and medical', () => {
    const input = { service: 'forensic-interview', ...place };
    expect(teamed().refused('ask-booking', input, 'seat:victim-advocate')).toBe('accepted');
    expect(teamed().refused('ask-booking', input, 'seat:medical')).toBe('accepted');
    expect(teamed().refused('ask-booking', input, 'seat:law-enforcement')).toBe('not-a-booker');
    expect(teamed().refused('ask-booking', input, 'seat:states-attorney')).toBe('not-a-booker');
  });

  test('a page offers to move or end an appointment once there is one', () => {
    const offered = ({ state }: Story) =>
      (['ask-booking', 'move-booking', 'end-booking'] as const).filter((name) =>
        makesSense(name, state, visitor('caseworker')),
      );
    expect(offered(referral())).toEqual(['ask-booking']);
    expect(offered(ask(referral()))).toEqual(['ask-booking', 'move-booking', 'end-booking']);
  });

  test('a child who speaks another language is not booked without words for it', () => {
    const story = suspected().do('note-card', {
      limitsSaid: 'yes',
      madeBy: 'written-together',
      cardLanguage: 'spanish',
    });
    const input = { service: 'forensic-interview', ...place };
    expect(story.refused('ask-booking', input)).toBe('interpreter-first');
    expect(story.refused('ask-booking', { ...input, interpreter: 'center-speaks-it' })).toBe('accepted');
  });

  test('without an advocate the next step is to find one', () => {
    const story = ask(suspected(), 'forensic-interview', { startsAt: thursday, advocate: 'no-advocate-yet' });
    expect(steps(story)).toEqual(['move-booking']);
    story.do('move-booking', { booking: 'B1', startsAt: thursday, advocate: 'advocate-comes' });
    expect(steps(story)).toEqual([]);
    // Only the time is news.
    expect(told(story)).toHaveLength(1);
  });
});

describe('the news of an appointment', () => {
  test('goes to the caseworker and the seats that come, and to a provider that serves the child', () => {
    const story = teamed();
    const advocate = story.state.team.seats.find(({ discipline }) => discipline === 'victim-advocate');
    ask(story, 'forensic-interview', { startsAt: thursday });
    const [first] = told(story);
    expect(first).toMatchObject({ kind: 'meeting-scheduled', appointment: 'B1', to: ['caseworker'] });
    expect(first?.people).toContain(advocate?.personId);
    expect(first?.people).not.toContain('PV-1.CONTACT');
    const served = teamed().do('offer-linkage', { service: 'forensic-interview', providerId: 'PV-1' });
    expect(told(ask(served, 'forensic-interview', { startsAt: thursday }))[0]?.people).toContain('PV-1.CONTACT');
  });

  test('is one entry of a calendar, without service, place or child', () => {
    const story = ask(suspected(), 'medical-nonacute', { startsAt: thursday });
    story.do('move-booking', { booking: 'B1', startsAt: '2026-11-13T15:00:00Z' });
    story.do('end-booking', { booking: 'B1', bookingEnd: 'booking-canceled', bookingReason: 'center-canceled' });
    const { policy, state, now } = story;
    const recipient = { personId: 'P-1', addressedAs: 'caseworker', also: [], language: 'en' } as const;
    const mails = told(story).map((alert) => composeAlert({ ...post, alert, state, policy, recipient, now }));
    expect(told(story).map(({ kind }) => kind)).toEqual(['meeting-scheduled', 'meeting-moved', 'meeting-cancelled']);
    for (const { text, html, invitation } of mails) {
      // The mail tells the present state: it is canceled.
      expect(invitation).toMatchObject({ method: 'CANCEL' });
      expect(invitation?.content).toContain(`UID:${state.id}.B1.careline`);
      expect(`${text}${html}${invitation?.content}`).not.toMatch(/\b(?:medical|exam|hospital|interview|PV-1)\b/i);
    }
  });

  test('of one that is only asked for is none', () => {
    expect(told(ask(suspected()))).toEqual([]);
  });
});
