/** The child is seen: a response that has begun is not a child who was seen (docs/domain.md#child-seen). */
import { describe, expect, it } from 'vitest';
import { commandNamed } from '../../../shared/domain/commands.ts';
import { aloneAnswers } from '../../../shared/domain/core/vocabulary.ts';
import { ruleIn } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Told } from '../../support/referral-builder.ts';

const safe: Told = { danger: 'no', missingNow: 'no' };
const seen = { sighting: 'seen', seenBy: 'caseworker', seenAlone: 'seen-alone' };
const tried = { sighting: 'attempted', seenBy: 'area-oncall', seenAlone: undefined };

describe('the child is to be seen', () => {
  it.each([
    ['in no danger', 'no', '2026-11-09T15:00:00Z', '2026-11-10T15:00:00Z', 'today'],
    ['on a Friday night: weekends count', 'no', '2026-11-14T03:30:00Z', '2026-11-15T03:30:00Z', 'today'],
    ['before Thanksgiving: holidays count', 'no', '2026-11-25T20:00:00Z', '2026-11-26T20:00:00Z', 'today'],
    ['over the change to daylight time', 'no', '2026-03-08T04:30:00Z', '2026-03-09T04:30:00Z', 'today'],
    ['over the change to standard time', 'no', '2026-11-01T03:30:00Z', '2026-11-02T03:30:00Z', 'today'],
    ['in danger', 'yes', '2026-11-09T15:00:00Z', '2026-11-09T17:00:00Z', 'now'],
    ['whose danger is not ruled out', 'unknown', '2026-11-09T15:00:00Z', '2026-11-09T17:00:00Z', 'now'],
  ])('%s (%s), reported %s: by %s', (_, danger, receivedAt, due) => {
    const story = referral({ danger, receivedAt, recordedAt: receivedAt } as Told).run();
    expect(Date.parse(story.deadline('D39').due)).toBe(Date.parse(due));
  });

  it('is of class now in danger, and else of class today', () => {
    expect(ruleIn(connecticut20261, 'D39')).toMatchObject({
      kind: 'policy',
      confidence: 'assumed',
      alert: ['caseworker', 'area-oncall'],
      escalate: ['area-director'],
      closing: 'waits',
      alarm: { class: 'today', inDanger: 'now' },
    });
  });

  it('is due two hours after danger was raised, and no later than before', () => {
    const story = referral(safe).run().after('PT1H').do('assess-danger', { danger: 'yes' });
    expect(story.deadline('D39').due).toBe('2026-11-09T18:00:00Z');
  });

  it('opens for a missing child with the return, once', () => {
    const story = referral({ danger: 'no', missingNow: 'yes' }).run();
    expect(story.open()).not.toContain('D39');
    story.after('PT5H').do('record-return');
    expect(story.deadline('D39')).toMatchObject({ start: story.now, due: '2026-11-10T20:00:00Z' });
    story.do('record-child-seen', seen).after('P1D').do('report-missing').after('P1D').do('record-return');
    expect(story.open()).not.toContain('D39');
  });
});

