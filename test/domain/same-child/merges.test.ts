import { describe, expect, it } from 'vitest';
import { ringingIn } from '../../../shared/domain/alerts/alarms.ts';
import { decide } from '../../../shared/domain/commands.ts';
import { isRefusal } from '../../../shared/domain/core/refusal.ts';
import { event } from '../../../shared/domain/events.ts';
import { evolve } from '../../../shared/domain/fold.ts';
import { type DeadlineRule, ruleIn } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { personOf, referral, referralId, type Story } from '../../support/referral-builder.ts';
import { readyToClose } from '../../support/scenes.ts';

const other = 'CR-0THER-0NE000';
const told = { mandated: 'yes', candidates: [other] } as const;
const merge = (story: Story) => story.do('answer-duplicate', { answer: 'same-child-open', of: other });

/** What becomes of a command on a referral that another was merged into. */
function onceLeased(
  name: Parameters<typeof decide>[1],
  input: object,
  looked: object = {},
  later = 'PT1M',
  story = referral(told).run(),
) {
  const leased = { seq: story.state.seq + 1, at: story.now, actor: { kind: 'person', id: 'WORKER' } } as const;
  const state = evolve(story.state, event('merge-reserved', { from: 'CR-AAAAA-AAAAAA' }), leased, referralId);
  const { now } = story.after(later);
  const person = personOf('careline-supervisor');
  const decided = decide(state, name, input, {
    now,
    policy: story.policy,
    person,
    lookups: { otherReferral: { other: { ...state, stage: 'open' }, ...looked }, merged: looked },
  });
  if (!isRefusal(decided)) return 'accepted';
  // The other referral may be sealed against this reader.
  expect(decided.sentence).not.toContain('CR-AAAAA-AAAAAA');
  return decided.refused;
}
const same = { answer: 'same-child-open', of: other, reason: 'T.1' };
const error = { because: 'made-in-error', reason: 'T.1' };
const merged = [{ id: 'CR-AAAAA-AAAAAA', owes: ['D3'] }];

describe('a referral that another rests on', () => {
  it.each([
    ['answer-duplicate', same],
    ['propose-withdrawal', error],
  ] as const)('is not ended by %s, whether the other is merged or being merged now', (name, input) => {
    expect(onceLeased(name, input)).toBe('others-merged-into-it');
    expect(onceLeased(name, input, { merged: [] })).toBe('others-merged-into-it');
    expect(onceLeased(name, input, { merged }, 'P2D')).toBe('others-merged-into-it');
  });

  it('is free of a claim without a commit within the hour', () => {
    expect(onceLeased('answer-duplicate', same, { merged: [] }, 'PT1H')).toBe('accepted');
    expect(onceLeased('propose-withdrawal', error, { merged: [] }, 'PT59M')).toBe('others-merged-into-it');
  });

  it('counts as such until a person has looked at the other side', () => {
    expect(onceLeased('propose-withdrawal', error, {}, 'P2D')).toBe('others-merged-into-it');
  });

  it('is not closed while the other one owes what the law asks for, and is once that is done', () => {
    const close = (looked: object, later = 'P2D') =>
      onceLeased('close-referral', { review: 'T.1' }, looked, later, readyToClose());
    expect(close({ merged })).toBe('merged-owes');
    expect(close({ merged: [{ id: 'CR-AAAAA-AAAAAA', owes: [] }] })).toBe('accepted');
    expect(close({ merged: [] })).toBe('accepted');
    expect(close({ merged: [] }, 'PT1M')).toBe('merged-owes');
  });

  it('can still be told from another child', () => {
    expect(onceLeased('answer-duplicate', { ...same, answer: 'not-a-duplicate' })).toBe('accepted');
  });
});

