/** What has gone on too long in the life of an alert: a claim that nobody settled, a mail of which nothing was heard. */

import type { Referral } from '../referral.ts';
import { isOfCalendar } from '../team/calendars.ts';
import { isHolder } from '../team/seats.ts';
import type { Seat } from '../team/team-state.ts';
import { isOfThisRound, isRinging } from './alarms.ts';
import type { Alert } from './alert-state.ts';
import { type AlertEvent, type AlertLife, type Delivery, isLost, isResting } from './alerts.ts';
import { isAcknowledgedFor } from './recipient-groups.ts';

const minute = 60_000;

/** How long the mail service has to tell of a mail that nobody recorded, before the mail is sent again as a repeat. */
export const leasePatience = 5 * minute;
/** The same of a call, past the longest an invocation that sends may take: a repeat is better than silence. */
export const callPatience = 2 * minute;
/** How long nobody tries a mail that was given up because the mail service did not take it. */
const revivalPatience = 60 * minute;
/** How long a mail may take to arrive. */
const longestDelivery = 15 * minute;
const shortestDelivery = minute;

/**
 * How long the mail may take that was sent at `sentAt`, in milliseconds: 15 minutes, or a tenth of the time that was left to
 * the deadline, whichever is shorter; never less than a minute, which is what a call has. Instants are UTC.
 */
export function deliveryPatience(sentAt: string, due: string | undefined, calls = false): number {
  if (calls) return shortestDelivery;
  if (due === undefined) return longestDelivery;
  const left = (Date.parse(due) - Date.parse(sentAt)) / 10;
  return Math.max(shortestDelivery, Math.min(longestDelivery, left));
}

/**
 * Whether a later alert tells whoever this word (`mdt-coordinator`, `person:P-1`) leads to how the meeting of this one is now, or
 * that something is offered to them: what, the page says of all that is.
 */
export function isSuperseded({ id, kind, meeting }: Alert, { alerts }: Referral, group: string): boolean {
  if (meeting === undefined && kind !== 'linkage-offered') return false;
  const all = Object.values(alerts);
  return all.slice(all.findIndex((each) => each.id === id) + 1).some(
    (later) =>
      (meeting === undefined ? later.kind === kind : later.meeting === meeting) &&
      // The last alert of a meeting sees to every calendar.
      (wordsOf(later).includes(group) || isOfCalendar(group)),
  );
}

const wordsOf = ({ to, people }: Alert): readonly string[] => [
  ...to,
  ...people.map((personId) => `person:${personId}`),
];

/** Of what has ended nothing is asked, and of a seat that somebody took neither. */
const isAnswered = ({ discipline }: Alert, { stage, team: { seats } }: Referral): boolean =>
  stage !== 'open' || seats.some((seat) => seat.discipline === discipline && seat.answered?.answer === 'accepted');

/** An invitation asks who has not answered: a word of a role asks for nothing of a seat, and before the drawing every seat is open. */
function hasAnswered(group: string, { team: { seats } }: Referral): boolean {
  if (seats.length === 0) return false;
  const isAsked = (seat: Seat) =>
    group === 'seats' ||
    group === `seat:${seat.discipline}` ||
    (group.startsWith('person:') && isHolder(seat, group.slice(7)));
  return /^(seats?\b|person:)/.test(group) && seats.filter(isAsked).every(({ answered }) => answered !== undefined);
}

/** What the alert asks of each of its lines, by kind: whether it is settled for this one (`seat:medical`, `person:P-1`). */
const settled: Readonly<Partial<Record<Alert['kind'], (group: string, alert: Alert, state: Referral) => boolean>>> = {
  'mdt-invited': (group, _, state) => state.stage !== 'open' || hasAnswered(group, state),
  'linkage-offered': (group, _, { stage, services: { linkages } }) =>
    stage !== 'open' ||
    !Object.values(linkages).some(({ status, contactId }) => status === 'offered' && group === `person:${contactId}`),
  'answer-needed': (_, alert, state) => isAnswered(alert, state),
};

/** Whether nobody of this line is to be written to about the alert any more. */
export const isSettledFor = (group: string, alert: Alert, state: Referral): boolean =>
  isSuperseded(alert, state, group) || settled[alert.kind]?.(group, alert, state) === true;

/**
 * Whether nobody is to be written to about this alert any more: its deadline is closed, the end it tells of was undone, what it
 * asks was answered by everybody, a later one tells everybody of it how the meeting is now, or the call is over.
 */
export function isObsolete(alert: Alert, state: Referral): boolean {
  const { kind, deadlineId, checkpoint } = alert;
  const deadline = deadlineId === undefined ? undefined : state.deadlines[deadlineId];
  // Whoever was called hears that it is over, unless it rings again.
  if (kind === 'alarm-over') return deadline === undefined || isRinging(deadline);
  if (checkpoint === 'ring') return !isOfThisRound(alert, state);
  if (deadlineId !== undefined) return deadline?.status !== 'open';
  return kind === 'referral-ended'
    ? state.stage === 'open'
    : wordsOf(alert).every((group) => isSettledFor(group, alert, state));
}

/** Why somebody is written to in the place of those whom a word leads to: nobody is known, or nobody is below the cap. */
export const insteadOf = { unknown: ' for ', atCap: ' after ' } as const;
const joint = new RegExp(Object.values(insteadOf).join('|'));

