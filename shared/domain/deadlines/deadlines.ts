/** One deadline's life: opened, its checkpoints raised, kept or missed, moved or ended. */

import { askedByName } from '../access/emergency-access.ts';
import { beginsRound, isRinging, nextRing, stepOfCall } from '../alerts/alarms.ts';
import { isAbout } from '../alerts/alert-duties.ts';
import { requestAlert } from '../alerts/alert-requests.ts';
import { ringAtOpening } from '../alerts/calling.ts';
import { provedAlerts } from '../alerts/proved-alerts.ts';
import type { Decision } from '../core/decision.ts';
import { deadlineIdOf, groupIdOf } from '../core/ids.ts';
import { earlier, isAfter, later } from '../core/instants.ts';
import type { Outcome, Role, Service } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import type { EventOf } from '../events.ts';
import { alarmClassOf, type Surroundings } from '../policy/alarm-classes.ts';
import {
  addDays,
  atHour,
  type Duration,
  dueAt,
  durationWords,
  elapsedFrom,
  formatInstant,
  newYorkDate,
  partOf,
  timeGiven,
  timeLines,
} from '../policy/due.ts';
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
import { confidenceWords, explainUnder, startWords, underRule } from '../policy/rule-words.ts';
import type { Referral } from '../referral.ts';
import type { Screening } from '../screening/screening-state.ts';
import { openGroupOf } from './deadline-runs.ts';
import type { Checkpoint, Deadline } from './deadline-state.ts';
import {
  dueBeforeEnds,
  earlierStopsOf,
  hasStopped,
  lastCourtHour,
  stopRuleOf,
  warningsOfCourt,
  warningsOfStop,
} from './hard-stop.ts';
import { openDeadlineOf, openDeadlines } from './open-deadlines.ts';
import { whyOnlyPolicy } from './responsibility.ts';

/**
 * A duty of law: by its row, or because the child has returned from missing (42 U.S.C. 671(a)(35)(A)). Neither where the
 * department is not responsible for the child.
 */
export const isStatutory = (deadline: Deadline, policy: Policy): boolean =>
  !deadline.asPolicy && (ruleOf(policy, deadline).kind === 'statute' || deadline.startedBy === 'child-returned');

/** Whether its hard stop closed it: no person said that it would not be kept. */
export const isClosedByStop = (deadline: Deadline, policy: Policy): boolean =>
  deadline.status === 'missed-closed' &&
  deadline.hardStop !== undefined &&
  ruleOf(policy, deadline).hardStop !== undefined;

/** Whether closing waits for it: its row says so. */
export const holdsUp = (deadline: Deadline, policy: Policy): boolean => ruleOf(policy, deadline).closing === 'waits';

interface Opening {
  readonly start: string;
  /** The start of the clock, where it differs from the one that the rule names. */
  readonly startedBy?: Deadline['startedBy'];
  /** True where another alert, such as that of an opened referral, tells its people already. */
  readonly quiet?: true;
  readonly screening?: number;
  readonly outcome?: Outcome;
  readonly subject?: string;
  /** The time that people agreed on, or that is left, instead of the one that the rule gives. */
  readonly duration?: Duration;
  /** The clock as it runs in another referral, whose due instant it keeps. */
  readonly asIn?: Pick<Deadline, 'due' | 'duration' | 'skipped'>;
  /** The duty that waits for this one is due then. This one is due half-way to it at the latest. */
  readonly holdsUp?: string | undefined;
  /** The due instant is never after it, unless it lies before the start. In that case waiting has no use. */
  readonly hardStop?: string;
}

/** The time a rule gives, for a deadline about `subject` where there is one. Unknown danger counts as danger. */
export function durationOf(
  rule: DeadlineRule,
  { response: { danger } }: { readonly response: Pick<Referral['response'], 'danger'> },
  outcome: Outcome | undefined,
  subject?: string,
) {
  const inDanger = danger === 'no' ? undefined : rule.durationInDanger;
  return (
    rule.durationForService?.[subject as Service] ??
    inDanger ??
    (outcome && rule.durationFor?.[outcome]) ??
    rule.duration
  );
}

