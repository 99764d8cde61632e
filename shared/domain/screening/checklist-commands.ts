/** The grounds of a screening: the checklist, answered topic by topic, and the results of instruments. */

import * as z from 'zod';
import { tellOfCaregiver } from '../alerts/alert-requests.ts';
import { actAt, command } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { actInstant } from '../core/fields.ts';
import { isRefusal } from '../core/refusal.ts';
import {
  answers,
  type IndicatorTopic,
  indicatorChecklist,
  indicatorTopics,
  instrumentBands,
  instrumentGivers,
  instruments,
  trainedToScreen,
} from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { openAgain } from '../deadlines/deadlines.ts';
import { newYorkDate } from '../policy/due.ts';
import { refuse } from '../refusals.ts';
import { allTopics, higherSince, proposeScreening, screeningInputs } from './screening.ts';

const topicAnswer = z.enum(answers).default('unknown');
const topics = Object.fromEntries(indicatorTopics.map((topic) => [topic, topicAnswer])) as Record<
  IndicatorTopic,
  typeof topicAnswer
>;

/**
 * Asks for a new screening (D9) where an answer points to a higher outcome than the last screening found. `start`: when
 * the answer was given.
 */
function askToScreenAgain(decision: Decision, start: string): void {
  if (higherSince(decision.state(), decision.context.policy) === undefined) return;
  openAgain(decision, 'D9', { start, startedBy: 'facts-learned' });
}

export const checklistCommands = {
  'answer-checklist': command({
    title: 'Answer the indicator checklist, and see which outcome the rules propose',
    inEmergency: 'refused',
    roles: trainedToScreen,
    input: z.strictObject({ answers: z.strictObject(topics), at: actInstant() }),
    restsOn: ({ screening: { checklist } }) => checklist,
    decide(decision, input) {
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      const { policy } = decision.context;
      const given = allTopics(input.answers);
      const { outcome } = proposeScreening(screeningInputs(decision.state(), policy, given), policy);
      decision.add('checklist-answered', { checklist: indicatorChecklist, answers: given, proposed: outcome, at });
      tellOfCaregiver(decision);
      askToScreenAgain(decision, at);
      return undefined;
    },
  }),
  'record-instrument': command({
    title: 'Record the result of a screening instrument: its score and band, never its text',
    inEmergency: 'refused',
    roles: [...trainedToScreen, 'caseworker', 'area-supervisor'],
    input: z.strictObject({
      tool: z.enum(instruments),
      version: z.string().regex(/^\d{1,2}(\.\d{1,2}){0,2}$/, 'A version is a number, such as 2.0.'),
      score: z.number().min(0).max(999).optional(),
      band: z.enum(instrumentBands).optional(),
      administeredBy: z.enum(instrumentGivers),
      on: z.iso.date('Give a day, such as 2026-11-25.'),
      /** When the result was known. */
      at: actInstant(),
    }),
    decide(decision, { score, band, at: given, ...result }) {
      if (score === undefined && band === undefined) {
        return refuse('no-result');
      }
      if (result.on > newYorkDate(decision.context.now)) {
        return refuse('in-the-future/day');
      }
      const at = actAt(decision, given);
      if (isRefusal(at)) return at;
      decision.add('instrument-recorded', {
        ...result,
        at,
        ...whereKnown({ score, band }),
      });
      askToScreenAgain(decision, at);
      return undefined;
    },
  }),
};
