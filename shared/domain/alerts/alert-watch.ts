/** Finds what took too long in the life of an alert: an unsettled lease, or a mail without news. */

import { isPastReminder } from '../appointments/appointment.ts';
import type { Referral } from '../referral.ts';
import { liaisonAsked } from '../response/liaison.ts';
import { appointmentTold, isOfCalendar } from '../team/meeting-calendars.ts';
import { needsNoCall } from '../team/seat-reach.ts';
import { isHolder, isTaken } from '../team/seats.ts';
import type { Seat } from '../team/team-state.ts';
import { groupOf } from './addressed-as.ts';
import { toldDeadlines } from './alert-duties.ts';
import type { Alert } from './alert-state.ts';
import { type AlertEvent, type AlertLife, type Delivery, isLost, isResting } from './alerts.ts';
import { alertsAfter, endedIn, isCall, isContinued, isOfThisRound, ringingFor } from './call-rounds.ts';
import { isAcknowledgedFor } from './recipient-groups.ts';

const minute = 60_000;

/**
 * How long a lease lasts, in milliseconds. Both times are longer than a sending invocation may take, so no sender hands
 * over a mail after its lease. The mail service has as long to report a mail that was never recorded. After that the
 * mail is sent again, marked as a repeat. For a call, a repeat is better than silence.
 */
const leaseTime = 5 * minute;
const callLeaseTime = 2 * minute;

/** When a lease of the mail about `alert` expires that begins at `now`, both UTC instants. */
export const leaseEnd = (now: string, isCall: boolean): string =>
  new Date(Date.parse(now) + (isCall ? callLeaseTime : leaseTime)).toISOString();

/** How long the system waits before it tries a mail again that the mail service did not take. */
const revivalPatience = 60 * minute;
/** How long a mail may take to arrive. */
const longestDelivery = 15 * minute;
const shortestDelivery = minute;

/**
 * How long the mail that was sent at `sentAt` may take, in milliseconds. It is the shorter of 15 minutes and a tenth of
 * the time then left to the deadline. It is at least one minute, which is what a call has. Instants are UTC.
 */
export function deliveryPatience(sentAt: string, due: string | undefined, calls = false): number {
  if (calls) return shortestDelivery;
  if (due === undefined) return longestDelivery;
  const left = (Date.parse(due) - Date.parse(sentAt)) / 10;
  return Math.max(shortestDelivery, Math.min(longestDelivery, left));
}

/**
 * Whether a later alert to this recipient group (`mdt-coordinator`, `person:P-1`) replaces this one. It tells how the
 * meeting is now, or that a service is offered. The page says which services.
 */
export function isSuperseded(alert: Alert, state: Referral, group: string): boolean {
  const { kind } = alert;
  const told = appointmentTold(alert);
  if (told === undefined && kind !== 'linkage-offered') return false;
  return alertsAfter(alert.id, Object.values(state.alerts)).some(
    (later) =>
      (told === undefined ? later.kind === kind : appointmentTold(later) === told && later.notBefore === undefined) &&
      // The last alert of a meeting updates every calendar.
      (wordsOf(later).includes(group) || isOfCalendar(group)),
  );
}

const wordsOf = ({ to, people }: Alert): readonly string[] => [
  ...to,
  ...people.map((personId) => `person:${personId}`),
];

/** An ended referral needs no answer, nor does a seat that a person accepted. */
const isAnswered = ({ discipline }: Alert, { stage, team: { seats } }: Referral): boolean =>
  stage !== 'open' || seats.some((seat) => seat.discipline === discipline && isTaken(seat));

/**
 * Whether a seat has answered its invitation. A role has nothing to answer for a seat, and before the drawing every
 * seat is open.
 */
function hasAnswered(group: string, { team: { seats } }: Referral): boolean {
  if (seats.length === 0) return false;
  const isAsked = (seat: Seat) =>
    group === 'seats' ||
    group === `seat:${seat.discipline}` ||
    (group.startsWith('person:') && isHolder(seat, group.slice(7)));
  return /^(seats?\b|person:)/.test(group) && seats.filter(isAsked).every(({ answered }) => answered !== undefined);
}