describe('a child who goes missing before being seen', () => {
  const away = () => referral({ danger: 'yes', missingNow: 'no' }).run().after('PT30M').do('report-missing');

  it('ends the clock without a call, and the return opens it anew', () => {
    const story = away();
    const [first] = Object.values(story.state.deadlines).filter(({ rule }) => rule === 'D39');
    expect(first).toMatchObject({ status: 'ended', endedBecause: 'superseded' });
    story.after('P1D');
    expect(story.open()).not.toContain('D39');
    expect(story.state.deadlines[first?.id ?? '']).toMatchObject({ missed: false, raised: [] });
    story.do('record-return');
    expect(story.deadline('D39')).toMatchObject({ status: 'open', start: story.now, startedBy: 'first-return' });
    expect(Date.parse(story.deadline('D39').due) - Date.parse(story.now)).toBe(2 * 3_600_000);
  });

  it('was not seen during the absence, and an earlier sighting keeps nothing of the return', () => {
    const story = away().after('P1D').do('record-return').after('PT1H');
    const { start } = story.deadline('D39');
    const at = (instant: string) => story.refused('record-child-seen', { ...seen, at: instant });
    expect(at('2026-11-10T15:29:00Z')).toBe('seen-while-missing');
    expect(at('2026-11-09T15:30:00Z')).toBe('seen-while-missing');
    story.do('record-child-seen', { ...seen, at: '2026-11-09T15:10:00Z' });
    expect(story.deadline('D39').status).toBe('open');
    story.do('record-child-seen', { ...seen, at: start });
    expect(story.deadline('D39').status).toBe('kept');
  });

  it('is not asked for by a report that is merged during the absence, and is at the return', () => {
    const again = referral({ danger: 'no', missingNow: 'no', receivedAt: '2026-11-12T15:00:00.000Z' }).run();
    const story = referral(safe).run().do('record-child-seen', seen).after('P1D').do('report-missing');
    story.at(again.now).takesIn(again.state);
    expect(story.open()).not.toContain('D39');
    story.after('P1D').do('record-return');
    expect(story.deadline('D39')).toMatchObject({ status: 'open', start: story.now, startedBy: 'first-return' });
  });

  it('is asked for at the return, where a report was merged before and another report had seen the child', () => {
    const again = referral({ danger: 'no', missingNow: 'no', receivedAt: '2026-11-12T15:00:00.000Z' }).run();
    const story = referral(safe).run().do('record-child-seen', seen);
    story.at(again.now).takesIn(again.state);
    expect(story.deadline('D39')).toMatchObject({ status: 'open', startedBy: 'report-merged' });
    story.after('PT1H').do('report-missing');
    expect(story.open()).not.toContain('D39');
    story.after('P1D').do('record-return');
    expect(story.deadline('D39')).toMatchObject({ status: 'open', start: story.now });
  });

  it('is to be seen after a merge that is undone, if the child returned meanwhile', () => {
    const other = 'CR-0THER-0NE000';
    const merged = () =>
      referral({ ...safe, missingNow: 'yes', candidates: [other] })
        .run()
        .do('answer-duplicate', { answer: 'same-child-open', of: other })
        .after('PT1H');
    const story = merged().do('record-return');
    const { now: returned } = story;
    story.after('PT1H').do('undo-merge');
    expect(story.deadline('D39')).toMatchObject({ status: 'open', start: returned });
    expect(merged().do('undo-merge').open()).not.toContain('D39');
  });
});

describe('it is kept', () => {
  it('by the child who was seen, with the role of the person and the time', () => {
    const story = referral(safe)
      .run()
      .after('PT3H')
      .do('record-child-seen', { ...seen, at: '2026-11-09T17:00:00Z' });
    expect(story.deadline('D39')).toMatchObject({ status: 'kept', keptAt: '2026-11-09T17:00:00.000Z', late: false });
    expect(story.state.response.childSeen).toEqual({
      sighting: 'seen',
      seenBy: 'caseworker',
      seenAlone: 'seen-alone',
      at: '2026-11-09T17:00:00.000Z',
    });
  });

  it('not by a response that has begun, nor by an attempt', () => {
    const story = referral(safe).run().do('start-response').do('record-child-seen', tried);
    expect(story.deadline('D39').status).toBe('open');
    expect(story.state.response.childSeen).toMatchObject({ sighting: 'attempted', seenBy: 'area-oncall' });
    story.do('record-child-seen', seen);
    expect(story.deadline('D39').status).toBe('kept');
  });

  describe('and the response too, where a person of the department saw the child', () => {
    const danger = () => referral({ danger: 'yes' }).run().after('PT3H');
    const at = '2026-11-09T16:50:00.000Z';

    it.each(['caseworker', 'area-oncall', 'hart-liaison'])('%s: no one is called about it any more', (seenBy) => {
      const story = danger().do('record-child-seen', { ...seen, seenBy, at });
      expect(story.deadline('D6')).toMatchObject({ status: 'kept', keptAt: at, late: false });
      expect(story.all('response-started')).toMatchObject([{ at }]);
      expect(
        referral(safe)
          .run()
          .do('record-child-seen', { ...seen, seenBy })
          .deadline('D7').status,
      ).toBe('kept');
    });

    it.each(['police', 'medical', 'other'])(
      'and not where the %s did: a person of the department still goes',
      (seenBy) => {
        const story = danger().do('record-child-seen', { ...seen, seenBy, at });
        expect([story.deadline('D39').status, story.deadline('D6').status]).toEqual(['kept', 'open']);
      },
    );

    it('once: a response that had begun is not begun again', () => {
      const story = danger().do('start-response', { at }).do('record-child-seen', seen);
      expect(story.all('response-started')).toHaveLength(1);
    });

    it('and none for a danger that was said after the child was seen', () => {
      const story = referral(safe).run().after('PT1H').do('assess-danger', { danger: 'yes' }, 'caseworker');
      story.after('PT10M').do('record-child-seen', { ...seen, at: '2026-11-09T15:30:00.000Z' });
      expect(story.deadline('D6').status).toBe('open');
      expect(story.do('record-child-seen', seen).deadline('D6').status).toBe('kept');
    });
  });

  it('and a later attempt takes nothing back', () => {
    const story = referral(safe).run().do('record-child-seen', seen).do('record-child-seen', tried);
    expect(story.state.response.childSeen).toMatchObject(seen);
  });

  it('no more once a wrong entry is taken back: the duty runs again from where it began', () => {
    const story = referral(safe).run().after('PT1H').do('record-child-seen', seen).after('PT4H');
    story.do('record-child-seen', { sighting: 'not-seen', seenBy: 'caseworker', seenAlone: undefined });
    expect(story.state.response.childSeen).toBeUndefined();
    expect(story.deadline('D39')).toMatchObject({ status: 'open', start: '2026-11-09T15:00:00.000Z' });
    expect(story.deadline('D39').due).toBe('2026-11-10T15:00:00Z');
    expect(story.open()).toContain('D7');
    story.do('record-child-seen', seen);
    expect(story.open()).not.toContain('D39');
  });

  it('late after its due instant', () => {
    const story = referral(safe).run().after('P1DT1H').do('record-child-seen', seen);
    expect(story.deadline('D39')).toMatchObject({ status: 'kept', late: true });
  });
});

