import { describe, expect, it } from 'vitest';
import { declineReasons, supplyGaps } from '../../../shared/domain/core/vocabulary.ts';
import { referral } from '../../support/referral-builder.ts';
import { link, offer, stepOf } from '../../support/scenes.ts';

const confirmed = () => referral().run().screen('confirmed');
const advocacy = { service: 'victim-advocacy' };
const theirs = 'contact:PV-1';

describe('a service', () => {
  it('is offered, accepted and started, each in a step of its own', () => {
    const story = offer(confirmed(), 'victim-advocacy');
    const status = () => story.state.services.linkages['victim-advocacy']?.status;
    expect(status()).toBe('offered');
    expect(story.deadline('D19a').status).toBe('kept');
    expect(story.deadline('D19b')).toMatchObject({ status: 'open', subject: 'victim-advocacy' });
    story.do('accept-linkage', advocacy, theirs);
    expect(status()).toBe('accepted');
    expect(story.deadline('D19b').status).toBe('open');
    story.do('record-contact', { ...advocacy, reached: 'no' }, theirs);
    expect(story.all('linkage-contacted')).toMatchObject([{ reached: 'no' }]);
    expect(status()).toBe('accepted');
    expect(story.deadline('D19b').status).toBe('kept');
    story.do('start-linkage', advocacy, theirs);
    expect(status()).toBe('started');
  });

  it('is accepted with the first day on which it can start, which another referral takes away', () => {
    const story = offer(confirmed(), 'education');
    const education = { service: 'education' };
    const startsOn = () => story.state.services.linkages.education?.startsOn;
    expect(story.refused('accept-linkage', { ...education, startsOn: '2026-11-08' }, theirs)).toBe('in-the-past');
    story.do('accept-linkage', { ...education, startsOn: '2026-11-16' }, theirs);
    expect(startsOn()).toBe('2026-11-16');
    story.do('decline-linkage', { ...education, reasonCode: 'no-capacity' }, theirs);
    story.do('offer-linkage', { ...education, providerId: 'PV-2' });
    expect(startsOn()).toBeUndefined();
  });

  it('that has started was in contact with the child', () => {
    const story = link(confirmed(), 'victim-advocacy');
    expect(story.deadline('D19b').status).toBe('kept');
  });

  it('writes to the person of the provider, by id', () => {
    const story = offer(confirmed(), 'education');
    expect(story.all('alert-requested').at(-1)).toMatchObject({ kind: 'linkage-offered', people: ['PV-1.CONTACT'] });
  });

  it('reminds a provider who is silent, and no other', () => {
    const story = offer(offer(confirmed(), 'education'), 'victim-advocacy');
    const remind = (...services: readonly string[]) => ({ services });
    story.do('remind-providers', remind('education', 'victim-advocacy'), 'caseworker');
    // Both are of one provider, who gets one e-mail.
    expect(story.all('alert-requested').at(-1)).toMatchObject({ kind: 'linkage-offered', people: ['PV-1.CONTACT'] });
    story.do('accept-linkage', advocacy, theirs);
    expect(story.refused('remind-providers', remind('education', 'victim-advocacy'), 'caseworker')).toBe('wrong-step');
    expect(story.refused('remind-providers', remind('mental-health'), 'caseworker')).toBe('wrong-step');
    expect(story.refused('remind-providers', remind('education'), 'careline-supervisor')).toBe('not-urgent');
  });

  it('that no listed provider offers is a need as soon as it is offered', () => {
    const story = offer(referral().run(), 'education');
    expect(story.state.services.linkages.education?.status).toBe('offered');
  });

  it('the first mental-health appointment is due 14 days after the referral, and contact alone is no appointment', () => {
    const story = offer(confirmed(), 'mental-health').do(
      'record-contact',
      { service: 'mental-health', reached: 'no' },
      theirs,
    );
    expect(story.deadline('D22b')).toMatchObject({ status: 'open', due: '2026-11-23T15:00:00Z' });
    story.do('start-linkage', { service: 'mental-health' }, theirs);
    expect(story.deadline('D22b').status).toBe('kept');
  });

  it.each([
    ['accept-linkage', 'wrong-step'],
    ['record-contact', 'wrong-step'],
    ['start-linkage', 'wrong-step'],
    ['decline-linkage', 'accepted'],
  ] as const)('that was never offered: %s is %s', (command, answer) => {
    expect(confirmed().refused(command, stepOf(command, advocacy))).toBe(answer);
  });

  it('that is no need of the child has no steps', () => {
    expect(confirmed().refused('start-linkage', { service: 'education' })).toBe('no-such-need');
  });
});