describe('a referral that takes another one in', () => {
  const told = (story: Story) => story.all('alert-requested').filter(({ kind }) => kind === 'report-merged');
  const screened = () => referral({ danger: 'no', lastAssaultAt: 'unknown' }).run().screen('high-risk');

  it('tells those who work on it, the invited team too, and no provider', () => {
    expect(told(referral().run().takesIn())[0]?.to).toEqual(['careline-supervisor', 'caseworker', 'hart-liaison']);
    const offered = screened().do('offer-linkage', { service: 'mental-health', providerId: 'PV-1' });
    expect(told(offered.takesIn())).toMatchObject([
      { to: ['careline-supervisor', 'caseworker', 'hart-liaison', 'mdt-coordinator', 'seats'], people: [] },
    ]);
  });

  it('sends one alert about a claim that is made again', () => {
    expect(told(referral().run().takesIn().after('PT2M').takesIn())).toHaveLength(1);
  });

  it('lets a clock that it opens join the open group of its kind', () => {
    const grouped = connecticut20261.deadlines.map(
      (rule): DeadlineRule => (rule.id === 'D8' || rule.id === 'D9' ? { ...rule, group: 'service-plan' } : rule),
    );
    const policy = { ...connecticut20261, deadlines: grouped };
    const again = referral({ danger: 'no', policy, receivedAt: '2026-11-12T15:00:00.000Z' }).run();
    const story = referral({ danger: 'no', lastAssaultAt: 'unknown', policy }).run().screen('high-risk');
    const group = story.deadline('D8').group?.id ?? '';
    const before = story.at(again.now).deadline('D9');
    story.takesIn(again.state);
    const { id, group: joined } = story.deadline('D9');
    expect([before.status, story.deadline('D8').status, id === before.id, joined?.id]).toEqual([
      'kept',
      'open',
      false,
      group,
    ]);
    expect(story.state.runs[group]?.deadlineIds).toContain(id);
    expect(story.waitOf(group)).toBeDefined();
  });

  it('sends no alert about a sealed one, and names it at no clock that it opens', () => {
    const again = referral({ danger: 'no', lastAssaultAt: 'unknown', receivedAt: '2026-11-12T15:00:00.000Z' }).run();
    const seal = { because: 'colleague-involved', people: ['CARELINE-SUPERVISOR'], at: again.now } as const;
    const { state } = again;
    const open = screened().at('2026-11-12T15:00:00.000Z').takesIn(state);
    expect(told(open)).toHaveLength(1);
    expect(open.deadline('D9').startedBy).toBe('report-merged');
    const shut = screened()
      .at('2026-11-12T15:00:00.000Z')
      .takesIn({ ...state, access: { seal } });
    expect(told(shut)).toEqual([]);
    expect(shut.deadline('D9')).toMatchObject({ status: 'open', startedBy: 'facts-learned' });
  });
});

