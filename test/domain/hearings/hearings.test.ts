/** Hearings: who may set one when, what came of it, what follows, and who is told of it. */
import { describe, expect, test } from 'vitest';
import { composeAlert } from '../../../shared/alerts/compose/compose.ts';
import { viewHearings } from '../../../shared/application/read/hearings.ts';
import type { Alert } from '../../../shared/domain/alerts/alert-state.ts';
import { waitsUntil } from '../../../shared/domain/alerts/alert-waiting.ts';
import { isObsolete } from '../../../shared/domain/alerts/alert-watch.ts';
import {
  courtOrders,
  type HearingKind,
  hearingKinds,
  hearingOutcomes,
} from '../../../shared/domain/core/vocabulary.ts';
import { hearingSteps } from '../../../shared/domain/hearings/hearing-steps.ts';
import { alertsOfMeeting } from '../../../shared/domain/team/meeting-calendars.ts';
import { courts, hearingRules } from '../../../shared/policy/hearing-rules.ts';
import { post } from '../../alerts/compose/every-mail.ts';
import { referral, type Story } from '../../support/referral-builder.ts';

const court = 'JUVENILE.HARTFORD';
/** The story begins on Monday, November 9, 2026. */
const friday = '2026-11-20T15:00:00Z';
const instant = (at: string) => new Date(at).toISOString();
const set = (story: Story, hearingKind: HearingKind = 'delinquency-hearing', more: object = {}) =>
  story.do('schedule-hearing', { hearingKind, court, startsAt: friday, ...more });
const suspected = () => referral().run().screen('high-risk');
const held = (hearingKind: HearingKind, outcome: string, more: object = {}) =>
  set(referral().run().do('record-charges', { reason: 'An invented charge.' }), hearingKind)
    .at('2026-11-20T18:00:00Z')
    .do('record-hearing', { hearing: 'H1', hearingResult: 'hearing-held', outcome, ...more });
const hearingOf = ({ state }: Story, id = 'H1') => state.hearings?.find((each) => each.id === id);
const told = ({ state }: Story): readonly Alert[] =>
  Object.values(state.alerts).filter(({ appointment }) => appointment !== undefined);
const stepsOf = ({ state, now }: Story) => hearingSteps(state, now).map(({ title }) => title);

describe('a hearing', () => {
  test('is set with its kind, court and time, and its docket number is an id alone', () => {
    const story = set(suspected(), 'delinquency-hearing', { docket: 'H14-CP26-012345-A', minutes: 30 });
    expect(hearingOf(story)).toMatchObject({
      id: 'H1',
      sequence: 0,
      hearingKind: 'delinquency-hearing',
      court,
      startsAt: instant(friday),
      minutes: 30,
      status: 'scheduled',
      continued: 0,
    });
    expect(JSON.stringify(story.state)).not.toContain('012345');
  });

  test.each([
    ['an unknown court', { court: 'JUVENILE.ATLANTIS' }, 'no-such-court'],
    ['three years ahead', { startsAt: '2029-11-20T15:00:00Z' }, 'too-far-ahead'],
    ['a preliminary hearing without an order', { hearingKind: 'preliminary-hearing' }, 'no-order'],
    ['one of last week, recorded late', { startsAt: '2026-11-02T15:00:00Z' }, 'accepted'],
  ])('%s', (_, input, said) => {
    const story = referral();
    const all = { hearingKind: 'petition-hearing', court, startsAt: friday, ...input };
    expect(story.refused('schedule-hearing', all)).toBe(said);
  });

  test('of the past is told to no one', () => {
    expect(told(set(suspected(), 'criminal-hearing', { startsAt: '2026-11-02T15:00:00Z' }))).toEqual([]);
  });

  test.each([
    ['before it began', { hearingResult: 'hearing-held', outcome: 'no-decision-yet' }, 'hearing-ahead'],
    ['continued without a time', { hearingResult: 'hearing-continued' }, 'continued-without-time'],
    ['canceled with a decision', { hearingResult: 'hearing-canceled', outcome: 'charges-diverted' }, 'outcome-unasked'],
    ['canceled with a new time', { hearingResult: 'hearing-canceled', continuedTo: friday }, 'continued-to-unasked'],
    ['another one', { hearing: 'H2', hearingResult: 'hearing-canceled' }, 'no-such-hearing'],
    ['canceled', { hearingResult: 'hearing-canceled' }, 'accepted'],
  ])('recorded as held or not, %s', (_, input, said) => {
    expect(set(suspected()).refused('record-hearing', { hearing: 'H1', ...input })).toBe(said);
  });

  test('that was held needs what the court decided, which may be nothing yet', () => {
    const story = set(suspected()).at('2026-11-20T18:00:00Z');
    const input = { hearing: 'H1', hearingResult: 'hearing-held' };
    expect(story.refused('record-hearing', input)).toBe('outcome-missing');
    story.do('record-hearing', { ...input, outcome: 'no-decision-yet' });
    expect(hearingOf(story)).toMatchObject({ status: 'held', heldAt: instant(friday), outcome: 'no-decision-yet' });
    expect(story.refused('record-hearing', { ...input, outcome: 'no-decision-yet' })).toBe('hearing-over');
  });

  test.each(hearingKinds)('of the kind %s has the decisions of its row, and no other', (kind) => {
    const accepted = hearingOutcomes.filter((outcome) => {
      const story = referral({ tribalMember: 'no' }).do('record-ex-parte-order');
      set(story, kind).at('2026-11-20T18:00:00Z');
      const input = { hearing: 'H1', hearingResult: 'hearing-held', outcome };
      return story.refused('record-hearing', input) === 'accepted';
    });
    expect(accepted.toSorted()).toEqual([...hearingRules[kind].outcomes].toSorted());
  });

  test('may be recorded after the referral was withdrawn', () => {
    const story = set(suspected());
    story.do('propose-withdrawal', { because: 'made-in-error' }).do('agree-withdrawal', {}, 'careline-manager');
    story.do('record-hearing', { hearing: 'H1', hearingResult: 'hearing-canceled' });
    expect(hearingOf(story)?.status).toBe('called-off');
  });

  test('has a court of the list, each with a name and one id', () => {
    expect(new Set(courts.map(({ id }) => id)).size).toBe(courts.length);
    expect(courts.filter(({ id }) => id.startsWith('JUVENILE.'))).toHaveLength(13);
  });
});

