import { describe, expect, test } from 'vitest';
import { deliveryPatience, isMoot, isSettledFor, isToldAnew, overdueMails } from '../../shared/domain/alert-watch.ts';
import { bornAlert } from '../../shared/domain/alerts.ts';
import { memberOf, referral, type Story } from '../support/referral-builder.ts';

const sentAt = '2026-11-09T15:00:00.000Z';
const minute = 60_000;

test.each([
  [15, 'nothing is due', undefined],
  [15, 'it is due in three hours', '2026-11-09T18:00:00.000Z'],
  [12, 'it is due in two hours', '2026-11-09T17:00:00.000Z'],
  [3, 'it is due in half an hour', '2026-11-09T15:30:00.000Z'],
  [1, 'it is due in five minutes', '2026-11-09T15:05:00.000Z'],
  [1, 'it is overdue', '2026-11-09T12:00:00.000Z'],
] as const)('a mail may take %i minutes to arrive where %s', (minutes, _, due) => {
  expect(deliveryPatience(sentAt, due)).toBe(minutes * minute);
});

describe('an alert about a meeting', () => {
  const suspected = () => referral().run().screen('high-risk');
  const set = (story: Story, startsAt: string) => story.do('schedule-meeting', { startsAt, place: 'virtual' });
  const moot = ({ state }: Story) =>
    Object.values(state.alerts)
      .filter(({ kind }) => kind.startsWith('meeting-'))
      .map((alert) => [alert.kind, isMoot(alert, state)]);

  test('is moot once a later one tells the same people how the meeting is now', () => {
    const story = set(suspected(), '2026-11-13T15:00:00Z');
    expect(moot(story)).toEqual([['meeting-scheduled', false]]);
    set(story, '2026-11-13T16:00:00Z');
    expect(moot(story)).toEqual([
      ['meeting-scheduled', true],
      ['meeting-moved', false],
    ]);
  });

  test('is told to those alone whom no later one tells, and another meeting tells nobody of this one', () => {
    const story = set(suspected(), '2026-11-13T15:00:00Z');
    story.do('answer-seat', { discipline: 'medical', answer: 'declined' }, 'seat:medical');
    const { personId, deputyId } = memberOf('medical');
    const [first] = Object.values(story.state.alerts).filter(({ kind }) => kind === 'meeting-scheduled');
    const isTold = (word: string) => first && isToldAnew(first, story.state, word);
    expect([isTold(`person:${personId}`), isTold(`person:${deputyId}`), isTold('mdt-coordinator')]).toEqual([
      true,
      true,
      false,
    ]);
    story.do('cancel-meeting', { because: 'other' });
    set(story, '2026-11-18T15:00:00Z');
    expect(moot(story)).toEqual([
      ['meeting-scheduled', true],
      ['meeting-left', false],
      ['meeting-scheduled', true],
      ['meeting-cancelled', false],
      ['meeting-scheduled', false],
    ]);
  });
});

describe('an alert that asks something', () => {
  const team = () => referral().run().screen('confirmed').tellTeam();
  const last = ({ state }: Story, kind: string) => {
    const alert = Object.values(state.alerts).findLast((each) => each.kind === kind);
    if (!alert) throw new Error(`Nothing of the kind ${kind} was asked.`);
    return alert;
  };
  const withdraw = (story: Story) =>
    story
      .do('propose-withdrawal', { because: 'made-in-error' }, 'careline-supervisor')
      .do('agree-withdrawal', {}, 'careline-manager');

  test('of a seat asks those no more who answered, nor of a seat that is gone, and the others still', () => {
    const story = team();
    const invitation = last(story, 'mdt-invited');
    story.do('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'seat:medical');
    const isSettled = (line: string) => isSettledFor(line, invitation, story.state);
    expect(['seat:medical', 'seat:dcf', 'seat:school', 'mdt-coordinator'].map(isSettled)).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(isMoot(invitation, story.state)).toBe(false);
  });

  test('asks nobody to join a team once the referral has ended', () => {
    const story = team();
    const invitation = last(story, 'mdt-invited');
    expect(isMoot(invitation, withdraw(story).state)).toBe(true);
  });

  test('for a second person is moot once that one answered', () => {
    const story = team().do('propose-withdrawal', { because: 'made-in-error' }, 'careline-supervisor');
    const question = last(story, 'deadline-opened');
    expect(isMoot(question, story.state)).toBe(false);
    expect(isMoot(question, story.do('agree-withdrawal', {}, 'careline-manager').state)).toBe(true);
  });

  test('of a declined seat is moot once the deputy comes', () => {
    const story = team().do('answer-seat', { discipline: 'medical', answer: 'declined' }, 'seat:medical');
    const question = last(story, 'answer-needed');
    expect(isMoot(question, story.state)).toBe(false);
    story.do('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'deputy:medical');
    expect(isMoot(question, story.state)).toBe(true);
  });

  test.each(['accept-linkage', 'decline-linkage'] as const)('of a provider is moot after %s', (answer) => {
    const [service] = Object.values(team().state.linkages);
    const story = team().do('offer-linkage', { service: service?.service, providerId: 'PV-1' });
    const offer = last(story, 'linkage-offered');
    expect(isMoot(offer, story.state)).toBe(false);
    const why = answer === 'decline-linkage' ? { reasonCode: 'waiting-list', waitDays: 30 } : {};
    story.do(answer, { service: service?.service, ...why }, 'contact:PV-1');
    expect(isMoot(offer, story.state)).toBe(true);
    if (answer === 'accept-linkage') return;
    // Offered once more, it is the new alert that tells of it.
    story.do('offer-linkage', { service: service?.service, providerId: 'PV-1' });
    expect([isMoot(offer, story.state), isMoot(last(story, 'linkage-offered'), story.state)]).toEqual([true, false]);
  });

  test('needs no proof of delivery of who saw it on the page or answered, and that of the others', () => {
    const story = team();
    const invitation = last(story, 'mdt-invited');
    const sent = (discipline: 'medical' | 'dcf' | 'mental-health') => ({
      personId: memberOf(discipline).personId,
      as: `seat:${discipline}`,
      order: 1,
      at: sentAt,
      status: 'sent' as const,
    });
    const life = {
      ...bornAlert,
      deliveries: [sent('medical'), sent('dcf'), sent('mental-health')],
      seen: { [memberOf('dcf').personId]: sentAt },
    };
    story.do('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'seat:medical');
    const now = new Date(Date.parse(sentAt) + 16 * minute).toISOString();
    expect(overdueMails(invitation, story.state, life, now)).toEqual([
      { type: 'alert-late', v: 1, personId: memberOf('mental-health').personId },
    ]);
  });
});