describe('the duties of law of a report that ends', () => {
  /** The second report of a child in danger, an hour after the first. */
  const second = (told: object = {}) =>
    referral({ danger: 'yes', receivedAt: '2026-11-09T16:00:00.000Z', ...told }).run();
  const living = () => referral({ danger: 'yes' }).run().at('2026-11-09T16:05:00.000Z');
  const of = (story: Story, rule: string) => Object.values(story.state.deadlines).filter((each) => each.rule === rule);
  const moved = (story: Story, rule: string) => of(story, rule).find(({ startedBy }) => startedBy === 'report-merged');

  it('move to the living one with their instants, and it rings for them', () => {
    const { state } = second();
    const story = living().takesIn(state);
    for (const rule of ['D1', 'D3', 'D6']) {
      const [own] = Object.values(state.deadlines).filter((each) => each.rule === rule);
      expect([rule, moved(story, rule)]).toEqual([rule, expect.objectContaining({ start: own?.start, due: own?.due })]);
    }
    expect(ringingIn(story.state).map(({ id }) => id)).toContain(moved(story, 'D6')?.id);
    story.do('start-response');
    expect(of(story, 'D6').map(({ status }) => status)).toEqual(['kept', 'kept']);
  });

  it('are missed there too where they were missed here', () => {
    const story = living().after('PT4H').takesIn(second().at('2026-11-09T20:05:00.000Z').state).after('PT1S');
    expect(moved(story, 'D6')).toMatchObject({ missed: true, due: '2026-11-09T18:00:00Z' });
    expect(ringingIn(story.state).map(({ id }) => id)).toContain(moved(story, 'D6')?.id);
  });

  it('are kept by an act of the living one since the second report, and by none before it', () => {
    const told = { covers: ['state', 'local'], agencyId: 'PD-1', method: 'phone' } as const;
    const notified = (at: string) =>
      living()
        .after('PT1H')
        .do('notify-police', { ...told, at })
        .takesIn(second().state);
    expect(moved(notified('2026-11-09T16:30:00.000Z'), 'D3')).toMatchObject({
      status: 'kept',
      keptAt: '2026-11-09T16:30:00.000Z',
      late: false,
    });
    expect(moved(notified('2026-11-09T15:30:00.000Z'), 'D3')?.status).toBe('open');
  });

  it('stay with the person who has them until they are due', () => {
    const here = second();
    here.do('answer-alarm', { deadlineId: here.deadline('D6').id }, 'area-oncall');
    const story = living().takesIn(here.state);
    expect(moved(story, 'D6')?.ring?.answered?.by).toBe('AREA-ONCALL');
    const there = living();
    there.do('answer-alarm', { deadlineId: there.deadline('D6').id }, 'area-oncall/2');
    expect(moved(there.takesIn(second().state), 'D6')?.ring?.answered?.by).toBe('AREA-ONCALL.2');
  });

  it('of the same report entered twice are one: the earlier due instant counts, and no act is asked for again', () => {
    const { state } = referral({ danger: 'yes', receivedAt: '2026-11-09T14:30:00.000Z' }).run();
    const story = living().do('start-response').takesIn(state, true);
    expect(story.deadline('D3')).toMatchObject({ due: '2026-11-10T02:30:00Z', moved: { because: 'began-earlier' } });
    for (const rule of ['D3', 'D6']) expect(of(story, rule)).toHaveLength(1);
    expect(story.all('alert-requested').filter(({ kind }) => kind === 'report-merged')).toEqual([]);
  });

  it('of a child who is missing have the earlier of both due instants', () => {
    const { state } = second({ missingNow: 'yes', receivedAt: '2026-11-09T15:30:00.000Z' });
    const story = living().do('report-missing').takesIn(state);
    expect(of(story, 'D12a')).toHaveLength(1);
    expect(story.deadline('D12a').due).toBe('2026-11-09T16:30:00Z');
  });
});

