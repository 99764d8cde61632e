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
    'facilityEmployee',
    'notify-licensing-agency',
    { occasion: 'at-the-report', licensingAgency: 'early-childhood', method: 'phone' },
    'no-facility',
  ],
  ['D41b', 'schoolEmployee', 'notify-education', { occasion: 'at-the-report', method: 'secure-message' }, 'no-school'],
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
  const notice = { occasion: 'at-the-report', licensingAgency: 'early-childhood', method: 'phone' };
  const story = referral({ facilityEmployee: 'yes' }).run().do('notify-licensing-agency', notice);
  expect(story.refused('notify-licensing-agency', { ...notice, licensingAgency: 'dcf' })).toBe('accepted');
});

describe('11.8 and 11.9 the notices after the investigation, with its records', () => {
  const found = (told: object, disposition = 'substantiated') =>
    referral(told as Told)
      .run()
      .do('classify-report', { track: 'investigation' })
      .after('P3D')
      .do('record-disposition', { disposition, reasonableCause: 'no' });
  const afterwards = { occasion: 'after-the-investigation', method: 'phone' };
  const licensing = { ...afterwards, licensingAgency: 'dcf' };

  it.each([
    ['an employee of the facility', { facilityEmployee: 'yes' }],
    ['harm in the facility by no employee', { inFacility: 'yes', facilityEmployee: 'no' }],
  ])('go to the licensing agency forthwith, of %s', (_, told) => {
    const story = found(told);
    expect(story.deadline('D41c')).toMatchObject({ start: story.now, due: '2026-11-13T15:00:00Z' });
    expect(story.do('notify-licensing-agency', licensing).deadline('D41c').status).toBe('kept');
  });

  it('are not refused as told already at the report, and the first settles none of them', () => {
    const story = referral({ facilityEmployee: 'yes', schoolEmployee: 'yes' }).run();
    story.do('notify-licensing-agency', { ...licensing, occasion: 'at-the-report' });
    story.do('notify-education', { occasion: 'at-the-report', method: 'phone' });
    expect(story.refused('notify-licensing-agency', licensing)).toBe('no-finding-to-tell');
    story.do('classify-report', { track: 'investigation' });
    story.do('record-disposition', { disposition: 'substantiated', reasonableCause: 'no' });
    expect(story.open()).toEqual(expect.arrayContaining(['D41c', 'D41d']));
    expect(story.refused('notify-licensing-agency', licensing)).toBe('accepted');
    expect(story.refused('notify-education', afterwards)).toBe('accepted');
  });

  it('open for the licensing agency on reasonable cause alone', () => {
    expect(found({ inFacility: 'yes' }, 'not-substantiated').open()).not.toContain('D41c');
    const story = found({ inFacility: 'yes' }, 'not-substantiated').do('record-reasonable-cause', {
      reasonableCause: 'yes',
    });
    expect(story.open()).toContain('D41c');
  });

  it.each(['substantiated', 'not-substantiated'])(
    'go to Education in five business days, whatever the result: %s',
    (disposition) => {
      const story = found({ schoolEmployee: 'yes' }, disposition);
      expect(story.deadline('D41d').due).toBe('2026-11-19T22:00:00Z');
      expect(ruleIn(policy, 'D41d')).toMatchObject({
        kind: 'statute',
        confidence: 'verified',
        awaitsLegalSignOff: true,
      });
    },
  );

  it('open when the employee becomes known after the finding', () => {
    const story = found({}).after('P1D').do('record-facts', { schoolEmployee: 'yes', facilityEmployee: 'yes' });
    for (const rule of ['D41c', 'D41d']) expect(story.deadline(rule).start).toBe(story.now);
  });
});

it.each(['facilityEmployee', 'schoolEmployee'])(
  '11.9 the person in charge is told at the report, where %s is yes',
  (fact) => {
    const story = referral({ [fact]: 'yes' } as Told).run();
    expect(story.deadline('D41e').due).toBe('2026-11-10T15:00:00Z');
    expect(story.do('notify-institution', { method: 'phone' }).deadline('D41e').status).toBe('kept');
    expect(referral().run().refused('notify-institution', { method: 'phone' })).toBe('no-institution');
  },
);
