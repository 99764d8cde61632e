/**
 * What each task of the two workflows decides. A step run twice decides nothing the second time, and one that comes too
 * late (the referral was closed or withdrawn meanwhile) says so with its outcome word.
 */

import { ringAtOpening, watchAlarms } from '../alerts/alarms.ts';
import { requestAlert, tellOfFacts } from '../alerts/alert-requests.ts';
import { askForTeam, watchQuestions } from '../approvals/questions.ts';
import { conditionsOfClosure, finalReview } from '../closure/closure.ts';
import type { Decision } from '../core/decision.ts';
import { isAfter } from '../core/instants.ts';
import { type Outcome, outcomes, served } from '../core/vocabulary.ts';
import { intakeClocks, isForAdultServices, offerAfterWindow, reportIdentified } from '../deadlines/clocks.ts';
import {
  endOpen,
  everOpened,
  nextCheckpoint,
  openAgain,
  openDeadline,
  openOnce,
  raiseDue,
  tighten,
} from '../deadlines/deadlines.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { evaluateAgain } from '../eligibility/proposals.ts';
import { alarmClassOf } from '../policy/alarm-classes.ts';
import { ageOn, dayOfNotice, daysUntilBirthday18, newYorkDate, startOfDay } from '../policy/due.ts';
import { findRule, type Policy, ruleIn, waitsOn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { currentScreening } from '../screening/current-screening.ts';
import type { Screening } from '../screening/screening-state.ts';
import { endOfUse } from '../services/evidence-window.ts';
import { watchLinkages } from '../services/service-clocks.ts';
import { openMeeting } from '../team/mdt.ts';
import { followTeam } from '../team/meeting.ts';
import { isDrawn, type Member, rosterOf } from '../team/roster.ts';
import { hasConflict } from '../team/seats.ts';
import type { Answer } from './runs.ts';

/** Days before eighteen within which the notice is opened: a year, so that the month is told of few. */
const noticeWithin = 366;

const servesNow = (outcome: Outcome) => served.includes(outcome);

/** A person may be faster than the run that opens the clocks of a referral: what they do meets the clocks that it will open all the same. */
export function openIntakeIfNone(decision: Decision): void {
  if (Object.keys(decision.state().deadlines).length === 0) openIntakeDeadlines(decision, []);
}

/** `candidates` are other referrals with an equal blind index; those that were found with the report are asked about as well. */
export function openIntakeDeadlines(decision: Decision, candidates: readonly string[]): void {
  const { policy } = decision.context;
  for (const { rule, when } of intakeClocks) {
    const state = decision.state();
    const known = findRule(policy, rule);
    if (!known || !when(state, known, policy) || (state.stage !== 'open' && known.kind === 'policy')) continue;
    const stop = endOfUse(state, known);
    openOnce(decision, rule, {
      start: state.report.receivedAt,
      quiet: true,
      ...(stop !== undefined && { hardStop: stop }),
    });
  }
  const {
    sameChild: { candidates: known },
  } = decision.state();
  const all = [...new Set([...known, ...candidates])];
  if (all.length > 0 && !everOpened(decision.state(), 'D31') && decision.state().stage === 'open') {
    if (all.length > known.length) decision.add('candidates-found', { candidates: all });
    openDeadline(decision, 'D31', { start: decision.context.now, quiet: true });
  }
  if (Object.values(decision.state().alerts).some(({ kind }) => kind === 'referral-opened')) return;
  tellOfFacts(decision);
  tellOfOpening(decision);
  for (const { id } of openDeadlines(decision.state())) ringAtOpening(decision, id);
}

/** Whoever has a duty of class `now` is told at any hour; the others as loudly as their own duties call. */
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

/** The screening whose pathway is to be opened, or the word that says why there is none. */
function pathway(state: Referral): Screening | undefined {
  return state.stage === 'open' ? currentScreening(state) : undefined;
}

/**
 * The same for a step after the proposal, which belongs to these outcomes. A screening that came in between has no
 * proposal yet: its own round does what it needs, and this one does nothing more.
 */
function proposedPathway(state: Referral, ...of: Outcome[]): Screening | undefined {
  const screening = pathway(state);
  return screening && state.eligibility.proposal?.screening === screening.number && of.includes(screening.outcome)
    ? screening
    : undefined;
}

/** What the step tells its run: the outcome that the next choice compares. */
export const stepOutcome = (state: Referral): Answer => ({
  outcome: state.stage === 'open' ? (currentScreening(state)?.outcome ?? 'waiting') : state.stage,
});

/**
 * Runs after each screening, after each change of what the proposal rests on, and as `proposalOutcome` says, because a birthday is no event.
 * `birthDate` (`YYYY-MM-DD`) is the one in the vault, where there is one. Nothing of it is written down but the class of the
 * age that the proposal rests on and, in the last year before eighteen, a month (ADR 7).
 */
export function propose(decision: Decision, birthDate: string | undefined): void {
  const { now } = decision.context;
  const years = birthDate === undefined ? undefined : ageOn(birthDate, now);
  const screening = pathway(decision.state());
  if (!screening) return;
  evaluateAgain(decision, screening, years);
  reportIdentified(decision);
  if (isForAdultServices(decision.state(), years)) openOnce(decision, 'D30', { start: now });
  else if (years !== undefined && years < 18) endOpen(decision, 'D30');
  if (birthDate !== undefined) noticeBefore18(decision, birthDate);
}

const month = 30 * 86_400_000;

/**
 * What the proposing step tells its run. In the year before a birthday that the decision asks for (`classOfAge`) the proposal is made
 * anew each New York day, so that the birthday is the day on which it changes; of anybody else after a month. It says of a birthday
 * only that it is near.
 */
export const proposalOutcome = (state: Referral, birthDate: string | undefined, now: string): Answer => ({
  ...stepOutcome(state),
  askAgainAt:
    birthDate !== undefined && [17, 20].includes(ageOn(birthDate, now))
      ? startOfDay(newYorkDate(now), 1)
      : new Date(Date.parse(now) + month).toISOString(),
});

/** Opened in the last year before eighteen only, and quietly: a mail about it would tell the month outside the house. */
function noticeBefore18(decision: Decision, birthDate: string): void {
  const { policy, now } = decision.context;
  const left = daysUntilBirthday18(birthDate, now);
  if (left <= 0 || left > noticeWithin) return;
  const day = dayOfNotice(birthDate, policy.calendar);
  // Whoever is reported after that day has the day of the proposal, which tells of the birthday only that it is near.
  const opening = isAfter(now, day) ? ({ start: now, startedBy: 'notice-day-past' } as const) : { start: day };
  openOnce(decision, 'D34', { ...opening, quiet: true });
}

/** Without a team nobody can be asked, and a person is asked to say which it is: the clock of the notice runs all the same. */
export function drawRoster(decision: Decision, team: string | undefined, members: readonly Member[]): void {
  const screening = proposedPathway(decision.state(), ...served);
  if (!screening) return;
  if (team === undefined) {
    if (decision.state().team.id === undefined) askForTeam(decision);
    return;
  }
  const before = decision.state();
  const { requiredDisciplines } = decision.context.policy;
  // A conditional seat is for the coordinator to invite; whoever has a conflict of interest is passed over.
  const named = before.team.id === team ? before.team.seats.filter((seat) => seat.invited) : [];
  const open = requiredDisciplines.filter((discipline) => !named.some((seat) => seat.discipline === discipline));
  const sitting = rosterOf(members, open, (id) => hasConflict(before, id));
  if (isDrawn(before, team, sitting)) return;
  const vacant = requiredDisciplines.filter(
    (discipline) => ![...sitting, ...named].some((member) => member.discipline === discipline),
  );
  decision.add('roster-drawn', {
    screening: screening.number,
    team,
    seats: sitting.map((member) => ({ ...member, required: true })),
    vacant,
  });
  tellNewMembers(decision, before);
  followTeam(decision, before);
  watchQuestions(decision, before);
}

/** A seat that was vacant when the team was invited is asked on its own. */
function tellNewMembers(decision: Decision, { team: { id: team, invited: invitedTeam, seats } }: Referral): void {
  const state = decision.state();
  if (state.team.id !== team || state.team.id !== invitedTeam) return;
  const asked = state.team.seats.filter(
    ({ discipline, personId }) => !seats.some((seat) => seat.discipline === discipline && seat.personId === personId),
  );
  if (asked.length === 0) return;
  requestAlert(decision, { kind: 'mdt-invited', to: asked.map(({ discipline }) => `seat:${discipline}` as const) });
}

/** Opens the notice to the team (D14) and asks each seat. An upgrade shortens the meeting's clock; it never restarts it. */
export function inviteMdt(decision: Decision): void {
  const screening = proposedPathway(decision.state(), ...served);
  if (!screening) return;
  tighten(decision, 'D15', screening);
  const asked = everOpened(decision.state(), 'D14');
  const {
    team: { id: team, invited: invitedTeam },
  } = decision.state();
  const isAnother = team !== undefined && invitedTeam !== undefined && team !== invitedTeam;
  // The invitation tells the coordinator of it.
  openOnce(decision, 'D14', { start: screening.at, screening: screening.number, quiet: true });
  // A notice that is over needs no second one; a meeting that a lower outcome ended meanwhile does.
  if (isOver(decision.state(), 'D14')) openMeeting(decision, screening.at);
  // Another team knows nothing of the notice to the one before: its own runs from now.
  if (isAnother) openAgain(decision, 'D14', { start: decision.context.now, screening: screening.number, quiet: true });
  if (team === undefined || (asked && team === invitedTeam)) return;
  decision.add('mdt-invited', { screening: screening.number, team });
  requestAlert(decision, { kind: 'mdt-invited', to: ['mdt-coordinator', 'seats'] });
}

const isOver = (state: Referral, rule: string): boolean =>
  Object.values(state.deadlines).some(
    (deadline) => deadline.rule === rule && (deadline.status === 'kept' || deadline.status === 'missed-closed'),
  );

function openNeeds(decision: Decision, screening: Screening): void {
  const state = decision.state();
  const needs = [...decision.context.policy.servicesFor[screening.outcome], ...state.services.recommended];
  const opened = [...new Set(needs)].filter((service) => !state.services.linkages[service]);
  if (opened.length > 0) decision.add('services-opened', { services: opened });
}

function endPathway(decision: Decision, screening: Screening): void {
  watchLinkages(decision);
  if (decision.state().pathway.screening < screening.number)
    decision.add('pathway-opened', { screening: screening.number });
}

/** Services for identified and suspected victims alike (C.G.S. 17a-106f), and whatever the team has recommended since. */
export function openServices(decision: Decision): void {
  const screening = proposedPathway(decision.state(), ...outcomes);
  if (!screening) return;
  openNeeds(decision, screening);
  if (!servesNow(screening.outcome)) {
    watchLinkages(decision);
    return;
  }
  for (const [rule, service] of [
    ['D19a', 'victim-advocacy'],
    ['D22a', 'mental-health'],
  ] as const) {
    const status = decision.state().services.linkages[service]?.status;
    // A referral that a provider has already needs no clock: nobody could keep it.
    if (status === 'needed' || status === 'declined') {
      openOnce(decision, rule, { start: screening.at, screening: screening.number });
    }
  }
  openLinkages(decision, screening);
  endPathway(decision, screening);
}

/** One clock a service; the first of them tells of them all. */
function openLinkages(decision: Decision, screening: Screening): void {
  let told = false;
  for (const subject of findRule(decision.context.policy, 'D23')?.subjects ?? []) {
    const status = decision.state().services.linkages[subject]?.status;
    // Offered or declined already: there is nothing left to keep.
    if (status !== undefined && status !== 'needed') continue;
    if (everOpened(decision.state(), 'D23', subject)) continue;
    const opening = { start: screening.at, screening: screening.number, subject } as const;
    openDeadline(decision, 'D23', told ? { ...opening, quiet: true } : opening);
    told = true;
  }
}

/** Prevention, and one more screening after 30 days; a second like answer in a row asks for no third. */
export function openPreventionServices(decision: Decision): void {
  const screening = proposedPathway(decision.state(), 'at-risk');
  if (!screening || decision.state().pathway.screening >= screening.number) return;
  openNeeds(decision, screening);
  const before = decision.state().screening.list.at(-2);
  if (before?.outcome !== 'at-risk') reopenScreening(decision, screening);
  endPathway(decision, screening);
}

/** A screening without enough information never closes: it is done again within 72 hours. */
export function openRescreening(decision: Decision): void {
  const screening = proposedPathway(decision.state(), 'insufficient-info');
  if (!screening || decision.state().pathway.screening >= screening.number) return;
  reopenScreening(decision, screening);
  endPathway(decision, screening);
}

const reopenScreening = (decision: Decision, { at, number, outcome }: Screening) =>
  openAgain(decision, 'D28', { start: at, screening: number, outcome });

export function openSignOff(decision: Decision): void {
  const screening = proposedPathway(decision.state(), 'not-indicated');
  if (!screening || decision.state().pathway.screening >= screening.number) return;
  if (!screening.signedOff) openAgain(decision, 'D29', { start: screening.at, screening: screening.number });
  endPathway(decision, screening);
}

export function openClosure(decision: Decision): void {
  const state = decision.state();
  if (state.stage !== 'open' || state.closure.opened || conditionsOfClosure(state, decision.context.policy).length > 0)
    return;
  decision.add('closure-opened', {});
  openAgain(decision, finalReview, { start: decision.context.now });
}

/**
 * Raises what has passed. A missed notice to the team starts the meeting's clock all the same. At a hard stop the duty is closed: those
 * who were called hear it, and the child is offered what has no stop.
 */
export function raiseCheckpoint(decision: Decision, deadlineId: string): void {
  const before = decision.state();
  raiseDue(decision, deadlineId);
  const deadline = decision.state().deadlines[deadlineId];
  if (deadline?.status === 'missed-closed' && before.deadlines[deadlineId]?.status === 'open') {
    offerAfterWindow(decision, deadline);
    watchLinkages(decision);
    watchAlarms(decision, before);
  }
  if (deadline?.rule === 'D14' && deadline.status === 'open' && deadline.missed) openMeeting(decision, deadline.due);
}

/** What the raising step tells the deadline's run: how it ended, or the instant of the next checkpoint. */
export function checkpointOutcome(state: Referral, deadlineId: string, policy: Policy): Answer {
  const deadline = state.deadlines[deadlineId];
  if (!deadline) return { outcome: 'ended' };
  if (deadline.status !== 'open') return { outcome: deadline.status };
  return { outcome: 'waiting', checkpointAt: nextCheckpoint(deadline, state, policy).at };
}
