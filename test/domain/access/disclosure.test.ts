import { describe, expect, it } from 'vitest';
import { referral } from '../../support/referral-builder.ts';

const told = { recipient: 'police', legalBasis: 'cgs-17a-28-police', method: 'phone' } as const;

describe('a disclosure of the reporter to a person outside', () => {
  it('is recorded with recipient, ground, purpose and person, the words in the vault', () => {
    const [disclosed] = referral().run().do('disclose-reporter', told).all('reporter-disclosed');
    expect(disclosed).toMatchObject({ recipient: 'police', legalBasis: 'cgs-17a-28-police', at: expect.any(String) });
    for (const text of [disclosed?.receivedBy, disclosed?.purpose]) expect(text).toMatch(/^CR-[0-9A-Z-]+\.T\d+$/);
  });

  it.each([
    ['police', 'cgs-17a-28-prosecutor', 'basis-of-another'],
    ['prosecutor', 'cgs-17a-28-police', 'basis-of-another'],
    ['prosecutor', 'court-order', 'accepted'],
    ['police', 'consent-of-reporter', 'accepted'],
  ])('to %s on the ground %s is %s', (recipient, legalBasis, answer) => {
    expect(
      referral()
        .run()
        .refused('disclose-reporter', { ...told, recipient, legalBasis }),
    ).toBe(answer);
  });

  it('is for police and prosecutors alone, and names no one else', () => {
    expect(() =>
      referral()
        .run()
        .do('disclose-reporter', { ...told, recipient: 'school' }),
    ).toThrow();
    expect(() => referral().run().do('disclose-reporter', told, 'caseworker')).toThrow('may not');
  });

  it('can be recorded after the referral has ended as well', () => {
    const story = referral().run().do('propose-withdrawal', { because: 'made-in-error' });
    expect(story.do('agree-withdrawal', {}, 'careline-manager').refused('disclose-reporter', told)).toBe('accepted');
  });
});
