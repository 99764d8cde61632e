/** The wait for a tribe before any proceeding about custody (docs/domain.md#icwa). */

import type { Answer, tribeRecipients } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { addDays, newYorkDate } from '../policy/due.ts';
import type { Policy } from '../policy/policy.ts';

/** One notice about an Indian child, by mail: to a tribe, a parent or an Indian custodian. Instants are UTC. */
export interface TribeNotice {
  /** Its id in the referral, such as `N1`. */
  readonly notice: string;
  readonly recipient: (typeof tribeRecipients)[number];
  /** The tribe that it goes to or, for a parent or custodian, is about. */
  readonly tribe: string;
  readonly mailKind: 'registered' | 'certified';
  readonly mailedAt: string;
  /** When it was received, by the return receipt. */
  readonly receivedAt?: string;
  /** True where its recipient asked for more time, by this notice or another one to it. */
  readonly moreTime?: true;
  /** When it asked, by this notice. */
  readonly askedAt?: string;
}

/** A tribe outside the list of the policy. */
export const otherTribe = 'OTHER';
/** No tribe is known: notice goes to the regional director of the Bureau of Indian Affairs or the Commissioner. */
export const unknownTribe = 'NOT-KNOWN';

type Recipient = Pick<TribeNotice, 'recipient' | 'tribe'>;

/** Whether two notices surely went to one tribe. Tribes outside the list have no name here, and no parent has one. */
export const isToSame = (one: Recipient, other: Recipient): boolean =>
  one.recipient === 'tribe' && other.recipient === 'tribe' && one.tribe === other.tribe && one.tribe !== otherTribe;

/**
 * The notices whose receipt is still awaited. A mail that was sent again to a tribe of the list is not waited for.
 */
export const receiptsAwaited = (notices: readonly TribeNotice[]): readonly TribeNotice[] =>
  notices.filter(
    (notice, index) =>
      notice.receivedAt === undefined && !notices.slice(index + 1).some((later) => isToSame(later, notice)),
  );

/**
 * The first New York day (`YYYY-MM-DD`) of a proceeding, for a notice that was received at this UTC instant. The
 * days of the law are whole days after the day of receipt (25 U.S.C. 1912(a), C.G.S. 46b-116 and
 * following). The regional director gets more of them, to find the tribe.
 */
export function earliestDay(
  receivedAt: string,
  { moreTime, tribe }: Pick<TribeNotice, 'moreTime' | 'tribe'>,
  { tribes }: Pick<Policy, 'tribes'>,
): string {
  const first = tribe === unknownTribe ? tribes.daysWhereUnknown : tribes.daysAfterReceipt;
  const days = first + (moreTime ? tribes.moreDaysOnRequest : 0);
  return addDays(newYorkDate(receivedAt), days + 1);
}

/**
 * The first day for all who were notified, the latest over their notices. Undefined while one has no recorded receipt, or
 * no one is notified.
 */
export function earliestProceeding(
  notices: readonly TribeNotice[],
  policy: Pick<Policy, 'tribes'>,
): string | undefined {
  if (receiptsAwaited(notices).length > 0) return undefined;
  return notices
    .flatMap((notice) => (notice.receivedAt === undefined ? [] : [earliestDay(notice.receivedAt, notice, policy)]))
    .toSorted()
    .at(-1);
}

type Duties = Readonly<Record<string, Pick<Deadline, 'rule' | 'status'>>>;

/**
 * Whether a proceeding waits for the tribe: the child is a member, or was when its notice became due. A changed answer
 * lifts nothing. Counsel finds that the duty does not apply (docs/domain.md#changed-facts).
 */
export function isBoundToTribe({
  child,
  deadlines,
}: {
  readonly child: { readonly tribalMember: Answer };
  readonly deadlines: Duties;
}): boolean {
  const notice = Object.values(deadlines).findLast(({ rule }) => rule === 'D42');
  return child.tribalMember === 'yes' || (notice !== undefined && notice.status !== 'not-applicable');
}

/**
 * Whether a proceeding at this UTC instant comes before the tribe's day. `day`: the first New York day of one, absent
 * while a receipt is not recorded. Undefined where the child is no member, or the day has come.
 */
export function tooEarlyForTribe(
  {
    child,
    response,
    deadlines,
  }: {
    readonly child: { readonly tribalMember: Answer };
    readonly response: { readonly tribeNotices: readonly TribeNotice[] };
    readonly deadlines: Duties;
  },
  at: string,
  policy: Pick<Policy, 'tribes'>,
): { readonly day?: string } | undefined {
  if (!isBoundToTribe({ child, deadlines })) return undefined;
  const day = earliestProceeding(response.tribeNotices, policy);
  if (day === undefined) return {};
  return newYorkDate(at) < day ? { day } : undefined;
}
