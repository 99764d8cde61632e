/** What stands in the tables of Connecticut beside times and starts, which `test/oracle` reads a second time. */
import { describe, expect, it } from 'vitest';
import { disciplines, outcomes, roles, services } from '../../../shared/domain/core/vocabulary.ts';
import { durationWords } from '../../../shared/domain/policy/due.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import { type DeadlineRule, type Recipient, ruleIn } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { policyOf, released } from '../../../shared/policy/policies.ts';
import { bringAbout, sceneOf } from '../../support/scenes.ts';

const say = (duration: DeadlineRule['duration']) =>
  duration.unit === 'same-day' ? durationWords(duration).replace('the ', '') : `${duration.amount} ${duration.unit}`;

describe('the table of deadlines', () => {
  it('lets closing wait for all but the review of the team, the final one, the search for a missing child, that of an emergency access, the notice of a birthday, the written report and what became of a service', () => {
    const others = policy.deadlines.filter(({ closing }) => closing !== 'waits');
    expect(others.map(({ id, closing }) => `${id} ${closing}`)).toEqual([
      'D2 outlives',
      'D10a ends',
      'D16 ends',
      'D33 ends',
      'D34 ends',
      'D36a outlives',
      'D36b outlives',
      'D36c outlives',
      'D37a ends',
      'D37b ends',
      'D37c ends',
      'D37d outlives',
      'D37e ends',
      'D37f ends',
      'D37g ends',
      'D37h ends',
      'D37i outlives',
      'D37j ends',
      'D44 outlives',
      'D45 ends',
    ]);
  });

  it('warns of a hold at 48, 72 and 84 hours, before its 96', () => {
    expect(ruleIn(policy, 'D11').warnAfter?.map(say)).toEqual(['48 hours', '72 hours', '84 hours']);
  });

  it('tightens what the law allows and never loosens it', () => {
    const limits = policy.deadlines.flatMap(({ id, duration, statutoryMaximum: limit }) =>
      limit && limit.unit === 'hours' && duration.unit === 'hours'
        ? [[id, limit.amount, duration.amount] as const]
        : [],
    );
    expect(limits.map(([id, limit]) => `${id} ${limit}`)).toEqual(['D7 72', 'D12a 24', 'D12b 24']);
    for (const [id, limit, amount] of limits) expect(amount, id).toBeLessThanOrEqual(limit);
  });
});

describe.each(policy.deadlines.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('names its source and what it asks for', () => {
    expect(rule.source.length).toBeGreaterThan(5);
    expect(rule.obligation).toMatch(/^[A-Z]/);
    if (rule.kind === 'statute') expect(rule.source).toMatch(/C\.G\.S\.|U\.S\.C\./);
  });

  it('waits for the lawyers where it is law, or counsel has a question to answer', () => {
    expect(rule.awaitsLegalSignOff).toBe(rule.kind === 'statute' || ['D17', 'D24a'].includes(id));
  });

  it('alerts and escalates to roles and seats that exist', () => {
    const known: readonly Recipient[] = ['seats', ...roles, ...disciplines.map((each) => `seat:${each}` as const)];
    expect(rule.alert.length).toBeGreaterThan(0);
    expect(rule.escalate.length).toBeGreaterThan(0);
    for (const recipient of [...rule.alert, ...rule.escalate]) expect(known).toContain(recipient);
    expect(rule.escalate.every((recipient) => !rule.alert.includes(recipient))).toBe(true);
  });

  it('is kept by facts that a person can bring about', () => {
    expect(rule.keptBy.length).toBeGreaterThan(0);
    for (const milestone of rule.keptBy) {
      const story = sceneOf(id, milestone).after('PT1M');
      const before = story.about(id, milestone).id;
      bringAbout(story, milestone);
      expect(story.state.deadlines[before], milestone).toMatchObject({
        status: 'kept',
        late: false,
        keptAt: story.now,
      });
    }
  });
});

describe('the rest of the policy', () => {
  it('reminds at half, warns at three quarters, escalates a quarter after and then every week', () => {
    expect([policy.remindAt, policy.warnAt, policy.overdueAt]).toEqual([0.5, 0.75, 1.25]);
    expect(say(policy.repeatOverdueEvery)).toBe('7 calendar-days');
    expect([policy.mostAlerts, policy.afterEscalation]).toEqual([8, ['careline-manager', 'program-manager']]);
  });

  it('requires the seats of the statute: all but the youth service bureau', () => {
    expect(policy.requiredDisciplines).toEqual(disciplines.filter((each) => each !== 'youth-service-bureau'));
  });

  it('gives each outcome its services, and those are in the catalogue', () => {
    expect(Object.keys(policy.servicesFor)).toEqual([...outcomes]);
    for (const service of Object.values(policy.servicesFor).flat()) expect(services).toContain(service);
  });

  it('ends with a pathway only what belongs to some outcomes', () => {
    const pathways = Object.fromEntries(
      policy.deadlines.flatMap(({ id, ofPathway }) => (ofPathway ? [[id, ofPathway.join(' ')]] : [])),
    );
    const served = 'confirmed high-risk';
    expect(pathways).toEqual({
      D10: served,
      D15: served,
      D19a: served,
      D20: served,
      D22a: served,
      D23: served,
      D28: 'at-risk insufficient-info',
      D29: 'not-indicated',
    });
  });

  it('is found by its version, which a referral keeps', () => {
    expect(policyOf('connecticut-2026.1')).toMatchObject(policy);
    expect(policyInForce(released, '2026-11-09T15:00:00Z')).toBe(policyOf('connecticut-2026.1'));
    expect(() => policyOf('connecticut-1999.1')).toThrow('does not hold the policy connecticut-1999.1');
    expect(() => ruleIn(policy, 'D99')).toThrow('has no deadline D99');
  });
});
