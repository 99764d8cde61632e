/** A caregiver who is said to have had a part in it decides nothing for the child (docs/domain.md#caregiver-part). */
import { describe, expect, it } from 'vitest';
import { mayContact } from '../../../shared/domain/eligibility/eligibility.ts';
import { noToAll, referral, type Story } from '../../support/referral-builder.ts';
import { offer } from '../../support/scenes.ts';

const alleged = () => referral({ perpetrators: ['caregiver'] }).run();
const stranger = () => referral({ perpetrators: ['third-party'] }).run();
const consent = (consentAnswer = 'given', service = 'long-term-survivor-care') => ({
  service,
  consentKind: 'parent-or-guardian',
  consentAnswer,
});
const support = { service: 'caregiver-support', providerId: 'PV-1' };

describe('a caregiver who is alleged', () => {
  it.each(['given', 'refused'])('has no consent that counts: %s, unless it is another guardian’s', (answer) => {
    const story = alleged();
    expect(story.refused('record-consent', consent(answer))).toBe('not-the-caregiver');
    expect(story.refused('record-consent', { ...consent(answer), guardian: 'another-guardian' })).toBe('accepted');
    expect(story.all('consent-recorded')[0]).toMatchObject({ guardian: 'another-guardian' });
    expect(stranger().refused('record-consent', consent(answer))).toBe('accepted');
  });

  it('may take back what they gave, and what they gave before they were alleged counts no more', () => {
    const story = stranger().do('record-consent', consent());
    story.do('record-facts', { caregiverNamed: 'yes' });
    expect(story.refused('offer-linkage', { ...support, service: 'long-term-survivor-care' })).toBe('consent-missing');
    expect(story.refused('record-consent', { ...consent(), guardian: 'another-guardian' })).toBe('accepted');
    expect(story.refused('record-consent', consent('withdrawn'))).toBe('accepted');
  });

  it('is referred to no support for caregivers, and another guardian is', () => {
    const story = alleged();
    expect(story.refused('offer-linkage', support)).toBe('consent-missing');
    expect(story.refused('record-consent', consent('given', 'caregiver-support'))).toBe('not-the-caregiver');
    story.do('record-consent', { ...consent('given', 'caregiver-support'), guardian: 'another-guardian' });
    expect(story.refused('offer-linkage', support)).toBe('accepted');
  });

  it.each([undefined, 'no', 'unknown'])('makes home no safe place while they are not out of it: %s', (caregiverOut) => {
    const plan = { placement: 'safe-at-home', ...(caregiverOut && { caregiverOut }) };
    const story = alleged();
    expect(story.refused('record-safety-plan', plan)).toBe('not-the-caregiver');
    expect(story.refused('record-safety-plan', { ...plan, caregiverOut: 'yes' })).toBe('accepted');
    expect(alleged().refused('record-safety-plan', { placement: 'relative' })).toBe('accepted');
    expect(stranger().refused('record-safety-plan', plan)).toBe('accepted');
  });

  it('declines no service for the child, by whomever it is recorded', () => {
    const no = { service: 'education', reasonCode: 'family-declined' };
    const story = offer(alleged(), 'education');
    expect(story.refused('decline-linkage', no)).toBe('not-the-caregiver');
    expect(story.refused('decline-linkage', no, 'contact:PV-1')).toBe('not-the-caregiver');
    expect(story.refused('decline-linkage', { ...no, reasonCode: 'child-declined' })).toBe('accepted');
    expect(offer(stranger(), 'education').refused('decline-linkage', no)).toBe('accepted');
  });

  it('stays doubtful where another person turns out to be alleged', () => {
    const story = alleged().do('record-facts', { perpetrators: ['third-party'] });
    expect(mayContact(story.state)).toBe('not-the-caregiver');
    expect(story.state.child.perpetrators).toEqual(['third-party']);
  });
});

it('that a stranger is alleged clears no caregiver: only a no to the question does', () => {
  const story = stranger();
  expect(mayContact(story.state)).toBe('ask-first');
  story.do('answer-checklist', { answers: {} });
  expect(mayContact(story.state)).toBe('ask-first');
  story.do('answer-checklist', { answers: noToAll });
  expect(mayContact(story.state)).toBe('as-usual');
});

describe('a caregiver who had no part in it after all', () => {
  const named = () => stranger().do('record-facts', { caregiverNamed: 'yes' });
  const clear = (story: Story) =>
    story.do('propose-clearance', {}, 'caseworker').do('agree-clearance', {}, 'hart-lead');
  const told = (story: Story) =>
    story.all('alert-requested').filter(({ kind }) => kind === 'do-not-alert-caregiver').length;

  it('is cleared by two people with a reason, and nothing changes before the second agrees', () => {
    const story = named().do('propose-clearance', {}, 'hart-lead');
    expect(mayContact(story.state)).toBe('not-the-caregiver');
    expect(story.all('alert-requested').at(-1)).toMatchObject({
      kind: 'deadline-opened',
      deadlineId: story.deadline('D37c').id,
      to: ['hart-lead', 'hart-director'],
    });
    expect(story.refused('agree-clearance', {}, 'hart-lead')).toBe('second-person');
    story.do('agree-clearance', {}, 'hart-lead/2');
    expect(mayContact(story.state)).toBe('as-usual');
    expect(story.all('caregiver-cleared')).toMatchObject([{ proposedBy: 'HART-LEAD', reason: expect.any(String) }]);
    expect(story.refused('agree-clearance', {}, 'hart-lead')).toBe('nothing-proposed');
    expect(story.refused('propose-clearance')).toBe('nothing-alleged');
  });

  it('is cleared only once nothing says otherwise: who is alleged, and the topic of the checklist', () => {
    const story = referral({ perpetrators: ['caregiver'], indicators: ['caregiver-facilitation'] }).run();
    expect(story.refused('propose-clearance')).toBe('caregiver-alleged');
    story.do('record-facts', { perpetrators: ['third-party'] });
    expect(story.refused('propose-clearance')).toBe('topic-says-yes');
    story.do('answer-checklist', { answers: { 'caregiver-facilitation': 'unknown' } });
    expect(story.refused('propose-clearance')).toBe('topic-says-yes');
    story.do('answer-checklist', { answers: noToAll });
    expect(mayContact(clear(story).state)).toBe('as-usual');
  });

  it('stays cleared through the next screening, if no one answers that topic with yes', () => {
    const story = clear(named().screen('high-risk'));
    story.after('P1D').screen('high-risk');
    expect(mayContact(story.state)).toBe('as-usual');
  });

  it.each([
    ['a fact', (story: Story) => story.do('record-facts', { caregiverNamed: 'yes' })],
    ['the checklist', (story: Story) => story.do('answer-checklist', { answers: { 'caregiver-facilitation': 'yes' } })],
  ])('a proposal lapses where %s names one again', (_what, again) => {
    const story = again(named().do('propose-clearance'));
    expect(story.refused('agree-clearance', {}, 'hart-director')).toBe('nothing-proposed');
  });

  it('and is named again brings another alert', () => {
    const story = clear(named().after('PT1H'));
    expect(told(story)).toBe(1);
    story.after('PT1H').do('record-facts', { caregiverNamed: 'yes' });
    expect([told(story), mayContact(story.state)]).toEqual([2, 'not-the-caregiver']);
  });
});
