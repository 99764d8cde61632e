/**
 * Invariant 7: a duty of class now is called at its time. The next person follows while no one answers. A mail of each
 * call leaves, and each call has a page and a number.
 */
import { linkTo } from '../../shared/alerts/compose/compose.ts';
import { nextRing } from '../../shared/domain/alerts/alarms.ts';
import { isAbout } from '../../shared/domain/alerts/alert-duties.ts';
import { isCall, isOfThisRound } from '../../shared/domain/alerts/call-rounds.ts';
import { openDeadlines } from '../../shared/domain/deadlines/open-deadlines.ts';
import type { ReferralRead } from '../../shared/store/ledger.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { allowedBy } from './alert-invariants.ts';
import type { Checked } from './checked.ts';
import { statesOf } from './states.ts';

const minute = 60_000;
const beforeTheNext = 10 * minute;
const inMinutes = (milliseconds: number) => `${(milliseconds / minute).toFixed(1)} minutes`;

/** The next call that a state plans of a deadline, and since when. Epoch milliseconds. */
interface Planned {
  readonly at: number;
  readonly since: number;
}

/** A call that was asked for, and when it became moot. */
interface Call {
  readonly alertId: string;
  readonly at: number;
  over?: number;
}

/**
 * Each duty that rang in a commit without a call about it there. At a hard stop the duty closes, and calls no one. Nor does
 * one that was missed in the same commit, where doing it helps no child any more.
 */
const silentRings = ({ commits }: ReferralRead): readonly string[] =>
  commits.flatMap(({ seq, events }) =>
    events.flatMap((each) => {
      if (each.type !== 'checkpoint-raised' || each.kind !== 'ring') return [];
      const { deadlineId } = each;
      const isTold = events.some(
        (other) =>
          (other.type === 'alert-requested' && isCall(other) && isAbout(other, deadlineId)) ||
          ((other.type === 'deadline-closed-missed' || other.type === 'alarm-stopped') &&
            other.deadlineId === deadlineId),
      );
      return isTold ? [] : [`${deadlineId} rang in commit ${seq}, which calls no one about it.`];
    }),
  );

export function checkAlarms(referral: ReferralRead, { world }: Checked): readonly string[] {
  const found: string[] = [...silentRings(referral)];
  const planned = new Map<string, Planned>();
  const calls = new Map<string, Call>();
  const settle = (deadlineId: string, at: number) => {
    const before = planned.get(deadlineId);
    if (!before) return;
    const owed = Math.max(before.at, before.since);
    const allowed = allowedBy(world, Math.min(owed, before.since), at);
    if (at - owed > allowed)
      found.push(
        `${deadlineId} was to be called about at ${new Date(owed).toISOString()}, and was ${inMinutes(at - owed)} later; ${inMinutes(allowed)} is the most that what went wrong explains.`,
      );
    planned.delete(deadlineId);
  };
  for (const { at, state } of statesOf(referral)) {
    const open = new Set(openDeadlines(state).map(({ id }) => id));
    for (const id of planned.keys()) if (!open.has(id)) settle(id, at);
    for (const deadline of openDeadlines(state)) {
      const next = nextRing(deadline, state, connecticutPolicy);
      const before = planned.get(deadline.id);
      if (next !== undefined && before?.at === Date.parse(next)) continue;
      settle(deadline.id, at);
      if (next !== undefined) planned.set(deadline.id, { at: Date.parse(next), since: at });
    }
    for (const alert of Object.values(state.alerts)) {
      if (alert.checkpoint !== 'ring') continue;
      const known = calls.get(alert.id);
      if (!known) calls.set(alert.id, { alertId: alert.id, at });
      else if (known.over === undefined && !isOfThisRound(alert, state)) known.over = at;
    }
  }
  const now = world.time.now();
  for (const id of [...planned.keys()]) settle(id, now);
  for (const { alertId, at, over = now } of calls.values()) {
    const mails = world.mail.sent.filter(({ alertIds }) => alertIds.includes(alertId));
    const first = Math.min(over, ...mails.map((mail) => Date.parse(mail.at)));
    // Mail that got stuck is sent by the watchdog; by then the next person may be called.
    const allowed = Math.max(beforeTheNext, allowedBy(world, at, first));
    if (first - at > allowed)
      found.push(
        `${alertId} called no one for ${inMinutes(first - at)}; ${inMinutes(allowed)} is the most that what went wrong explains.`,
      );
    const mute = mails.find(
      ({ raw }) =>
        !raw.includes(linkTo('', alertId)) ||
        !/(?:Call the Careline|Llame ya a Careline).*: \d{3}-\d{3}-\d{4}/.test(raw),
    );
    if (mute) found.push(`${alertId} to ${mute.personId} has no page or no number to call.`);
  }
  return found;
}