describe('the preliminary hearing', () => {
  const ordered = () => referral({ tribalMember: 'no' }).run().do('record-ex-parte-order');

  test('that is recorded as held keeps the ten days', () => {
    const story = set(ordered(), 'preliminary-hearing', { startsAt: '2026-11-17T15:00:00Z' });
    story.at('2026-11-17T20:00:00Z').do('record-hearing', {
      hearing: 'H1',
      hearingResult: 'hearing-held',
      outcome: 'custody-order-sustained',
    });
    expect(story.deadline('D43')).toMatchObject({ status: 'kept', late: false, keptAt: '2026-11-17T15:00:00.000Z' });
  });

  test('that is canceled keeps nothing', () => {
    const story = set(ordered(), 'preliminary-hearing', { startsAt: '2026-11-17T15:00:00Z' });
    story.do('record-hearing', { hearing: 'H1', hearingResult: 'hearing-canceled' });
    expect(story.deadline('D43').status).toBe('open');
  });

  test('that its own act records is held here too', () => {
    const story = set(ordered(), 'preliminary-hearing', { startsAt: '2026-11-17T15:00:00Z' });
    story.at('2026-11-17T20:00:00Z').do('record-preliminary-hearing', { at: '2026-11-17T15:30:00Z' });
    expect(hearingOf(story)).toMatchObject({ status: 'held', heldAt: '2026-11-17T15:30:00.000Z' });
    expect(story.refused('schedule-hearing', { hearingKind: 'preliminary-hearing', court, startsAt: friday })).toBe(
      'hearing-held-already',
    );
  });
});

describe('a hearing about custody of a member of a tribe', () => {
  const notified = () =>
    referral({ tribalMember: 'yes' }).run().do('invoke-hold').do('notify-tribe', {
      recipient: 'tribe',
      tribe: 'MOHEGAN',
      mailKind: 'certified',
      mailNumber: 'RE1',
      addressee: 'The office.',
    });
  const received = () => notified().do('record-tribe-receipt', { notice: 'N1' });
  const reason = 'Counsel finds an emergency.';

  test.each([
    ['no receipt', notified, friday, undefined, 'tribe-first/receipt'],
    ['within ten days of it', received, '2026-11-19T15:00:00Z', undefined, 'tribe-first/day'],
    ['the day after the ten', received, friday, undefined, 'accepted'],
    ['within ten days, with a reason', received, '2026-11-19T15:00:00Z', reason, 'accepted'],
  ])('%s', (_, story, startsAt, why, said) => {
    const input = { hearingKind: 'petition-hearing', court, startsAt, ...(why !== undefined && { reason: why }) };
    const decision = story().ask('schedule-hearing', input);
    const sentence = 'refused' in decision ? decision.sentence : 'accepted';
    expect(sentence).toContain(said === 'accepted' ? said : 'C.G.S. 46b-116');
  });

  test('is not moved before that day either, and the page says so of one that is set', () => {
    const story = set(received(), 'petition-hearing');
    const input = { hearing: 'H1', hearingResult: 'hearing-continued', continuedTo: '2026-11-18T15:00:00Z' };
    expect(story.refused('record-hearing', input)).toBe('tribe-first');
    story.do('record-tribe-request', { notice: 'N1' });
    expect(viewHearings(story.state, story.policy)?.[0]?.waitsForTribe).toContain('no proceeding about custody');
  });

  test('waits, and a hearing of another kind does not', () => {
    for (const kind of hearingKinds.filter((each) => !hearingRules[each].isAboutCustody))
      expect(notified().refused('schedule-hearing', { hearingKind: kind, court, startsAt: friday })).toBe('accepted');
  });
});

