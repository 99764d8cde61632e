/** The events of a screening, its checklist and its instruments. */
import * as z from 'zod';
import { id, instant, textId } from '../core/event-fields.ts';
import type { EventIn } from '../core/event-shape.ts';
import { answers, definitionBases, instrumentGivers, outcomes } from '../core/vocabulary.ts';

/** By topic of the checklist whose version is given beside it. */
const checklistAnswers = z.record(z.string(), z.enum(answers));

/** The grounds of a screening. */
const screenedOn = {
  answers: checklistAnswers,
  /** Who answered the checklist. Absent where it was not answered, and then every answer is unknown. */
  answeredBy: id.optional(),
  /** The rules' proposal then: the outcome, its rule, and the facts behind it. */
  proposed: z.object({
    outcome: z.enum(outcomes),
    rule: z.number(),
    facts: z.array(z.object({ fact: z.string(), said: z.string() })),
  }),
};

export const screeningEvents = {
  screened: z.object({
    number: z.number(),
    outcome: z.enum(outcomes),
    indicators: z.array(z.string()),
    checklist: z.string(),
    definitionBasis: z.enum(definitionBases).optional(),
    rationale: textId,
    /** When the child was screened. A lower outcome counts from the agreement of the second person. */
    screenedAt: instant,
    /** Who agreed to a lower outcome. */
    secondReviewer: id.optional(),
    ...screenedOn,
  }),
  'checklist-answered': z.object({
    checklist: z.string(),
    answers: checklistAnswers,
    /** The rules' proposal on these answers at that moment. */
    proposed: z.enum(outcomes),
    /** When the answers were given. */
    at: instant,
  }),
  'instrument-recorded': z.object({
    tool: z.string(),
    version: z.string(),
    score: z.number().optional(),
    band: z.string().optional(),
    administeredBy: z.enum(instrumentGivers),
    /** The New York day on which it was administered. */
    on: z.iso.date(),
    /** When the result was known. */
    at: instant,
  }),
  'downgrade-proposed': z.object({
    outcome: z.enum(outcomes),
    indicators: z.array(z.string()),
    definitionBasis: z.enum(definitionBases).optional(),
    rationale: textId,
    screenedAt: instant,
    proposedBy: id,
    ...screenedOn,
  }),
  'screening-signed-off': z.object({ number: z.number() }),
} as const;

export type ScreeningEvent<Type extends keyof typeof screeningEvents> = EventIn<typeof screeningEvents, Type>;
