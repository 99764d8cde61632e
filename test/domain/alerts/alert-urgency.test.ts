import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../shared/domain/alerts/alert-state.ts';
import { isPressing, urgencyOf, urgentFirst } from '../../../shared/domain/alerts/alert-urgency.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { referral } from '../../support/referral-builder.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

const { state, now } = referral().run();
/** A child who is not in danger, as a person has said. */
const calm: Referral = {
  ...state,
  response: { ...state.response, danger: 'no' },
  missing: { absences: [] },
};
const about = (rule?: string, more: Partial<Alert> = {}): Alert => ({
  id: rule ?? 'none',
  kind: rule === undefined ? 'seat-removed' : 'checkpoint',
  to: ['legal'],
  people: [],
  deputies: false,
  requestedAt: now,
  unreachable: false,
  ...(rule !== undefined && { deadlineId: `${state.id}.${rule}.1` }),
  ...more,
});
const urgency = (alert: Alert, of: typeof state = calm) => urgencyOf(alert, of, connecticutPolicy);

describe('an alert', () => {
  it.each([
    ['now', 2, ['D1', 'D3', 'D6']],
    ['today', 1, ['D8', 'D9', 'D21']],
  ])('about a duty of class %s has the urgency %i, however long it has', (_, expected, rules) => {
    for (const rule of rules) expect(urgency(about(rule)), rule).toBe(expected);
  });

  it('is not urgent for the mere sake of a child in danger or missing: its duty decides', () => {
    for (const danger of ['yes', 'unknown'] as const) {
      const response = { ...calm.response, danger };
      const missing = { absences: [{ number: 1, missingSince: now }] };
      expect(urgency(about('D8'), { ...calm, response, missing })).toBe(1);
      expect(urgency(about(), { ...calm, response, missing })).toBe(0);
      expect(urgency(about('D21'), { ...calm, response })).toBe(2);
    }
  });

  it.each([
    ['do-not-alert-caregiver', 2],
    ['removal-review', 2],
    ['danger-raised', 2],
    ['danger-lifted', 2],
    ['child-missing', 2],
    ['child-returned', 2],
    ['alarm-over', 2],
    ['holder-changed', 2],
    ['emergency-access-taken', 1],
    ['charges-faced', 1],
    ['tribal-membership', 1],
    ['seat-removed', 0],
  ] as const)('of the kind %s has the urgency %i, whatever the clocks say', (kind, expected) => {
    expect(urgency({ ...about(), kind })).toBe(expected);
  });

  it('without a duty is as urgent as the loudest duty of its recipients, not of others', () => {
    const opened = (...to: Alert['to']) => urgency({ ...about(), kind: 'referral-opened', to });
    expect(opened('careline-supervisor')).toBe(2);
    expect(opened('hart-lead')).toBe(1);
    expect(opened('mdt-chair')).toBe(0);
  });

  it('about the end of the referral is of class today for those who owe an urgent duty, else it is routine', () => {
    const ended = (...to: Alert['to']) => ({ ...about(), kind: 'referral-ended' as const, to });
    expect(urgency(ended('careline-supervisor'), { ...calm, stage: 'withdrawn' })).toBe(1);
    expect(urgency(ended('mdt-chair'), { ...calm, stage: 'withdrawn' })).toBe(0);
    expect(urgency(ended('careline-supervisor'), { ...calm, stage: 'withdrawn', deadlines: {} })).toBe(0);
  });

  it('of class now presses, and no other', () => {
    expect(isPressing(about('D3'), calm, connecticutPolicy)).toBe(true);
    expect(isPressing(about('D9'), calm, connecticutPolicy)).toBe(false);
  });

  it('that calls goes first, then what is of class now, then today; the rest keep their order', () => {
    const call = about('D6', { checkpoint: 'ring' });
    const sorted = urgentFirst([about(), about('D9'), about('D1'), about('D8'), call], calm, connecticutPolicy);
    expect(sorted.map(({ id }) => id)).toEqual(['D6', 'D1', 'D9', 'D8', 'none']);
  });
});
