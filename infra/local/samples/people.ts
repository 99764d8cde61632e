/**
 * Invented people for the embedded cloud: at least two for each role in each place it serves. Their addresses say what
 * they do, so that you can sign in as any of them from memory. Examples are `careline.supervisor@dcf.example`,
 * `hart.liaison.north-central@dcf.example` and `mdt.medical.new-haven@team.example`. The second person's address is
 * `…supervisor2@…`.
 *
 * `infra/local` may read the towns and districts of `shared/policy` (`towns.ts`, `geography.ts`) as data, so that they
 * stand in one place. It reads nothing else of `shared`.
 */
import { mdtTeams, offices, regions } from '../../../shared/policy/places/geography.ts';

/** One person in one role. */
export interface SamplePerson {
  readonly id: string;
  readonly sub: string;
  readonly email: string;
  readonly name: string;
  readonly phone: string;
  /** The number for text messages, of people who agreed to get them: `+12035550188`. */
  readonly textPhone?: string;
  readonly title: string;
  /** Absent for people who read English. */
  readonly language?: 'es';
  readonly role: string;
  /** `state`, `region-4`, `office-NEW-HAVEN` or `team-MDT-NEW-HAVEN`. */
  readonly scope: string;
  /**
   * 1 is on duty, 2 the deputy. It counts among the people of a role, of a team's seat or of a provider's service.
   * Undefined: never on duty.
   */
  readonly order?: number;
  /** The seat of an MDT member. */
  readonly discipline?: string;
  /** The service a provider's contact answers for. */
  readonly service?: string;
  /** False for a person who signs in without a second factor. */
  readonly mfa?: false;
}

/** What one or more people do in one place. */
interface Post {
  readonly role: string;
  readonly scope: string;
  /** The part of the address before the `@`; the second person's has a 2 behind it. */
  readonly address: string;
  readonly domain: string;
  readonly title: string;
  readonly discipline?: string;
  readonly service?: string;
  readonly holders?: number;
}

/** Two people each, unless more are named. */
const stateRoles: readonly { readonly role: string; readonly title: string; readonly holders?: number }[] = [
  { role: 'careline-worker', title: 'Careline worker', holders: 4 },
  { role: 'careline-supervisor', title: 'Careline supervisor' },
  { role: 'careline-manager', title: 'Careline manager' },
  { role: 'program-manager', title: 'Program manager' },
  { role: 'hart-director', title: 'HART director' },
  { role: 'director-oncall', title: 'Director on call' },
  { role: 'legal', title: 'DCF Legal' },
  { role: 'aag-liaison', title: "Liaison to the Attorney General's office" },
  { role: 'administrator', title: 'Administrator' },
  { role: 'auditor', title: 'Auditor' },
  { role: 'evaluator', title: 'Evaluator of the program' },
];

const officeRoles = [
  { role: 'caseworker', title: 'Caseworker' },
  { role: 'area-supervisor', title: 'Area supervisor' },
  { role: 'area-director', title: 'Area director' },
  { role: 'area-oncall', title: 'Area office on call' },
];

const regionRoles = [
  { role: 'hart-liaison', title: 'HART liaison' },
  { role: 'hart-lead', title: 'HART lead' },
];

const teamRoles = [
  { role: 'mdt-coordinator', title: 'MDT coordinator' },
  { role: 'mdt-chair', title: 'MDT chair' },
];

/** The seats of every team (docs/domain.md#team-seats). */
const seats = [
  { discipline: 'states-attorney', title: "State's Attorney" },
  { discipline: 'dcf', title: 'DCF' },
  { discipline: 'law-enforcement', title: 'Law enforcement' },
  { discipline: 'medical', title: 'Medical' },
  { discipline: 'mental-health', title: 'Mental health' },
  { discipline: 'forensic-interviewer', title: 'Forensic interviewer' },
  { discipline: 'victim-advocate', title: 'Victim advocate' },
  { discipline: 'youth-service-bureau', title: 'Youth service bureau' },
];

/** The service catalogue (docs/domain.md#service-catalogue), and prevention services, each with the house that offers it. */
export const sampleServices: readonly { readonly service: string; readonly words: string; readonly house: string }[] = [
  { service: 'medical-acute-forensic', words: 'acute forensic medical exam', house: 'Alder' },
  { service: 'medical-nonacute', words: 'medical exam', house: 'Aspen' },
  { service: 'forensic-interview', words: 'forensic interview', house: 'Beech' },
  { service: 'safe-placement', words: 'safe placement', house: 'Birch' },
  { service: 'victim-advocacy', words: 'victim advocacy', house: 'Cedar' },
  { service: 'long-term-survivor-care', words: 'long-term survivor care', house: 'Elm' },
  { service: 'mental-health', words: 'mental health', house: 'Hazel' },
  { service: 'substance-use', words: 'substance use', house: 'Hemlock' },
  { service: 'education', words: 'education', house: 'Hickory' },
  { service: 'legal', words: 'legal help', house: 'Juniper' },
  { service: 'victim-compensation', words: 'victim compensation', house: 'Larch' },
  { service: 'basic-needs', words: 'basic needs', house: 'Linden' },
  { service: 'caregiver-support', words: 'caregiver support', house: 'Maple' },
  { service: 'transition-services', words: 'transition services', house: 'Rowan' },
  { service: 'prevention', words: 'prevention', house: 'Willow' },
];

