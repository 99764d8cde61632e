/**
 * Questions that wait for an answer, each with a clock of its own (D37). Silence is noticed, and the next person is
 * asked.
 */

import { accessReviewedBy } from '../access/emergency-access.ts';
import type { Alert } from '../alerts/alert-state.ts';
import type { Decision } from '../core/decision.ts';
import { isAfter } from '../core/instants.ts';
import { areaOffice, careline, secondReviewers } from '../core/role-groups.ts';
import { type Proposed, proposals, type Question, type Role, served, trainedToScreen } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { isStatutory, markKept, openAgain } from '../deadlines/deadlines.ts';
import { openDeadlineOf, openDeadlines } from '../deadlines/open-deadlines.ts';
import { type Milestone, type Policy, ruleIn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { tellsFamily } from '../response/family-notices.ts';
import { currentScreening } from '../screening/current-screening.ts';
import { emptySeats } from '../team/seats.ts';

interface Clock {
  readonly rule: string;
  /** The milestone of its answer. */
  readonly milestone: Milestone;
  /** The item in the state that waits for an answer, or undefined. Another item of the kind is another question. */
  readonly waiting: (state: Referral) => unknown;
  /** Which open duties wait for the answer. The answer is due before the first of them. */
  readonly holdsUp?: (deadline: Deadline, policy: Policy) => boolean;
  /** Whether the state itself answers the question. A proposal has none: a person answers it, or it lapses. */
  readonly isAnswered?: (state: Referral) => boolean;
}

/** An ended referral asks nothing, except whether its identities may be erased. */
const whileOpen =
  (waiting: (state: Referral) => unknown) =>
  (state: Referral): unknown =>
    state.stage === 'open' ? waiting(state) : undefined;

/** Whether an act that keeps the duty waits: it is none before the second person answered. */
const keptBy =
  (isAsked: (milestone: Milestone) => boolean) =>
  ({ rule }: Deadline, policy: Policy): boolean =>
    ruleIn(policy, rule).keptBy.some(isAsked);

/** A seat has the clocks of the notice and the meeting. */
const clocks: Readonly<Record<Exclude<Question, 'seat'>, Clock>> = {
  downgrade: {
    rule: 'D37a',
    milestone: 'downgrade-answered',
    waiting: whileOpen(({ proposals }) => proposals.downgrade),
    holdsUp: keptBy((milestone) => milestone === 'screened'),
  },
  withdrawal: {
    rule: 'D37b',
    milestone: 'withdrawal-answered',
    waiting: whileOpen(({ proposals }) => proposals.withdrawal),
    // What a withdrawal ends is done meanwhile, and rings.
    holdsUp: (deadline, policy) => !isStatutory(deadline, policy),
  },
  clearance: {
    rule: 'D37c',
    milestone: 'clearance-answered',
    waiting: whileOpen(({ proposals }) => proposals.clearance),
    holdsUp: keptBy(tellsFamily),
  },
  lowering: {
    rule: 'D37h',
    milestone: 'lowering-answered',
    waiting: whileOpen(({ proposals }) => proposals.lowering),
    // A "no" of two people ends the two hours.
    holdsUp: ({ rule }) => rule === 'D6',
  },
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

/** When the first duty is due that waits for the answer. One that is overdue waits for none. */
function firstHeldUp(decision: Decision, holdsUp: Clock['holdsUp']): string | undefined {
  const { now, policy } = decision.context;
  const held = openDeadlines(decision.state()).filter((each) => holdsUp?.(each, policy) && isAfter(each.due, now));
  return held.map(({ due }) => due).toSorted((one, other) => Date.parse(one) - Date.parse(other))[0];
}

/**
 * After any change, with the referral as it was before. A new question gets its clock. A question that no longer waits
 * has its clock kept, or ended where it was not answered.
 */
export function watchQuestions(decision: Decision, before: Referral): void {
  const { now } = decision.context;
  for (const { rule, milestone, waiting, isAnswered, holdsUp } of Object.values(clocks)) {
    const state = decision.state();
    const question = waiting(state);
    if (question !== undefined) {
      if (question !== waiting(before))
        openAgain(decision, rule, { start: now, holdsUp: firstHeldUp(decision, holdsUp) });
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
