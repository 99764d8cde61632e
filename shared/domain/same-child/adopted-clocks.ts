/**
 * What becomes of a report's own policy clocks once it is merged. Where the other referral neither runs nor has done
 * the same, they go on there, from their start here. So no clock is lost.
 */

import { tellOfReport } from '../alerts/alert-requests.ts';
import { callOut, watchAlarms } from '../alerts/calling.ts';
import type { Decision } from '../core/decision.ts';
import { isAfter } from '../core/instants.ts';
import { whereKnown } from '../core/where-known.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { isStatutory, openDeadline } from '../deadlines/deadlines.ts';
import { openDeadlineOf, openDeadlines } from '../deadlines/open-deadlines.ts';
import { isMissing } from '../missing/absences.ts';
import { type ClockStart, findRule, type Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { endOfUse } from '../services/evidence-window.ts';

/**
 * All other clocks rest on facts that are recorded there first (`merge-blockers.ts`), or concern this referral's work
 * alone.
 */
const ofTheReport: readonly ClockStart[] = ['receipt of the report', 'the classification as an investigation'];

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

/**
 * Reserves the referral of the decision for `from`, which is merged into it next. Tells the people who work on it, and
 * opens there the clocks that would be lost. Where `from` is sealed, its people are told nothing: the clocks say only
 * that facts were learned.
 */
export function adoptClocks(decision: Decision, from: Referral): void {
  const { policy } = decision.context;
  const before = decision.state();
  const isKnown = decision.state().sameChild.merges.some((each) => each.from === from.id);
  decision.add('merge-reserved', { from: from.id });
  if (!isKnown && !from.access.seal) tellOfReport(decision);
  for (const duty of openDeadlines(from)) {
    const rule = findRule(policy, duty.rule);
    if (!rule || isStatutory(duty, policy) || !ofTheReport.includes(rule.clockStart)) continue;
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
