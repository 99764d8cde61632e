/** The fields of the commands that write entries: what each may hold, and how to say it. Pure. */
import { everyDiscipline, languages, roles, services } from '../../shared/domain/core/vocabulary.ts';
import { isMailbox, isTextPhone, isTypedNumber } from '../../shared/domain/directory/directory-entry.ts';
import { placeOf } from '../../shared/domain/directory/scopes.ts';
import { mdtTeams, offices, regions } from '../../shared/policy/places/geography.ts';
import { towns } from '../../shared/policy/places/towns.ts';
import { tribes } from '../../shared/policy/places/tribes.ts';

interface Field {
  readonly isRight: (value: string) => boolean;
  /** What to give, for a sentence: `give …`. */
  readonly what: string;
}

const isOneOf = (values: readonly string[]) => (value: string) => values.includes(value);
const listOf = (value: string): readonly string[] => value.split(',').map((each) => each.trim());
const isId = (value: string) => /^[A-Z0-9][A-Z0-9.-]{0,63}$/.test(value);
/** In plain letters: one of another alphabet looks like another person's. */
const isAddress = (value: string) => isMailbox(value) && /^[!-~]{3,254}$/.test(value);
const isWords = (value: string) =>
  /\S/.test(value) && value.length <= 100 && !/[\p{Cc}\p{Bidi_Control}<>]/u.test(value);
const isWhole = (value: string) => /^\d{1,2}$/.test(value);
const isOrder = (value: string) => /^[1-9]$/.test(value);
const isInstant = (value: string) =>
  /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z)?$/.test(value) && !Number.isNaN(Date.parse(value));

const tribeIds = tribes.map(({ id }) => id);
const teamIds = mdtTeams.map(({ id }) => id);
export const townNames: readonly string[] = towns.map(({ name }) => name);
const scopes = new Set([
  'state',
  ...regions.map(({ id }) => `region-${id}`),
  ...offices.map(({ id }) => `office-${id}`),
  ...teamIds.map((id) => `team-${id}`),
]);

export const fields = {
  email: { isRight: isAddress, what: 'an e-mail address, such as email=pat.example@your-agency.example' },
  newEmail: { isRight: isAddress, what: 'an e-mail address, such as newEmail=pat.example@your-agency.example' },
  name: { isRight: isWords, what: 'a name of at most 100 characters, such as name="Pat Example"' },
  phone: { isRight: isTypedNumber, what: 'a telephone number, such as phone=203-555-0100' },
  title: {
    isRight: (value: string) => value === '' || isWords(value),
    what: 'a title of at most 100 characters, such as title="Careline worker"',
  },
  textPhone: {
    isRight: (value: string) => value === '' || isTextPhone(value),
    what: 'a plus, the country code and digits alone, such as textPhone=+12035550188, or textPhone= for none',
  },
  language: { isRight: isOneOf(languages), what: 'en or es, such as language=es' },
  absentUntil: {
    isRight: (value: string) => value === '' || isInstant(value),
    what: 'a day or a UTC instant, such as absentUntil=2027-01-15, or absentUntil= to end it',
  },
  role: { isRight: isOneOf(roles), what: `one of these: ${roles.join(', ')}` },
  scope: {
    isRight: (value: string) => scopes.has(value),
    what: 'state, region-4, office-NEW-HAVEN or team-MDT-NEW-HAVEN, of a place that exists',
  },
  order: {
    isRight: (value: string) => value === 'none' || isOrder(value),
    what: '1 for the person on duty, 2 to 9 for deputies, or none',
  },
  place: { isRight: isOrder, what: '1 for the member, 2 to 9 for deputies, such as place=1' },
  team: { isRight: isOneOf(teamIds), what: `one of these: ${teamIds.join(', ')}` },
  discipline: { isRight: isOneOf(everyDiscipline), what: `one of these: ${everyDiscipline.join(', ')}` },
  town: { isRight: isOneOf(townNames), what: 'a town of Connecticut, such as town="New Haven"' },
  service: { isRight: isOneOf(services), what: `one of these: ${services.join(', ')}` },
  tribe: { isRight: isOneOf(tribeIds), what: `one of these: ${tribeIds.join(', ')}` },
  services: {
    isRight: (value: string) => value === '' || listOf(value).every((each) => services.some((known) => known === each)),
    what: 'services in small letters, such as services=victim-advocacy,basic-needs, or services= for none',
  },
  police: {
    isRight: (value: string) => value === '' || isWords(value),
    what: 'the police of the tribe in at most 100 characters, or police= for none',
  },
  policePhone: {
    isRight: (value: string) => value === '' || isTypedNumber(value),
    what: 'a telephone number, such as policePhone=203-555-0100, or policePhone= for none',
  },
  id: { isRight: isId, what: 'capital letters, digits, dots and hyphens, such as id=PR-ALDER-1' },
  regions: {
    isRight: (value: string) => listOf(value).every((each) => regions.some(({ id }) => String(id) === each)),
    what: 'numbers of regions, such as regions=1,2,5',
  },
  ageFrom: { isRight: isWhole, what: 'whole years, such as ageFrom=12' },
  ageTo: { isRight: isWhole, what: 'whole years, such as ageTo=20' },
  languages: {
    isRight: (value: string) => listOf(value).every((each) => /^[a-z-]{2,30}$/.test(each)),
    what: 'languages in small letters, such as languages=english,spanish',
  },
} as const satisfies Readonly<Record<string, Field>>;
export type FieldName = keyof typeof fields;

export const listIn = listOf;

/** Whether the role can be held in this scope: the whole state, or a place of its own kind. */
export function fits(role: string, scope: string): boolean {
  const known = roles.find((each) => each === role);
  if (known === undefined) return false;
  const place = known === 'mdt-member' ? 'team' : placeOf(known);
  if (place === 'team') return scope.startsWith('team-');
  return scope === 'state' || (place !== 'nowhere' && place !== 'state' && scope.startsWith(`${place}-`));
}
