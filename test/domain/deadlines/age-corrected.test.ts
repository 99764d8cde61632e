/**
 * A wrong age never takes a child out of its protection for good. A correction changes all that rested on the wrong
 * age.
 */
import { describe, expect, it } from 'vitest';
import { referral, type Story, type Told } from '../../support/referral-builder.ts';
import { readyToClose } from '../../support/scenes.ts';

const known: Told = { danger: 'no', legalStatus: 'none', dcfClient: 'no', foreignNational: 'yes' };
/** 2000 was typed for 2011. */
const mistyped = () =>
  referral({ ...known, age: 26, birthDate: '2000-05-17' })
    .run()
    .screen('confirmed');
const reason = 'The year was mistyped.';

describe('a date of birth that was mistyped', () => {
  it('is corrected with a reason: the child is no adult any more, and is proposed for as a child', () => {
    const story = mistyped();
    expect(story.state.eligibility.proposal?.row).toBe(2);
    expect(story.open()).toContain('D30');
    expect(story.refused('record-birth-date', { birthDate: '2011-05-17' })).toBe('age-known');
    story.do('record-birth-date', { birthDate: '2011-05-17', reason });
    expect(story.deadline('D30')).toMatchObject({ status: 'ended', endedBecause: 'superseded' });
    expect(story.state.eligibility.proposal).toMatchObject({ because: 'facts-changed', inputs: { age: 'under-18' } });
    expect(story.state.child.age).toEqual({ known: 'exact', years: 15 });
  });

  it('of a foreign national starts the notice to HHS that a child is owed', () => {
    expect(mistyped().open()).not.toContain('D27');
    expect(mistyped().do('record-birth-date', { birthDate: '2011-05-17', reason }).open()).toContain('D27');
  });

  it('asks for adult services anew where the next date says of age after all', () => {
    const story = mistyped().do('record-birth-date', { birthDate: '2011-05-17', reason });
    expect(story.refused('record-adult-handover', { consent: 'given' })).toBe('not-of-age');
    story.do('record-birth-date', { birthDate: '2000-05-17', reason });
    expect(story.deadline('D30').status).toBe('open');
  });

  it('within the same year of age moves the plan for the eighteenth birthday to the day of the right one', () => {
    const story = referral({ ...known, age: 17, birthDate: '2009-04-17' })
      .run()
      .screen('confirmed');
    const { start } = story.deadline('D34');
    story.do('record-birth-date', { birthDate: '2009-10-17', reason });
    expect(story.deadline('D34')).toMatchObject({ status: 'open' });
    expect(story.deadline('D34').start > start).toBe(true);
  });

  it('leaves no date in the ledger, neither the wrong one nor the right one', () => {
    const story = mistyped().do('record-birth-date', { birthDate: '2011-05-17', reason });
    expect(JSON.stringify(story.events())).not.toMatch(/2000-05-17|2011-05-17/);
  });
});

describe('a date of birth that was mistyped and is corrected after the work has ended', () => {
  const other = 'CR-0THER-0NE000';
  const merged = (story: Story) => story.do('answer-duplicate', { answer: 'same-child-open', of: other });
  const withdrawn = (story: Story) =>
    story.do('propose-withdrawal', { because: 'made-in-error' }).do('agree-withdrawal', {}, 'careline-manager');
  const mistypedAt = (birthDate: string) =>
    referral({ ...known, candidates: [other], age: 26, birthDate })
      .run()
      .after('PT1M');
  const opened = (story: Story) => story.all('deadline-opened').length;

  it.each([
    ['closed', () => readyToClose().do('close-referral')],
    ['withdrawn', () => withdrawn(mistypedAt('2000-05-17'))],
    ['merged', () => merged(mistypedAt('2000-05-17'))],
  ] as const)('is corrected where it is %s, and no clock starts', (stage, end) => {
    const story = end();
    const before = opened(story);
    story.do('record-birth-date', { birthDate: '2011-05-17', reason });
    expect(story.state).toMatchObject({ stage, child: { age: { known: 'exact', years: 15 } } });
    expect(opened(story)).toBe(before);
    expect(story.state.identity.birthCorrectedBy).toBeDefined();
  });

  it('counts once the merge is undone: clocks of the right age start, those of the wrong one do not', () => {
    const story = merged(mistypedAt('2000-05-17'));
    story.do('record-birth-date', { birthDate: '2011-05-17', reason }).do('undo-merge');
    expect(story.open()).toContain('D27');
    expect(story.open()).not.toContain('D30');
  });

  it('has the plan for the eighteenth birthday due by the right one after that', () => {
    const story = referral({ ...known, candidates: [other], age: 17, birthDate: '2009-04-17' })
      .run()
      .screen('confirmed');
    const { start } = story.deadline('D34');
    merged(story).do('record-birth-date', { birthDate: '2009-10-17', reason }).do('undo-merge');
    const plans = Object.values(story.state.deadlines).filter(({ rule }) => rule === 'D34');
    expect(plans.map(({ status }) => status)).toEqual(['ended', 'open']);
    expect(story.deadline('D34').start > start).toBe(true);
  });
});

describe('a record that a person is of age', () => {
  it('taken back ends the hand-over to adult services, and the child is proposed for as a child', () => {
    const story = referral(known).run().screen('confirmed').do('record-facts', { ageClass: '18-and-over' });
    expect(story.open()).toContain('D30');
    story.do('record-facts', { ageClass: 'under-18' });
    expect(story.deadline('D30').status).toBe('ended');
    expect(story.state.eligibility.proposal?.inputs).toMatchObject({ age: 'under-18' });
  });
});

describe('an age that the reporter guessed', () => {
  const screened = (guessedAge: number) =>
    referral({ ...known, guessedAge })
      .run()
      .screen('confirmed');

  it.each([16, 17, 18, 19])('of %s may be on either side of eighteen: decided as under 18, and asked for', (guess) => {
    const story = screened(guess);
    expect(story.state.eligibility.proposal?.inputs).toMatchObject({ age: 'under-18', ageCertain: 'no' });
    expect(story.open()).toContain('D10a');
    expect(story.open()).not.toContain('D30');
  });

  it.each([
    [15, 'under-18'],
    [20, '18-to-20'],
  ])('of %s is taken for what it says', (guess, age) => {
    expect(screened(guess).state.eligibility.proposal?.inputs).toMatchObject({ age, ageCertain: 'yes' });
  });

  it('is settled by a record that it is under 18, or by a birth date within two years', () => {
    expect(screened(17).do('record-facts', { ageClass: 'under-18' }).deadline('D10a').status).toBe('kept');
    expect(screened(17).refused('record-birth-date', { birthDate: '2007-01-02' })).toBe('accepted');
  });

  it('is asked about where a date of birth contradicts it by more than two years', () => {
    const story = screened(16);
    expect(story.refused('record-birth-date', { birthDate: '2000-05-17' })).toBe('age-contradicts');
    expect(story.refused('record-birth-date', { birthDate: '2000-05-17', reason: 'It is on her card.' })).toBe(
      'accepted',
    );
  });
});
