import { describe, expect, test } from 'vitest';
import {
  mayRead,
  mayReadChild,
  seatsOf,
  type Visitor,
  visitorOf,
  within,
} from '../../../shared/application/access/visitor.ts';
import { fieldsFor } from '../../../shared/application/input/readable-fields.ts';
import { availableCommands } from '../../../shared/application/read/available-commands.ts';
import { viewFor, viewReferral } from '../../../shared/application/read/view.ts';
import { type Role, roles } from '../../../shared/domain/core/vocabulary.ts';
import { visitor } from '../../support/desk.ts';
import { memberOf, referral } from '../../support/referral-builder.ts';
import { offer, sceneOf, signed } from '../../support/scenes.ts';

/** A story with a team, and an offer to PV-1 that waits for an answer. */
const story = () => signed(offer(referral().run().screen('high-risk'), 'education'));
const { state, policy } = story();

const personWith = (role: Role, scope = 'state', id = 'P-PERSON'): Visitor =>
  visitorOf({ id, name: '', email: '', phone: '', title: '', roles: [{ role, scope }] });
const withRoles = (...held: readonly Role[]): Visitor =>
  visitorOf({ ...visitor('legal'), email: '', phone: '', roles: held.map((role) => ({ role, scope: 'state' })) });

const outsiders: readonly Role[] = [
  ...(['mdt-member', 'provider', 'mdt-coordinator', 'mdt-chair'] as const),
  ...(['evaluator', 'trainer', 'forum-member'] as const),
];
const reads = (who: Visitor) => [mayRead(state, who), mayReadChild(state, who), fieldsFor(state, who).has('reporter')];

describe('the people who may see a referral:', () => {
  test.each(roles.filter((role) => !outsiders.includes(role)))('%s for the state', (role) => {
    expect(mayRead(state, personWith(role))).toBe(true);
  });

  test.each(['caseworker', 'area-supervisor', 'area-director', 'area-oncall'] as const)(
    '%s of its office and of the one that responds, and of no other',
    (role) => {
      const {
        places: { routing },
      } = state;
      if (!routing) throw new Error('The story has an office.');
      const elsewhere = { ...state, places: { ...state.places, routing: { ...routing, responseOffice: 'DANBURY' } } };
      const sees = (told: typeof state, office: string) => mayRead(told, personWith(role, `office-${office}`));
      expect([sees(state, routing.office), sees(state, 'DANBURY')]).toEqual([true, false]);
      expect([sees(elsewhere, routing.office), sees(elsewhere, 'DANBURY')]).toEqual([true, true]);
    },
  );

  test.each(['hart-liaison', 'hart-lead'] as const)('%s of its region, and of no other', (role) => {
    expect(mayRead(state, personWith(role, `region-${state.places.routing?.region}`))).toBe(true);
    expect(mayRead(state, personWith(role, 'region-5'))).toBe(false);
  });

  test('the liaison it was assigned to, of whatever region', () => {
    const liaison = personWith('hart-liaison', 'region-5');
    expect(
      mayRead(
        {
          ...state,
          response: { ...state.response, liaison: liaison.id },
        },
        liaison,
      ),
    ).toBe(true);
  });

  test('any of an office or a region while the right one is unknown', () => {
    const unrouted = referral({ team: 'none' }).state;
    expect(mayRead(unrouted, personWith('caseworker', 'office-DANBURY'))).toBe(true);
    expect(mayRead(unrouted, personWith('hart-lead', 'region-5'))).toBe(true);
  });

  test.each(outsiders)('not %s by the role alone', (role) => {
    expect(mayRead(state, personWith(role))).toBe(false);
    expect(mayRead(state, personWith(role, 'team-MDT-DANBURY'))).toBe(false);
  });

  test('not a person without any role', () => {
    const nobody = visitorOf({ id: 'P', name: '', email: '', phone: '', title: '', roles: [] });
    expect(reads(nobody)).toEqual([false, false, false]);
  });

  test.each(['mdt-coordinator', 'mdt-chair'] as const)('%s of its team', (role) => {
    expect(mayRead(state, personWith(role, `team-${state.team.id}`))).toBe(true);
    const before = referral().run().state;
    expect(before.places.routing?.team).toBe(state.team.id);
    expect(mayRead(before, personWith(role, `team-${state.team.id}`))).toBe(false);
    const unrouted = referral({ team: 'none' }).state;
    expect(mayRead(unrouted, personWith(role, 'team-undefined'))).toBe(false);
  });

  test('the holder of a seat and the deputy, and no member of the team without a seat', () => {
    const { personId, deputyId } = memberOf('medical');
    for (const id of [personId, deputyId])
      expect(mayRead(state, personWith('mdt-member', `team-${state.team.id}`, id))).toBe(true);
    expect(mayRead(state, personWith('mdt-member', `team-${state.team.id}`))).toBe(false);
    expect(mayRead(referral().state, personWith('mdt-member', '', personId))).toBe(false);
  });

  // Any function may write a roster. So the roster alone does not say who sits.
  test.each([
    ['caseworker', 'office-DANBURY'],
    ['provider', 'state'],
    ['auditor', 'nowhere'],
    ['mdt-member', 'team-OTHER'],
    ['mdt-chair', 'team-OTHER'],
  ] as const)('no person by a seat of the roster alone: %s of %s has no role for a seat of the team', (role, scope) => {
    const who = personWith(role, scope, memberOf('medical').personId);
    expect(seatsOf(state, who)).toEqual([]);
    expect(mayReadChild(state, who)).toBe(false);
  });

  test.each(['mdt-member', 'provider'] as const)('a %s of elsewhere that a person named for a seat', (role) => {
    const { personId } = memberOf('medical');
    const seats = state.team.seats.map((seat) => ({ ...seat, invited: true as const }));
    const who = personWith(role, 'team-OTHER', personId);
    expect(mayRead({ ...state, team: { ...state.team, seats } }, who)).toBe(true);
  });

  test('the person of the provider that has the offer, and no other', () => {
    expect(mayRead(state, personWith('provider', 'state', 'PV-1.CONTACT'))).toBe(true);
    expect(mayRead(state, personWith('provider', 'state', 'PV-2.CONTACT'))).toBe(false);
  });
});

