/** Screening. A named person sets the outcome; a tool's score is input. */
import * as z from 'zod';
import { requestAlert } from './alert-requests.ts';
import { command } from './command.ts';
import { endPolicyDeadlines, keep } from './deadlines.ts';
import type { Draft } from './draft.ts';
import type { EventOf } from './events.ts';
import { freeText } from './fields.ts';
import { currentScreening } from './referral.ts';
import { refuse } from './refusal.ts';
import { proposeScreening, screeningInputs } from './screening.ts';
import {
  definitionBases,
  indicatorChecklist,
  indicatorTopics,
  type Outcome,
  outcomes,
  trainedToScreen,
} from './vocabulary.ts';

/** A lower rank is a downgrade. Without enough information there is no rank to fall from. */
const ranks: Readonly<Record<Outcome, number>> = {
  confirmed: 3,
  'high-risk': 2,
  'at-risk': 1,
  'insufficient-info': 0,
  'not-indicated': 0,
};

function screen(draft: Draft, screened: Omit<EventOf<'screened'>, 'type' | 'v' | 'number' | 'checklist'>): void {
  const number = (currentScreening(draft.state())?.number ?? 0) + 1;
  draft.add('screened', { ...screened, number, checklist: indicatorChecklist });
  keep(draft, 'screened', draft.context.now);
  endPolicyDeadlines(draft, 'superseded', ({ ofPathway }) => ofPathway?.includes(screened.outcome) === false);
}

/** What an outcome is recorded on: the checklist as answered since the last screening, and what the rules make of it now. */
function screenedOn(draft: Draft) {
  const { policy } = draft.context;
  const state = draft.state();
  const inputs = screeningInputs(state, policy);
  const { outcome, rule, facts } = proposeScreening(inputs, policy);
  return {
    indicators: indicatorTopics.filter((topic) => inputs.answers[topic] === 'yes'),
    answers: inputs.answers,
    ...(state.checklist && { answeredBy: state.checklist.by }),
    proposed: { outcome, rule, facts: [...facts] },
  };
}

export const screeningCommands = {
  screen: command({
    title: 'Record the screening outcome',
    roles: trainedToScreen,
    input: z.strictObject({
      outcome: z.enum(outcomes),
      definitionBasis: z.enum(definitionBases).default('none'),
      rationale: freeText(),
    }),
    decide(draft, input, person) {
      if (input.outcome === 'confirmed' && input.definitionBasis === 'none') {
        return refuse(
          'definition-missing',
          'A confirmed outcome names the definition it rests on: C.G.S. 46a-170, C.G.S. 53a-192a or the TVPA.',
        );
      }
      const before = currentScreening(draft.state());
      if (before && ranks[input.outcome] < ranks[before.outcome]) {
        draft.add('downgrade-proposed', { ...input, ...screenedOn(draft), proposedBy: person.id });
        requestAlert(draft, { kind: 'answer-needed', to: ['hart-lead', 'hart-director'] });
        return undefined;
      }
      screen(draft, { ...input, ...screenedOn(draft) });
      return undefined;
    },
  }),
  'agree-downgrade': command({
    title: 'Agree, as second reviewer, to the lower screening outcome',
    roles: ['hart-lead', 'hart-director'],
    input: z.strictObject({}),
    decide(draft, _, person) {
      const { downgrade } = draft.state();
      if (!downgrade) return refuse('nothing-proposed', 'Nobody has proposed a lower outcome.');
      if (downgrade.proposedBy === person.id) {
        return refuse('second-person', 'A lower outcome needs a second reviewer: somebody other than who proposed it.');
      }
      const { type: _type, v: _v, proposedBy: _by, ...screened } = downgrade;
      screen(draft, { ...screened, secondReviewer: person.id });
      return undefined;
    },
  }),
  'sign-off-screening': command({
    title: 'Sign off that nothing was indicated',
    roles: ['careline-supervisor', 'careline-manager', 'area-supervisor'],
    input: z.strictObject({}),
    decide(draft) {
      const screening = currentScreening(draft.state());
      if (screening?.outcome !== 'not-indicated') {
        return refuse('nothing-to-sign', 'Only a screening with the outcome not-indicated is signed off.');
      }
      if (screening.signedOff) return refuse('already-signed', 'This screening is signed off already.');
      draft.add('screening-signed-off', { number: screening.number });
      keep(draft, 'screening-signed-off', draft.context.now);
      return undefined;
    },
  }),
};
