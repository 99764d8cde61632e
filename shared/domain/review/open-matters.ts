/** What the agenda lists beside duties and services: appointments, needs, a search for a place, hearings and orders. Pure. */
import { isRunning } from '../bookings/booking-state.ts';
import { isBookedAgain } from '../bookings/booking-steps.ts';
import {
  type Bookable,
  bookingStates,
  type CourtOrder,
  type HearingKind,
  needEnds,
  type Placing,
  type PracticalNeed,
  placing,
} from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { noNeeds } from '../needs/need-state.ts';
import { lastAsk, placeFound } from '../needs/need-steps.ts';
import type { Referral } from '../referral.ts';

export const matterStatuses = [
  ...bookingStates,
  'need-open',
  ...needEnds,
  'place-sought',
  'place-found',
  'place-settled',
  'scheduled',
  'held',
  'called-off',
  'order-open',
  'order-settled',
] as const;

/** A matter of the child: open, or how it ended. */
export interface Matter {
  /** Within the referral, such as `B1` or `H1.order-records`. */
  readonly id: string;
  /** What it is about. */
  readonly about: Bookable | PracticalNeed | Placing | HearingKind | CourtOrder;
  readonly status: (typeof matterStatuses)[number];
  /** When it takes place, or by when it is needed: a UTC instant. Absent where no time is set. */
  readonly at?: string;
  /** The New York day from which a place is needed. */
  readonly from?: string;
  readonly isOpen: boolean;
}

function bookingMatters(state: Referral): readonly Matter[] {
  return (state.bookings ?? []).map((booking) => {
    const { id, service, status, startsAt } = booking;
    const isOpen = isRunning(booking) || isBookedAgain(state, booking);
    return { id, about: service, status, isOpen, ...whereKnown({ at: startsAt }) };
  });
}

const needMatters = ({ needs = noNeeds }: Referral): readonly Matter[] =>
  needs.asked.map(({ id, practicalNeed, neededBy, ended }) => ({
    id,
    about: practicalNeed,
    status: ended?.needEnd ?? 'need-open',
    at: neededBy,
    isOpen: ended === undefined,
  }));

/** One line for each service with a place, however many providers were asked. */
function placeMatters(state: Referral): readonly Matter[] {
  const open = lastAsk(state)?.service;
  return placing.flatMap((service): readonly Matter[] => {
    const last = state.needs?.places.findLast((ask) => ask.service === service);
    if (!last) return [];
    const isOpen = service === open;
    const status = isOpen ? (placeFound(state) ? 'place-found' : 'place-sought') : 'place-settled';
    return [{ id: `place.${service}`, about: service, status, from: last.placeFrom, isOpen }];
  });
}

const hearingMatters = ({ hearings = [] }: Referral): readonly Matter[] =>
  hearings.flatMap(({ id, hearingKind, startsAt, status, orders }): readonly Matter[] => [
    { id, about: hearingKind, status, at: startsAt, isOpen: status === 'scheduled' },
    ...orders.map(({ order, settledAt }) => ({
      id: `${id}.${order}`,
      about: order,
      status: settledAt === undefined ? ('order-open' as const) : ('order-settled' as const),
      isOpen: settledAt === undefined,
    })),
  ]);

/** All matters of a referral, open and ended. */
export const mattersOf = (state: Referral): readonly Matter[] => [
  ...bookingMatters(state),
  ...needMatters(state),
  ...placeMatters(state),
  ...hearingMatters(state),
];
