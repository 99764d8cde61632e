/** Which alerts come before all others where the mail service takes only so many, and wait for nothing. */
import { meetingOf } from './meeting.ts';
import { type Policy, type Recipient, ruleOf } from './policy.ts';
import { type Alert, type Deadline, openDeadlines, type Referral } from './referral.ts';

const soon = 24 * 3_600_000;

/** Kinds that are urgent whatever the clocks say. */
const alwaysUrgent: ReadonlySet<Alert['kind']> = new Set([
  // The clocks of the law begin with it.
  'referral-opened',
  // A duty of law may follow, at once.
  'charges-faced',
  'tribal-membership',
  'in-facility',
  'removal-review',
  // Danger to the child: read before anybody contacts the family.
  'do-not-alert-caregiver',
  // As is the word that contact would harm a police investigation.
  'outreach-paused',
  // It is open for an hour.
  'glass-broken',
]);

/** Whose clocks an alert is about that names none, beside those of the words it is to. */
const clocksOf: Readonly<Partial<Record<Alert['kind'], Recipient>>> = {
  'mdt-invited': 'mdt-coordinator',
  'linkage-offered': 'provider',
};

/** Due by, or already past, a day after `now`. */
const isSoon = (instant: string, now: string) => Date.parse(instant) - Date.parse(now) <= soon;

/** Whether a clock of somebody it is to, or the meeting it tells of, is due within a day. */
function isAboutSoon(alert: Alert, state: Referral, policy: Policy, now: string): boolean {
  const { kind, to } = alert;
  const meeting = meetingOf(alert, state);
  if (meeting) return isSoon(meeting.startsAt, now);
  const own = clocksOf[kind];
  const words = own === undefined ? to : [...to, own];
  return openDeadlines(state).some(
    (deadline) => isSoon(deadline.due, now) && ruleOf(policy, deadline).alert.some((word) => words.includes(word)),
  );
}

/** The deadlines that it tells of by name. */
function deadlinesTold({ kind, deadlineId }: Alert, state: Referral): readonly Deadline[] {
  const named = deadlineId === undefined ? undefined : state.deadlines[deadlineId];
  return kind === 'referral-ended' ? openDeadlines(state) : named ? [named] : [];
}

/**
 * Whether it cannot wait at all: about what is due within 24 hours or overdue, or a child who is missing or in danger. Danger that
 * nobody has ruled out is danger. `now` is a UTC instant.
 */
export const isPressing = (alert: Alert, state: Referral, policy: Policy, now: string): boolean =>
  state.missing ||
  state.danger !== 'no' ||
  alwaysUrgent.has(alert.kind) ||
  deadlinesTold(alert, state).some(({ due }) => isSoon(due, now)) ||
  (alert.deadlineId === undefined && isAboutSoon(alert, state, policy, now));

/**
 * Whether it is urgent: pressing, or about a duty of law, however long that has. What ended is urgent where the law still asks for
 * something. `now` is a UTC instant.
 */
export const isUrgent = (alert: Alert, state: Referral, policy: Policy, now: string): boolean =>
  isPressing(alert, state, policy, now) ||
  deadlinesTold(alert, state).some((deadline) => ruleOf(policy, deadline).kind === 'statute');

/** The same alerts, the urgent ones first, each part in the order it had. */
export const urgentFirst = (
  alerts: readonly Alert[],
  state: Referral,
  policy: Policy,
  now: string,
): readonly Alert[] => {
  const { urgent = [], other = [] } = Object.groupBy(alerts, (alert) =>
    isUrgent(alert, state, policy, now) ? 'urgent' : 'other',
  );
  return [...urgent, ...other];
};