/** The time a rule gives from `start`, by the referral as it is now. */
function timeFrom(
  decision: Decision,
  ruleId: string,
  { start, outcome, subject, duration: agreed }: Pick<Opening, 'start' | 'outcome' | 'subject' | 'duration'>,
) {
  const { policy } = decision.context;
  const duration = agreed ?? durationOf(ruleIn(policy, ruleId), decision.state(), outcome, subject);
  return { duration, ...dueAt(start, duration, policy.calendar) };
}

/**
 * Opens one more deadline of `ruleId`, due as its rule says from `start`. A version without the rule runs no such
 * clock.
 */
export function openDeadline(decision: Decision, ruleId: string, opening: Opening): void {
  const state = decision.state();
  const { policy } = decision.context;
  if (!findRule(policy, ruleId)) return;
  const { duration, due, skipped } = opening.asIn ?? timeFrom(decision, ruleId, opening);
  const number = Object.values(state.deadlines).filter(({ rule }) => rule === ruleId).length + 1;
  const deadlineId = deadlineIdOf(state.id, ruleId, number);
  decision.add('deadline-opened', {
    deadlineId,
    rule: ruleId,
    start: opening.start,
    due: dueBeforeEnds(due, ruleIn(policy, ruleId), { hardStop: opening.hardStop, from: opening.start }),
    duration,
    skipped: [...skipped],
    ...whereKnown({
      screening: opening.screening,
      subject: opening.subject,
      startedBy: opening.startedBy,
      asPolicy: whyOnlyPolicy(ruleIn(policy, ruleId), opening.startedBy, state),
      hardStop: opening.hardStop,
      group: groupFor(state, ruleIn(policy, ruleId)),
    }),
  });
  const opened = decision.state().deadlines[deadlineId];
  if (opened && opening.holdsUp) bringForward(decision, opened, halfWay(opening.start, opening.holdsUp), 'holds-up');
  // A clock that is over when it is entered is told as overdue, by its own run.
  const isOver = isAfter(decision.context.now, due);
  if (!opening.quiet && !ringAtOpening(decision, deadlineId) && !isOver) tellOfOpened(decision, deadlineId);
}

/** The instant in the middle of two, to the second. */
const halfWay = (from: string, to: string): string =>
  new Date(Math.floor((Date.parse(from) + Date.parse(to)) / 2000) * 1000).toISOString();

/** Asks for one alert about a new deadline, and about others of its rule that were opened with it. */
export function tellOfOpened(decision: Decision, deadlineId: string, alsoAbout: readonly string[] = []): void {
  const state = decision.state();
  const deadline = state.deadlines[deadlineId];
  if (!deadline) return;
  // The seats of a team are invited by an alert of its own.
  const to = waitsOn(ruleIn(decision.context.policy, deadline.rule), state).filter((word) => word !== 'seats');
  // The person who has the service by the team's decision gets the alert as well.
  const owner = Object.values(state.services.owners).find(({ service }) => service === deadline.subject);
  const own = owner && owner.personId === undefined && !to.includes(owner.owner) ? [owner.owner] : [];
  const people = owner?.personId === undefined ? [] : [owner.personId];
  requestAlert(decision, { kind: 'deadline-opened', to: [...to, ...own], people, deadlineId, alsoAbout });
}

/** The group that a new deadline of this rule joins, or the next one of its kind. */
function groupFor(state: Referral, { group: kind }: DeadlineRule): EventOf<'deadline-opened'>['group'] {
  if (kind === undefined) return undefined;
  const groups = Object.values(state.runs).filter(({ group }) => group !== undefined);
  return { id: openGroupOf(state, kind)?.id ?? groupIdOf(state.id, groups.length + 1), kind };
}

/**
 * The last deadline of this rule and, where given, subject. Deadlines that another pathway ended are left out, and those
 * that no right code proves.
 */
