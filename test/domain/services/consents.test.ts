/** The consents that each service needs before an outside person is told. Urgent help waits for none. */

import { describe, expect, it } from 'vitest';
import { mayReadChild, mayReadPart2, visitorOf } from '../../../shared/application/access/visitor.ts';
import { fieldsFor } from '../../../shared/application/input/readable-fields.ts';
import { services } from '../../../shared/domain/core/vocabulary.ts';
import { actsFor } from '../../../shared/domain/next-steps/milestone-table.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral } from '../../support/referral-builder.ts';
import { link, offer, stepOf } from '../../support/scenes.ts';

const running = () => referral().run();
const to = (service: string, consentKind: string, consentAnswer = 'given') => ({ service, consentKind, consentAnswer });
const part2 = (answer = 'given') => to('substance-use', 'written-part-2', answer);
const refer = (service: string) => ({ service, providerId: 'PV-1' });

describe('the catalogue', () => {
  it('has a row for every service, whose clocks the policy holds', () => {
    expect(Object.keys(policy.catalogue).toSorted()).toEqual([...services].toSorted());
    const rules = policy.deadlines.map(({ id }) => id);
    for (const { clocks } of Object.values(policy.catalogue)) for (const id of clocks) expect(rules).toContain(id);
  });

  it.each(['medical-acute-forensic', 'medical-nonacute', 'safe-placement', 'victim-advocacy'] as const)(
    'lets %s wait for no consent',
    (service) => {
      expect(policy.catalogue[service]).toMatchObject({ urgent: true, consent: [] });
      expect(running().refused('offer-linkage', refer(service))).toBe('accepted');
    },
  );

  it('even where a policy asks for one by mistake', () => {
    const catalogue = {
      ...policy.catalogue,
      'safe-placement': { ...policy.catalogue['safe-placement'], consent: ['child'] },
    };
    const story = referral({ policy: { ...policy, catalogue } as typeof policy }).run();
    expect(story.refused('offer-linkage', refer('safe-placement'))).toBe('accepted');
  });

  it('keeps the records of substance use apart, and marks the consents that lawyers have to confirm', () => {
    const part2 = services.filter((service) => policy.catalogue[service].part2);
    expect(part2).toEqual(['substance-use']);
    for (const { consent, awaitsLegalSignOff } of Object.values(policy.catalogue)) {
      expect(awaitsLegalSignOff).toBe(consent.length > 0);
    }
  });
});

describe('a service that needs a consent', () => {
  it.each(
    services.filter(
      (service) => policy.catalogue[service].consent.length > 0 && policy.catalogue[service].consentFor === undefined,
    ),
  )('%s is referred with it, and not before', (service) => {
    const story = running();
    expect(story.refused('offer-linkage', refer(service))).toBe('consent-missing');
    expect(offer(story, service).state.services.linkages[service]?.status).toBe('offered');
  });

  it('says in a sentence what is missing', () => {
    expect(offered().ask('accept-linkage', { service: 'substance-use' })).toMatchObject({
      sentence: expect.stringMatching(/needs the written consent of the patient under 42 CFR Part 2 .* never wait/),
    });
  });
});

const offered = () => running().do('offer-linkage', refer('substance-use'));

describe('42 CFR Part 2', () => {
  const service = 'substance-use';

  it('asks for no consent to the referral of the department to the program', () => {
    for (const answer of ['given', 'refused'] as const) {
      const story = running().do('record-consent', part2(answer));
      expect(story.refused('offer-linkage', refer(service))).toBe('accepted');
    }
    expect(offered().state.services.linkages[service]?.status).toBe('offered');
  });

  it.each(['accept-linkage', 'record-contact', 'start-linkage'] as const)(
    'asks for it before the program discloses: %s',
    (command) => {
      expect(offered().refused(command, stepOf(command, { service }), 'contact:PV-1')).toBe('consent-missing');
      const story = offered().do('record-consent', part2());
      expect(story.refused(command, stepOf(command, { service }), 'contact:PV-1')).toBe('accepted');
    },
  );

  it("takes no other person's consent in its place, nor one that was withdrawn", () => {
    const story = offered().do('record-consent', part2()).do('record-consent', part2('withdrawn'));
    story.do('record-consent', to(service, 'parent-or-guardian'));
    expect(story.refused('accept-linkage', { service }, 'contact:PV-1')).toBe('consent-missing');
  });

  it('names the consent as the next step, once the child was referred', () => {
    const story = offered();
    const about = { state: story.state, policy, now: story.now, subject: service };
    const named = (state: Referral) => actsFor(['service-started'], { ...about, state }).map(({ command }) => command);
    expect(named(story.state)).toEqual(['record-consent', 'decline-linkage']);
    expect(named(story.do('record-consent', part2()).state)).toEqual([
      'accept-linkage',
      'decline-linkage',
      'start-linkage',
    ]);
    expect(actsFor(['offered-substance-use'], about).map(({ command }) => command)).not.toContain('record-consent');
  });

  it('says that a compartment of its own is a choice of this product', () => {
    expect(policy.catalogue[service].source).toContain('a compartment of its own is a choice of this product');
  });
});

