import { describe, expect, it } from 'vitest';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Story } from '../../support/referral-builder.ts';

/** The recipients of each alert of the deadline, in order. */
const told = (story: Story, rule: string) =>
  story
    .all('alert-requested')
    .filter(({ deadlineId }) => deadlineId?.endsWith(`.${rule}.1`))
    .map(({ to }) => to);

describe('a deadline that is not kept', () => {
  const story = referral({ danger: 'no' }).run().answers().after('P400D');

  it('sends a person no more alerts than the policy allows, except the last in the chain', () => {
    for (const rule of ['D2', 'D7', 'D9']) {
      const words = told(story, rule).flat();
      const last = policy.afterEscalation.at(-1);
      for (const word of new Set(words)) {
        if (word !== last)
          expect(words.filter((each) => each === word).length, `${rule} ${word}`).toBeLessThanOrEqual(
            policy.mostAlerts,
          );
      }
    }
  });

  it('tells the next at the cap: first those of the escalation, then those after it, and is never silent', () => {
    const all = told(story, 'D9');
    expect(all[0]).toEqual(['hart-liaison']);
    const firstWithout = all.findIndex((to) => !to.includes('hart-liaison'));
    expect(all[firstWithout]).toEqual(['hart-lead']);
    const firstBeyond = all.findIndex((to) => !to.includes('hart-lead') && !to.includes('hart-liaison'));
    expect(all[firstBeyond]).toEqual(['careline-manager']);
    expect(all.at(-1)).toEqual(['program-manager']);
    expect(all.every((to) => to.length > 0)).toBe(true);
    expect(all.length).toBeGreaterThan(50);
  });

  it('of class now is told on without a cap, while doing it helps the child', () => {
    const danger = referral({ danger: 'yes' }).run().do('classify-report', { track: 'investigation' }).after('P15D');
    const words = told(danger, 'D6').flat();
    for (const word of ['area-oncall', policy.ringing.director])
      expect(words.filter((each) => each === word).length, word).toBeGreaterThan(policy.mostAlerts);
  });

  it('keeps its owner all the while', () => {
    const open = Object.values(story.state.deadlines).find(({ rule }) => rule === 'D9');
    expect(open).toMatchObject({ status: 'open', missed: true });
  });
});
