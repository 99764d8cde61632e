import { describe, expect, test } from 'vitest';
import { sampleDirectory } from '../../../infra/local/samples/directory.ts';
import { outstanding, withDelegates } from '../../../shared/alerts/compose/recipients.ts';
import { type AlertDirectory, askedOnce } from '../../../shared/application/read/contacts.ts';
import type { Alert } from '../../../shared/domain/alerts/alert-state.ts';
import { type AlertLife, bornAlert } from '../../../shared/domain/alerts/alerts.ts';
import type { Turn } from '../../../shared/domain/alerts/call-turns.ts';
import { rolesOfWork } from '../../../shared/domain/core/vocabulary.ts';
import { scopeOf } from '../../../shared/domain/directory/scopes.ts';
import type { Recipient } from '../../../shared/domain/policy/policy.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { findGroups } from '../../support/find-groups.ts';
import { monday, referral } from '../../support/referral-builder.ts';
import { sampleContacts } from './sample-contacts.ts';

const routed: Referral = {
  ...referral().state,
  places: {
    ...referral().state.places,
    routing: {
      town: 'Hartford',
      region: 4,
      office: 'HARTFORD',
      judicialDistrict: 'Hartford',
      team: 'MDT-HARTFORD',
      confirmed: true,
    },
  },
};
const { routing: _, ...places } = routed.places;
const unrouted: Referral = { ...routed, places };

const alertTo = (to: readonly Recipient[], people: readonly string[] = []): Alert => ({
  id: `${routed.id}.A1`,
  kind: 'checkpoint',
  to: [...to],
  people,
  deputies: false,
  requestedAt: monday,
  unreachable: false,
});

const groupsFor = (to: readonly Recipient[], state: Referral = routed, contacts = sampleContacts()) =>
  findGroups(alertTo(to), state, contacts, monday);

/** Each group as `addressedAs: first, second`. */
const spelled = async (...given: Parameters<typeof groupsFor>) =>
  (await groupsFor(...given)).map(
    ({ addressedAs, people }) => `${addressedAs}: ${people.map(({ personId }) => personId).join(', ')}`,
  );

test('a directory that is asked once answers the same question again from its first answer', async () => {
  const contacts = sampleContacts();
  const questions: string[] = [];
  const counted: AlertDirectory = {
    person: contacts.person,
    people(ids) {
      questions.push(...ids);
      return contacts.people(ids);
    },
    onCallOrder(role, scope, now) {
      questions.push(`${role} ${scope}`);
      return contacts.onCallOrder(role, scope, now);
    },
    seats: contacts.seats,
    delegations: contacts.delegations,
  };
  const directory = askedOnce(counted);
  const alert = alertTo(['hart-lead', 'careline-supervisor', 'seats']);
  const [first, again] = [
    await findGroups(alert, routed, directory, monday),
    await findGroups(alert, routed, directory, monday),
  ];
  expect(again).toEqual(first);
  expect(first).toEqual(await findGroups(alert, routed, contacts, monday));
  expect(new Set(questions).size).toBe(questions.length);
  expect(questions).toContain('hart-lead region-4');
});

test('a delegate who is on leave too comes last, and their own delegate gets nothing', async () => {
  const handed = (personId: string, delegateId: string) => ({
    id: `D-${personId}`,
    personId,
    delegateId,
    work: ['careline-worker' as const],
    from: '2026-11-01T00:00:00Z',
    until: '2026-12-01T00:00:00Z',
    givenAt: '2026-10-30T00:00:00Z',
  });
  const delegations = [handed('ONE', 'TWO'), handed('TWO', 'THREE')];
  const { ids, away } = withDelegates({ delegations }, ['ONE', 'FOUR'], 'careline-worker', monday);
  expect([ids, [...away]]).toEqual([
    ['TWO', 'ONE', 'FOUR'],
    ['TWO', 'ONE'],
  ]);
});

