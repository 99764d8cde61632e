/** Deadlines that danger shortens, and the one that evidence ends. */
import { describe, expect, it } from 'vitest';
import { isAbout } from '../../../shared/domain/alerts/alert-duties.ts';
import { checkpoints, whyDue } from '../../../shared/domain/deadlines/deadlines.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { link, lowerDanger } from '../../support/scenes.ts';

describe('danger that becomes yes, or that is no longer ruled out', () => {
  const calm = () => referral({ danger: 'no' }).run().do('classify-report', { track: 'investigation' });

  it.each([
    ['D10', '2026-11-10T15:00:00Z', '2026-11-09T21:00:00Z'],
    ['D18', '2026-11-14T15:00:00Z', '2026-11-10T17:00:00Z'],
    ['D21', '2026-11-10T15:00:00Z', '2026-11-10T04:59:59Z'],
  ])('brings %s forward from %s to what danger gives from then, %s', (rule, before, after) => {
    for (const danger of ['yes', 'unknown']) {
      const story = calm().screen('high-risk').after('PT2H');
      expect(story.deadline(rule).due).toBe(before);
      story.do('assess-danger', { danger });
      expect(story.deadline(rule)).toMatchObject({ due: after, dueByRule: after, raised: [], status: 'open' });
      expect(whyDue(story.deadline(rule), policy)).toContain('because danger is no longer ruled out');
    }
  });

  it('tells the people who must act', () => {
    const story = calm().screen('high-risk').after('PT2H').do('assess-danger', { danger: 'yes' });
    const told = story.all('alert-requested').filter(({ deadlineId }) => deadlineId === story.deadline('D21').id);
    expect(told.at(-1)).toMatchObject({ kind: 'deadline-opened', to: ['caseworker'] });
  });

  it('never gives more time than there was', () => {
    const story = calm().screen('high-risk').after('PT22H').do('assess-danger', { danger: 'yes' });
    expect(story.deadline('D10').due).toBe('2026-11-10T15:00:00Z');
    expect(story.all('deadline-tightened').map(({ deadlineId }) => deadlineId)).toEqual([story.deadline('D18').id]);
  });

  it('shortens what a person had given more time as well', () => {
    const story = calm().screen('high-risk');
    story.do('extend-deadline', { deadlineId: story.deadline('D21').id, due: '2026-11-11T02:00:00Z' }, 'area-director');
    story.do('assess-danger', { danger: 'yes' });
    expect(story.deadline('D21').due).toBe('2026-11-10T04:59:59Z');
  });

  it('has nothing to shorten where it was unknown: unknown was never read as no', () => {
    const story = referral({ danger: 'unknown' }).run().screen('high-risk');
    const before = story.deadline('D10').due;
    story.do('assess-danger', { danger: 'yes' });
    expect(story.deadline('D10').due).toBe(before);
    expect(story.all('deadline-tightened')).toEqual([]);
  });

  it('lets nothing that a no allowed stand: the response is due in two hours again', () => {
    const story = referral({ danger: 'no' }).run().after('PT1H').do('assess-danger', { danger: 'unknown' });
    expect(story.deadline('D6')).toMatchObject({ startedBy: 'danger-said', due: '2026-11-09T18:00:00Z' });
  });

  it('a no does not lengthen what danger had shortened', () => {
    const story = lowerDanger(referral({ danger: 'yes' }).run());
    expect(story.deadline('D21').due).toBe('2026-11-10T04:59:59Z');
  });
});

