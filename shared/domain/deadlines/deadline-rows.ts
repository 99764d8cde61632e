/**
 * Which people each open deadline belongs to. The board has a row for each duty and each person it waits on or was
 * escalated to.
 */

import { askedByName } from '../access/emergency-access.ts';
import { isAbout } from '../alerts/alert-duties.ts';
import { toldIn } from '../alerts/call-rounds.ts';
import type { BoardRow } from '../board/board-row.ts';
import { orderByTime, orderOf } from '../board/harm-order.ts';
import { aboutOfDuty } from '../calls/duty-about.ts';
import { linkers, standIn, teamLeaders } from '../core/role-groups.ts';
import { type Role, services } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { scopeOf } from '../directory/scopes.ts';
import { type Policy, type Recipient, ruleOf, waitsOn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { providerAsked } from '../services/provider-asked.ts';
import { seatDeadline } from '../team/mdt.ts';
import { meetingAhead } from '../team/meeting.ts';
import { hasConflict, hasSignedAgreement, unansweredSeats } from '../team/seats.ts';
import type { Deadline } from './deadline-state.ts';
import { openDeadlines } from './open-deadlines.ts';

/** The board's list of every open deadline that waits on a role, in any scope. */
export const waitsOnList = (role: Role): string => `waits-on#${role}`;
/** The owner of the deadlines of all people on one duty: `caseworker@office-HARTFORD`. */
export const dutyOwner = (role: Role, scope: string): string => `${role}@${scope}`;
/** The owner of the deadlines of one named person. */
export const personOwner = (personId: string): string => `deadlines#${personId}`;

export interface Owned {
  /** Unique within the deadline. */
  readonly as: string;
  readonly owner: string;
  readonly queue?: string;
  /** Perhaps a person outside the department, who sees the deadline and nothing else of the case. */
  readonly partner: boolean;
}

export function byRole(role: Role, state: Referral, isPart2: boolean): readonly Owned[] {
  // A team's leaders see the referral once the team is drawn, and not before.
  const isReady = !teamLeaders.includes(role) || state.team.id !== undefined;
  const scope = isReady ? scopeOf(role, state) : undefined;
  const known = scope === undefined ? { role: standIn, scope: 'state' } : { role, scope };
  // Only people who refer to a part 2 service may learn that it is one (42 CFR Part 2).
  if (isPart2 && !linkers.includes(known.role)) return [];
  const duty: Owned = {
    as: known.role,
    owner: dutyOwner(known.role, known.scope),
    partner: false,
    ...(!isPart2 && { queue: waitsOnList(known.role) }),
  };
  const {
    response: { liaison },
  } = state;
  return role === 'hart-liaison' && liaison !== undefined && !hasConflict(state, liaison)
    ? [duty, { as: 'liaison', owner: personOwner(liaison), partner: false }]
    : [duty];
}

/** Holders and deputies who have signed and not declined. */
export function bySeat(state: Referral, discipline: string | undefined): readonly Owned[] {
  return state.team.seats
    .filter((seat) => discipline === undefined || seat.discipline === discipline)
    .flatMap(({ discipline: of, personId, deputyId, declinedBy = [] }) =>
      [personId, deputyId].flatMap((id, index) =>
        id !== undefined && hasSignedAgreement(state, id) && !declinedBy.includes(id)
          ? [{ as: `seat.${of}.${index + 1}`, owner: personOwner(id), partner: true }]
          : [],
      ),
    );
}

function ownersOf(word: Recipient, state: Referral, deadline: Deadline, isPart2: boolean): readonly Owned[] {
  if (word === 'seats') return bySeat(state, undefined);
  if (word.startsWith('seat:')) return bySeat(state, word.slice('seat:'.length));
  if (word !== 'provider') return byRole(word as Role, state, isPart2);
  const contact = providerAsked(state, deadline.subject);
  return contact === undefined ? [] : [{ as: 'provider', owner: personOwner(contact), partner: true }];
}

/** One person, whatever they hold. */
export const ofPerson = (id: string): Owned => ({ as: `person.${id}`, owner: personOwner(id), partner: true });

/** In a sealed referral, each named person owns every deadline. Whether they are staff is not known here. */
const ofNamed = (people: readonly string[]): readonly Owned[] =>
  people.map((id) => ({ as: `named.${id}`, owner: personOwner(id), partner: true }));

/** Whether only people who refer to the service may learn of it (42 CFR Part 2). */
const isOfPart2 = ({ subject }: Deadline, policy: Policy): boolean =>
  services.some((service) => service === subject && policy.catalogue[service].part2);

/** What tells a duty apart in the lists of staff. Undefined where nothing does. */
export function aboutOnBoard(deadline: Deadline, state: Referral, policy: Policy): BoardRow['about'] {
  const { subject, ...others } = aboutOfDuty(deadline, state, policy);
  const about = { ...others, ...(!isOfPart2(deadline, policy) && whereKnown({ subject })) };
  return Object.keys(about).length > 0 ? about : undefined;
}

/** The leaders of the team convene its meeting. Other members join it when it is, which may be before it is due or after. */
function joining(state: Referral, due: string): Pick<BoardRow, 'missed' | 'due' | 'order' | 'joins'> {
  const { startsAt, place, way = place } = meetingAhead(state) ?? {};
  const time = startsAt ?? due;
  return { missed: 0, due: time, order: orderByTime(time), joins: whereKnown({ startsAt, way }) };
}

/**
 * One row for each open deadline and each person responsible for it. The rule names them, and so do later checkpoints
 * that were raised to others. `common`: what staff see of the referral in every list.
 */
export function deadlineRows(state: Referral, policy: Policy, common: Partial<BoardRow>): readonly BoardRow[] {
  const invited = seatDeadline(state)?.id;
  const answers = { all: state.team.seats.length, unanswered: unansweredSeats(state).length };
  return openDeadlines(state).flatMap((deadline) => {
    const { id, rule, subject, due, missed } = deadline;
    const owns = ruleOf(policy, deadline);
    // Work that waited for a liaison is handed over with the acceptance.
    const isHandedOver = (word: Recipient, at: string) =>
      owns.alertUntilAccepted?.includes(word) && at < (state.response.liaisonAcceptedAt ?? '');
    const raised = Object.values(state.alerts)
      // An administrator who is told of an emergency access does not review it.
      .filter((alert) => isAbout(alert, id) && alert.kind !== 'emergency-access-taken')
      // A call tells a group of its own duties alone.
      .flatMap((alert) =>
        alert.to.filter((word) => toldIn(alert, [word]).includes(id) && !isHandedOver(word, alert.requestedAt)),
      );
    const words = new Set([...waitsOn(owns, state), ...raised]);
    const isPart2 = isOfPart2(deadline, policy);
    const { subject: _, ...about } = aboutOnBoard(deadline, state, policy) ?? {};
    const owners = state.access.seal
      ? ofNamed(state.access.seal.people.filter((each) => !hasConflict(state, each)))
      : [
          ...[...words].flatMap((word) => ownersOf(word, state, deadline, isPart2)),
          ...askedByName(state, deadline).map(
            (id): Owned => ({ as: 'by-name', owner: personOwner(id), partner: true }),
          ),
        ];
    // Two recipient groups may lead to the same duty.
    const each = [...new Map(owners.map((owned) => [owned.as, owned])).values()];
    const all = each.map(({ owner }) => owner);
    const isMeeting = owns.keptBy[0] === 'mdt-met';
    return each.map(
      ({ as, owner, queue, partner }): BoardRow => ({
        ...(!partner && common),
        ...(!partner && Object.keys(about).length > 0 && { about }),
        kind: 'deadline',
        id: `${id}#${as}`,
        referralId: state.id,
        seq: state.seq,
        stage: state.stage,
        missed: missed ? 1 : 0,
        open: 1,
        due,
        order: orderOf(deadline, state, policy),
        deadlineId: id,
        rule,
        owner,
        ...(all.length > 1 && { owners: all }),
        ...whereKnown({ queue, group: deadline.group }),
        ...(id === invited && answers.unanswered > 0 && teamLeaders.some((role) => role === as) && { seats: answers }),
        ...(subject !== undefined && (!isPart2 || as === 'provider') && { subject }),
        ...(isMeeting && as.startsWith('seat.') && joining(state, due)),
      }),
    );
  });
}
