/** Why a mail does not leave: each reason by itself. */
import { describe, expect, test } from 'vitest';
import { isOver, mayStillLeave, waitsTill, whyNotTo, whyNotToGroup } from '../../../shared/alerts/compose/may-leave.ts';
import { noticesOfDay } from '../../../shared/domain/alerts/notices.ts';
import type { Outgoing, OutgoingAlert } from '../../../shared/domain/alerts/outgoing.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { referral } from '../../support/referral-builder.ts';

const story = referral({ danger: 'no', team: 'none' }).run().answers().after('PT9H');
const { state, policy } = story;
const opened = ((): OutgoingAlert => {
  const alert = Object.values(state.alerts).find(
    ({ kind, checkpoint }) => kind === 'checkpoint' && checkpoint !== 'ring',
  );
  if (!alert) throw new Error('The story has no alert about a deadline.');
  return { id: alert.id, alert, state, policy };
})();
const [notice] = noticesOfDay('2026-11-09', [{ what: 'role-vacant', about: 'hart-lead', madeIn: 1 }]);
if (!notice) throw new Error('There is no notice.');
const ofNotice: Outgoing = { id: notice.id, notice };
const sealed: Referral = {
  ...state,
  access: { ...state.access, seal: { because: 'workers-family', people: ['P-NAMED'], at: story.now } },
};

const to = (personId: string) => ({ personId, addressedAs: 'hart-lead', also: [] });

test('an alert about an open deadline is not over, and about a closed one it is', () => {
  expect(isOver(opened)).toBe(false);
  const { deadlineId = '' } = opened.alert;
  const deadline = state.deadlines[deadlineId];
  if (!deadline) throw new Error('There is no deadline.');
  const closed = {
    ...state,
    deadlines: { ...state.deadlines, [deadlineId]: { ...deadline, status: 'met' } },
  } as Referral;
  expect(isOver({ ...opened, state: closed })).toBe(true);
});

describe('at night', () => {
  const night = '2026-11-10T04:00:00.000Z';

  test('an alert that is not of class now waits until eight in the morning at the earliest', () => {
    const waits = Object.values(state.alerts).map((alert) => waitsTill({ ...opened, id: alert.id, alert }, night));
    expect(waits).toContain('2026-11-10T13:00:00.000Z');
    // Calls and news of class now wait for nothing.
    expect(waits).toContain(undefined);
  });

  test('a notice waits for nothing', () => {
    expect(waitsTill(ofNotice, night)).toBeUndefined();
  });
});

describe('a recipient group', () => {
  const group = { addressedAs: 'careline-worker', people: [{ personId: 'P-1' }, { personId: 'P-2' }] };

  test('without an answer gets its mail', () => {
    expect(whyNotToGroup(group, opened.alert, state)).toBeUndefined();
  });

  test('in which a person acknowledged knows already', () => {
    expect(whyNotToGroup(group, { ...opened.alert, acknowledgedBy: 'P-2' }, state)).toBe('known');
  });
});

describe('a sealed referral', () => {
  test('is shut to every person that the seal does not name', () => {
    expect(whyNotTo('P-OTHER', sealed)).toBe('sealed');
    expect(whyNotTo('P-NAMED', sealed)).toBeUndefined();
  });

  test('that was sealed after the lease stops a leased mail', () => {
    expect(mayStillLeave(opened, to('P-OTHER'))).toBe(true);
    expect(mayStillLeave({ ...opened, state: sealed }, to('P-OTHER'))).toBe(false);
    expect(mayStillLeave({ ...opened, state: sealed }, to('P-NAMED'))).toBe(true);
  });
});

test('a notice that is over does not leave, even with a lease', () => {
  expect(mayStillLeave(ofNotice, to('P-1'))).toBe(true);
  expect(mayStillLeave(undefined, to('P-1'))).toBe(false);
});
