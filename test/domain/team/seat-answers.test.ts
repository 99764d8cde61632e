/** The answers that a member can give for a seat, and what follows from them and from silence. */
import { describe, expect, test } from 'vitest';
import { beginDecision } from '../../../shared/domain/core/decision.ts';
import {
  askDeputies,
  deputyAskedAt,
  invitedAt,
  silentDeputies,
  silentSince,
} from '../../../shared/domain/team/seat-silence.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { memberOf, personOf, referral, type Story } from '../../support/referral-builder.ts';

const discipline = 'medical';
const { personId: holder, deputyId: deputy } = memberOf(discipline);
const colleague = personOf('mdt-member').id;
const invited = () => referral({ danger: 'no', age: 15 }).run().screen('high-risk');
const answer = (story: Story, input: object, as = 'seat:medical') =>
  story.do('answer-seat', { discipline, ...input }, as);
const seatIn = ({ state }: Story) => state.team.seats.find((seat) => seat.discipline === discipline);
const lastAlert = ({ state }: Story, kind: string) =>
  Object.values(state.alerts).findLast((alert) => alert.kind === kind);

describe('a no', () => {
  test('carries the reason and another person to ask, and the coordinator is told', () => {
    const story = answer(invited(), { answer: 'declined', reasonCode: 'workload', personId: colleague });
    expect(seatIn(story)).toMatchObject({
      answered: { answer: 'declined', because: 'workload', suggested: colleague },
      declinedBy: [holder],
    });
    expect(lastAlert(story, 'answer-needed')).toMatchObject({ to: ['mdt-coordinator'], people: [deputy] });
  });

  test('may suggest a discipline, and a later yes leaves nothing of it', () => {
    const no = answer(invited(), { answer: 'declined', reasonCode: 'other', suggestedDiscipline: 'school' });
    expect(seatIn(no)).toMatchObject({ answered: { suggestedDiscipline: 'school' } });
    const yes = seatIn(answer(no, { answer: 'accepted' }));
    expect(yes).toMatchObject({ answered: { answer: 'accepted' }, declinedBy: [] });
    expect(yes?.answered?.suggestedDiscipline).toBeUndefined();
  });
});

describe('a seat that is passed on', () => {
  const passed = () => answer(answer(invited(), { answer: 'accepted' }), { answer: 'delegated', personId: colleague });

  test('is the other’s for this referral, who is invited and has answered nothing yet', () => {
    const story = passed();
    expect(seatIn(story)).toEqual({
      discipline,
      required: true,
      personId: colleague,
      deputyId: deputy,
      delegatedBy: holder,
    });
    expect(lastAlert(story, 'mdt-invited')).toMatchObject({ to: [`seat:${discipline}`] });
  });

  test('is answered by the other, and no more by who passed it on', () => {
    const story = passed();
    expect(story.refused('answer-seat', { discipline, answer: 'accepted' }, 'seat:medical')).toBe('not-your-seat');
    const answered = answer(story, { answer: 'accepted' }, 'mdt-member');
    expect(seatIn(answered)).toMatchObject({ answered: { answer: 'accepted', by: colleague } });
  });

  test('goes to a person of the required discipline; any person may replace an expert', () => {
    const invite = { discipline: 'school', personId: memberOf('school').personId };
    const story = invited().do('invite-seat', invite);
    const delegated = { discipline: 'school', answer: 'delegated', personId: memberOf('dcf').personId };
    expect(story.refused('answer-seat', delegated, 'seat:school')).toBe('accepted');
  });

  test('moves the meeting into the calendar of the other', () => {
    const meeting = answer(invited(), { answer: 'accepted' }).do('schedule-meeting', {
      startsAt: '2026-11-13T15:00:00Z',
      place: 'virtual',
    });
    const story = answer(meeting, { answer: 'delegated', personId: colleague });
    expect(lastAlert(story, 'meeting-left')?.people).toEqual([holder]);
    expect(lastAlert(story, 'meeting-scheduled')?.people).toEqual([colleague]);
  });

  test('stays passed on when the team is drawn again after another screening', () => {
    expect(seatIn(passed().screen('confirmed'))).toMatchObject({ personId: colleague, delegatedBy: holder });
  });
});

