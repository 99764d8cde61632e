/**
 * Plays a history of invented referrals through the real domain, in memory: for evaluators, training and tests. The same seed plays
 * the same history. People act in good time, late or not at all, and both workflows take their steps. Nothing is sent.
 */
import { owesExplanation } from '../../domain/closure/closure.ts';
import { type CommandName, commandNamed, decide } from '../../domain/commands.ts';
import type { Lookups } from '../../domain/core/command-lookups.ts';
import type { Actor } from '../../domain/core/commit-head.ts';
import { beginDecision, type Decision } from '../../domain/core/decision.ts';
import { checkCharacter } from '../../domain/core/ids.ts';
import { isRefusal } from '../../domain/core/refusal.ts';
import type { Discipline, Role } from '../../domain/core/vocabulary.ts';
import { openRuns } from '../../domain/deadlines/deadline-runs.ts';
import type { Deadline } from '../../domain/deadlines/deadline-state.ts';
import { isStatutory } from '../../domain/deadlines/deadlines.ts';
import { openDeadlines } from '../../domain/deadlines/open-deadlines.ts';
import { type Event, event } from '../../domain/events.ts';
import { type FoldedCommit, fold } from '../../domain/fold.ts';
import { openingEvents } from '../../domain/intake/opening.ts';
import { absenceNow } from '../../domain/missing/absences.ts';
import type { Act } from '../../domain/next-steps/acts.ts';
import { actsFor } from '../../domain/next-steps/milestone-table.ts';
import { answerTo, nextOfRun } from '../../domain/pathway/runs.ts';
import * as steps from '../../domain/pathway/steps.ts';
import { newYorkDate } from '../../domain/policy/due.ts';
import { type Policy, ruleOf } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { liaisonAsked } from '../../domain/response/liaison.ts';
import { adoptClocks, returnClocks } from '../../domain/same-child/adopted-clocks.ts';
import { mergeBlockers } from '../../domain/same-child/merge-blockers.ts';
import { routingOf } from '../../policy/places/routing.ts';
import type { Recorded } from '../whole-report.ts';
import { type Dice, dice } from './dice.ts';
import { type Course, completedFacts, courseOf, inputOf, reportedChild } from './invented-child.ts';

const hour = 3_600_000;
const day = 24 * hour;
const instant = (epoch: number): string => new Date(epoch).toISOString();

/** A minute earlier. */
const before = (at: string): string => instant(Date.parse(at) - 60_000);

/** How people keep a duty: in good time, late, or not before long after it was due. */
const manners = { 'on-time': 84, late: 12, never: 4 } as const;

/** The disciplines that have a person on every invented team. */
const members = (policy: Policy) =>
  policy.requiredDisciplines.map((discipline: Discipline) => ({
    discipline,
    personId: `P-PLAYED-${discipline.toUpperCase()}`,
    deputyId: `P-PLAYED-DEPUTY-${discipline.toUpperCase()}`,
  }));

/** The people who keep a sealed referral: the Careline supervisors of the samples. */
const sealedFor = ['P-CARELINE-SUPERVISOR-1', 'P-CARELINE-SUPERVISOR-2'];

/** What the directory and the other referrals say, where everything that an act names is there. */
const lookupsOf = (state: Referral, earlier: Referral | undefined): Partial<Lookups> => ({
  provider: { contactId: 'P-PLAYED-PROVIDER' },
  listing: { fitting: [] },
  agency: { isKnown: true },
  callee: { isKnown: true, isListed: true, roles: [] },
  liaison: { isKnown: true },
  counsel: { isKnown: true },
  member: { isKnown: true, isOfDiscipline: true },
  otherReferral: { other: earlier },
  merged: {},
  mergeTarget: { heldThere: false, isReadThere: true },
  writtenAs: [],
  reporter: { hasReporter: true },
  supervisor: { hasAccess: true, supervisorId: undefined, duties: [] },
  supervision: { reviews: [] },
  plan: { day: undefined },
  named: state.access.seal ? [] : sealedFor.map((id) => ({ id, roles: ['careline-supervisor'] })),
});

interface Beginning {
  readonly id: string;
  readonly reportId: string;
  readonly receivedAt: string;
  /** An earlier referral of the same child, which people find and answer for. */
  readonly earlier?: Referral | undefined;
  /** It is a second report on the child of this open referral, and is merged into it. */
  readonly mergesInto?: (Merge & { readonly other: Referral }) | undefined;
  /** The second report, which is merged into this referral. `seen`: as it stands when people merge it. */
  readonly merged?: (Merge & { readonly seen: (into: Referral) => Referral }) | undefined;
  /** The child, where another referral is about the same one. */
  readonly child?: Dice | undefined;
}