describe('the acute exam', () => {
  /** The last assault was this many hours before the report. */
  const assaulted = (hours: number) =>
    referral({ lastAssaultAt: new Date(Date.parse('2026-11-09T15:00:00Z') - hours * 3_600_000).toISOString() }).run();
  const alertsOf = (story: Story) =>
    story
      .all('alert-requested')
      .filter((alert) => isAbout(alert, story.deadline('D17').id))
      .map(({ checkpoint, to }) => [checkpoint, to.join()]);

  it('starts within 4 hours, and its evidence ends 120 hours after the assault: both are in its explanation', () => {
    const story = assaulted(48);
    expect(story.deadline('D17')).toMatchObject({ due: '2026-11-09T19:00:00Z', hardStop: '2026-11-12T15:00:00Z' });
    expect(whyDue(story.deadline('D17'), policy)).toBe(
      'due Mon Nov 9, 2026, 2:00 PM EST: 4 hours after receipt of the report (Mon Nov 9, 2026, 10:00 AM EST); rule D17, New York time: policy, an assumption of this product, awaits legal sign-off (State technical guidelines under C.G.S. 19a-112a); never later than Thu Nov 12, 2026, 10:00 AM EST, 120 hours after the last known assault: evidence is collected no longer; HIV prophylaxis can begin until Tue Nov 10, 2026, 10:00 AM EST, 72 hours after the last known assault (believed, not confirmed, awaits sign-off)',
    );
  });

  it('that is late is called about 12 and 4 hours before the evidence ends', () => {
    const story = assaulted(48);
    expect(checkpoints(story.deadline('D17'), policy).slice(-3)).toEqual([
      { kind: 'warn', at: '2026-11-12T03:00:00Z' },
      { kind: 'warn', at: '2026-11-12T11:00:00Z' },
      { kind: 'escalate', at: '2026-11-12T15:00:00Z' },
    ]);
    story.answers().at('2026-11-12T02:59:00Z');
    const told = () => alertsOf(story).filter(([checkpoint]) => checkpoint !== undefined);
    // A call, and the warning at three quarters. Then four calls: when due, at half the window, and two for HIV
    // prophylaxis.
    expect(told().map(([checkpoint]) => checkpoint)).toEqual(['ring', 'warn', 'ring', 'ring', 'ring', 'ring']);
    story.at('2026-11-12T14:59:00Z');
    for (const [checkpoint, to = ''] of told().slice(-2)) {
      expect(checkpoint).toBe('ring');
      expect(to.split(',')).toEqual(expect.arrayContaining(['careline-supervisor', 'area-supervisor', 'hart-liaison']));
    }
  });

  it('is due at the end of the evidence where that comes first, with no second end after it', () => {
    const story = assaulted(118);
    expect(story.deadline('D17')).toMatchObject({ due: '2026-11-09T17:00:00Z', hardStop: '2026-11-09T17:00:00Z' });
    expect(checkpoints(story.deadline('D17'), policy).map(({ kind }) => kind)).toEqual([
      'remind',
      'warn',
      'due',
      'escalate',
    ]);
  });

  it('is warned of 4 hours before the evidence ends where little time is left from the start', () => {
    const story = assaulted(110);
    expect(checkpoints(story.deadline('D17'), policy).slice(-3)).toEqual([
      { kind: 'escalate', at: '2026-11-09T20:00:00Z' },
      { kind: 'warn', at: '2026-11-09T21:00:00Z' },
      { kind: 'escalate', at: '2026-11-10T01:00:00Z' },
    ]);
  });

  it.each([
    ['more than 120 hours ago', 121],
    ['a second more', 120 + 1 / 3600],
  ])('is not asked for after an assault %s', (_, hours) => {
    expect(assaulted(hours).open()).not.toContain('D17');
  });

  it('is urgent after an assault at an unknown time, when the end of the evidence is unknown', () => {
    const story = referral({ lastAssaultAt: 'unknown' }).run();
    expect(story.deadline('D17').due).toBe('2026-11-09T19:00:00Z');
    expect(story.deadline('D17').hardStop).toBeUndefined();
  });
});

describe('an assault whose time becomes known later', () => {
  const learn = (story: Story, lastAssaultAt: string) => story.do('record-facts', { lastAssaultAt });

  it('ends the open clock of the examination by its window, and the responsible people are told', () => {
    const story = learn(referral({ lastAssaultAt: 'unknown' }).run().after('PT1H'), '2026-11-04T18:00:00-05:00');
    expect(story.deadline('D17')).toMatchObject({ due: '2026-11-09T19:00:00Z', hardStop: '2026-11-09T23:00:00Z' });
    expect(story.all('alert-requested').at(-1)).toMatchObject({ kind: 'deadline-opened', to: ['careline-supervisor'] });
    learn(story, '2026-11-04T17:00:00Z');
    expect(story.deadline('D17')).toMatchObject({ due: '2026-11-09T17:00:00Z', hardStop: '2026-11-09T17:00:00Z' });
    expect(whyDue(story.deadline('D17'), policy)).toContain('the time of the last assault became known');
  });

  it('later than was said ends the clock of the wrong one, and gives no more than its rule does', () => {
    const story = referral({ lastAssaultAt: '2026-11-04T17:00:00Z' }).run();
    learn(story, '2026-11-08T17:00:00Z');
    expect(Object.values(story.state.deadlines).filter(({ rule }) => rule === 'D17')).toMatchObject([
      { status: 'ended', due: '2026-11-09T17:00:00Z' },
      { status: 'open', due: '2026-11-09T19:00:00Z', hardStop: '2026-11-13T17:00:00Z' },
    ]);
  });

  it.each(['none-known', '2026-10-01T12:00:00Z'])('starts the clock that %s had not started', (lastAssaultAt) => {
    const story = referral({ lastAssaultAt }).run();
    expect(story.open()).not.toContain('D17');
    learn(story.after('PT2H'), '2026-11-08T17:00:00Z');
    expect(story.deadline('D17')).toMatchObject({
      start: '2026-11-09T17:00:00.000Z',
      due: '2026-11-09T21:00:00Z',
      hardStop: '2026-11-13T17:00:00Z',
      startedBy: 'facts-learned',
    });
  });

  it('asks for another exam after one that had started before it, and for none where the exam came later', () => {
    const story = link(referral({ lastAssaultAt: 'unknown' }).run(), 'medical-acute-forensic').after('PT3H');
    learn(story, '2026-11-08T17:00:00Z');
    expect(story.open()).not.toContain('D17');
    learn(story, '2026-11-09T17:00:00Z');
    expect(story.open()).toContain('D17');
    expect(story.all('deadline-opened').filter(({ rule }) => rule === 'D17')).toHaveLength(2);
  });

  it('starts nothing once its evidence is gone, and lies in no future', () => {
    const story = referral({ lastAssaultAt: 'none-known' }).run();
    learn(story, '2026-11-01T12:00:00Z');
    expect(story.open()).not.toContain('D17');
    expect(story.refused('record-facts', { lastAssaultAt: '2026-11-10T12:00:00Z' })).toBe('in-the-future');
  });
});
