import { describe, expect, it } from 'vitest';
import {
  type AgencyItem,
  type DirectoryItem,
  type DutyItem,
  type PersonItem,
  type ProviderItem,
  type SeatItem,
  sampleDirectory,
  samplePeople,
} from '../../../../infra/local/samples/directory.ts';
import { disciplines, roles, services } from '../../../../shared/domain/core/vocabulary.ts';
import { isTextPhone } from '../../../../shared/domain/directory/directory-entry.ts';
import { mdtTeams, offices, regions } from '../../../../shared/policy/places/geography.ts';
import { towns } from '../../../../shared/policy/places/towns.ts';

const items = sampleDirectory();
const ofKind = <Item extends DirectoryItem>(kind: string, sk = '') =>
  items.filter((item): item is Item => item.pk.startsWith(`${kind}#`) && item.sk.startsWith(sk));
const people = ofKind<PersonItem>('person');
const duties = ofKind<DutyItem>('duty');
const providers = ofKind<ProviderItem>('provider');
const personIds = new Set(people.map(({ id }) => id));
const holders = (role: string, scope: string) =>
  people.filter((person) => person.roles.some((each) => each.role === role && each.scope === scope));

const scopesOf = (role: string): readonly string[] => {
  if (['caseworker', 'area-supervisor', 'area-director', 'area-oncall'].includes(role)) {
    return offices.map(({ id }) => `office-${id}`);
  }
  if (['hart-liaison', 'hart-lead'].includes(role)) return regions.map(({ id }) => `region-${id}`);
  if (role.startsWith('mdt-')) return mdtTeams.map(({ id }) => `team-${id}`);
  return ['state'];
};

describe('the sample people', () => {
  it.each(roles)('hold the role %s at least twice in each scope it serves, one on duty and one deputy', (role) => {
    for (const scope of scopesOf(role)) {
      expect(holders(role, scope).length, scope).toBeGreaterThanOrEqual(2);
      const orders = duties.filter((duty) => duty.role === role && duty.scope === scope).map(({ order }) => order);
      expect(orders, scope).toEqual(expect.arrayContaining([1, 2]));
    }
    const scopes = new Set(
      people.flatMap((person) => person.roles.filter((each) => each.role === role)).map(({ scope }) => scope),
    );
    expect(scopes).toEqual(new Set(scopesOf(role)));
  });

  it('have no role the programme does not know', () => {
    expect(new Set(people.flatMap((person) => person.roles.map(({ role }) => role)))).toEqual(new Set(roles));
  });

  it('have each their own id, subject, address and name', () => {
    for (const attribute of ['id', 'sub', 'email', 'name'] as const) {
      expect(new Set(people.map((person) => person[attribute])).size, attribute).toBe(people.length);
    }
    expect(people.every(({ id }) => /^[A-Z0-9-]{1,64}$/.test(id))).toBe(true);
  });

  it('agreed to text messages where they have shifts, with a number that one can be sent to', () => {
    const agreed = people.filter(({ textPhone }) => textPhone !== undefined);
    expect(new Set(agreed.flatMap((person) => person.roles.map(({ role }) => role)))).toEqual(
      new Set(['careline-supervisor', 'area-oncall', 'director-oncall']),
    );
    expect(agreed.every(({ textPhone = '' }) => isTextPhone(textPhone))).toBe(true);
  });

  it('have addresses that say what they do', () => {
    const addresses = new Set(people.map(({ email }) => email));
    for (const address of [
      'careline.worker@dcf.example',
      'careline.supervisor@dcf.example',
      'careline.supervisor2@dcf.example',
      'caseworker.new-haven@dcf.example',
      'hart.liaison.north-central2@dcf.example',
      'mdt.coordinator.new-haven@team.example',
      'mdt.medical.new-haven@team.example',
      'provider.victim-advocacy@provider.example',
      'administrator@dcf.example',
      'auditor@dcf.example',
    ]) {
      expect(addresses).toContain(address);
    }
  });

  it('sign in as the people of the directory, all but one with a second factor', () => {
    const signIn = samplePeople();
    expect(signIn.map(({ sub, email, name, title }) => [sub, email, name, title])).toEqual(
      people.map(({ sub, email, name, title }) => [sub, email, name, title]),
    );
    expect(signIn.filter((person) => 'mfa' in person)).toMatchObject([{ email: 'no.mfa@dcf.example', mfa: false }]);
  });

  it('are never on duty without a second factor', () => {
    expect(duties.some(({ personId }) => personId === 'P-NO-MFA')).toBe(false);
    expect(holders('careline-worker', 'state').map(({ id }) => id)).toContain('P-NO-MFA');
  });
});

