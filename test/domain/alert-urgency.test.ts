import { describe, expect, it } from 'vitest';
import { isUrgent, urgentFirst } from '../../shared/domain/alert-urgency.ts';
import { currentPolicy } from '../../shared/policy/policies.ts';
import { referral } from '../support/referral-builder.ts';

const { state, now } = referral().run();
const d9 = `${state.id}.D9.1`;
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
const about = (rule?: string) => {
  const alert = Object.values(state.alerts)[0];
  if (!alert) throw new Error('There is no alert.');
  return rule === undefined ? alert : { ...alert, id: rule, deadlineId: `${state.id}.${rule}.1` };
};
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

  it('that is urgent goes before those that are not, which keep their order', () => {
    const sorted = urgentFirst([about(), about('D9'), about('D1')], calm, currentPolicy, now);
    expect(sorted.map(({ deadlineId }) => deadlineId?.split('.')[1])).toEqual(['D1', undefined, 'D9']);
  });
});
