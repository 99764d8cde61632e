/** One deadline's life: opened, its checkpoints raised, kept or missed, moved or ended. */

import { askedByName } from '../access/emergency-access.ts';
import { beginsRound, isRinging, nextRing, requestRing, ringAtOpening } from '../alerts/alarms.ts';
import { requestAlert } from '../alerts/alert-requests.ts';
import type { Decision } from '../core/decision.ts';
import { deadlineIdOf } from '../core/ids.ts';
import { earlier, isAfter } from '../core/instants.ts';
import type { Outcome, Role } from '../core/vocabulary.ts';
import type { EventOf } from '../events.ts';
import { alarmClassOf } from '../policy/alarm-classes.ts';
import { dueAt, durationWords, formatInstant, partOf, timeGiven } from '../policy/due.ts';
import {
  type ClockStart,
  type DeadlineRule,
  extensionOf,
  findRule,
  type Milestone,
  type Policy,
  type Recipient,
  ruleIn,
  ruleOf,
  waitsOn,
} from '../policy/policy.ts';
import { confidenceWords, explainUnder, underRule } from '../policy/rule-words.ts';
import type { Referral } from '../referral.ts';
import type { Screening } from '../screening/screening-state.ts';
import type { Checkpoint, Deadline } from './deadline-state.ts';
import { earlierStopsOf, hasStopped, stopRuleOf, warningsOfStop } from './hard-stop.ts';
import { openDeadlineOf, openDeadlines } from './open-deadlines.ts';

/** A duty of law: by its row, or because the child has returned from missing (42 U.S.C. 671(a)(35)(A)). */
export const isStatutory = (deadline: Deadline, policy: Policy): boolean =>
  ruleOf(policy, deadline).kind === 'statute' || deadline.startedBy === 'child-returned';

/** Whether its hard stop closed it: no person said that it would not be kept. */
export const isClosedByStop = (deadline: Deadline, policy: Policy): boolean =>
  deadline.status === 'missed-closed' &&
  deadline.hardStop !== undefined &&
  ruleOf(policy, deadline).hardStop !== undefined;

/** True where closing waits for it: the row says so of itself. */
export const holdsUp = (deadline: Deadline, policy: Policy): boolean => ruleOf(policy, deadline).closing === 'waits';

interface Opening {
  readonly start: string;
  /** What set the clock where that is not what the rule names. */
  readonly startedBy?: Deadline['startedBy'];
  /** True where those it is asked of are told of it otherwise, as by the alert that the referral was opened. */
  readonly quiet?: true;
  readonly screening?: number;
  readonly outcome?: Outcome;
  readonly subject?: string;
  /** The due instant is never after it, unless it lies before the start: then the act has no use left to wait for. */
  readonly hardStop?: string;
}

/** The time a rule gives. In danger is also where nobody has said no. */
export function durationOf(
  rule: DeadlineRule,
  { response: { danger } }: { readonly response: Pick<Referral['response'], 'danger'> },
  outcome: Outcome | undefined,
) {
  const inDanger = danger === 'no' ? undefined : rule.durationInDanger;
  return inDanger ?? (outcome && rule.durationFor?.[outcome]) ?? rule.duration;
}

/** What a rule gives from `start`, as the referral is now. */
function timeFrom(decision: Decision, ruleId: string, { start, outcome }: Pick<Opening, 'start' | 'outcome'>) {
  const { policy } = decision.context;
  const duration = durationOf(ruleIn(policy, ruleId), decision.state(), outcome);
  return { duration, ...dueAt(start, duration, policy.calendar) };
}