describe('another time for the meeting', () => {
  const proposed = () => answer(invited(), { answer: 'accepted', proposedTime: '2026-11-16T15:00:00Z' });

  test('stands with the yes until the coordinator, who is told, sets the meeting', () => {
    const story = proposed();
    expect(seatIn(story)).toMatchObject({ answered: { answer: 'accepted' }, proposes: '2026-11-16T15:00:00.000Z' });
    expect(lastAlert(story, 'answer-needed')?.to).toEqual(['mdt-coordinator']);
    const set = story.do('schedule-meeting', { startsAt: '2026-11-16T15:00:00Z', place: 'virtual' });
    expect(seatIn(set)).not.toHaveProperty('proposes');
  });

  test('stays when a person joins the meeting that is set', () => {
    const set = invited().do('schedule-meeting', { startsAt: '2026-11-13T15:00:00Z', place: 'virtual' });
    const wants = answer(set, { answer: 'accepted', proposedTime: '2026-11-16T15:00:00Z' });
    const left = wants.do('answer-seat', { discipline: 'dcf', answer: 'declined', reasonCode: 'workload' }, 'seat:dcf');
    expect(seatIn(left)?.proposes).toBe('2026-11-16T15:00:00.000Z');
  });

  test('is one proposal for each seat, and the same again sends no new alert', () => {
    const before = Object.keys(proposed().state.alerts).length;
    const again = answer(proposed(), { answer: 'accepted', proposedTime: '2026-11-16T15:00:00Z' });
    expect(Object.keys(again.state.alerts)).toHaveLength(before);
  });
});

test.each([
  ['a reason with a yes', { answer: 'accepted', reasonCode: 'other' }, 'not-a-no'],
  ['another person with a yes', { answer: 'accepted', personId: colleague }, 'not-a-no'],
  ['a no without why', { answer: 'declined' }, 'reason-unsaid'],
  [
    'another time with a no',
    { answer: 'declined', reasonCode: 'other', proposedTime: '2026-11-16T15:00:00Z' },
    'not-a-yes',
  ],
  ['a time that has passed', { answer: 'accepted', proposedTime: '2026-11-02T15:00:00Z' }, 'in-the-past'],
  ['passing on to no one', { answer: 'delegated' }, 'delegate-unsaid'],
  [
    'passing on to a person of another discipline',
    { answer: 'delegated', personId: memberOf('dcf').personId },
    'other-discipline',
  ],
  ['passing on to oneself', { answer: 'delegated', personId: holder }, 'yourself'],
])('%s is refused', (_, input, code) => {
  expect(invited().refused('answer-seat', { discipline, ...input }, 'seat:medical')).toBe(code);
});

test('a seat that another holder accepted is passed on by that one alone', () => {
  const story = answer(invited(), { answer: 'accepted' }, 'deputy:medical');
  const refusal = story.refused(
    'answer-seat',
    { discipline, answer: 'delegated', personId: colleague },
    'seat:medical',
  );
  expect(refusal).toBe('seat-taken');
});

