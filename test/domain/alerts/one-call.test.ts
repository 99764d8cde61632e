/** One call a child. Each person hears what concerns them, and the line takes turns. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRinging, nextRing, ringingIn } from '../../../shared/domain/alerts/alarms.ts';
import { deadlineIdsOf, isAbout, withoutDeadlines } from '../../../shared/domain/alerts/alert-duties.ts';
import type { Alert } from '../../../shared/domain/alerts/alert-state.ts';
import { isObsolete, isSettledFor } from '../../../shared/domain/alerts/alert-watch.ts';
import { calledBy, groupsToRing, hasRungThrough } from '../../../shared/domain/alerts/call-line.ts';
import { openDeadlines } from '../../../shared/domain/deadlines/open-deadlines.ts';
import { alarmClassOf } from '../../../shared/domain/policy/alarm-classes.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { examplesOf, seedOf } from '../../support/examples.ts';
import { acts, happen, reports } from '../../support/random-story.ts';
import { referral, referralId, type Story } from '../../support/referral-builder.ts';

/** 10:00 in New York on a Monday. A report of a child in danger, with no caregiver involved. */
const began = Date.parse('2026-11-09T15:00:00.000Z');
const opened = (told: object = {}) => referral({ perpetrators: ['caregiver'], ...told }).run();

const callsOf = (story: Story): readonly Alert[] =>
  Object.values(story.state.alerts).filter(({ checkpoint }) => checkpoint === 'ring');
const named = (id: string) => id.replace(`${referralId}.`, '').replace(/\.1$/, '');
/** Minutes after the report, and for each group who is called about which duties. */
const wordsOf = ({ requestedAt, calls = [] }: Alert) =>
  [
    Math.round((Date.parse(requestedAt) - began) / 60_000),
    ...calls.map(({ to, turn, deadlineIds }) => `${to} ${turn}: ${deadlineIds.map(named).join(' ')}`),
  ] as const;
const ringing = (story: Story) => ringingIn(story.state).map(({ rule }) => rule);

describe('duties that ring together', () => {
  it('when a report opens are one call, and each group hears of its own duties', () => {
    const [call, ...more] = callsOf(opened({ missingNow: 'yes' }));
    expect(more).toEqual([]);
    expect(call && wordsOf(call)).toEqual([
      0,
      'careline-supervisor first: D1',
      'area-oncall first: D6',
      'careline-worker first: D12A D12B',
      'caseworker first: D12A D12B',
    ]);
  });

  it('walk in step: one that rings later begins at its own front, and the others go on from there with it', () => {
    const story = opened().do('classify-report', { track: 'investigation' }).after('PT1H50M');
    expect(callsOf(story).map(wordsOf).slice(-3)).toEqual([
      [90, 'area-oncall first: D6 D39', 'caseworker first: D39'],
      [100, 'area-oncall next: D6 D39', 'caseworker next: D39'],
      [110, 'director-oncall first: D6 D39', 'area-director first: D39'],
    ]);
  });

  it('are drawn together where one comes a few minutes after the other, and then stay so', () => {
    const story = opened().do('classify-report', { track: 'investigation' }).after('PT33M');
    // D6 calls at 40 minutes next. The child's return to danger rings nothing else until then.
    story.do('report-missing').after('PT0S');
    const missing = callsOf(story).at(-1);
    expect(missing && wordsOf(missing)[0]).toBe(33);
    story.after('PT18M');
    const [first, second] = callsOf(story).map(wordsOf).slice(-2);
    expect([first?.[0], second?.[0]]).toEqual([40, 50]);
    expect(
      callsOf(story)
        .slice(-1)
        .map(({ calls = [] }) => new Set(calls.flatMap(({ deadlineIds }) => deadlineIds.map(named)))),
    ).toEqual([new Set(['D6', 'D12A', 'D12B'])]);
  });

  it('are not rung before their due instant where a person has them', () => {
    const story = opened().do('classify-report', { track: 'investigation' });
    story.do('answer-alarm', { deadlineId: story.deadline('D6').id }, 'area-oncall').after('PT1H56M');
    story.do('report-missing').after('PT0S');
    expect(isRinging(story.deadline('D6'))).toBe(false);
  });
});