/** The word that led to somebody, whoever stands in for it: `hart-lead` of `careline-supervisor for hart-lead`. */
export const groupOf = (addressedAs: string): string => addressedAs.split(joint).at(-1) ?? addressedAs;

/** The words for which this person was written to, or is about to be, whoever they stand in for. */
export const writtenAs = ({ deliveries, leases }: AlertLife, personId: string): readonly string[] =>
  [...deliveries.filter((each) => each.personId === personId), ...[leases[personId] ?? []].flat()].flatMap(
    ({ addressedAs, also = [] }) => [addressedAs, ...also].map(groupOf),
  );

/** What somebody is asked as: `careline-supervisor` of `careline-supervisor for hart-lead`. */
export const askedAs = (addressedAs: string): string => addressedAs.split(joint)[0] ?? addressedAs;

/** The words for which a mail is on its way, has come, or is about to be sent. */
const wordsInHand = (life: AlertLife): readonly string[] =>
  [...life.deliveries.filter(({ personId }) => !isLost(life, personId)), ...Object.values(life.leases)].map(
    ({ addressedAs }) => groupOf(addressedAs),
  );

/**
 * Mails that were lost and that nobody followed: the next person was not written to, nor was it said that there is none. Who
 * sends does that at once; where its nudge was lost, the watchdog gives another.
 */
function abandoned(life: AlertLife): readonly Delivery[] {
  const inHand = [...wordsInHand(life), ...life.exhausted.map(groupOf)];
  return life.deliveries.filter(
    ({ personId, addressedAs }) => isLost(life, personId) && !inHand.includes(groupOf(addressedAs)),
  );
}

/**
 * Of each line that reaches nobody, the first whose mail the mail service did not take: once it takes mail again, what is still asked
 * is sent.
 */
function revivable(life: AlertLife): readonly Delivery[] {
  const inHand = wordsInHand(life);
  const given = life.deliveries
    .filter(({ because, addressedAs }) => because === 'no-answer' && !inHand.includes(groupOf(addressedAs)))
    .toSorted((one, other) => one.order - other.order);
  return [...Map.groupBy(given, ({ addressedAs }) => groupOf(addressedAs)).values()].flatMap(([first]) => first ?? []);
}

/** Whether it is still open what became of a mail of this alert, or who is written to next. */
export const isUnsettled = (life: AlertLife): boolean =>
  revivable(life).length > 0 ||
  life.deliveries.some(({ status, personId }) => status === 'sent' && life.seen[personId] === undefined) ||
  Object.keys(life.leases).length > 0 ||
  abandoned(life).length > 0;

/** What is to be written down of mails that are overdue at `now`, a UTC instant. */
export function overdueMails(alert: Alert, state: Referral, life: AlertLife, now: string): readonly AlertEvent[] {
  if (isObsolete(alert, state)) return [];
  const due = alert.deadlineId === undefined ? undefined : state.deadlines[alert.deadlineId]?.due;
  const calls = alert.checkpoint === 'ring';
  const patience = calls ? callPatience : leasePatience;
  const age = (instant: string) => Date.parse(now) - Date.parse(instant);
  const isLate = (personId: string, since: string) =>
    !life.late.includes(personId) && age(since) >= deliveryPatience(since, due, calls);
  const hasGivenUp = (addressedAs: string) =>
    life.deliveries.some((each) => each.because === 'no-answer' && groupOf(each.addressedAs) === groupOf(addressedAs));
  const isAsked = (addressedAs: string) =>
    !isSettledFor(groupOf(addressedAs), alert, state) && !isAcknowledgedFor(groupOf(addressedAs), alert);
  return [
    ...Object.entries(life.leases).flatMap(([personId, lease]): AlertEvent[] => {
      const { at, since, attempts, status } = lease;
      // Nobody waits twice as long because the mail service takes no mail of a whole line.
      const isTurnedDown = isResting(lease) && hasGivenUp(lease.addressedAs);
      // What the mail service did not take needs no word of it. The next person is better than the same one for ever.
      const isOver = isLate(personId, since) || isTurnedDown;
      if (age(at) < patience && !(isOver && status === 'released')) return [];
      // It is tried again once at least.
      const isGivenUp = status !== 'lapsed' && attempts > 1 && isOver;
      return [
        isGivenUp
          ? { type: 'alert-failed', v: 1, personId, because: 'no-answer' }
          : { type: 'alert-lapsed', v: 1, personId },
      ];
    }),
    // Who has seen it on the page, or has nothing more to answer, needs no proof that the mail came.
    ...life.deliveries.flatMap(({ personId, addressedAs, status, at }): AlertEvent[] =>
      status === 'sent' &&
      life.seen[personId] === undefined &&
      !isSettledFor(groupOf(addressedAs), alert, state) &&
      isLate(personId, at)
        ? [{ type: 'alert-late', v: 1, personId }]
        : [],
    ),
    ...abandoned(life)
      .filter(({ at, addressedAs }) => age(at) >= patience && !isSettledFor(groupOf(addressedAs), alert, state))
      .map(({ personId }): AlertEvent => ({ type: 'alert-late', v: 1, personId })),
    ...revivable(life)
      .filter(({ at, addressedAs }) => age(at) >= revivalPatience && isAsked(addressedAs))
      .map(({ personId }): AlertEvent => ({ type: 'alert-lapsed', v: 1, personId })),
  ];
}
