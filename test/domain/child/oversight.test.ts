/** Notices to the agency that licenses a facility, and to Education for a school (docs/domain.md#facility-notice). */
import { describe, expect, it } from 'vitest';
import { actsFor } from '../../../shared/domain/next-steps/milestone-table.ts';
import { ruleIn } from '../../../shared/domain/policy/policy.ts';
import { dutyWords } from '../../../shared/domain/words/duty-words.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Told } from '../../support/referral-builder.ts';

const table = [
  [
    'D41a',
    'inFacility',
    'notify-licensing-agency',
    { licensingAgency: 'early-childhood', method: 'phone' },
    'no-facility',
  ],
  ['D41b', 'inSchool', 'notify-education', { method: 'secure-message' }, 'no-school'],
] as const;

describe.each(table)('%s, where %s is yes', (rule, fact, command, input, refusal) => {
  const opened = (told: Told = {}) => referral({ [fact]: 'yes', ...told } as Told).run();

  it.each([
    ['a Monday', '2026-11-09T15:00:00Z', '2026-11-10T15:00:00Z'],
    ['a Friday: weekends count', '2026-11-13T15:00:00Z', '2026-11-14T15:00:00Z'],
    ['the eve of Thanksgiving: holidays count', '2026-11-25T15:00:00Z', '2026-11-26T15:00:00Z'],
    ['the hour before the clocks go forward', '2026-03-08T06:30:00Z', '2026-03-09T06:30:00Z'],
    ['the hour before the clocks go back', '2026-11-01T05:30:00Z', '2026-11-02T05:30:00Z'],
  ])('is due in 24 hours from %s', (_, receivedAt, due) => {
    expect(opened({ receivedAt }).deadline(rule).due).toBe(due);
  });

  it('opens when the fact becomes known, once, and not while it is no or unknown', () => {
    for (const said of ['no', 'unknown']) {
      const story = referral({ [fact]: said } as Told)
        .run()
        .after('PT5H');
      expect(story.open()).not.toContain(rule);
      story.do('record-facts', { [fact]: 'yes' });
      expect(story.deadline(rule)).toMatchObject({ start: story.now, due: '2026-11-10T20:00:00Z' });
      story.do(command, input).do('record-facts', { [fact]: 'yes', homeless: 'no' });
      expect(story.open()).not.toContain(rule);
    }
  });

  it('is law without a number, for caseworker and counsel, then the area director', () => {
    expect(ruleIn(policy, rule)).toMatchObject({
      kind: 'statute',
      timeByPolicy: true,
      awaitsLegalSignOff: true,
      confidence: 'assumed',
      alert: ['caseworker', 'legal'],
      escalate: ['area-director'],
      escalateFrom: 'due',
      closing: 'waits',
      alarm: { class: 'today' },
    });
  });

  it('is kept by the recorded notice, with the person reached in the vault', () => {
    const story = opened()
      .after('PT2H')
      .do(command, { ...input, at: '2026-11-09T16:00:00Z' });
    expect(story.deadline(rule)).toMatchObject({ status: 'kept', keptAt: '2026-11-09T16:00:00.000Z' });
    expect(JSON.stringify(story.events())).not.toContain('her own words');
  });

  it('is the next step, and is still owed after a withdrawal', () => {
    const story = opened();
    const acts = actsFor(ruleIn(policy, rule).keptBy, {
      state: story.state,
      policy,
      now: story.now,
      subject: undefined,
    });
    expect(acts.map((act) => act.command)).toEqual([command]);
    story.do('propose-withdrawal', { because: 'made-in-error' }).do('agree-withdrawal', {}, 'careline-manager');
    expect(story.deadline(rule).status).toBe('open');
    expect(story.refused(command, input)).toBe('accepted');
  });

  it('is recorded once', () => {
    const story = opened().do(command, input).after('PT1H');
    expect(story.refused(command, input)).toBe(
      rule === 'D41a' ? 'agency-notified-already' : 'education-notified-already',
    );
  });

  it('is refused where the fact is not recorded', () => {
    expect(
      referral({ [fact]: 'unknown' } as Told)
        .run()
        .refused(command, input),
    ).toBe(refusal);
  });

  it('tells no mailbox of a facility or a school', () => {
    expect(JSON.stringify(dutyWords(ruleIn(policy, rule)))).not.toMatch(/facilit|school|educa|licen|centro|escuela/i);
  });

  it('holds up closing', () => {
    expect(opened().unmet().join(' ')).toContain(rule);
  });
});

it('another agency may be told as well', () => {
  const notice = { licensingAgency: 'early-childhood', method: 'phone' };
  const story = referral({ inFacility: 'yes' }).run().do('notify-licensing-agency', notice);
  expect(story.refused('notify-licensing-agency', { ...notice, licensingAgency: 'dcf' })).toBe('accepted');
});
