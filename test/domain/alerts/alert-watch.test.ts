import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../shared/domain/alerts/alert-state.ts';
import {
  deliveryPatience,
  isObsolete,
  isSettledFor,
  isSuperseded,
  isUnsettled,
  leaseEnd,
  overdueMails,
} from '../../../shared/domain/alerts/alert-watch.ts';
import { type AlertLife, bornAlert, type Delivery, type Lease } from '../../../shared/domain/alerts/alerts.ts';
import { memberOf, referral, type Story } from '../../support/referral-builder.ts';

const sentAt = '2026-11-09T15:00:00.000Z';
const minute = 60_000;

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

describe('the mail of a call', () => {
  const story = referral().run();
  const call = Object.values(story.state.alerts).find(({ checkpoint }) => checkpoint === 'ring') as Alert;
  const lease: Lease = {
    addressedAs: 'area-oncall',
    order: 1,
    since: sentAt,
    at: sentAt,
    until: leaseEnd(sentAt, true),
    attempts: 1,
    tries: 1,
    status: 'open',
    doubtful: false,
  };
  const sent: Delivery = { personId: 'P-1', addressedAs: 'area-oncall', order: 1, at: sentAt, status: 'sent' };
  const overdue = (life: Partial<AlertLife>, minutes: number, { state } = story) =>
    overdueMails(call, state, { ...bornAlert, ...life }, new Date(Date.parse(sentAt) + minutes * minute).toISOString());

  test('may take a minute to arrive, however long its duty has', () => {
    expect(overdue({ deliveries: [sent] }, 0.9)).toEqual([]);
    expect(overdue({ deliveries: [sent] }, 1)).toEqual([{ type: 'alert-late', v: 1, personId: 'P-1' }]);
  });

  test('is sent again after two minutes without a result', () => {
    expect(overdue({ leases: { 'P-1': lease } }, 1.9)).toEqual([]);
    expect(overdue({ leases: { 'P-1': lease } }, 2)).toEqual([{ type: 'alert-lapsed', v: 1, personId: 'P-1' }]);
  });

  test('is followed up no more once a person has answered', () => {
    const answered = referral().run().do('answer-alarm', {}, 'careline-manager');
    expect(overdue({ deliveries: [sent], leases: { 'P-2': lease } }, 30, answered)).toEqual([]);
  });
});

describe('an alert about a meeting', () => {
  const suspected = () => referral().run().screen('high-risk');
  const set = (story: Story, startsAt: string) => story.do('schedule-meeting', { startsAt, place: 'virtual' });
  const obsolete = ({ state }: Story) =>
    Object.values(state.alerts)
      .filter(({ kind }) => kind.startsWith('meeting-'))
      .map((alert) => [alert.kind, isObsolete(alert, state)]);

  test('is obsolete once a later one tells the same people how the meeting is now', () => {
    const story = set(suspected(), '2026-11-13T15:00:00Z');
    expect(obsolete(story)).toEqual([['meeting-scheduled', false]]);
    set(story, '2026-11-13T16:00:00Z');
    expect(obsolete(story)).toEqual([
      ['meeting-scheduled', true],
      ['meeting-moved', false],
    ]);
  });

  test("still goes to people that no later one tells, and another meeting's does not replace it", () => {
    const story = set(suspected(), '2026-11-13T15:00:00Z');
    story.do('answer-seat', { discipline: 'medical', answer: 'declined', reasonCode: 'workload' }, 'seat:medical');
    const { personId, deputyId } = memberOf('medical');
    const [first] = Object.values(story.state.alerts).filter(({ kind }) => kind === 'meeting-scheduled');
    const isTold = (word: string) => first && isSuperseded(first, story.state, word);
    expect([isTold(`person:${personId}`), isTold(`person:${deputyId}`), isTold('mdt-coordinator')]).toEqual([
      true,
      true,
      false,
    ]);
    story.do('cancel-meeting', { because: 'other' });
    set(story, '2026-11-18T15:00:00Z');
    expect(obsolete(story)).toEqual([
      ['meeting-scheduled', true],
      ['meeting-left', false],
      ['meeting-scheduled', true],
      ['meeting-cancelled', false],
      ['meeting-scheduled', false],
    ]);
  });
});

