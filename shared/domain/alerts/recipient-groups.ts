/**
 * The recipient groups of an alert, and which acknowledgement or call counts for which group. No person answers for
 * another who was not told.
 */
import type { Person } from '../core/person.ts';
import { standIns } from '../core/role-groups.ts';
import type { Role } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';
import { providerAsked } from '../services/provider-asked.ts';
import { isHolder } from '../team/seats.ts';
import type { Alert } from './alert-state.ts';

/** The roles that answer for the people an alert names. */
export const supervisors: readonly Role[] = [
  ...standIns,
  'area-supervisor',
  'area-director',
  'hart-lead',
  'hart-director',
  'mdt-chair',
  'program-manager',
];

const ofOffice: readonly Role[] = ['area-supervisor', 'area-director', 'program-manager'];
const ofHart: readonly Role[] = ['hart-lead', 'hart-director'];
/** The roles that also answer for each role that got an alert, and for a seat. */
const supervise: Readonly<Record<Role | 'seat', readonly Role[]>> = {
  'careline-worker': [],
  'careline-supervisor': [],
  'careline-manager': [],
  caseworker: ofOffice,
  'area-supervisor': ofOffice,
  'area-director': ofOffice,
  'area-oncall': ofOffice,
  'director-oncall': ['program-manager'],
  'program-manager': [],
  'hart-liaison': ofHart,
  'hart-lead': ofHart,
  'hart-director': [...ofHart, 'program-manager'],
  legal: ['program-manager'],
  'aag-liaison': ['program-manager'],
  'mdt-coordinator': ['mdt-chair'],
  'mdt-chair': ['mdt-chair'],
  'mdt-member': ['mdt-chair'],
  seat: ['mdt-chair'],
  provider: ['area-supervisor', 'hart-lead'],
  administrator: [],
  auditor: [],
  evaluator: [],
  trainer: [],
  'forum-member': [],
};
const supervisorsOf = (group: string): readonly Role[] => [
  ...standIns,
  ...(supervise[(group.startsWith('seat') ? 'seat' : group) as Role] ?? []),
];

const named = 'person:';

/**
 * The recipient groups of the alert: `hart-lead`, `seat:medical`, `person:P-1`. `seats` is each seat of the team, and
 * itself for a seat to come.
 */
export const groupsAsked = (
  { to, people }: Pick<Alert, 'to' | 'people'>,
  { team: { seats } }: { readonly team: Pick<Referral['team'], 'seats'> },
): readonly string[] => [
  ...new Set([
    ...to.flatMap((group) =>
      group === 'seats' ? [group, ...seats.map(({ discipline }) => `seat:${discipline}`)] : [group],
    ),
    ...people.map((id) => `${named}${id}`),
  ]),
];

/** Whether it is a recipient group of its own: `seats` is none where the team's seats are known. */
export const isOneGroup = (
  group: string,
  { team: { seats } }: { readonly team: Pick<Referral['team'], 'seats'> },
): boolean => group !== 'seats' || seats.length === 0;

/**
 * The recipient groups that this person belongs to: by a role, a seat, their name, or as the provider asked.
 * `writtenAs` adds the groups in whose place they got mail. Their acknowledgement counts for these groups alone,
 * because the others have not been told by it.
 */
export function ownGroups(
  person: Person,
  alert: Pick<Alert, 'to' | 'people' | 'deadlineId'>,
  state: Referral,
  writtenAs: readonly string[] = [],
): readonly string[] {
  const subject = alert.deadlineId === undefined ? undefined : state.deadlines[alert.deadlineId]?.subject;
  const holds = (group: string) =>
    state.team.seats.some((seat) => group === `seat:${seat.discipline}` && isHolder(seat, person.id));
  const isTheirs = (group: string) => {
    if (writtenAs.includes(group)) return true;
    if (group.startsWith(named)) return [person.id, person.onBehalfOf].includes(group.slice(named.length));
    if (group === 'provider') return providerAsked(state, subject) === person.id;
    return holds(group) || person.roles.some((role) => role === group);
  };
  return groupsAsked(alert, state).filter(isTheirs);
}

/**
 * The recipient groups that this person belongs to or answers for. A person who telephones such a group records that it
 * was told.
 */
export function groupsAnsweredBy(
  person: Person,
  alert: Pick<Alert, 'to' | 'people' | 'deadlineId'>,
  state: Referral,
): readonly string[] {
  const isOneOf = (those: readonly Role[]) => person.roles.some((role) => those.includes(role));
  const own = ownGroups(person, alert, state);
  const isTheirs = (group: string) =>
    own.includes(group) ||
    // Only the id of a named person is known, so any supervisor of this referral may be theirs.
    (group.startsWith(named) ? isOneOf(supervisors) : isOneOf(supervisorsOf(group)));
  return groupsAsked(alert, state).filter(isTheirs);
}

/** Whether these recipient groups contain this one. `seats` contains every seat. */
export const holdsGroup = (groups: readonly string[], group: string): boolean =>
  groups.includes(group) || (group.startsWith('seat:') && groups.includes('seats'));

/**
 * Whether the alert was acknowledged for this recipient group. Any acknowledgement counts for a group that the alert
 * never asked.
 */
export function isAcknowledgedFor(group: string, alert: Alert): boolean {
  const { acknowledgements = [] } = alert;
  const asked = groupsAsked(alert, { team: { seats: [] } });
  if (!holdsGroup(asked, group)) return acknowledgements.length > 0;
  return acknowledgements.some(({ groups }) => holdsGroup(groups, group));
}

/** The recipient groups of this person that have not acknowledged the alert yet. */
export const groupsLeftTo = (
  person: Person,
  alert: Alert,
  state: Referral,
  writtenAs: readonly string[] = [],
): readonly string[] => ownGroups(person, alert, state, writtenAs).filter((group) => !isAcknowledgedFor(group, alert));

/** The recipient groups that have not acknowledged the alert yet. */
export const groupsLeft = (alert: Alert, state: Referral): readonly string[] =>
  groupsAsked(alert, state).filter((group) => !isAcknowledgedFor(group, alert) && isOneGroup(group, state));
