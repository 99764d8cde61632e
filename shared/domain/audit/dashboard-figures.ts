/** What an operator sees on the dashboard: how many steps of referrals and clocks there were. Never of which. */
import type { Event, EventType } from '../events.ts';
import type { Referral } from '../referral.ts';

/** Each is a metric without dimensions, because every combination of dimensions has its own price. */
const figureOf = {
  'referral-opened': 'ReferralOpened',
  screened: 'ReferralScreened',
  'eligibility-decided': 'EligibilityDecided',
  closed: 'ReferralEnded',
  withdrawn: 'ReferralEnded',
  merged: 'ReferralEnded',
  'deadline-opened': 'ClockOpened',
  'deadline-kept': 'ClockEnded',
  'deadline-closed-missed': 'ClockEnded',
  'deadline-not-applicable': 'ClockEnded',
  'deadline-ended': 'ClockEnded',
  'deadline-missed': 'ClockMissed',
  'run-lost': 'RunLost',
} as const satisfies Partial<Record<EventType, string>>;

/** `MissedClockEnded` is counted beside `ClockEnded`, so that missed less ended are the overdue ones. */
export type Figure = (typeof figureOf)[keyof typeof figureOf] | 'MissedClockEnded';

const isCounted = (type: EventType): type is keyof typeof figureOf => type in figureOf;

/** The figures of these events, each with its number. `state` is the referral after them. */
export function figuresIn(events: readonly Event[], state: Referral): ReadonlyMap<Figure, number> {
  const found = new Map<Figure, number>();
  const add = (figure: Figure) => void found.set(figure, (found.get(figure) ?? 0) + 1);
  for (const each of events) {
    if (!isCounted(each.type)) continue;
    const figure = figureOf[each.type];
    add(figure);
    const isMissed = 'deadlineId' in each && state.deadlines[each.deadlineId ?? '']?.missed;
    if (figure === 'ClockEnded' && isMissed) add('MissedClockEnded');
  }
  return found;
}