describe('an alert for a recipient group', () => {
  const held = new Set(
    sampleDirectory().flatMap((item) =>
      item.pk.startsWith('duty#') && 'scope' in item ? [`${item.pk} ${item.scope}`] : [],
    ),
  );

  test.each(rolesOfWork.filter((role) => role !== 'mdt-member' && role !== 'provider'))(
    'has a person on duty for %s in the sample directory',
    (role) => {
      expect(held).toContain(`duty#${role} ${scopeOf(role, routed)}`);
    },
  );

  test('of a role asks the person on duty, then the deputy', async () => {
    expect(await spelled(['hart-lead'])).toEqual([
      'hart-lead: P-HART-LEAD-NORTH-CENTRAL-1, P-HART-LEAD-NORTH-CENTRAL-2',
    ]);
  });

  test('of liaisons asks the assigned one before those of the region', async () => {
    const state = { ...routed, response: { ...routed.response, liaison: 'P-HART-LIAISON-EASTERN-1' } };
    expect(await spelled(['hart-liaison'], state)).toEqual([
      'hart-liaison: P-HART-LIAISON-EASTERN-1, P-HART-LIAISON-NORTH-CENTRAL-1, P-HART-LIAISON-NORTH-CENTRAL-2',
    ]);
  });

  test('asks a person who is away after those who are there', async () => {
    const contacts = sampleContacts();
    contacts.away.set('P-HART-LEAD-NORTH-CENTRAL-1', '2026-11-20T00:00:00.000Z');
    expect(await spelled(['hart-lead'], routed, contacts)).toEqual([
      'hart-lead: P-HART-LEAD-NORTH-CENTRAL-2, P-HART-LEAD-NORTH-CENTRAL-1',
    ]);
    contacts.away.set('P-HART-LEAD-NORTH-CENTRAL-1', monday);
    expect(await spelled(['hart-lead'], routed, contacts)).toEqual([
      'hart-lead: P-HART-LEAD-NORTH-CENTRAL-1, P-HART-LEAD-NORTH-CENTRAL-2',
    ]);
  });

  describe('of a role that works on shifts', () => {
    const night = {
      id: 'SH-1-1',
      role: 'area-oncall',
      scope: 'office-HARTFORD',
      personId: 'P-AREA-ONCALL-HARTFORD-2',
      from: '2026-11-09T13:00:00.000Z',
      to: '2026-11-10T01:00:00.000Z',
      order: 1,
    } as const;

    test('asks the person on shift, then the backup, then the directory’s order', async () => {
      const contacts = sampleContacts();
      contacts.shifts.push({ ...night, id: 'SH-1-2', personId: 'P-AREA-SUPERVISOR-HARTFORD-1', order: 2 }, night);
      expect(await spelled(['area-oncall'], routed, contacts)).toEqual([
        'area-oncall: P-AREA-ONCALL-HARTFORD-2, P-AREA-SUPERVISOR-HARTFORD-1, P-AREA-ONCALL-HARTFORD-1',
      ]);
    });

    test('asks a person on shift who is away after those who are there', async () => {
      const contacts = sampleContacts();
      contacts.shifts.push(night);
      contacts.away.set(night.personId, '2026-11-20T00:00:00.000Z');
      expect(await spelled(['area-oncall'], routed, contacts)).toEqual([
        'area-oncall: P-AREA-ONCALL-HARTFORD-1, P-AREA-ONCALL-HARTFORD-2',
      ]);
    });

    test('asks the delegate of a person on shift before all others', async () => {
      const contacts = sampleContacts();
      contacts.shifts.push(night);
      const handed = {
        id: 'DG-1',
        personId: night.personId,
        delegateId: 'P-CASEWORKER-HARTFORD-1',
        work: ['area-oncall' as const],
        from: '2026-11-01T00:00:00Z',
        until: '2026-12-01T00:00:00Z',
        givenAt: '2026-10-30T00:00:00Z',
      };
      const directory = { ...contacts, delegations: async () => [handed] };
      const [group] = await findGroups(alertTo(['area-oncall']), routed, directory, monday);
      expect(group?.people.map(({ personId }) => personId)).toEqual([
        'P-CASEWORKER-HARTFORD-1',
        'P-AREA-ONCALL-HARTFORD-1',
        'P-AREA-ONCALL-HARTFORD-2',
      ]);
      // Disabled: what was handed to them goes back, and the person on leave is asked first again.
      contacts.disabled.add(handed.delegateId);
      const [again] = await findGroups(alertTo(['area-oncall']), routed, directory, monday);
      expect(again?.people.map(({ personId }) => personId)).toEqual([
        'P-AREA-ONCALL-HARTFORD-2',
        'P-AREA-ONCALL-HARTFORD-1',
      ]);
    });

    test('asks no one who is disabled, also where a shift still names them', async () => {
      const contacts = sampleContacts();
      contacts.shifts.push(night);
      contacts.disabled.add(night.personId);
      const [group] = await findGroups(alertTo(['area-oncall']), routed, contacts, monday);
      expect(group?.people.map(({ personId }) => personId)).not.toContain(night.personId);
      expect(group?.people.length).toBeGreaterThan(0);
    });
  });

  test.each(['hart-liaison', 'area-director', 'mdt-coordinator', 'seat:medical', 'seats'] as const)(
    'asks a Careline supervisor in place of %s while the child’s home is unknown, and says so',
    async (role) => {
      expect(await spelled([role], unrouted)).toEqual([
        `careline-supervisor for ${role}: P-CARELINE-SUPERVISOR-1, P-CARELINE-SUPERVISOR-2`,
      ]);
    },
  );

  test('never asks members and providers for their role alone', async () => {
    expect(await spelled(['mdt-member', 'provider'])).toEqual([
      'careline-supervisor for mdt-member: P-CARELINE-SUPERVISOR-1, P-CARELINE-SUPERVISOR-2',
    ]);
  });

  test("of a seat asks the referral's roster, and before the roster is drawn the directory", async () => {
    expect(await spelled(['seat:medical'])).toEqual([
      'seat:medical: P-MDT-MEDICAL-HARTFORD-1, P-MDT-MEDICAL-HARTFORD-2',
    ]);
    const drawn = referral().run().screen('high-risk').state;
    expect(await spelled(['seat:medical'], drawn)).toEqual(['seat:medical: MEMBER-MEDICAL, DEPUTY-MEDICAL']);
  });

  test('asks each seat as a group of its own, with a deputy of its own', async () => {
    expect(await groupsFor(['seats'])).toHaveLength(8);
  });

  test('asks a person whose mail comes back after the reachable ones', async () => {
    const contacts = sampleContacts();
    contacts.failing.add('P-MDT-MEDICAL-HARTFORD-1');
    expect(await spelled(['seat:medical'], routed, contacts)).toEqual([
      'seat:medical: P-MDT-MEDICAL-HARTFORD-2, P-MDT-MEDICAL-HARTFORD-1',
    ]);
  });

  test('is settled for a group once one of its people acknowledges, and for no other group', async () => {
    const acknowledged = { ...alertTo(['hart-lead', 'legal']), acknowledgedBy: 'P-LEGAL-1' };
    const left = await findGroups(acknowledged, routed, sampleContacts(), monday);
    expect(left.map(({ addressedAs }) => addressedAs)).toEqual(['hart-lead']);
  });

  test('finds no one for a named person who is in no directory', async () => {
    expect(await findGroups(alertTo([], ['P-NO-ONE']), routed, sampleContacts(), monday)).toEqual([
      { addressedAs: 'person:P-NO-ONE', people: [] },
    ]);
  });
});