/** Opens one more deadline of `ruleId`, due as its rule says from `start`. A version that has no such rule runs no such clock. */
export function openDeadline(decision: Decision, ruleId: string, opening: Opening): void {
  const state = decision.state();
  const { policy } = decision.context;
  if (!findRule(policy, ruleId)) return;
  const { duration, due, skipped } = timeFrom(decision, ruleId, opening);
  const number = Object.values(state.deadlines).filter(({ rule }) => rule === ruleId).length + 1;
  const deadlineId = deadlineIdOf(state.id, ruleId, number);
  decision.add('deadline-opened', {
    deadlineId,
    rule: ruleId,
    start: opening.start,
    due: opening.hardStop && !isAfter(opening.start, opening.hardStop) ? earlier(due, opening.hardStop) : due,
    duration,
    skipped: [...skipped],
    ...(opening.screening !== undefined && { screening: opening.screening }),
    ...(opening.subject !== undefined && { subject: opening.subject }),
    ...(opening.startedBy !== undefined && { startedBy: opening.startedBy }),
    ...(opening.hardStop !== undefined && { hardStop: opening.hardStop }),
  });
  // The seats of a team are invited by an alert of its own.
  const to = waitsOn(ruleIn(policy, ruleId), state).filter((word) => word !== 'seats');
  // Whoever the team gave a service to is asked for it as well.
  const owner = Object.values(decision.state().services.owners).find(({ service }) => service === opening.subject);
  const own = owner && owner.personId === undefined && !to.includes(owner.owner) ? [owner.owner] : [];
  const people = owner?.personId === undefined ? [] : [owner.personId];
  if (opening.quiet || ringAtOpening(decision, deadlineId)) return;
  requestAlert(decision, { kind: 'deadline-opened', to: [...to, ...own], people, deadlineId });
}

/** The last deadline of this rule and, where given, subject, other than one that another pathway ended. */
const lastOf = (state: Referral, rule: string, subject?: string): Deadline | undefined =>
  Object.values(state.deadlines).findLast(
    (deadline) =>
      deadline.rule === rule && deadline.status !== 'ended' && (subject === undefined || deadline.subject === subject),
  );

/** True where there was one. */
export const everOpened = (state: Referral, rule: string, subject?: string): boolean =>
  lastOf(state, rule, subject) !== undefined;

/**
 * Opens one where none was opened yet. `anew`: what it rests on has only now become so; that an earlier one was found not to apply
 * was found of what was known then, and says nothing of this.
 */
export function openOnce(decision: Decision, rule: string, opening: Opening, anew = false): void {
  const last = lastOf(decision.state(), rule, opening.subject);
  if (!last || (anew && last.status === 'not-applicable')) openDeadline(decision, rule, opening);
}

/** Opens one unless one of the same rule and subject is open: for what may come round again. */
export function openAgain(decision: Decision, rule: string, opening: Opening): void {
  if (!openDeadlineOf(decision.state(), rule, opening.subject)) openDeadline(decision, rule, opening);
}

/** Clocks of what can come round again: what was done before one of them started was done about the round before. */
const rounds: readonly ClockStart[] = [
  'the information that the child is missing',
  'the return of the child',
  'the invocation of the hold',
  'the last meeting or review of the team',
  'the meeting without the discipline',
  'the first entry to care',
  'the reasonable cause to believe that abuse occurred',
];

/** What a fact is about: the service or the discipline at its end. */
const subjectOf = (milestone: Milestone): string | undefined =>
  /^(?:offered|contacted|started|consulted)-(.+)$/.exec(milestone)?.[1];

/** The screening on a return is kept by one while the child is here, and for the last return alone. */
const isOfTheLastReturn = ({ missing: { absences } }: Referral, { start }: Deadline): boolean =>
  absences.at(-1)?.returnedAt === start;

/** Those that are open, and those that their hard stop closed after `at`: the act was in time, and was recorded later. */
const keepable = (state: Referral, at: string, policy: Policy): readonly Deadline[] =>
  Object.values(state.deadlines).filter(
    (deadline) =>
      deadline.status === 'open' ||
      (isClosedByStop(deadline, policy) && isAfter(at, deadline.start) && !isAfter(at, deadline.hardStop ?? at)),
  );

