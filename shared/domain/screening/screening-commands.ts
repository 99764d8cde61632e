/** Screening. A named person sets the outcome; a tool's score is input. */
import * as z from 'zod';
import { answered, answerersOf, proposersOf } from '../approvals/questions.ts';
import { agreedBy, sameAsFirst } from '../approvals/second-person.ts';
import { actAt, command } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { freeText, knownInstant } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import { isRefusal } from '../core/refusal.ts';
import {
  definitionBases,
  exploitationPurposes,
  indicatorChecklist,
  type Outcome,
  outcomes,
  served,
} from '../core/vocabulary.ts';
import { endPolicyDeadlines, markKept } from '../deadlines/deadlines.ts';
import type { EventOf } from '../events.ts';
import { formatInstant } from '../policy/due.ts';
import { refuse } from '../refusals.ts';
import { wordsInside } from '../words/code-words.ts';
import { currentScreening } from './current-screening.ts';
import { higherSince, proposeScreening, ranks, screeningInputs, topicsSaid, unknownFacts } from './screening.ts';

/**
 * Whether an outcome is lower than the last one, or than the rules propose: then a second person agrees first. A
 * suspicion counts at once, even where the rules propose more, because services must not wait. Too little information
 * needs no second person where the rules propose no suspicion. It asks again sooner than they would.
 */
function isLower(outcome: Outcome, before: Outcome | undefined, proposed: Outcome): boolean {
  if (before !== undefined && ranks[outcome] < ranks[before]) return true;
  if (served.includes(outcome) || (outcome === 'insufficient-info' && proposed === 'at-risk')) return false;
  return ranks[outcome] < ranks[proposed];
}

function screen(decision: Decision, screened: Omit<EventOf<'screened'>, 'type' | 'v' | 'number' | 'checklist'>): void {
  const number = (currentScreening(decision.state())?.number ?? 0) + 1;
  decision.add('screened', { ...screened, number, checklist: indicatorChecklist });
  markKept(decision, 'screened', screened.screenedAt);
  endPolicyDeadlines(decision, 'superseded', ({ ofPathway }) => ofPathway?.includes(screened.outcome) === false);
}

/** The grounds of an outcome: the checklist as answered since the last screening, and the rules' proposal on it. */
function screenedOn(decision: Decision) {
  const { policy } = decision.context;
  const state = decision.state();
  const inputs = screeningInputs(state, policy);
  const { outcome, rule, facts } = proposeScreening(inputs, policy);
  return {
    unknown: unknownFacts(inputs),
    indicators: [...topicsSaid(inputs, 'yes')],
    answers: inputs.answers,
    ...(state.screening.checklist && { answeredBy: state.screening.checklist.by }),
    proposed: { outcome, rule, facts: [...facts] },
  };
}

export const screeningCommands = {
  screen: command({
    title: 'Record the screening outcome',
    inEmergency: 'refused',
    roles: proposersOf.downgrade,
    note: 'Say when the child was screened: the clocks of the outcome start then, and not when you type it. A second reviewer must approve an outcome that is lower than the last one, or than a suspicion that the rules propose. It counts from that approval.',
    input: z.strictObject({
      outcome: z.enum(outcomes),
      /** Asked where the outcome is confirmed. Left out, no one named a definition. */
      definitionBasis: z.enum(definitionBases).optional(),
      /** Left out, what is recorded stands. It counts at once, also where the outcome waits for a second reviewer. */
      exploitedFor: z.enum(exploitationPurposes).optional(),
      rationale: freeText('decisionReasons'),
      screenedAt: knownInstant(),
    }),
    // The outcome rests on the checklist too, which another person may have answered.
    restsOn(state) {
      const stands = [state.proposals.downgrade, currentScreening(state), state.screening.checklist];
      return stands.some((each) => each !== undefined) ? stands : undefined;
    },
    decide(decision, { exploitedFor, ...input }, person) {
      if (input.outcome === 'confirmed' && (input.definitionBasis ?? 'none') === 'none') {
        return refuse('definition-missing/screening');
      }
      const screenedAt = actAt(decision, input.screenedAt);
      if (isRefusal(screenedAt)) return screenedAt;
      const last = currentScreening(decision.state())?.at;
      if (last !== undefined && isAfter(last, screenedAt)) {
        return refuse('before-the-last-screening', { last: formatInstant(last) });
      }
      const { unknown, ...on } = screenedOn(decision);
      if (input.outcome === 'not-indicated' && unknown.length > 0) {
        return refuse('screening-incomplete', { unknown: unknown.map(wordsInside).join(', ') });
      }
      if (exploitedFor !== undefined && exploitedFor !== decision.state().child.exploitedFor) {
        decision.add('facts-learned', { exploitedFor, knownAt: screenedAt });
      }
      if (isLower(input.outcome, currentScreening(decision.state())?.outcome, on.proposed.outcome)) {
        decision.add('downgrade-proposed', { ...input, ...on, screenedAt, proposedBy: person.id });
        return undefined;
      }
      screen(decision, { ...input, ...on, screenedAt });
      return undefined;
    },
  }),
  'agree-downgrade': command({
    title: 'Agree, as second reviewer, to the lower screening outcome',
    inEmergency: 'refused',
    roles: answerersOf.downgrade,
    input: z.strictObject({}),
    restsOn: ({ proposals }) => proposals.downgrade,
    decide(decision, _, person) {
      const none = refuse('nothing-proposed/downgrade');
      const downgrade = agreedBy(decision, 'downgrade', person, {
        none,
        same: 'A lower outcome needs a second reviewer, other than the person who proposed it.',
      });
      if (isRefusal(downgrade)) return downgrade;
      const { type: _type, v: _v, proposedBy: _by, onBehalfOf: _for, at: _at, ...screened } = downgrade;
      answered(decision, 'downgrade');
      // Until now the higher outcome stood, and its clocks ran.
      screen(decision, { ...screened, screenedAt: decision.context.now, secondReviewer: person.id });
      return undefined;
    },
  }),
  'sign-off-screening': command({
    title: 'Sign off that nothing was indicated',
    inEmergency: 'refused',
    roles: ['careline-supervisor', 'careline-manager', 'area-supervisor'],
    input: z.strictObject({}),
    restsOn: currentScreening,
    decide(decision, _, person) {
      const screening = currentScreening(decision.state());
      if (screening?.outcome !== 'not-indicated') {
        return refuse('nothing-to-sign');
      }
      const same = sameAsFirst(
        screening,
        person,
        'A person other than the one who screened must sign off a screening.',
      );
      if (same) return same;
      if (screening.signedOff) return refuse('already-signed/screening');
      const higher = higherSince(decision.state(), decision.context.policy);
      if (higher) {
        return refuse('more-known-since', { higher });
      }
      decision.add('screening-signed-off', { number: screening.number });
      markKept(decision, 'screening-signed-off', decision.context.now);
      return undefined;
    },
  }),
};
