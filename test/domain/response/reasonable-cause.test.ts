/** Fault 2: C.G.S. 17a-101j(a) asks about reasonable cause, apart from "substantiated" and on every track. */
import { describe, expect, it } from 'vitest';
import { whyDue } from '../../../shared/domain/deadlines/deadlines.ts';
import { ruleIn } from '../../../shared/domain/policy/policy.ts';
import { referral } from '../../support/referral-builder.ts';
import { sceneOf } from '../../support/scenes.ts';

const tracks = ['investigation', 'information-only', 'other-agency'] as const;
const classified = (track: (typeof tracks)[number]) => referral().run().do('classify-report', { track });

describe('reasonable cause to believe that sexual abuse or serious physical abuse occurred', () => {
  it.each(tracks)('is asked on the track %s, and yes starts the notice', (track) => {
    const story = classified(track);
    expect(story.deadline('D24a')).toMatchObject({ status: 'open', due: '2026-12-24T15:00:00Z' });
    expect(story.open()).not.toContain('D25');
    story.do('record-reasonable-cause', { reasonableCause: 'yes', at: '2026-11-09T15:00:00Z' });
    expect(story.deadline('D24a').status).toBe('kept');
    expect(story.deadline('D25')).toMatchObject({ status: 'open', start: '2026-11-09T15:00:00.000Z' });
    expect(whyDue(story.deadline('D25'), story.policy)).toContain(
      '1 business day after the reasonable cause to believe that abuse occurred',
    );
  });

  it.each([
    ['not-substantiated', 'yes', true],
    ['substantiated', 'no', false],
    ['substantiated', 'yes', true],
  ] as const)('stands apart from the disposition: %s and %s', (disposition, reasonableCause, notice) => {
    const story = classified('investigation').do('record-disposition', { disposition, reasonableCause });
    expect(story.open().includes('D25')).toBe(notice);
    expect(story.deadline('D24a').status).toBe('kept');
  });

  it('that is unknown goes on being asked, and holds up closing', () => {
    const unknown = { disposition: 'substantiated', reasonableCause: 'unknown' };
    const story = classified('investigation').do('record-disposition', unknown);
    expect(story.open()).toContain('D24a');
    expect(story.open()).not.toContain('D25');
    expect(story.unmet().join(' ')).toContain('(rule D24a)');
    expect(story.refused('record-reasonable-cause', { reasonableCause: 'unknown' })).toBe('nothing-new');
    story.do('record-reasonable-cause', { reasonableCause: 'no' });
    expect(story.open()).not.toContain('D24a');
  });

  it('is asked again where a no becomes unknown, and told again where it becomes yes', () => {
    const story = classified('other-agency').do('record-reasonable-cause', { reasonableCause: 'no' });
    story.do('record-reasonable-cause', { reasonableCause: 'unknown' });
    expect(story.open()).toContain('D24a');
    story.do('record-reasonable-cause', { reasonableCause: 'yes' });
    story.do('notify-of-disposition', { agencyId: 'PD-1', method: 'phone' });
    expect(story.deadline('D25').status).toBe('kept');
  });

  it('without it there is no notice to give', () => {
    const story = sceneOf('D24a').do('record-reasonable-cause', { reasonableCause: 'no' });
    expect(story.refused('notify-of-disposition', { agencyId: 'PD-1', method: 'phone' })).toBe('no-reasonable-cause');
  });

  it('is cited as the law has it', () => {
    const { kind, source } = ruleIn(referral().policy, 'D25');
    expect(kind).toBe('statute');
    expect(source).toContain(
      'C.G.S. 17a-101j(a): reasonable cause to believe that sexual abuse or serious physical abuse occurred',
    );
  });
});
