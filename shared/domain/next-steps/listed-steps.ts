/**
 * Steps without a clock, of needs, appointments, handoffs and hearings. They stand in the lists of the people who can take them.
 * A row has codes alone, and rings for no one.
 */
import type { BoardRow } from '../board/board-row.ts';
import { orderByTime } from '../board/harm-order.ts';
import { bookingSteps } from '../bookings/booking-steps.ts';
import { mayDo } from '../commands.ts';
import { type Discipline, type Role, services } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { byRole, bySeat, type Owned, ofPerson } from '../deadlines/deadline-rows.ts';
import { handoffSteps } from '../handoffs/handoff-steps.ts';
import { hearingSteps } from '../hearings/hearing-steps.ts';
import { openAsks, openNeeds } from '../needs/need-state.ts';
import { askStep, needStep, placeFinders, placeSteps } from '../needs/need-steps.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import type { AskedStep } from './acts.ts';

/** Who is asked. The roles of the referral's own places, the holders of seats, and people by name. */
interface Asked {
  readonly roles?: readonly Role[];
  readonly seats?: readonly Discipline[];
  readonly people?: readonly string[];
}

export const department = ['caseworker', 'hart-liaison'] as const;
/** Who books, and who introduces the child. */
export const bookers = { roles: [...department, 'mdt-coordinator'], seats: ['victim-advocate'] } as const;
export const recordsHearings = [...department, 'legal'] as const;

const never = '9999-12-31T23:59:59Z';
const longAgo = '1970-01-01T00:00:00.000Z';

/** All steps of appointments and hearings, those too whose time is still to come. */
const atAnyTime = (steps: (now: string) => readonly AskedStep[]): readonly AskedStep[] => [
  ...new Map([...steps(longAgo), ...steps(never)].map((step) => [step.listed?.key, step])).values(),
];

const named = (id: string | undefined): readonly string[] => (id === undefined ? [] : [id]);

/** The seat that sees to a need, or the department with the person who asked. A bed is also for those who find places. */
function askedForNeeds(state: Referral): readonly (readonly [AskedStep, Asked])[] {
  return openNeeds(state).map((need) => {
    const { owner, askedBy, practicalNeed } = need;
    const isOfDepartment = owner === undefined || owner === 'dcf';
    const seats = [...(isOfDepartment ? [] : [owner]), ...(practicalNeed === 'bed' ? placeFinders : [])];
    return [needStep(need), isOfDepartment ? { roles: department, people: named(askedBy), seats } : { seats }];
  });
}

const askedIn = (state: Referral): readonly (readonly [AskedStep, Asked])[] => [
  ...atAnyTime((now) => bookingSteps(state, now)).map((step) => [step, bookers] as const),
  ...handoffSteps(state).map((step) => [step, bookers] as const),
  ...atAnyTime((now) => hearingSteps(state, now)).map((step) => [step, { roles: recordsHearings }] as const),
  ...askedForNeeds(state),
  ...openAsks(state).map(
    (ask) => [askStep(ask), { roles: department, seats: placeFinders, people: named(ask.askedBy) }] as const,
  ),
  ...placeSteps(state).map((step) => [step, { roles: department, seats: placeFinders }] as const),
];

/** The people who are asked for a step, each once. Those who can take none of its acts are left out. */
function ownersOf(
  { acts }: AskedStep,
  { roles = [], seats = [], people = [] }: Asked,
  state: Referral,
  isPart2: boolean,
) {
  const can = (role: Role) => acts.some(({ command }) => mayDo(command, { id: '', roles: [role] }));
  const owners: readonly Owned[] = [
    ...roles.filter(can).flatMap((role) => byRole(role, state, isPart2)),
    // Only people who refer to a service of part 2 may learn of it (42 CFR Part 2).
    ...(isPart2 || !can('mdt-member') ? [] : [...new Set(seats)].flatMap((seat) => bySeat(state, seat))),
    ...people.map(ofPerson),
  ];
  return [...new Map(owners.map((owned) => [owned.owner, owned])).values()];
}

/** One row for each of these steps and each person who is asked. `common`: what staff see of the referral in every list. */
export function stepRows(state: Referral, policy: Policy, common: Partial<BoardRow>): readonly BoardRow[] {
  if (state.stage !== 'open') return [];
  const isPart2 = (subject: string | undefined) =>
    services.some((service) => service === subject && policy.catalogue[service].part2 === true);
  return askedIn(state).flatMap(([step, asked]) => {
    const { due = never, listed } = step;
    if (!listed) return [];
    const owners = ownersOf(step, asked, state, isPart2(listed.subject));
    const all = owners.map(({ owner }) => owner);
    return owners.map(
      ({ as, owner, partner }): BoardRow => ({
        ...(!partner && common),
        kind: 'step',
        id: `${state.id}#${listed.key}#${as}`,
        referralId: state.id,
        seq: state.seq,
        stage: state.stage,
        missed: 0,
        open: 1,
        due,
        order: orderByTime(due),
        step: listed.step,
        owner,
        ...(all.length > 1 && { owners: all }),
        ...whereKnown({ subject: listed.subject, from: listed.from }),
      }),
    );
  });
}