describe('a line that takes turns', () => {
  const story = opened({ missingNow: 'yes', perpetrators: ['third-party'] }).after('PT11H');
  const rings = openDeadlines(story.state).filter((each) => alarmClassOf(each, story.state, policy) === 'now');

  it.each(rings.map((deadline) => [deadline.rule, deadline] as const))(
    'of %s leaves no person out within two passes, and calls no place twice in a row',
    (_, deadline) => {
      const at = deadline.start;
      const calls = Array.from({ length: 10 }, (__, step) =>
        calledBy({ ...deadline, ring: { since: at, from: at, rangAt: at, step } }, story.state, policy),
      );
      const all = new Set(calls.flatMap((called) => [...called].map(([group, turn]) => `${group} ${turn}`)));
      const line = groupsToRing(deadline, story.state, policy);
      expect(all).toEqual(new Set(line.flatMap((group) => [`${group} first`, `${group} next`])));
      const words = calls.map((called) => JSON.stringify([...called]));
      expect(words.filter((each, index) => each === words[index + 1])).toEqual([]);
    },
  );

  it('has been rung through once its last place was called', () => {
    const alone = opened().do('classify-report', { track: 'investigation' });
    const isThrough = () => hasRungThrough(alone.deadline('D6'), alone.state, policy);
    alone.after('PT35M');
    expect(isThrough()).toBe(false);
    alone.after('PT10M');
    expect(isThrough()).toBe(true);
  });

  it('begins at the director where the duty is overdue, with its own people', () => {
    const alone = opened()
      .do('classify-report', { track: 'investigation' })
      .do('record-child-seen', { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'police' })
      .after('PT2H5M');
    const call = callsOf(alone).at(-1);
    expect(call && wordsOf(call)).toEqual([120, 'area-oncall first: D6', 'director-oncall first: D6']);
  });

  it('calls its own people each time once calls are rare', () => {
    const alone = opened()
      .do('classify-report', { track: 'investigation' })
      .do('record-child-seen', { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'police' })
      .after('P1D');
    const { id, raised } = alone.deadline('D6');
    const rare = raised.filter(({ kind, at }) => kind === 'ring' && Date.parse(at) - began > 5 * 3_600_000);
    expect(rare.length).toBeGreaterThan(3);
    for (const { at } of rare) {
      const call = callsOf(alone).find((each) => each.requestedAt === at && isAbout(each, id));
      expect(call?.calls?.map(({ to }) => to)).toContain('area-oncall');
    }
  });
});

describe('a person who answers a call about several duties', () => {
  const called = () => opened({ missingNow: 'yes' });
  const call = (story: Story) => callsOf(story).at(-1) as Alert;

  it('has those that their group was called about, and no other', () => {
    const story = called();
    story.do('acknowledge-alert', { alertId: call(story).id }, 'careline-worker');
    expect(ringing(story)).toEqual(['D1', 'D6']);
    expect(story.deadline('D12a').ring?.answered?.by).toBe('CARELINE-WORKER');
  });

  it('leaves the call standing for the groups whose duties still ring', () => {
    const story = called();
    story.do('acknowledge-alert', { alertId: call(story).id }, 'area-oncall');
    expect(isObsolete(call(story), story.state)).toBe(false);
    expect(isSettledFor('area-oncall', call(story), story.state)).toBe(true);
    expect(isSettledFor('careline-worker', call(story), story.state)).toBe(false);
    story.after('PT10M');
    expect(wordsOf(call(story)).join()).not.toMatch(/D6/);
  });

  it('and is reached by telephone about one duty, stays called about the others', () => {
    const story = called();
    const reach = (rule: string) =>
      story.do(
        'record-call',
        { deadlineId: story.deadline(rule).id, personId: 'CARELINE-WORKER', result: 'reached' },
        'careline-supervisor',
      );
    reach('D12a');
    expect(ringing(story)).toEqual(['D1', 'D6', 'D12b']);
    expect(call(story).acknowledgements ?? []).toEqual([]);
    reach('D12b');
    expect(call(story).acknowledgements?.map(({ groups }) => groups)).toEqual([['careline-worker']]);
  });

  it('hears of the end once nothing rings that they were called about', () => {
    const over = (story: Story) => Object.values(story.state.alerts).filter(({ kind }) => kind === 'alarm-over');
    const story = called();
    story.do('start-response', {}, 'area-oncall');
    expect(over(story).map(({ to }) => to)).toEqual([['area-oncall']]);
    story.do('answer-alarm', { deadlineId: story.deadline('D12a').id }, 'careline-worker');
    const told = over(story).map(({ to, ...each }) => [to, deadlineIdsOf(each).map(named)]);
    expect(told.slice(1)).toEqual([
      [
        ['careline-worker', 'caseworker'],
        ['D12A', 'D12B'],
      ],
    ]);
    story.do('classify-report', { track: 'investigation' });
    expect(
      over(story)
        .map(({ to, ...each }) => [to, deadlineIdsOf(each).map(named)])
        .slice(2),
    ).toEqual([[['careline-supervisor'], ['D1']]]);
  });
});

