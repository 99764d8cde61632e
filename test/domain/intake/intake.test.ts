import { describe, expect, it } from 'vitest';
import { deadlineIdsOf } from '../../../shared/domain/alerts/alert-duties.ts';
import { monday, referral, referralId } from '../../support/referral-builder.ts';
import { answerTheReport, lowerDanger } from '../../support/scenes.ts';

const rulesOpened = (told = {}) => referral(told).run().open();

describe('the clocks that the report starts', () => {
  it('are those of every report, and each runs from receipt', () => {
    const story = referral({ perpetrators: ['caregiver'] }).run();
    expect(story.open()).toEqual(['D1', 'D3', 'D6', 'D8', 'D9', 'D21', 'D39']);
    for (const { start } of Object.values(story.state.deadlines)) expect(start).toBe(monday);
    expect(story.deadline('D3').due).toBe('2026-11-10T03:00:00Z');
  });

  it.each([
    ['third-party', true],
    ['unknown', true],
    ['caregiver', false],
    ['entrusted', false],
    ['given-access', false],
    ['none-alleged', false],
  ] as const)('a trafficker who is %s means a referral to the local police: %s', (perpetrator, local) => {
    expect(rulesOpened({ perpetrators: [perpetrator] }).includes('D4')).toBe(local);
  });

  it('a third-party trafficker: the notice to the state police is not the referral to the local police', () => {
    const story = referral({ perpetrators: ['third-party'] }).run();
    const notice = { agencyId: 'PD-HARTFORD', method: 'phone' };
    story.do('notify-police', { covers: ['state'], ...notice });
    expect([story.deadline('D3').status, story.deadline('D4').status]).toEqual(['kept', 'open']);
    story.do('notify-police', { covers: ['local'], ...notice });
    expect(story.deadline('D4').status).toBe('kept');
  });

  it.each([
    ['a mandated reporter who gave a name', { mandated: 'yes', anonymous: 'no' }, true],
    ['an anonymous reporter', { mandated: 'yes', anonymous: 'yes' }, false],
    ['a neighbour', { mandated: 'no', anonymous: 'no' }, false],
  ] as const)('the written report of %s: chased %o', (_, reporter, chased) => {
    expect(rulesOpened(reporter).includes('D2')).toBe(chased);
  });

  it.each([
    ['an hour ago', '2026-11-09T14:00:00Z', '2026-11-09T19:00:00Z'],
    ['119 hours ago, so the window ends first', '2026-11-04T16:00:00Z', '2026-11-09T16:00:00Z'],
    ['120 hours ago, so the window ends now', '2026-11-04T15:00:00Z', '2026-11-09T15:00:00Z'],
    ['at an unknown time, which is urgent', 'unknown', '2026-11-09T19:00:00Z'],
  ])('after an assault %s the examination is due by the window', (_, lastAssaultAt, due) => {
    expect(referral({ lastAssaultAt }).run().deadline('D17').due).toBe(due);
  });

  it.each(['none-known', '2026-11-04T14:59:59Z'])(
    'without evidence to secure there is no clock: %s',
    (lastAssaultAt) => {
      expect(rulesOpened({ lastAssaultAt })).not.toContain('D17');
    },
  );

  it('each role with a clock is told once, those with class now separately, and two are called at once', () => {
    const alerts = referral({ perpetrators: ['none-alleged'] })
      .run()
      .all('alert-requested');
    expect(alerts.map(({ kind, checkpoint, to }) => [checkpoint ?? kind, to])).toEqual([
      ['referral-opened', ['careline-supervisor', 'careline-worker', 'hart-liaison', 'area-oncall', 'caseworker']],
      ['referral-opened', ['hart-lead']],
      ['ring', ['careline-supervisor', 'area-oncall']],
    ]);
  });

  it('a report taken in the last second of a day has its clocks like any other', () => {
    const story = referral({ receivedAt: '2026-11-10T04:59:59.500Z' }).run().after('PT1S');
    expect(story.deadline('D21')).toMatchObject({ due: '2026-11-10T08:59:59Z', missed: false });
    expect(story.after('PT4H').deadline('D21').missed).toBe(true);
  });
});

