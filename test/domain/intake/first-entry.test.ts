/** A child who was not in care at the report needs one evaluation, from the first of custody and entry. */
import { describe, expect, it } from 'vitest';
import { referral, type Story } from '../../support/referral-builder.ts';

const evaluations = (story: Story) =>
  Object.values(story.state.deadlines)
    .filter(({ rule }) => rule === 'D26')
    .map(({ start, status }) => [start, status]);
const custody = ['order-of-temporary-custody', 'committed'] as const;

describe('a first entry to care', () => {
  it.each(custody)('that is known by the custody alone (%s) has its evaluation asked for from then', (legalStatus) => {
    const story = referral({ legalStatus: 'none' }).run().after('PT2H').do('record-facts', { legalStatus });
    expect(evaluations(story)).toEqual([[story.now, 'open']]);
    expect(story.deadline('D26').startedBy).toBe('facts-learned');
    expect(story.do('record-evaluation').deadline('D26').status).toBe('kept');
  });

  it.each(custody)('recorded after the custody (%s) opens no second clock, and runs from the entry', (legalStatus) => {
    const story = referral({ legalStatus: 'none' }).run().after('P2D').do('record-facts', { legalStatus });
    story.do('record-entry-to-care', { at: '2026-11-10T15:00:00Z' });
    expect(evaluations(story)).toHaveLength(1);
    expect(story.deadline('D26').due).toBe('2026-12-10T15:00:00Z');
    expect(story.refused('record-entry-to-care')).toBe('in-care-already');
  });

  it('recorded before the custody opens the one clock there is', () => {
    const story = referral({ legalStatus: 'none' }).run().do('record-entry-to-care');
    expect(evaluations(story.do('record-facts', { legalStatus: 'committed' }))).toHaveLength(1);
  });

  it('counts as one where the report did not say whether the child was in care', () => {
    expect(evaluations(referral().run().do('record-facts', { population: 'in-dcf-care' }))).toHaveLength(1);
  });

  it('is none of a child in care at the report, whatever becomes known later', () => {
    const story = referral({ population: 'in-dcf-care' }).run().do('record-facts', { legalStatus: 'committed' });
    expect(evaluations(story)).toEqual([]);
    expect(story.refused('record-entry-to-care')).toBe('in-care-already');
  });
});

describe('where the child lives', () => {
  it('can become known after the report', () => {
    expect(referral().run().do('record-facts', { population: 'left-dcf-care' }).state.child.population).toBe(
      'left-dcf-care',
    );
  });

  it('is asked for again where it contradicts the custody', () => {
    const story = referral({ population: 'living-at-home' }).run();
    expect(story.refused('record-facts', { legalStatus: 'committed' })).toBe('at-home-and-in-custody');
    expect(story.refused('record-facts', { legalStatus: 'committed', population: 'in-dcf-care' })).toBe('accepted');
    expect(story.refused('record-facts', { population: 'living-at-home' })).toBe('at-home-and-in-custody');
    expect(story.refused('record-facts', { homeless: 'no' })).toBe('accepted');
  });
});
