/**
 * The second reading of the texts, 1 December 2026: what it corrects of the clocks. Each line has its tests here, named for it.
 * Counsel confirms each (docs/domain.md#second-reading).
 */
import { describe, expect, it } from 'vitest';
import { isAbout } from '../../shared/domain/alerts/alert-duties.ts';
import { whyDue } from '../../shared/domain/deadlines/deadlines.ts';
import { connecticut20261 as policy } from '../../shared/policy/connecticut-2026-1.ts';
import { referral, type Story, type Told } from '../support/referral-builder.ts';

const hoursBefore = (instant: string, hours: number) => new Date(Date.parse(instant) - hours * 3_600_000).toISOString();
const alertsAbout = (story: Story, rule: string) =>
  story.all('alert-requested').filter((alert) => isAbout(alert, story.deadline(rule).id));

describe('11.1 clocks start when the fact was known', () => {
  const inCare: Told = { legalStatus: 'committed', population: 'in-dcf-care' };
  const confirmed = { outcome: 'confirmed', definitionBasis: 'tvpa' } as const;

  it('a screening entered twenty hours late gives no twenty hours more to report to the police', () => {
    const story = referral(inCare).run().after('PT22H');
    const screenedAt = hoursBefore(story.now, 20);
    story.do('screen', { ...confirmed, screenedAt });
    expect(Date.parse(story.deadline('D5').start)).toBe(Date.parse(screenedAt));
    expect(Date.parse(story.deadline('D5').due)).toBe(Date.parse(story.now) + 4 * 3_600_000);
    expect(Date.parse(story.deadline('D9').keptAt ?? '')).toBe(Date.parse(screenedAt));
    expect(whyDue(story.deadline('D5'), policy)).toMatch(
      /after the identification as a victim .*; entered Tue Nov 10, 2026/,
    );
  });

  it('a clock that is over when it is entered is overdue at once: told as missed, and never as new', () => {
    const story = referral({ ...inCare, foreignNational: 'unknown', age: 15 })
      .run()
      .after('P3D');
    story.do('record-facts', { foreignNational: 'yes', knownAt: hoursBefore(story.now, 40) });
    story.after('PT1S');
    expect(story.deadline('D27')).toMatchObject({ status: 'open', missed: true });
    const told = alertsAbout(story, 'D27');
    expect(told.map(({ kind, checkpoint }) => `${kind} ${checkpoint}`)).toEqual(['checkpoint escalate']);
    expect(
      story.refused(
        'explain-miss',
        { deadlineId: story.deadline('D27').id, reasonCode: 'report-entered-late', willBeKept: true },
        'caseworker',
      ),
    ).toBe('accepted');
  });

  it('danger known an hour ago leaves one hour for the response', () => {
    const story = referral({ danger: 'no' }).run().after('PT30H');
    story.do('assess-danger', { danger: 'yes', knownAt: hoursBefore(story.now, 1) });
    expect(Date.parse(story.deadline('D6').due)).toBe(Date.parse(story.now) + 3_600_000);
  });

  it('danger known three hours ago rings as overdue in the same commit', () => {
    const story = referral({ danger: 'no' }).run().after('PT30H');
    story.do('assess-danger', { danger: 'yes', knownAt: hoursBefore(story.now, 3) });
    expect(Date.parse(story.deadline('D6').due)).toBeLessThan(Date.parse(story.now));
    expect(story.deadline('D6').ring?.rangAt).toBe(story.now);
    expect(alertsAbout(story, 'D6').at(-1)).toMatchObject({ kind: 'checkpoint', checkpoint: 'ring' });
  });

  it.each([
    ['screen', { ...confirmed }, 'screenedAt'],
    ['record-facts', { foreignNational: 'yes' }, 'knownAt'],
    ['assess-danger', { danger: 'yes' }, 'knownAt'],
    ['record-birth-date', { birthDate: '2011-05-17' }, 'knownAt'],
  ] as const)('%s takes no instant in the future, and none before the report', (command, input, field) => {
    const story = referral({ danger: 'no', foreignNational: 'unknown' }).run().after('PT5H');
    expect(story.refused(command, { ...input, [field]: hoursBefore(story.now, -1) })).toBe('in-the-future');
    expect(story.refused(command, { ...input, [field]: hoursBefore(story.now, 6) })).toBe('before-the-report');
    expect(story.refused(command, { ...input, [field]: hoursBefore(story.now, 4) })).toBe('accepted');
  });

  it('an assault is not known before it happened, and a screening is no earlier than the last', () => {
    const story = referral().run().after('PT9H');
    const lastAssaultAt = hoursBefore(story.now, 2);
    expect(story.refused('record-facts', { lastAssaultAt, knownAt: hoursBefore(story.now, 3) })).toBe(
      'known-before-it-happened',
    );
    story.screen('high-risk');
    expect(story.refused('screen', { ...confirmed, screenedAt: hoursBefore(story.now, 1) })).toBe(
      'before-the-last-screening',
    );
  });

  it('a screening from before the return keeps no screening of the return', () => {
    const story = referral({ missingNow: 'yes' }).run().after('PT4H').do('record-return').after('PT1H');
    story.do('screen', { outcome: 'high-risk', screenedAt: hoursBefore(story.now, 3) });
    const ofReturn = Object.values(story.state.deadlines).filter(({ startedBy }) => startedBy === 'child-returned');
    expect(ofReturn.map(({ rule, status }) => `${rule} ${status}`)).toContain('D9 open');
    expect(story.state.missing.absences.at(-1)?.screenedAt).toBeUndefined();
  });
});