describe('what follows', () => {
  test('of a hearing whose time has come: record what came of it', () => {
    const story = set(suspected());
    expect(stepsOf(story)).toEqual([]);
    expect(stepsOf(story.at('2026-11-20T15:01:00Z'))[0]).toMatch(/^Record what came of the hearing/);
  });

  test.each([
    ['delinquency-hearing', 'charges-diverted', 'record-charges-end', { chargesEnd: 'diverted' }],
    ['delinquency-hearing', 'charges-withdrawn', 'record-charges-end', { chargesEnd: 'withdrawn' }],
    ['delinquency-hearing', 'found-delinquent', 'record-charges-end', { chargesEnd: 'adjudicated' }],
    ['vacatur-hearing', 'finding-vacated', 'record-charges-end', { chargesEnd: 'vacated' }],
    ['criminal-hearing', 'convicted', 'record-prosecution', { prosecution: 'convicted' }],
    ['petition-hearing', 'committed-to-dcf', 'record-facts', { legalStatus: 'committed' }],
  ] as const)('of %s, %s: %s, until it is recorded', (kind, outcome, command, input) => {
    const story = held(kind, outcome);
    const [step] = hearingSteps(story.state, story.now);
    expect(step?.acts).toMatchObject([{ command, input }]);
    const more = { 'record-prosecution': { trafficker: 1 }, 'record-facts': { population: 'in-dcf-care' } };
    story.do(command, { ...input, ...(more as Readonly<Record<string, object>>)[command] });
    expect(stepsOf(story)).toEqual([]);
  });

  test.each(['no-decision-yet', 'finding-stands'])('nothing of the decision %s', (outcome) => {
    expect(stepsOf(held('vacatur-hearing', outcome))).toEqual([]);
  });

  test('charges that no one recorded come first', () => {
    const story = set(referral().run()).at('2026-11-20T18:00:00Z').do('record-hearing', {
      hearing: 'H1',
      hearingResult: 'hearing-held',
      outcome: 'charges-diverted',
    });
    expect(hearingSteps(story.state, story.now)[0]?.acts[0]?.command).toBe('record-charges');
    story.do('record-charges', { reason: 'An invented charge.' });
    expect(hearingSteps(story.state, story.now)[0]?.acts[0]?.command).toBe('record-charges-end');
  });

  test('each order is a step until it is recorded as done', () => {
    const story = held('other-hearing', 'order-issued', { orders: courtOrders });
    expect(stepsOf(story)).toHaveLength(courtOrders.length);
    for (const order of courtOrders) story.do('settle-order', { hearing: 'H1', order });
    expect(stepsOf(story)).toEqual([]);
    expect(story.refused('settle-order', { hearing: 'H1', order: 'order-services' })).toBe('no-open-order');
  });
});

