/**
 * The first commit of a referral: the report, the clocks that it starts, and the alerts about them. Storing the report
 * never depends on a clock. Where the clocks cannot be computed, the sweep opens them.
 */

import { ringAtOpening } from '../alerts/alarms.ts';
import { requestAlert, tellOfFacts } from '../alerts/alert-requests.ts';
import { beginDecision, type Context, type Decision } from '../core/decision.ts';
import { whereKnown } from '../core/where-known.ts';
import { intakeClocks } from '../deadlines/clocks.ts';
import { openOnce } from '../deadlines/deadlines.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { type Event, type EventOf, readEvent } from '../events.ts';
import { alarmClassOf } from '../policy/alarm-classes.ts';
import { findRule, ruleIn, waitsOn } from '../policy/policy.ts';
import { endOfUse } from '../services/evidence-window.ts';
import { openReferral } from './intake-fold.ts';

/** A report to be stored. `candidates` are other referrals that may be about the same child, as far as they are known. */
export interface Opening {
  readonly referralId: string;
  readonly opened: Event & EventOf<'referral-opened'>;
  readonly candidates?: Omit<EventOf<'candidates-found'>, 'type' | 'v'>;
}

/**
 * The events of the first commit. A clock that cannot be computed never makes it throw: `onFault` gets the error. The
 * events then say that the clocks are missing. `context.now` is the UTC instant of the commit; the clocks start at `opened.receivedAt`.
 */
export function openingEvents(
  { referralId, opened, candidates }: Opening,
  context: Context,
  onFault: (error: unknown) => void,
): readonly Event[] {
  const stored = beginDecision(openReferral(referralId, opened, context.actor), context);
  if (candidates) stored.add('candidates-found', candidates);
  try {
    const decision = beginDecision(stored.state(), context);
    openIntakeDeadlines(decision);
    const clocks = decision.events();
    // A clock that could not be read again would stop the commit, and with it the report.
    for (const each of clocks) readEvent(JSON.parse(JSON.stringify(each)));
    return [opened, ...stored.events(), ...clocks];
  } catch (error) {
    onFault(error);
    return [{ ...opened, clocksMissing: true }, ...stored.events()];
  }
}

/** Opens the clocks that the first commit could not open, and asks for its alerts. It decides nothing where they are there. */
export function openMissingClocks(decision: Decision): void {
  if (!decision.state().pathway.clocksMissing) return;
  decision.add('swept', { found: 'no-clocks' });
  openIntakeDeadlines(decision);
}

/** Opens the clocks that start with the report, tells the people who have a duty, and calls about urgent ones. */
function openIntakeDeadlines(decision: Decision): void {
  const { policy } = decision.context;
  for (const { rule, when } of intakeClocks) {
    const state = decision.state();
    const known = findRule(policy, rule);
    if (!known || !when(state, known, policy) || (state.stage !== 'open' && known.kind === 'policy')) continue;
    const stop = endOfUse(state, known);
    openOnce(decision, rule, {
      start: state.report.receivedAt,
      quiet: true,
      ...whereKnown({ hardStop: stop }),
    });
  }
  tellOfFacts(decision);
  tellOfOpening(decision);
  for (const { id } of openDeadlines(decision.state())) ringAtOpening(decision, id);
}

/** People with a duty of class `now` are told at any hour. The others are told as loudly as their own duties call. */
function tellOfOpening(decision: Decision): void {
  const state = decision.state();
  const { policy } = decision.context;
  const asked = openDeadlines(state).map((deadline) => ({
    to: waitsOn(ruleIn(policy, deadline.rule), state),
    isNow: alarmClassOf(deadline, state, policy) === 'now',
  }));
  const wordsOf = (those: typeof asked) => [...new Set(those.flatMap(({ to }) => to))];
  const now = wordsOf(asked.filter(({ isNow }) => isNow));
  const others = wordsOf(asked).filter((word) => !now.includes(word));
  for (const to of [now, others]) if (to.length > 0) requestAlert(decision, { kind: 'referral-opened', to });
}
