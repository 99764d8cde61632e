/** The events of eligibility, and of a caregiver's part in it. */
import * as z from 'zod';
import { id, textId } from '../core/event-fields.ts';
import type { EventIn } from '../core/event-shape.ts';
import { definitionBases, eligibilityOutcomes, overlayFlags } from '../core/vocabulary.ts';

/** The grounds of an evaluation of the decision table. */
const evaluated = {
  inputs: z.record(z.string(), z.string()),
  overlays: z.array(z.enum(overlayFlags)),
  /** The version of the policy. */
  ruleSet: z.string(),
};

export const eligibilityEvents = {
  'clearance-proposed': z.object({ reason: textId, proposedBy: id }),
  'caregiver-cleared': z.object({ reason: textId, proposedBy: id }),
  'eligibility-proposed': z.object({
    screening: z.number(),
    outcome: z.enum(eligibilityOutcomes),
    row: z.number(),
    basis: z.string(),
    ageKnown: z.boolean(),
    ...evaluated,
    /** Why it was evaluated. */
    because: z.enum(['screened', 'facts-changed', 'time-passed']),
  }),
  'eligibility-decided': z.object({
    outcome: z.enum(eligibilityOutcomes),
    proposed: z.enum(eligibilityOutcomes),
    definitionBasis: z.enum(definitionBases),
    legalConsulted: z.enum(['yes', 'no']),
    /** Who was consulted, by the id of the directory. */
    consultedId: id.optional(),
    /** Why a decision differs from the proposal. */
    reason: textId.optional(),
    rationale: textId,
    row: z.number(),
    ...evaluated,
  }),
} as const;

export type EligibilityEvent<Type extends keyof typeof eligibilityEvents> = EventIn<typeof eligibilityEvents, Type>;
