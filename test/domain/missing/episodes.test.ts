/**
 * Each time a child is missing is an episode of its own. Its notices, its return interview and its screening are due
 * for itself.
 */
import { describe, expect, it } from 'vitest';
import { stepsThatWaitOn } from '../../../shared/application/read/shown-next-steps.ts';
import { boardRow } from '../../../shared/domain/board/board-row.ts';
import { boardRows } from '../../../shared/domain/board/board-rows.ts';
import { conditionsOfClosure } from '../../../shared/domain/closure/conditions-of-closure.ts';
import { lineOf } from '../../../shared/domain/missing/return-rows.ts';
import { visitor } from '../../support/desk.ts';
import { referral, type Story } from '../../support/referral-builder.ts';

const police = { covers: ['missing'], agencyId: 'PD-HARTFORD', method: 'phone' };
const of = (story: Story, wanted: string) =>
  Object.values(story.state.deadlines)
    .filter(({ rule }) => rule === wanted)
    .map(({ status }) => status);
const undone = (story: Story) =>
  boardRows(story.state, story.policy)
    .filter(({ kind }) => kind === 'return')
    .map((row) => lineOf(boardRow.parse(row), story.now).undone);

/** Missing at the report, back after an hour, missing again an hour later. No agency was told of the first. */
const goneTwice = () =>
  referral({ missingNow: 'yes' }).run().after('PT1H').do('record-return').after('PT1H').do('report-missing');
/** And back after another hour, without a return interview after either. */
const backTwice = () => goneTwice().after('PT1H').do('record-return');

describe('a second disappearance', () => {
  it('has its own hour for the police and for the national center, though those of the first are still open', () => {
    const story = goneTwice();
    for (const rule of ['D12a', 'D12b']) {
      expect(of(story, rule)).toEqual(['open', 'open']);
      expect(story.deadline(rule).due).toBe('2026-11-09T18:00:00Z');
    }
  });

  it('is not told of by a notice that was given before it', () => {
    const story = goneTwice().do('notify-police', { ...police, at: '2026-11-09T15:30:00Z' });
    expect(of(story, 'D12a')).toEqual(['kept', 'open']);
  });

  it('has its own notice where the notice names the episode', () => {
    const story = goneTwice()
      .do('notify-police', { ...police, episode: 2 })
      .do('notify-ncmec', { method: 'phone', episode: 2 });
    for (const rule of ['D12a', 'D12b']) expect(of(story, rule)).toEqual(['open', 'kept']);
    expect(story.refused('notify-ncmec', { method: 'phone', episode: 3 })).toBe('no-such-episode');
    expect(story.refused('notify-police', { ...police, episode: 3 })).toBe('no-such-episode');
  });

  it('shares a notice with the first where the notice came after both began and names none', () => {
    expect(of(goneTwice().do('notify-police', police), 'D12a')).toEqual(['kept', 'kept']);
  });
});

describe('a second return', () => {
  it('asks for a talk of its own, though the first talk was never had', () => {
    expect(of(backTwice(), 'D13')).toEqual(['open', 'open']);
  });

  it('leaves the first owed: a talk is about the oldest return without one, unless it names another', () => {
    const story = backTwice().screen('at-risk').do('record-debrief', { seenAlone: 'seen-alone' });
    expect(of(story, 'D13')).toEqual(['kept', 'open']);
    expect(undone(story)).toEqual([['screening'], ['debrief']]);
    story.do('record-debrief', { seenAlone: 'seen-alone' });
    expect(of(story, 'D13')).toEqual(['kept', 'kept']);
    expect(undone(story)).toEqual([['screening'], []]);
  });

  it('can be the one that was talked about, where the talk names it', () => {
    const story = backTwice().do('record-debrief', { episode: 2, seenAlone: 'seen-alone' });
    expect(of(story, 'D13')).toEqual(['open', 'kept']);
    expect(story.refused('record-debrief', { episode: 3, seenAlone: 'seen-alone' })).toBe('no-such-return');
    expect(story.refused('record-debrief', { episode: 1, at: '2026-11-09T15:30:00Z', seenAlone: 'seen-alone' })).toBe(
      'before-the-return',
    );
  });

  it('stands in the way of closing until each was talked about, and says which was not', () => {
    const story = backTwice().do('record-debrief', { episode: 2, seenAlone: 'seen-alone' });
    expect(story.unmet()).toContain('Return 1 from missing has had no talk with the child.');
    expect(story.unmet().join()).not.toContain('Return 2 from missing has had no talk');
    expect(story.unmet()).toContain('Return 2 from missing has had no screening.');
  });
});