export const lastOf = (state: Referral, rule: string, subject?: string): Deadline | undefined =>
  Object.values(state.deadlines).findLast(
    (deadline) =>
      !deadline.isUnproved &&
      deadline.rule === rule &&
      deadline.status !== 'ended' &&
      (subject === undefined || deadline.subject === subject),
  );

/** Whether a deadline of this rule was ever opened. */
export const everOpened = (state: Referral, rule: string, subject?: string): boolean =>
  lastOf(state, rule, subject) !== undefined;

/**
 * Opens a deadline where none was opened yet. `anew`: its cause became true only now. An earlier one that was found not
 * applicable rested on earlier knowledge, and does not count.
 */
export function openOnce(decision: Decision, rule: string, opening: Opening, anew = false): void {
  const last = lastOf(decision.state(), rule, opening.subject);
  if (!last || (anew && last.status === 'not-applicable')) openDeadline(decision, rule, opening);
}

/** Opens a deadline unless one of the same rule and subject is open: for duties that may come again. */
export function openAgain(decision: Decision, rule: string, opening: Opening): void {
  if (!openDeadlineOf(decision.state(), rule, opening.subject)) openDeadline(decision, rule, opening);
}

/** Clocks that can come again, or ask for an act within a time. An act before the start of one does not keep it. */
const rounds: readonly ClockStart[] = [
  'the information that the child is missing',
  'the news that the child is missing, or the last renewed search',
  'the return of the child',
  'the invocation of the hold',
  'the ex parte order',
  'the last meeting or review of the team',
  'the agreement of the team',
  'the meeting without the discipline',
  'the first entry to care',
  'the reasonable cause to believe that abuse occurred',
  'the first start of a service',
  'the finding of the investigation',
  'the first of the month after the one that holds the 90th day before the eighteenth birthday',
];

/** Whether an act at `now`, a UTC instant, would be before the clock starts, and not keep it. */
export const isTooEarly = ({ start }: Deadline, { clockStart }: DeadlineRule, now: string): boolean =>
  rounds.includes(clockStart) && isAfter(start, now);

/** The subject of a milestone: the service or the discipline at its end. */
const subjectOf = (milestone: Milestone): string | undefined =>
  /^(?:offered|contacted|started|consulted)-(.+)$/.exec(milestone)?.[1];

/** A screening keeps the deadline of a return only while the child is here, and only for the last return. */
const isOfTheLastReturn = ({ missing: { absences } }: Referral, { start }: Deadline): boolean =>
  absences.at(-1)?.returnedAt === start;

/**
 * Deadlines that are open, and those that their hard stop closed after `at`. Their act was in time, and recorded later.
 */
const keepable = (state: Referral, at: string, policy: Policy): readonly Deadline[] =>
  Object.values(state.deadlines).filter(
    (deadline) =>
      deadline.status === 'open' ||
      (isClosedByStop(deadline, policy) && isAfter(at, deadline.start) && !isAfter(at, deadline.hardStop ?? at)),
  );

/**
 * Keeps every deadline that `milestone` keeps. `at` is when the milestone took place, not when it was
 * recorded. `about` is the service of a milestone that does not name it. Where several rounds run at once, `round` is
 * the start of the one that it is about.
 *
 * An act at the due instant itself is in time: `late` is true only after it. That holds also where `raiseDue` marked the
 * deadline as missed at that instant, before the act was recorded. The audit then shows both: missed, and kept in time.
 */
