import { describe, expect, test } from 'vitest';
import { isRinging, nextRing } from '../../../shared/domain/alerts/alarms.ts';
import { isAbout } from '../../../shared/domain/alerts/alert-duties.ts';
import { describe as describeEvent } from '../../../shared/domain/audit/event-sentences.ts';
import { callsUnderWay } from '../../../shared/domain/calls/call-records.ts';
import { callQueue, callRows, callTimes, unansweredQueue } from '../../../shared/domain/calls/call-rows.ts';
import { callWordsOf } from '../../../shared/domain/calls/call-words.ts';
import { dutiesNow, holderOf, mayCall } from '../../../shared/domain/calls/calls.ts';
import { staff } from '../../../shared/domain/core/role-groups.ts';
import type { Role } from '../../../shared/domain/core/vocabulary.ts';
import { event } from '../../../shared/domain/events.ts';
import { evolve } from '../../../shared/domain/fold.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Told } from '../../support/referral-builder.ts';

const onCall = { personId: 'AREA-ONCALL' };

describe('the duties that call now', () => {
  test.each<readonly [string, Told, readonly string[]]>([
    ['a child in danger', { danger: 'yes' }, ['D1', 'D3', 'D4', 'D6', 'D21', 'D39']],
    [
      'a child in danger and missing',
      { danger: 'yes', missingNow: 'yes' },
      ['D1', 'D12a', 'D12b', 'D3', 'D4', 'D6', 'D21'],
    ],
    ['a child sold by a caregiver', { danger: 'yes', perpetrators: ['caregiver'] }, ['D1', 'D3', 'D6', 'D21', 'D39']],
    ['a child who is safe', { danger: 'no' }, ['D1', 'D3', 'D4']],
  ])('of %s', (_, told, rules) => {
    const { state } = referral(told).run();
    expect(
      dutiesNow(state, policy)
        .map(({ rule }) => rule)
        .toSorted(),
    ).toEqual([...rules].toSorted());
  });

  test('are open and ring with the first commit, before any run has started', () => {
    const told = { danger: 'yes', missingNow: 'yes' } as const;
    const [fresh, running] = [referral(told).state, referral(told).run().state];
    expect(fresh.seq).toBe(1);
    expect(dutiesNow(fresh, policy)).toEqual(dutiesNow(running, policy));
    expect(fresh.alerts).toEqual(running.alerts);
  });

  test('have words of their own, and none is about the child', () => {
    const duties = policy.deadlines.filter(({ alarm }) => alarm.class === 'now' || alarm.inDanger === 'now');
    const without = duties.filter((rule) => callWordsOf(rule, { missing: true }).ask.startsWith('Please see to this'));
    expect(without.map(({ id }) => id)).toEqual([]);
  });
});