describe('a call about a duty', () => {
  const [first, second] = ['P-HART-LEAD-NORTH-CENTRAL-1', 'P-HART-LEAD-NORTH-CENTRAL-2'];
  const callTo = (turn: Turn): Alert => ({
    ...alertTo(['hart-lead']),
    checkpoint: 'ring',
    deadlineId: 'D',
    calls: [{ to: 'hart-lead', turn, deadlineIds: ['D'] }],
  });
  /** `missing`: the people who are away. `closed`: a person with a conflict of interest. */
  const called = async (turn: Turn, missing: readonly string[] = [], closed?: string) => {
    const contacts = sampleContacts();
    for (const id of missing) contacts.away.set(id, '2026-11-20T00:00:00.000Z');
    const conflict = { conflict: 'yes', notice: '1', at: monday } as const;
    const state: Referral = {
      ...routed,
      deadlines: Object.fromEntries([['D', ringing]]),
      team: { ...routed.team, confidentialityAgreements: closed === undefined ? {} : { [closed]: conflict } },
    };
    const groups = await findGroups(callTo(turn), state, contacts, monday);
    return outstanding(groups, bornAlert, callTo(turn)).write.map(({ personId, order }) => [personId, order]);
  };
  const ringing = {
    ...referral({ perpetrators: ['caregiver'] })
      .run()
      .deadline('D6'),
    id: 'D',
    ring: { since: monday, from: monday, rangAt: monday, step: 0 },
  };

  test.each<[Turn, readonly (readonly [string, number])[]]>([
    ['first', [[first, 1]]],
    ['next', [[second, 2]]],
    [
      'both',
      [
        [first, 1],
        [second, 2],
      ],
    ],
  ])('that is for %s goes to them, with their place in line', async (turn, people) => {
    expect(await called(turn)).toEqual(people);
  });

  test('that is for the next on shift is for the first again where no one else is there', async () => {
    expect(await called('next', [second])).toEqual([[first, 1]]);
    expect(await called('next', [], second)).toEqual([[first, 1]]);
  });

  test('goes to the other person where mail to the called one failed', async () => {
    const groups = await findGroups(callTo('next'), { ...routed, deadlines: { D: ringing } }, sampleContacts(), monday);
    const failed: AlertLife = {
      ...bornAlert,
      deliveries: [{ personId: second, addressedAs: 'hart-lead', order: 2, at: monday, status: 'failed' }],
      heard: { [second]: 'failed' },
    };
    expect(outstanding(groups, failed, callTo('next')).write.map(({ personId }) => personId)).toEqual([first]);
  });
});

