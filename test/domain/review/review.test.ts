/** The case review: its agenda, when that is frozen, what is recorded of it, and the clocks of agreed tasks. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makesSense } from '../../../shared/application/read/available-commands.ts';
import { agendaFor } from '../../../shared/application/read/shown-agenda.ts';
import { conditionsOfClosure } from '../../../shared/domain/closure/conditions-of-closure.ts';
import { agreedTasks, everyDiscipline, languages } from '../../../shared/domain/core/vocabulary.ts';
import { addDays, newYorkDate } from '../../../shared/domain/policy/due.ts';
import { findRule } from '../../../shared/domain/policy/policy.ts';
import { agendaOf, freezesAt, frozenNow } from '../../../shared/domain/review/agenda.ts';
import { meetingAhead } from '../../../shared/domain/team/meeting.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { prompts, taskClocks, taskRuleOf } from '../../../shared/policy/review-rules.ts';
import { visitor } from '../../support/desk.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { link, meet, signed } from '../../support/scenes.ts';

const suspected = () => signed(referral().run().screen('high-risk').tellTeam());
/** Monday November 9 is the day of the report. */
const thursday = '2026-11-19T15:00:00.000Z';
const set = (story: Story, startsAt = thursday) => story.do('schedule-meeting', { startsAt, place: 'virtual' });
const everyone = (story: Story) => ({ attended: story.state.team.seats.map(({ discipline }) => discipline) });
const agree = (story: Story, tasks: readonly object[], more: object = {}) =>
  story.do('record-meeting', { ...everyone(story), tasks, ...more });
const school = { task: 'contact-school', owner: 'dcf' };
const clockOf = (story: Story, task: string) =>
  Object.values(story.state.deadlines).findLast(({ rule, subject }) => rule.startsWith('D46') && subject === task);
const inTheWay = ({ state, policy }: Story) => conditionsOfClosure(state, policy).join();
const mailed = (story: Story) =>
  story.all('alert-requested').filter(({ kind, people }) => kind === 'meeting-scheduled' && people.length > 0).length;

describe('the agenda is frozen', () => {
  test('five days before the meeting, and all who come are told once more', () => {
    const story = set(suspected());
    expect(mailed(story)).toBe(1);
    story.at('2026-11-14T14:59:59Z').looksAtAgenda();
    expect(frozenNow(story.state)).toBeUndefined();
    story.at('2026-11-14T15:00:00Z').looksAtAgenda();
    expect(frozenNow(story.state)).toMatchObject({ number: 1, at: '2026-11-14T15:00:00.000Z', seq: story.state.seq });
    expect(mailed(story)).toBe(2);
    story.after('PT6H').looksAtAgenda();
    expect(story.all('agenda-frozen')).toHaveLength(1);
  });

  test('without mail where all were told of the meeting since', () => {
    const story = set(suspected(), '2026-11-12T15:00:00.000Z').looksAtAgenda();
    expect(frozenNow(story.state)).toBeDefined();
    expect(mailed(story)).toBe(1);
  });

  test('anew where the meeting moves to a later week, and not where it moves within the five days', () => {
    const story = set(suspected()).at('2026-11-14T15:00:00Z').looksAtAgenda();
    set(story, '2026-11-18T15:00:00.000Z').looksAtAgenda();
    expect(story.all('agenda-frozen')).toHaveLength(1);
    set(story, '2026-12-03T15:00:00.000Z');
    expect(frozenNow(story.state)).toBeUndefined();
    story.at('2026-11-28T15:00:00Z').looksAtAgenda();
    expect(story.all('agenda-frozen')).toHaveLength(2);
  });

  test('never without a meeting ahead, and never after the referral ended', () => {
    const called = set(suspected()).do('cancel-meeting', { because: 'no-quorum' });
    called.at('2026-11-14T15:00:00Z').looksAtAgenda();
    expect(called.all('agenda-frozen')).toEqual([]);
  });
});

