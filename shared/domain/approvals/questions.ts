/** The questions that wait for somebody's word, each with a clock of its own (D37): silence is heard, and somebody is next. */

import { accessReviewedBy } from '../access/emergency-access.ts';
import type { Alert } from '../alerts/alert-state.ts';
import type { Decision } from '../core/decision.ts';
import { areaOffice, careline, secondReviewers } from '../core/role-groups.ts';
import { type Proposed, proposals, type Question, type Role, served, trainedToScreen } from '../core/vocabulary.ts';
import { markKept, openAgain } from '../deadlines/deadlines.ts';
import { openDeadlineOf } from '../deadlines/open-deadlines.ts';
import type { Milestone } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { currentScreening } from '../screening/current-screening.ts';

interface Clock {
  readonly rule: string;
  /** That it was answered. */
  readonly milestone: Milestone;
  /** What waits for an answer in this state, where something does: another of the kind is another question. */
  readonly waiting: (state: Referral) => unknown;
  /** Of what is answered by the state as it came to be, whether it was; a proposal is answered by a person, or lapses. */
  readonly isAnswered?: (state: Referral) => boolean;
}

/** Of what has ended nothing is asked, save whether its identities may go. */
const whileOpen =
  (waiting: (state: Referral) => unknown) =>
  (state: Referral): unknown =>
    state.stage === 'open' ? waiting(state) : undefined;

/** A seat has the clocks of the notice and the meeting. */
const clocks: Readonly<Record<Exclude<Question, 'seat'>, Clock>> = {
  downgrade: {
    rule: 'D37a',
    milestone: 'downgrade-answered',
    waiting: whileOpen(({ proposals }) => proposals.downgrade),
  },
  withdrawal: {
    rule: 'D37b',
    milestone: 'withdrawal-answered',
    waiting: whileOpen(({ proposals }) => proposals.withdrawal),
  },
  clearance: {
    rule: 'D37c',
    milestone: 'clearance-answered',
    waiting: whileOpen(({ proposals }) => proposals.clearance),
  },
  lowering: { rule: 'D37h', milestone: 'lowering-answered', waiting: whileOpen(({ proposals }) => proposals.lowering) },
  erasure: { rule: 'D37d', milestone: 'erasure-answered', waiting: ({ proposals }) => proposals.erasure },
  routing: {
    rule: 'D37e',
    milestone: 'routing-said',
    waiting: whileOpen(({ places: { suggestedRouting } }) => suggestedRouting),
    isAnswered: ({ places: { routing } }) => routing?.confirmed === true,
  },
  team: {
    rule: 'D37f',
    milestone: 'team-known',
    // Only the step that draws the team knows that there is none.
    waiting: whileOpen((state) =>
      state.team.id === undefined && served.some((outcome) => outcome === currentScreening(state)?.outcome)
        ? openDeadlineOf(state, 'D37f')
        : undefined,
    ),
    isAnswered: ({ team: { id: team } }) => team !== undefined,
  },
  vacancy: {
    rule: 'D37g',
    milestone: 'seats-filled',
    waiting: whileOpen(({ team: { vacant } }) => (vacant.length > 0 ? vacant : undefined)),
    isAnswered: ({ team: { vacant } }) => vacant.length === 0,
  },
};

const asked = Object.keys(clocks) as (keyof typeof clocks)[];

const erasers: readonly Role[] = ['careline-manager', 'program-manager', 'hart-director', 'legal'];

export const proposersOf: Readonly<Record<Proposed, readonly Role[]>> = {
  downgrade: trainedToScreen,
  withdrawal: ['careline-supervisor'],
  clearance: ['caseworker', 'area-supervisor', 'hart-liaison', 'hart-lead', 'legal'],
  lowering: [...careline, ...areaOffice],
  erasure: erasers,
};

/** Who may agree as the second person, or say no. */
export const answerersOf: Readonly<Record<Proposed, readonly Role[]>> = {
  downgrade: secondReviewers,
  withdrawal: ['careline-supervisor', 'careline-manager'],
  clearance: secondReviewers,
  lowering: ['careline-supervisor', 'careline-manager', 'area-supervisor', 'area-director', 'director-oncall'],
  erasure: erasers,
};

/** No team is known for a child who is to have one. */
export const askForTeam = (decision: Decision): void => openAgain(decision, 'D37f', { start: decision.context.now });

/** A second person agreed, or somebody said no. */
export const answered = (decision: Decision, proposal: Proposed): void =>
  markKept(decision, clocks[proposal].milestone, decision.context.now);

/**
 * After any change, with the referral as it was before: a question that has come up has its clock, and the clock of one that waits
 * no more is kept or, where nobody answered it, over.
 */
export function watchQuestions(decision: Decision, before: Referral): void {
  for (const { rule, milestone, waiting, isAnswered } of Object.values(clocks)) {
    const state = decision.state();
    const question = waiting(state);
    if (question !== undefined) {
      if (question !== waiting(before)) openAgain(decision, rule, { start: decision.context.now });
      continue;
    }
    if (!openDeadlineOf(state, rule)) continue;
    if (isAnswered?.(state)) markKept(decision, milestone, decision.context.now);
    const open = openDeadlineOf(decision.state(), rule);
    if (open) decision.add('deadline-ended', { deadlineId: open.id, because: 'superseded' });
  }
}

/** The question whose clock this alert is about. */
export function questionOf({ deadlineId }: Alert, state: Referral): Exclude<Question, 'seat'> | undefined {
  const { rule } = (deadlineId === undefined ? undefined : state.deadlines[deadlineId]) ?? {};
  return asked.find((each) => clocks[each].rule === rule);
}

/**
 * Who proposed what this alert asks about, and for whom, or used the emergency access that it asks to review: they cannot be the second
 * person who answers.
 */
export function proposersIn(alert: Alert, state: Referral): readonly string[] {
  const deadline = state.deadlines[alert.deadlineId ?? ''];
  const access = deadline && accessReviewedBy(state, deadline);
  if (access) return [access.personId];
  const asked = proposals.find((each) => each === questionOf(alert, state));
  const { proposedBy, onBehalfOf } = (asked && state.proposals[asked]) ?? {};
  return [proposedBy, onBehalfOf].filter((id) => id !== undefined);
}