describe('a merge that is undone', () => {
  const undone = () => merge(referral(told).run().after('PT5M')).after('PT1H').do('undo-merge');

  it('is for a supervisor, with a reason', () => {
    expect(() => merge(referral(told).run()).do('undo-merge', {}, 'careline-worker')).toThrow('may not');
    expect(undone().all('merge-undone')[0]?.reason).toMatch(/^CR-/);
    expect(referral(told).run().refused('undo-merge')).toBe('wrong-stage');
  });

  it('leaves every deadline as if the referral had never been merged', () => {
    const never = referral(told).run().after('PT65M');
    const story = undone();
    expect([story.state.stage, story.state.sameChild.mergedInto]).toEqual(['open', undefined]);
    // The question itself was answered, and no answer to it is taken back.
    expect(story.open()).toEqual(never.open().filter((rule) => rule !== 'D31'));
    for (const rule of story.open()) {
      expect([rule, story.deadline(rule).due]).toEqual([rule, never.deadline(rule).due]);
    }
    expect(story.deadline('D31').status).toBe('kept');
  });

  it('opens those alone that ended by it: none that a later screening put in the place of another', () => {
    const screened = referral(told)
      .run()
      .screen('high-risk')
      .screen('at-risk')
      .do('agree-downgrade', {}, 'hart-director');
    const before = screened.open();
    expect(screened.deadline('D15')).toMatchObject({ status: 'ended', endedBecause: 'superseded' });
    merge(screened).do('undo-merge');
    expect(screened.open()).toEqual(before.filter((rule) => rule !== 'D31'));
    expect(screened.all('merge-undone')[0]?.reopened).toContain(screened.deadline('D8').id);
  });

  describe('of several candidates', () => {
    const third = 'CR-TH1RD-TH1RD0';
    const several = () => referral({ ...told, candidates: [other, third] }).run();
    const about = (of: string) => ({ answer: 'not-a-duplicate', of });

    it('asks again, from the undoing, about candidates without an answer', () => {
      const story = merge(several()).after('PT1H');
      expect(story.deadline('D31').status).toBe('kept');
      story.do('undo-merge');
      const due = new Date(Date.parse(story.now) + 1_800_000).toISOString().replace('.000', '');
      expect(story.deadline('D31')).toMatchObject({ status: 'open', start: story.now, due });
      expect(story.all('alert-requested').at(-1)?.to).toContain('careline-worker');
      expect(story.do('answer-duplicate', about(third)).deadline('D31').status).toBe('kept');
    });

    it('asks nothing where each was answered, one by one or all at once', () => {
      const oneByOne = merge(several().do('answer-duplicate', about(third)))
        .after('PT1H')
        .do('undo-merge');
      expect(oneByOne.open()).not.toContain('D31');
      const atOnce = several().do('answer-duplicate', { answer: 'not-a-duplicate' });
      expect(merge(atOnce).after('PT1H').do('undo-merge').open()).not.toContain('D31');
    });
  });

  it('opens none that was kept after it was taken back the first time', () => {
    const story = undone().do('assign-liaison', { personId: 'LIAISON-1' });
    merge(story).do('undo-merge');
    expect(story.deadline('D8').status).toBe('kept');
    expect(story.all('merge-undone')[1]?.reopened).not.toContain(story.deadline('D8').id);
  });

  it('asks for no screening of a return again where a lawyer found that none is owed', () => {
    const story = referral(told).run().screen('high-risk').do('report-missing').after('P1D').do('record-return');
    const owed = () => Object.values(story.state.deadlines).filter(({ rule }) => rule === 'D9');
    const count = owed().length;
    story.do('find-not-applicable', { deadlineId: story.deadline('D9').id }, 'legal');
    merge(story).do('undo-merge');
    expect([owed().length, story.open().includes('D9')]).toEqual([count, false]);
  });

  it('tells those who work on it now, each duty once', () => {
    const story = undone();
    const asked = story.open().flatMap((rule) => ruleIn(story.policy, rule).alert);
    expect(story.all('alert-requested').at(-1)).toMatchObject({ kind: 'referral-opened', to: [...new Set(asked)] });
  });

  it('tells no one where nothing is left to do', () => {
    const { deadlines } = connecticut20261;
    const policy = { ...connecticut20261, deadlines: deadlines.filter(({ id }) => id === 'D31') };
    const story = merge(referral({ ...told, policy }).run());
    const count = story.all('alert-requested').length;
    expect(story.do('undo-merge').all('alert-requested')).toHaveLength(count);
  });

  it('starts its runs again: it can be screened, and what fell due meanwhile is raised', () => {
    const story = merge(referral(told).run()).after('P5D').do('undo-merge');
    expect(story.standsAt()).toBe('AwaitScreening');
    story.after('PT1S');
    expect(story.deadline('D9').missed).toBe(true);
    expect(story.screen('high-risk').standsAt()).toBe('AwaitResolution');
  });

  it('lets the referral be merged again', () => {
    expect(merge(undone()).state).toMatchObject({ stage: 'merged', sameChild: { mergedInto: other } });
  });

  it('keeps both acts in its history', () => {
    const types = undone()
      .events()
      .map(({ type }) => type);
    expect(types.indexOf('merge-undone')).toBeGreaterThan(types.indexOf('merged'));
  });
});