describe('a consent that is withdrawn while a provider is asked', () => {
  const service = 'substance-use';
  const withdrawn = () => offer(running(), service).do('record-consent', part2('withdrawn'));
  const theirs = 'contact:PV-1';

  it('suspends the offer: it is neither accepted nor started until the consent stands again', () => {
    const story = withdrawn();
    for (const command of ['accept-linkage', 'record-contact', 'start-linkage'] as const)
      expect(story.refused(command, stepOf(command, { service }), theirs)).toBe('consent-missing');
    // Another person's consent does not replace it.
    story.do('record-consent', to(service, 'parent-or-guardian'));
    expect(story.refused('accept-linkage', { service }, theirs)).toBe('consent-missing');
    story.do('record-consent', part2());
    expect(story.refused('accept-linkage', { service }, theirs)).toBe('accepted');
  });

  it('suspends the acceptance, and is asked of the caseworker and of the provider no more', () => {
    const story = offer(running(), service).do('accept-linkage', { service }, theirs);
    story.do('record-consent', part2('withdrawn'));
    expect(story.refused('start-linkage', { service }, theirs)).toBe('consent-missing');
    expect(story.deadline('D35b')).toMatchObject({ status: 'ended', subject: service });
    expect(story.deadline('D35a')).toMatchObject({ status: 'open', subject: service });
    expect(story.all('alert-requested').map(({ kind, to }) => `${kind} ${to.join()}`)).toContain(
      'answer-needed caseworker',
    );
    story.do('record-consent', part2());
    expect(story.deadline('D35a').status).toBe('kept');
    expect(story.deadline('D35b')).toMatchObject({ status: 'open', subject: service });
  });

  it('closes who the child is and the apart record to that provider, started or not, and opens them again', () => {
    const provider = visitorOf({
      id: 'PV-1.CONTACT',
      name: '',
      email: '',
      phone: '',
      title: '',
      roles: [{ role: 'provider', scope: '' }],
    });
    const story = link(running(), service);
    const reads = () => [
      mayReadChild(story.state, provider),
      mayReadPart2(story.state, provider),
      fieldsFor(story.state, provider).size > 0,
    ];
    expect(reads()).toEqual([true, true, true]);
    story.do('record-consent', part2('withdrawn'));
    expect(reads()).toEqual([false, false, false]);
    expect(story.refused('decline-linkage', { service, reasonCode: 'child-declined' })).toBe('accepted');
    const other = withdrawn();
    expect(mayReadChild(other.state, provider)).toBe(false);
    other.do('record-consent', part2());
    expect(mayReadChild(other.state, provider)).toBe(false);
    other.do('accept-linkage', { service });
    expect(mayReadChild(other.state, provider)).toBe(true);
  });

  it('stops no urgent help', () => {
    const story = offer(running(), 'safe-placement').do('record-consent', to('safe-placement', 'child', 'refused'));
    expect(story.refused('accept-linkage', { service: 'safe-placement' }, theirs)).toBe('accepted');
  });
});

describe('a consent', () => {
  it('is in the ledger as who, to what, when, whether the service stops, and nothing else', () => {
    const story = running().do('record-consent', part2());
    expect(story.all('consent-recorded')).toEqual([
      {
        type: 'consent-recorded',
        v: 1,
        service: 'substance-use',
        kind: 'written-part-2',
        answer: 'given',
        suspends: false,
        at: story.now,
      },
    ]);
  });

  it('is recorded once, and withdrawn only where it was given', () => {
    const story = running();
    expect(story.refused('record-consent', part2('withdrawn'))).toBe('not-given');
    story.do('record-consent', part2());
    expect(story.refused('record-consent', part2())).toBe('nothing-new');
  });
});

describe('a record of substance use', () => {
  const record = (as?: string) => running().do('record-consent', part2()).refused('record-part-2', {}, as);

  it('needs the written consent', () => {
    expect(running().refused('record-part-2')).toBe('consent-missing');
    expect(record()).toBe('accepted');
  });

  it('is added by the provider of the service and by no other', () => {
    expect(record('contact:PV-1')).toBe('not-your-linkage');
    const story = offer(running(), 'substance-use');
    expect(story.refused('record-part-2', {}, 'contact:PV-2')).toBe('not-your-linkage');
    expect(story.refused('record-part-2', {}, 'contact:PV-1')).toBe('accepted');
  });
});

describe('a need that cannot be met is captured when it happens', () => {
  it('carries the reason, the person who said so, the length of the list and the region', () => {
    const story = offer(running(), 'education').do(
      'decline-linkage',
      { service: 'education', reasonCode: 'waiting-list', waitDays: 40 },
      'contact:PV-1',
    );
    expect(story.state.services.unmetNeeds).toEqual([
      { service: 'education', reason: 'waiting-list', by: 'provider', at: story.now, waitDays: 40, region: 4 },
    ]);
    story.do('decline-linkage', { service: 'education', reasonCode: 'child-declined' });
    expect(story.state.services.unmetNeeds).toHaveLength(2);
  });

  it.each(['no-longer-needed', 'served-elsewhere'])('and not where the service is %s', (reasonCode) => {
    expect(running().do('decline-linkage', { service: 'education', reasonCode }).state.services.unmetNeeds).toEqual([]);
  });

  it('says how long a waiting list takes, or that this is unknown', () => {
    const list = { service: 'education', reasonCode: 'waiting-list' };
    const story = running();
    expect(story.refused('decline-linkage', list)).toBe('wait-unsaid');
    story.do('decline-linkage', { ...list, waitDays: 'unknown' });
    expect(story.state.services.unmetNeeds).toEqual([
      { service: 'education', reason: 'waiting-list', by: 'staff', at: story.now, region: 4 },
    ]);
  });

  it('says how long the wait is of a waiting list alone', () => {
    const input = { service: 'education', reasonCode: 'no-provider', waitDays: 3 };
    expect(running().refused('decline-linkage', input)).toBe('no-waiting-list');
  });

  it('is not said by a provider of all providers', () => {
    const story = offer(running(), 'education');
    const input = { service: 'education', reasonCode: 'no-provider' };
    expect(story.refused('decline-linkage', input, 'contact:PV-1')).toBe('reason-of-staff');
  });
});
