/** What a person holds now: what an administrator is shown before that person's access ends. It names no child. */

import { titleOfDuty } from '../../domain/calls/call-words.ts';
import { rolesToCall } from '../../domain/calls/calls.ts';
import { standIn } from '../../domain/core/role-groups.ts';
import { type Role, services } from '../../domain/core/vocabulary.ts';
import { aboutOnBoard } from '../../domain/deadlines/deadline-rows.ts';
import { hasEnded } from '../../domain/directory/access-ends.ts';
import { type Delegation, isToCome } from '../../domain/directory/delegations.ts';
import { isTelephone } from '../../domain/directory/directory-entry.ts';
import { shiftsAhead } from '../../domain/directory/end-access.ts';
import { holdsRole, type Schedule } from '../../domain/directory/on-call-shifts.ts';
import { scopeOf } from '../../domain/directory/scopes.ts';
import type { Shift } from '../../domain/directory/shift.ts';
import { ruleOf } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { isHolder } from '../../domain/team/seats.ts';
import { mdtTeams } from '../../policy/places/geography.ts';
import type { Board } from '../../store/board.ts';
import { delegationsBy, delegationsIn } from '../../store/directory-by-chains.ts';
import type { Directory, DirectoryPerson } from '../../store/directory-reads.ts';
import type { Ledger } from '../../store/ledger.ts';
import type { Sessions } from '../../store/sessions.ts';
import { linkagesOf, mayRead, seesEveryReferral, type Visitor, visitorOf, within } from '../access/visitor.ts';
import { type DutiesInReferral, type DutyParts, dutiesOf, rolesFirstFor } from '../use-cases/hand-duties-on.ts';
import { tasksOf } from './queue.ts';

export interface HeldParts {
  readonly ledger: Pick<Ledger, 'shifts' | 'delegations' | 'referral'>;
  readonly directory: DutyParts['directory'] &
    Pick<Directory, 'person' | 'onDuty' | 'onCall' | 'delegationsTo' | 'seats' | 'providers'>;
  readonly policyOf: DutyParts['policyOf'];
  readonly sessions: Pick<Sessions, 'countOf'>;
  readonly board: Pick<Board, 'ownedByAny'>;
  /** UTC instant. */
  readonly now: string;
}

/** The delegations of this person that are not over: those they act on, and those they gave. */
export async function delegationsOfBoth(
  {
    ledger,
    directory,
    now,
  }: {
    readonly ledger: Pick<Ledger, 'shifts' | 'delegations'>;
    readonly directory: Pick<Directory, 'people' | 'delegationsTo'>;
    readonly now: string;
  },
  personId: string,
): Promise<{ readonly held: readonly Delegation[]; readonly given: readonly Delegation[] }> {
  const [rows, given] = await Promise.all([directory.delegationsTo(personId, now), delegationsBy(ledger, personId)]);
  const held = (await delegationsIn({ ledger, directory }, rows)).filter(
    ({ delegateId, personId: principal }) => delegateId === personId && principal !== personId,
  );
  return { held: held.filter((each) => isToCome(each, now)), given: given.filter((each) => isToCome(each, now)) };
}

/** Shifts of one role in one place. Each of the `takers` has the role there, and a number to call. */
export interface ShiftsToHandOver {
  readonly role: Role;
  readonly scope: string;
  readonly shifts: readonly Shift[];
  readonly takers: readonly DirectoryPerson[];
}

async function toHandOver(
  { directory, now }: Pick<HeldParts, 'directory' | 'now'>,
  schedule: Schedule,
  personId: string,
): Promise<readonly ShiftsToHandOver[]> {
  const own = shiftsAhead(schedule, personId, now);
  const groups = [...Map.groupBy(own, ({ role, scope }) => `${role} ${scope}`).values()];
  return Promise.all(
    groups.map(async (shifts) => {
      const { role, scope } = shifts[0] as Shift;
      const [here, state] = await Promise.all([
        directory.onDuty(role, scope),
        scope === 'state' ? [] : directory.onDuty(role, 'state'),
      ]);
      const onShift = schedule.shifts.filter((each) => each.role === role && each.scope === scope);
      const ids = [...here, ...state, ...onShift].map((each) => each.personId).filter((id) => id !== personId);
      const known = await directory.people([...new Set(ids)]);
      const takers = known.filter((each) => holdsRole(each, { role, scope }) && isTelephone(each.phone));
      return { role, scope, shifts, takers: takers.toSorted((one, other) => one.name.localeCompare(other.name, 'en')) };
    }),
  );
}