describe('the agenda', () => {
  test('has what is due until a month after the meeting, each service, and what the team recommended', () => {
    const story = set(link(suspected(), 'education'));
    const { due, services, tasks } = agendaOf(story.state, thursday);
    const inTime = due.map(({ due: at }) => at);
    expect(inTime).toEqual(inTime.toSorted((one, other) => Date.parse(one) - Date.parse(other)));
    expect(due.map(({ rule }) => rule)).toContain('D15');
    expect(services).toContainEqual({ service: 'education', status: 'started' });
    expect(tasks).toEqual([]);
    const owner = { service: 'legal', owner: 'caseworker', by: '2026-11-30' };
    const met = story.do('record-meeting', { ...everyone(story), linkages: [owner] }).state;
    expect(agendaOf(met, thursday).services).toContainEqual({ service: 'legal', status: 'needed', owner });
  });

  test('leaves out what is due later, and keeps what was missed', () => {
    const story = suspected();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (days) => {
        const startsAt = new Date(Date.parse(story.now) + days * 86_400_000).toISOString();
        const listed = agendaOf(story.state, startsAt).due;
        const horizon = Date.parse(startsAt) + 30 * 86_400_000;
        for (const deadline of Object.values(story.state.deadlines).filter(({ status }) => status === 'open')) {
          expect(listed.includes(deadline)).toBe(deadline.missed || Date.parse(deadline.due) <= horizon);
        }
      }),
    );
  });

  test('shows beside the frozen lines what changed since', () => {
    const story = set(suspected()).at('2026-11-14T15:00:00Z').looksAtAgenda();
    const seen = (at: Story) =>
      agendaFor({ state: at.state, commits: at.commits as never }, at.policy, visitor('caseworker'), at.now);
    expect(seen(story).frozenAt).toBe('2026-11-14T15:00:00.000Z');
    expect(seen(story).due.every(({ added }) => !added)).toBe(true);
    const before = seen(story).due.map(({ id }) => id);
    story.do('report-missing', {}, 'caseworker');
    link(story, 'education');
    const after = seen(story);
    expect(after.due.filter(({ added }) => !added).map(({ id }) => id)).toEqual(before);
    expect(after.due.filter(({ added }) => added).map(({ rule }) => rule)).toContain('D12a');
    expect(after.services).toContainEqual({ service: 'education', status: 'started', was: 'none' });
  });

  describe('has beside duties and services', () => {
    const place = { providerId: 'PV-1', interpreter: 'none-needed', advocate: 'advocate-comes' };
    const soon = '2026-11-12T15:00:00Z';
    const lines = ({ state }: Story) =>
      agendaOf(state, thursday).matters.map(({ id, about, status }) => `${id} ${about} ${status}`);

    test('an appointment, until it was kept or is settled', () => {
      const story = suspected().do('ask-booking', { service: 'forensic-interview', ...place });
      expect(lines(story)).toEqual(['B1 forensic-interview asked']);
      story.do('move-booking', { booking: 'B1', startsAt: soon }).at('2026-11-12T18:00:00Z');
      expect(lines(story)).toEqual(['B1 forensic-interview booked']);
      story.do('end-booking', { booking: 'B1', bookingEnd: 'booking-missed', bookingReason: 'no-transport' });
      expect(lines(story)).toEqual(['B1 forensic-interview missed']);
      story.do('ask-booking', { service: 'forensic-interview', ...place, startsAt: '2026-11-16T15:00:00Z' });
      expect(lines(story)).toEqual(['B2 forensic-interview booked']);
      story
        .at('2026-11-16T18:00:00Z')
        .do('end-booking', { booking: 'B2', bookingEnd: 'booking-kept', seenAlone: 'seen-alone' });
      expect(lines(story)).toEqual([]);
    });

    test('a need, until it ended', () => {
      const story = suspected().do('ask-need', { practicalNeed: 'food', neededBy: soon });
      expect(agendaOf(story.state, thursday).matters).toMatchObject([
        { about: 'food', at: '2026-11-12T15:00:00.000Z' },
      ]);
      story.do('end-need', { need: 'N1', needEnd: 'need-dropped' });
      expect(lines(story)).toEqual([]);
    });

    test('a search for a place, as one line, until the child is referred', () => {
      const ask = { service: 'safe-placement', providerId: 'PV-1', placeFrom: '2026-11-09' };
      const story = referral({ age: 14 }).run().screen('high-risk').do('ask-place', ask);
      expect(lines(story)).toEqual(['place.safe-placement safe-placement place-sought']);
      const { ask: question } = story.state.needs?.places[0] ?? {};
      story.do('answer-place', { ask: question, placeAnswer: 'can-take' });
      expect(lines(story)).toEqual(['place.safe-placement safe-placement place-found']);
    });

    test('a hearing that is set, then what the court ordered, until that is done', () => {
      const hearing = { hearingKind: 'petition-hearing', court: 'JUVENILE.HARTFORD', startsAt: soon };
      const story = suspected().do('schedule-hearing', hearing);
      expect(lines(story)).toEqual(['H1 petition-hearing scheduled']);
      const orders = ['order-records', 'order-interpreter'];
      story.at('2026-11-12T18:00:00Z').do('record-hearing', {
        hearing: 'H1',
        hearingResult: 'hearing-held',
        outcome: 'no-decision-yet',
        orders,
      });
      expect(lines(story)).toEqual(orders.map((order) => `H1.${order} ${order} order-open`));
      story.do('settle-order', { hearing: 'H1', order: 'order-records' });
      expect(lines(story)).toEqual(['H1.order-interpreter order-interpreter order-open']);
    });

    test('what was frozen with it, as it is now, and what came since', () => {
      const story = set(suspected()).do('ask-need', { practicalNeed: 'food', neededBy: soon });
      story.at('2026-11-14T15:00:00Z').looksAtAgenda();
      story.do('end-need', { need: 'N1', needEnd: 'need-not-met' });
      story.do('ask-need', { practicalNeed: 'ride', neededBy: '2026-11-20T15:00:00Z' });
      const read = { state: story.state, commits: story.commits as never };
      expect(agendaFor(read, story.policy, visitor('caseworker'), story.now).matters).toMatchObject([
        { about: 'food', status: 'need-not-met', isOpen: false, added: false },
        { about: 'ride', status: 'need-open', isOpen: true, added: true },
      ]);
    });
  });

  test('asks each seat of the team, in both languages and in short sentences', () => {
    for (const discipline of everyDiscipline) {
      const { en, es } = prompts[discipline];
      expect(en.length).toBe(es.length);
      for (const sentence of languages.flatMap((language) => prompts[discipline][language])) {
        for (const each of sentence.split(/(?<=[.?])\s/)) expect(each.split(' ').length).toBeLessThanOrEqual(20);
      }
    }
    const story = set(suspected());
    const { prompts: asked } = agendaFor(
      { state: story.state, commits: story.commits as never },
      story.policy,
      visitor('caseworker'),
      story.now,
    );
    expect(Object.keys(asked).toSorted()).toEqual(
      story.state.team.seats.map(({ discipline }) => discipline).toSorted(),
    );
  });
});

