import { describe, expect, it } from 'vitest';
import { meetingAhead } from '../../../shared/domain/team/meeting.ts';
import { memberOf, referral, type Story } from '../../support/referral-builder.ts';
import { meet, readyToClose } from '../../support/scenes.ts';

const suspected = () => referral().run().screen('high-risk');
const friday = '2026-11-13T15:00:00Z';
const set = (story: Story, startsAt = friday) => story.do('schedule-meeting', { startsAt, place: 'virtual' });
const told = (story: Story) =>
  story
    .all('alert-requested')
    .filter(({ kind }) => kind.startsWith('meeting-'))
    .map(({ kind, people }) => [kind, people.length]);
const last = (story: Story) => story.all('alert-requested').at(-1);

describe('a meeting of the team', () => {
  it('is set once for all who have a seat, and the coordinator knows', () => {
    const story = set(suspected());
    expect(meetingAhead(story.state)).toMatchObject({
      number: 1,
      sequence: 0,
      startsAt: '2026-11-13T15:00:00.000Z',
      minutes: 60,
    });
    expect(last(story)).toMatchObject({ kind: 'meeting-scheduled', to: ['mdt-coordinator'] });
    expect(told(story)).toEqual([['meeting-scheduled', 7]]);
  });

  it('that is set again to the same time changes nothing and sends no mail', () => {
    expect(told(set(set(suspected())))).toEqual([['meeting-scheduled', 7]]);
  });

  it('says how people come together, and keeps it while it is moved within the same kind of place', () => {
    const place = { place: 'virtual', way: 'by-video', directions: 'A link.' };
    const story = suspected().do('schedule-meeting', { startsAt: friday, ...place });
    expect(meetingAhead(story.state)).toMatchObject({ way: 'by-video', directions: expect.any(String) });
    set(story, '2026-11-13T16:00:00Z');
    expect(meetingAhead(story.state)).toMatchObject({ way: 'by-video', directions: expect.any(String) });
    story.do('schedule-meeting', { startsAt: friday, place: 'office' });
    expect(meetingAhead(story.state)?.way).toBeUndefined();
    expect(meetingAhead(story.state)?.directions).toBeUndefined();
  });

  it('with another link at the same time is told to all who come', () => {
    const place = { startsAt: friday, place: 'virtual', way: 'by-phone' };
    const story = suspected().do('schedule-meeting', { ...place, directions: 'One number.' });
    story.do('schedule-meeting', place);
    expect(told(story)).toEqual([['meeting-scheduled', 7]]);
    story.do('schedule-meeting', { ...place, directions: 'Another number.' });
    expect(told(story)).toEqual([
      ['meeting-scheduled', 7],
      ['meeting-moved', 7],
    ]);
  });

  it.each([
    ['in-person', 'virtual'],
    ['by-phone', 'office'],
  ])('%s in the place %s is refused', (way, place) => {
    expect(suspected().refused('schedule-meeting', { startsAt: friday, place, way })).toBe('other-place');
  });

  it('keeps its number and counts each change when it is moved', () => {
    const story = set(set(suspected()), '2026-11-13T16:00:00Z');
    expect(story.state.team.meeting).toMatchObject({ number: 1, sequence: 1 });
    expect(told(story).at(-1)).toEqual(['meeting-moved', 7]);
  });

  it('that is cancelled tells all who were asked; the next one is another meeting', () => {
    const story = set(suspected()).do('cancel-meeting', { because: 'no-quorum' });
    expect(story.state.team.meeting).toMatchObject({ number: 1, sequence: 1, status: 'called-off' });
    expect(told(story).at(-1)).toEqual(['meeting-cancelled', 7]);
    expect(set(story).state.team.meeting).toMatchObject({ number: 2, sequence: 0, status: 'scheduled' });
  });

  it('that was held before its time leaves the calendars', () => {
    const story = meet(set(suspected().tellTeam()));
    expect(story.all('meeting-called-off')).toMatchObject([{ number: 1, sequence: 1, because: 'held-earlier' }]);
    expect(told(story).at(-1)).toEqual(['meeting-cancelled', 7]);
    expect(story.state.team.meetings).toHaveLength(1);
  });

  it('that was held is not ahead any more', () => {
    const story = meet(set(suspected().tellTeam()).at(friday));
    expect(story.state.team.meeting?.status).toBe('held');
    expect(story.refused('cancel-meeting', { because: 'other' })).toBe('no-meeting-ahead');
  });

  it('leaves the member who declines and goes on to the deputy, one change further, with no mail to the others', () => {
    const { personId, deputyId } = memberOf('medical');
    const story = set(suspected()).do(
      'answer-seat',
      { discipline: 'medical', answer: 'declined', reasonCode: 'workload' },
      'seat:medical',
    );
    expect(story.state.team.meeting?.sequence).toBe(1);
    expect(story.state.team.meeting?.invited).not.toContain(personId);
    const [left, joined] = story
      .all('alert-requested')
      .filter(({ kind }) => kind.startsWith('meeting-'))
      .slice(1);
    expect(left).toMatchObject({ kind: 'meeting-left', people: [personId] });
    expect(joined).toMatchObject({ kind: 'meeting-scheduled', people: [deputyId] });
  });

  it('without anyone from a declined seat is told only to the person who declined', () => {
    const story = set(suspected())
      .do('answer-seat', { discipline: 'medical', answer: 'declined', reasonCode: 'workload' }, 'seat:medical')
      .do('answer-seat', { discipline: 'medical', answer: 'declined', reasonCode: 'workload' }, 'deputy:medical');
    expect(told(story).at(-1)).toEqual(['meeting-left', 1]);
  });

  it('asks the person who is appointed to a vacant seat later', () => {
    const story = set(
      referral({ vacant: ['medical'] })
        .run()
        .screen('high-risk'),
    );
    story.appoint('medical').step('DrawRoster');
    expect(story.state.team.meeting?.invited).toContain(memberOf('medical').personId);
    expect(told(story).at(-1)).toEqual(['meeting-scheduled', 1]);
  });

  it('gains and loses people who are invited to a seat, removed from it, or step aside', () => {
    const story = set(suspected()).do('invite-seat', { discipline: 'school', personId: 'P-TEACHER' });
    expect(last(story)).toMatchObject({ kind: 'meeting-scheduled', people: ['P-TEACHER'] });
    story.do('remove-seat', { discipline: 'school' });
    expect(told(story).at(-1)).toEqual(['meeting-left', 1]);
    story.do('sign-confidentiality', { conflict: 'yes' }, 'seat:medical');
    expect(story.state.team.meeting?.invited).toContain(memberOf('medical').deputyId);
    expect(story.state.team.meeting?.invited).not.toContain(memberOf('medical').personId);
  });

  it.each([
    ['a time that has passed', '2026-11-09T14:00:00Z', 'in-the-past'],
    ['this very instant', '2026-11-09T15:00:00Z', 'in-the-past'],
    ['a slip of the finger', '2027-11-13T15:00:00Z', 'too-far-ahead'],
  ])('is refused for %s', (_, startsAt, code) => {
    expect(suspected().refused('schedule-meeting', { startsAt, place: 'office' })).toBe(code);
  });

  it('is refused before there is a team', () => {
    expect(referral().run().refused('schedule-meeting', { startsAt: friday, place: 'office' })).toBe('no-team');
  });
});

describe('a referral that ends', () => {
  it('by withdrawal takes its meeting with it', () => {
    const story = set(suspected());
    story.do('propose-withdrawal', { because: 'made-in-error' }).do('agree-withdrawal', {}, 'careline-manager');
    expect(story.state.team.meeting?.status).toBe('called-off');
    expect(told(story).at(-1)).toEqual(['meeting-cancelled', 7]);
  });

  it('tells all who worked on the referral when it closes', () => {
    const story = readyToClose().do('close-referral');
    expect(last(story)).toMatchObject({ kind: 'referral-ended' });
  });
});
