/** A person gives or withholds each notice to the parents, and the product mails none (docs/domain.md#notice-to-parents). */
import { describe, expect, it } from 'vitest';
import { ruleIn } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { noToAll, referral, type Told } from '../../support/referral-builder.ts';

const accepted = (told: Told = {}, track = 'investigation') => referral(told).run().do('classify-report', { track });
/** The checklist says that no caregiver had a part in it. */
const cleared = () => accepted({ perpetrators: ['third-party'] }).do('answer-checklist', { answers: noToAll });
const alleged = () => accepted({ perpetrators: ['caregiver'] });
const told = { method: 'letter' };
const spoken = { method: 'phone' };
const endangers = { ground: 'endangers-a-person' };
const substantiated = { disposition: 'substantiated', reasonableCause: 'no' };

describe('11.7 the decision on the notice to the parents (C.G.S. 17a-103b)', () => {
  it('is due five business days after the report is accepted', () => {
    // From Monday to the Tuesday of the next week: Wednesday is Veterans Day.
    expect(accepted().deadline('D38')).toMatchObject({
      start: '2026-11-09T15:00:00.000Z',
      due: '2026-11-17T22:00:00Z',
    });
  });

  it.each([
    ['investigation: law, in speech and in writing', 'investigation', ['D38', 'D38a']],
    ['assessment: policy', 'assessment', ['D38c']],
    ['information only: not owed', 'information-only', []],
    ['other agency: not owed', 'other-agency', []],
  ])('of an %s', (_, track, owed) => {
    const open = accepted({}, track).open();
    expect(open.filter((rule) => rule.startsWith('D38'))).toEqual(owed);
  });

  it('asks for speech and writing, each by itself', () => {
    const story = cleared().after('PT2H').do('record-parents-notice', spoken);
    expect(story.deadline('D38a')).toMatchObject({ status: 'kept', late: false, due: '2026-11-10T22:00:00Z' });
    expect(story.deadline('D38').status).toBe('open');
    story.do('record-parents-notice', told);
    expect(story.deadline('D38').status).toBe('kept');
    const written = cleared().do('record-parents-notice', told);
    expect([written.deadline('D38').status, written.deadline('D38a').status]).toEqual(['kept', 'open']);
  });

  it('is law once an assessment becomes an investigation, whatever was told in the assessment', () => {
    const story = accepted({}, 'assessment').do('withhold-parents-notice', endangers).after('P1D');
    story.do('classify-report', { track: 'investigation' });
    expect(story.open()).toEqual(expect.arrayContaining(['D38', 'D38a']));
    const undecided = accepted({}, 'assessment').do('classify-report', { track: 'investigation' });
    expect(undecided.open().filter((rule) => rule.startsWith('D38'))).toEqual(['D38', 'D38a']);
  });

  it.each(['best-interests', 'criminal-investigation', 'endangers-a-person'])(
    'is withheld on the ground %s',
    (ground) => {
      const story = cleared().do('withhold-parents-notice', { ground });
      expect([story.deadline('D38').status, story.deadline('D38a').status]).toEqual(['kept', 'kept']);
      expect(story.all('parents-notice-withheld')).toMatchObject([{ ground }]);
    },
  );

  it.each([{}, { ground: 'other' }])('is withheld on no other ground: %j', (input) => {
    expect(() => cleared().do('withhold-parents-notice', input)).toThrow('ground');
  });

  it('begins when the report is accepted later after all, and only once', () => {
    const story = accepted({}, 'information-only').after('P2D');
    expect(story.refused('withhold-parents-notice', endangers)).toBe('no-notice-owed');
    story.do('classify-report', { track: 'investigation' });
    expect(story.deadline('D38').start).toBe(story.now);
    story.do('withhold-parents-notice', endangers).do('classify-report', { track: 'assessment' });
    expect(story.open().filter((rule) => rule.startsWith('D38'))).toEqual([]);
  });

  it('is not asked of someone who is of age', () => {
    expect(accepted({ age: 19 }).open()).not.toContain('D38');
  });

  it('is the assigned social worker’s, then the area supervisor’s, and awaits legal sign-off', () => {
    expect(ruleIn(connecticut20261, 'D38')).toMatchObject({
      obligation: 'Give the parents the written notice that an investigation opened, or withhold it',
      kind: 'statute',
      confidence: 'verified',
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
    expect(story.all('parents-notified')).toMatchObject([{ method: 'letter', personTold: expect.any(String) }]);
    expect(JSON.stringify(story.events())).not.toContain('her own words');
  });

  it('is kept by withholding it, and it can still be given later', () => {
    const story = cleared().do('withhold-parents-notice', endangers);
    expect(story.deadline('D38').status).toBe('kept');
    expect(story.state.response.parentsNotice?.decision).toBe('withheld');
    story.after('P3D').do('record-parents-notice', told);
    expect(story.state.response.parentsNotice?.decision).toBe('given');
  });

  it('is not withheld any more once it was given', () => {
    const story = cleared().do('record-parents-notice', spoken).do('record-parents-notice', told);
    expect(story.refused('withhold-parents-notice', endangers)).toBe('notice-given');
  });

  it.each(['record-parents-notice', 'withhold-parents-notice'] as const)('needs a reason in words: %s', (command) => {
    expect(() =>
      cleared().do(command, { ...(command === 'record-parents-notice' ? told : endangers), reason: ' ' }),
    ).toThrow('reason');
  });

  it('asks no mail to any parent, whatever is decided', () => {
    const story = cleared().do('withhold-parents-notice', endangers).do('record-parents-notice', told);
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

  it('but that one who was told had a part in it after all is recorded, and tells no one anew', () => {
    const story = alleged();
    expect(story.refused('record-parents-notice', { ...spoken, hadPart: 'yes', corrects: 'yes' })).toBe(
      'no-notice-to-correct',
    );
    story.do('record-parents-notice', { ...spoken, hadPart: 'no' }).after('PT5H');
    const correction = { method: 'letter', hadPart: 'yes', corrects: 'yes' };
    story.do('record-parents-notice', correction);
    expect(story.all('parents-notified')).toMatchObject([
      { hadPart: 'no', at: '2026-11-09T15:00:00.000Z' },
      { hadPart: 'yes', corrects: 'yes', at: '2026-11-09T15:00:00.000Z' },
    ]);
    expect(story.deadline('D38').status).toBe('open');
    expect(story.refused('record-parents-notice', { ...told, hadPart: 'yes' })).toBe('not-the-caregiver');
  });

  it('while no one knows whether a caregiver had a part in it, whatever is said of this parent', () => {
    const story = accepted({ perpetrators: ['third-party'] });
    expect(story.refused('record-parents-notice', { ...told, hadPart: 'no' })).toBe('caregiver-not-cleared');
    expect(story.refused('withhold-parents-notice', endangers)).toBe('accepted');
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

describe('11.7 the notice that the complaint was substantiated (C.G.S. 17a-103b(b))', () => {
  const found = (more: Told = {}) => accepted(more).do('record-disposition', substantiated);

  it('is owed in ten calendar days of the finding, and its recipients await legal sign-off', () => {
    expect(found().deadline('D38b')).toMatchObject({ start: '2026-11-09T15:00:00.000Z', due: '2026-11-19T15:00:00Z' });
    const rule = ruleIn(connecticut20261, 'D38b');
    expect(rule).toMatchObject({ kind: 'statute', awaitsLegalSignOff: true, confidence: 'summary', closing: 'waits' });
    expect(rule.source).toContain('recipients are unsettled');
    const none = accepted().do('record-disposition', { ...substantiated, disposition: 'not-substantiated' });
    expect(none.open()).not.toContain('D38b');
  });

  it('is a notice of its own: neither the first one nor the letter of the finding keeps it', () => {
    const story = cleared().do('record-disposition', substantiated).do('record-parents-notice', told);
    story.do('record-finding-notice', { childLivesThere: 'no' });
    expect(story.deadline('D38b').status).toBe('open');
    story.do('record-substantiation-notice', told);
    expect(story.deadline('D38b').status).toBe('kept');
    expect(story.state.response.substantiationNotice).toMatchObject({ decision: 'given', by: 'CASEWORKER' });
  });

  it('passes the safety check, is confirmed by itself, and can be withheld', () => {
    const story = found({ perpetrators: ['third-party'] }).do('approve-parents-notice');
    expect(story.refused('record-substantiation-notice', told)).toBe('caregiver-not-cleared');
    story.do('approve-substantiation-notice');
    expect(story.refused('record-substantiation-notice', told)).toBe('accepted');
    const withheld = found().do('withhold-substantiation-notice');
    expect(withheld.deadline('D38b').status).toBe('kept');
  });
});

it('closing waits for the notices to the parents', () => {
  expect(accepted().unmet().join(' ')).toMatch(/D38\b.*D38a/);
});