describe('one act records the review', () => {
  test('attendance, decision, minutes, recommendations and tasks', () => {
    const story = suspected();
    agree(story, [school], { reviewDecision: 'change-the-plan', meetingNotes: 'Words.', services: ['legal'] });
    const { last, tasks } = story.state.review ?? { tasks: {} };
    expect(last).toMatchObject({ at: story.now, decision: 'change-the-plan', meetingNotes: expect.any(String) });
    expect(tasks['contact-school']).toMatchObject({ owner: 'dcf', agreedAt: story.now });
    expect(story.state.team.meetings).toHaveLength(1);
    expect(story.all('recommended').at(-1)).toMatchObject({ services: ['legal'] });
  });

  test('a meeting without any of it is recorded as before', () => {
    const story = meet(suspected());
    expect(story.state.review).toBeUndefined();
  });

  test.each([
    ['a seat that no one holds', [{ ...school, owner: 'school' }], {}, 'no-seat-for-task'],
    ['a task for two seats', [school, { ...school, owner: 'medical' }], {}, 'task-twice'],
    ['the day of the meeting', [{ ...school, by: '2026-11-09' }], {}, 'in-the-past'],
    ['the day of the meeting, for all', [school], { tasksBy: '2026-11-09' }, 'in-the-past'],
    ['a day next year in summer', [{ ...school, by: '2027-07-01' }], {}, 'too-far-ahead'],
  ])('refuses %s, and keeps nothing', (_, tasks, more, code) => {
    const story = suspected();
    expect(story.refused('record-meeting', { ...everyone(story), tasks, ...more })).toBe(code);
    expect(story.state.team.meetings).toEqual([]);
  });
});