it.each([
  ['of a child who is missing', { missingNow: 'yes' }, {}, 'seen-while-missing'],
  ['before the report', safe, { at: '2026-11-08T15:00:00Z' }, 'before-the-report'],
  ['in the future', safe, { at: '2026-11-10T15:00:00Z' }, 'in-the-future'],
  ['where there is nothing to take back', safe, { sighting: 'not-seen', seenAlone: undefined }, 'not-seen-yet'],
] as const)('is refused %s', (_, told, more, code) => {
  expect(
    referral(told)
      .run()
      .refused('record-child-seen', { ...seen, ...more }),
  ).toBe(code);
});

it('an attempt to see a missing child is recorded', () => {
  expect(referral({ missingNow: 'yes' }).run().refused('record-child-seen', tried)).toBe('accepted');
});

it('rings only once most of its two hours are over, because the response has rung already', () => {
  const story = referral({ danger: 'yes' }).run();
  const calls = () =>
    story.all('checkpoint-raised').filter(({ deadlineId, kind }) => kind === 'ring' && deadlineId.includes('.D39.'));
  expect(calls()).toEqual([]);
  story.after('PT1H29M');
  expect(calls()).toEqual([]);
  story.after('PT1M');
  expect(calls()).toHaveLength(1);
});

it('closing waits for it', () => {
  expect(referral(safe).run().unmet().join(' ')).toContain('D39');
});

describe('whether the child was seen alone', () => {
  it.each(aloneAnswers)('stands as recorded with the sighting: %s', (seenAlone) => {
    const story = referral(safe)
      .run()
      .do('record-child-seen', { ...seen, seenAlone });
    expect(story.state.response.childSeen).toMatchObject({ sighting: 'seen', seenBy: 'caseworker', seenAlone });
  });

  it.each([
    ['a sighting that does not say it', { ...seen, seenAlone: undefined }, 'seen-alone-unsaid'],
    ['an attempt that says it', { ...tried, seenAlone: 'seen-alone' }, 'seen-alone-unasked'],
  ])('%s is refused: no default decides', (_, input, refusal) => {
    expect(referral(safe).run().refused('record-child-seen', input)).toBe(refusal);
  });

  it('is said of the last sighting alone, and a wrong entry takes it along', () => {
    const story = referral(safe)
      .run()
      .do('record-child-seen', { ...seen, seenAlone: 'caregiver-stayed' });
    story.after('PT1H').do('record-child-seen', { ...seen, seenAlone: 'seen-alone' });
    expect(story.state.response.childSeen?.seenAlone).toBe('seen-alone');
    story.do('record-child-seen', { sighting: 'not-seen', seenBy: 'caseworker', seenAlone: undefined });
    expect(story.state.response.childSeen).toBeUndefined();
  });

  it('is asked of a return interview, and of an interview that was held before', () => {
    const back = referral({ danger: 'no', missingNow: 'yes' }).run().after('PT5H').do('record-return').after('PT1H');
    expect(commandNamed('record-debrief').input.safeParse({ learned: 'In her own words.' }).success).toBe(false);
    back.do('record-debrief', { seenAlone: 'no-private-place' });
    expect(back.state.missing.absences.at(-1)).toMatchObject({ seenAlone: 'no-private-place' });
    const held = { answer: 'held-already' };
    const story = referral(safe).run().screen('high-risk');
    expect(story.refused('settle-interview', { ...held, seenAlone: undefined })).toBe('seen-alone-unsaid');
    story.do('settle-interview', { ...held, seenAlone: 'other-adult-stayed' });
    expect(story.state.response.interviewHeld).toEqual({ saidAt: story.now, seenAlone: 'other-adult-stayed' });
  });

  it("is asked of no provider's attempt to reach the child", () => {
    expect(Object.keys(commandNamed('record-contact').input.shape)).not.toContain('seenAlone');
  });
});
