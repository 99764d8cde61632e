/** Alarms: who is called about a duty of class now, when the next person is, and how the calls end. */

import { describe, expect, it } from 'vitest';
import { isRinging, passedOnAt, ringingIn } from '../../../shared/domain/alerts/alarms.ts';
import { isAbout } from '../../../shared/domain/alerts/alert-duties.ts';
import { isObsolete } from '../../../shared/domain/alerts/alert-watch.ts';
import { isRefusal } from '../../../shared/domain/core/refusal.ts';
import { nextCheckpoint } from '../../../shared/domain/deadlines/deadlines.ts';
import { openDeadlines } from '../../../shared/domain/deadlines/open-deadlines.ts';
import { alarmClassOf, isRed } from '../../../shared/domain/policy/alarm-classes.ts';
import { alertsBefore } from '../../../shared/domain/team/meeting-calendars.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { lowerDanger } from '../../support/scenes.ts';

/** 10:00 in New York on a Monday. A report of a child in danger, with no caregiver involved. */
const opened = (told: object = {}) => referral({ perpetrators: ['caregiver'], ...told }).run();

const began = Date.parse('2026-11-09T15:00:00.000Z');

/** When people were called about this duty, in minutes after the report. */
const whenCalled = (story: Story, rule: string) =>
  story.commits.flatMap(({ at, events }) =>
    events.some(
      (event) =>
        event.type === 'checkpoint-raised' && event.kind === 'ring' && event.deadlineId === story.deadline(rule).id,
    )
      ? [Math.round((Date.parse(at) - began) / 60_000)]
      : [],
  );

/** The calls about this duty: minutes after the report, and who was called, such as `area-oncall next`. */
const callsAbout = (story: Story, rule: string) =>
  story.commits.flatMap(({ at, events }) =>
    events.flatMap((event) => {
      if (event.type !== 'alert-requested' || event.checkpoint !== 'ring') return [];
      const own = (event.calls ?? []).filter(({ deadlineIds }) => deadlineIds.includes(story.deadline(rule).id));
      const to = own.map(({ to: group, turn }) => `${group} ${turn}`);
      return to.length > 0 ? [{ after: Math.round((Date.parse(at) - began) / 60_000), to }] : [];
    }),
  );
/** A child in danger whose report was classified at once, so that the response alone rings. */
const responseAlone = (told: object = {}) => opened(told).do('classify-report', { track: 'investigation' });
const answer = (story: Story, rule: string, as: string) =>
  story.do('answer-alarm', { deadlineId: story.deadline(rule).id }, as);

describe('a duty that rings when it opens', () => {
  it('calls its people in the very commit that opens it', () => {
    const story = opened({ missingNow: 'yes' });
    expect(ringingIn(story.state).map(({ rule }) => rule)).toEqual(['D1', 'D6', 'D12a', 'D12b']);
    const commit = story.commits.find(({ events }) => events.some(({ type }) => type === 'deadline-opened'));
    expect(commit?.events.filter(({ type }) => type === 'checkpoint-raised')).toHaveLength(4);
    expect(callsAbout(story, 'D6')).toEqual([{ after: 0, to: ['area-oncall first'] }]);
  });

  it('calls the next on shift after 10 minutes, the director after 20, then the next in line each time', () => {
    const story = responseAlone().after('PT1H20M');
    expect(callsAbout(story, 'D6')).toEqual([
      { after: 0, to: ['area-oncall first'] },
      { after: 10, to: ['area-oncall next'] },
      { after: 20, to: ['director-oncall first'] },
      { after: 30, to: ['careline-manager first'] },
      { after: 40, to: ['program-manager first'] },
      { after: 50, to: ['area-oncall first'] },
      { after: 60, to: ['area-oncall next'] },
      { after: 70, to: ['director-oncall next'] },
      { after: 80, to: ['careline-manager next'] },
    ]);
  });

  it('says when the next person is called', () => {
    const story = opened();
    expect(passedOnAt(story.deadline('D6'), policy)).toBe('2026-11-09T15:10:00.000Z');
    story.after('PT12M');
    expect(passedOnAt(story.deadline('D6'), policy)).toBe('2026-11-09T15:20:00.000Z');
    answer(story, 'D6', 'area-oncall');
    expect(passedOnAt(story.deadline('D6'), policy)).toBeUndefined();
  });

  it('is not reminded of beside the calls, which reach everyone', () => {
    const story = opened().after('PT28M');
    const about = story.all('alert-requested').filter((alert) => isAbout(alert, story.deadline('D1').id));
    expect(about.map(({ checkpoint }) => checkpoint)).toEqual(['ring', 'ring', 'ring']);
    expect(story.deadline('D1').raised.map(({ kind }) => kind)).toEqual(['ring', 'ring', 'remind', 'ring', 'warn']);
  });

  it('is reminded of as ever once someone has it', () => {
    const story = opened();
    answer(story, 'D6', 'area-oncall').after('PT1H45M');
    const about = story.all('alert-requested').filter((alert) => isAbout(alert, story.deadline('D6').id));
    expect(about.map(({ kind, checkpoint }) => checkpoint ?? kind)).toEqual(['ring', 'alarm-over', 'remind', 'warn']);
  });
});