export function markKept(
  decision: Decision,
  milestone: Milestone,
  at: string,
  about = subjectOf(milestone),
  round?: string,
): void {
  for (const deadline of keepable(decision.state(), at, decision.context.policy)) {
    const { id, rule, start, startedBy, due, subject, hardStop: stop } = deadline;
    if (startedBy === 'child-returned' && !isOfTheLastReturn(decision.state(), deadline)) continue;
    const { keptBy, clockStart, hardStop } = ruleIn(decision.context.policy, rule);
    // An act after the hard stop keeps nothing, so staff explain the miss.
    if (hardStop && stop !== undefined && isAfter(at, stop)) continue;
    const ofTheRound = ['first-return', 'danger-said', 'child-returned'];
    const isRound = rounds.includes(clockStart) || ofTheRound.includes(startedBy ?? '');
    const ofEarlierRound = isRound && isAfter(start, at);
    const ofAnother = subject !== undefined && about !== undefined && about !== subject;
    const ofAnotherRound = round !== undefined && rounds.includes(clockStart) && start !== round;
    if (keptBy.includes(milestone) && !ofEarlierRound && !ofAnother && !ofAnotherRound) {
      decision.add('deadline-kept', { deadlineId: id, at, late: isAfter(at, due) });
    }
  }
}

/** Tells the responsible people that an open deadline is due earlier, or has another hard stop. */
export function tellOfDue(decision: Decision, { id, rule }: Deadline): void {
  const to = waitsOn(ruleIn(decision.context.policy, rule), decision.state());
  requestAlert(decision, { kind: 'deadline-opened', to, deadlineId: id });
}

type Because = EventOf<'deadline-tightened'>['because'];

/**
 * An open deadline began earlier than was recorded. It starts there, and is due no later than its rule gives from
 * there. `quiet`: its people are not told.
 */
export function beganEarlier(decision: Decision, open: Deadline, start: string, quiet = false): void {
  const { outcome } = decision.state().screening.list.find(({ number }) => number === open.screening) ?? {};
  const opening = { start, ...whereKnown({ outcome, subject: open.subject }) };
  const due = earlier(open.due, timeFrom(decision, open.rule, opening).due);
  decision.add('deadline-tightened', { deadlineId: open.id, due, because: 'began-earlier', start });
  if (!quiet) tellOfDue(decision, open);
}

/** Brings the deadline forward to `due`. Returns whether it was due later, and so was moved. */
export function bringForward(decision: Decision, open: Deadline, due: string, because: Because): boolean {
  const isLater = isAfter(open.due, due);
  if (isLater) decision.add('deadline-tightened', { deadlineId: open.id, due, because });
  return isLater;
}

/** Gives an open deadline a hard stop that was unknown or later before. The responsible people are told. */
export function stopBy(decision: Decision, open: Deadline, stop: string): void {
  if (open.hardStop !== undefined && !isAfter(open.hardStop, stop)) return;
  const { policy, now } = decision.context;
  const ahead = dueBeforeEnds(open.due, ruleIn(policy, open.rule), { hardStop: stop, from: now });
  const due = earlier(ahead, stop);
  decision.add('deadline-tightened', { deadlineId: open.id, due, because: 'assault-known', hardStop: stop });
  tellOfDue(decision, open);
}

/**
 * Brings forward every open deadline whose rule is shorter in danger, where danger is no longer ruled out. The new time
 * is what the rule gives from `knownAt`, never later than before. The responsible people are told.
 */
export function tightenForDanger(decision: Decision, knownAt: string): void {
  const { policy } = decision.context;
  for (const open of openDeadlines(decision.state())) {
    const { durationInDanger } = ruleIn(policy, open.rule);
    if (!durationInDanger) continue;
    const { due } = dueAt(knownAt, durationInDanger, policy.calendar);
    if (bringForward(decision, open, due, 'danger-said')) tellOfDue(decision, open);
  }
}

/**
 * Moves an open deadline of this rule earlier, where the rule is shorter for the outcome of `screening`. A deadline
 * that a person moved since the screening stays there.
 */
export function tighten(decision: Decision, ruleId: string, { at, outcome }: Screening): void {
  const state = decision.state();
  const open = openDeadlineOf(state, ruleId);
  if (!open || state.screening.list.some((known) => known.number === open.screening && known.outcome === outcome))
    return;
  if (open.moved && !isAfter(at, open.moved.at)) return;
  bringForward(decision, open, timeFrom(decision, ruleId, { start: at, outcome }).due, 'screened-higher');
}

