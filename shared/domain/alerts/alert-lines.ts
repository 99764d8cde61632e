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
const supervisorsOf = (word: string): readonly Role[] => [
  ...supervisorsOfAll,
  ...(supervise[(word.startsWith('seat') ? 'seat' : word) as Role] ?? []),
];

const named = 'person:';

/** The words of its lines: `hart-lead`, `seat:medical`, `person:P-1`. The team's is each of its seats, and itself for a seat to come. */
export const linesAsked = (
  { to, people }: Pick<Alert, 'to' | 'people'>,
  { team: { seats } }: { readonly team: Pick<Referral['team'], 'seats'> },
): readonly string[] => [
  ...new Set([
    ...to.flatMap((word) =>
      word === 'seats' ? [word, ...seats.map(({ discipline }) => `seat:${discipline}`)] : [word],
    ),
    ...people.map((id) => `${named}${id}`),
  ]),
];

/** Whether it is a line of its own: the team's word is none where its seats are known. */
export const isOneLine = (
  line: string,
  { team: { seats } }: { readonly team: Pick<Referral['team'], 'seats'> },
): boolean => line !== 'seats' || seats.length === 0;

/**
 * The lines that this person is of, by a role, a seat, their name or as the provider that is asked, or that they were written to for
 * in somebody's place: `writtenAs` has its words. What they acknowledge is theirs: whoever else is asked has not heard by it.
 */
export function ownLines(
  person: Person,
  alert: Pick<Alert, 'to' | 'people' | 'deadlineId'>,
  state: Referral,
  writtenAs: readonly string[] = [],
): readonly string[] {
  const subject = alert.deadlineId === undefined ? undefined : state.deadlines[alert.deadlineId]?.subject;
  const holds = (word: string) =>
    state.team.seats.some((seat) => word === `seat:${seat.discipline}` && isHolder(seat, person.id));
  const isTheirs = (word: string) => {
    if (writtenAs.includes(word)) return true;
    if (word.startsWith(named)) return [person.id, person.onBehalfOf].includes(word.slice(named.length));
    if (word === 'provider') return providerAsked(state, subject) === person.id;
    return holds(word) || person.roles.some((role) => role === word);
  };
  return linesAsked(alert, state).filter(isTheirs);
}

/** The lines that this person is of, or answers for: whoever telephones them records that they heard. */
export function linesAnsweredBy(
  person: Person,
  alert: Pick<Alert, 'to' | 'people' | 'deadlineId'>,
  state: Referral,
): readonly string[] {
  const isOneOf = (those: readonly Role[]) => person.roles.some((role) => those.includes(role));
  const own = ownLines(person, alert, state);
  const isTheirs = (word: string) =>
    own.includes(word) ||
    // Of a named person only the id is known: any supervisor of this referral may be theirs.
    (word.startsWith(named) ? isOneOf(supervisors) : isOneOf(supervisorsOf(word)));
  return linesAsked(alert, state).filter(isTheirs);
}

/** Whether a list of lines holds this one; the team's word holds every seat. */
export const holdsLine = (lines: readonly string[], line: string): boolean =>
  lines.includes(line) || (line.startsWith('seat:') && lines.includes('seats'));

/**
 * Whether somebody acknowledged the alert for this line. An acknowledgement of an older release counts for all, and any one for a
 * line that the alert never asked.
 */
export function isAcknowledgedFor(line: string, alert: Alert): boolean {
  const { acknowledgedBy, acknowledgements, to, people } = alert;
  if (acknowledgedBy === undefined) return false;
  if (
    !acknowledgements ||
    !holdsLine(
      linesAsked(
        { to, people },
        {
          team: { seats: [] },
        },
      ),
      line,
    )
  )
    return true;
  return acknowledgements.some(({ lines }) => holdsLine(lines, line));
}

/** The lines of this person for which nobody has acknowledged it yet. */
export const linesLeftTo = (
  person: Person,
  alert: Alert,
  state: Referral,
  writtenAs: readonly string[] = [],
): readonly string[] => ownLines(person, alert, state, writtenAs).filter((line) => !isAcknowledgedFor(line, alert));

/** The lines for which nobody has acknowledged it yet. */
export const linesLeft = (alert: Alert, state: Referral): readonly string[] =>
  linesAsked(alert, state).filter((line) => !isAcknowledgedFor(line, alert) && isOneLine(line, state));