describe("a person's acts in a referral", () => {
  const rolesIn = (...held: readonly (readonly [Role, string])[]) =>
    within(state, { ...personWith('legal'), scopes: held.map(([role, scope]) => ({ role, scope })) }).roles;

  test('follow from those of their roles that cover it', () => {
    expect(
      rolesIn(['area-supervisor', 'office-DANBURY'], ['caseworker', `office-${state.places.routing?.office}`]),
    ).toEqual(['caseworker']);
    expect(rolesIn(['mdt-chair', 'team-MDT-DANBURY'], ['mdt-coordinator', `team-${state.team.id}`])).toEqual([
      'mdt-coordinator',
    ]);
    expect(rolesIn(['careline-supervisor', 'state'])).toEqual(['careline-supervisor']);
  });

  test('are a member’s for a holder of a seat whose roles are for elsewhere', () => {
    const chair = { ...personWith('mdt-chair', 'team-MDT-DANBURY', memberOf('medical').personId) };
    const seats = state.team.seats.map((seat) => ({ ...seat, invited: true as const }));
    expect(within({ ...state, team: { ...state.team, seats } }, chair).roles).toEqual(['mdt-member']);
    expect(within(state, chair).roles).toEqual([]);
  });
});

describe('the people who may see who the child is, and who reported:', () => {
  const reporterToo: readonly Role[] = ['careline-supervisor', 'careline-manager', 'area-supervisor', 'hart-liaison'];

  test.each(roles.filter((role) => !outsiders.includes(role)))('%s', (role) => {
    const child = role !== 'administrator' && role !== 'auditor';
    expect(reads(personWith(role))).toEqual([true, child, reporterToo.includes(role)]);
  });

  test('an auditor who also works with children, as one who works with them', () => {
    expect(reads(withRoles('auditor', 'administrator'))).toEqual([true, false, false]);
    expect(reads(withRoles('auditor', 'area-supervisor'))).toEqual([true, true, true]);
  });

  test('a member with a seat sees the child and not the reporter, and a provider of an offer neither', () => {
    expect(reads(personWith('mdt-member', '', memberOf('medical').personId))).toEqual([true, true, false]);
    // The service is offered, and not accepted yet.
    expect(reads(personWith('provider', '', 'PV-1.CONTACT'))).toEqual([true, false, false]);
    expect(reads(personWith('mdt-chair', `team-${state.team.id}`))).toEqual([true, true, false]);
  });

  test('a provider only once its service is accepted, and while it goes on', () => {
    const provider = personWith('provider', '', 'PV-1.CONTACT');
    const sees = (told: ReturnType<typeof story>) => mayReadChild(told.state, provider);
    const accepted = story().do('accept-linkage', { service: 'education' }, 'contact:PV-1');
    const declined = story().do('decline-linkage', { service: 'education', reasonCode: 'no-capacity' }, 'contact:PV-1');
    expect(sees(story())).toBe(false);
    expect(sees(accepted)).toBe(true);
    expect(sees(accepted.do('start-linkage', { service: 'education' }, 'contact:PV-1'))).toBe(true);
    expect([mayRead(declined.state, provider), sees(declined)]).toEqual([true, false]);
    expect(sees(offer(declined, 'basic-needs'))).toBe(false);
  });

  test('a member who declined the seat only the invitation, until they accept after all', () => {
    const told = story().do(
      'answer-seat',
      { discipline: 'medical', answer: 'declined', reasonCode: 'workload' },
      'seat:medical',
    );
    const member = personWith('mdt-member', '', memberOf('medical').personId);
    const shows = () => Object.keys(viewFor(told.state, policy, member, []));
    expect(shows()).toContain('invitation');
    expect(shows()).not.toContain('child');
    const deputy = personWith('mdt-member', '', memberOf('medical').deputyId);
    expect(Object.keys(viewFor(told.state, policy, deputy, []))).toContain('child');
    told.do('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'seat:medical');
    expect(shows()).toContain('child');
  });

  test('a member until the seat is declined, and the deputy after that as well', () => {
    const { personId, deputyId } = memberOf('medical');
    const why = { accepted: {}, declined: { reasonCode: 'workload' } };
    const answered = (answer: keyof typeof why) =>
      story().do('answer-seat', { discipline: 'medical', answer, ...why[answer] }, 'seat:medical');
    const sees = (id: string, answer: keyof typeof why) =>
      mayReadChild(answered(answer).state, personWith('mdt-member', '', id));
    expect([sees(personId, 'accepted'), sees(personId, 'declined')]).toEqual([true, false]);
    expect([sees(deputyId, 'accepted'), sees(deputyId, 'declined')]).toEqual([true, true]);
    const seats = state.team.seats.map((seat) =>
      seat.discipline === 'medical'
        ? {
            ...seat,
            answered: { answer: 'declined' as const, by: deputyId ?? personId },
            declinedBy: deputyId === undefined ? [] : [deputyId],
          }
        : seat,
    );
    const afterDeputy = [personId, deputyId].map((id) =>
      mayReadChild(
        {
          ...state,
          team: { ...state.team, seats },
        },
        personWith('mdt-member', '', id),
      ),
    );
    expect(afterDeputy).toEqual([true, false]);
  });

  test.each(['closed', 'withdrawn', 'merged'] as const)(
    'no partner once the referral is %s, and staff still',
    (stage) => {
      const over = { ...state, stage };
      const { personId, deputyId } = memberOf('medical');
      const partners = [
        personWith('mdt-member', '', personId),
        personWith('mdt-member', '', deputyId),
        personWith('mdt-coordinator', `team-${state.team.id}`),
        personWith('mdt-chair', `team-${state.team.id}`),
        personWith('provider', '', 'PV-1.CONTACT'),
      ];
      for (const who of partners) expect([mayRead(over, who), mayReadChild(over, who)]).toEqual([true, false]);
      expect(mayReadChild(over, personWith('caseworker'))).toBe(true);
    },
  );
});

describe('a referral as it is shown', () => {
  test('holds no id of a text of its report and no blind index', () => {
    const shown = viewReferral(
      {
        ...state,
        identity: { ...state.identity, blindIndex: 'f'.repeat(64) },
      },
      policy,
      visitor('caseworker'),
      [],
    );
    const text = JSON.stringify(shown);
    expect(text).not.toContain('f'.repeat(64));
    expect(text).not.toContain(state.report.texts.narrative);
    expect(shown.hasSafeContact).toBe(false);
  });

  test('explains each deadline, earliest due first, and the next checkpoint only of an open one', () => {
    const { deadlines } = viewReferral(state, policy, visitor('caseworker'), []);
    expect(deadlines.map(({ due }) => Date.parse(due))).toEqual(
      deadlines.map(({ due }) => Date.parse(due)).toSorted((one, other) => one - other),
    );
    for (const deadline of deadlines) {
      expect(deadline.why).toMatch(/^due /);
      expect('next' in deadline).toBe(deadline.status === 'open');
    }
    expect(deadlines.find(({ rule }) => rule === 'D3')).toMatchObject({ kind: 'statute', awaitsLegalSignOff: true });
  });

  test('offers the commands of the roles in this stage', () => {
    const offered = (who: Visitor, at = state) => availableCommands(at, who).map(({ name }) => name);
    expect(offered(personWith('aag-liaison'))).toEqual([
      'answer-seat',
      'end-task',
      'sign-confidentiality',
      'record-hold-end',
      'record-prosecution',
      'record-charges-end',
      'review-card',
      'schedule-hearing',
      'record-hearing',
      'settle-order',
      'leave-note',
      'read-notes',
      'record-ex-parte-order',
      'record-protective-order',
      'correct-ex-parte-order',
      'record-preliminary-hearing',
      'notify-tribe',
      'record-tribe-receipt',
      'record-tribe-request',
      'acknowledge-alert',
      'record-alert-call',
      'answer-alarm',
      'record-call',
      'set-legal-hold',
    ]);
    expect(offered(personWith('hart-liaison'))).toContain('screen');
    const closed = sceneOf('D33').do('close-referral').state;
    expect(offered(personWith('hart-liaison'), closed)).not.toContain('screen');
    expect(offered(personWith('auditor'), closed)).toEqual([]);
  });

  test('says what stops its closure', () => {
    const { inTheWayOfClosing } = viewReferral(state, policy, visitor('caseworker'), []);
    expect(inTheWayOfClosing).toContain('The service education is neither started nor declined with a reason.');
  });
});

describe('a referral as a provider sees it', () => {
  const told = () => offer(offer(referral().run().screen('high-risk'), 'victim-advocacy'), 'education');
  const other = () => told().do('offer-linkage', { service: 'mental-health', providerId: 'PV-2' }).do('report-missing');
  const provider = personWith('provider', '', 'PV-1.CONTACT');
  const seen = viewFor(other().state, policy, provider, []);
  if (!('linkages' in seen)) throw new Error('A provider sees its services.');

  test('is its own services and their deadlines, its alerts, the people it may call and its commands', () => {
    expect(Object.keys(seen).toSorted()).toEqual(
      [
        'id',
        'seq',
        'stage',
        'ageBand',
        'residenceTown',
        'hasSafeContact',
        'mayContactFamily',
        'linkages',
        'deadlines',
        'alerts',
        'responsible',
        'commands',
        'nextSteps',
      ].toSorted(),
    );
    // Nothing that waits on others, and nothing about a service that is not theirs.
    const stepsFor = seen.nextSteps.map(
      ({ rule, acts }) => `${rule ?? 'asked'} ${acts.map(({ input }) => input.service)}`,
    );
    expect(stepsFor).toEqual([
      'asked victim-advocacy,victim-advocacy',
      'D19b victim-advocacy,victim-advocacy',
      'D35b education,education,education',
    ]);
    expect(Object.keys(seen.linkages)).toEqual(['victim-advocacy', 'education']);
    expect(seen.deadlines.map(({ rule }) => rule)).toEqual(['D19b', 'D35b']);
    expect(seen.alerts).toMatchObject([
      { kind: 'linkage-offered', people: ['PV-1.CONTACT'] },
      { kind: 'linkage-offered', people: ['PV-1.CONTACT'] },
    ]);
    expect(seen).toMatchObject({ responsible: [{ role: 'caseworker' }, { role: 'hart-liaison' }] });
    expect(seen.commands.map(({ name }) => name)).toEqual([
      'answer-seat',
      'accept-linkage',
      'record-contact',
      'start-linkage',
      'decline-linkage',
      'end-task',
      'record-part-2',
      'record-service-outcome',
      'sign-confidentiality',
      'record-handoff',
      'acknowledge-alert',
    ]);
  });

  test('names no other provider, no member and no fact about the child', () => {
    const text = JSON.stringify(seen);
    for (const word of ['PV-2', 'MEMBER-', 'DEPUTY-', 'high-risk', 'occurrenceTown', 'gender', 'mental-health'])
      expect(text).not.toContain(word);
  });

  test('is whole for a provider who also holds a seat of the team', () => {
    const both = { ...withRoles('provider', 'mdt-member'), id: memberOf('medical').personId };
    for (const who of [both, personWith('caseworker'), personWith('mdt-chair', `team-${state.team.id}`)])
      expect('child' in viewFor(state, policy, who, [])).toBe(true);
  });
});