/** Something that stays with the person until another person takes it by hand. `tell`: the role that is called about it. */
export interface StaysWithThem {
  readonly kind: 'duty' | 'seat' | 'provider' | 'liaison' | 'referral-seat' | 'service';
  /** The role, discipline or service. */
  readonly code: string;
  readonly scope?: string;
  readonly referralId?: string;
  /** The others who hold it: the next in order, or the deputy. */
  readonly others: readonly string[];
  readonly tell?: { readonly role: Role; readonly scope: string };
}

/** So many lines of work are looked through, the most urgent first. */
const mostLines = 100;

const supervisorOnDuty = { role: standIn, scope: 'state' } as const;

function inReferral(state: Referral, id: string, visitor: Visitor): readonly StaysWithThem[] {
  const { id: referralId, team, places, response } = state;
  const at = { referralId, others: [] };
  const teamId = team.id ?? places.routing?.team;
  const toTeam =
    teamId === undefined ? supervisorOnDuty : ({ role: 'mdt-coordinator', scope: `team-${teamId}` } as const);
  const lead = places.routing
    ? ({ role: 'hart-lead', scope: `region-${places.routing.region}` } as const)
    : supervisorOnDuty;
  return [
    ...(response.liaison === id ? [{ ...at, kind: 'liaison', code: 'hart-liaison', tell: lead } as const] : []),
    ...team.seats
      .filter((seat) => isHolder(seat, id))
      .map(({ discipline, personId, deputyId }) => ({
        ...at,
        kind: 'referral-seat' as const,
        code: discipline,
        others: [personId, deputyId].filter((each) => each !== undefined && each !== id) as string[],
        tell: toTeam,
      })),
    ...linkagesOf(state, visitor).map(({ service }) => ({
      ...at,
      kind: 'service' as const,
      code: service,
      tell: supervisorOnDuty,
    })),
  ];
}

/** An open duty that goes to the next person with the end of access. */
export interface DutyThatGoes {
  readonly referralId: string;
  /** What it asks. It names no child, and no service of substance use (42 CFR Part 2). */
  readonly title: string;
  /** UTC instant. */
  readonly due: string;
  /** The person said that they are handling it. */
  readonly isHeld: boolean;
  /** Who is called or told next, as the shifts are now. */
  readonly next?: { readonly id: string; readonly phone: string };
}

/** Finds the first to be called besides this person. The order of a role in a place is read once. */
function firstBesides({ directory, now }: Pick<HeldParts, 'directory' | 'now'>, personId: string) {
  const orders = new Map<string, ReturnType<Directory['onCall']>>();
  return async (role: Role, scope: string | undefined) => {
    if (scope === undefined) return undefined;
    const key = `${role} ${scope}`;
    const order = orders.get(key) ?? directory.onCall(role, scope, now);
    orders.set(key, order);
    return (await order).find((each) => each.personId !== personId);
  };
}

async function goingOn(
  firstOf: ReturnType<typeof firstBesides>,
  { state, policy, duties }: DutiesInReferral,
): Promise<readonly DutyThatGoes[]> {
  return Promise.all(
    duties.map(async ({ deadline, through: [first], isHeld }) => {
      const [called] = first ? [first.role] : rolesToCall(deadline, state, policy);
      const next =
        (called && (await firstOf(called, first?.scope ?? scopeOf(called, state)))) ??
        (await firstOf(standIn, 'state'));
      return {
        referralId: state.id,
        title: titleOfDuty(ruleOf(policy, deadline), aboutOnBoard(deadline, state, policy) ?? {}),
        due: deadline.due,
        isHeld,
        ...(next && { next: { id: next.personId, phone: next.phone } }),
      };
    }),
  );
}

