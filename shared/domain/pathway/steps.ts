/**
 * The decisions of the steps of the two workflows. Six need the referral alone: the function `take-step` takes them, by
 * their name. The others have a function each. A step that runs twice decides nothing the second time. A step that
 * comes too late (the referral was closed or withdrawn meanwhile) says so with its outcome word.
 */

import { requestAlert } from '../alerts/alert-requests.ts';
import { callOut, stopAlarms, watchAlarms } from '../alerts/calling.ts';
import { askForTeam, watchQuestions } from '../approvals/questions.ts';
import { finalReview, unmetConditions } from '../closure/closure.ts';
import type { Decision } from '../core/decision.ts';
import { type Outcome, outcomes, served } from '../core/vocabulary.ts';
import { isForAdultServices, offerAfterWindow, openPlans, reportIdentified } from '../deadlines/clocks.ts';
import { endOfRun, openDutiesOf } from '../deadlines/deadline-runs.ts';
import {
  endOpen,
  everOpened,
  openAgain,
  openDeadline,
  openOnce,
  raiseDue,
  tellOfRaised,
  tighten,
} from '../deadlines/deadlines.ts';
import { evaluateAgain } from '../eligibility/proposals.ts';
import { ageOn, newYorkDate, noticeAhead, startOfDay } from '../policy/due.ts';
import { findRule, type Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { currentScreening } from '../screening/current-screening.ts';
import type { Screening } from '../screening/screening-state.ts';
import { watchLinkages } from '../services/linkage-clocks.ts';
import { followReviews } from '../services/outcome-reviews.ts';
import { openMeeting } from '../team/mdt.ts';
import { followTeam } from '../team/meeting.ts';
import { isDrawn, type Member, rosterOf } from '../team/roster.ts';
import { hasConflict } from '../team/seats.ts';
import { type Answer, nextOfRun } from './runs.ts';

const servesNow = (outcome: Outcome) => served.includes(outcome);

/**
 * The first step of a run: opens the question whether the child is known. `equal` are other referrals with the same
 * name and date of birth. Candidates that were found with the report are asked about as well.
 */
export function askSameChild(decision: Decision, equal: readonly string[]): void {
  const {
    sameChild: { candidates: known },
    stage,
  } = decision.state();
  const all = [...new Set([...known, ...equal])];
  if (all.length === 0 || stage !== 'open' || everOpened(decision.state(), 'D31')) return;
  if (all.length > known.length) decision.add('candidates-found', { candidates: all });
  openDeadline(decision, 'D31', { start: decision.context.now, quiet: true });
}

/** The screening whose pathway is to be opened, or the outcome word for none. */
function pathway(state: Referral): Screening | undefined {
  return state.stage === 'open' ? currentScreening(state) : undefined;
}

/**
 * The same for a step after the proposal, which belongs to these outcomes. A screening that came in between has no
 * proposal yet. Its own round does the work, and this one does nothing more.
 */
function proposedPathway(state: Referral, ...of: Outcome[]): Screening | undefined {
  const screening = pathway(state);
  return screening && state.eligibility.proposal?.screening === screening.number && of.includes(screening.outcome)
    ? screening
    : undefined;
}

/** The outcome of a step for its run, which the next choice compares. */
export const stepOutcome = (state: Referral): Answer => ({
  outcome: state.stage === 'open' ? (currentScreening(state)?.outcome ?? 'waiting') : state.stage,
});

/**
 * Proposes eligibility. It runs after each screening and after each change of its facts. It also runs as
 * `proposalOutcome` says, because a birthday is no event. `birthDate` (`YYYY-MM-DD`) is the one in the vault, where
 * there is one. Of it, only the class of the age is recorded. In the last year before eighteen a month is recorded too
 * (ADR 7).
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
 * The outcome of the proposing step for its run. In the year before a birthday that matters (`classOfAge`), the
 * proposal is made anew each New York day. So it changes on the birthday. For all others it is made anew after a month.
 * It tells of a birthday only that it is near.
 */
export const proposalOutcome = (state: Referral, birthDate: string | undefined, now: string): Answer => ({
  ...stepOutcome(state),
  askAgainAt:
    birthDate !== undefined && [17, 20].includes(ageOn(birthDate, now))
      ? startOfDay(newYorkDate(now), 1)
      : new Date(Date.parse(now) + month).toISOString(),
});

/**
 * Opened only in the last year before eighteen, and without mail, which would tell the month outside the department.
 */
function noticeBefore18(decision: Decision, birthDate: string): void {
  const { policy, now } = decision.context;
  const day = noticeAhead(birthDate, now, policy.calendar);
  if (day !== undefined) openPlans(decision, day);
}

/**
 * Without a team there is no one to ask, so a person must say which team it is. The clock of the notice runs all the
 * same.
 */
export function drawRoster(decision: Decision, team: string | undefined, members: readonly Member[]): void {
  const screening = proposedPathway(decision.state(), ...served);
  if (!screening) return;
  if (team === undefined) {
    if (decision.state().team.id === undefined) askForTeam(decision);
    return;
  }
  const before = decision.state();
  const { requiredDisciplines } = decision.context.policy;
  // The coordinator invites the conditional seats. A person with a conflict of interest is passed over.
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

/** A seat that was vacant when the team was invited is asked by itself. */
function tellNewMembers(decision: Decision, { team: { id: team, invited: invitedTeam, seats } }: Referral): void {
  const state = decision.state();
  if (state.team.id !== team || state.team.id !== invitedTeam) return;
  const asked = state.team.seats.filter(
    ({ discipline, personId }) => !seats.some((seat) => seat.discipline === discipline && seat.personId === personId),
  );
  if (asked.length === 0) return;
  requestAlert(decision, { kind: 'mdt-invited', to: asked.map(({ discipline }) => `seat:${discipline}` as const) });
}

/**
 * Opens the clocks of the meeting and of the interview, and asks each seat. An upgrade shortens the meeting's clock, and
 * never restarts it.
 */
export function inviteMdt(decision: Decision): void {
  const screening = proposedPathway(decision.state(), ...served);
  if (!screening) return;
  tighten(decision, 'D15', screening);
  const {
    team: { id: team, invited: invitedTeam },
  } = decision.state();
  const isAsked = team !== undefined && team !== invitedTeam;
  // The invitation tells the coordinator of the clocks. Without a team, the question of the team does (D37f).
  openMeeting(decision, decision.context.now, {
    quiet: isAsked || team === undefined,
    ofNewTeam: isAsked && invitedTeam !== undefined,
  });
  if (!isAsked) return;
  decision.add('mdt-invited', { screening: screening.number, team });
  requestAlert(decision, { kind: 'mdt-invited', to: ['mdt-coordinator', 'seats'] });
}

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

/**
 * Services for identified and suspected victims alike (C.G.S. 17a-106f), and those that the team has recommended since.
 */
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
    // A referral that a provider already has needs no clock, because no act could keep it.
    if (status === 'needed' || status === 'declined') {
      openOnce(decision, rule, { start: screening.at, screening: screening.number });
    }
  }
  openLinkages(decision, screening);
  endPathway(decision, screening);
}

