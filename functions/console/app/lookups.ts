/** What a referral's page looks up in the directory: names of professionals, and the people a form can choose. */

import type { Visitor } from '../../../shared/application/access/visitor.ts';
import type { AgreementLack } from '../../../shared/domain/agreements/agreement-states.ts';
import { holderOf } from '../../../shared/domain/calls/calls.ts';
import { type CommandName, mayDo } from '../../../shared/domain/commands.ts';
import { bookable, placing, type Service, services } from '../../../shared/domain/core/vocabulary.ts';
import { isTelephone } from '../../../shared/domain/directory/directory-entry.ts';
import { policePlaces } from '../../../shared/domain/intake/places.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { hasConflict, isHolder } from '../../../shared/domain/team/seats.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { mdtTeams, regions } from '../../../shared/policy/places/geography.ts';
import type { Agency, Directory, Provider } from '../../../shared/store/directory-reads.ts';
import type { Option } from '../forms/form-fields.ts';

export interface NamedPerson {
  readonly id: string;
  readonly name: string;
  readonly title: string;
}

export interface Lookups {
  readonly nameOf: (personId: string) => string;
  /** The name of a provider that this referral names. */
  readonly providerNameOf: (providerId: string) => string;
  /** The police agencies of the towns of the referral. */
  readonly agencies: readonly Agency[];
  /**
   * Providers. Those of the services that the referral needs come first. A page without the form that names one has those of
   * one service alone: they tell that there is one.
   */
  readonly providers: readonly Provider[];
  /** Providers of substance use services without a qualified service organization agreement in force. Absent where not read. */
  readonly withoutAgreement?: ReadonlyMap<string, AgreementLack> | undefined;
  readonly liaisons: readonly NamedPerson[];
  /** The people that the decision can name as consulted. */
  readonly lawyers: readonly NamedPerson[];
  /** The people that a coordinator may invite to the team: members of its roster without a seat, and the liaisons. */
  readonly invitable: readonly NamedPerson[];
  /** The professionals that a form can name. Empty on a page without such a form. */
  readonly people: readonly Option[];
}

const played = /^P-PLAYED-(?:SECOND-|DEPUTY-)?([A-Z-]+)$/;

/** A person of a played history has a role or a seat, and no entry. One who left the directory keeps the id as name. */
const nameWithoutEntry = (id: string): string => {
  const role = played.exec(id)?.[1];
  return role === undefined ? id : `${words(role.toLowerCase())}, invented`;
};

/** Names of people by their id. */
export async function namesOf(
  directory: Pick<Directory, 'people'>,
  ids: readonly string[],
): Promise<Lookups['nameOf']> {
  const people = await directory.people(ids);
  const names = new Map(people.map(({ id, name, title }) => [id, `${name}, ${title}`]));
  return (id) => names.get(id) ?? nameWithoutEntry(id);
}

/** Telephone numbers of people by their id, where the directory has one. */
export async function phonesOf(
  directory: Pick<Directory, 'people'>,
  ids: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const people = await directory.people(ids);
  return Object.fromEntries(people.flatMap(({ id, phone }) => (isTelephone(phone) ? [[id, phone]] : [])));
}

/** The fields of events and alerts that name people of the directory. */
export const personFields: ReadonlySet<string> = new Set([
  'personId',
  'deputyId',
  'contactId',
  'proposedBy',
  'agreedBy',
  'secondReviewer',
  'consultedId',
  'acknowledgedBy',
  'answeredBy',
  'suggested',
  'delegatedBy',
  'delegatedTo',
  'people',
]);

/** The ids of all people that a value names. */
export function peopleIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, part]) =>
    personFields.has(field) ? [part].flat().filter((id) => typeof id === 'string') : peopleIn(part),
  );
}