it('a call without a duty that a reader may not see names it to no group', () => {
  const call = callsOf(opened({ missingNow: 'yes' }))[0] as Alert;
  const shown = withoutDeadlines(call, (id) => named(id) === 'D6');
  expect(shown?.calls?.map(({ to, deadlineIds }) => [to, deadlineIds.map(named)])).toEqual([
    ['careline-supervisor', ['D1']],
    ['careline-worker', ['D12A', 'D12B']],
    ['caseworker', ['D12A', 'D12B']],
  ]);
});

describe('in any life', () => {
  // A lost run is found by the sweep, and calls later.
  const lives = fc.record({ report: reports, life: acts.map((life) => life.filter(({ kind }) => kind !== 'loss')) });
  const property = (name: string, holds: (story: Story) => void) =>
    it(name, () =>
      fc.assert(
        fc.property(lives, ({ report, life }) => {
          const story = referral(report).run();
          for (const act of life) {
            happen(story, act);
            holds(story);
          }
        }),
        { seed: seedOf(2026), numRuns: examplesOf(12) },
      ),
    );

  property('no call is late, and no duty of class now is without its next call while no one has it', (story) => {
    // An act may tell of what was due before. Its run comes at once.
    story.after('PT1S');
    for (const deadline of openDeadlines(story.state)) {
      const next = nextRing(deadline, story.state, policy);
      if (next !== undefined) expect(Date.parse(next)).toBeGreaterThan(Date.parse(story.now));
      if (isRinging(deadline) && next === undefined) expect(deadline.hardStop).toBeDefined();
    }
  });

  property('each duty that rings is in one call of its commit, which names each group once', (story) => {
    for (const { events } of story.commits) {
      const calls = events.flatMap((event) =>
        event.type === 'alert-requested' && event.checkpoint === 'ring' ? [event] : [],
      );
      for (const event of events) {
        if (event.type !== 'checkpoint-raised' || event.kind !== 'ring') continue;
        const own = calls.filter((each) => isAbout(each, event.deadlineId));
        const isOver = events.some(
          (each) =>
            /^(deadline-(closed-missed|kept|ended|not-applicable)|alarm-stopped)$/.test(each.type) &&
            'deadlineId' in each &&
            each.deadlineId === event.deadlineId,
        );
        if (!isOver) expect(own.length).toBe(1);
      }
      for (const { calls: groups = [], to, ...about } of calls) {
        expect(groups.map((each) => each.to)).toEqual(to);
        expect(new Set(to).size).toBe(to.length);
        const told = groups.flatMap(({ deadlineIds }) => deadlineIds);
        expect(new Set(told)).toEqual(new Set(deadlineIdsOf(about)));
      }
    }
  });
});
