/** Treatment for substance use and its consents are only for those who work on it (42 CFR Part 2). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { part2PartsOf, shownOf } from '../../../shared/application/access/part-2-records.ts';
import { type Visitor, visitorOf } from '../../../shared/application/access/visitor.ts';
import { auditReferral } from '../../../shared/application/read/audit.ts';
import { peopleOf } from '../../../shared/application/read/people-of-referral.ts';
import { viewFor } from '../../../shared/application/read/view.ts';
import type { Role } from '../../../shared/domain/core/vocabulary.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { type Desk, startDesk } from '../../support/desk.ts';
import { memberOf, referral } from '../../support/referral-builder.ts';
import { link, offer, signed } from '../../support/scenes.ts';

const personWith = (role: Role, scope = 'state', id = 'P-PERSON'): Visitor =>
  visitorOf({ id, name: '', email: '', phone: '', title: '', roles: [{ role, scope }] });

/** In treatment with PV-1, beside a school that PV-2 gives. */
const treated = () =>
  link(signed(referral().run().screen('high-risk')), 'substance-use')
    .do('record-part-2', {}, 'contact:PV-1')
    .do('offer-linkage', { service: 'education', providerId: 'PV-2' });
const { state } = treated();
const words = ['substance-use', 'PV-1', 'written-part-2'];
const found = (text: string) => words.filter((word) => text.includes(word));
/** A topic of the checklist has the same name. A command's title is the same for every child. */
const ofServices = (view: object) =>
  JSON.stringify(view, (key, value) =>
    ['screenings', 'screeningProposal', 'commands'].includes(key) ? undefined : value,
  );
const seen = (who: Visitor) => ofServices(viewFor(state, policy, who, []));

describe('a substance use service', () => {
  test.each([
    personWith('administrator'),
    personWith('auditor'),
    personWith('careline-worker'),
    personWith('careline-supervisor'),
    personWith('legal'),
    personWith('mdt-coordinator', `team-${state.team.id}`),
    personWith('mdt-member', '', memberOf('medical').personId),
  ])('is not shown to $roles, and every other service is', (who) => {
    expect(found(seen(who))).toEqual([]);
    expect(seen(who)).toContain('PV-2.CONTACT');
  });

  test.each([
    personWith('caseworker'),
    personWith('area-supervisor'),
    personWith('hart-liaison'),
    personWith('hart-lead'),
  ])('is shown to $roles, who refer to it', (who) => {
    expect(found(seen(who))).toEqual(words);
  });

  test('stays unnamed where the team said who sees to it, and by when', () => {
    const story = treated();
    const attended = story.state.team.seats.map(({ discipline }) => discipline);
    const linkages = [
      { service: 'substance-use', owner: 'caseworker', by: '2026-12-01' },
      { service: 'education', owner: 'caseworker', by: '2026-12-01' },
    ];
    const owned = story.do('record-meeting', { attended, linkages }).state;
    const member = personWith('mdt-member', '', memberOf('medical').personId);
    const view = ofServices(viewFor(owned, policy, member, []));
    expect(view).not.toContain('substance-use');
    expect(view).toContain('2026-12-01');
    expect(ofServices(viewFor(owned, policy, personWith('caseworker'), []))).toContain('substance-use');
    const event = story.all('recommended').at(-1);
    if (!event) throw new Error('Nothing was recommended.');
    const shown = shownOf(event, part2PartsOf(owned, policy));
    expect(shown).toMatchObject({ owners: [{ service: 'education' }] });
  });

  test('is shown to its own provider, and to no other provider', () => {
    expect(seen(personWith('provider', '', 'PV-1.CONTACT'))).toContain('substance-use');
    expect(found(seen(personWith('provider', '', 'PV-2.CONTACT')))).toEqual([]);
  });

  test('keeps a referral from being closed, without naming the service', () => {
    const open = offer(referral().run(), 'substance-use').state;
    const view = viewFor(open, policy, personWith('careline-supervisor'), []);
    expect(view).toMatchObject({ inTheWayOfClosing: expect.arrayContaining([expect.stringMatching(/stands apart/)]) });
    expect(found(ofServices(view))).toEqual([]);
  });

  test('names its provider to no one else who asks for the people to call', async () => {
    const directory = {
      people: async (ids: readonly string[]) =>
        ids.map((id) => ({ id, name: id, email: '', phone: '', title: '', roles: [] })),
      onCallOrder: async () => [],
    };
    const servicesFor = async (role: Role) =>
      (await peopleOf(directory, state, policy, personWith(role), '2026-11-09T15:00:00.000Z')).providers.map(
        ({ service }) => service,
      );
    expect(await servicesFor('legal')).not.toContain('substance-use');
    expect(await servicesFor('caseworker')).toContain('substance-use');
  });
});

describe('an audit', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk();
  });
  afterAll(() => desk.stop());

  test('has each commit with its hash, and nothing of a substance use service', async () => {
    const id = await desk.opened({ name: 'Aspen Example' });
    const consent = { service: 'substance-use', consentKind: 'written-part-2', consentAnswer: 'given' };
    await desk.do(id, 'record-consent', consent, 'caseworker');
    const providers = await desk.parts().directory.providers('substance-use');
    const [provider] = providers;
    if (!provider) throw new Error('The directory has a provider of the service.');
    await desk.do(id, 'offer-linkage', { service: 'substance-use', providerId: provider.id }, 'caseworker');
    const audit = await auditReferral(desk.parts(), id, { id: 'P-ADMINISTRATOR' });
    const text = JSON.stringify(audit);
    for (const word of ['substance-use', 'written-part-2', provider.id, provider.personId, 'record-consent'])
      expect(text).not.toContain(word);
    expect(audit?.chain).toMatchObject({ intact: true });
    expect(audit?.commits.map(({ seq }) => seq)).toEqual(audit?.commits.map((_, index) => index + 1));
    expect(audit?.commits.at(-1)).toMatchObject({ who: 'Title of caseworker', cause: { name: 'facts-recorded' } });
  });
});
