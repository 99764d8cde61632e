/**
 * The first commit of a referral: the report, the clocks that it starts, and the alerts about them. Storing the report
 * never depends on a clock. The sweep opens the clocks that cannot be computed yet.
 */

import { requestAlert, tellOfCaregiver } from '../alerts/alert-requests.ts';
import { callOut, ringAtOpening } from '../alerts/calling.ts';
import { provedAlerts } from '../alerts/proved-alerts.ts';
import { beginDecision, type Context, type Decision } from '../core/decision.ts';
import { unfailing } from '../core/unfailing.ts';
import { whereKnown } from '../core/where-known.ts';
import { intakeClocks } from '../deadlines/clocks.ts';
import { openDeadline } from '../deadlines/deadlines.ts';
import { type Event, type EventOf, readEvent } from '../events.ts';
import { usualClassOf } from '../policy/alarm-classes.ts';
import { type DeadlineRule, findRule, waitsOn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { noteUncompared } from '../same-child/matches.ts';
import { endOfUse } from '../services/evidence-window.ts';
import { ClockFault } from './clock-fault.ts';
import { openReferral } from './intake-fold.ts';

/** A report to be stored. `candidates` are other referrals that may be about the same child, as far as they are known. */
export interface Opening {
  readonly referralId: string;
  readonly opened: Event & EventOf<'referral-opened'>;
  /** What the call told beside it. */
  readonly noted?: Event & EventOf<'call-noted'>;
  readonly candidates?: Omit<EventOf<'candidates-found'>, 'type' | 'v'>;
  /** False where its names could not be compared with those of all other referrals. */
  readonly isCompared?: boolean;
}

type OnFault = (fault: ClockFault) => void;

/**
 * The events of the first commit. Neither a clock that cannot be computed nor `onFault`, which gets the fault, makes it
 * throw. The events then say that clocks are missing. `context.now` is the UTC instant of the commit; the clocks start at
 * `opened.receivedAt`.
 */
export function openingEvents(
  { referralId, opened, noted, candidates, isCompared = true }: Opening,
  context: Context,
  onFault: OnFault,
): readonly Event[] {
  const stored = beginDecision(openReferral(referralId, opened, context), context);
  if (noted) append(stored, [noted]);
  if (candidates) stored.add('candidates-found', candidates);
  if (!isCompared) noteUncompared(stored);
  const { events, isWhole } = intakeEvents(stored.state(), context, onFault);
  return [isWhole ? opened : { ...opened, clocksMissing: true }, ...stored.events(), ...events];
}

/**
 * Opens the clocks that are missing and can be computed now, and asks for their alerts. `onFault` gets the fault of each
 * other one. It decides nothing where none is missing, or none can be opened.
 */
export function openMissingClocks(decision: Decision, onFault: OnFault): void {
  if (!decision.state().pathway.clocksMissing) return;
  const { events, isWhole } = intakeEvents(decision.state(), decision.context, onFault);
  if (events.length === 0 && !isWhole) return;
  decision.add('swept', { found: isWhole ? 'no-clocks' : 'some-clocks' });
  append(decision, events);
}

function append(decision: Decision, events: readonly Event[]): void {
  for (const { type, v: _, ...data } of events) decision.add(type, data as Parameters<typeof decision.add>[1]);
}

/** Tries one part of an opening: a clock, the news for people with a duty, or a call. */
type Attempt = (name: string, decide: (decision: Decision) => void) => void;

/** Decides all parts at once. Where one throws, each is tried by itself. `isWhole`: no part threw. */
function intakeEvents(before: Referral, context: Context, onFault: OnFault) {
  try {
    const decision = beginDecision(before, context);
    decideParts(decision, (_, decide) => decide(decision));
    mustBeReadable(decision.events());
    return { events: decision.events(), isWhole: true };
  } catch {
    return intakeEventsPartByPart(before, context, onFault);
  }
}

/** A part that throws decides nothing, and `onFault` gets its fault. */
function intakeEventsPartByPart(before: Referral, context: Context, onFault: OnFault) {
  const decision = beginDecision(before, context);
  const tell = unfailing(onFault);
  let isWhole = true;
  decideParts(decision, (name, decide) => {
    try {
      const trial = beginDecision(decision.state(), context);
      decide(trial);
      mustBeReadable(trial.events());
      append(decision, trial.events());
    } catch (cause) {
      isWhole = false;
      tell(new ClockFault(before.id, name, cause));
    }
  });
  return { events: decision.events(), isWhole };
}

/** Throws at an event that could not be read again. It would stop the commit, and with it the report. */
function mustBeReadable(events: readonly Event[]): void {
  for (const each of events) readEvent(JSON.parse(JSON.stringify(each)));
}

/** Hands each part of an opening to `attempt`. `decision` shows what the parts before have decided. */
function decideParts(decision: Decision, attempt: Attempt): void {
  const before = decision.state();
  const { policy } = decision.context;
  const duties = new Set<DeadlineRule>();
  for (const { rule, when } of intakeClocks) {
    const known = findRule(policy, rule);
    if (!known || (before.stage !== 'open' && known.kind === 'policy')) continue;
    // Its people learn of the duty even where its clock cannot be computed.
    duties.add(known);
    // A clock that was opened before runs, or has its end.
    const there = Object.values(before.deadlines).filter((deadline) => deadline.rule === rule);
    if (there.length > 0 && there.every(({ status }) => status !== 'open')) duties.delete(known);
    if (there.length > 0) continue;
    attempt(rule, (trial) => {
      const state = trial.state();
      if (!when(state, known, policy)) {
        duties.delete(known);
        return;
      }
      const hardStop = endOfUse(state, known);
      openDeadline(trial, rule, { start: state.report.receivedAt, quiet: true, ...whereKnown({ hardStop }) });
    });
  }
  const opened = Object.keys(decision.state().deadlines).filter((id) => !before.deadlines[id]);
  const isOpened = ({ id }: DeadlineRule) => opened.some((each) => decision.state().deadlines[each]?.rule === id);
  const isTold = provedAlerts(before).some(({ kind }) => kind === 'referral-opened');
  attempt('alerts', (trial) => {
    tellOfCaregiver(trial);
    tellOfOpening(
      trial,
      [...duties].filter((duty) => !isTold || isOpened(duty)),
    );
  });
  for (const id of opened)
    attempt(decision.state().deadlines[id]?.rule ?? id, (trial) => void ringAtOpening(trial, id));
  attempt('calls', (trial) => callOut(trial, before));
}

/** People with a duty of class `now` are told at any hour. The others are told as loudly as their own duties call. */
function tellOfOpening(decision: Decision, duties: readonly DeadlineRule[]): void {
  const state = decision.state();
  const { policy } = decision.context;
  const asked = duties.map((rule) => ({
    to: waitsOn(rule, state),
    isNow: usualClassOf({ rule: rule.id }, state, policy) === 'now',
  }));
  const wordsOf = (those: typeof asked) => [...new Set(those.flatMap(({ to }) => to))];
  const now = wordsOf(asked.filter(({ isNow }) => isNow));
  const others = wordsOf(asked).filter((word) => !now.includes(word));
  for (const to of [now, others]) if (to.length > 0) requestAlert(decision, { kind: 'referral-opened', to });
}