/** The question to a liaison whether they accept the assignment. */
const asksLiaison = ({ kind, to, discipline }: Alert): boolean =>
  kind === 'answer-needed' && to.length === 0 && discipline === undefined;

/** Whether the liaison accepted the assignment, another was assigned since, or a later mail asks the same liaison again. */
const hasAccepted = (group: string, alert: Alert, state: Referral): boolean =>
  asksLiaison(alert) &&
  (group !== `person:${liaisonAsked(state)}` ||
    alertsAfter(alert.id, Object.values(state.alerts)).some(
      (later) => asksLiaison(later) && wordsOf(later).includes(group),
    ));

/** By kind: whether this recipient group (`seat:medical`, `person:P-1`) has done what the alert asks of it. */
const settled: Readonly<Partial<Record<Alert['kind'], (group: string, alert: Alert, state: Referral) => boolean>>> = {
  'mdt-invited': (group, _, state) => state.stage !== 'open' || hasAnswered(group, state),
  'linkage-offered': (group, _, { stage, services: { linkages } }) =>
    stage !== 'open' ||
    !Object.values(linkages).some(({ status, contactId }) => status === 'offered' && group === `person:${contactId}`),
  'answer-needed': (group, alert, state) => isAnswered(alert, state) || hasAccepted(group, alert, state),
  'seat-not-reached': (_, { discipline }, state) => needsNoCall(state, discipline),
};

/** Whether this recipient group needs no mail about the alert any more. */
export const isSettledFor = (group: string, alert: Alert, state: Referral): boolean =>
  isSuperseded(alert, state, group) ||
  settled[alert.kind]?.(group, alert, state) === true ||
  (isCall(alert) && ringingFor(alert, [group], state).length === 0);

/**
 * Whether the alert needs no mail any more. Each of its deadlines is closed, the end it tells of was undone, or the call is
 * over. Or every recipient group has answered, or has a later alert about the meeting.
 */
export function isObsolete(alert: Alert, state: Referral): boolean {
  const { kind, deadlineId } = alert;
  const [deadline] = toldDeadlines(alert, state);
  // The people who were called are told that it is over, unless it rings again, or did so soon after.
  if (isPastReminder(alert, state)) return true;
  if (kind === 'alarm-over') return endedIn(alert, state).length === 0 || isContinued(alert, state);
  if (isCall(alert)) return !isOfThisRound(alert, state);
  if (deadlineId !== undefined) return deadline?.status !== 'open';
  return kind === 'referral-ended'
    ? state.stage === 'open'
    : wordsOf(alert).every((group) => isSettledFor(group, alert, state));
}

/** The recipient groups for which this person got mail, or is about to, including those they stand in for. */
export const writtenAs = ({ deliveries, leases }: AlertLife, personId: string): readonly string[] =>
  [...deliveries.filter((each) => each.personId === personId), ...[leases[personId] ?? []].flat()].flatMap(
    ({ addressedAs, also = [] }) => [addressedAs, ...also].map(groupOf),
  );

/** The recipient groups for which a mail is on its way, has arrived, is about to leave, or waits. */
const wordsInHand = (life: AlertLife): readonly string[] =>
  [
    ...life.deliveries.filter(({ personId }) => !isLost(life, personId)),
    ...Object.values(life.leases),
    ...Object.values(life.deferred),
  ].map(({ addressedAs }) => groupOf(addressedAs));

/**
 * Lost mails without a follow-up: the next person got no mail, and the group was not recorded as exhausted. The sender
 * does that at once. Where its nudge was lost, the watchdog gives another.
 */
function abandoned(life: AlertLife): readonly Delivery[] {
  const inHand = [...wordsInHand(life), ...life.exhausted.map(groupOf)];
  return life.deliveries.filter(
    ({ personId, addressedAs }) => isLost(life, personId) && !inHand.includes(groupOf(addressedAs)),
  );
}

/**
 * Of each unreachable recipient group, the first mail that the mail service did not take. Once the service takes mail
 * again, that mail is sent where an answer is still needed.
 */
function revivable(life: AlertLife): readonly Delivery[] {
  const inHand = wordsInHand(life);
  const given = life.deliveries
    .filter(({ because, addressedAs }) => because === 'no-answer' && !inHand.includes(groupOf(addressedAs)))
    .toSorted((one, other) => one.order - other.order);
  return [...Map.groupBy(given, ({ addressedAs }) => groupOf(addressedAs)).values()].flatMap(([first]) => first ?? []);
}

