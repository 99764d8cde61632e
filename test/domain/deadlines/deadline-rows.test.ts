/** Whose list an open deadline stands on, and what the row tells them. */
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import { boardRows } from '../../../shared/domain/board/board-rows.ts';
import { orderByTime } from '../../../shared/domain/board/harm-order.ts';
import type { Policy, Recipient } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { memberOf, referral, type Story } from '../../support/referral-builder.ts';
import { offer } from '../../support/scenes.ts';

/** The rules with another recipient group beside this one. */
const telling = (rule: string, alert: readonly Recipient[]): Policy => ({
  ...connecticut20261,
  deadlines: connecticut20261.deadlines.map((each) => (each.id === rule ? { ...each, alert } : each)),
});

const rowsOf = ({ state }: Story, rule: string, policy = connecticut20261): readonly BoardRow[] =>
  boardRows(state, policy).filter((row) => row.kind === 'deadline' && row.rule === rule);
const ownersOf = (...asked: Parameters<typeof rowsOf>) => rowsOf(...asked).map(({ owner }) => owner);
/** Of those, the people by name. */
const namesOf = (...asked: Parameters<typeof rowsOf>) =>
  ownersOf(...asked).filter((owner) => owner?.startsWith(list('')));
/** What the row has beside its owner: the list it is on wherever, and what it is about. */
const shownOf = (...asked: Parameters<typeof rowsOf>) =>
  rowsOf(...asked).map(({ owner, queue, subject, office }) => ({ owner, queue, subject, office }));

const started = () => referral().run();
const drawn = () => started().screen('high-risk').tellTeam();
const sign = (story: Story, as: string, conflict = 'no') => story.do('sign-confidentiality', { conflict }, as);
const list = (as: string) => `deadlines#${as}`;
const { personId: medical, deputyId: deputy } = memberOf('medical');

describe('a deadline stands on the list', () => {
  test('of each duty that its rule names, and on the list of all that wait on that role', () => {
    expect(shownOf(started(), 'D3')).toEqual([
      { owner: 'careline-worker@state', queue: 'waits-on#careline-worker', subject: undefined, office: 'HARTFORD' },
      { owner: 'hart-liaison@region-4', queue: 'waits-on#hart-liaison', subject: undefined, office: 'HARTFORD' },
    ]);
  });

  test('of the supervisors of the Careline once, in the place of every duty of an unknown owner', () => {
    const nowhere = referral({ team: 'none' }).run().screen('high-risk');
    expect(shownOf(nowhere, 'D3')).toEqual([
      { owner: 'careline-worker@state', queue: 'waits-on#careline-worker', subject: undefined, office: undefined },
      {
        owner: 'careline-supervisor@state',
        queue: 'waits-on#careline-supervisor',
        subject: undefined,
        office: undefined,
      },
    ]);
    expect(ownersOf(nowhere, 'D10a')).toEqual(['careline-supervisor@state']);
  });

  test.each(['mdt-coordinator', 'mdt-chair'] as const)(
    'of the %s from the drawing of the team on, not before',
    (role) => {
      const policy = telling('D8', [role]);
      expect(ownersOf(started(), 'D8', policy)).toEqual(['careline-supervisor@state']);
      expect(ownersOf(drawn(), 'D8', policy)).toEqual([`${role}@team-MDT-HARTFORD`]);
    },
  );

  test('of those it was escalated to, beside those of its rule, and for no other deadline', () => {
    const story = offer(started(), 'education');
    expect(ownersOf(story, 'D35b')).toEqual([list('PV-1.CONTACT'), 'caseworker@office-HARTFORD']);
    story.after('P12D');
    expect(ownersOf(story, 'D35b')).toEqual([
      list('PV-1.CONTACT'),
      'caseworker@office-HARTFORD',
      'area-supervisor@office-HARTFORD',
    ]);
  });

  test('names to the board who else has it, or nothing where no one else does', () => {
    const story = started();
    const each = ['careline-worker@state', 'hart-liaison@region-4'];
    expect(rowsOf(story, 'D3').map(({ owners }) => owners)).toEqual([each, each]);
    const [alone] = rowsOf(story, 'D8');
    expect(alone).toMatchObject({ owner: 'hart-lead@region-4' });
    expect(alone).not.toHaveProperty('owners');
  });

  test('with whether it is missed, and only while it is open', () => {
    const story = started();
    expect(rowsOf(story, 'D8').map(({ missed }) => missed)).toEqual([0]);
    expect(rowsOf(story.after('P1D'), 'D8').every(({ missed }) => missed === 1)).toBe(true);
    expect(rowsOf(story.do('assign-liaison', { personId: 'HART-LIAISON' }), 'D8')).toEqual([]);
  });
});

describe('the liaison of a referral', () => {
  const assigned = (story = started()) => story.do('assign-liaison', { personId: 'HART-LIAISON' });

  test('has by name what the liaisons of the region have, and not what waits on others', () => {
    const story = assigned();
    expect(shownOf(story, 'D9')).toEqual([
      { owner: 'hart-liaison@region-4', queue: 'waits-on#hart-liaison', subject: undefined, office: 'HARTFORD' },
      // On the list of everything that waits on the role it stands once, by the duty.
      { owner: list('HART-LIAISON'), queue: undefined, subject: undefined, office: 'HARTFORD' },
    ]);
    expect(ownersOf(story, 'D6')).toEqual(['area-oncall@office-HARTFORD']);
  });

  test('has none of it with a conflict of interest', () => {
    const seated = referral({ vacant: ['dcf'] }).appoint({ discipline: 'dcf', personId: 'HART-LIAISON' });
    const story = assigned(seated.run().screen('high-risk'));
    expect(namesOf(story, 'D3')).toEqual([list('HART-LIAISON')]);
    expect(namesOf(sign(story, 'hart-liaison', 'yes'), 'D3')).toEqual([]);
  });
});