/**
 * Keeps every deadline that `fact` keeps. `at` is when it took place, not when it was recorded; `about` is the service
 * of a fact that does not name it; `round`, where several rounds run at once, is the start of the one alone that it is about.
 */
export function markKept(
  decision: Decision,
  milestone: Milestone,
  at: string,
  about = subjectOf(milestone),
  round?: string,
): void {
  for (const deadline of keepable(decision.state(), at, decision.context.policy)) {
    const { id, rule, start, due, subject, hardStop: stop } = deadline;
    if (deadline.startedBy === 'child-returned' && !isOfTheLastReturn(decision.state(), deadline)) continue;
    const { keptBy, clockStart, hardStop } = ruleIn(decision.context.policy, rule);
    // An act that is of no use any more keeps nothing: that it was missed is explained.
    if (hardStop && stop !== undefined && isAfter(at, stop)) continue;
    const ofEarlierRound = rounds.includes(clockStart) && isAfter(start, at);
    const ofAnother = subject !== undefined && about !== undefined && about !== subject;
    const ofAnotherRound = round !== undefined && rounds.includes(clockStart) && start !== round;
    if (keptBy.includes(milestone) && !ofEarlierRound && !ofAnother && !ofAnotherRound) {
      decision.add('deadline-kept', { deadlineId: id, at, late: isAfter(at, due) });
    }
  }
}

/** Whoever is asked hears that an open deadline is due earlier, or ends by another instant, than they were told. */
export function tellOfDue(decision: Decision, { id, rule }: Deadline): void {
  const to = waitsOn(ruleIn(decision.context.policy, rule), decision.state());
  requestAlert(decision, { kind: 'deadline-opened', to, deadlineId: id });
}

type Because = EventOf<'deadline-tightened'>['because'];

/** An open deadline has begun earlier than was recorded: it starts there, and is due no later than its rule gives from there. */
export function beganEarlier(decision: Decision, open: Deadline, start: string): void {
  const { outcome } = decision.state().screening.list.find(({ number }) => number === open.screening) ?? {};
  const due = earlier(open.due, timeFrom(decision, open.rule, { start, ...(outcome && { outcome }) }).due);
  decision.add('deadline-tightened', { deadlineId: open.id, due, because: 'began-earlier', start });
  tellOfDue(decision, open);
}

/** Whether it was later, and so was moved. */
function bringForward(decision: Decision, open: Deadline, due: string, because: Because): boolean {
  const isLater = isAfter(open.due, due);
  if (isLater) decision.add('deadline-tightened', { deadlineId: open.id, due, because });
  return isLater;
}

/** Has an open deadline end by a hard stop that was not known, or was known as later. Whoever is asked hears of it. */
export function stopBy(decision: Decision, open: Deadline, stop: string): void {
  if (open.hardStop !== undefined && !isAfter(open.hardStop, stop)) return;
  const due = earlier(open.due, stop);
  decision.add('deadline-tightened', { deadlineId: open.id, due, because: 'assault-known', hardStop: stop });
  tellOfDue(decision, open);
}

/**
 * Brings forward every open deadline whose rule is shorter in danger, where danger is not ruled out any more: to what the rule
 * gives from now, never later than it was. Whoever is asked hears of it.
 */
export function tightenForDanger(decision: Decision): void {
  const { policy, now } = decision.context;
  for (const open of openDeadlines(decision.state())) {
    const { durationInDanger } = ruleIn(policy, open.rule);
    if (!durationInDanger) continue;
    const { due } = dueAt(now, durationInDanger, policy.calendar);
    if (bringForward(decision, open, due, 'danger-said')) tellOfDue(decision, open);
  }
}

/**
 * Moves an open deadline of this rule earlier, where it runs under another outcome than `screening` found and the rule
 * for this one is shorter. Where somebody has moved it since the screening, it stays there.
 */