describe('the day of an absence', () => {
  it('that lies more than 30 days before the report is asked about, and may be right with a reason', () => {
    const story = () => referral({ missingNow: 'no' }).run();
    expect(story().refused('report-missing', { at: '2026-10-10T15:00:00Z' })).toBe('accepted');
    expect(story().refused('report-missing', { at: '2026-10-09T14:00:00Z' })).toBe('long-before-the-report');
    expect(story().refused('report-missing', { at: '2001-10-09T14:00:00Z' })).toBe('long-before-the-report');
    const reason = 'The police were told in the summer, and the Careline was not.';
    expect(story().refused('report-missing', { at: '2026-10-09T14:00:00Z', reason })).toBe('accepted');
  });

  it('ends before the report where the child was missing then, and not where it went missing after it', () => {
    const at = '2026-11-09T13:00:00Z';
    const story = referral({ missingNow: 'yes' }).run().do('record-return', { at });
    expect(story.deadline('D13').start).toBe('2026-11-09T13:00:00.000Z');
    expect(
      story.do('record-debrief', { at: '2026-11-09T14:00:00Z', seenAlone: 'seen-alone' }).deadline('D13').status,
    ).toBe('kept');
    const earlier = referral({ missingNow: 'no' }).run().do('report-missing', { at: '2026-11-08T13:00:00Z' });
    expect(earlier.refused('record-return', { at })).toBe('accepted');
    const later = referral({ missingNow: 'no' }).run().after('PT1H').do('report-missing');
    expect(later.refused('record-return', { at })).toBe('before-the-report');
  });
});

describe('whether the child is missing', () => {
  const asked = (story: Story) =>
    stepsThatWaitOn(story.state, story.policy, visitor('caseworker'))
      .map(({ title, note = '' }) => `${title} ${note}`)
      .join();

  it('is asked on the page until a person records the answer', () => {
    const story = referral({ missingNow: 'unknown' }).run();
    expect(asked(story)).toContain('Find out whether the child is missing');
    expect(asked(story)).toContain('no answer is recorded yet');
    const unknown = story.do('record-facts', { missingNow: 'unknown' });
    expect(asked(unknown), 'unknown is no answer').toMatch(
      /Find out whether the child is missing: not known as of Mon .+\. Ask again/,
    );
    expect(asked(unknown.do('record-facts', { missingNow: 'no' }))).not.toContain('missing');
    expect(unknown.refused('record-facts', { missingNow: 'no' })).toBe('missing-known');
    expect(unknown.refused('record-facts', { missingNow: 'unknown' })).toBe('missing-known');
    expect(asked(referral({ missingNow: 'unknown' }).run().do('report-missing'))).not.toContain('whether the child is');
  });

  it('once recorded, asks the people who look for the child to record the return, each time', () => {
    const steps = (story: Story, as: string) =>
      stepsThatWaitOn(story.state, story.policy, visitor(as)).filter(({ acts }) =>
        acts.some(({ command }) => command === 'record-return'),
      );
    const story = referral({ missingNow: 'yes' }).run();
    for (const as of ['careline-worker', 'caseworker']) {
      expect(steps(story, as)).toMatchObject([{ title: 'When the child is back, record the return', status: 'open' }]);
    }
    expect(steps(story, 'legal')).toEqual([]);
    expect(conditionsOfClosure(story.state, story.policy)).toContain('The child is missing.');
    story.after('PT1H').do('record-return');
    expect(steps(story, 'caseworker')).toEqual([]);
    expect(conditionsOfClosure(story.state, story.policy)).not.toContain('The child is missing.');
    story.after('PT1H').do('report-missing');
    expect(steps(story, 'caseworker')).toHaveLength(1);
  });

  it('is asked with other unknown facts that may bring a duty, until a person records them', () => {
    const known = { inFacility: 'no', facilityEmployee: 'no', schoolEmployee: 'no' } as const;
    const story = referral({ foreignNational: 'unknown', tribalMember: 'unknown', ...known }).run();
    expect(asked(story)).toContain('Is the child a foreign national? Is the child a member of an Indian tribe');
    expect(asked(story)).not.toMatch(/facility|school/);
    story.do('record-facts', { foreignNational: 'yes', tribalMember: 'no' });
    expect(asked(story)).not.toContain('what is not recorded yet');
    expect(story.open()).toContain('D27');
    const adult = referral({ age: 19, foreignNational: 'unknown', tribalMember: 'no' }).run();
    expect(asked(adult)).not.toContain('foreign national');
  });

  it('is not asked where the report said so, and a child who is missing is not said away', () => {
    for (const missingNow of ['yes', 'no'] as const) {
      const story = referral({ missingNow }).run();
      expect(asked(story)).not.toContain('whether the child is');
      expect(story.refused('record-facts', { missingNow: 'no' })).toBe('missing-known');
    }
  });
});
