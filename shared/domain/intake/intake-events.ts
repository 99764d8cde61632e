/** What is recorded of a report and of the places in it. */
import * as z from 'zod';
import { id, instant, textId } from '../core/event-fields.ts';
import type { EventIn } from '../core/event-shape.ts';
import { lateReasons, places, tracks } from '../core/vocabulary.ts';
import { childFacts, reportCodes } from './report-facts.ts';

export const routing = z.object({
  /** Of the responsible office. */
  town: z.string(),
  region: z.number(),
  office: z.string(),
  judicialDistrict: z.string(),
  team: z.string(),
  /** What the district and the team go by: where it happened, else where the child lives. */
  districtTown: z.string().optional(),
  /** Of where the child is now: it responds. Without it the responsible office does. */
  responseOffice: z.string().optional(),
  /** False while a person has not confirmed a mapping that the sources leave unconfirmed. The clocks run meanwhile. */
  confirmed: z.boolean(),
});

export const intakeEvents = {
  'referral-opened': z.object({
    reportId: id,
    /** The other children of the same call or form. */
    siblings: z.array(id),
    receivedAt: instant,
    recordedAt: instant,
    /** Who took the call, where somebody else sent what they wrote; without it whoever sent it. */
    takenBy: id.optional(),
    /** Why it was recorded so long after it was received; absent where it was not, and in older events. */
    lateReason: z.enum([...lateReasons, 'not-said']).optional(),
    report: reportCodes,
    child: childFacts,
    routing: routing.optional(),
    /** For a place in words that are no town of the state: the towns that may have been meant. */
    nearestTowns: z.partialRecord(z.enum(places), z.array(z.string())).optional(),
    /** A keyed digest of name and date of birth, where both are known: equal for equal children. */
    blindIndex: z.string().optional(),
    texts: z.object({ narrative: textId, safeContact: textId.optional(), places: textId.optional() }),
  }),
  'routing-confirmed': z.object({ routing }),
  'place-corrected': z.object({
    place: z.enum(places),
    town: z.string(),
    routing: routing.optional(),
    /** Where the corrected place leads, while a person had confirmed another routing: that one is confirmed anew. */
    suggested: routing.optional(),
  }),
  'report-classified': z.object({ track: z.enum(tracks) }),
  'written-report-received': z.object({ at: instant }),
} as const;

export type IntakeEvent<Type extends keyof typeof intakeEvents> = EventIn<typeof intakeEvents, Type>;
