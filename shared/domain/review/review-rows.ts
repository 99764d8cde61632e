/** The coming case reviews of a team, one row for each referral. Sealed ones are in no list. */
import type { BoardRow } from '../board/board-row.ts';
import { overseers, teamLeaders } from '../core/role-groups.ts';
import type { Role } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';
import { meetingAhead } from '../team/meeting.ts';
import { unansweredSeats } from '../team/seats.ts';
import { frozenNow } from './agenda.ts';

/** Leaders read the list of their own team, and overseers that of every team. */
export const reviewReaders: readonly Role[] = [...teamLeaders, ...overseers];

export const reviewList = (team: string): string => `reviews#${team}`;

/** The row of the meeting that is set, by its instant. It stays until the meeting is recorded. Where none is set, it is in no list. */
export function reviewRow(state: Referral) {
  const meeting = meetingAhead(state);
  const { id: team, seats } = state.team;
  if (!meeting || team === undefined || state.stage !== 'open') return { kind: 'review', id: state.id } as const;
  return {
    kind: 'review',
    id: state.id,
    due: meeting.startsAt,
    order: meeting.startsAt,
    seats: { all: seats.length, unanswered: unansweredSeats(state).length },
    frozen: frozenNow(state) !== undefined,
    queue: reviewList(team),
  } as const;
}

/** A row of the list, as its readers see it. */
export interface ReviewLine {
  readonly referralId: string;
  /** A UTC instant. */
  readonly startsAt: string;
  /** It has begun, and no one has recorded it. */
  readonly isOver: boolean;
  /** The agenda is frozen. */
  readonly frozen: boolean;
  readonly seats: number;
  readonly unanswered: number;
}

/** `now`: a UTC instant. */
export const reviewLine = ({ referralId, due, frozen, seats }: BoardRow, now: string): ReviewLine => ({
  referralId,
  startsAt: due,
  isOver: due <= now,
  frozen: frozen === true,
  seats: seats?.all ?? 0,
  unanswered: seats?.unanswered ?? 0,
});