describe('every other duty of class now', () => {
  it.each([
    ['D3', 'at three quarters of its time', 9 * 60],
    ['D17', 'two hours before it is due, where less would be left', 2 * 60],
  ])('%s rings first %s', (rule, _, after) => {
    const story = opened({ lastAssaultAt: 'unknown' }).after('PT8H59M');
    if (rule === 'D3') expect(whenCalled(story, 'D3')).toEqual([]);
    story.after('PT2H');
    expect(whenCalled(story, rule)[0]).toBe(after);
  });

  it('is mailed at its opening, with the referral', () => {
    const told = opened()
      .all('alert-requested')
      .filter(({ kind }) => kind === 'referral-opened');
    expect(told.map(({ to }) => to)).toEqual([
      ['careline-supervisor', 'careline-worker', 'hart-liaison', 'area-oncall', 'caseworker'],
      ['hart-lead'],
    ]);
  });

  it('does not ring where its class is another', () => {
    const story = opened({ danger: 'no' }).after('PT30H');
    expect(whenCalled(story, 'D21')).toEqual([]);
    expect(whenCalled(story, 'D9')).toEqual([]);
  });
});

describe('a person who answers', () => {
  it('ends the calls', () => {
    const story = opened().after('PT11M');
    answer(story, 'D6', 'area-oncall/2').after('PT1H30M');
    expect(whenCalled(story, 'D6')).toEqual([0, 10]);
    expect(story.deadline('D6').ring).toMatchObject({ answered: { by: 'AREA-ONCALL.2' } });
    expect(isRinging(story.deadline('D6'))).toBe(false);
  });

  it('without naming a duty answers what they were called about; called about none, all that they may answer', () => {
    const story = opened({ missingNow: 'yes' }).do('answer-alarm', {}, 'area-oncall');
    expect(ringingIn(story.state).map(({ rule }) => rule)).toEqual(['D1', 'D12a', 'D12b']);
    story.do('answer-alarm', {}, 'careline-supervisor');
    expect(ringingIn(story.state).map(({ rule }) => rule)).toEqual(['D12a', 'D12b']);
    story.do('answer-alarm', {}, 'careline-supervisor');
    expect(ringingIn(story.state)).toEqual([]);
  });

  it.each([
    'area-oncall',
    'director-oncall',
    'careline-manager',
    'program-manager',
    'careline-supervisor',
    'area-director',
  ])('%s is in the line of D6 or supervises it', (as) => {
    expect(answer(opened(), 'D6', as).deadline('D6').ring?.answered?.by).toBe(as.toUpperCase());
  });

  it.each(['caseworker', 'legal', 'hart-lead'])('%s is not, and is told so', (as) => {
    const story = opened();
    expect(story.refused('answer-alarm', { deadlineId: story.deadline('D6').id }, as)).toBe('not-to-you');
  });

  it('second hears that another has the child, and who says it again that they have it', () => {
    const story = answer(opened(), 'D6', 'area-oncall');
    const deadlineId = story.deadline('D6').id;
    expect(story.refused('answer-alarm', { deadlineId }, 'director-oncall')).toBe('answered-already');
    const sentence = (as: string) => {
      const refusal = story.ask('answer-alarm', { deadlineId }, as);
      return isRefusal(refusal) ? refusal.sentence : '';
    };
    expect(sentence('director-oncall')).toMatch(
      /^Another person has been handling this since Mon Nov 9, 2026, 10:00 AM EST/,
    );
    expect(sentence('area-oncall')).toMatch(/^You have been handling this since Mon Nov 9, 2026, 10:00 AM EST/);
    expect(story.deadline('D6').ring?.answered?.by).toBe('AREA-ONCALL');
  });

  it('is refused where nothing rings, or no such duty is there', () => {
    const story = opened().do('start-response').do('classify-report', { track: 'information-only' });
    expect(story.refused('answer-alarm', {}, 'area-oncall')).toBe('nothing-rings');
    expect(story.refused('answer-alarm', { deadlineId: 'CR-NONE.D1.1' }, 'area-oncall')).toBe('no-such-deadline');
  });

  it('may acknowledge the call instead, or be reached by telephone', () => {
    const call = (story: Story) =>
      Object.values(story.state.alerts).findLast(
        (alert) => alert.checkpoint === 'ring' && isAbout(alert, story.deadline('D6').id),
      )?.id;
    const story = opened();
    story.do('acknowledge-alert', { alertId: call(story) }, 'area-oncall');
    expect(story.deadline('D6').ring?.answered?.by).toBe('AREA-ONCALL');
    const other = opened();
    other.do('record-alert-call', { alertId: call(other), group: 'area-oncall' }, 'careline-supervisor');
    expect(other.deadline('D6').ring?.answered?.by).toBe('CARELINE-SUPERVISOR');
  });

  it('who acknowledges a call of a round that is over answers nothing', () => {
    const story = opened();
    const alertId = Object.values(story.state.alerts).find(
      ({ to, checkpoint }) => checkpoint === 'ring' && to.includes('area-oncall'),
    )?.id;
    answer(story, 'D6', 'area-oncall').after('PT2H');
    expect(isRinging(story.deadline('D6'))).toBe(true);
    story.do('acknowledge-alert', { alertId }, 'area-oncall/2');
    expect(isRinging(story.deadline('D6'))).toBe(true);
  });
});

