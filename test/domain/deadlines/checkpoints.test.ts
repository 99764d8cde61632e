/** The checkpoints of a deadline: one an instant, so that people are told one thing at once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAbout } from '../../../shared/domain/alerts/alert-duties.ts';
import type { Deadline } from '../../../shared/domain/deadlines/deadline-state.ts';
import { checkpoints, durationOf } from '../../../shared/domain/deadlines/deadlines.ts';
import { dueAt } from '../../../shared/domain/policy/due.ts';
import { type DeadlineRule, ruleIn } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral } from '../../support/referral-builder.ts';

const hour = 3_600_000;
const instant = (hours: number) => new Date(hours * hour).toISOString().replace('.000Z', 'Z');
const hours = (at: string) => Date.parse(at) / hour;
const some = referral().run().deadline('D1');

/** The checkpoints of `rule` from `start`. In hours: how much of its time is left, and when its hard stop is. */
function planned(rule: DeadlineRule, start: string, left = Infinity, stop = 0) {
  const { due } = dueAt(start, durationOf(rule, { response: { danger: 'no' } }, undefined), policy.calendar);
  const deadline: Deadline = {
    ...some,
    rule: rule.id,
    start,
    due: hours(due) - hours(start) > left ? instant(hours(start) + left) : due,
    hardStop: rule.hardStop && instant(hours(start) + stop),
  };
  return { deadline, all: checkpoints(deadline, policy) };
}

// Whole hours, because there the times of a rule meet each other and the hours of a court.
const starts = fc.integer({ min: hours('2026-01-01T00:00Z'), max: hours('2036-01-01T00:00Z') }).map(instant);
const left = fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 200 }));
const stop = fc.integer({ min: 1, max: 120 });

describe('the checkpoints of a deadline', () => {
  it.each<[string, DeadlineRule]>(policy.deadlines.map((rule) => [rule.id, rule]))(
    '%s: stand each at an instant of its own, whenever it starts, and the due instant stays',
    (_, rule) => {
      fc.assert(
        fc.property(starts, left, stop, (...drawn) => {
          const { deadline, all } = planned(rule, ...drawn);
          const instants = all.map(({ at }) => Date.parse(at));
          expect(instants).toEqual([...new Set(instants)].toSorted((one, other) => one - other));
          expect(all.filter(({ kind }) => kind === 'due')).toEqual([{ kind: 'due', at: deadline.due }]);
        }),
        { numRuns: 300 },
      );
    },
  );

  it('warn once of a hold whose 72 hours end as the last sitting of a court begins', () => {
    const { all } = planned(ruleIn(policy, 'D11'), '2034-12-24T14:00:00Z');
    expect(all.filter(({ kind }) => kind === 'warn').map(({ at }) => at)).toEqual([
      '2034-12-26T14:00:00Z',
      '2034-12-27T14:00:00Z',
      '2034-12-27T21:00:00Z',
      '2034-12-28T02:00:00Z',
    ]);
  });

  it('keep the escalation beside the due instant where no time is left', () => {
    const { all } = planned(ruleIn(policy, 'D11'), '2034-12-24T14:00:00Z', 0);
    expect(all.map(({ kind }) => kind)).toEqual(['due', 'escalate']);
  });

  it('tell of the miss all who lose the evidence, where that warning is at the due instant', () => {
    const deadlines = policy.deadlines.map(
      (rule): DeadlineRule => (rule.id === 'D17' ? { ...rule, alarm: { ...rule.alarm, class: 'today' } } : rule),
    );
    // Due four hours after receipt, at 2 PM. The evidence ends twelve hours later.
    const told = { lastAssaultAt: '2026-11-05T07:00:00Z', policy: { ...policy, deadlines } };
    const story = referral(told).run().at('2026-11-09T19:00:00Z');
    const { id, due, hardStop } = story.deadline('D17');
    expect([due, hardStop]).toEqual(['2026-11-09T19:00:00Z', '2026-11-10T07:00:00Z']);
    const alert = story.all('alert-requested').findLast((each) => isAbout(each, id));
    expect(alert?.checkpoint).toBe('due');
    expect(alert?.to).toEqual(expect.arrayContaining(['hart-liaison', 'careline-supervisor', 'area-supervisor']));
  });
});