export function tighten(decision: Decision, ruleId: string, { at, outcome }: Screening): void {
  const state = decision.state();
  const open = openDeadlineOf(state, ruleId);
  if (!open || state.screening.list.some((known) => known.number === open.screening && known.outcome === outcome))
    return;
  if (open.moved && !isAfter(at, open.moved.at)) return;
  bringForward(decision, open, timeFrom(decision, ruleId, { start: at, outcome }).due, 'screened-higher');
}

/** Ends what does not outlive the referral: called when everything that closing waits for is done. */
export function endAtClosing(decision: Decision): void {
  for (const deadline of openDeadlines(decision.state())) {
    if (ruleIn(decision.context.policy, deadline.rule).closing !== 'ends') continue;
    decision.add('deadline-ended', { deadlineId: deadline.id, because: 'closed' });
  }
}

/** How staff used their access is judged whatever becomes of the referral. */
const isAboutStaff = ({ keptBy }: DeadlineRule): boolean => keptBy.includes('emergency-access-reviewed');

/** Ends the open policy deadlines that `ends` picks; a statutory one stays until it is kept, missed or not applicable. */
export function endPolicyDeadlines(
  decision: Decision,
  because: 'withdrawn' | 'merged' | 'superseded',
  ends: (rule: DeadlineRule) => boolean = () => true,
): void {
  for (const deadline of openDeadlines(decision.state())) {
    const rule = ruleIn(decision.context.policy, deadline.rule);
    if (!isStatutory(deadline, decision.context.policy) && !isAboutStaff(rule) && ends(rule))
      decision.add('deadline-ended', { deadlineId: deadline.id, because });
  }
}

/** Ends the open policy deadlines of this rule: what started them was wrong. */
export const endOpen = (decision: Decision, rule: string): void =>
  endPolicyDeadlines(decision, 'superseded', ({ id }) => id === rule);