describe('danger', () => {
  it('unknown runs the two-hour clock until a person says no; then the other clock runs from receipt', () => {
    const story = referral({ danger: 'unknown' }).run();
    expect(story.deadline('D6').due).toBe('2026-11-09T17:00:00Z');
    lowerDanger(story.after('PT1H30M'));
    expect(story.deadline('D6').status).toBe('not-applicable');
    expect([story.deadline('D7').start, story.deadline('D7').due]).toEqual([monday, '2026-11-10T15:00:00Z']);
    expect(story.waitOf(story.deadline('D6').id)).toBeDefined();
  });

  it('that arises later starts the two hours then, and the first clock runs on', () => {
    const story = referral({ danger: 'no' }).run().after('PT5H').do('assess-danger', { danger: 'yes' });
    expect([story.deadline('D6').start, story.deadline('D7').status]).toEqual(['2026-11-09T20:00:00.000Z', 'open']);
    story.do('start-response');
    expect([story.deadline('D6').status, story.deadline('D7').status]).toEqual(['kept', 'kept']);
  });

  it('that is said again is nothing new', () => {
    expect(referral({ danger: 'yes' }).run().refused('assess-danger', { danger: 'yes' })).toBe('nothing-new');
  });

  it('that turns out to be none after the response began starts no clock, even in a new run', () => {
    const story = lowerDanger(referral({ danger: 'unknown' }).run().do('start-response'));
    story.lose(referralId);
    expect(Object.values(story.state.deadlines).map(({ rule }) => rule)).not.toContain('D7');
  });
});

describe('a report entered late', () => {
  it('raises all that has passed at once, with one call for all that rings', () => {
    const story = referral({ recordedAt: '2026-11-19T15:00:00.000Z', perpetrators: ['caregiver'] }).run();
    story.after('PT1S');
    const d3 = story.deadline('D3').id;
    const raised = story.all('checkpoint-raised').filter(({ deadlineId }) => deadlineId === d3);
    expect(raised.map(({ kind }) => kind).sort()).toEqual(['due', 'escalate', 'escalate', 'remind', 'ring', 'warn']);
    const alerted = story.all('alert-requested').filter(({ kind }) => kind === 'checkpoint');
    const told = new Set(alerted.flatMap(deadlineIdsOf));
    expect([...told].sort()).toEqual(Object.keys(story.state.deadlines).sort());
    expect(story.all('deadline-missed')).toHaveLength(told.size);
    // What rings is one call, and the others have an alert each.
    expect(alerted.filter(({ checkpoint }) => checkpoint !== 'ring').flatMap(deadlineIdsOf)).toHaveLength(
      alerted.length - 1,
    );
  });
});

describe('a person who is faster than the workflow', () => {
  it('has done what they did: the clocks that open afterwards are kept by it', () => {
    const story = answerTheReport(referral({ perpetrators: ['caregiver'] })).run();
    expect(story.open()).toEqual(['D9']);
    expect(story.deadline('D3').status).toBe('kept');
  });

  it('does not stop the alert that there is a referral', () => {
    const story = referral({ danger: 'no' }).do('assess-danger', { danger: 'yes' }).do('report-missing').run();
    expect(story.all('alert-requested').map(({ kind }) => kind)).toContain('referral-opened');
  });
});

describe('a missing child', () => {
  it('is reported to the police and to the national center, each within an hour', () => {
    const story = referral().run().after('PT5H').do('report-missing', { at: '2026-11-09T19:30:00Z' });
    for (const rule of ['D12a', 'D12b']) expect(story.deadline(rule).due).toBe('2026-11-09T20:30:00Z');
    expect(story.refused('report-missing')).toBe('already-missing');
    story.do('notify-police', { covers: ['missing'], agencyId: 'PD-HARTFORD', method: 'phone' });
    expect([story.deadline('D12a').status, story.deadline('D12b').status]).toEqual(['kept', 'open']);
    story.do('notify-ncmec', { method: 'phone' });
    expect(story.deadline('D12b').status).toBe('kept');
  });

  it('is screened again within 24 hours of the return, and a second absence has its own clocks', () => {
    const story = referral({ missingNow: 'yes' }).run().screen('at-risk').after('P2D').do('record-return');
    expect([story.deadline('D9').start, story.deadline('D9').id]).toEqual([
      '2026-11-11T15:00:00.000Z',
      `${referralId}.D9.2`,
    ]);
    expect(story.refused('record-return')).toBe('not-missing');
    story.do('notify-ncmec', { method: 'fax' }).after('P1D').do('report-missing');
    expect(story.deadline('D12b').id).toBe(`${referralId}.D12B.2`);
  });
});