describe('a duty that is due and not done', () => {
  it('rings again though someone answered, with the director at once', () => {
    const story = answer(responseAlone(), 'D6', 'area-oncall').after('PT2H10M');
    expect(callsAbout(story, 'D6').slice(1)).toEqual([
      { after: 120, to: ['area-oncall first', 'director-oncall first'] },
      { after: 130, to: ['careline-manager first'] },
    ]);
    expect(story.deadline('D6').missed).toBe(true);
  });

  it('that rang all the while rings at its due instant, and counts anew from there', () => {
    const story = opened().after('PT55M');
    expect(whenCalled(story, 'D1')).toEqual([0, 10, 20, 30, 40, 50]);
    const late = opened().after('PT3H');
    const calls = whenCalled(late, 'D6');
    expect(calls).toContain(120);
    expect(calls.filter((after) => after > 120)).toEqual([130, 140, 150, 160, 170, 180]);
  });

  it('rings again at its escalation, where it was answered and still is not done', () => {
    const story = answer(opened(), 'D6', 'area-oncall').after('PT2H5M');
    answer(story, 'D6', 'director-oncall').after('PT24M');
    expect(isRinging(story.deadline('D6'))).toBe(false);
    story.after('PT1M');
    expect(isRinging(story.deadline('D6'))).toBe(true);
  });

  it('is never without a next call, less and less often after two hours, and at least once a day', () => {
    const story = opened().after('P10D');
    const calls = whenCalled(story, 'D6');
    const gaps = calls.slice(1).map((after, index) => after - (calls[index] ?? 0));
    expect(gaps.filter((gap) => gap <= 0 || gap > 24 * 60)).toEqual([]);
    expect(gaps.slice(0, 12)).toEqual(Array(12).fill(10));
    expect(gaps.slice(-3)).toEqual([1440, 1440, 1440]);
    expect(calls.length).toBeLessThan(60);
  });
});

describe('a report that is entered late', () => {
  it('rings once for everything that passed, with the director where the time is up', () => {
    const story = opened({ recordedAt: '2026-11-10T09:00:00.000Z' }).after('PT0S');
    for (const rule of ['D1', 'D3', 'D6']) {
      const [call, ...more] = callsAbout(story, rule);
      expect(more).toEqual([]);
      expect(call?.to).toContain('director-oncall first');
      expect(story.deadline(rule)).toMatchObject({ missed: true, status: 'open' });
    }
  });
});

describe('a round of calls that is over', () => {
  const over = (story: Story) => story.all('alert-requested').filter(({ kind }) => kind === 'alarm-over');

  it('is told to those of the calls, once, however it ended', () => {
    expect(over(answer(opened(), 'D6', 'director-oncall'))).toMatchObject([{ to: ['area-oncall'] }]);
    const kept = responseAlone().after('PT25M').do('start-response');
    expect(over(kept).slice(1)).toMatchObject([
      { to: ['area-oncall', 'director-oncall'], deadlineId: kept.deadline('D6').id },
    ]);
    const calm = lowerDanger(opened());
    expect(over(calm).map(({ deadlineId }) => deadlineId)).toEqual([calm.deadline('D6').id]);
    expect(over(calm.after('P1D').do('start-response'))).toHaveLength(1);
  });

  it('leaves its calls obsolete, and is obsolete itself once it rings again', () => {
    const story = responseAlone();
    const call = () => Object.values(story.state.alerts).findLast(({ checkpoint }) => checkpoint === 'ring');
    const first = call();
    if (!first) throw new Error('No call.');
    expect(isObsolete(first, story.state)).toBe(false);
    answer(story, 'D6', 'area-oncall');
    expect(isObsolete(first, story.state)).toBe(true);
    const told = Object.values(story.state.alerts).findLast(({ kind }) => kind === 'alarm-over');
    if (!told) throw new Error('No one was told.');
    expect(isObsolete(told, story.state)).toBe(false);
    story.after('PT2H');
    expect(isObsolete(first, story.state)).toBe(true);
    expect(isObsolete(told, story.state)).toBe(true);
  });
});

