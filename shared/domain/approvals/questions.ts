/**
 * Questions that wait for an answer, each with a clock of its own (D37). Silence is noticed, and the next person is
 * asked.
 */

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
import { emptySeats } from '../team/seats.ts';

interface Clock {
  readonly rule: string;
  /** The milestone of its answer. */
  readonly milestone: Milestone;
  /** The item in the state that waits for an answer, or undefined. Another item of the kind is another question. */
  readonly waiting: (state: Referral) => unknown;
  /** Whether the state itself answers the question. A proposal has none: a person answers it, or it lapses. */
  readonly isAnswered?: (state: Referral) => boolean;
}

/** An ended referral asks nothing, except whether its identities may be erased. */
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
    // Only the step that draws the team can find that no team is known.
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
    waiting: whileOpen((state) => emptySeats(state).join(' ') || undefined),
    isAnswered: (state) => emptySeats(state).length === 0,
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

/** The roles that may agree as the second person, or decline. */
export const answerersOf: Readonly<Record<Proposed, readonly Role[]>> = {
  downgrade: secondReviewers,
  withdrawal: ['careline-supervisor', 'careline-manager'],
  clearance: secondReviewers,
  lowering: ['careline-supervisor', 'careline-manager', 'area-supervisor', 'area-director', 'director-oncall'],
  erasure: erasers,
};

/** No team is known for a child who needs one. */
export const askForTeam = (decision: Decision): void => openAgain(decision, 'D37f', { start: decision.context.now });

/** A second person agreed or declined. */
export const answered = (decision: Decision, proposal: Proposed): void =>
  markKept(decision, clocks[proposal].milestone, decision.context.now);

/**
 * After any change, with the referral as it was before. A new question gets its clock. A question that no longer waits
 * has its clock kept, or ended where it was not answered.
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
export function questionOf(
  { deadlineId }: Pick<Alert, 'deadlineId'>,
  state: Referral,
): Exclude<Question, 'seat'> | undefined {
  const { rule } = (deadlineId === undefined ? undefined : state.deadlines[deadlineId]) ?? {};
  return asked.find((each) => clocks[each].rule === rule);
}

/**
 * The proposer of what this alert asks about, and the person they acted for. Or the user of the emergency access to
 * review. They cannot be the second person who answers.
 */
export function proposersIn(alert: Pick<Alert, 'deadlineId'>, state: Referral): readonly string[] {
  const deadline = state.deadlines[alert.deadlineId ?? ''];
  const access = deadline && accessReviewedBy(state, deadline);
  if (access) return [access.personId];
  const asked = proposals.find((each) => each === questionOf(alert, state));
  const { proposedBy, onBehalfOf } = (asked && state.proposals[asked]) ?? {};
  return [proposedBy, onBehalfOf].filter((id) => id !== undefined);
}
