/** The lines of an alert, a word each: whose acknowledgement or call counts for which. Nobody answers for those who did not hear. */
import type { Person } from '../core/person.ts';
import { standIn } from '../core/role-groups.ts';
import type { Role } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';
import { providerAsked } from '../services/provider-asked.ts';
import { isHolder } from '../team/seats.ts';
import type { Alert } from './alert-state.ts';

/** Who answers for the people that an alert names. */
export const supervisors: readonly Role[] = [
  standIn,
  'careline-manager',
  'area-supervisor',
  'area-director',
  'hart-lead',
  'hart-director',
  'mdt-chair',
  'program-manager',
];

/** The Careline's supervisors stand in for any role. */
const supervisorsOfAll: readonly Role[] = [standIn, 'careline-manager'];
const ofOffice: readonly Role[] = ['area-supervisor', 'area-director', 'program-manager'];
const ofHart: readonly Role[] = ['hart-lead', 'hart-director'];
/** Who else answers for each role that an alert was sent to, and for a seat. */
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
};
const supervisorsOf = (group: string): readonly Role[] => [
  ...supervisorsOfAll,
  ...(supervise[(group.startsWith('seat') ? 'seat' : group) as Role] ?? []),
];

const named = 'person:';

/** The words of its lines: `hart-lead`, `seat:medical`, `person:P-1`. The team's is each of its seats, and itself for a seat to come. */
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

/** Whether it is a line of its own: the team's word is none where its seats are known. */
export const isOneGroup = (
  group: string,
  { team: { seats } }: { readonly team: Pick<Referral['team'], 'seats'> },
): boolean => group !== 'seats' || seats.length === 0;

/**
 * The lines that this person is of, by a role, a seat, their name or as the provider that is asked, or that they were written to for
 * in somebody's place: `writtenAs` has its words. What they acknowledge is theirs: whoever else is asked has not heard by it.
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

/** The lines that this person is of, or answers for: whoever telephones them records that they heard. */
export function groupsAnsweredBy(
  person: Person,
  alert: Pick<Alert, 'to' | 'people' | 'deadlineId'>,
  state: Referral,
): readonly string[] {
  const isOneOf = (those: readonly Role[]) => person.roles.some((role) => those.includes(role));
  const own = ownGroups(person, alert, state);
  const isTheirs = (group: string) =>
    own.includes(group) ||
    // Of a named person only the id is known: any supervisor of this referral may be theirs.
    (group.startsWith(named) ? isOneOf(supervisors) : isOneOf(supervisorsOf(group)));
  return groupsAsked(alert, state).filter(isTheirs);
}

/** Whether a list of lines holds this one; the team's word holds every seat. */
export const holdsGroup = (groups: readonly string[], group: string): boolean =>
  groups.includes(group) || (group.startsWith('seat:') && groups.includes('seats'));

/**
 * Whether somebody acknowledged the alert for this line. An acknowledgement of an older release counts for all, and any one for a
 * line that the alert never asked.
 */
export function isAcknowledgedFor(group: string, alert: Alert): boolean {
  const { acknowledgedBy, acknowledgements, to, people } = alert;
  if (acknowledgedBy === undefined) return false;
  if (
    !acknowledgements ||
    !holdsGroup(
      groupsAsked(
        { to, people },
        {
          team: { seats: [] },
        },
      ),
      group,
    )
  )
    return true;
  return acknowledgements.some(({ groups }) => holdsGroup(groups, group));
}

/** The lines of this person for which nobody has acknowledged it yet. */
export const groupsLeftTo = (
  person: Person,
  alert: Alert,
  state: Referral,
  writtenAs: readonly string[] = [],
): readonly string[] => ownGroups(person, alert, state, writtenAs).filter((group) => !isAcknowledgedFor(group, alert));

/** The lines for which nobody has acknowledged it yet. */
export const groupsLeft = (alert: Alert, state: Referral): readonly string[] =>
  groupsAsked(alert, state).filter((group) => !isAcknowledgedFor(group, alert) && isOneGroup(group, state));