describe('an alert that asks something', () => {
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
    expect(isObsolete(invitation, story.state)).toBe(false);
  });

  test('asks no one to join a team once the referral has ended', () => {
    const story = team();
    const invitation = last(story, 'mdt-invited');
    expect(isObsolete(invitation, withdraw(story).state)).toBe(true);
  });

  test('for a second person is obsolete once that one answered', () => {
    const story = team().do('propose-withdrawal', { because: 'made-in-error' }, 'careline-supervisor');
    const question = last(story, 'deadline-opened');
    expect(isObsolete(question, story.state)).toBe(false);
    expect(isObsolete(question, story.do('agree-withdrawal', {}, 'careline-manager').state)).toBe(true);
  });

  test('of a declined seat is obsolete once the deputy comes', () => {
    const story = team().do(
      'answer-seat',
      { discipline: 'medical', answer: 'declined', reasonCode: 'workload' },
      'seat:medical',
    );
    const question = last(story, 'answer-needed');
    expect(isObsolete(question, story.state)).toBe(false);
    story.do('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'deputy:medical');
    expect(isObsolete(question, story.state)).toBe(true);
  });

  test.each(['accept-linkage', 'decline-linkage'] as const)('of a provider is obsolete after %s', (answer) => {
    const [service] = Object.values(team().state.services.linkages);
    const story = team().do('offer-linkage', { service: service?.service, providerId: 'PV-1' });
    const offer = last(story, 'linkage-offered');
    expect(isObsolete(offer, story.state)).toBe(false);
    const why = answer === 'decline-linkage' ? { reasonCode: 'waiting-list', waitDays: 30 } : {};
    story.do(answer, { service: service?.service, ...why }, 'contact:PV-1');
    expect(isObsolete(offer, story.state)).toBe(true);
    if (answer === 'accept-linkage') return;
    // Offered once more, it is the new alert that tells of it.
    story.do('offer-linkage', { service: service?.service, providerId: 'PV-1' });
    expect([isObsolete(offer, story.state), isObsolete(last(story, 'linkage-offered'), story.state)]).toEqual([
      true,
      false,
    ]);
  });

  test('asks each holder by name until they have answered, and every seat while one has not', () => {
    const story = team();
    const invitation = last(story, 'mdt-invited');
    const { personId } = memberOf('medical');
    const isSettled = (line: string) => isSettledFor(line, invitation, story.state);
    expect([isSettled(`person:${personId}`), isSettled('seats')]).toEqual([false, false]);
    story.do('answer-seat', { discipline: 'medical', answer: 'declined', reasonCode: 'workload' }, 'seat:medical');
    expect([isSettled(`person:${personId}`), isSettled('seats')]).toEqual([true, false]);
    for (const { discipline } of story.state.team.seats)
      story.do('answer-seat', { discipline, answer: 'accepted' }, `deputy:${discipline}`);
    expect(isSettled('seats')).toBe(true);
  });

  test('asks the seats of a team that is not drawn yet', () => {
    const story = team();
    const undrawn = { ...story.state, team: { ...story.state.team, seats: [] } };
    expect(isSettledFor('seat:medical', last(story, 'mdt-invited'), undrawn)).toBe(false);
  });

  test('is not obsolete while one of several groups has not answered', () => {
    const story = team();
    const of: Alert = { ...last(story, 'mdt-invited'), to: ['seat:medical', 'seat:dcf'] };
    story.do('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'seat:medical');
    expect(isObsolete(of, story.state)).toBe(false);
    story.do('answer-seat', { discipline: 'dcf', answer: 'accepted' }, 'seat:dcf');
    expect(isObsolete(of, story.state)).toBe(true);
  });

  test('of a declined seat stays while others come to theirs, and is obsolete once the referral has ended', () => {
    const story = team().do(
      'answer-seat',
      { discipline: 'medical', answer: 'declined', reasonCode: 'workload' },
      'seat:medical',
    );
    const question = last(story, 'answer-needed');
    story.do('answer-seat', { discipline: 'dcf', answer: 'accepted' }, 'seat:dcf');
    expect(isObsolete(question, story.state)).toBe(false);
    expect(isObsolete(question, withdraw(story).state)).toBe(true);
  });

  test('of a provider asks no one else, and no one once the referral has ended', () => {
    const offered = () => referral().run().do('offer-linkage', { service: 'education', providerId: 'PV-1' });
    const story = offered();
    const offer = last(story, 'linkage-offered');
    expect(isSettledFor('person:PV-1.CONTACT', offer, story.state)).toBe(false);
    expect(isSettledFor('person:PV-2.CONTACT', offer, story.state)).toBe(true);
    expect(isObsolete(offer, withdraw(story).state)).toBe(true);
    // A later alert to another person about another matter does not tell of the offer.
    const later = offered().after('P9D');
    const after = Object.values(later.state.alerts).filter(({ requestedAt }) => requestedAt > offer.requestedAt);
    expect(after.some(({ to }) => to.includes('caseworker'))).toBe(true);
    expect(isSuperseded(offer, later.state, 'caseworker')).toBe(false);
  });

  test('needs no proof of delivery of who saw it on the page or answered, and that of the others', () => {
    const story = team();
    const invitation = last(story, 'mdt-invited');
    const sent = (discipline: 'medical' | 'dcf' | 'mental-health') => ({
      personId: memberOf(discipline).personId,
      addressedAs: `seat:${discipline}`,
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

test('about the end of a referral goes out while the end stands, and never once it is open again', () => {
  const other = 'CR-0THER-0NE000';
  const story = referral({ candidates: [other] })
    .run()
    .do('answer-duplicate', { answer: 'same-child-open', of: other });
  const end = last(story, 'referral-ended');
  expect(isObsolete(end, story.state)).toBe(false);
  expect(isObsolete(end, story.do('undo-merge').state)).toBe(true);
});

describe('the watch over mails', () => {
  const afterwards = (minutes: number) => new Date(Date.parse(sentAt) + minutes * minute).toISOString();
  const story = team();
  const invitation = last(story, 'mdt-invited');
  const addressedAs = 'seat:medical';
  const { personId } = memberOf('medical');
  const lease = (minutes: number, of: Partial<Lease> = {}): Partial<AlertLife> => ({
    leases: {
      [personId]: {
        addressedAs,
        order: 1,
        since: sentAt,
        at: afterwards(minutes),
        until: leaseEnd(afterwards(minutes), false),
        attempts: 1,
        tries: 1,
        status: 'open',
        doubtful: false,
        ...of,
      },
    },
  });
  const mail = (of: Partial<Delivery> = {}): Delivery => ({
    personId,
    addressedAs,
    order: 1,
    at: sentAt,
    status: 'sent',
    ...of,
  });
  const mails = (...deliveries: readonly Delivery[]): Partial<AlertLife> => ({ deliveries });
  const overdue = (life: Partial<AlertLife>, minutes: number, alert = invitation, { state } = story) =>
    overdueMails(alert, state, { ...bornAlert, ...life }, afterwards(minutes));
  const lapsed = [{ type: 'alert-lapsed', v: 1, personId }];
  const givenUp = [{ type: 'alert-failed', v: 1, personId, because: 'no-answer' }];
  const late = [{ type: 'alert-late', v: 1, personId }];

  // A mail of the invitation may take 15 minutes. The result of a lease must be known within five.
  test.each([
    ['is left alone while it may still be recorded', [], 4.9, lease(0)],
    ['lapses after five minutes without a word', lapsed, 5, lease(0)],
    ['lapses however late it is, to be tried again once at least', lapsed, 20, lease(0)],
    ['lapses while the time of delivery is not over', lapsed, 12, lease(5, { attempts: 2 })],
    ['of a second attempt is left alone while it may still be recorded', [], 15, lease(14, { attempts: 2 })],
    ['of a second attempt is given up once the time is over', givenUp, 19, lease(14, { attempts: 2 })],
    ['that was refused is tried again after five minutes', lapsed, 5, lease(0, { status: 'released' })],
    ['that was refused waits until then', [], 4.9, lease(0, { status: 'released' })],
    [
      'that was refused again is given up as soon as the time is over',
      givenUp,
      15,
      lease(14, { status: 'released', attempts: 2 }),
    ],
    [
      'that was refused once is tried again at once where the time is over',
      lapsed,
      15,
      lease(14, { status: 'released' }),
    ],
    [
      'that lapsed is asked for again, and never given up before a try',
      lapsed,
      20,
      lease(14, { status: 'lapsed', attempts: 2 }),
    ],
  ] as const)('a lease %s', (_, events, minutes, life) => {
    expect(overdue(life, minutes)).toEqual(events);
  });

  test.each([
    ['is late after 15 minutes', late, 15, mails(mail())],
    ['is not before', [], 14.9, mails(mail())],
    [
      'that is late and was followed is not said to be so again',
      [],
      20,
      { ...mails(mail({ status: 'late' })), late: [personId], exhausted: [addressedAs] },
    ],
    ['that arrived is not late', [], 60, mails(mail({ status: 'delivered' }))],
  ] as const)('a mail %s', (_, events, minutes, life) => {
    expect(overdue(life, minutes)).toEqual(events);
  });

  test('a mail about a deadline is late sooner the less time is left to it', () => {
    const clock = Object.values(story.state.alerts).find(({ deadlineId }) => deadlineId?.includes('.D10.'));
    // Due four hours after the report: an hour before, the mail may take six minutes.
    const life = mails(mail({ addressedAs: 'legal', at: afterwards(180) }));
    expect([overdue(life, 185.9, clock), overdue(life, 186, clock)]).toEqual([[], late]);
  });

  const lost = mail({ status: 'failed' });
  const heard = { [personId]: 'failed' } as const;
  const next = { personId: memberOf('medical').deputyId, order: 2 };
  const abandoned = { ...mails(lost), heard };
  const followed: readonly (readonly [by: string, life: Partial<AlertLife>])[] = [
    ['the next person was written to', { ...mails(lost, mail({ ...next, status: 'delivered' })), heard }],
    [
      'a worker is about to write to the next person',
      { ...abandoned, leases: { [next.personId]: { ...lease(5).leases?.[personId], addressedAs } as Lease } },
    ],
    ['the chain says that no one is left', { ...abandoned, exhausted: [addressedAs] }],
    [
      'a stand-in of that group got a mail',
      {
        ...mails(lost, mail({ ...next, addressedAs: `mdt-coordinator for ${addressedAs}`, status: 'delivered' })),
        heard,
      },
    ],
  ];

  test('a lost mail without a follower is recorded again after five minutes, so the next person gets one', () => {
    expect([overdue(abandoned, 4.9), overdue(abandoned, 5)]).toEqual([[], late]);
    expect(isUnsettled({ ...bornAlert, ...abandoned })).toBe(true);
  });

  test.each(followed)('a lost mail is left alone once %s', (_, life) => {
    expect(overdue(life, 9)).toEqual([]);
  });

  test('a lost mail is not followed by one to another line', () => {
    const elsewhere = mail({ personId: memberOf('dcf').personId, addressedAs: 'seat:dcf', status: 'delivered' });
    expect(overdue({ ...mails(lost, elsewhere), heard }, 9)).toEqual(late);
  });

  test('a lost mail is followed by none where its line has answered', () => {
    const answered = team().do(
      'answer-seat',
      { discipline: 'medical', answer: 'declined', reasonCode: 'workload' },
      'seat:medical',
    );
    expect(overdue(abandoned, 9, invitation, answered)).toEqual([]);
  });

  test('nothing is recorded about an obsolete alert', () => {
    const ended = withdraw(team());
    for (const life of [lease(0), mails(mail()), abandoned]) expect(overdue(life, 60, invitation, ended)).toEqual([]);
  });

  test.each<readonly [is: boolean, what: string, life: Partial<AlertLife>]>([
    [false, 'nothing was sent', {}],
    [true, 'a mail is on its way', mails(mail())],
    [true, 'one of two mails is on its way', mails(mail(next), mail({ status: 'delivered' }))],
    [false, 'the person has seen the page', { ...mails(mail()), seen: { [personId]: sentAt } }],
    [false, 'every mail arrived', mails(mail({ status: 'delivered' }))],
    [true, 'a claim is open', lease(0)],
    [false, 'a lost mail was followed', { ...abandoned, exhausted: [addressedAs] }],
  ])('it is open what becomes of an alert: %s, where %s', (is, _, life) => {
    expect(isUnsettled({ ...bornAlert, ...life })).toBe(is);
  });
});
