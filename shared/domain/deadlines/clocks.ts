/**
 * When a clock applies to a child, beside the clocks that the pathway opens for each outcome. Unknown never closes a
 * clock.
 */

import type { Decision } from '../core/decision.ts';
import { isAfter, isBefore } from '../core/instants.ts';
import type { Answer, Service } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { isClient, isInCare, type ReportFacts, thirdPartyAlleged, youngestPossible } from '../intake/report-facts.ts';
import { isMissing } from '../missing/absences.ts';
import { dueAt, planOpens } from '../policy/due.ts';
import { type DeadlineRule, findRule, type Policy, ruleIn, windowRuleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { currentScreening } from '../screening/current-screening.ts';
import { endOfUse, isPastEveryWindow, mayStillBeOfUse } from '../services/evidence-window.ts';
import { followWindow } from '../services/linkage-clocks.ts';
import { isGiven } from '../services/service-state.ts';
import type { Deadline } from './deadline-state.ts';
import { endOpen, everOpened, lastOf, openAgain, openDeadline, openOnce, stopBy } from './deadlines.ts';
import { openDeadlineOf } from './open-deadlines.ts';
import { inResponsibility } from './responsibility.ts';

/**
 * Reporters who count as mandated by their profession where the report does not say (C.G.S. 17a-101(b); assumed by this
 * project).
 */
export const mandatedCallings: readonly ReportFacts['reporterType'][] = [
  'school',
  'police',
  'medical',
  'mental-health',
  'emergency-medical',
  'probation-officer',
  'sexual-assault-counselor',
  'domestic-violence-counselor',
  'drug-counselor',
  'foster-parent',
  'dcf-staff',
];

const isMandated = ({ mandated, reporterType }: Referral['report']['facts']): boolean =>
  mandated === 'yes' || (mandated === 'unknown' && mandatedCallings.includes(reporterType));

/** A report by form is written already, so only an oral one is followed by one. An unknown way counts as oral. */
const owesWrittenReport = (report: Referral['report']['facts']): boolean =>
  isMandated(report) && report.anonymous !== 'yes' && report.channel !== 'form';

/** The notices of the report about a facility or a school, and when each is owed. */
const ofInstitutions: readonly { readonly rule: string; readonly when: (state: Referral) => boolean }[] = [
  { rule: 'D41a', when: ({ child }) => child.facilityEmployee === 'yes' },
  { rule: 'D41b', when: ({ child }) => child.schoolEmployee === 'yes' },
  { rule: 'D41e', when: isOfInstitution },
];

/** The rule of the search for a child who stays missing (docs/domain.md#missing-child). */
export const searchRule = 'D45';

/** The clocks that the report itself starts, and when each applies. */
export const intakeClocks: readonly {
  readonly rule: string;
  readonly when: (state: Referral, row: DeadlineRule, policy: Policy) => boolean;
}[] = [
  { rule: 'D1', when: () => true },
  { rule: 'D2', when: ({ report: { facts: report } }) => owesWrittenReport(report) },
  { rule: 'D3', when: () => true },
  { rule: 'D4', when: isForLocalPolice },
  { rule: 'D6', when: ({ response: { danger } }) => danger !== 'no' },
  // Where danger was ruled out later, that decision opened the clock, or the response had begun.
  { rule: 'D7', when: (state) => state.response.danger === 'no' && !everOpened(state, 'D6') },
  { rule: 'D8', when: () => true },
  { rule: 'D9', when: () => true },
  { rule: 'D12a', when: isMissing },
  { rule: 'D12b', when: isMissing },
  { rule: searchRule, when: isMissing },
  { rule: 'D17', when: mayStillBeOfUse },
  { rule: 'D17b', when: (state, _row, policy) => isPastEveryWindow(state, policy) },
  { rule: 'D21', when: () => true },
  { rule: 'D27', when: isForeignMinor },
  { rule: 'D30', when: (state) => isForAdultServices(state) },
  { rule: 'D42', when: isOwedToTribe },
  { rule: 'D42a', when: isOwedToTribe },
  ...ofInstitutions,
  // A missing child cannot be seen: the clock starts with the return.
  { rule: 'D39', when: (state) => !isMissing(state) },
];

/**
 * The child is here, and is to be seen since the last return (docs/domain.md#child-seen). Nothing for one seen before,
 * unless a report was merged during the absence, or its clock ended with the absence. Each report asks anew.
 */
export function seeAfterReturn(decision: Decision): void {
  const { deadlines, missing, sameChild } = decision.state();
  const { missingSince, returnedAt: start } = missing.absences.at(-1) ?? {};
  if (missingSince === undefined || start === undefined) return;
  const last = Object.values(deadlines).findLast(({ rule }) => rule === 'D39');
  const isAskedAnew = last?.status === 'ended' || sameChild.merges.some(({ at }) => !isAfter(missingSince, at));
  (isAskedAnew ? openAgain : openOnce)(decision, 'D39', { start, startedBy: 'first-return' });
}

/** The clocks that start only after these answers about danger, for callers without a referral. */
export const startedByDanger: Readonly<Record<string, readonly Answer[]>> = { D6: ['yes', 'unknown'], D7: ['no'] };

/**
 * The local police receive reports of a third party, whatever other person is alleged (C.G.S. 17a-101g(a)). Unknown
 * relations count as third parties.
 */
export function isForLocalPolice({ child }: Referral): boolean {
  return thirdPartyAlleged(child) !== 'no';
}

/**
 * 22 U.S.C. 7105(b)(1) covers every person under 18, so a child who may be under 18 counts. Where the nationality is
 * unknown, `factsAsked` asks for it.
 */
export function isForeignMinor({ child }: Referral): boolean {
  return child.foreignNational === 'yes' && youngestPossible(child.age) < 18;
}

/** An Indian child is under 18 (25 U.S.C. 1903(4)): a child who may be under 18 counts. */
export function isOfTribe({ child }: Referral): boolean {
  return child.tribalMember === 'yes' && youngestPossible(child.age) < 18;
}

/**
 * Whether custody is before a court: a hold, an order or a petition. Notice to a tribe is of pending proceedings, and before
 * one nothing permits it (25 U.S.C. 1912(a), C.G.S. 46b-116d, 17a-28).
 */
export const hasProceeding = ({ child, response }: Pick<Referral, 'child' | 'response'>): boolean =>
  response.hold ||
  response.petitionFiled === true ||
  response.exParteOrderAt !== undefined ||
  child.legalStatus === 'order-of-temporary-custody' ||
  child.legalStatus === 'committed';

export function isOwedToTribe(state: Referral): boolean {
  return isOfTribe(state) && hasProceeding(state);
}

/** Whether an alleged person works for a licensed facility or a school (C.G.S. 17a-101b(d)). */
function isOfInstitution({ child }: Referral): boolean {
  return child.facilityEmployee === 'yes' || child.schoolEmployee === 'yes';
}

/** Once a proceeding began, or membership is known during one. The tribe is notified, and the parent or Indian custodian. */
export function followTribe(decision: Decision, before: Referral, start: string): void {
  if (!isOwedToTribe(decision.state())) return;
  for (const rule of ['D42', 'D42a']) openOnce(decision, rule, { start }, !isOwedToTribe(before));
}

/** Facts that ask for a notice only for a person who may be under 18. */
const ofMinors: readonly FactOfDuty[] = ['foreignNational', 'tribalMember'];

/**
 * Facts of the child that are still unknown and would start a clock or an alert if true. A foreign national under 18
 * (D27). A member of a tribe (25 U.S.C. 1912). Harm in a licensed facility (C.G.S. 17a-101j(b)), or in a school
 * (17a-101g(a)).
 */
export const factsAsked = ({ child }: Referral): readonly FactOfDuty[] =>
  factsOfDuties.filter(
    (fact) => child[fact] === 'unknown' && (!ofMinors.includes(fact) || youngestPossible(child.age) < 18),
  );

/** Facts that start a clock where they become known. */
export const factsOfDuties = [
  'foreignNational',
  'tribalMember',
  'inFacility',
  'facilityEmployee',
  'schoolEmployee',
] as const;
export type FactOfDuty = (typeof factsOfDuties)[number];

/** After new facts, known `start`: the notices about a facility or a school. Also those of a finding that was made before. */
export function followNotices(decision: Decision, before: Referral, start: string): void {
  const state = decision.state();
  const becomes = (holds: (of: Referral) => boolean) => holds(state) && !holds(before);
  for (const { rule, when } of ofInstitutions) if (when(state)) openOnce(decision, rule, { start }, becomes(when));
  followFinding(decision, start, becomes);
}

/** Whether the licensing agency gets the records: reasonable cause after an investigation (C.G.S. 17a-101j(b)). */
const isLicensingTold = ({ child, response }: Referral): boolean =>
  (child.inFacility === 'yes' || child.facilityEmployee === 'yes') &&
  (response.disposition === 'substantiated' ||
    (response.disposition !== undefined && response.reasonableCause === 'yes'));

/** Whether results and records go to Education: on each result of the investigation (C.G.S. 17a-101i(a)). */
const isEducationTold = ({ child, response }: Referral): boolean =>
  child.schoolEmployee === 'yes' && response.disposition !== undefined;

/**
 * After an investigation, or what is learned after it: the second notices, with the records. What was told at the report
 * settles none of them. `start`: a UTC instant. `becomes`: whether its ground is new.
 */
export function followFinding(
  decision: Decision,
  start: string,
  becomes: (holds: (of: Referral) => boolean) => boolean,
): void {
  const state = decision.state();
  if (isLicensingTold(state)) openOnce(decision, 'D41c', { start }, becomes(isLicensingTold));
  if (isEducationTold(state)) openOnce(decision, 'D41d', { start }, becomes(isEducationTold));
}

/**
 * Of age, and not a client of the department under 21, whose case plan goes on (docs/domain.md#of-age,
 * docs/domain.md#clients-under-21). `years` is the age today by the date of birth, where the caller may know it.
 */
export function isForAdultServices({ child }: Referral, years = youngestPossible(child.age)): boolean {
  return years >= 21 || (years >= 18 && isClient(child) !== 'yes');
}

/**
 * After a new answer about the age, or about being a client of the department. The clocks that rest on it start, and
 * those of a wrong answer end. No hand-over to adult services waits for a person who may be under 18. `start`: when the
 * answer was known.
 */
export function followAge(decision: Decision, before: Referral, start: string): void {
  const state = decision.state();
  if (isForeignMinor(state)) openOnce(decision, 'D27', { start }, !isForeignMinor(before));
  followTribe(decision, before, start);
  if (isForAdultServices(state)) openOnce(decision, 'D30', { start }, !isForAdultServices(before));
  const isYounger = youngestPossible(state.child.age) < 18 && youngestPossible(before.child.age) >= 18;
  const isServed =
    isClient(state.child) === 'yes' && isClient(before.child) !== 'yes' && youngestPossible(state.child.age) < 21;
  if (isYounger || isServed) endOpen(decision, 'D30');
}

type PlanRule = 'D34' | 'D44';

/**
 * When a clock of the plan starts, by the `day` of the notice. After `past` it starts at once and is due the same day,
 * which tells only that a birthday is near.
 */
function planClock(rule: PlanRule, day: string, policy: Policy): { readonly start: string; readonly past: string } {
  const duration = findRule(policy, rule)?.duration;
  if (rule === 'D34' || duration === undefined) return { start: day, past: day };
  const start = planOpens(day);
  return { start, past: dueAt(start, duration, policy.calendar).due };
}

/** Opens a clock of the plan once, by the `day` of the notice. It opens none where a plan was made since its start. */
function openPlan(decision: Decision, rule: PlanRule, day: string): void {
  const { now, policy } = decision.context;
  const { start, past } = planClock(rule, day, policy);
  const isMade = Object.values(decision.state().deadlines).some(
    (each) => each.rule === 'D34' && each.keptAt !== undefined && !isBefore(each.keptAt, start),
  );
  if (isMade) return;
  const opening = isAfter(now, past)
    ? { start: now, startedBy: 'notice-day-past' as const, duration: { unit: 'same-day' as const } }
    : { start };
  openOnce(decision, rule, { ...opening, quiet: true });
}

/**
 * In the last year before eighteen, by the `day` of the notice, a UTC instant. A plan for every child is policy (D34).
 * For a child in care the law asks for one during the 90 days before 18 (D44).
 * Its source is 42 U.S.C. 675(5)(H).
 */
export function openPlans(decision: Decision, day: string): void {
  openPlan(decision, 'D34', day);
  if (isInCare(decision.state().child)) openPlan(decision, 'D44', day);
}

/**
 * After a child entered care. A clock that began after the day of the notice does not tell the month.
 * The next proposal then opens the clock of law.
 */
export function followPlan(decision: Decision): void {
  const known = lastOf(decision.state(), 'D34');
  if (known !== undefined && known.startedBy !== 'notice-day-past') openPlan(decision, 'D44', known.start);
}

/**
 * After a corrected date of birth, whose day of notice is `day`, a UTC instant. A clock of another day ends, and the
 * next proposal opens it by the right one. After the end of the work no proposal comes, so it opens at once. A missed
 * duty of law stays.
 */
export function movePlan(decision: Decision, day: string | undefined): void {
  const { policy } = decision.context;
  for (const rule of ['D34', 'D44'] as const) {
    const open = openDeadlineOf(decision.state(), rule);
    if (!open || (open.missed && ruleIn(policy, rule).kind === 'statute')) continue;
    const right = day === undefined ? undefined : planClock(rule, day, policy);
    const isPast = open.startedBy === 'notice-day-past';
    if (right && (isPast ? !isAfter(right.past, open.start) : right.start === open.start)) continue;
    decision.add('deadline-ended', { deadlineId: open.id, because: 'superseded' });
    if (day !== undefined && decision.state().stage !== 'open') openPlan(decision, rule, day);
  }
}

/**
 * After a date of birth was recorded while the referral is merged. Clocks that asked for it, or rested on another age,
 * must not reopen when the merge is undone.
 */
export function forgetOldAge(decision: Decision): void {
  for (const { id, rule, endedBecause } of Object.values(decision.state().deadlines)) {
    const isOfOldAge =
      rule === 'D34' ||
      rule === 'D44' ||
      (rule === 'D30' && !isForAdultServices(decision.state())) ||
      findRule(decision.context.policy, rule)?.keptBy.includes('age-recorded');
    if (isOfOldAge && endedBecause === 'merged') {
      decision.add('deadline-ended', { deadlineId: id, because: 'superseded' });
    }
  }
}

/**
 * After the time of an assault became known: the exam is due before the evidence is gone. The exam is asked for again
 * where none was asked for before, or the assault is later. Where the window had passed before the report, a medical
 * exam is offered instead. `knownAt`: when the time of the assault was known.
 */
export function followAssault(decision: Decision, knownAt: string): void {
  const row = findRule(decision.context.policy, 'D17');
  const stop = row && endOfUse(decision.state(), row);
  if (stop === undefined) return;
  followStop(decision, stop, knownAt);
  followWindow(decision);
}

function followStop(decision: Decision, stop: string, knownAt: string): void {
  const state = decision.state();
  const { now } = decision.context;
  const open = openDeadlineOf(state, 'D17');
  if (isAfter(now, stop)) {
    // A window that was open after the report arrived was missed. The deadline's run closes it at once, and staff
    // explain the miss.
    if (open && !isAfter(state.report.receivedAt, stop)) stopBy(decision, open, stop);
    else offerExam(decision, knownAt);
    return;
  }
  const isLater = open?.hardStop !== undefined && isAfter(stop, open.hardStop);
  if (open && !isLater) {
    stopBy(decision, open, stop);
    return;
  }
  // The assault of this clock was not the last one, or its time was wrong: the evidence lasts longer.
  if (open) endOpen(decision, 'D17');
  endOpen(decision, 'D17b');
  const exams = Object.values(state.deadlines).filter(({ rule, status }) => rule === 'D17' && status !== 'open');
  const isOver = ({ keptAt, hardStop }: Deadline) =>
    keptAt === undefined
      ? hardStop === undefined || isAfter(stop, hardStop)
      : isAfter(state.child.lastAssaultAt, keptAt);
  if (!exams.every(isOver)) return;
  const start = open && isAfter(open.due, knownAt) ? open.start : knownAt;
  openDeadline(decision, 'D17', { start, startedBy: 'facts-learned', hardStop: stop });
}

/** The window had passed before the report, so an exam for evidence was never possible. A medical exam is offered. */
function offerExam(decision: Decision, knownAt: string): void {
  const { deadlines } = decision.state();
  if (Object.values(deadlines).some(({ rule, status }) => rule === 'D17' && status === 'kept')) return;
  endOpen(decision, 'D17');
  openOnce(decision, 'D17b', { start: knownAt, startedBy: 'facts-learned' });
}

/**
 * After D17 was closed with its window over: the child is offered a medical exam. Its clock starts at the end of the
 * window, or when that end became known. Not where a medical exam was offered beside the acute exam.
 */
export function offerAfterWindow(decision: Decision, { rule, hardStop: stop, moved }: Deadline): void {
  const { now } = decision.context;
  const { linkages } = decision.state().services;
  if (rule !== 'D17' || stop === undefined || isAfter(stop, now)) return;
  if (isGiven(linkages['medical-nonacute']?.status)) return;
  const start = moved && isAfter(moved.at, stop) ? moved.at : stop;
  openAgain(decision, 'D17b', { start, startedBy: 'window-passed' });
}

/**
 * The child declined the exam, and now agrees or gets a new offer. While the window lasts, the clock runs anew, never
 * past the window. Call it before the new offer is recorded. `at` is the instant of the yes or of the offer (UTC).
 */
export function askForExamAgain(decision: Decision, service: Service, at: string): void {
  const { policy, now } = decision.context;
  const state = decision.state();
  const { status, startedAt } = state.services.linkages[service] ?? {};
  const rule = windowRuleOf(policy, service);
  if (!rule || status !== 'declined' || startedAt !== undefined || openDeadlineOf(state, rule.id)) return;
  const last = Object.values(state.deadlines).findLast((deadline) => deadline.rule === rule.id);
  const stop = endOfUse(state, rule);
  if (last?.status !== 'kept' || (stop !== undefined && !isAfter(stop, now))) return;
  openDeadline(decision, rule.id, {
    // A yes from before the decline belongs to the earlier round.
    start: last.keptAt === undefined || isAfter(at, last.keptAt) ? at : now,
    startedBy: 'exam-asked-again',
    ...whereKnown({ hardStop: stop }),
  });
}

/**
 * In care before the report. A child who enters care later does so for the first time here, even where the report left
 * it open.
 */
export const wasInCareBefore = ({
  report: { child: reported },
}: {
  readonly report: Pick<Referral['report'], 'child'>;
}): boolean => isInCare(reported);

/**
 * D5, from the moment the child is both identified and in the responsibility of the department. It is called where
 * either becomes true. `learned`: since when the responsibility is known, and the referral before. Without it, a
 * screening identified the child.
 */
export function reportIdentified(
  decision: Decision,
  learned?: { readonly since: string; readonly before: Referral },
): void {
  const state = decision.state();
  const screening = currentScreening(state);
  if (screening?.outcome !== 'confirmed' || inResponsibility(state) === 'no') return;
  const { since = screening.at, before } = learned ?? {};
  const start = isAfter(since, screening.at) ? since : screening.at;
  const found = Object.values(state.deadlines).findLast(({ rule }) => rule === 'D5');
  const isNew = before
    ? inResponsibility(before) !== inResponsibility(state)
    : found !== undefined && isAfter(screening.at, found.start);
  openOnce(decision, 'D5', { start }, isNew);
}

/**
 * A response is owed within 72 hours of the report, whatever happens to the two hours (C.G.S. 17a-101g(a)). It is
 * called where the two hours ended without a response. `anew`: danger was ruled out only now.
 */
export function respondAtLatest(decision: Decision, anew = false): void {
  const responses = Object.values(decision.state().deadlines).filter(({ rule }) => rule === 'D6' || rule === 'D7');
  const isSettled = responses.some(({ rule, status }) => status === 'kept' || (rule === 'D7' && status === 'open'));
  if (responses.length > 0 && !isSettled) openOnce(decision, 'D7', { start: decision.state().report.receivedAt }, anew);
}