/** One clock for each service. The first of them alerts about them all. */
function openLinkages(decision: Decision, screening: Screening): void {
  let told = false;
  for (const subject of findRule(decision.context.policy, 'D23')?.subjects ?? []) {
    const status = decision.state().services.linkages[subject]?.status;
    // Offered or declined already: no act could keep the clock.
    if (status !== undefined && status !== 'needed') continue;
    if (everOpened(decision.state(), 'D23', subject)) continue;
    const opening = { start: screening.at, screening: screening.number, subject } as const;
    openDeadline(decision, 'D23', told ? { ...opening, quiet: true } : opening);
    told = true;
  }
}

/** Prevention, and one more screening after 30 days. A second equal answer in a row asks for no third. */
export function openPreventionServices(decision: Decision): void {
  const screening = proposedPathway(decision.state(), 'at-risk');
  if (!screening || decision.state().pathway.screening >= screening.number) return;
  openNeeds(decision, screening);
  const before = decision.state().screening.list.at(-2);
  if (before?.outcome !== 'at-risk') reopenScreening(decision, screening);
  endPathway(decision, screening);
}

/** A screening without enough information never closes: it is repeated within 72 hours. */
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
  if (state.stage !== 'open' || state.closure.opened || unmetConditions(state, decision.context.policy).length > 0)
    return;
  decision.add('closure-opened', {});
  openAgain(decision, finalReview, { start: decision.context.now });
}

/** Raises the checkpoints that have passed, of each open deadline of this run. One alert tells of all. */
export function raiseCheckpoint(decision: Decision, runId: string): void {
  const before = decision.state();
  const open = openDutiesOf(before, runId);
  const raised = open.flatMap(({ id }) => raiseDue(decision, id) ?? []);
  // A duty that was missed, and helps no child any more, calls no one. Its people get mail of the miss.
  stopAlarms(decision, decision.context.policy);
  callOut(decision, before);
  tellOfRaised(decision, raised);
  followReviews(decision);
  for (const { id } of open) followRaised(decision, id, before);
}

/**
 * At a hard stop the duty is closed. The people who were called are told, and the child is offered services without a
 * stop.
 */
function followRaised(decision: Decision, deadlineId: string, before: Referral): void {
  const deadline = decision.state().deadlines[deadlineId];
  if (deadline?.status === 'missed-closed' && before.deadlines[deadlineId]?.status === 'open') {
    offerAfterWindow(decision, deadline);
    watchLinkages(decision);
    watchAlarms(decision, before);
  }
}

/** The outcome of the raising step for a deadline's run: how the run ended, or the next checkpoint's instant. */
export function checkpointOutcome(state: Referral, runId: string, policy: Policy): Answer {
  const next = nextOfRun(state, runId, policy);
  return next ? { outcome: 'waiting', checkpointAt: next.at } : { outcome: endOfRun(state, runId) };
}