/** Ends the deadlines that do not outlive the referral: called when everything that closing waits for is done. */
export function endAtClosing(decision: Decision): void {
  for (const deadline of openDeadlines(decision.state())) {
    if (ruleIn(decision.context.policy, deadline.rule).closing !== 'ends') continue;
    decision.add('deadline-ended', { deadlineId: deadline.id, because: 'closed' });
  }
}

/** Reviews of how staff used their access stay owed, whatever becomes of the referral. */
const isAboutStaff = ({ keptBy }: DeadlineRule): boolean => keptBy.includes('emergency-access-reviewed');

/** Ends the open policy deadlines that `ends` picks. A statutory one stays until it is kept, missed, not applicable, or moved. */
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

/** From the least severe on. Calls have alerts of their own. */
const bySeverity: readonly Checkpoint['kind'][] = ['remind', 'warn', 'due', 'escalate'];

const inOrder = (one: Checkpoint, other: Checkpoint): number =>
  Date.parse(one.at) - Date.parse(other.at) || bySeverity.indexOf(one.kind) - bySeverity.indexOf(other.kind);

/**
 * The checkpoints of a deadline before any repetition, in order of time. They are: reminder, warning (or the warnings
 * of its row), due, escalation. Of several at one instant only the most severe is left. The due one always stays,
 * because it marks the deadline as missed.
 */
export function checkpoints(deadline: Deadline, policy: Policy): readonly Checkpoint[] {
  const { due } = deadline;
  // A report received in a fraction of the day's last second is due before it began, in whole seconds.
  const start = earlier(deadline.start, due);
  const { escalateFrom, warnAfter, answerAt, remindBefore = [] } = ruleIn(policy, deadline.rule);
  const escalateAt =
    escalateFrom === undefined || escalateFrom === 'due'
      ? partOf(start, due, policy.overdueAt)
      : dueAt(due, escalateFrom, policy.calendar).due;
  const before: readonly Checkpoint[] = warnAfter
    ? warnAfter.map((after) => ({ kind: 'warn', at: earlier(dueAt(start, after, policy.calendar).due, due) }))
    : [
        { kind: 'remind', at: partOf(start, due, answerAt ?? policy.remindAt) },
        { kind: 'warn', at: partOf(start, due, policy.warnAt) },
      ];
  const ahead = remindBefore.map(
    (days): Checkpoint => ({ kind: 'remind', at: atHour(addDays(newYorkDate(start), -days), 0) }),
  );
  const warnings = [...warningsOfStop(deadline, policy), ...warningsOfCourt(deadline, policy)].map(
    (at): Checkpoint => ({ kind: 'warn', at }),
  );
  const { hardStop: stop } = deadline;
  const all = [
    ...ahead,
    ...before,
    { kind: 'due' as const, at: due },
    // A hard stop may put the due instant before the start. Then nothing is left to wait for.
    { kind: 'escalate' as const, at: later(due, escalateAt) },
    ...warnings,
    ...(stop !== undefined && isAfter(stop, due) ? [{ kind: 'escalate' as const, at: stop }] : []),
  ].toSorted(inOrder);
  return all.filter(({ kind, at }, index) => {
    const next = all[index + 1];
    return kind === 'due' || next === undefined || isAfter(next.at, at);
  });
}

const nextOf = new WeakMap<Deadline, Surroundings & { readonly policy: Policy; readonly next: Checkpoint }>();

/**
 * The first checkpoint that was not raised yet, or the next call of an alarm. There is always one: an overdue deadline
 * repeats its escalation.
 */