describe('a meeting that says who sees to which service by when', () => {
  const required = [...connecticut20261.requiredDisciplines];
  const meet = (input: object) =>
    invited()
      .after('P1D')
      .do('record-meeting', { attended: required, ...input }, 'mdt-coordinator');
  const education = { service: 'education', owner: 'hart-liaison' };

  test('records attendance, recommendations and linkages in one act, each with its owner and day', () => {
    const { state } = meet({
      services: ['basic-needs'],
      linkages: [education, { service: 'legal', owner: 'caseworker', personId: 'P-1', by: '2026-11-20' }],
      linkagesBy: '2026-11-18',
    });
    expect(state.services.owners).toEqual({
      education: { ...education, by: '2026-11-18' },
      legal: { service: 'legal', owner: 'caseworker', personId: 'P-1', by: '2026-11-20' },
    });
    const open = (service: string) =>
      Object.values(state.deadlines).find(({ subject, status }) => subject === service && status === 'open');
    const toldOf = (service: string) =>
      Object.values(state.alerts)
        .filter(({ kind, deadlineId }) => kind === 'deadline-opened' && deadlineId === open(service)?.id)
        .map(({ to, people }) => [...to, ...people]);
    // The clocks of education and legal help run since the screening, and D35a of what is new follows.
    expect(['education', 'legal', 'basic-needs'].map((each) => open(each)?.rule)).toEqual(['D23', 'D23', 'D35a']);
    expect(toldOf('education')).toContainEqual(['hart-liaison']);
    expect(toldOf('legal')).toContainEqual(['P-1']);
    expect(toldOf('basic-needs')).toEqual([['caseworker']]);
  });

  test('tells the owner of a need that is new with the start of its clock', () => {
    const { state } = meet({ linkages: [{ service: 'basic-needs', owner: 'hart-liaison' }], linkagesBy: '2026-11-18' });
    const told = Object.values(state.alerts).at(-1);
    expect(told).toMatchObject({ kind: 'deadline-opened', to: ['caseworker', 'hart-liaison'] });
    expect(state.deadlines[told?.deadlineId ?? '']).toMatchObject({ rule: 'D35a', subject: 'basic-needs' });
  });

  test.each([
    ['without a day', { linkages: [education] }, 'date-unsaid'],
    ['with a day before the meeting', { linkages: [education], linkagesBy: '2026-11-01' }, 'in-the-past'],
  ])('is refused %s', (_, input, code) => {
    const story = invited().after('P1D');
    expect(story.refused('record-meeting', { attended: required, ...input }, 'mdt-coordinator')).toBe(code);
  });
});

describe('silence', () => {
  const later = (hours: number, { now }: Story) => new Date(Date.parse(now) + hours * 3_600_000).toISOString();
  const asking = (story: Story, now: string) => {
    const made = beginDecision(story.state, { now, actor: { kind: 'function', id: 'sweep' }, policy: story.policy });
    askDeputies(made);
    return made;
  };

  test("is no yes: after the policy's time only the deputies of the silent seats are asked", () => {
    const story = answer(invited(), { answer: 'accepted' });
    expect(silentDeputies(story.state, story.policy, later(23, story))).toEqual([]);
    const asked = silentDeputies(story.state, story.policy, later(24, story));
    expect(asked).toContain(memberOf('dcf').deputyId);
    expect(asked).not.toContain(deputy);
    expect(seatIn(invited())?.answered).toBeUndefined();
  });

  test('begins when the mail goes out: at the end of the quiet hours in which the seat was asked', () => {
    const [asked, out] = ['2026-11-10T03:00:00.000Z', '2026-11-10T13:00:00.000Z'];
    const story = referral({ danger: 'no', age: 15 }).run().at(asked).screen('high-risk');
    expect(silentDeputies(story.state, story.policy, later(33, story))).toEqual([]);
    expect(silentDeputies(story.state, story.policy, later(34, story))).toContain(deputy);
    expect(silentSince(out, story.policy)).toBe(out);
  });

  test('is told to each deputy once', () => {
    const story = invited();
    const once = asking(story, later(30, story));
    expect(once.events()).toEqual([expect.objectContaining({ type: 'alert-requested', kind: 'mdt-invited', to: [] })]);
    expect(silentDeputies(once.state(), story.policy, later(60, story))).toEqual([]);
    const [seat] = once.state().team.seats;
    expect(seat && invitedAt(once.state(), seat)).toBe(story.now);
    expect(seat && deputyAskedAt(once.state(), seat)).toBe(later(30, story));
  });

  test('of an ended referral asks no one', () => {
    const story = invited()
      .do('propose-withdrawal', { because: 'made-in-error' })
      .do('agree-withdrawal', {}, 'careline-manager');
    expect(silentDeputies(story.state, story.policy, later(30, story))).toEqual([]);
  });
});
