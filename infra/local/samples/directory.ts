/** The sample content of the Directory table, and the people who can sign in locally. All of it is invented. */
import { mdtTeams, regions } from '../../../shared/policy/places/geography.ts';
import { type Town, towns } from '../../../shared/policy/places/towns.ts';
import { tribes } from '../../../shared/policy/places/tribes.ts';
import { inventedPhone, people, type SamplePerson, sampleServices } from './people.ts';

export type PersonItem = ReturnType<typeof personItem>;
export type DutyItem = ReturnType<typeof dutyItems>[number];
export type SeatItem = ReturnType<typeof seatItems>[number];
export type ProviderItem = ReturnType<typeof providerItems>[number];
export type AgencyItem = ReturnType<typeof agencyItem>;
/** Ready to be put, once marshalled. */
export type DirectoryItem = ReturnType<typeof sampleDirectory>[number];

/** Every item of the sample directory, the same at every call. */
export function sampleDirectory() {
  const everybody = people();
  return [
    ...everybody.map(personItem),
    ...everybody.flatMap(dutyItems),
    ...mdtTeams.map(({ id, name, judicialDistrict, confidence }) => ({
      pk: `team#${id}`,
      sk: 'team',
      name,
      judicialDistrict,
      confidence,
    })),
    ...everybody.flatMap(seatItems),
    ...providerItems(everybody),
    ...towns.map(agencyItem),
    ...tribes.map(tribeItem),
  ];
}

/** The people the local sign-in offers. `mfa: false` marks the one who signs in without a second factor. */
export function samplePeople(): readonly Pick<SamplePerson, 'sub' | 'email' | 'name' | 'title' | 'mfa'>[] {
  return people().map(({ sub, email, name, title, mfa }) => ({
    sub,
    email,
    name,
    title,
    ...(mfa === false && { mfa }),
  }));
}

function personItem({ id, name, email, phone, textPhone, sub, title, language, role, scope }: SamplePerson) {
  const own = {
    id,
    name,
    email,
    phone,
    ...(textPhone !== undefined && { textPhone }),
    sub,
    title,
    ...(language && { language }),
  };
  return { pk: `person#${id}`, sk: 'profile', ...own, roles: [{ role, scope }] };
}

/**
 * The people who answer for a role in a scope: order 1 on duty, 2 the deputy. `mdt-member` and `provider` have an order
 * 1 for each seat and each service. So ask the team's seats and the provider instead.
 */
function dutyItems({ id, role, scope, order }: SamplePerson) {
  if (order === undefined) return [];
  return [{ pk: `duty#${role}`, sk: `${scope}#${order}#${id}`, personId: id, role, scope, order }];
}

function seatItems({ id, scope, discipline, order }: SamplePerson) {
  if (discipline === undefined || order === undefined) return [];
  const pk = scope.replace('team-', 'team#');
  return [{ pk, sk: `seat#${discipline}#${order}`, discipline, personId: id, order }];
}

/**
 * Two providers a service: one for the whole state and one for the west alone. Ages are years, both included. The mailbox is
 * shared, and the person who reads it is `personId`.
 */
function providerItems(everybody: readonly SamplePerson[]) {
  return sampleServices.flatMap(({ service, words, house }, index) => {
    const contacts = everybody.filter((person) => person.service === service);
    return contacts.map((contact, second) => {
      const id = `PR-${service.toUpperCase()}-${second + 1}`;
      return {
        pk: `provider#${service}`,
        sk: id,
        id,
        name: `${house} House${second === 0 ? '' : ' West'}, ${words} (invented)`,
        service,
        ageFrom: second === 0 ? 0 : 12,
        ageTo: second === 0 ? 24 : 20,
        languages: second === 0 ? ['english', 'spanish'] : ['english', 'portuguese'],
        regions: second === 0 ? regions.map((region) => String(region.id)) : ['1', '2', '5'],
        email: `intake.${service}${second === 0 ? '' : '.west'}@provider.example`,
        phone: inventedPhone(2 * index + second),
        personId: contact.id,
      };
    });
  });
}

/** Towns taken to have no police force of their own. An assumption for the samples, not checked. */
const statePoliceTowns: ReadonlySet<string> = new Set(
  `Andover, Ashford, Barkhamsted, Beacon Falls, Bethany, Bethlehem, Bolton, Bozrah, Bridgewater, Brooklyn, Burlington, Canaan,
  Canterbury, Chaplin, Chester, Colchester, Colebrook, Columbia, Cornwall, Deep River, Durham, East Haddam, Eastford,
  Ellington, Essex, Franklin, Goshen, Griswold, Haddam, Hampton, Hartland, Harwinton, Hebron, Kent, Killingly,
  Killingworth, Lebanon, Lisbon, Litchfield, Lyme, Mansfield, Marlborough, Middlefield, Morris, New Hartford, Norfolk,
  North Canaan, North Stonington, Old Lyme, Oxford, Pomfret, Preston, Prospect, Roxbury, Salem, Salisbury, Scotland, Sharon,
  Sherman, Somers, Southbury, Sprague, Stafford, Sterling, Thompson, Tolland, Union, Voluntown, Warren, Washington,
  Westbrook, Willington, Woodbury, Woodstock`.split(/,\s+/),
);

function agencyItem({ name: town }: Town, index: number) {
  const force = statePoliceTowns.has(town) ? `State Police, resident trooper, ${town}` : `${town} Police`;
  const id = `A-${town.toUpperCase().replaceAll(' ', '-')}`;
  return {
    pk: `agency#${town.toUpperCase()}`,
    sk: id,
    id,
    name: `${force} (invented number)`,
    phone24h: inventedPhone(index),
    town,
  };
}

/** Federally recognized tribes have police of their own here. Names of offices and numbers are invented. */
function tribeItem({ id, name, recognizedBy }: (typeof tribes)[number], index: number) {
  return {
    pk: 'tribes',
    sk: id,
    id,
    office: `Family services office, ${name} (invented number)`,
    phone: inventedPhone(index + 20),
    services: recognizedBy === 'federal' ? ['victim-advocacy', 'mental-health'] : ['basic-needs'],
    ...(recognizedBy === 'federal' && {
      police: `Tribal police, ${name} (invented number)`,
      policePhone: inventedPhone(index + 30),
    }),
  };
}