describe('a call', () => {
  const inDanger = () => referral({ danger: 'yes' }).run();
  const toSee = (story: ReturnType<typeof inDanger>) => ({ deadlineId: story.deadline('D6').id });

  test('that reached the area office on call is on record, and their mail is acknowledged', () => {
    const story = inDanger();
    story.do(
      'record-call',
      { ...toSee(story), ...onCall, result: 'reached', notes: 'She drives now.' },
      'careline-worker',
    );
    const [call] = story.all('call-recorded');
    expect(call).toMatchObject({ ...toSee(story), ...onCall, result: 'reached', at: story.now });
    expect(call?.notes).toMatch(/\.T\d+$/);
    const acknowledged = story.all('alert-acknowledged');
    expect(
      acknowledged.every(({ calledAt, groups }) => calledAt === story.now && groups?.join() === 'area-oncall'),
    ).toBe(true);
    const kinds = acknowledged
      .map(({ alertId }) => story.state.alerts[alertId])
      .map((alert) => alert?.checkpoint ?? alert?.kind);
    expect(kinds.toSorted()).toEqual(['referral-opened', 'ring']);
    expect(story.deadline('D6').status).toBe('open');
  });

  test('that reached them answers the alarm: they have the child, and no one else is called', () => {
    const story = inDanger();
    expect(isRinging(story.deadline('D6'))).toBe(true);
    story.do('record-call', { ...toSee(story), ...onCall, result: 'reached' }, 'careline-worker');
    expect(isRinging(story.deadline('D6'))).toBe(false);
    expect(holderOf(story.deadline('D6'), story.state)).toEqual({ id: 'AREA-ONCALL', since: story.now });
    expect(story.all('alert-requested').filter(({ kind }) => kind === 'alarm-over')).toHaveLength(1);
  });

  test('that reached the police leaves the duty with the caller, who records the notice', () => {
    const story = referral({ danger: 'yes', missingNow: 'yes' }).run();
    const deadlineId = story.deadline('D12a').id;
    story.do('record-call', { deadlineId, agencyId: 'PD-1', result: 'reached' }, 'careline-worker');
    expect(holderOf(story.deadline('D12a'), story.state)?.id).toBe('CARELINE-WORKER');
    expect(story.deadline('D12a').status).toBe('open');
  });

  test('that reached someone before it rang counts until the duty is due, and then it rings', () => {
    const story = inDanger();
    const deadlineId = story.deadline('D3').id;
    story.do('record-call', { deadlineId, agencyId: 'PD-1', result: 'reached' }, 'careline-worker');
    expect(holderOf(story.deadline('D3'), story.state)?.id).toBe('CARELINE-WORKER');
    story.after('PT10H');
    expect(holderOf(story.deadline('D3'), story.state)?.id).toBe('CARELINE-WORKER');
    story.after('PT2H5M');
    expect(holderOf(story.deadline('D3'), story.state)).toBeUndefined();
  });

  test('without an answer acknowledges nothing', () => {
    const story = inDanger();
    story.do('record-call', { ...toSee(story), ...onCall, result: 'no-answer' }, 'careline-worker');
    expect(story.all('alert-acknowledged')).toEqual([]);
  });

  test('can be the very first act on a referral, whose clocks it opens', () => {
    const story = referral({ danger: 'yes' });
    const deadlineId = `${story.state.id}.D6.1`;
    expect(story.refused('record-call', { deadlineId, ...onCall, result: 'no-answer' }, 'careline-worker')).toBe(
      'accepted',
    );
    expect(story.state.deadlines[deadlineId]?.status).toBe('open');
  });

  test('to the police keeps no notice: that needs the agency, the reference and the person', () => {
    const story = inDanger();
    const deadlineId = story.deadline('D3').id;
    story.do('record-call', { deadlineId, agencyId: 'PD-1', result: 'reached' }, 'careline-worker');
    expect(story.deadline('D3').status).toBe('open');
  });

  test.each([
    ['of no deadline', { deadlineId: 'CR-7F3KD-9QXMT2.D99.1', ...onCall }, 'careline-worker', 'no-such-deadline'],
    ['with neither a person nor an agency', {}, 'careline-worker', 'which-callee'],
    ['with both a person and an agency', { ...onCall, agencyId: 'PD-1' }, 'careline-worker', 'which-callee'],
    ['with a person who is not in the directory', { personId: 'NO-ONE' }, 'careline-worker', 'no-such-person'],
    ['with an agency, about the response', { agencyId: 'PD-1' }, 'careline-worker', 'agency-not-asked'],
    ['with oneself', { personId: 'CARELINE-WORKER' }, 'careline-worker', 'call-with-yourself'],
    ['by a lawyer, about the response', onCall, 'legal', 'not-your-duty'],
    ['dated tomorrow', { ...onCall, at: '2026-11-10T15:30:00Z' }, 'careline-worker', 'in-the-future'],
    ['by the director on call', onCall, 'director-oncall', 'accepted'],
    ['by the program manager', onCall, 'program-manager', 'accepted'],
  ] as const)('%s', (_, input, as, answer) => {
    const story = inDanger();
    expect(story.refused('record-call', { ...toSee(story), result: 'reached', ...input }, as)).toBe(answer);
  });

  test('about a finished duty is refused with its result', () => {
    const story = inDanger();
    story.do('start-response', {}, 'area-oncall');
    expect(
      story.ask('record-call', { ...toSee(story), ...onCall, result: 'reached' }, 'careline-worker'),
    ).toMatchObject({
      refused: 'duty-settled',
      sentence: 'This duty is done, so no one needs to be called about it.',
    });
  });

  test('with a person outside the seal is answered as with one who is not there', () => {
    const story = inDanger();
    const forPeople = ['CARELINE-WORKER', 'CARELINE-SUPERVISOR', 'CARELINE-SUPERVISOR.2'];
    story.do(
      'seal-referral',
      { because: 'workers-family', forPeople, reason: 'Her aunt works here.' },
      'careline-supervisor',
    );
    const call = { ...toSee(story), result: 'reached' };
    const [unnamed, unknown] = [onCall, { personId: 'NO-ONE' }].map((callee) =>
      story.ask('record-call', { ...call, ...callee }, 'careline-worker'),
    );
    expect(unnamed).toEqual(unknown);
  });

  test('is a sentence of the audit, without what was noted', () => {
    const story = inDanger();
    story.do('record-call', { ...toSee(story), ...onCall, result: 'no-answer', notes: 'It rang.' }, 'careline-worker');
    const [call] = story.all('call-recorded');
    expect(call && describeEvent(call, story.state, policy)).toBe(
      'Start the response: go to the child (rule D6): no answer from AREA-ONCALL, Mon Nov 9, 2026, 10:00 AM EST',
    );
  });
});

