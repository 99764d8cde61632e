/**
 * What becomes of a report's clocks once it is merged, or withdrawn as a duplicate. Its duties of law move to the living
 * referral with their instants, and call people there. Policy clocks of another report about the same child go on
 * there too. Those that it runs or has done do not. So no clock is lost, and an ended referral calls no one.
 */

import { isShutTo } from '../access/seal.ts';
import { isHeldUntilDue } from '../alerts/alarms.ts';
import { tellOfReport } from '../alerts/alert-requests.ts';
import { callOut, ringAtOpening, watchAlarms } from '../alerts/calling.ts';
import type { Decision } from '../core/decision.ts';
import { isAfter, isBefore } from '../core/instants.ts';
import { whereKnown } from '../core/where-known.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { bringForward, isStatutory, openDeadline, tellOfDue, tellOfOpened } from '../deadlines/deadlines.ts';
import { openDeadlineOf, openDeadlines } from '../deadlines/open-deadlines.ts';
import { isMissing } from '../missing/absences.ts';
import { type ClockStart, findRule, type Policy, ruleIn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { endOfUse } from '../services/evidence-window.ts';
import { hasConflict } from '../team/seats.ts';

/**
 * All other clocks rest on facts that are recorded there first (`merge-blockers.ts`), or concern this referral's work
 * alone.
 */
const ofTheReport: readonly ClockStart[] = ['receipt of the report', 'the classification as an investigation'];

/**
 * Duties of law that start with a fact which is recorded in the other referral before a merge (`merge-blockers.ts`). All
 * others of law rest on acts in this referral alone, and are still done here. None of them calls people.
 */
const ofSharedFacts: readonly ClockStart[] = [
  'the identification as a victim',
  'the information that the child is missing',
  'the invocation of the hold',
  'the discovery that a foreign national may be a victim',
  'the word that an employee of a facility is alleged',
  'the word that a school employee is alleged',
  'the proceeding about a member of a tribe, or the word of membership during it',
];

/** Whether this open duty of law moves with the report. It follows from the duty alone, so both chains find the same. */
function movesAlong(duty: Deadline, policy: Policy): boolean {
  const start = findRule(policy, duty.rule)?.clockStart;
  return start !== undefined && isStatutory(duty, policy) && [...ofTheReport, ...ofSharedFacts].includes(start);
}

/** Ends the duties of law that moved to the living referral. */
export function endMoved(decision: Decision): void {
  for (const duty of openDeadlines(decision.state())) {
    if (movesAlong(duty, decision.context.policy))
      decision.add('deadline-ended', { deadlineId: duty.id, because: 'merged' });
  }
}

/** Rules that each report asks anew. A screening, an offer, a plan or a visit before the report does not count. */
const askedAnew: readonly string[] = ['D9', 'D17', 'D17b', 'D21', 'D39'];

/** From when an act counts for this duty. For an examination, that is the assault it is about. */
function countsFrom({ rule, start }: Deadline, { child }: Referral, policy: Policy): string {
  const isAboutAssault = findRule(policy, rule)?.hardStop !== undefined;
  return isAboutAssault && !Number.isNaN(Date.parse(child.lastAssaultAt)) ? child.lastAssaultAt : start;
}

/** Whether the referral runs this clock already, or has done its act. */
function isCovered(duty: Deadline, from: Referral, there: Referral, policy: Policy): boolean {
  const { rule, subject } = duty;
  if (openDeadlineOf(there, rule, subject)) return true;
  if (subject === 'medical-nonacute' && there.services.linkages[subject]?.status === 'started') return true;
  const before = Object.values(there.deadlines).filter((each) => each.rule === rule && each.subject === subject);
  if (!askedAnew.includes(rule)) return before.some(({ status }) => status !== 'ended');
  const since = countsFrom(duty, from, policy);
  return before.some(({ keptAt }) => keptAt !== undefined && !isAfter(since, keptAt));
}

/** The person who has this duty until it is due, here or there, and may go on with it there. */
function holderThere(duty: Deadline, twin: Deadline | undefined, from: Referral, there: Referral): string | undefined {
  const held = [...(from.access.seal ? [] : [duty]), ...(twin ? [twin] : [])].find(isHeldUntilDue)?.ring?.answered?.by;
  return held === undefined || isShutTo(there, held) || hasConflict(there, held) ? undefined : held;
}

/**
 * Moves an open duty of law to the referral of the decision, with its start and due instant. Each report has its own. The
 * same report entered twice, or the same fact, has one: the earlier due instant counts. An act there since its start keeps
 * it. A person who has it keeps it.
 */
function moveDuty(decision: Decision, duty: Deadline, from: Referral, isSameReport: boolean): void {
  const { policy, now } = decision.context;
  const { rule, subject, start, due, hardStop } = duty;
  const twins = Object.values(decision.state().deadlines).filter(
    (each) => each.rule === rule && each.subject === subject && each.status !== 'ended' && !each.isUnproved,
  );
  const open = twins.find(({ status }) => status === 'open');
  const isOwn = !isSameReport && ofTheReport.includes(ruleIn(policy, rule).clockStart);
  if (!isOwn && open && bringForward(decision, open, due, 'began-earlier')) tellOfDue(decision, open);
  if (isOwn ? twins.some((each) => each.start === start && each.due === due) : twins.length > 0) return;
  const startedBy = from.access.seal ? 'facts-learned' : 'report-merged';
  openDeadline(decision, rule, { start, startedBy, quiet: true, asIn: duty, ...whereKnown({ subject, hardStop }) });
  const moved = Object.keys(decision.state().deadlines).at(-1);
  if (moved === undefined) return;
  const done = twins.flatMap(({ keptAt }) => (keptAt !== undefined && !isAfter(start, keptAt) ? [keptAt] : []));
  const [keptAt] = done.toSorted((one, other) => Date.parse(one) - Date.parse(other));
  const holder = isBefore(now, due) ? holderThere(duty, open, from, decision.state()) : undefined;
  if (keptAt !== undefined)
    decision.add('deadline-kept', { deadlineId: moved, at: keptAt, late: isAfter(keptAt, due) });
  else if (holder !== undefined) decision.add('alarm-answered', { deadlineId: moved, personId: holder });
  else if (!ringAtOpening(decision, moved)) tellOfOpened(decision, moved);
}

/**
 * Reserves the referral of the decision for `from`, which ends next. It is merged into it or, with `isSameReport`, withdrawn
 * as its duplicate. Tells the people who work on it of another report, and opens there the clocks that would be lost. Where
 * `from` is sealed, its people are told nothing: the clocks say only that facts were learned.
 */
export function adoptClocks(decision: Decision, from: Referral, isSameReport = false): void {
  const { policy } = decision.context;
  const before = decision.state();
  const isKnown = decision.state().sameChild.merges.some((each) => each.from === from.id);
  decision.add('merge-reserved', { from: from.id });
  if (!isKnown && !isSameReport && !from.access.seal) tellOfReport(decision);
  for (const duty of openDeadlines(from)) {
    const rule = findRule(policy, duty.rule);
    if (rule && movesAlong(duty, policy)) moveDuty(decision, duty, from, isSameReport);
    if (!rule || isSameReport || isStatutory(duty, policy) || !ofTheReport.includes(rule.clockStart)) continue;
    if (isCovered(duty, from, decision.state(), policy)) continue;
    // A missing child cannot be seen: the return opens the clock.
    if (rule.keptBy.includes('child-seen') && isMissing(decision.state())) continue;
    const hardStop = endOfUse(decision.state(), rule);
    openDeadline(decision, duty.rule, {
      start: duty.start,
      startedBy: from.access.seal ? 'facts-learned' : 'report-merged',
      ...whereKnown({ subject: duty.subject, hardStop }),
    });
  }
  callOut(decision, before);
}

/** Ends the reservation. The clocks that came with it belong to `from` again. */
export function returnClocks(decision: Decision, from: Referral): void {
  const before = decision.state();
  decision.add('merge-reservation-ended', { from: from.id });
  for (const { id, rule, start, startedBy } of openDeadlines(decision.state())) {
    const isTheirs = Object.values(from.deadlines).some((each) => each.rule === rule && each.start === start);
    if (startedBy === 'report-merged' && isTheirs) {
      decision.add('deadline-ended', { deadlineId: id, because: 'superseded' });
    }
  }
  watchAlarms(decision, before);
}
