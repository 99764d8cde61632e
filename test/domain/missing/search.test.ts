/** The search for a child who stays missing (docs/domain.md#missing-child). */
import { describe, expect, it } from 'vitest';
import { openDeadlines } from '../../../shared/domain/deadlines/open-deadlines.ts';
import { referral } from '../../support/referral-builder.ts';

const away = () => referral({ missingNow: 'yes' }).run();
const told = (story: ReturnType<typeof away>) => {
  const { id } = story.deadline('D45');
  return story.all('alert-requested').filter(({ deadlineId }) => deadlineId === id);
};

describe('the search for a missing child', () => {
  it('is renewed each week, counted from the news and then from the last search', () => {
    const story = away();
    expect(story.deadline('D45').due).toBe('2026-11-16T15:00:00Z');
    story.after('P3D').do('renew-search');
    expect(story.deadline('D45')).toMatchObject({ status: 'open', due: '2026-11-19T15:00:00Z' });
    story.after('P2D').do('renew-search', { at: '2026-11-13T15:00:00Z' });
    expect(story.deadline('D45').due).toBe('2026-11-20T15:00:00Z');
  });

  it('leaves a missing child with an open clock, whatever notice was given', () => {
    const story = away()
      .do('notify-police', { covers: ['missing', 'state', 'local'], agencyId: 'PD-HARTFORD', method: 'phone' })
      .do('notify-ncmec', { method: 'phone' });
    for (let week = 0; week < 5; week += 1) {
      expect(openDeadlines(story.state).map(({ rule }) => rule)).toContain('D45');
      story.after('P6D').do('renew-search');
    }
  });

  it('calls no one, and tells no one before its first reminder', () => {
    const story = away();
    expect(told(story)).toEqual([]);
    story.after('P4D');
    expect(told(story).map(({ checkpoint, to }) => [checkpoint, to.join()])).toEqual([['remind', 'caseworker']]);
  });

  it('ends with the return, and begins anew with the next absence', () => {
    const story = away().after('P1D').do('record-return');
    expect(story.open()).not.toContain('D45');
    expect(story.refused('renew-search')).toBe('not-missing');
    story.after('P1D').do('report-missing');
    expect(story.deadline('D45')).toMatchObject({ status: 'open', start: story.now });
  });

  it('follows an earlier time of the news', () => {
    const story = referral({ missingNow: 'no' }).run().after('P1D').do('report-missing').after('PT1H');
    story.do('report-missing', { at: '2026-11-10T12:00:00Z' });
    expect(story.deadline('D45')).toMatchObject({ start: '2026-11-10T12:00:00.000Z', due: '2026-11-17T12:00:00Z' });
  });

  it('is none of before the absence', () => {
    const story = referral({ missingNow: 'no' }).run().after('P2D').do('report-missing').after('PT1H');
    expect(story.refused('renew-search', { at: '2026-11-10T12:00:00Z' })).toBe('search-before-the-absence');
  });

  it('is over after a merge that is undone, where the child returned meanwhile', () => {
    const other = 'CR-0THER-0NE000';
    const merged = () =>
      referral({ missingNow: 'yes', danger: 'no', candidates: [other] })
        .run()
        .do('answer-duplicate', { answer: 'same-child-open', of: other })
        .after('PT1H');
    expect(merged().do('record-return').do('undo-merge').open()).not.toContain('D45');
    expect(merged().do('undo-merge').open()).toContain('D45');
  });
});