describe('a call that someone is on', () => {
  const at = '2026-11-09T15:00:00Z';
  const lease = { deadlineId: 'D', result: 'calling', personId: 'P-1', at, by: 'P-ME' } as const;
  const then = (result: 'reached' | 'no-answer', more: object = {}) => ({ ...lease, result, ...more }) as const;

  test.each([
    ['is seen by others', [lease], '2026-11-09T15:09:59Z', 1],
    ['is over after ten minutes without a result', [lease], '2026-11-09T15:10:00Z', 0],
    ['is over with its result', [lease, then('no-answer')], at, 0],
    ['is not over with the result of another person', [lease, then('no-answer', { by: 'P-YOU' })], at, 1],
    ['is not over with the result of another call', [lease, then('no-answer', { personId: 'P-2' })], at, 1],
  ] as const)('%s', (_, calls, now, count) => {
    expect(callsUnderWay(calls, now)).toHaveLength(count);
  });
});

describe('who may call about a duty', () => {
  const roles = (rule: string): readonly Role[] =>
    staff.filter((role) => mayCall([role], { rule }, { response: {} }, policy));
  test('Careline staff call about every duty', () => {
    for (const { id } of policy.deadlines)
      for (const role of ['careline-worker', 'careline-supervisor', 'careline-manager'] as const)
        expect(roles(id)).toContain(role);
  });
  test.each([
    ['D6', ['area-oncall', 'director-oncall', 'area-supervisor', 'program-manager']],
    ['D3', ['hart-liaison', 'area-director', 'hart-director', 'director-oncall', 'hart-lead', 'program-manager']],
    ['D11', ['legal', 'area-director', 'aag-liaison', 'director-oncall', 'program-manager']],
  ] as const)('about %s also those it is asked of, those it goes on to, and their supervisors', (rule, others) => {
    const careline = ['careline-worker', 'careline-supervisor', 'careline-manager'];
    expect(roles(rule).toSorted()).toEqual([...careline, ...others].toSorted());
  });
});

