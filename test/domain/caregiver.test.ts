/** A caregiver who is said to have had a part in it decides nothing for the child (overlay C of DOMAIN 7c). */
import { describe, expect, it } from 'vitest';
import { mayContact } from '../../shared/domain/eligibility.ts';
import { referral } from '../support/referral-builder.ts';
import { offer } from '../support/scenes.ts';

const alleged = () => referral({ perpetrator: 'caregiver' }).run();
const stranger = () => referral({ perpetrator: 'third-party' }).run();
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

  it('stays one to be careful with where somebody else turns out to be alleged', () => {
    const story = alleged().do('record-facts', { perpetrator: 'third-party' });
    expect(mayContact(story.state)).toBe('not-the-caregiver');
    expect(story.state.child.perpetrator).toBe('third-party');
  });
});