export function nextCheckpoint(
  deadline: Deadline,
  { stage, missing, response }: Surroundings,
  policy: Policy,
): Checkpoint {
  // The answer never changes for the same deadline, and every commit asks it of every unchanged deadline. All that it
  // depends on is compared whole. A part that is left out would leave an old answer, and a run that asks forever.
  const known = nextOf.get(deadline);
  if (known?.policy === policy && known.stage === stage && known.missing === missing && known.response === response)
    return known.next;
  const planned = nextPlanned(deadline, policy);
  const at = nextRing(deadline, { stage, missing, response }, policy);
  // Of two at one instant the call comes last, and so the call is told.
  const next: Checkpoint = at !== undefined && isAfter(planned.at, at) ? { kind: 'ring', at } : planned;
  nextOf.set(deadline, { policy, stage, missing, response, next });
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

/** The recipients of a checkpoint of this kind. An escalation never removes the owner. */
function recipientsAt(rule: DeadlineRule, kind: Checkpoint['kind'], state: Referral): readonly Recipient[] {
  const escalates = kind === 'escalate' || (kind === 'due' && rule.escalateFrom === 'due');
  const asked = waitsOn(rule, state);
  return escalates ? [...new Set([...asked, ...rule.escalate])] : asked;
}

/**
 * The recipients of a checkpoint now. Groups at the policy's cap are passed over. The next groups below the cap are
 * told with those left. Where all are at the cap, the last one is told all the same. A duty of class `now` has no cap,
 * and calls do not count.
 */
function toldAt(state: Referral, deadline: Deadline, kind: Checkpoint['kind'], policy: Policy): readonly Recipient[] {
  const rule = ruleIn(policy, deadline.rule);
  const asked = recipientsAt(rule, kind, state);
  if (alarmClassOf(deadline, state, policy) === 'now') return asked;
  const about = provedAlerts(state).filter((alert) => isAbout(alert, deadline.id) && alert.checkpoint !== 'ring');
  const mayHear = (word: Recipient) => about.filter(({ to }) => to.includes(word)).length < policy.mostAlerts;
  const left = asked.filter(mayHear);
  if (left.length === asked.length) return asked;
  const next = [rule.escalate, ...policy.afterEscalation.map((role) => [role])]
    .map((those) => those.filter(mayHear))
    .find((those) => those.length > 0);
  const told = [...new Set([...left, ...(next ?? [])])];
  return told.length > 0 ? told : policy.afterEscalation.slice(-1);
}

/** A raised deadline whose people are to be told: its most severe checkpoint, and who they are. */
export interface Raised {
  readonly deadlineId: string;
  readonly checkpoint: Checkpoint['kind'];
  readonly to: readonly Recipient[];
  readonly people: readonly string[];
}

/** Whether the reminder asks for an answer that the provider has given. */
const isAnswered = ({ rule, subject }: Deadline, { services: { linkages } }: Referral, policy: Policy): boolean =>
  ruleIn(policy, rule).answerAt !== undefined && linkages[subject as Service]?.status !== 'offered';

/**
 * Raises every checkpoint that has passed by now. Gives who is to be told, once, of the most severe. A deadline that is entered late
 * raises all past checkpoints at once, and rings once for all past calls. The people are called by `callOut`. While it
 * rings, the calls reach all its recipients. At the hard stop of its rule it is closed as missed.
 *
 * A deadline that is still open at its due instant is marked as missed at that very instant. See `markKept` for an act
 * of the same instant that is recorded afterwards.
 */
export function raiseDue(decision: Decision, deadlineId: string): Raised | undefined {
  const { policy, now } = decision.context;
  const raised: Checkpoint['kind'][] = [];
  const rangBefore = decision.state().deadlines[deadlineId]?.ring?.rangAt;
  let isTold = true;
  let warnsOfStop = false;
  for (;;) {
    const deadline = decision.state().deadlines[deadlineId];
    if (deadline?.status !== 'open') return undefined;
    const { kind, at } = nextCheckpoint(deadline, decision.state(), policy);
    if (isAfter(at, now)) break;
    // After the planned checkpoints, one repetition makes up for all that fell into a pause. A call counts from when it
    // is made.
    const repeats = kind === 'ring' || deadline.raised.some((each) => each.kind === 'escalate');
    const anew = kind === 'ring' && beginsRound(deadline, now, policy);
    decision.add('checkpoint-raised', {
      deadlineId,
      kind,
      at: repeats ? now : at,
      ...(anew && { anew }),
      ...(kind === 'ring' && { step: stepOfCall(deadline, now, policy) }),
    });
    if (kind === 'due') decision.add('deadline-missed', { deadlineId });
    raised.push(kind);
    // The last call was together with another duty, at this time or later.
    isTold &&= kind !== 'escalate' && rangBefore !== undefined && !isAfter(at, rangBefore);
    // The checkpoint at the instant of such a warning may be a more severe one.
    warnsOfStop ||=
      kind !== 'ring' && warningsOfStop(deadline, policy).some((each) => Date.parse(each) === Date.parse(at));
  }
  const deadline = decision.state().deadlines[deadlineId];
  // Where a call fell due as its duty stopped ringing, no one is called. Its people get mail of the miss.
  const latest = raised.findLast((kind) => kind !== 'ring') ?? (raised.length > 0 ? 'due' : undefined);
  if (!deadline || !latest) return undefined;
  // After the hard stop the act is of no use, and people are not asked for it.
  if (ruleIn(policy, deadline.rule).hardStop && hasStopped(deadline, now)) {
    decision.add('deadline-closed-missed', { deadlineId });
    return undefined;
  }
  const { warns = [] } = warnsOfStop ? (ruleIn(policy, deadline.rule).hardStop ?? {}) : {};
  // All are told of a loss that cannot be made up for, by the call itself where there is one.
  const isCalling = isRinging(deadline) && alarmClassOf(deadline, decision.state(), policy) === 'now';
  if ((isCalling || isTold) && (warns.length === 0 || raised.includes('ring'))) return undefined;
  if (latest === 'remind' && isAnswered(deadline, decision.state(), policy)) return undefined;
  return {
    deadlineId,
    checkpoint: latest,
    // These people are told, however many mails they got before.
    to: [...new Set([...toldAt(decision.state(), deadline, latest, policy), ...warns])],
    people: askedByName(decision.state(), deadline),
  };
}

/** Asks for one alert about all these raised deadlines of a run. It is as severe as the most severe of them. */
export function tellOfRaised(decision: Decision, raised: readonly Raised[]): void {
  const [first, ...others] = raised.toSorted(
    (one, other) => bySeverity.indexOf(other.checkpoint) - bySeverity.indexOf(one.checkpoint),
  );
  if (!first) return;
  const all = <Each>(of: (each: Raised) => readonly Each[]) => [...new Set([...of(first), ...others.flatMap(of)])];
  requestAlert(decision, {
    kind: 'checkpoint',
    to: all(({ to }) => to),
    people: all(({ people }) => people),
    deadlineId: first.deadlineId,
    alsoAbout: others.map(({ deadlineId }) => deadlineId),
    checkpoint: first.checkpoint,
  });
}

/**
 * Who may give this deadline more time, and up to which instant, never past its hard stop. Undefined for a deadline of
 * law.
 */
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

/**
 * One sentence that says why the deadline is due when it is. It names start, duration, skipped days, rule, zone and the
 * rule's meaning.
 */
export function whyDue(deadline: Deadline, policy: Policy): string {
  const rule = ruleOf(policy, deadline);
  if (deadline.moved && deadline.moved.because !== 'policy') {
    const began = timeGiven({ ...deadline, startedBy: rule.clockStart });
    const { at, because: why } = deadline.moved;
    const because = why ? ` because ${moves[why]}` : '';
    return `due ${formatInstant(deadline.due)}: moved there on ${formatInstant(at)}${because}, having begun as ${began}; ${underRule(rule, deadline)}${stopWords(deadline, rule, policy)}`;
  }
  const late = enteredLater(deadline, rule);
  const entered = late === undefined ? '' : `; entered ${formatInstant(late)}`;
  return `${explainUnder(rule, deadline, policy.calendar)}${stopWords(deadline, rule, policy)}${entered}`;
}

/** Starts that no person enters as an instant of their own, or that lie before the clock by its nature. */
const neverLate: readonly ClockStart[] = [
  'receipt of the report',
  'the notice to the team',
  'the first start of a service',
  'the last business day before the month that holds the 90th day before the eighteenth birthday',
  'the first of the month after the one that holds the 90th day before the eighteenth birthday',
];
const promptly: Duration = { unit: 'minutes', amount: 5 };

/** When the clock was entered, where a person entered its start later than it was known. Both times stay visible. */
function enteredLater({ start, startedBy, openedAt }: Deadline, { clockStart }: DeadlineRule): string | undefined {
  const isByPerson = startedBy === 'facts-learned' || startedBy === 'danger-said' || startedBy === 'child-returned';
  if (startedBy === undefined ? neverLate.includes(clockStart) : !isByPerson) return undefined;
  return isAfter(openedAt, elapsedFrom(start, promptly)) ? openedAt : undefined;
}

/**
 * The same as `whyDue` in lines for a page, without the rule and what it rests on. The page has those beside it, as small
 * print.
 */
export function whyLines(deadline: Deadline, policy: Policy): readonly string[] {
  const rule = ruleOf(policy, deadline);
  const { moved, startedBy } = deadline;
  const isMoved = moved !== undefined && moved.because !== 'policy';
  const given = timeLines({ ...deadline, startedBy: isMoved ? rule.clockStart : startWords(rule, startedBy) });
  const why = isMoved && moved.because ? ` because ${moves[moved.because]}` : '';
  const late = isMoved ? undefined : enteredLater(deadline, rule);
  return [
    ...(isMoved ? [`Moved on ${formatInstant(moved.at)}${why}`] : []),
    ...given,
    ...(late === undefined ? [] : [`Entered ${formatInstant(late)}`]),
    ...stopLines(deadline, rule, policy),
  ].map((line) => line.charAt(0).toUpperCase() + line.slice(1));
}

const moves = {
  'danger-said': 'danger is no longer ruled out',
  'assault-known': 'the time of the last assault became known',
  'screened-higher': 'a screening found an outcome that gives less time',
  'began-earlier': 'it had begun earlier than was recorded',
  'holds-up': 'another duty waits for the answer, so it is due half-way to that one',
  extended: 'more time was given',
} as const;

/** The last hour at which a court sits before the due instant, with where its hours come from. */
function courtLines(deadline: Deadline, { courtHours }: DeadlineRule, policy: Policy): readonly string[] {
  const end = lastCourtHour(deadline, policy);
  if (!courtHours || end === undefined) return [];
  const { confidence, awaitsLegalSignOff } = courtHours;
  return [
    `before that, a court sits last until ${formatInstant(end)} (${confidenceWords[confidence]}${awaitsLegalSignOff ? ', awaits sign-off' : ''})`,
  ];
}

/** The hard stop with its reason, and the parts of the act that end earlier. Without one, the last hour of a court. */
function stopLines(deadline: Deadline, rule: DeadlineRule, policy: Policy): readonly string[] {
  const { due, hardStop: stop } = deadline;
  const hardStop = stopRuleOf(deadline, policy);
  if (!hardStop || stop === undefined) return courtLines(deadline, rule, policy);
  const { after, from, because } = hardStop;
  const when = isAfter(stop, due) ? `never later than ${formatInstant(stop)}, ` : '';
  const ahead = earlierStopsOf(deadline, rule).filter(({ at }) => isAfter(at, deadline.start));
  const sooner = ahead.map(
    (each) =>
      `${each.what} until ${formatInstant(each.at)}, ${durationWords(each.after)} after ${from} (${confidenceWords[each.confidence]}${each.awaitsLegalSignOff ? ', awaits sign-off' : ''})`,
  );
  return [`${when}${durationWords(after)} after ${from}: ${because}`, ...sooner];
}

/** The same within the sentence of `whyDue`. */
const stopWords = (deadline: Deadline, rule: DeadlineRule, policy: Policy): string =>
  stopLines(deadline, rule, policy)
    .map((line) => `; ${line}`)
    .join('');