describe('the head of the queue', () => {
  test('has a row for each duty that calls now, until a person has it', () => {
    const story = referral({ danger: 'yes', perpetrators: ['caregiver'] }).run();
    const listed = () =>
      callRows(story.state, policy).flatMap(({ queue, rule = '' }) => (queue === callQueue ? [rule] : []));
    expect(listed()).toEqual(['D1', 'D6', 'D39', 'D3', 'D21']);
    story.do('record-call', { deadlineId: story.deadline('D6').id, ...onCall, result: 'reached' }, 'careline-worker');
    expect(listed()).toEqual(['D1', 'D39', 'D3', 'D21']);
    story.do('classify-report', { track: 'information-only' });
    expect(listed()).toEqual(['D39', 'D3', 'D21']);
  });

  test('says of each for the watchdog when people were called last, and when they are called next', () => {
    const story = referral({ danger: 'yes' }).run();
    const listed = () =>
      callRows(story.state, policy).flatMap(({ queue, rule, calledAt, callsAt }) =>
        queue === callQueue && rule === 'D6' ? [[calledAt, callsAt]] : [],
      );
    const opened = story.now;
    const later = (minutes: number) => new Date(Date.parse(opened) + minutes * 60_000).toISOString();
    const next = nextRing(story.deadline('D6'), story.state, policy) ?? '';
    expect(listed()).toEqual([[opened, next]]);
    expect(Date.parse(next)).toBeGreaterThan(Date.parse(opened));
    story.after('PT1H');
    const [[calledAt = '', callsAt = ''] = []] = listed();
    expect(calledAt > opened && calledAt <= later(60)).toBe(true);
    expect(callsAt > calledAt).toBe(true);
    expect((callTimes(story.state, policy).callsAt ?? '') <= callsAt).toBe(true);
    story.do('answer-alarm', { deadlineId: story.deadline('D6').id }, 'director-oncall');
    expect(listed()).toEqual([]);
  });

  test('says on every page that no one has answered, once everyone in line was called in vain', () => {
    const story = referral({ danger: 'yes' }).run();
    const unanswered = () =>
      callRows(story.state, policy).flatMap(({ queue, rule = '' }) => (queue === unansweredQueue ? [rule] : []));
    story.after('PT39M');
    expect(unanswered()).toEqual([]);
    story.after('PT1M');
    expect(unanswered()).toContain('D6');
    story.do('answer-alarm', { deadlineId: story.deadline('D6').id }, 'director-oncall');
    expect(unanswered()).not.toContain('D6');
  });

  test('says so at once where the urgent mail reaches no one', () => {
    const story = referral({ danger: 'yes' }).run();
    const ring = Object.values(story.state.alerts).find(({ checkpoint }) => checkpoint === 'ring');
    const frame = { seq: 99, at: story.now, actor: { kind: 'function', id: 'send-alerts' } } as const;
    const unreachable = event('alert-unreachable', { alertId: ring?.id ?? '', groups: [...(ring?.to ?? [])] });
    const state = evolve(story.state, unreachable, frame, story.state.id);
    expect(callRows(state, policy)).toContainEqual(expect.objectContaining({ queue: unansweredQueue, rule: 'D6' }));
  });
});

