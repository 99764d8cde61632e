/** The agenda of a case review. It follows from the referral alone. Pure. */
import { agendaRule } from '../../policy/review-rules.ts';
import { requestAlert } from '../alerts/alert-requests.ts';
import type { Decision } from '../core/decision.ts';
import { isBefore } from '../core/instants.ts';
import { type Service, services } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import type { Referral } from '../referral.ts';
import type { Linkage, ServiceState } from '../services/service-state.ts';
import { meetingAhead } from '../team/meeting.ts';
import type { Meeting } from '../team/team-state.ts';
import { type Matter, mattersOf } from './open-matters.ts';
import { noReview, openTasks, type ReviewState, type Task } from './review-state.ts';

const day = 86_400_000;
const daysFrom = (instant: string, days: number) => new Date(Date.parse(instant) + days * day).toISOString();

/** When the agenda of this meeting is frozen: so many days of 24 hours before it begins. A UTC instant. */
export const freezesAt = ({ startsAt }: Pick<Meeting, 'startsAt'>): string =>
  daysFrom(startsAt, -agendaRule.frozenDaysBefore);

/**
 * The frozen agenda of the meeting ahead. Undefined while it is not frozen. A meeting that moved to a later day has its
 * agenda frozen anew.
 */
export function frozenNow(state: Pick<Referral, 'team' | 'review'>): ReviewState['frozen'] {
  const meeting = meetingAhead(state);
  const { frozen } = state.review ?? {};
  return meeting && frozen?.number === meeting.number && !isBefore(frozen.at, freezesAt(meeting)) ? frozen : undefined;
}

/** When the agenda of the meeting ahead is to be frozen. Undefined where there is none, or it is frozen. A UTC instant. */
export function freezeDueAt(state: Referral): string | undefined {
  const meeting = meetingAhead(state);
  return meeting && state.stage === 'open' && !frozenNow(state) ? freezesAt(meeting) : undefined;
}

/** Whether the agenda is to be frozen at `now`, a UTC instant. */
export function isFreezeDue(state: Referral, now: string): boolean {
  const at = freezeDueAt(state);
  return at !== undefined && !isBefore(now, at);
}

/**
 * Freezes the agenda of the meeting ahead where that is due. All who are asked to come get the calendar object once more,
 * and where the agenda is. People who got mail about the meeting since then are not written to again.
 */
export function freezeAgenda(decision: Decision): void {
  const state = decision.state();
  const meeting = meetingAhead(state);
  if (!meeting || !isFreezeDue(state, decision.context.now)) return;
  decision.add('agenda-frozen', { number: meeting.number });
  const isTold = Object.values(state.alerts).some(
    ({ meeting: number, requestedAt }) => number === meeting.number && !isBefore(requestedAt, freezesAt(meeting)),
  );
  if (!isTold) {
    requestAlert(decision, { kind: 'meeting-scheduled', to: ['mdt-coordinator'], people: meeting.invited });
  }
}

/** A service of the child, and what the team recommended of it last. */
interface ServiceLine {
  readonly service: Service;
  /** Absent where the team recommended it, and no step has opened it yet. */
  readonly status?: Linkage['status'];
  /** Who sees to it, and by which New York day. */
  readonly owner?: NonNullable<ServiceState['owners'][Service]>;
}

export interface Agenda {
  /** Open duties that are missed, or due until the horizon, the soonest first. */
  readonly due: readonly Deadline[];
  readonly services: readonly ServiceLine[];
  /** Appointments, needs, a search for a place, hearings and orders that are open. */
  readonly matters: readonly Matter[];
  /** What was agreed and is not done, the soonest first. */
  readonly tasks: readonly Task[];
  readonly last?: NonNullable<ReviewState['last']>;
}

/** What the team speaks of, with the referral as it is. `startsAt`: of the meeting, a UTC instant. */
export function agendaOf(state: Referral, startsAt: string): Agenda {
  const horizon = daysFrom(startsAt, agendaRule.looksDaysAhead);
  const { linkages, owners, recommended } = state.services;
  return {
    due: openDeadlines(state)
      .filter(({ due, missed }) => missed || !isBefore(horizon, due))
      .toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due)),
    services: services
      .filter((service) => linkages[service] ?? owners[service] ?? recommended.includes(service))
      .map((service) => ({
        service,
        ...whereKnown({ status: linkages[service]?.status, owner: owners[service] }),
      })),
    matters: mattersOf(state).filter(({ isOpen }) => isOpen),
    tasks: openTasks(state.review ?? noReview).toSorted((one, other) => one.by.localeCompare(other.by)),
    ...whereKnown({ last: state.review?.last }),
  };
}
