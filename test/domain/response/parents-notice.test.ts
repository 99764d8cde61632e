/**
 * Fault 5 of issue 16. A person decides on the notice to the parents, and gives or withholds it. The product never
 * mails it.
 */
import { describe, expect, it } from 'vitest';
import { ruleIn } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { noToAll, referral, type Told } from '../../support/referral-builder.ts';

const accepted = (told: Told = {}, track = 'investigation') => referral(told).run().do('classify-report', { track });
/** The checklist says that no caregiver had a part in it. */
const cleared = () => accepted({ perpetrators: ['third-party'] }).do('answer-checklist', { answers: noToAll });
const alleged = () => accepted({ perpetrators: ['caregiver'] });
const told = { method: 'in-person' };

describe('the decision on the notice to the parents (C.G.S. 17a-103b)', () => {
  it('is due five business days after the report is accepted', () => {
    // From Monday to the Tuesday of the next week: Wednesday is Veterans Day.
    expect(accepted().deadline('D38')).toMatchObject({
      start: '2026-11-09T15:00:00.000Z',
      due: '2026-11-17T22:00:00Z',
    });
  });

  it.each([
    ['investigation', true],
    ['assessment', true],
    ['information-only', false],
    ['other-agency', false],
  ])('of a report that is classified as %s: %s', (track, isOwed) => {
    expect(accepted({}, track).open().includes('D38')).toBe(isOwed);
  });

  it('begins when the report is accepted later after all, and only once', () => {
    const story = accepted({}, 'information-only').after('P2D');
    expect(story.refused('withhold-parents-notice')).toBe('no-notice-owed');
    story.do('classify-report', { track: 'investigation' });
    expect(story.deadline('D38').start).toBe(story.now);
    story.do('withhold-parents-notice').do('classify-report', { track: 'assessment' });
    expect(story.open()).not.toContain('D38');
  });

  it('is not asked of someone who is of age', () => {
    expect(accepted({ age: 19 }).open()).not.toContain('D38');
  });

  it('is the assigned social worker’s, then the area supervisor’s, and awaits legal sign-off', () => {
    expect(ruleIn(connecticut20261, 'D38')).toMatchObject({
      obligation: 'Decide on the notice to the parents',
      kind: 'statute',
      confidence: 'summary',
      awaitsLegalSignOff: true,
      alert: ['caseworker'],
      escalate: ['area-supervisor'],
      closing: 'waits',
    });
  });

  it('is kept by the notice that a person gave, with who was told in the vault', () => {
    const story = cleared()
      .after('P1D')
      .do('record-parents-notice', { ...told, at: '2026-11-09T20:00:00Z' });
    expect(story.deadline('D38')).toMatchObject({ status: 'kept', keptAt: '2026-11-09T20:00:00.000Z', late: false });
    expect(story.state.response.parentsNotice).toMatchObject({ decision: 'given', by: 'CASEWORKER' });
    expect(story.all('parents-notified')).toMatchObject([{ method: 'in-person', personTold: expect.any(String) }]);
    expect(JSON.stringify(story.events())).not.toContain('her own words');
  });

  it('is kept by withholding it, and it can still be given later', () => {
    const story = cleared().do('withhold-parents-notice');
    expect(story.deadline('D38').status).toBe('kept');
    expect(story.state.response.parentsNotice?.decision).toBe('withheld');
    story.after('P3D').do('record-parents-notice', told);
    expect(story.state.response.parentsNotice?.decision).toBe('given');
  });

  it('is not withheld any more once it was given', () => {
    const story = cleared().do('record-parents-notice', told);
    expect(story.refused('withhold-parents-notice')).toBe('notice-given');
  });

  it.each(['record-parents-notice', 'withhold-parents-notice'] as const)('needs a reason in words: %s', (command) => {
    expect(() => cleared().do(command, { ...(command === 'record-parents-notice' && told), reason: ' ' })).toThrow(
      'reason',
    );
  });

  it('asks no mail to any parent, whatever is decided', () => {
    const story = cleared().do('withhold-parents-notice').do('record-parents-notice', told);
    const after = story.commits.slice(-2).flatMap(({ events }) => events.map(({ type }) => type));
    expect(after).not.toContain('alert-requested');
  });
});

describe('a parent is not told', () => {
  it('while a caregiver is said to have had a part in it, unless it is another parent', () => {
    const story = alleged();
    for (const hadPart of [undefined, 'yes', 'unknown']) {
      expect(story.refused('record-parents-notice', { ...told, ...(hadPart && { hadPart }) })).toBe(
        'not-the-caregiver',
      );
    }
    expect(story.deadline('D38').status).toBe('open');
    expect(story.refused('record-parents-notice', { ...told, hadPart: 'no' })).toBe('accepted');
  });

  it('while no one knows whether a caregiver had a part in it, whatever is said of this parent', () => {
    const story = accepted({ perpetrators: ['third-party'] });
    expect(story.refused('record-parents-notice', { ...told, hadPart: 'no' })).toBe('caregiver-not-cleared');
    expect(story.refused('withhold-parents-notice')).toBe('accepted');
  });

  it('before a supervisor confirms it, and the caseworker cannot', () => {
    const story = accepted({ perpetrators: ['third-party'] });
    expect(() => story.do('approve-parents-notice', {}, 'caseworker')).toThrow('may not do');
    story.do('approve-parents-notice', {}, 'area-supervisor');
    expect(story.refused('approve-parents-notice', {}, 'area-director')).toBe('nothing-to-confirm');
    expect(story.refused('record-parents-notice', told)).toBe('accepted');
  });

  it.each([
    ['a fact', { caregiverNamed: 'yes' }],
    ['the set of those alleged', { perpetrators: ['caregiver', 'third-party'] }],
  ])('once %s names a caregiver after the supervisor confirmed', (_, facts) => {
    const story = accepted({ perpetrators: ['third-party'] }).do('approve-parents-notice');
    story.do('record-facts', facts);
    expect(story.refused('record-parents-notice', told)).toBe('not-the-caregiver');
  });

  it('where a supervisor has nothing to confirm, because caregivers are cleared', () => {
    expect(cleared().refused('approve-parents-notice')).toBe('nothing-to-confirm');
  });
});

it('closing waits for the decision on the notice to the parents', () => {
  expect(accepted().unmet().join(' ')).toContain('D38');
});
