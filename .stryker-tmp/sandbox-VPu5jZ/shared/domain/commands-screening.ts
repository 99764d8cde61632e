/** Screening and the eligibility decision. A named person sets each; a tool's score is input. */
// @ts-nocheck

import * as z from 'zod';
import { requestAlert } from './alert-requests.ts';
import { command } from './command.ts';
import { endPolicyDeadlines, keep } from './deadlines.ts';
import type { Draft } from './draft.ts';
import type { EventOf } from './events.ts';
import { freeText, someOf } from './fields.ts';
import { currentScreening } from './referral.ts';
import { refuse } from './refusal.ts';
import {
  definitionBases,
  eligibilityOutcomes,
  indicatorChecklist,
  indicatorTopics,
  instrumentBands,
  instruments,
  type Outcome,
  outcomes,
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

export const screeningCommands = {
  screen: command({
    title: 'Record the screening outcome',
    roles: ['hart-liaison', 'hart-lead'],
    input: z.strictObject({
      outcome: z.enum(outcomes),
      indicators: someOf(indicatorTopics).default([]),
      definitionBasis: z.enum(definitionBases).default('none'),
      instrument: z
        .strictObject({
          tool: z.enum(instruments),
          version: z.string().regex(/^\d{1,2}(\.\d{1,2}){0,2}$/, 'A version is a number, such as 2.0.'),
          score: z.number().min(0).max(999).optional(),
          band: z.enum(instrumentBands).optional(),
        })
        .optional(),
      rationale: freeText(),
    }),
    decide(draft, { instrument, ...input }, person) {
      if (input.outcome === 'confirmed' && input.definitionBasis === 'none') {
        return refuse(
          'definition-missing',
          'A confirmed outcome names the definition it rests on: C.G.S. 46a-170, C.G.S. 53a-192a or the TVPA.',
        );
      }
      const before = currentScreening(draft.state());
      if (before && ranks[input.outcome] < ranks[before.outcome]) {
        draft.add('downgrade-proposed', { ...input, proposedBy: person.id });
        requestAlert(draft, { kind: 'answer-needed', to: ['hart-lead', 'hart-director'] });
        return undefined;
      }
      screen(draft, { ...input, ...(instrument && { instrument }) });
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
  'decide-eligibility': command({
    title: 'Decide whether there is a basis to allege that the child is uncared for',
    roles: ['area-supervisor', 'program-manager'],
    input: z.strictObject({
      outcome: z.enum(eligibilityOutcomes),
      definitionBasis: z.enum(definitionBases),
      legalConsulted: z.enum(['yes', 'no']),
      reason: freeText().optional(),
    }),
    decide(draft, { reason, ...input }) {
      const { proposal } = draft.state();
      if (!proposal)
        return refuse('not-screened', 'There is no proposal to decide on before the child has been screened.');
      if (proposal.screening !== currentScreening(draft.state())?.number) {
        return refuse(
          'proposal-outdated',
          'The child was screened anew: the proposal for that screening comes in a moment.',
        );
      }
      if (input.outcome === 'basis-trafficking' && input.definitionBasis === 'none') {
        return refuse(
          'definition-missing',
          'A basis to allege trafficking names the definition it rests on: C.G.S. 46a-170, C.G.S. 53a-192a or the TVPA.',
        );
      }
      if (proposal.outcome !== input.outcome && reason === undefined) {
        return refuse('reason-missing', `The proposal is ${proposal.outcome}: a different decision needs a reason.`);
      }
      draft.add('eligibility-decided', {
        ...input,
        proposed: proposal.outcome,
        ...(reason !== undefined && { reason }),
      });
      keep(draft, 'eligibility-decided', draft.context.now);
      return undefined;
    },
  }),
};