describe('an agreed task', () => {
  test('has a clock that waits on its seat, to the day that the team named', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...agreedTasks),
        fc.constantFrom(...suspected().state.team.seats.map(({ discipline }) => discipline)),
        fc.integer({ min: 1, max: 180 }),
        (task, owner, days) => {
          const story = suspected();
          const by = addDays(newYorkDate(story.now), days);
          agree(story, [{ task, owner, by }]);
          const clock = clockOf(story, task);
          expect(clock).toMatchObject({ rule: taskRuleOf(owner), status: 'open', start: story.now });
          expect(newYorkDate(clock?.due ?? '')).toBe(by);
          expect(findRule(story.policy, clock?.rule ?? '')?.alert).toEqual([`seat:${owner}`]);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('without a day is due in two weeks', () => {
    const story = agree(suspected(), [school]);
    expect(story.state.review?.tasks['contact-school']?.by).toBe('2026-11-23');
    expect(newYorkDate(clockOf(story, 'contact-school')?.due ?? '')).toBe('2026-11-23');
  });

  test('that is overdue escalates to the coordinator and the chair', () => {
    const story = agree(suspected(), [school], { tasksBy: '2026-11-16' }).at('2026-11-18T15:00:00Z');
    const clock = clockOf(story, 'contact-school');
    expect(clock).toMatchObject({ status: 'open', missed: true });
    const told = story
      .all('alert-requested')
      .filter(({ deadlineId, alsoAbout = [] }) => [deadlineId, ...alsoAbout].includes(clock?.id));
    expect(told.some(({ to }) => to.includes('mdt-chair') && to.includes('mdt-coordinator'))).toBe(true);
  });

  test('is ended by its seat, late or not, and its clock is kept', () => {
    const story = agree(suspected(), [school]).after('P2D');
    story.do('end-task', { task: 'contact-school', end: 'task-done' }, 'seat:dcf');
    expect(story.state.review?.tasks['contact-school']?.ended).toEqual({ end: 'task-done', at: story.now });
    expect(clockOf(story, 'contact-school')).toMatchObject({ status: 'kept', late: false });
    expect(story.refused('end-task', { task: 'contact-school', end: 'task-done' }, 'seat:dcf')).toBe('no-such-task');
  });

  test('is not ended by another seat, and dropped by a leader with a reason alone', () => {
    const story = agree(suspected(), [school]);
    const done = { task: 'contact-school', end: 'task-done' };
    const dropped = { ...done, end: 'task-dropped' };
    expect(story.refused('end-task', done, 'seat:medical')).toBe('not-your-task');
    expect(story.refused('end-task', { ...dropped, reason: 'It is settled otherwise.' }, 'seat:dcf')).toBe(
      'task-reason',
    );
    expect(story.refused('end-task', dropped, 'mdt-chair')).toBe('task-reason');
    story.do('end-task', { ...dropped, reason: 'It is settled otherwise.' }, 'mdt-chair');
    expect(clockOf(story, 'contact-school')).toMatchObject({ status: 'ended' });
  });

  test('that is agreed again goes to the new seat, with one open clock', () => {
    const story = agree(suspected(), [school]).after('P2D');
    agree(story, [{ ...school, owner: 'medical', by: '2026-12-01' }]);
    const clocks = Object.values(story.state.deadlines).filter(({ subject }) => subject === 'contact-school');
    expect(clocks.map(({ status }) => status)).toEqual(['ended', 'open']);
    expect(story.refused('end-task', { task: 'contact-school', end: 'task-done' }, 'seat:dcf')).toBe('not-your-task');
  });

  test('keeps only the clock of its own task', () => {
    const story = agree(suspected(), [school, { task: 'get-records', owner: 'dcf' }]);
    story.do('end-task', { task: 'get-records', end: 'task-done' }, 'seat:dcf');
    expect(clockOf(story, 'contact-school')?.status).toBe('open');
    expect(clockOf(story, 'get-records')?.status).toBe('kept');
  });

  test('holds up the closing until it is done or dropped', () => {
    const story = agree(suspected(), [school]);
    expect(inTheWay(story)).toContain('D46');
    story.do('end-task', { task: 'contact-school', end: 'task-done' }, 'seat:dcf');
    expect(inTheWay(story)).not.toContain('D46');
  });

  test('is offered to who may end it', () => {
    const story = agree(suspected(), [school]);
    const offered = (as: string) => makesSense('end-task', story.state, visitor(as));
    expect(offered('mdt-coordinator')).toBe(true);
    expect(makesSense('end-task', suspected().state, visitor('mdt-coordinator'))).toBe(false);
  });
});

describe('the rules of tasks', () => {
  test('are one for each seat, none of which is in a version of the policy', () => {
    expect(taskClocks.map(({ id, alert: [to] }) => `${id} ${to}`)).toEqual([
      'D46a seat:states-attorney',
      'D46b seat:dcf',
      'D46c seat:law-enforcement',
      'D46d seat:medical',
      'D46e seat:mental-health',
      'D46f seat:forensic-interviewer',
      'D46g seat:victim-advocate',
      'D46h seat:youth-service-bureau',
      'D46i seat:hart-liaison',
      'D46j seat:team-lead',
      'D46k seat:love146',
      'D46l seat:assistant-attorney-general',
      'D46m seat:juvenile-probation',
      'D46n seat:school',
      'D46o seat:childs-attorney',
      'D46p seat:federal-law-enforcement',
      'D46q seat:survivor-mentor',
      'D46r seat:substance-use-provider',
    ]);
    expect(new Set(taskClocks.map(({ alert: [to] }) => to)).size).toBe(everyDiscipline.length);
    expect(connecticut20261.deadlines.filter(({ id }) => id.startsWith('D46'))).toEqual([]);
  });
});

describe('children of one report', () => {
  const together = (siblings: readonly string[] = ['CR-SIBLING'], there: Parameters<typeof referral>[0] = {}) =>
    signed(
      referral({ siblings, ...there })
        .run()
        .screen('high-risk')
        .tellTeam(),
    );
  const there = () => set(suspected()).state;

  test('share a meeting at the time and place of the other', () => {
    const story = together(undefined, { there: { team: there().team } });
    story.do('share-meeting', { of: 'CR-SIBLING' });
    expect(meetingAhead(story.state)).toMatchObject({ startsAt: thursday, place: 'virtual', number: 1 });
    const { seq } = story.state;
    story.do('share-meeting', { of: 'CR-SIBLING' });
    expect(story.state.seq).toBe(seq);
  });

  test.each([
    ['of another report', [], () => ({ team: there().team }), 'not-of-this-report'],
    ['without a meeting ahead', ['CR-SIBLING'], () => ({}), 'not-of-this-report'],
    ['of another team', ['CR-SIBLING'], () => ({ team: { ...there().team, id: 'MDT-DANBURY' } }), 'other-team'],
  ] as const)('do not meet with a child %s', (_, siblings, other, code) => {
    const story = together(siblings, { there: other() });
    expect(story.refused('share-meeting', { of: 'CR-SIBLING' })).toBe(code);
  });

  test('do not meet at a time that has passed', () => {
    const story = together(undefined, { there: { team: there().team } }).at('2026-11-20T15:00:00Z');
    expect(story.refused('share-meeting', { of: 'CR-SIBLING' })).toBe('in-the-past');
  });
});

test('the instant of freezing is five days of 24 hours before the meeting, also when clocks change', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      (startsAt) => {
        expect(startsAt.getTime() - Date.parse(freezesAt({ startsAt: startsAt.toISOString() }))).toBe(5 * 86_400_000);
      },
    ),
  );
});
