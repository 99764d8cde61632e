/** Moves an open referral to another version of the policy (ADR 9). */

import { isTaskClock } from '../../policy/review-rules.ts';
import { stopAlarms } from '../alerts/calling.ts';
import type { Decision } from '../core/decision.ts';
import { isAfter } from '../core/instants.ts';
import { type Service, served } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { intakeClocks } from '../deadlines/clocks.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { openOnce, tellOfDue } from '../deadlines/deadlines.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import type { Referral } from '../referral.ts';
import { currentScreening } from '../screening/current-screening.ts';
import { endOfUse } from '../services/evidence-window.ts';
import { type Due, type Duration, dueAt, durationWords } from './due.ts';
import { type DeadlineRule, findRule, type Policy, ruleIn } from './policy.ts';

const isSame = (one: Duration | undefined, other: Duration) =>
  one !== undefined && durationWords(one) === durationWords(other);

/** The time that the new rule gives in the same case as the old one: same outcome, danger and service. */
function timeUnder(rule: DeadlineRule, { state, deadline, old }: Running): Duration {
  const inDanger = old.durationInDanger
    ? isSame(old.durationInDanger, deadline.duration)
    : state.response.danger !== 'no';
  const ofService = rule.durationForService?.[deadline.subject as Service];
  if (ofService) return ofService;
  if (inDanger && rule.durationInDanger) return rule.durationInDanger;
  const outcome = state.screening.list.find(({ number }) => number === deadline.screening)?.outcome;
  return (outcome && rule.durationFor?.[outcome]) ?? rule.duration;
}

interface Running {
  readonly state: Referral;
  readonly deadline: Deadline;
  readonly old: DeadlineRule;
}

type Moved = Due & { readonly duration: Duration };

/**
 * Where an open deadline moves to. Undefined where it stays: it is missed, or the new instant has passed. A change of
 * rules makes no one late. It also stays where the new instant is later and the old one is law. The same holds where
 * something beside the old rule ended it early. Where a person gave it more time than the new rule does, it stays too.
 */
function movedTo(rule: DeadlineRule, running: Running, from: Policy, to: Policy, now: string): Moved | undefined {
  const { start, due, dueByRule, duration: before, missed } = running.deadline;
  const duration = timeUnder(rule, running);
  const moved = { ...dueAt(start, duration, to.calendar), duration };
  if (missed || moved.due === due || !isAfter(moved.due, now)) return undefined;
  const isLater = isAfter(moved.due, due);
  const endedEarly = isAfter(dueAt(start, before, from.calendar).due, dueByRule);
  if (isLater) return rule.kind === 'statute' || running.old.kind === 'statute' || endedEarly ? undefined : moved;
  return isAfter(due, dueByRule) ? undefined : moved;
}

/** The open deadlines of law that the other version would not run, or would make policy. */
export const lawLost = (state: Referral, from: Policy, to: Policy): readonly DeadlineRule[] =>
  openDeadlines(state)
    .map(({ rule }) => ruleIn(from, rule))
    .filter(({ id, kind }) => kind === 'statute' && findRule(to, id)?.kind !== 'statute');

/** True where the pathway's steps would open something under `to` that they do not under `from`. */
function asksForMore(state: Referral, from: Policy, to: Policy): boolean {
  const screening = currentScreening(state);
  if (!screening) return false;
  const more = <Each>(before: readonly Each[] = [], after: readonly Each[] = []) =>
    after.some((each) => !before.includes(each));
  return (
    to.deadlines.some(({ id, subjects }) => !findRule(from, id) || more(findRule(from, id)?.subjects, subjects)) ||
    more(from.servicesFor[screening.outcome], to.servicesFor[screening.outcome]) ||
    more(from.requiredDisciplines, to.requiredDisciplines)
  );
}

/** A decision stands, and so does a settled question without one. Otherwise the other table proposes. */
function proposesAgain(state: Referral, from: Policy, to: Policy): boolean {
  const screening = currentScreening(state);
  if (!screening || state.eligibility.decision || state.eligibility.proposal?.screening !== screening.number)
    return false;
  const isAsked = openDeadlines(state).some(({ rule }) => ruleIn(from, rule).keptBy.includes('eligibility-decided'));
  if (served.includes(screening.outcome) && !isAsked) return false;
  return JSON.stringify(from.eligibility) !== JSON.stringify(to.eligibility);
}

/**
 * Puts the referral under `to`. Open deadlines move to the new rules' instants, and those without a rule end. New
 * clocks of the report open. The pathway's own clocks follow from its steps, which run again where they have more to
 * do. `reason` is the id of a text. Check `lawLost` before.
 */
export function migrate(decision: Decision, to: Policy, reason: string): void {
  const { policy: from, now } = decision.context;
  const before = decision.state();
  const changes = openDeadlines(before).map((deadline) => {
    const rule = findRule(to, deadline.rule);
    const running = { state: before, deadline, old: ruleIn(from, deadline.rule) };
    // The team named the day of an agreed task.
    const moved = rule && !isTaskClock(rule.id) ? movedTo(rule, running, from, to, now) : undefined;
    return { deadline, rule, moved };
  });
  for (const { deadline, rule } of changes) {
    if (!rule) decision.add('deadline-ended', { deadlineId: deadline.id, because: 'policy-migrated' });
  }
  const proposes = proposesAgain(before, from, to);
  const reopens = proposes || asksForMore(before, from, to);
  decision.add('policy-migrated', { from: from.version, to: to.version, reason, reopens, proposes });

  const under: Decision = { ...decision, context: { ...decision.context, policy: to } };
  for (const { deadline, rule, moved } of changes) {
    if (!rule || !moved) continue;
    const { due, duration, skipped } = moved;
    under.add('deadline-moved', { deadlineId: deadline.id, due, duration, skipped: [...skipped] });
    // People who get less time than they were told must be told.
    if (isAfter(deadline.due, due)) tellOfDue(under, deadline);
  }
  for (const { rule, when } of intakeClocks) {
    const state = under.state();
    const known = findRule(to, rule);
    if (!known || findRule(from, rule) || !when(state, known, to)) continue;
    const stop = endOfUse(state, known);
    openOnce(under, rule, { start: state.report.receivedAt, ...whereKnown({ hardStop: stop }) });
  }
  stopAlarms(under, to);
}