describe('a child that a person has', () => {
  const held = () => {
    const story = referral({ danger: 'yes' }).run();
    const deadlineId = story.deadline('D6').id;
    story.do('record-call', { deadlineId, ...onCall, result: 'reached' }, 'careline-worker').after('PT5M');
    return { story, deadlineId };
  };
  const rings = (story: ReturnType<typeof held>['story']) =>
    Object.values(story.state.alerts).filter(
      (alert) => alert.checkpoint === 'ring' && isAbout(alert, story.deadline('D6').id),
    );
  const back = { releaseReason: 'wrong-tap' };

  test.each([
    ['the holder', 'area-oncall'],
    ['the one who recorded it', 'careline-worker'],
    ['another person who may answer', 'director-oncall'],
    ['the Careline supervisor', 'careline-supervisor'],
  ])('is given back by %s, and the next person is called at once', (_, as) => {
    const { story, deadlineId } = held();
    const before = rings(story).length;
    story.do('release-alarm', { deadlineId, ...back }, as);
    expect(isRinging(story.deadline('D6'))).toBe(true);
    expect(holderOf(story.deadline('D6'), story.state)).toBeUndefined();
    expect(rings(story)).toHaveLength(before + 1);
    expect(rings(story).at(-1)?.calls).toContainEqual({ to: 'area-oncall', turn: 'both', deadlineIds: [deadlineId] });
    const callsAt = nextRing(story.deadline('D6'), story.state, policy);
    expect(Date.parse(callsAt ?? '') - Date.parse(story.now)).toBe(600_000);
    story.after('PT10M');
    expect(rings(story).at(-1)?.to).toContain('director-oncall');
  });

  test('is given back with one code of a reason, which the audit says', () => {
    const { story, deadlineId } = held();
    story.do('release-alarm', { deadlineId, releaseReason: 'cannot-do-it' }, 'area-oncall');
    const [released] = story.all('alarm-released');
    expect(released && describeEvent(released, story.state, policy)).toMatch(
      /no one is handling this \(cannot do it\)/,
    );
  });

  test('tells the former holder, unless it is they who give it back', () => {
    const told = (as: string) => {
      const { story, deadlineId } = held();
      story.do('release-alarm', { deadlineId, ...back }, as);
      return story.all('alert-requested').filter(({ kind }) => kind === 'holder-changed');
    };
    expect(told('director-oncall')).toMatchObject([{ people: ['AREA-ONCALL'], to: [] }]);
    expect(told('area-oncall')).toEqual([]);
  });

  test.each([
    ['by a lawyer', 'legal', 'not-to-you'],
    ['by another worker of the Careline, who neither recorded it nor may answer', 'careline-worker/2', 'not-to-you'],
  ] as const)('is not given back %s', (_, as, code) => {
    const { story, deadlineId } = held();
    expect(story.refused('release-alarm', { deadlineId, ...back }, as)).toBe(code);
  });

  test('cannot be given back where no one has it, or the duty is done', () => {
    const { story, deadlineId } = held();
    story.do('release-alarm', { deadlineId, ...back }, 'area-oncall');
    expect(story.refused('release-alarm', { deadlineId, ...back }, 'area-oncall')).toBe('no-one-has-it');
    story.do('start-response', {}, 'area-oncall');
    expect(story.refused('release-alarm', { deadlineId, ...back }, 'area-oncall')).toBe('no-one-has-it');
  });

  test('reached before the alarm rings is given back as well: it rings at once', () => {
    const story = referral({ danger: 'yes' }).run();
    const deadlineId = story.deadline('D3').id;
    story.do('record-call', { deadlineId, agencyId: 'PD-1', result: 'reached' }, 'careline-worker');
    expect(isRinging(story.deadline('D3'))).toBe(false);
    story.do('release-alarm', { deadlineId, ...back }, 'careline-worker');
    expect(isRinging(story.deadline('D3'))).toBe(true);
  });

  test('given back after its duty was due rings with the director at once', () => {
    const story = referral({ danger: 'yes' }).run().after('PT2H');
    const deadlineId = story.deadline('D6').id;
    story.do('answer-alarm', { deadlineId }, 'area-oncall').after('PT5M');
    story.do('release-alarm', { deadlineId, ...back }, 'area-oncall');
    expect(rings(story).at(-1)?.to).toEqual(expect.arrayContaining(['area-oncall', 'director-oncall']));
  });

  test('rings again where the holder later does not answer their telephone', () => {
    const { story, deadlineId } = held();
    story.do('record-call', { deadlineId, ...onCall, result: 'no-answer' }, 'careline-worker');
    expect(isRinging(story.deadline('D6'))).toBe(true);
    expect(story.all('alarm-released')).toMatchObject([{ because: 'does-not-answer' }]);
    const other = held();
    other.story.do(
      'record-call',
      { deadlineId: other.deadlineId, personId: 'DIRECTOR-ONCALL', result: 'no-answer' },
      'careline-worker',
    );
    expect(isRinging(other.story.deadline('D6'))).toBe(false);
  });

  test('is taken over by another person who may answer: they have it, and the first one is told', () => {
    const { story, deadlineId } = held();
    story.do('answer-alarm', { deadlineId, insteadOf: 'AREA-ONCALL' }, 'director-oncall');
    expect(holderOf(story.deadline('D6'), story.state)).toEqual({ id: 'DIRECTOR-ONCALL', since: story.now });
    expect(isRinging(story.deadline('D6'))).toBe(false);
    expect(story.all('alert-requested').filter(({ kind }) => kind === 'holder-changed')).toMatchObject([
      { people: ['AREA-ONCALL'], to: [] },
    ]);
  });

  test.each([
    ['from a person who does not have it', { insteadOf: 'AREA-ONCALL.2' }, 'director-oncall', 'holder-changed'],
    ['by one who may not answer', { insteadOf: 'AREA-ONCALL' }, 'legal', 'not-to-you'],
    ['from oneself', { insteadOf: 'AREA-ONCALL' }, 'area-oncall', 'answered-already'],
    ['without the name of the other person', {}, 'director-oncall', 'answered-already'],
  ] as const)('is not taken over %s', (_, more, as, code) => {
    const { story, deadlineId } = held();
    expect(story.refused('answer-alarm', { deadlineId, ...more }, as)).toBe(code);
  });
});