describe('a round of calls that begins soon after the one before', () => {
  const over = (story: Story) =>
    Object.values(story.state.alerts).filter(
      (alert) => alert.kind === 'alarm-over' && isAbout(alert, story.deadline('D6').id),
    );
  const twice = (between: string) => {
    const story = responseAlone({ danger: 'unknown' }).after('PT25M');
    answer(story, 'D6', 'area-oncall').after(between).do('assess-danger', { danger: 'yes' }).after('PT1M');
    return answer(story, 'D6', 'area-oncall/2');
  };

  it('ends with news to everyone who was called in either, because the first news may not have left', () => {
    const story = twice('PT5M');
    const [first, last] = over(story);
    if (!first || !last) throw new Error('No one was told.');
    expect(first.to).toEqual(['area-oncall', 'director-oncall']);
    expect(last.to).toEqual(['area-oncall', 'director-oncall']);
    expect(alertsBefore(last, story.state)).toHaveLength(4);
    expect([isObsolete(first, story.state), isObsolete(last, story.state)]).toEqual([true, false]);
  });

  it('ends with news to its own people where the first news had the time to leave', () => {
    const story = twice('PT20M');
    const [first, last] = over(story);
    if (!first || !last) throw new Error('No one was told.');
    expect(last.to).toEqual(['area-oncall']);
    expect([isObsolete(first, story.state), isObsolete(last, story.state)]).toEqual([false, false]);
  });
});

describe('danger and a child who is missing', () => {
  it('raised to yes opens the response again where none is open, also after one under unknown danger', () => {
    const story = opened({ danger: 'unknown' }).do('start-response').after('PT5H');
    story.do('assess-danger', { danger: 'yes' });
    expect(story.deadline('D6')).toMatchObject({ status: 'open', start: '2026-11-09T20:00:00.000Z' });
    expect(isRinging(story.deadline('D6'))).toBe(true);
  });

  it('raised to yes calls those again who had answered while no one knew', () => {
    const story = answer(opened({ danger: 'unknown' }), 'D6', 'area-oncall').after('PT5M');
    story.do('assess-danger', { danger: 'yes' });
    expect(whenCalled(story, 'D6')).toEqual([0, 5]);
  });

  it('raised makes the safe place ring by its class, and lifted stops the calls about it', () => {
    const story = opened({ danger: 'no' })
      .do('record-child-seen', { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'caseworker' })
      .do('assess-danger', { danger: 'yes' });
    const next = nextCheckpoint(story.deadline('D21'), story.state, policy);
    expect(Date.parse(next.at)).toBeLessThanOrEqual(Date.parse(story.deadline('D21').due));
    while (!isRinging(story.deadline('D21'))) story.after('PT15M');
    lowerDanger(story);
    expect(isRinging(story.deadline('D21'))).toBe(false);
    expect(story.all('alarm-stopped')).toContainEqual(
      expect.objectContaining({ deadlineId: story.deadline('D21').id }),
    );
  });

  it('are told at once to those who work on the referral', () => {
    const news = (story: Story) =>
      story.all('alert-requested').flatMap(({ kind }) => (/^(danger|child)-/.test(kind) ? [kind] : []));
    const story = opened({ danger: 'no' });
    expect(news(story)).toEqual([]);
    story.do('assess-danger', { danger: 'unknown' }).do('assess-danger', { danger: 'yes' });
    lowerDanger(story).do('report-missing').do('record-return');
    expect(news(story)).toEqual(['danger-raised', 'danger-raised', 'danger-lifted', 'child-missing', 'child-returned']);
  });
});