/** Names of the providers of these services by their id. */
export async function providerNamesOf(
  directory: Pick<Directory, 'providers'>,
  among: readonly Service[],
): Promise<Lookups['providerNameOf']> {
  const found = await Promise.all([...new Set(among)].map((service) => directory.providers(service)));
  const names = new Map(found.flat().map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

export const teamNameOf = (id: string): string => mdtTeams.find((team) => team.id === id)?.name ?? id;

interface Asked {
  readonly form?: CommandName | undefined;
  readonly others?: readonly string[];
  readonly everyone?: () => Promise<readonly Option[]>;
  /** The services whose providers the page offers, each in its row. */
  readonly ownServices?: readonly Service[];
}

/** The commands whose forms name any person of the directory. */
const namingPeople = ['answer-seat', 'invite-seat', 'seal-referral'] as const;

/**
 * Looks up only what this person's page needs. `form`: the command whose form the page has. `others` are people that the page
 * names beside those of the state.
 */
export async function lookUp(
  directory: Directory,
  state: Referral,
  visitor: Visitor,
  { form, ownServices = [], others = [], everyone = async () => [] }: Asked = {},
): Promise<Lookups> {
  const people = [
    ...peopleIn(state.team.seats),
    ...Object.values(state.services.linkages).flatMap(({ contactId }) => (contactId === undefined ? [] : [contactId])),
    ...Object.keys(state.team.confidentialityAgreements),
    ...(state.response.liaison === undefined ? [] : [state.response.liaison]),
    ...state.screening.list.flatMap(({ by, answeredBy }) => [by, ...(answeredBy === undefined ? [] : [answeredBy])]),
    ...(state.screening.checklist ? [state.screening.checklist.by] : []),
    ...state.screening.instruments.map(({ recordedBy }) => recordedBy),
    ...deciders(state),
    ...Object.values(state.services.owners).flatMap(({ personId }) => personId ?? []),
    ...holders(state),
    ...Object.values(state.alerts).flatMap(({ people: named }) => named),
    ...others,
  ];
  const linked = Object.values(state.services.linkages).flatMap(({ service, providerId }) =>
    providerId ? [service] : [],
  );
  const [nameOf, providerNameOf, agencies, providers, liaisons, lawyers, invitable, known] = await Promise.all([
    namesOf(directory, people),
    providerNamesOf(directory, [
      ...linked,
      ...(state.bookings ?? []).map(({ service }) => service),
      ...(state.needs?.places ?? []).map(({ service }) => service),
    ]),
    state.response.outreachPause ||
    (['notify-police', 'notify-of-disposition', 'pause-outreach'] as const).some((name) => mayDo(name, visitor))
      ? agenciesOf(directory, state)
      : [],
    providersOf(directory, state, visitor, form, ownServices),
    mayDo('assign-liaison', visitor) ? liaisonsFor(directory, state) : [],
    mayDo('decide-eligibility', visitor) ? lawyersIn(directory) : [],
    mayDo('invite-seat', visitor) && state.team.id !== undefined ? invitableTo(directory, state, state.team.id) : [],
    namingPeople.some((name) => name === form && mayDo(name, visitor)) ? everyone() : [],
  ]);
  return { nameOf, providerNameOf, agencies, providers, liaisons, lawyers, invitable, people: known };
}

/** The people who took a duty on, or were reached about one. */
const holders = (state: Referral): readonly string[] =>
  Object.values(state.deadlines).flatMap((deadline) => holderOf(deadline, state)?.id ?? []);

/** The people whose decisions the page names. */
const deciders = ({ eligibility: { decision }, response, identity, proposals }: Referral): readonly string[] =>
  [
    decision?.by,
    decision?.consultedId,
    response.parentsNotice?.by,
    response.substantiationNotice?.by,
    response.findingNotice?.by,
    response.findingSafety?.by,
    response.outreachPause?.by,
    identity.legalHold?.by,
    ...Object.values(proposals).map(({ proposedBy }) => proposedBy),
  ].filter((id) => id !== undefined);

async function agenciesOf(directory: Directory, { child, places: { routing } }: Referral): Promise<readonly Agency[]> {
  // Police of the towns where it happened and where the child lives come first.
  const places = [...policePlaces.map(({ place }) => child[place]), routing?.town ?? 'unknown'];
  const towns = [...new Set(places.map((town) => town.trim().toUpperCase()))].filter((town) => town !== 'UNKNOWN');
  return (await Promise.all(towns.filter(Boolean).map((town) => directory.agencies(town)))).flat();
}

/** The first of these services that has providers. */
async function firstOf(directory: Directory, among: readonly Service[]): Promise<readonly Provider[]> {
  for (const service of among) {
    const found = await directory.providers(service);
    if (found.length > 0) return found;
  }
  return [];
}

/** The providers that a form offers. Another page asks only whether there is any, so that it may link to the form. */
async function providersOf(
  directory: Directory,
  { services: { linkages, recommended } }: Referral,
  visitor: Visitor,
  form: CommandName | undefined,
  ownServices: readonly Service[],
): Promise<readonly Provider[]> {
  const of = async (command: CommandName, among: readonly Service[]) => {
    if (!mayDo(command, visitor)) return [];
    if (form !== command) return firstOf(directory, among);
    return (await Promise.all(among.map((service) => directory.providers(service)))).flat();
  };
  const needed = services.filter((service) => linkages[service] || recommended.includes(service));
  const others = services.filter((service) => !needed.includes(service));
  const [referred, booked, placed] = await Promise.all([
    ownServices.length > 0 && mayDo('offer-linkage', visitor)
      ? Promise.all(ownServices.map((service) => directory.providers(service))).then((lists) => lists.flat())
      : of('offer-linkage', [...needed, ...others]),
    of('ask-booking', bookable),
    of('ask-place', placing),
  ]);
  const beside = [...booked, ...placed].filter(({ service }) => !referred.some((each) => each.service === service));
  return [...referred, ...beside];
}

/** They serve the whole state. */
async function lawyersIn(directory: Directory): Promise<readonly NamedPerson[]> {
  return onDutyIn(
    directory,
    (['legal', 'aag-liaison'] as const).map((role) => directory.onDuty(role, 'state')),
  );
}

/** Of the region, or of all regions while none is known. */
async function liaisonsFor(directory: Directory, { places: { routing } }: Referral): Promise<readonly NamedPerson[]> {
  const scopes = routing ? [routing.region] : regions.map(({ id }) => id);
  return onDutyIn(
    directory,
    scopes.map((region) => directory.onDuty('hart-liaison', `region-${region}`)),
  );
}

async function invitableTo(directory: Directory, state: Referral, team: string): Promise<readonly NamedPerson[]> {
  const roster = (await directory.seats(team))
    .map(({ personId }) => personId)
    .filter((id) => !state.team.seats.some((seat) => isHolder(seat, id)) && !hasConflict(state, id));
  const [people, liaisons] = await Promise.all([peopleInOrder(directory, roster), liaisonsFor(directory, state)]);
  return [...people, ...liaisons];
}

/** The people of these duties, each once. */
async function onDutyIn(directory: Pick<Directory, 'people'>, duties: readonly ReturnType<Directory['onDuty']>[]) {
  const ids = (await Promise.all(duties)).flat().map(({ personId }) => personId);
  return peopleInOrder(directory, ids);
}

/** These people of the directory, each once. */
async function peopleInOrder(directory: Pick<Directory, 'people'>, ids: readonly string[]) {
  const known = new Map((await directory.people(ids)).map((person) => [person.id, person]));
  return [...new Set(ids)].flatMap((id) => known.get(id) ?? []);
}

/** What the form of a command is about. */
export interface About {
  readonly state: Referral;
  readonly policy: Policy;
  readonly visitor: Visitor;
  readonly lookups: Lookups;
  /** The referrals that count as one with this one. */
  readonly others: readonly Referral[];
}
