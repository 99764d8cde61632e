/** The wait for a tribe before any proceeding about custody (docs/domain.md#icwa). */
import { addDays, newYorkDate } from '../policy/due.ts';
import type { Policy } from '../policy/policy.ts';

/** One notice to a tribe, by mail. Instants are UTC. */
export interface TribeNotice {
  /** Its id in the referral, such as `N1`. */
  readonly notice: string;
  readonly tribe: string;
  readonly mailKind: 'registered' | 'certified';
  readonly mailedAt: string;
  /** When the tribe received it, by the return receipt. */
  readonly receivedAt?: string;
  /** True where the tribe asked for more time. */
  readonly moreTime?: true;
}

/** A tribe outside the list of the policy. */
export const otherTribe = 'OTHER';

/** Whether two notices surely went to one tribe. Tribes outside the list have no name here. */
export const isToSameTribe = (one: Pick<TribeNotice, 'tribe'>, other: Pick<TribeNotice, 'tribe'>): boolean =>
  one.tribe === other.tribe && one.tribe !== otherTribe;

/**
 * The first New York day (`YYYY-MM-DD`) of a proceeding, for a tribe that received its notice at this UTC instant. The
 * days of the law are whole days after the day of receipt (25 U.S.C. 1912(a), C.G.S. 46b-116 and
 * following).
 */
export function earliestDay(receivedAt: string, moreTime: boolean, { tribes }: Pick<Policy, 'tribes'>): string {
  const days = tribes.daysAfterReceipt + (moreTime ? tribes.moreDaysOnRequest : 0);
  return addDays(newYorkDate(receivedAt), days + 1);
}

/**
 * The first day for all notified tribes, the latest over their notices. Undefined while one has no recorded receipt, or
 * none is notified. A mail that was sent again to a tribe of the list is not waited for.
 */
export function earliestProceeding(
  notices: readonly TribeNotice[],
  policy: Pick<Policy, 'tribes'>,
): string | undefined {
  const isSentAgain = (notice: TribeNotice, index: number) =>
    notice.receivedAt === undefined && notices.slice(index + 1).some((later) => isToSameTribe(later, notice));
  const awaited = notices.filter((notice, index) => !isSentAgain(notice, index));
  const days = awaited.map(({ receivedAt, moreTime }) =>
    receivedAt === undefined ? undefined : earliestDay(receivedAt, moreTime === true, policy),
  );
  return days.includes(undefined) ? undefined : days.toSorted().at(-1);
}