describe('a provider', () => {
  it.each(['accept-linkage', 'record-contact', 'start-linkage'] as const)(
    'can do %s for the referrals addressed to it, and no others',
    (command) => {
      const story = offer(confirmed(), 'victim-advocacy');
      expect(story.refused(command, stepOf(command, advocacy), 'contact:PV-2')).toBe('not-your-linkage');
      expect(story.refused(command, stepOf(command, advocacy), theirs)).toBe('accepted');
    },
  );

  it('learns nothing of the other needs of the child: each gets the same refusal', () => {
    const story = offer(offer(confirmed(), 'victim-advocacy'), 'substance-use');
    const ask = (service: string) =>
      (['accept-linkage', 'record-contact', 'start-linkage', 'decline-linkage'] as const).map((command) =>
        story.ask(command, stepOf(command, { service }), 'contact:PV-2'),
      );
    const outcome = { months: '3', serviceOutcome: 'completed' };
    // One is offered to another provider, one is needed, and one is no need of the child.
    for (const service of ['substance-use', 'mental-health', 'education']) {
      expect(ask(service)).toEqual(ask('victim-advocacy'));
      expect(story.refused('record-service-outcome', { service, ...outcome }, 'contact:PV-2')).toBe('not-your-linkage');
    }
  });

  it('declines its own only', () => {
    const story = offer(confirmed(), 'victim-advocacy');
    const declined = { ...advocacy, reasonCode: 'waiting-list', waitDays: 30 };
    expect(story.refused('decline-linkage', declined, 'contact:PV-2')).toBe('not-your-linkage');
    expect(story.refused('decline-linkage', declined, theirs)).toBe('accepted');
  });

  it('may take the place of a declined one, and of no other', () => {
    const story = offer(confirmed(), 'victim-advocacy').do(
      'decline-linkage',
      { ...advocacy, reasonCode: 'waiting-list', waitDays: 30 },
      theirs,
    );
    story.do('offer-linkage', { ...advocacy, providerId: 'PV-2' });
    expect(story.state.services.linkages['victim-advocacy']).toMatchObject({
      status: 'offered',
      contactId: 'PV-2.CONTACT',
    });
    expect(story.refused('accept-linkage', advocacy, theirs)).toBe('not-your-linkage');
  });

  it('that the directory does not hold is refused', () => {
    expect(confirmed().refused('offer-linkage', { ...advocacy, providerId: 'NO-ONE' })).toBe('no-such-provider');
  });
});

describe('a service that is declined', () => {
  it.each(declineReasons)(
    'because of %s: a gap in supply lets the clocks run, an answer settles them',
    (reasonCode) => {
      const story = offer(confirmed(), 'victim-advocacy').do('decline-linkage', {
        ...advocacy,
        reasonCode,
        ...(reasonCode === 'waiting-list' && { waitDays: 'unknown' }),
      });
      const gap = supplyGaps.includes(reasonCode);
      expect(story.deadline('D19b').status).toBe(gap ? 'open' : 'kept');
      expect(story.unmet().join()).not.toContain('victim-advocacy is neither');
      expect(story.all('linkage-declined')[0]).toMatchObject({ reasonCode });
    },
  );

  it('before anyone was asked, by the child: the referral is owed no longer', () => {
    const story = confirmed().do('decline-linkage', { ...advocacy, reasonCode: 'child-declined' });
    expect(story.deadline('D19a').status).toBe('kept');
    expect(story.refused('decline-linkage', { ...advocacy, reasonCode: 'child-declined' })).toBe('wrong-step');
  });
});