/** UTC instants: when the second report is merged, and when a person undoes it, if anyone does. */
interface Merge {
  readonly at: string;
  readonly undoneAt?: string;
}

/** One referral, from its report to `until` or to its end. */
function playReferral(
  { id, reportId, receivedAt, earlier, mergesInto, merged, child: ofChild }: Beginning,
  until: string,
  policy: Policy,
  thrown: Dice,
) {
  const course: Course = courseOf(ofChild ?? thrown, receivedAt);
  const { report, child, town } = reportedChild(ofChild ?? thrown, course);
  const other = earlier ?? mergesInto?.other;
  const places = { residenceTown: town, occurrenceTown: town, presentTown: town };
  const routing = routingOf(places, newYorkDate(receivedAt));
  const commits: (FoldedCommit & { readonly policy: string })[] = [];
  // Some reports are taken on paper, and entered a day or two later.
  const delay = thrown.chance(0.05) ? thrown.between(6, 60) * hour : 0;
  const recordedAt = instant(Math.min(Date.parse(receivedAt) + delay, Date.parse(until)));
  let now = recordedAt;
  let texts = 1;
  const text = (): string => {
    texts += 1;
    return `${id}.T${texts}`;
  };

  function append(actor: Actor, events: readonly Event[], before?: Referral): Referral {
    const commit = { seq: commits.length + 1, at: now, actor, events, policy: policy.version };
    const after = fold(id, [commit], before);
    if (!after) throw new Error('A commit left no referral.');
    commits.push(commit);
    return after;
  }

  const opened = event('referral-opened', {
    reportId,
    siblings: [],
    receivedAt,
    recordedAt,
    report,
    child,
    ...(routing && { routing }),
    texts: { narrative: `${id}.T1` },
  });
  const worker = { kind: 'person', id: 'P-PLAYED-CARELINE-WORKER' } as const;
  const candidates = other === undefined ? {} : { candidates: { candidates: [other.id] } };
  let state = append(
    worker,
    openingEvents({ referralId: id, opened, ...candidates }, { now, policy, actor: worker }, (fault) => {
      throw fault;
    }),
  );

  /** Takes a step of a workflow, or raises a checkpoint. */
  function take(name: string, step: (decision: Decision) => void): void {
    const actor = { kind: 'function', id: name } as const;
    const decision = beginDecision(state, { now, policy, actor });
    step(decision);
    if (decision.events().length > 0) state = append(actor, decision.events(), state);
  }

  /** What the screening opens, by its outcome: the choice of `referral.asl.json`. */
  function openPathway(): void {
    take('propose-eligibility', (decision) => steps.propose(decision, course.born));
    const { outcome } = steps.proposalOutcome(state, course.born, now);
    if (outcome === 'at-risk') take('take-step', steps.openPreventionServices);
    if (outcome === 'insufficient-info') take('take-step', steps.openRescreening);
    if (outcome === 'not-indicated') take('take-step', steps.openSignOff);
    if (outcome !== 'confirmed' && outcome !== 'high-risk') return;
    take('draw-roster', (decision) => steps.drawRoster(decision, state.places.routing?.team, members(policy)));
    take('take-step', steps.inviteMdt);
    take('take-step', steps.openServices);
  }

  /** Lets the referral's run go on as far as it can. */
  function settle(): void {
    for (let round = 0; round < 5; round += 1) {
      const { generation } = state;
      const wait = { run: 'referral', waitsFor: 'resolution', generation, startedAt: now } as const;
      const { outcome } = answerTo(state, wait, policy) ?? {};
      if (outcome === 'screened') openPathway();
      else if (outcome === 'recommended') take('take-step', steps.openServices);
      else if (outcome === 'resolved') take('take-step', steps.openClosure);
      else return;
    }
  }

  const roleFor = (
    name: CommandName,
    input: Readonly<Record<string, unknown>>,
  ): { id: string; roles: readonly Role[] } => {
    const { roles } = commandNamed(name);
    const isSeat = name === 'answer-seat' || name === 'sign-confidentiality';
    if (isSeat) return { id: `P-PLAYED-${String(input.discipline ?? 'dcf').toUpperCase()}`, roles: ['mdt-member'] };
    if (roles.includes('provider')) return { id: 'P-PLAYED-PROVIDER', roles: ['provider', 'caseworker'] };
    const role = roles[0] ?? 'caseworker';
    return { id: `P-PLAYED-${role.toUpperCase()}`, roles: [role] };
  };

  /** Does an act as a person would. False where the domain refuses it, or a value is lacking. */
  function perform(wanted: Act, as?: { readonly id: string; readonly roles: readonly Role[] }): boolean {
    const scene = { state, course, dice: thrown, required: policy.requiredDisciplines };
    const isKnownChild = wanted.command === 'answer-duplicate' && earlier !== undefined;
    // The other referral must be reserved first, so the answer waits for that.
    if (wanted.command === 'answer-duplicate' && mergesInto && Date.parse(now) < Date.parse(mergesInto.at))
      return false;
    const act: Act = isKnownChild ? { ...wanted, input: { answer: 'earlier-closed', of: earlier.id } } : wanted;
    const input = inputOf(act, commandNamed(act.command).input, scene, text);
    if (!input) return false;
    if (input.birthDate !== undefined) input.birthDate = String(course.years);
    const person = as ?? roleFor(act.command, input);
    const decided = decide(state, act.command, input, {
      now,
      policy,
      person,
      lookups: lookupsOf(state, other),
      seen: state,
    });
    if (isRefusal(decided)) return false;
    if (decided.length > 0) state = append({ kind: 'person', id: person.id }, decided, state);
    settle();
    return true;
  }
  const act = (command: CommandName, input: object = {}): boolean => perform({ command, input } as unknown as Act);
  const second = (role: Role) => ({ id: `P-PLAYED-SECOND-${role.toUpperCase()}`, roles: [role] });

  /** A gap in supply: a provider is full, or none is listed. The need stays, and another provider is asked days later. */
  function meetGap(subject: string | undefined): boolean {
    const needed = Object.values(state.services.linkages).find(
      ({ service, status }) => service === subject && status === 'needed',
    );
    if (!needed || !thrown.chance(0.12)) return false;
    const reasonCode = thrown.pick(['waiting-list', 'no-capacity', 'no-provider'] as const);
    const waitDays = reasonCode === 'waiting-list' ? { waitDays: Math.round(thrown.between(10, 90)) } : {};
    return act('decline-linkage', { service: needed.service, reasonCode, ...waitDays });
  }

  /** Keeps a duty by the acts of the table of next steps. True where it is settled. */
  function keep({ id: deadlineId }: Deadline): boolean {
    for (let tries = 0; tries < 6; tries += 1) {
      const deadline = state.deadlines[deadlineId];
      if (deadline?.status !== 'open') return true;
      const acts = actsFor(ruleOf(policy, deadline).keptBy, { state, policy, now, subject: deadline.subject });
      const offers = acts.filter(({ command }) => command !== 'decline-linkage');
      const wantsNone = thrown.chance(0.12) && offers.length < acts.length;
      const declines = acts.filter(({ command }) => command === 'decline-linkage');
      const chosen = wantsNone ? declines : [...offers, ...declines];
      if (!chosen.some((each) => perform(each))) return false;
      const liaison = liaisonAsked(state);
      if (liaison !== undefined)
        perform({ command: 'accept-assignment' } as Act, { id: liaison, roles: ['hart-liaison'] });
      if (state.proposals.downgrade)
        perform({ command: 'agree-downgrade', input: {} } as unknown as Act, second('hart-director'));
    }
    return state.deadlines[deadlineId]?.status !== 'open';
  }

  /** Says why a miss happened, where closing waits for that. */
  function explainMisses(): void {
    for (const { id: deadlineId } of Object.values(state.deadlines)) {
      const missed = state.deadlines[deadlineId];
      if (!missed || missed.explanation || !owesExplanation(missed, policy)) continue;
      act('explain-miss', { deadlineId });
      if (isStatutory(missed, policy)) {
        perform({ command: 'countersign-miss', input: { deadlineId } } as unknown as Act, second('area-director'));
      }
    }
  }

  /** What else happens to an invented child, each once and at its own time. */
  const happenings: { readonly at: number; readonly happens: () => void }[] = [];
  const later = (days: number, happens: () => void) =>
    happenings.push({ at: Date.parse(receivedAt) + days * day, happens });
  if (thrown.chance(0.03)) {
    later(0.5, () => {
      act('propose-withdrawal', { because: 'made-in-error' });
      perform({ command: 'agree-withdrawal', input: {} } as unknown as Act, second('careline-manager'));
    });
  }
  if (earlier !== undefined && thrown.chance(0.15)) {
    later(1.5, () => {
      act('propose-withdrawal', { because: 'duplicate', of: earlier.id });
      perform({ command: 'agree-withdrawal', input: {} } as unknown as Act, second('careline-manager'));
    });
  }
  if (thrown.chance(0.05)) {
    later(
      thrown.between(1, 20),
      () => void act('seal-referral', { because: 'colleague-involved', forPeople: sealedFor }),
    );
  }
  const at = (when: string, happens: () => void) => happenings.push({ at: Date.parse(when), happens });
  if (mergesInto) {
    const { at: mergedAt, undoneAt } = mergesInto;
    at(mergedAt, () => void act('answer-duplicate', { answer: 'same-child-open', of: mergesInto.other.id }));
    if (undoneAt !== undefined) at(undoneAt, () => void act('undo-merge'));
  }
  if (merged) {
    const { seen, at: mergedAt, undoneAt } = merged;
    let reserved: Referral | undefined;
    at(before(mergedAt), () => {
      const from = seen(state);
      const isOpen = state.stage === 'open' && from.stage === 'open' && !state.access.seal && !from.access.seal;
      if (!isOpen || mergeBlockers(from, { other: state }, now)) return;
      reserved = from;
      take('door', (decision) => adoptClocks(decision, from));
    });
    if (undoneAt !== undefined)
      at(undoneAt, () => {
        const from = reserved;
        if (from) take('door', (decision) => returnClocks(decision, from));
      });
  }
  // A review closes what nothing is due for any more.
  for (const days of [45, 120, 240, 400]) {
    later(days + thrown.between(0, 20), () => {
      if (state.stage !== 'open') return;
      explainMisses();
      act('close-referral');
    });
  }
  if (thrown.chance(0.8)) later(thrown.between(2, 30), () => void act('record-facts', completedFacts(thrown)));
  if (absenceNow(state)) later(thrown.between(1, 20), () => void act('record-return'));
  if (thrown.chance(0.15)) {
    const days = thrown.between(20, 150);
    later(days, () => void act('report-missing'));
    later(days + thrown.between(1, 12), () => void act('record-return'));
  }
  if (thrown.chance(0.25)) {
    const moveReason = thrown.pick(['planned-move', 'safety-of-placement', 'placement-ended'] as const);
    const placement = thrown.pick(['foster-home', 'congregate-care', 'relative'] as const);
    later(thrown.between(5, 300), () => void act('record-placement-move', { placement, moveReason }));
  }
  if (course.outcome === 'confirmed' && thrown.chance(0.4)) {
    later(thrown.between(10, 90), () => void act('record-prosecution', { prosecution: 'arrested' }));
    later(thrown.between(91, 200), () => void act('record-prosecution', { prosecution: 'charged' }));
  }
  /** When people take up each open duty. */
  const plans = new Map<string, number>();
  function planned({ id: deadlineId, start, due }: Deadline): number {
    const known = plans.get(deadlineId);
    if (known !== undefined) return known;
    const [from, to] = [Date.parse(start), Date.parse(due)];
    const manner = thrown.weighted(manners);
    const length = Math.max(to - from, hour);
    const share =
      manner === 'on-time'
        ? thrown.between(0.1, 0.9)
        : manner === 'late'
          ? thrown.between(1.05, 1.6)
          : thrown.between(3, 5);
    const at = Math.max(from + share * length, Date.parse(now) + 60_000);
    plans.set(deadlineId, at);
    return at;
  }

  take('ask-same-child', (decision) => steps.askSameChild(decision, earlier === undefined ? [] : [earlier.id]));
  settle();
  const end = Date.parse(until);
  // Each round is one act, one checkpoint or one happening. No life needs so many.
  for (let round = 0; round < 1500; round += 1) {
    const duties = openDeadlines(state).map((deadline) => ({ at: planned(deadline), happens: () => workOn(deadline) }));
    const checkpoints = openRuns(state).flatMap(({ id: runId }) => {
      const next = nextOfRun(state, runId, policy);
      return next === undefined
        ? []
        : [
            {
              at: Date.parse(next.at),
              happens: () => take('raise-checkpoint', (decision) => steps.raiseCheckpoint(decision, runId)),
            },
          ];
    });
    const [next] = [...duties, ...checkpoints, ...happenings].toSorted((one, other) => one.at - other.at);
    if (!next || next.at > end) break;
    now = instant(Math.max(next.at, Date.parse(now)));
    const index = happenings.indexOf(next);
    if (index >= 0) happenings.splice(index, 1);
    next.happens();
    settle();
  }

  /** Works on a duty. What cannot be done yet is tried again some days later. */
  function workOn(deadline: Deadline): void {
    if (ruleOf(policy, deadline).keptBy.includes('closed')) explainMisses();
    if (!meetGap(deadline.subject) && keep(deadline)) return;
    explainMisses();
    plans.set(deadline.id, Date.parse(now) + thrown.between(1, 4) * day);
  }

  return { recorded: { id, commits } satisfies Recorded, state };
}

