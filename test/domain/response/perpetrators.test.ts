/** Fault 4 of issue 16. The alleged perpetrators are a set, such as a caregiver who sells a child and the buyers. */
import { describe, expect, it } from 'vitest';
import { problemsIn } from '../../../shared/application/input/problems.ts';
import { mayContact } from '../../../shared/domain/eligibility/eligibility.ts';
import { childInput } from '../../../shared/domain/intake/report.ts';
import { learnedFacts } from '../../../shared/domain/intake/report-facts.ts';
import { referral } from '../../support/referral-builder.ts';

const seller = () => referral({ perpetrators: ['caregiver'] }).run();
const wrong = (perpetrators: unknown) => {
  const read = childInput.safeParse({ danger: 'no', perpetrators });
  return read.success ? [] : problemsIn(read.error);
};

describe('a caregiver who sells the child, and those who buy', () => {
  const both = referral({ perpetrators: ['caregiver', 'third-party'] }).run();

  it('are both in one report: the buyers are referred to the local police, and the caregiver is not told', () => {
    expect(both.open()).toContain('D4');
    expect(mayContact(both.state)).toBe('not-the-caregiver');
  });

  it('have both overlays beside every decision', () => {
    const flags = both.screen('confirmed').state.eligibility.proposal?.overlays;
    expect(flags).toEqual(expect.arrayContaining(['police-referral', 'abuse-neglect-allegation']));
  });

  it('are referred to the local police where no one knows yet who the buyers are', () => {
    expect(
      referral({ perpetrators: ['caregiver', 'unknown'] })
        .run()
        .open(),
    ).toContain('D4');
  });

  it('open the referral to the local police where the buyers become known after the caregiver', () => {
    const story = seller();
    expect(story.open()).not.toContain('D4');
    story.do('record-facts', { perpetrators: ['caregiver', 'third-party'] });
    expect(story.open()).toContain('D4');
    expect(mayContact(story.state)).toBe('not-the-caregiver');
  });
});

describe.each([
  [['caregiver'], false],
  [['entrusted', 'given-access'], false],
  [['none-alleged'], false],
  [['unknown'], true],
  [['entrusted', 'third-party'], true],
  [['given-access', 'unknown'], true],
] as const)('of %j', (alleged, isForPolice) => {
  it(`a referral to the local police ${isForPolice ? 'is' : 'is not'} due`, () => {
    expect(
      referral({ perpetrators: [...alleged] })
        .run()
        .open()
        .includes('D4'),
    ).toBe(isForPolice);
  });
});

describe('the set', () => {
  it('is unknown where a report says nothing', () => {
    expect(childInput.parse({ danger: 'no' }).perpetrators).toEqual(['unknown']);
  });

  it.each([
    [['none-alleged', 'caregiver'], 'No one is alleged, or someone is'],
    [['none-alleged', 'unknown'], 'No one is alleged, or someone is'],
    [['caregiver', 'caregiver'], 'Name each only once'],
    [[], 'Choose at least one'],
    ['caregiver', 'Give a list'],
    [['landlord'], 'Choose one of'],
  ])('cannot be %j', (perpetrators, sentence) => {
    const [problem] = wrong(perpetrators);
    expect(problem?.path).toMatch(/^perpetrators/);
    expect(problem?.sentence).toContain(sentence);
  });

  it('may say that there are others whose relation no one knows', () => {
    expect(wrong(['caregiver', 'unknown'])).toEqual([]);
  });

  it('takes the place of the one before, and a caregiver who was in it stays one to be careful with', () => {
    const story = seller().do('record-facts', { perpetrators: ['entrusted'] });
    expect(story.state.child.perpetrators).toEqual(['entrusted']);
    expect(mayContact(story.state)).toBe('not-the-caregiver');
  });

  it('that is recorded again as it is says nothing new, in whatever order', () => {
    const story = referral({ perpetrators: ['caregiver', 'third-party'] }).run();
    expect(story.refused('record-facts', { perpetrators: ['third-party', 'caregiver'] })).toBe('nothing-said');
    story.do('record-facts', { perpetrators: ['third-party', 'caregiver'], homeless: 'yes' });
    expect(story.all('facts-learned').at(-1)).not.toHaveProperty('perpetrators');
  });

  it('cannot become unknown again', () => {
    expect(learnedFacts.safeParse({ perpetrators: ['unknown'] }).success).toBe(false);
    expect(learnedFacts.safeParse({ perpetrators: ['third-party', 'unknown'] }).success).toBe(true);
  });
});
