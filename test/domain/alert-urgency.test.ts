import { describe, expect, it } from 'vitest';
import { isPressing, isUrgent, urgentFirst } from '../../shared/domain/alert-urgency.ts';
import { ruleOf } from '../../shared/domain/policy.ts';
import type { Alert, Deadline } from '../../shared/domain/referral.ts';
import { currentPolicy } from '../../shared/policy/policies.ts';
import { referral } from '../support/referral-builder.ts';

const { state, now } = referral().run();
const d9 = `${state.id}.D9.1`;
const deadlineD9 = state.deadlines[d9] as Deadline;
/** A child who is safe, and a deadline of policy that has three days. */
const calm = {
  ...state,
  danger: 'no' as const,
  missing: false,
  deadlines: { ...state.deadlines, ...later(state.deadlines[d9]) },
};
function later(deadline: (typeof state.deadlines)[string] | undefined) {
  return deadline && { [d9]: { ...deadline, due: '2026-11-12T15:00:00Z' } };
}
const about = (rule?: string): Alert => ({
  id: rule ?? 'none',
  kind: rule === undefined ? 'answer-needed' : 'checkpoint',
  to: ['legal'],
  people: [],
  deputies: false,
  requestedAt: now,
  unreachable: false,
  ...(rule !== undefined && { deadlineId: `${state.id}.${rule}.1` }),
});
const urgent = (alert = about(), of: typeof state = calm) => isUrgent(alert, of, currentPolicy, now);

describe('an alert', () => {
  it('about no deadline of a child who is safe is not urgent', () => {
    expect(urgent()).toBe(false);
  });

  it('is urgent where the child is missing, in danger, or nobody has ruled danger out', () => {
    expect(urgent(about(), { ...calm, missing: true })).toBe(true);
    expect(urgent(about(), { ...calm, danger: 'yes' })).toBe(true);
    expect(urgent(about(), { ...calm, danger: 'unknown' })).toBe(true);
  });

  it('about a duty of law is urgent however long it has, and one of policy within its last day', () => {
    expect(urgent(about('D3'))).toBe(true);
    expect(urgent(about('D8'))).toBe(true);
    expect(urgent(about('D9'))).toBe(false);
  });

  it('about a duty of law with weeks to go does not press, and one of the day or of a child in danger does', () => {
    const story = referral({ danger: 'no' }).run().do('classify-report', { track: 'investigation' });
    const d24 = Object.values(story.state.alerts).find(({ deadlineId }) => deadlineId?.includes('.D24.')) as Alert;
    const ask = (of: typeof state) => isPressing(d24, of, currentPolicy, story.now);
    expect(isUrgent(d24, story.state, currentPolicy, story.now)).toBe(true);
    expect(ask(story.state)).toBe(false);
    expect(ask({ ...story.state, danger: 'unknown' })).toBe(true);
    expect(isPressing(about('D3'), calm, currentPolicy, now)).toBe(true);
  });

  it.each([
    'referral-opened',
    'do-not-alert-caregiver',
    'glass-broken',
    'charges-faced',
    'tribal-membership',
    'in-facility',
    'removal-review',
  ] as const)('of the kind %s is urgent, whatever the clocks say', (kind) => {
    expect(urgent({ ...about(), kind })).toBe(true);
  });

  it('that names no deadline is urgent where one of those it is to has one within a day, and not for the sake of others', () => {
    const withDue = (due: string) => ({ ...calm, deadlines: { [d9]: { ...deadlineD9, due } } });
    const later = (hours: number) => new Date(Date.parse(now) + hours * 3_600_000).toISOString();
    const asked = { ...about(), to: [...ruleOf(currentPolicy, deadlineD9).alert] };
    expect(urgent(asked, withDue(later(24)))).toBe(true);
    expect(urgent(asked, withDue(later(25)))).toBe(false);
    expect(urgent({ ...asked, to: ['legal'] }, withDue(later(24)))).toBe(false);
  });

  it('about a meeting is urgent where that meeting begins within a day', () => {
    const story = referral({ danger: 'no', age: 15 }).run().screen('high-risk');
    story.do('schedule-meeting', { startsAt: '2026-11-11T15:00:00Z', place: 'virtual' });
    const meeting = Object.values(story.state.alerts).findLast(({ kind }) => kind === 'meeting-scheduled');
    if (!meeting) throw new Error('No meeting was told of.');
    const at = (instant: string) => isUrgent(meeting, story.state, story.policy, instant);
    expect([at('2026-11-10T14:59:59Z'), at('2026-11-10T15:00:00Z')]).toEqual([false, true]);
  });

  it('that it ended is urgent where the law still asks for something, and not where nothing is owed', () => {
    const ended = { ...about(), kind: 'referral-ended' as const };
    expect(urgent(ended, { ...calm, stage: 'withdrawn' })).toBe(true);
    expect(urgent(ended, { ...calm, stage: 'withdrawn', deadlines: {} })).toBe(false);
  });

  it('that is urgent goes before those that are not, which keep their order', () => {
    const sorted = urgentFirst([about(), about('D9'), about('D1')], calm, currentPolicy, now);
    expect(sorted.map(({ deadlineId }) => deadlineId?.split('.')[1])).toEqual(['D1', undefined, 'D9']);
  });
});