// A region's name, not its number: the second person's address ends in a 2.
const slug = (name: string) => name.toLowerCase().replaceAll(' ', '-');
const dotted = (role: string) => role.replaceAll('-', '.');

function posts(): readonly Post[] {
  const dcf = 'dcf.example';
  const team = 'team.example';
  return [
    ...stateRoles.map((each) => ({ ...each, scope: 'state', address: dotted(each.role), domain: dcf })),
    ...offices.flatMap(({ id, name }) =>
      officeRoles.map(({ role, title }) => ({
        role,
        scope: `office-${id}`,
        address: `${dotted(role)}.${slug(name)}`,
        domain: dcf,
        title: `${title}, ${name} office`,
      })),
    ),
    ...regions.flatMap(({ id, name }) =>
      regionRoles.map(({ role, title }) => ({
        role,
        scope: `region-${id}`,
        address: `${dotted(role)}.${slug(name)}`,
        domain: dcf,
        title: `${title}, region ${id} (${name})`,
      })),
    ),
    ...mdtTeams.flatMap(({ id, name }) => {
      const scope = `team-${id}`;
      const place = id.replace('MDT-', '').toLowerCase();
      return [
        ...teamRoles.map(({ role, title }) => ({
          role,
          scope,
          address: `${dotted(role)}.${place}`,
          domain: team,
          title: `${title}, ${name}`,
        })),
        ...seats.map(({ discipline, title }) => ({
          role: 'mdt-member',
          scope,
          address: `mdt.${discipline}.${place}`,
          domain: team,
          title: `${title}, ${name}`,
          discipline,
        })),
      ];
    }),
    ...sampleServices.map(({ service, words, house }) => ({
      role: 'provider',
      scope: 'state',
      address: `provider.${service}`,
      domain: 'provider.example',
      title: `${house} House, ${words}`,
      service,
    })),
    // The last of them, so that the names and numbers of the others stay.
    { role: 'forum-member', scope: 'state', address: 'forum.member', domain: dcf, title: 'Forum member' },
  ];
}

const birds =
  'Avocet Bittern Bunting Curlew Dunlin Egret Finch Gannet Godwit Grebe Heron Kestrel Lapwing Linnet Nuthatch Osprey Pintail Plover Puffin Siskin Sparrow Teal Whimbrel Wren'.split(
    ' ',
  );
const minerals =
  'Agate Basalt Beryl Calcite Cobalt Dolomite Feldspar Flint Gabbro Galena Garnet Gneiss Granite Gypsum Jasper Marble Mica Obsidian Onyx Opal Pumice Quartz Schist Slate'.split(
    ' ',
  );

/** A different bird and mineral for each index below 576. */
function nameOf(index: number): string {
  const round = Math.floor(index / birds.length);
  return `${birds[index % birds.length]} ${minerals[(index + round) % minerals.length]}`;
}

/** One of the numbers kept free for invention, 555-0100 to 555-0199. */
export function inventedPhone(index: number): string {
  return `${['203', '475', '860', '959'][Math.floor(index / 100) % 4]}-555-01${String(index % 100).padStart(2, '0')}`;
}

/** People of these roles agreed to get text messages: those who have shifts. */
const textedRoles: ReadonlySet<string> = new Set(['careline-supervisor', 'area-oncall', 'director-oncall']);

/** The posts whose people read Spanish: a seat of a team with its deputy, and a provider. */
const spanishPosts: ReadonlySet<string> = new Set(['mdt.youth-service-bureau.new-haven', 'provider.basic-needs']);

/** All sample people; the same ones, in the same order, at every call. */
export function people(): readonly SamplePerson[] {
  const holders = posts().flatMap(({ address, domain, title, holders = 2, ...what }) =>
    Array.from({ length: holders }, (_, index) => ({
      ...what,
      email: `${address}${index === 0 ? '' : index + 1}@${domain}`,
      id: `P-${address.replaceAll('.', '-').toUpperCase()}-${index + 1}`,
      title: index === 1 ? `${title}, deputy` : title,
      order: index + 1,
      ...(spanishPosts.has(address) && { language: 'es' as const }),
    })),
  );
  const withoutSecondFactor = {
    role: 'careline-worker',
    scope: 'state',
    email: 'no.mfa@dcf.example',
    id: 'P-NO-MFA',
    title: 'Careline worker without a second factor',
    mfa: false as const,
  };
  // The last, so that no other person gets another name or number.
  const trainers = [1, 2].map((order) => ({
    role: 'trainer',
    scope: 'state',
    email: `trainer${order === 1 ? '' : order}@dcf.example`,
    id: `P-TRAINER-${order}`,
    title: order === 1 ? 'Trainer' : 'Trainer, deputy',
    order,
  }));
  return [...holders, withoutSecondFactor, ...trainers].map((person, index) => {
    const phone = inventedPhone(index);
    return {
      ...person,
      sub: `sample-${person.id.toLowerCase()}`,
      name: nameOf(index),
      phone,
      ...(textedRoles.has(person.role) && { textPhone: `+1${phone.replaceAll('-', '')}` }),
    };
  });
}
