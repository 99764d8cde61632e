/**
 * What becomes of the policy clocks that a report started by itself, once it is attached: where the other referral does not run or
 * has not done the same, they run on there from when they began here, so that none is open nowhere.
 */

import { watchAlarms } from '../alerts/alarms.ts';
import { tellOfReport } from '../alerts/alert-requests.ts';
import { beginDecision, type Context, type Decision } from '../core/decision.ts';
import { isAfter } from '../core/instants.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { isStatutory, openDeadline } from '../deadlines/deadlines.ts';
import { openDeadlineOf, openDeadlines } from '../deadlines/open-deadlines.ts';
import { openIntakeIfNone } from '../pathway/steps.ts';
import { type ClockStart, findRule, type Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { endOfUse } from '../services/evidence-window.ts';

/** All others rest on facts that are recorded there first (`merge-blockers.ts`), or are about the work of this referral alone. */
const ofTheReport: readonly ClockStart[] = ['receipt of the report', 'the classification as an investigation'];

/** What is asked about each report anew: what was screened, offered or planned before it says nothing of it. */
const askedAnew: readonly string[] = ['D9', 'D17', 'D17b', 'D21'];

/** From when on an act counts for this duty: of the examination, from the assault that it is about. */
function countsFrom({ rule, start }: Deadline, { child }: Referral, policy: Policy): string {
  const isAboutAssault = findRule(policy, rule)?.hardStop !== undefined;
  return isAboutAssault && !Number.isNaN(Date.parse(child.lastAssaultAt)) ? child.lastAssaultAt : start;
}

/** Whether the referral runs this clock already, or has done what it asks for. */
function isCovered(duty: Deadline, from: Referral, there: Referral, policy: Policy): boolean {
  const { rule, subject } = duty;
  if (openDeadlineOf(there, rule, subject)) return true;
  if (subject === 'medical-nonacute' && there.services.linkages[subject]?.status === 'started') return true;
  const before = Object.values(there.deadlines).filter((each) => each.rule === rule && each.subject === subject);
  if (!askedAnew.includes(rule)) return before.some(({ status }) => status !== 'ended');
  const since = countsFrom(duty, from, policy);
  return before.some(({ keptAt }) => keptAt !== undefined && !isAfter(since, keptAt));
}

/** With its clocks, or those that its run will open. */
function started(state: Referral, context: Context): Referral {
  const decision = beginDecision(state, context);
  openIntakeIfNone(decision);
  return decision.state();
}

/**
 * Claims the referral of the draft for `from`, which is attached to it next, tells those who work on it, and opens there what would
 * be open nowhere. Of one that is sealed nobody there may hear: its clocks say only that something became known.
 */
export function adoptClocks(decision: Decision, from: Referral): void {
  const { policy } = decision.context;
  // Its own clocks come first, and are not those of the other.
  openIntakeIfNone(decision);
  const isKnown = decision.state().sameChild.merges.some((each) => each.from === from.id);
  decision.add('merge-reserved', { from: from.id });
  if (!isKnown && !from.access.seal) tellOfReport(decision);
  const { deadlines } = started(from, decision.context);
  for (const duty of openDeadlines({ ...from, deadlines })) {
    const rule = findRule(policy, duty.rule);
    if (!rule || isStatutory(duty, policy) || !ofTheReport.includes(rule.clockStart)) continue;
    if (isCovered(duty, from, decision.state(), policy)) continue;
    const hardStop = endOfUse(decision.state(), rule);
    openDeadline(decision, duty.rule, {
      start: duty.start,
      startedBy: from.access.seal ? 'facts-learned' : 'report-merged',
      ...(duty.subject !== undefined && { subject: duty.subject }),
      ...(hardStop !== undefined && { hardStop }),
    });
  }
}

/** Gives the claim back; the clocks that it brought are those of `from` again. */
export function returnClocks(decision: Decision, from: Referral): void {
  const before = decision.state();
  decision.add('merge-reservation-ended', { from: from.id });
  const { deadlines } = started(from, decision.context);
  for (const { id, rule, start, startedBy } of openDeadlines(decision.state())) {
    const isTheirs = Object.values(deadlines).some((each) => each.rule === rule && each.start === start);
    if (startedBy === 'report-merged' && isTheirs) {
      decision.add('deadline-ended', { deadlineId: id, because: 'superseded' });
    }
  }
  watchAlarms(decision, before);
}
