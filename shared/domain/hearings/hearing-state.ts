/** What the state of a referral remembers of hearings. */
import { isAfter } from '../core/instants.ts';
import type { CourtOrder, HearingKind, HearingOutcome } from '../core/vocabulary.ts';

export interface Hearing {
  /** Such as `H1`. */
  readonly id: string;
  readonly sequence: number;
  readonly hearingKind: HearingKind;
  readonly court: string;
  readonly startsAt: string;
  readonly minutes: number;
  readonly status: 'scheduled' | 'held' | 'called-off';
  /** When its time was set last. */
  readonly setAt: string;
  /** How often it was given another time. */
  readonly continued: number;
  /** Ids of texts in the vault. */
  readonly docket?: string;
  readonly notes: readonly string[];
  /** Why it comes before the tribe's day: the id of the text. */
  readonly reason?: string;
  readonly heldAt?: string;
  readonly outcome?: HearingOutcome;
  readonly orders: readonly { readonly order: CourtOrder; readonly settledAt?: string }[];
}

/** What the court ordered at this hearing and is not done. */
export const openOrders = ({ orders }: Pick<Hearing, 'orders'>): readonly CourtOrder[] =>
  orders.flatMap(({ order, settledAt }) => (settledAt === undefined ? [order] : []));

/** Whether it has not begun at `now`, a UTC instant. One that has begun and is still scheduled waits for its outcome. */
export const isAhead = ({ status, startsAt }: Pick<Hearing, 'status' | 'startsAt'>, now: string): boolean =>
  status === 'scheduled' && isAfter(startsAt, now);

export type HearingsState = readonly Hearing[];