/** Whether an administrator may read of this referral what a person does in it. */
const mayReadWork = (state: Referral, visitor: Visitor): boolean =>
  mayRead(state, visitor) && seesEveryReferral(within(state, visitor));

/** What this person holds that no page hands over. Referrals that `visitor` may not read are left out. */
async function staysWith(
  parts: HeldParts,
  visitor: Visitor,
  person: DirectoryPerson,
): Promise<readonly StaysWithThem[]> {
  const { directory, board, ledger, now } = parts;
  const { id } = person;
  const themselves = visitorOf(person, now);
  const [duties, seats, providers, lines] = await Promise.all([
    Promise.all(
      person.roles.map(async ({ role, scope }): Promise<readonly StaysWithThem[]> => {
        const held = await directory.onDuty(role, scope);
        if (!held.some(({ personId }) => personId === id)) return [];
        const others = held.map(({ personId }) => personId).filter((each) => each !== id);
        return [{ kind: 'duty', code: role, scope, others }];
      }),
    ),
    Promise.all(
      mdtTeams.map(async ({ id: team }): Promise<readonly StaysWithThem[]> => {
        const all = await directory.seats(team);
        return all
          .filter(({ personId }) => personId === id)
          .map(({ discipline }) => ({
            kind: 'seat',
            code: discipline,
            scope: `team-${team}`,
            others: all
              .filter((each) => each.discipline === discipline && each.personId !== id)
              .map((each) => each.personId),
            tell: { role: 'mdt-coordinator', scope: `team-${team}` },
          }));
      }),
    ),
    Promise.all(services.map((service) => directory.providers(service))),
    tasksOf(board, { filters: {}, paging: { limit: mostLines }, now }, themselves),
  ]);
  const contacts = providers
    .flat()
    .filter(({ personId }) => personId === id)
    .map((each): StaysWithThem => ({ kind: 'provider', code: each.service, scope: each.name, others: [] }));
  const ids = [...new Set(lines.rows.map(({ referralId }) => referralId))];
  const found = await Promise.all(ids.map((each) => ledger.referral(each)));
  const inReferrals = found.flatMap((read) =>
    read && read.state.stage === 'open' && mayReadWork(read.state, visitor)
      ? inReferral(read.state, id, themselves)
      : [],
  );
  return [...duties.flat(), ...seats.flat(), ...contacts, ...inReferrals];
}

export type HeldBy = NonNullable<Awaited<ReturnType<typeof heldBy>>>;

/**
 * Undefined for a person who is not in the directory. Once their access has ended, `duties` are those alone that they still hold: the
 * others have gone on.
 */
export async function heldBy(parts: HeldParts, visitor: Visitor, personId: string) {
  const { ledger, directory, sessions, now } = parts;
  const found = await directory.person(personId);
  if (!found) return undefined;
  // What they held before their access ended still needs hands.
  const isLeft = hasEnded(found.ending);
  const person = isLeft ? { ...found, roles: found.ending.roles } : found;
  const { schedule } = await ledger.shifts();
  const { held, given } = await delegationsOfBoth(parts, personId);
  const firstFor = isLeft ? [] : await rolesFirstFor(parts, schedule, person, held);
  const [groups, open, stays, theirs] = await Promise.all([
    toHandOver(parts, schedule, personId),
    sessions.countOf(personId, Math.floor(Date.parse(now) / 1000)),
    staysWith(parts, visitor, person),
    dutiesOf(parts, { id: personId, firstFor }),
  ]);
  const shown = theirs
    .filter(({ state }) => mayReadWork(state, visitor))
    .map((each) => (isLeft ? { ...each, duties: each.duties.filter(({ isHeld }) => isHeld) } : each));
  const firstOf = firstBesides(parts, personId);
  const duties = (await Promise.all(shown.map((each) => goingOn(firstOf, each))))
    .flat()
    .toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due));
  return { person, sessions: open, groups, held, given, duties, stays, schedule };
}
