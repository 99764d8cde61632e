import { describe, expect, it } from 'vitest';
import { whereKnown } from '../../../shared/domain/core/where-known.ts';
import { usualClassOf } from '../../../shared/domain/policy/alarm-classes.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';

const classOf = (rule: string, danger: 'yes' | 'no' | 'unknown' = 'no', subject?: string) =>
  usualClassOf(
    { rule, ...whereKnown({ subject }) },
    {
      response: { danger },
    },
    policy,
  );

describe('the classes of duties follow the harm of a miss', () => {
  it.each(['D1', 'D3', 'D4', 'D5', 'D6', 'D11', 'D12a', 'D12b', 'D17'])('%s is now', (rule) => {
    expect(classOf(rule)).toBe('now');
  });

  it.each(['D7', 'D8', 'D9', 'D10', 'D13', 'D15', 'D31'])('%s is today', (rule) => {
    expect(classOf(rule)).toBe('today');
  });

  it('a safe place is now while danger is not ruled out', () => {
    expect([classOf('D21'), classOf('D21', 'yes'), classOf('D21', 'unknown')]).toEqual(['today', 'now', 'now']);
  });

  it('of services, the acute exam is now, what the child needs tonight is today, and the rest is routine', () => {
    expect(
      ['medical-acute-forensic', 'basic-needs', 'education'].map((subject) => classOf('D35a', 'no', subject)),
    ).toEqual(['now', 'today', 'routine']);
  });

  it('four duties ring when they open', () => {
    const atOnce = policy.deadlines.filter(({ alarm }) => alarm.rings === 'at-opening').map(({ id }) => id);
    expect(atOnce).toEqual(['D1', 'D6', 'D12a', 'D12b']);
  });

  it('each class has a source and a confidence, and what rings in its own way is now', () => {
    for (const { alarm } of policy.deadlines) {
      expect(alarm.source).toMatch(/\S/);
      expect(alarm.confidence).toBe('assumed');
      if (alarm.rings) expect(alarm.inDanger ?? alarm.class).toBe('now');
    }
  });
});