/** The checkpoints of a deadline before any repetition, as they are due: reminder, warning (or the warnings of its row), due, escalation. */
export function checkpoints(deadline: Deadline, policy: Policy): readonly Checkpoint[] {
  const { due } = deadline;
  // A report taken in a fraction of the day's last second is due before it began, in whole seconds.
  const start = earlier(deadline.start, due);
  const { escalateFrom, warnAfter } = ruleIn(policy, deadline.rule);
  const escalateAt =
    escalateFrom === undefined || escalateFrom === 'due'
      ? partOf(start, due, policy.overdueAt)
      : dueAt(due, escalateFrom, policy.calendar).due;
  const before: readonly Checkpoint[] = warnAfter
    ? warnAfter.map((after) => ({ kind: 'warn', at: earlier(dueAt(start, after, policy.calendar).due, due) }))
    : [
        { kind: 'remind', at: partOf(start, due, policy.remindAt) },
        { kind: 'warn', at: partOf(start, due, policy.warnAt) },
      ];
  const warnings = warningsOfStop(deadline, policy).map((at): Checkpoint => ({ kind: 'warn', at }));
  const { hardStop: stop } = deadline;
  return [
    ...before,
    { kind: 'due' as const, at: due },
    // A due instant in the past of its own start, as a hard stop gives, leaves nothing to wait for.
    { kind: 'escalate' as const, at: isAfter(escalateAt, due) ? escalateAt : due },
    ...warnings,
    ...(warnings.length > 0 && stop !== undefined && isAfter(stop, due)
      ? [{ kind: 'escalate' as const, at: stop }]
      : []),
  ].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/** What decides of the referral whether a deadline rings. */
type Surroundings = { readonly response: Pick<Referral['response'], 'danger'> };
const nextOf = new WeakMap<Deadline, Surroundings & { readonly policy: Policy; readonly next: Checkpoint }>();

/**
 * The first checkpoint that was not raised yet, or the next call of an alarm. There is always one: an overdue deadline repeats its
 * escalation.
 */
export function nextCheckpoint(deadline: Deadline, { response: { danger } }: Surroundings, policy: Policy): Checkpoint {
  // None of them ever changes, and every commit asks this of every deadline that it left as it was.
  const known = nextOf.get(deadline);
  if (known?.policy === policy && known.response.danger === danger) return known.next;
  const planned = nextPlanned(deadline, policy);
  const at = nextRing(
    deadline,
    {
      response: { danger },
    },
    policy,
  );
  // Of two at one instant the call is the last, and so the one that is told.
  const next: Checkpoint = at !== undefined && isAfter(planned.at, at) ? { kind: 'ring', at } : planned;
  nextOf.set(deadline, {
    policy,
    response: { danger },
    next,
  });
  return next;
}

function nextPlanned(deadline: Deadline, policy: Policy): Checkpoint {
  const { moved, raised } = deadline;
  const planned = checkpoints(deadline, policy).filter(
    ({ kind, at }) =>
      !raised.some((done) => done.kind === kind && !isAfter(at, done.at)) &&
      (!moved || kind === 'due' || kind === 'escalate' || isAfter(at, moved.at)),
  );
  const last = raised.findLast(({ kind }) => kind !== 'ring');
  return (
    planned[0] ?? {
      kind: 'escalate',
      at: dueAt(last?.at ?? deadline.due, policy.repeatOverdueEvery, policy.calendar).due,
    }
  );
}

/** Who a checkpoint of this kind alerts. An escalation never removes the owner. */
function recipientsAt(rule: DeadlineRule, kind: Checkpoint['kind'], state: Referral): readonly Recipient[] {
  const escalates = kind === 'escalate' || (kind === 'due' && rule.escalateFrom === 'due');
  const asked = waitsOn(rule, state);
  return escalates ? [...new Set([...asked, ...rule.escalate])] : asked;
}

/**
 * Whom a checkpoint alerts now: whoever was alerted of this deadline as often as the policy allows is passed over, and the
 * next who were not are told with those left. Where everybody was, the last of all is told on. A duty of class `now` has no cap, and
 * the calls about one count for none.
 */
function toldAt(state: Referral, deadline: Deadline, kind: Checkpoint['kind'], policy: Policy): readonly Recipient[] {
  const rule = ruleIn(policy, deadline.rule);
  const asked = recipientsAt(rule, kind, state);
  if (alarmClassOf(deadline, state, policy) === 'now') return asked;
  const about = Object.values(state.alerts).filter(
    ({ deadlineId, checkpoint }) => deadlineId === deadline.id && checkpoint !== 'ring',
  );
  const mayHear = (word: Recipient) => about.filter(({ to }) => to.includes(word)).length < policy.mostAlerts;
  const left = asked.filter(mayHear);
  if (left.length === asked.length) return asked;
  const next = [rule.escalate, ...policy.afterEscalation.map((role) => [role])]
    .map((those) => those.filter(mayHear))
    .find((those) => those.length > 0);
  const told = [...new Set([...left, ...(next ?? [])])];
  return told.length > 0 ? told : policy.afterEscalation.slice(-1);
}

/**
 * Raises every checkpoint that has passed by now and alerts once, for the most severe of them. A deadline entered late raises all of
 * its past at once this way, and rings once for all calls that passed. While it rings, the calls reach everyone who is to be told. At the
 * hard stop of its rule it is closed as missed.
 */
export function raiseDue(decision: Decision, deadlineId: string): void {
  const { policy, now } = decision.context;
  const raised: Checkpoint['kind'][] = [];
  let warnsOfStop = false;
  for (;;) {
    const deadline = decision.state().deadlines[deadlineId];
    if (deadline?.status !== 'open') return;
    const { kind, at } = nextCheckpoint(deadline, decision.state(), policy);
    if (isAfter(at, now)) break;
    // After the planned ones, one repetition makes up for all that fell into a pause; a call counts from when it is made.
    const repeats = kind === 'ring' || deadline.raised.some((each) => each.kind === 'escalate');
    const anew = kind === 'ring' && beginsRound(deadline, now, policy);
    decision.add('checkpoint-raised', { deadlineId, kind, at: repeats ? now : at, ...(anew && { anew }) });
    if (kind === 'due') decision.add('deadline-missed', { deadlineId });
    raised.push(kind);
    warnsOfStop ||= kind === 'warn' && warningsOfStop(deadline, policy).includes(at);
  }
  const deadline = decision.state().deadlines[deadlineId];
  const latest = raised.at(-1);
  if (!deadline || !latest) return;
  // After it the act is of no use, and no one is asked for it.
  if (ruleIn(policy, deadline.rule).hardStop && hasStopped(deadline, now)) {
    decision.add('deadline-closed-missed', { deadlineId });
    return;
  }
  const { warns = [] } = warnsOfStop ? (ruleIn(policy, deadline.rule).hardStop ?? {}) : {};
  // What cannot be made up for is told to each of them, by the call itself where there is one.
  if (raised.includes('ring')) requestRing(decision, deadlineId, policy, warns);
  if (isRinging(deadline) && (warns.length === 0 || raised.includes('ring'))) return;
  requestAlert(decision, {
    kind: 'checkpoint',
    // However often they heard of it before.
    to: [...new Set([...toldAt(decision.state(), deadline, latest, policy), ...warns])],
    people: askedByName(decision.state(), deadline),
    deadlineId,
    checkpoint: latest,
  });
}

/** Who may give this deadline more time, and up to which instant, never past its hard stop. Undefined for what the law sets. */
export function extensionFor(
  deadline: Deadline,
  policy: Policy,
): { readonly by: readonly Role[]; readonly until: string } | undefined {
  const { rule, dueByRule, hardStop } = deadline;
  const extension = extensionOf(ruleIn(policy, rule), policy);
  if (!extension || isStatutory(deadline, policy)) return undefined;
  const until = dueAt(dueByRule, extension.atMost, policy.calendar).due;
  return { by: extension.by, until: hardStop === undefined ? until : earlier(until, hardStop) };
}

/** One sentence that says why the deadline is due when it is: start, duration, skipped days, rule, zone and what the rule is. */
export function whyDue(deadline: Deadline, policy: Policy): string {
  const rule = ruleOf(policy, deadline);
  if (deadline.moved && deadline.moved.because !== 'policy') {
    const began = timeGiven({ ...deadline, startedBy: rule.clockStart });
    const { at, because: why } = deadline.moved;
    const because = why ? ` because ${moves[why]}` : '';
    return `due ${formatInstant(deadline.due)}: moved there on ${formatInstant(at)}${because}, having begun as ${began}; ${underRule(rule, deadline.startedBy)}${stopWords(deadline, rule, policy)}`;
  }
  return `${explainUnder(rule, deadline, policy.calendar)}${stopWords(deadline, rule, policy)}`;
}

const moves = {
  'danger-said': 'nobody rules out danger any more',
  'assault-known': 'the time of the last assault became known',
  'screened-higher': 'a screening found an outcome that gives less time',
  'began-earlier': 'it had begun earlier than was recorded',
  extended: 'more time was given',
} as const;

/** The hard stop, with its reason, and what ends earlier. */
function stopWords(deadline: Deadline, rule: DeadlineRule, policy: Policy): string {
  const { due, hardStop: stop } = deadline;
  const hardStop = stopRuleOf(deadline, policy);
  if (!hardStop || stop === undefined) return '';
  const { after, from, because } = hardStop;
  const when = isAfter(stop, due) ? `never later than ${formatInstant(stop)}, ` : '';
  const ahead = earlierStopsOf(deadline, rule).filter(({ at }) => isAfter(at, deadline.start));
  const sooner = ahead.map(
    (each) =>
      `; ${each.what} until ${formatInstant(each.at)}, ${durationWords(each.after)} after ${from} (${confidenceWords[each.confidence]}${each.awaitsLegalSignOff ? ', awaits sign-off' : ''})`,
  );
  return `; ${when}${durationWords(after)} after ${from}: ${because}${sooner.join('')}`;
}