describe('a person who took the call', () => {
  it('keeps it until the duty is due, whatever warning comes before, and is called again once it is overdue', () => {
    // The evidence is of use for two hours more, and its warnings come within them.
    const story = opened({ lastAssaultAt: '2026-11-04T19:00:00.000Z', danger: 'no' });
    while (!isRinging(story.deadline('D17'))) story.after('PT5M');
    const { due } = story.deadline('D17');
    answer(story, 'D17', 'careline-supervisor');
    const taken = story.now;
    story.at(new Date(Date.parse(due) - 60_000).toISOString());
    expect(whenCalled(story, 'D17').filter((after) => began + after * 60_000 > Date.parse(taken))).toEqual([]);
  });

  it('by telephone before it rang is not called before it is due', () => {
    const story = opened({ perpetrators: ['third-party'] });
    story.do(
      'record-call',
      { deadlineId: story.deadline('D3').id, agencyId: 'PD-1', result: 'reached' },
      'careline-worker',
    );
    story.after('PT11H50M');
    expect(whenCalled(story, 'D3')).toEqual([]);
    story.after('PT15M');
    expect(whenCalled(story, 'D3')).toEqual([12 * 60]);
  });
});

describe('a duty of law that was missed', () => {
  const missed = (told: object) =>
    opened({ perpetrators: ['third-party'], danger: 'no', ...told })
      .do('classify-report', { track: 'information-only' })
      .after('PT12H10M');
  const look = (story: Story, now = story.now) => isRed(story.deadline('D3'), story.state, policy, now);

  it('calls no one any more where doing it helps no child, and is a line that is not red', () => {
    const story = missed({});
    expect(isRinging(story.deadline('D3'))).toBe(false);
    expect([story.deadline('D3').missed, look(story)]).toEqual([true, false]);
    const called = whenCalled(story, 'D3').length;
    expect(whenCalled(story.after('P2D'), 'D3')).toHaveLength(called);
    expect(story.deadline('D3').status).toBe('open');
    // Its people, and those above them, got mail of the miss.
    const told = story.all('alert-requested').filter((alert) => isAbout(alert, story.deadline('D3').id));
    expect(told.map(({ checkpoint }) => checkpoint)).toEqual(expect.arrayContaining(['due', 'escalate']));
    expect(told.filter(({ kind }) => kind === 'alarm-over')).toEqual([]);
  });

  it.each([
    ['danger is not ruled out', { danger: 'unknown' }],
    ['the child is in danger', { danger: 'yes' }],
    ['the child is missing', { missingNow: 'yes' }],
  ])('goes on calling, and is red, while %s', (_, told) => {
    const story = missed(told);
    expect([isRinging(story.deadline('D3')), look(story)]).toEqual([true, true]);
  });

  it('is red from two hours before it is due, and not before', () => {
    const story = opened({ perpetrators: ['third-party'], danger: 'no' });
    const at = (minutes: number) => look(story, new Date(began + minutes * 60_000).toISOString());
    expect([at(9 * 60), at(10 * 60 - 1), at(10 * 60), at(12 * 60 - 1)]).toEqual([false, false, true, true]);
  });

  it.each([
    ['is known', '2026-11-06T15:00:00.000Z', 'yes'],
    ['is not known', 'unknown', 'unknown'],
  ] as const)(
    'an exam is red no more once its window is over, where the time of the assault %s',
    (_, lastAssaultAt, danger) => {
      const story = opened({ danger, missingNow: 'no', lastAssaultAt });
      const red = () =>
        openDeadlines(story.state).filter((each) => each.rule === 'D17' && isRed(each, story.state, policy, story.now));
      story.after('P1DT20H');
      expect(red()).toHaveLength(1);
      story.after('P29D');
      expect([red(), ringingIn(story.state).filter(({ rule }) => rule === 'D17')]).toEqual([[], []]);
    },
  );
});

describe('the duties to report a missing child to police and NCMEC', () => {
  it('ring while the child is away, and call no one once the child is back: the law still asks for them', () => {
    const story = referral({ danger: 'no' }).run().after('PT1H').do('report-missing').after('PT2H');
    for (const rule of ['D12a', 'D12b']) {
      expect(whenCalled(story, rule).length).toBeGreaterThan(0);
      expect(alarmClassOf(story.deadline(rule), story.state, story.policy)).toBe('now');
    }
    const before = { D12a: whenCalled(story, 'D12a'), D12b: whenCalled(story, 'D12b') };
    story.do('record-return').after('P2D');
    for (const rule of ['D12a', 'D12b'] as const) {
      expect(whenCalled(story, rule)).toEqual(before[rule]);
      expect([story.deadline(rule).status, story.deadline(rule).missed]).toEqual(['open', true]);
      expect(alarmClassOf(story.deadline(rule), story.state, story.policy)).toBe('today');
    }
  });
});