export interface AskedToPlay {
  readonly seed: string;
  readonly referrals: number;
  /** The UTC instants between which reports come, and up to which their lives are played. */
  readonly from: string;
  readonly until: string;
}

/** A reference with its check character, by its number. No real one is likely to begin so. */
function referenceOf(kind: 'CR' | 'RP', number: number): string {
  const [first, second] = ['P1AYD', String(number).padStart(5, '0')];
  return `${kind}-${first}-${second}${checkCharacter(`${first}${second}`)}`;
}

/** A referral as it was at an instant. */
const stateAt = ({ id, commits }: Recorded, at: string): Referral | undefined =>
  fold(
    id,
    (commits as readonly FoldedCommit[]).filter((commit) => Date.parse(commit.at) <= Date.parse(at)),
  );

/** Reports so far apart are not taken for one. */
const daysOfSecondReport = 30;

/**
 * The second report on the child of the referral before it, by its number. It is taken for the same child within a day. Of three such
 * merges about one is undone.
 */
function mergesOf(seed: string, times: readonly string[]): ReadonlyMap<number, Merge> {
  const found = new Map<number, Merge>();
  for (const [index, receivedAt] of times.entries()) {
    const thrown = dice(`${seed} second report ${index}`);
    const apart = Date.parse(receivedAt) - Date.parse(times[index - 1] ?? '');
    if (found.has(index - 1) || !(apart < daysOfSecondReport * day) || !thrown.chance(0.07)) continue;
    const at = instant(Date.parse(receivedAt) + thrown.between(12, 24) * hour);
    const isUndone = thrown.chance(1 / 3);
    const undoneAt = instant(Date.parse(at) + thrown.between(3, 20) * day);
    found.set(index, { at, ...(isUndone && { undoneAt }) });
  }
  return found;
}

