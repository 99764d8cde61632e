import { describe, expect, test } from 'vitest';
import { type Role, roles } from '../../shared/domain/vocabulary.ts';
import { availableCommands, viewReferral } from '../../shared/doors/view.ts';
import { mayRead, mayReadChild, mayReadReporter, type Visitor, visitorOf } from '../../shared/doors/visitor.ts';
import { visitor } from '../support/desk.ts';
import { memberOf, referral } from '../support/referral-builder.ts';
import { offer, sceneOf } from '../support/scenes.ts';

/** A story with a team, an offer to PV-1, and its answer to come. */
const story = () => offer(referral().run().screen('high-risk'), 'education');
const { state, policy } = story();

const somebody = (role: Role, scope = 'state', id = 'P-SOMEBODY'): Visitor =>
  visitorOf({ id, name: '', email: '', phone: '', title: '', roles: [{ role, scope }] });
const withRoles = (...held: readonly Role[]): Visitor =>
  visitorOf({ ...visitor('legal'), email: '', phone: '', roles: held.map((role) => ({ role, scope: 'state' })) });

const outsiders: readonly Role[] = ['mdt-member', 'provider', 'mdt-coordinator', 'mdt-chair'];
const reads = (who: Visitor) => [mayRead(state, who), mayReadChild(state, who), mayReadReporter(who)];

describe('who may see a referral', () => {
  test.each(roles.filter((role) => !outsiders.includes(role)))('%s, wherever they work', (role) => {
    expect(mayRead(state, somebody(role, 'office-FAR'))).toBe(true);
  });

  test.each(outsiders)('%s not by the role alone', (role) => {
    expect(mayRead(state, somebody(role))).toBe(false);
    expect(mayRead(state, somebody(role, 'team-MDT-DANBURY'))).toBe(false);
  });

  test('somebody without any role not at all', () => {
    const nobody = visitorOf({ id: 'P', name: '', email: '', phone: '', title: '', roles: [] });
    expect(reads(nobody)).toEqual([false, false, false]);
  });

  test.each(['mdt-coordinator', 'mdt-chair'] as const)('%s of its team', (role) => {
    expect(mayRead(state, somebody(role, `team-${state.team}`))).toBe(true);
    const unrouted = referral({ team: 'none' }).state;
    expect(mayRead(unrouted, somebody(role, 'team-undefined'))).toBe(false);
  });

  test('the holder of a seat and the deputy, and no member of the team without a seat', () => {
    const { personId, deputyId } = memberOf('medical');
    for (const id of [personId, deputyId]) expect(mayRead(state, somebody('mdt-member', 'team-OTHER', id))).toBe(true);
    expect(mayRead(state, somebody('mdt-member', `team-${state.team}`))).toBe(false);
    expect(mayRead(referral().state, somebody('mdt-member', '', personId))).toBe(false);
  });

  test('the person of the provider it was offered to, and no other', () => {
    expect(mayRead(state, somebody('provider', 'state', 'PV-1.CONTACT'))).toBe(true);
    expect(mayRead(state, somebody('provider', 'state', 'PV-2.CONTACT'))).toBe(false);
  });
});

describe('who may see who the child is, and who reported', () => {
  const reporterToo: readonly Role[] = [
    'careline-worker',
    'careline-supervisor',
    'careline-manager',
    'caseworker',
    'area-supervisor',
    'hart-liaison',
    'hart-lead',
  ];

  test.each(roles.filter((role) => !outsiders.includes(role)))('%s', (role) => {
    const child = role !== 'administrator' && role !== 'auditor';
    expect(reads(somebody(role))).toEqual([true, child, reporterToo.includes(role)]);
  });

  test('an auditor who also works with children, as one who works with them', () => {
    expect(reads(withRoles('auditor', 'administrator'))).toEqual([true, false, false]);
    expect(reads(withRoles('auditor', 'caseworker'))).toEqual([true, true, true]);
  });

  test('a member with a seat and a provider see the child and not the reporter', () => {
    expect(reads(somebody('mdt-member', '', memberOf('medical').personId))).toEqual([true, true, false]);
    expect(reads(somebody('provider', '', 'PV-1.CONTACT'))).toEqual([true, true, false]);
  });
});

describe('a referral as it is shown', () => {
  test('holds no id of a text of its report and no blind index', () => {
    const shown = viewReferral({ ...state, blindIndex: 'f'.repeat(64) }, policy, visitor('caseworker'));
    const text = JSON.stringify(shown);
    expect(text).not.toContain('f'.repeat(64));
    expect(text).not.toContain(state.texts.narrative);
    expect(shown.hasSafeContact).toBe(false);
  });

  test('explains each deadline, earliest due first, and the next checkpoint only of an open one', () => {
    const { deadlines } = viewReferral(state, policy, visitor('caseworker'));
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
    expect(offered(somebody('legal'))).toEqual(['find-not-applicable', 'explain-miss', 'acknowledge-alert']);
    expect(offered(somebody('hart-liaison'))).toContain('screen');
    const closed = sceneOf('D33').do('close-referral').state;
    expect(offered(somebody('hart-liaison'), closed)).not.toContain('screen');
    expect(offered(somebody('auditor'), closed)).toEqual([]);
  });

  test('says what is in the way of closing it', () => {
    const { inTheWayOfClosing } = viewReferral(state, policy, visitor('caseworker'));
    expect(inTheWayOfClosing).toContain('The service education is neither started nor declined with a reason.');
  });
});