describe('a deadline that waits on the seats of the team', () => {
  test('stands on the list of a holder or deputy once they have signed, and tells them nothing of the case', () => {
    const story = drawn();
    expect(ownersOf(story, 'D15')).toEqual(['mdt-coordinator@team-MDT-HARTFORD']);
    sign(sign(sign(story, 'seat:medical'), 'deputy:medical'), 'seat:dcf');
    const [, ...ofSeats] = rowsOf(story, 'D15');
    const { id: deadlineId, due } = story.deadline('D15');
    const owners = ['mdt-coordinator@team-MDT-HARTFORD', list(memberOf('dcf').personId), list(medical), list(deputy)];
    const row = {
      kind: 'deadline',
      referralId: story.state.id,
      seq: story.state.seq,
      stage: 'open',
      missed: 0,
      open: 1,
      due,
      deadlineId,
      rule: 'D15',
      owners,
      order: orderByTime(due),
      joins: {},
    };
    expect(ofSeats).toEqual([
      { ...row, id: `${deadlineId}#seat.dcf.1`, owner: list(memberOf('dcf').personId) },
      { ...row, id: `${deadlineId}#seat.medical.1`, owner: list(medical) },
      { ...row, id: `${deadlineId}#seat.medical.2`, owner: list(deputy) },
    ]);
  });

  test.each([
    ['has a conflict of interest', (story: Story) => sign(story, 'seat:medical', 'yes')],
    [
      'declined',
      (story: Story) =>
        sign(story, 'seat:medical').do(
          'answer-seat',
          { discipline: 'medical', answer: 'declined', reasonCode: 'workload' },
          'seat:medical',
        ),
    ],
  ])("is on no list of a holder who %s, and stays on the deputy's", (_, leave) => {
    const story = leave(sign(drawn(), 'deputy:medical'));
    expect(namesOf(story, 'D15', telling('D15', ['seats']))).toEqual([list(deputy)]);
  });

  test('of one discipline is on the lists of that one alone', () => {
    const story = sign(sign(drawn(), 'seat:medical'), 'seat:dcf');
    expect(namesOf(story, 'D15', telling('D15', ['seat:medical']))).toEqual([list(medical)]);
  });

  test('stays there once the seat has answered', () => {
    const story = sign(sign(started().screen('high-risk'), 'seat:medical'), 'seat:dcf');
    story.do('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'seat:medical');
    const dcf = list(memberOf('dcf').personId);
    expect(ownersOf(story, 'D9', telling('D9', ['seats']))).toEqual([]);
    expect(ownersOf(story, 'D8', telling('D8', ['seats']))).toEqual([dcf, list(medical)]);
  });
});

describe('a deadline that waits on a provider', () => {
  test('is on the list of the person asked, about the service and nothing else of the case', () => {
    const story = offer(started(), 'education');
    expect(shownOf(story, 'D35b')).toEqual([
      { owner: list('PV-1.CONTACT'), queue: undefined, subject: 'education', office: undefined },
      { owner: 'caseworker@office-HARTFORD', queue: 'waits-on#caseworker', subject: 'education', office: 'HARTFORD' },
    ]);
  });

  test('is on no list of a provider while none was asked', () => {
    const policy = telling('D35a', ['provider', 'caseworker']);
    expect(ownersOf(started().screen('at-risk'), 'D35a', policy)).toEqual(['caseworker@office-HARTFORD']);
  });
});

// 42 CFR Part 2.
describe('that a service stands apart', () => {
  const part2 = () => offer(started(), 'substance-use');

  test('is seen by its provider: no other row names it, and no list of the whole state has it', () => {
    expect(shownOf(part2(), 'D35b')).toEqual([
      { owner: list('PV-1.CONTACT'), queue: undefined, subject: 'substance-use', office: undefined },
      { owner: 'caseworker@office-HARTFORD', queue: undefined, subject: undefined, office: 'HARTFORD' },
    ]);
  });

  test('puts its deadline before those alone who refer to it', () => {
    const policy = telling('D35b', ['provider', 'caseworker', 'legal', 'hart-director', 'hart-lead']);
    expect(ownersOf(part2(), 'D35b', policy)).toEqual([
      list('PV-1.CONTACT'),
      'caseworker@office-HARTFORD',
      'hart-lead@region-4',
    ]);
    expect(ownersOf(offer(started(), 'education'), 'D35b', policy)).toContain('legal@state');
  });
});

describe('of a sealed referral a deadline', () => {
  const people = ['CARELINE-SUPERVISOR', 'CARELINE-SUPERVISOR.2', 'MDT-COORDINATOR'];
  const sealed = () =>
    offer(drawn(), 'education').do(
      'seal-referral',
      { because: 'colleague-involved', forPeople: people },
      'hart-director',
    );

  test('is on the lists of the people named and on no other, and tells nothing else of the case', () => {
    const story = sealed();
    for (const rule of ['D1', 'D15', 'D35b'])
      expect(shownOf(story, rule)).toEqual(
        people.map((id) => ({
          owner: list(id),
          queue: undefined,
          subject: rule === 'D35b' ? 'education' : undefined,
          office: undefined,
        })),
      );
  });

  test('is on no list of a named person who turns out to have a conflict of interest', () => {
    const story = sign(sealed(), 'mdt-coordinator', 'yes');
    expect(ownersOf(story, 'D15')).toEqual([list('CARELINE-SUPERVISOR'), list('CARELINE-SUPERVISOR.2')]);
  });
});