/** Whether the outcome of a mail of this alert, or the next recipient, is still open. */
export const isUnsettled = (life: AlertLife): boolean =>
  revivable(life).length > 0 ||
  life.deliveries.some(({ status, personId }) => status === 'sent' && life.seen[personId] === undefined) ||
  Object.keys(life.leases).length > 0 ||
  abandoned(life).length > 0;

/** How urgently a mail is awaited, and by which of its recipient groups. */
interface Awaited {
  readonly due?: string | undefined;
  readonly calls?: boolean;
  readonly isSettled: (group: string) => boolean;
  readonly isAcknowledged: (group: string) => boolean;
}

/** The events to record about mails of an alert that are overdue at `now`, a UTC instant. */
export function overdueMails(alert: Alert, state: Referral, life: AlertLife, now: string): readonly AlertEvent[] {
  if (isObsolete(alert, state)) return [];
  const awaited = {
    due: toldDeadlines(alert, state)[0]?.due,
    calls: alert.checkpoint === 'ring',
    isSettled: (group: string) => isSettledFor(group, alert, state),
    isAcknowledged: (group: string) => isAcknowledgedFor(group, alert),
  };
  return overdue(awaited, life, now);
}

/** The same for a notice. It has no deadline, and its one recipient group answers nothing. */
export const overdueNotices = (life: AlertLife, now: string): readonly AlertEvent[] =>
  overdue({ isSettled: () => false, isAcknowledged: () => false }, life, now);

function overdue(
  { due, calls = false, isSettled, isAcknowledged }: Awaited,
  life: AlertLife,
  now: string,
): readonly AlertEvent[] {
  const patience = calls ? callLeaseTime : leaseTime;
  const age = (instant: string) => Date.parse(now) - Date.parse(instant);
  const isLate = (personId: string, since: string) =>
    !life.late.includes(personId) && age(since) >= deliveryPatience(since, due, calls);
  const hasGivenUp = (addressedAs: string) =>
    life.deliveries.some((each) => each.because === 'no-answer' && groupOf(each.addressedAs) === groupOf(addressedAs));
  const isAsked = (addressedAs: string) => !isSettled(groupOf(addressedAs)) && !isAcknowledged(groupOf(addressedAs));
  return [
    ...Object.entries(life.leases).flatMap(([personId, lease]): AlertEvent[] => {
      const { at, until, since, attempts, status } = lease;
      // People do not wait twice as long because the mail service refuses all mail of a recipient group.
      const isTurnedDown = isResting(lease) && hasGivenUp(lease.addressedAs);
      // A mail that the mail service did not take needs no news. The next person is better than the same one for ever.
      const isOver = isLate(personId, since) || isTurnedDown;
      const rests = status === 'open' ? Date.parse(now) < Date.parse(until) : age(at) < patience;
      if (rests && !(isOver && status === 'released')) return [];
      // A mail is tried again at least once.
      const isGivenUp = status !== 'lapsed' && attempts > 1 && isOver;
      return [
        isGivenUp
          ? { type: 'alert-failed', v: 1, personId, because: 'no-answer' }
          : { type: 'alert-lapsed', v: 1, personId },
      ];
    }),
    // A person who saw the alert on the page, or has nothing more to answer, needs no proof of delivery.
    ...life.deliveries.flatMap(({ personId, addressedAs, status, at }): AlertEvent[] =>
      status === 'sent' && life.seen[personId] === undefined && !isSettled(groupOf(addressedAs)) && isLate(personId, at)
        ? [{ type: 'alert-late', v: 1, personId }]
        : [],
    ),
    ...abandoned(life)
      .filter(({ at, addressedAs }) => age(at) >= patience && !isSettled(groupOf(addressedAs)))
      .map(({ personId }): AlertEvent => ({ type: 'alert-late', v: 1, personId })),
    ...revivable(life)
      .filter(({ at, addressedAs }) => age(at) >= revivalPatience && isAsked(addressedAs))
      .map(({ personId }): AlertEvent => ({ type: 'alert-lapsed', v: 1, personId })),
  ];
}
