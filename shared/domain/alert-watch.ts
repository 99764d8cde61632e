/** What has gone on too long in the life of an alert: a claim that nobody settled, a mail of which nothing was heard. */
import { type AlertEvent, type AlertLife, type Delivery, isLost } from './alerts.ts';
import type { Alert, Referral } from './referral.ts';

const minute = 60_000;

/** How long the mail service has to tell of a mail that nobody recorded, before the mail is sent again as a repeat. */
export const claimPatience = 5 * minute;
/** How long a mail may take to arrive. */
const longestDelivery = 15 * minute;
const shortestDelivery = minute;

/**
 * How long the mail may take that was sent at `sentAt`, in milliseconds: 15 minutes, or a tenth of the time that was left to
 * the deadline, whichever is shorter; never less than a minute. Instants are UTC.
 */
export function deliveryPatience(sentAt: string, due: string | undefined): number {
  if (due === undefined) return longestDelivery;
  const left = (Date.parse(due) - Date.parse(sentAt)) / 10;
  return Math.max(shortestDelivery, Math.min(longestDelivery, left));
}

/** Whether a later alert tells whoever this word (`mdt-coordinator`, `person:P-1`) leads to how the meeting of this one is now. */
export function isToldAnew({ id, meeting }: Alert, { alerts }: Referral, word: string): boolean {
  if (meeting === undefined) return false;
  const all = Object.values(alerts);
  return all
    .slice(all.findIndex((each) => each.id === id) + 1)
    .some((later) => later.meeting === meeting && wordsOf(later).includes(word));
}

const wordsOf = ({ to, people }: Alert): readonly string[] => [
  ...to,
  ...people.map((personId) => `person:${personId}`),
];

/**
 * Whether nobody is to be written to about this alert any more: its deadline is closed, the end it tells of was undone, or a
 * later one tells everybody of it how the meeting is now.
 */
export function isMoot(alert: Alert, state: Referral): boolean {
  const { kind, deadlineId } = alert;
  if (deadlineId !== undefined) return state.deadlines[deadlineId]?.status !== 'open';
  return kind === 'referral-ended'
    ? state.stage === 'open'
    : wordsOf(alert).every((word) => isToldAnew(alert, state, word));
}

/** The word that led to somebody, whoever stands in for it: `hart-lead` of `careline-supervisor for hart-lead`. */
export const wordOf = (as: string): string => as.split(' for ').at(-1) ?? as;

/**
 * Mails that were lost and that nobody followed: the next person was not written to, nor was it said that there is none. Who
 * sends does that at once; where its nudge was lost, the watchdog gives another.
 */
function abandoned(life: AlertLife): readonly Delivery[] {
  const inHand = [
    ...life.deliveries.filter(({ personId }) => !isLost(life, personId)).map(({ as }) => as),
    ...Object.values(life.claims).map(({ as }) => as),
    ...life.exhausted,
  ].map(wordOf);
  return life.deliveries.filter(({ personId, as }) => isLost(life, personId) && !inHand.includes(wordOf(as)));
}

/** Whether it is still open what became of a mail of this alert, or who is written to next. */
export const isUnsettled = (life: AlertLife): boolean =>
  life.deliveries.some(({ status }) => status === 'sent') ||
  Object.keys(life.claims).length > 0 ||
  abandoned(life).length > 0;

/** What is to be written down of mails that are overdue at `now`, a UTC instant. */
export function overdueMails(alert: Alert, state: Referral, life: AlertLife, now: string): readonly AlertEvent[] {
  if (isMoot(alert, state)) return [];
  const due = alert.deadlineId === undefined ? undefined : state.deadlines[alert.deadlineId]?.due;
  const age = (instant: string) => Date.parse(now) - Date.parse(instant);
  const isLate = (personId: string, since: string) =>
    !life.late.includes(personId) && age(since) >= deliveryPatience(since, due);
  return [
    ...Object.entries(life.claims).flatMap(([personId, { at, since, attempts, status }]): AlertEvent[] => {
      // What the mail service did not take needs no word of it. The next person is better than the same one for ever.
      const isOver = isLate(personId, since);
      if (age(at) < claimPatience && !(isOver && status === 'released')) return [];
      // It is tried again once at least.
      const isGivenUp = status !== 'lapsed' && attempts > 1 && isOver;
      return [
        isGivenUp
          ? { type: 'alert-failed', v: 1, personId, because: 'no-answer' }
          : { type: 'alert-lapsed', v: 1, personId },
      ];
    }),
    ...life.deliveries.flatMap(({ personId, status, at }): AlertEvent[] =>
      status === 'sent' && isLate(personId, at) ? [{ type: 'alert-late', v: 1, personId }] : [],
    ),
    ...abandoned(life)
      .filter(({ at }) => age(at) >= claimPatience)
      .map(({ personId }): AlertEvent => ({ type: 'alert-late', v: 1, personId })),
  ];
}