describe('the sample teams', () => {
  it.each(mdtTeams)('$id has every seat, with a deputy who is another person', ({ id, name, judicialDistrict }) => {
    expect(ofKind('team', 'team').filter(({ pk }) => pk === `team#${id}`)).toMatchObject([{ name, judicialDistrict }]);
    const seats = ofKind<SeatItem>('team', 'seat#').filter(({ pk }) => pk === `team#${id}`);
    expect(seats.map(({ sk }) => sk).toSorted()).toEqual(
      disciplines.flatMap((discipline) => [`seat#${discipline}#1`, `seat#${discipline}#2`]).toSorted(),
    );
    expect(new Set(seats.map(({ personId }) => personId)).size).toBe(seats.length);
    const members = new Set(holders('mdt-member', `team-${id}`).map((person) => person.id));
    expect(seats.every(({ personId }) => members.has(personId))).toBe(true);
  });
});

describe('the sample providers', () => {
  it.each(services)('offer %s in every region', (service) => {
    const offering = providers.filter(
      (provider) => provider.pk === `provider#${service}` && provider.service === service,
    );
    for (const { id } of regions) {
      expect(offering.some((provider) => provider.regions.includes(String(id)))).toBe(true);
    }
  });

  it('have their own ids and mailboxes, and each a contact', () => {
    expect(new Set(providers.map(({ id }) => id)).size).toBe(providers.length);
    expect(new Set([...providers, ...people].map(({ email }) => email)).size).toBe(providers.length + people.length);
    expect(providers.every(({ personId }) => personIds.has(personId))).toBe(true);
    expect(new Set(providers.map(({ pk }) => pk)).size).toBe(services.length);
  });
});

describe('the sample agencies', () => {
  const agencies = ofKind<AgencyItem>('agency');

  it('are one for each town, under its name in capitals', () => {
    expect(agencies.map(({ town }) => town)).toEqual(towns.map(({ name }) => name));
    expect(agencies.every(({ pk, town }) => pk === `agency#${town.toUpperCase()}`)).toBe(true);
    expect(new Set(agencies.map(({ id }) => id)).size).toBe(towns.length);
  });

  it('say where the State Police serve, and that their numbers are invented', () => {
    const nameOf = (town: string) => agencies.find((agency) => agency.town === town)?.name;
    expect(nameOf('Andover')).toBe('State Police, resident trooper, Andover (invented number)');
    expect(nameOf('New Haven')).toBe('New Haven Police (invented number)');
    // A misspelled town in the list of those without a force would be missing here.
    expect(agencies.filter(({ name }) => name.startsWith('State Police'))).toHaveLength(74);
  });
});

describe('the sample directory', () => {
  it('has no key twice, is the same at every call, and is in marshallable plain values', () => {
    expect(new Set(items.map(({ pk, sk }) => `${pk} ${sk}`)).size).toBe(items.length);
    expect(sampleDirectory()).toEqual(items);
    expect(JSON.parse(JSON.stringify(items))).toEqual(items);
  });

  it('has nothing but .example addresses and numbers kept free for invention', () => {
    const text = JSON.stringify(items);
    expect(text.match(/[^"\s]+@[^"\s]+/g)?.filter((address) => !address.endsWith('.example'))).toEqual([]);
    expect(text.match(/\d{3}-\d{3}-\d{4}/g)?.filter((phone) => !/^\d{3}-555-01\d\d$/.test(phone))).toEqual([]);
  });

  it('refers only to people it holds', () => {
    const referred = [...duties, ...ofKind<SeatItem>('team', 'seat#'), ...providers].map(({ personId }) => personId);
    expect(referred.filter((id) => !personIds.has(id))).toEqual([]);
  });
});