describe('the news of a hearing', () => {
  test('goes to caseworker, counsel and the seats that it concerns', () => {
    const [first] = told(set(suspected(), 'delinquency-hearing'));
    expect(first).toMatchObject({ kind: 'meeting-scheduled', appointment: 'H1', to: ['caseworker', 'legal'] });
    expect(first?.meeting).toBeUndefined();
    const seats = (kind: HearingKind) => {
      const story = set(suspected(), kind);
      const [alert] = told(story);
      return story.state.team.seats.filter(({ personId }) => alert?.people.includes(personId)).map((s) => s.discipline);
    };
    expect(seats('delinquency-hearing')).toContain('states-attorney');
    expect(seats('petition-hearing')).not.toContain('states-attorney');
  });

  test('comes again two business days before, in the morning, and not before', () => {
    const story = set(suspected());
    const reminder = told(story).find(({ notBefore }) => notBefore !== undefined);
    if (!reminder) throw new Error('No reminder was asked for.');
    expect(waitsUntil(reminder, story.state, story.policy, story.now)).toBe('2026-11-18T13:00:00.000Z');
    expect(waitsUntil(reminder, story.state, story.policy, '2026-11-18T13:00:00.000Z')).toBeUndefined();
    expect(isObsolete(reminder, story.state)).toBe(false);
  });

  test('of a hearing of tomorrow comes once', () => {
    expect(told(set(suspected(), 'criminal-hearing', { startsAt: '2026-11-10T15:00:00Z' }))).toHaveLength(1);
  });

  test('of another time takes the place of all before, and has a reminder of its own', () => {
    const story = set(suspected()).after('PT1H').do('record-hearing', {
      hearing: 'H1',
      hearingResult: 'hearing-continued',
      continuedTo: '2026-12-01T15:00:00Z',
    });
    expect(hearingOf(story)).toMatchObject({ sequence: 1, continued: 1, status: 'scheduled' });
    const all = told(story).map((alert) => [alert.kind, alert.notBefore, isObsolete(alert, story.state)]);
    expect(all).toEqual([
      ['meeting-scheduled', undefined, true],
      ['meeting-scheduled', '2026-11-18T13:00:00.000Z', true],
      ['meeting-moved', undefined, false],
      ['meeting-scheduled', '2026-11-27T13:00:00.000Z', false],
    ]);
  });

  test('a canceled one leaves no reminder', () => {
    const story = set(suspected()).do('record-hearing', { hearing: 'H1', hearingResult: 'hearing-canceled' });
    expect(told(story).map((alert) => [alert.kind, isObsolete(alert, story.state)])).toEqual([
      ['meeting-scheduled', true],
      ['meeting-scheduled', true],
      ['meeting-cancelled', false],
    ]);
  });

  test('is one entry of a calendar through all changes, without kind, court or child', () => {
    const story = set(suspected(), 'vacatur-hearing', { docket: 'QZCANARY-1' });
    const entry = (alert: Alert | undefined, language: 'en' | 'es' = 'en') => {
      if (!alert) throw new Error('There is no such alert.');
      const recipient = { personId: 'P-1', addressedAs: 'caseworker', also: [], language } as const;
      const { policy, state, now } = story;
      return composeAlert({ ...post, alert, state, policy, recipient, now });
    };
    const first = entry(told(story)[0]);
    expect(first.invitation?.content).toContain(`UID:${story.state.id}.H1.careline`);
    expect(first.invitation?.content).toContain('SEQUENCE:0');
    expect(first.invitation).toMatchObject({ method: 'REQUEST', fileName: 'hearing.ics' });
    expect(entry(told(story)[1]).invitation).toBeUndefined();
    expect(entry(told(story)[1]).subject).toMatch(/^Prepare for the court hearing/);
    expect(entry(told(story)[1], 'es').subject).toMatch(/^Prepare la audiencia/);
    for (const { text, html, invitation } of [first, entry(told(story)[1])])
      expect(`${text}${html}${invitation?.content}`).not.toMatch(/vacat|Juvenile|Hartford|QZCANARY/i);
    story.do('record-hearing', { hearing: 'H1', hearingResult: 'hearing-canceled' });
    const last = entry(told(story).at(-1));
    expect(last.invitation?.content).toContain('SEQUENCE:1');
    expect(last.invitation).toMatchObject({ method: 'CANCEL', fileName: 'cancelled.ics' });
    expect(last.invitation?.content).toContain(`UID:${story.state.id}.H1.careline`);
  });

  test('leaves the meeting of the team as it is, and the other way round', () => {
    const story = suspected().do('schedule-meeting', { startsAt: '2026-11-13T15:00:00Z', place: 'virtual' });
    set(story);
    const meeting = Object.values(story.state.alerts).find(({ meeting: number }) => number === 1);
    const hearing = told(story)[0];
    if (!meeting || !hearing) throw new Error('One of them was not told.');
    expect([isObsolete(meeting, story.state), isObsolete(hearing, story.state)]).toEqual([false, false]);
    expect(alertsOfMeeting(meeting, story.state).map(({ id }) => id)).toEqual([meeting.id]);
    expect(alertsOfMeeting(hearing, story.state).map(({ id }) => id)).toEqual([hearing.id]);
    story.do('cancel-meeting', { because: 'other' });
    expect(isObsolete(hearing, story.state)).toBe(false);
  });
});