describe('the people who still get a mail', () => {
  const sentTo = (personId: string, addressedAs: string, status: 'sent' | 'failed' = 'sent'): AlertLife => ({
    ...bornAlert,
    deliveries: [{ personId, addressedAs, order: 1, at: monday, status }],
    heard: status === 'failed' ? { [personId]: 'failed' } : {},
  });
  const ids = ({ write }: ReturnType<typeof outstanding>) => write.map(({ personId }) => personId);
  const [first, second] = ['P-HART-LEAD-NORTH-CENTRAL-1', 'P-HART-LEAD-NORTH-CENTRAL-2'];

  test('are the person on duty at first, and the deputy too where an earlier alert went unanswered', async () => {
    const group = await groupsFor(['hart-lead']);
    expect(ids(outstanding(group, bornAlert, { deputies: false }))).toEqual([first]);
    expect(ids(outstanding(group, bornAlert, { deputies: true }))).toEqual([first, second]);
  });

  test('are none while the mail to one is on its way or arrived', async () => {
    expect(ids(outstanding(await groupsFor(['hart-lead']), sentTo(first, 'hart-lead'), { deputies: false }))).toEqual(
      [],
    );
  });

  test('are the deputy once the mail to the first has failed, and then no one is left', async () => {
    const group = await groupsFor(['hart-lead']);
    expect(ids(outstanding(group, sentTo(first, 'hart-lead', 'failed'), { deputies: false }))).toEqual([second]);
    const both = { ...bornAlert, heard: { [first]: 'failed', [second]: 'failed' } } as const;
    expect(outstanding(group, both, { deputies: false })).toEqual({ write: [], exhausted: ['hart-lead'] });
    expect(outstanding(group, { ...both, exhausted: ['hart-lead'] }, { deputies: false })).toEqual({
      write: [],
      exhausted: [],
    });
  });

  test('are the deputies of those groups that did not answer before', async () => {
    const group = await groupsFor(['hart-lead', 'careline-supervisor']);
    const chosen = outstanding(group, bornAlert, { deputies: true, answered: ['careline-supervisor'] });
    expect(chosen.write.map(({ addressedAs }) => addressedAs)).toEqual([
      'hart-lead',
      'hart-lead',
      'careline-supervisor',
    ]);
  });

  test('get one mail each, however many groups lead to them', async () => {
    const state = { ...unrouted };
    const found = outstanding(await groupsFor(['careline-supervisor', 'hart-lead', 'area-oncall'], state), bornAlert, {
      deputies: false,
    });
    expect(found.write).toMatchObject([
      {
        personId: 'P-CARELINE-SUPERVISOR-1',
        addressedAs: 'careline-supervisor',
        also: ['careline-supervisor for hart-lead', 'careline-supervisor for area-oncall'],
      },
    ]);
  });

  test('include the person on duty of one group even where they are the deputy of another', async () => {
    const state = { ...routed, response: { ...routed.response, liaison: first } };
    const found = outstanding(await groupsFor(['hart-lead', 'hart-liaison'], state), bornAlert, { deputies: false });
    expect(ids(found)).toEqual([first]);
    const swapped = { ...routed, response: { ...routed.response, liaison: second } };
    expect(
      ids(outstanding(await groupsFor(['hart-liaison', 'hart-lead'], swapped), bornAlert, { deputies: false })),
    ).toEqual([second, first]);
  });

  test('include the next person of both groups when the one person of both fails', async () => {
    const state = { ...unrouted };
    const life = sentTo('P-CARELINE-SUPERVISOR-1', 'careline-supervisor', 'failed');
    const found = outstanding(await groupsFor(['careline-supervisor', 'hart-lead'], state), life, { deputies: false });
    expect(ids(found)).toEqual(['P-CARELINE-SUPERVISOR-2']);
  });

  test('do not change when the place becomes known after a stand-in was reached', async () => {
    const life = sentTo('P-CARELINE-SUPERVISOR-1', 'careline-supervisor for hart-lead');
    expect(ids(outstanding(await groupsFor(['hart-lead']), life, { deputies: false }))).toEqual([]);
  });
});