/**
 * Plays so many referrals, spread evenly over the time. About one in ten is about a child known from an earlier referral that is
 * closed. A few are merged into the one before. `policy`: the rules of all of them.
 */
export function playHistory({ seed, referrals, from, until }: AskedToPlay, policy: Policy): readonly Recorded[] {
  const length = Date.parse(until) - Date.parse(from);
  const thrown = dice(seed);
  const times = Array.from({ length: referrals }, (_, index) =>
    instant(Date.parse(from) + Math.floor((length * (index + thrown.between(0, 1))) / referrals / 60_000) * 60_000),
  );
  const merges = mergesOf(seed, times);
  const numbered = (index: number) => ({
    id: referenceOf('CR', index),
    reportId: referenceOf('RP', index),
    receivedAt: times[index] ?? until,
  });
  const childOf = (index: number): Dice => dice(`${seed} ${index}`);
  /** The second report as it stands a minute before it is merged. */
  const secondReport = (index: number, mergesInto: Merge & { readonly other: Referral }): Referral =>
    playReferral(
      { ...numbered(index), mergesInto, child: childOf(index - 1) },
      before(before(mergesInto.at)),
      policy,
      dice(`${seed} ${index}`),
    ).state;
  const closed: { readonly state: Referral; readonly index: number; isUsed: boolean }[] = [];
  let previous: Recorded | undefined;
  return times.map((receivedAt, index) => {
    const [into, from] = [merges.get(index), merges.get(index + 1)];
    const { id } = numbered(index);
    const other = into && previous && stateAt(previous, into.at);
    const isReserved = other?.sameChild.merges.some((each) => each.from === id) === true;
    const known = into
      ? undefined
      : closed.findLast(({ state, isUsed }) => !isUsed && (state.endedAt ?? until) < receivedAt);
    const isKnown = known !== undefined && thrown.chance(0.15);
    if (isKnown) known.isUsed = true;
    const sameChild = into ? index - 1 : isKnown ? known.index : undefined;
    const beginning = {
      ...numbered(index),
      ...(isKnown && { earlier: known.state }),
      ...(into && other && isReserved && { mergesInto: { ...into, other } }),
      ...(from && { merged: { ...from, seen: (into: Referral) => secondReport(index + 1, { ...from, other: into }) } }),
      ...(sameChild !== undefined && { child: childOf(sameChild) }),
    };
    const { recorded, state } = playReferral(beginning, until, policy, dice(`${seed} ${index}`));
    if (state.stage === 'closed') closed.push({ state, index, isUsed: false });
    previous = recorded;
    return recorded;
  });
}