test('a person who closed or withdrew a referral gets no mail about it, and their deputy gets none either', async () => {
  const ended = { ...alertTo(['careline-supervisor', 'caseworker']), kind: 'referral-ended' as const };
  const told = async (alert: Alert) =>
    (await findGroups(alert, routed, sampleContacts(), monday)).map(({ addressedAs }) => addressedAs);
  const [caseworker = ''] = (await findGroups(ended, routed, sampleContacts(), monday))
    .filter(({ addressedAs }) => addressedAs === 'caseworker')
    .flatMap(({ people }) => people.map(({ personId }) => personId));
  expect(await told(ended)).toEqual(['careline-supervisor', 'caseworker']);
  expect(await told({ ...ended, requestedBy: caseworker })).toEqual(['careline-supervisor']);
  expect(await told({ ...ended, kind: 'checkpoint', requestedBy: caseworker })).toHaveLength(2);
});

test("an alert to an answered seat goes to its new holder, not to the decliner or an acceptor's deputy", async () => {
  const story = referral().run().screen('confirmed');
  story.do('answer-seat', { discipline: 'medical', answer: 'declined', reasonCode: 'workload' }, 'seat:medical');
  story.do('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'deputy:medical');
  story.do('answer-seat', { discipline: 'dcf', answer: 'accepted' }, 'seat:dcf');
  story.do(
    'answer-seat',
    { discipline: 'mental-health', answer: 'declined', reasonCode: 'workload' },
    'seat:mental-health',
  );
  const asked = await findGroups(alertTo(['seats']), story.state, sampleContacts(), story.now);
  const peopleOf = (discipline: string) =>
    asked.find(({ addressedAs }) => addressedAs === `seat:${discipline}`)?.people.map(({ personId }) => personId);
  expect(['medical', 'dcf', 'mental-health', 'law-enforcement'].map(peopleOf)).toEqual([
    ['DEPUTY-MEDICAL'],
    ['MEMBER-DCF'],
    ['DEPUTY-MENTAL-HEALTH'],
    ['MEMBER-LAW-ENFORCEMENT', 'DEPUTY-LAW-ENFORCEMENT'],
  ]);
});
