/** The events of a report and of its places. */
import * as z from 'zod';
import { heldPaper, id, instant, textId } from '../core/event-fields.ts';
import type { EventIn } from '../core/event-shape.ts';
import { identityParts } from '../core/identity-parts.ts';
import { lateReasons, places, tracks } from '../core/vocabulary.ts';
import { placeIds } from '../whereabouts/place-told.ts';
import { callCodes, sceneCodes } from './call-answers.ts';
import { childFacts, reportCodes } from './report-facts.ts';

export const routing = z.object({
  /** The town of the responsible office. */
  town: z.string(),
  region: z.number(),
  office: z.string(),
  judicialDistrict: z.string(),
  team: z.string(),
  /** The town that decides district and team: where it happened, else where the child lives. */
  districtTown: z.string().optional(),
  /** The office where the child is now, which responds. Without it the responsible office does. */
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
    /** The person who took the call, where another person sent the report. Without it, the sender. */
    takenBy: id.optional(),
    /** Why it was recorded long after it was received. Absent where it was not late. */
    lateReason: z.enum([...lateReasons, 'not-said']).optional(),
    report: reportCodes,
    child: childFacts,
    routing: routing.optional(),
    /** For a place whose words are no town of the state: the towns that may be meant. */
    nearestTowns: z.partialRecord(z.enum(places), z.array(z.string())).optional(),
    /** A keyed digest of name and date of birth, where both are known: equal for equal children. */
    blindIndex: z.string().optional(),
    /** The clocks that the report starts could not be computed. The sweep opens them. */
    clocksMissing: z.literal(true).optional(),
    /** What was given of who the child and the reporter are. The vault has it. */
    given: z.array(z.enum(identityParts)).optional(),
    texts: z.object({ narrative: textId, safeContact: textId.optional(), places: textId.optional() }),
  }),
  /** What the call told beside the facts above: with the report, or later. */
  'call-noted': z.object({
    call: callCodes.optional(),
    scene: sceneCodes.optional(),
    /** Where the child is and who is there, in the words of the caller. */
    ...placeIds,
    /** What workers must know before they go there. */
    workerSafety: textId.optional(),
    /** The number of a child who called. That of another caller belongs to the reporter. */
    childsNumber: textId.optional(),
    notes: textId.optional(),
  }),
  'routing-confirmed': z.object({ routing }),
  'place-corrected': z.object({
    place: z.enum(places),
    town: z.string(),
    routing: routing.optional(),
    /**
     * The routing of the corrected place, where a person had confirmed another. That other one is to be confirmed anew.
     */
    suggested: routing.optional(),
  }),
  /** `at`: when the person classified it, which may be before it was recorded. */
  'report-classified': z.object({ track: z.enum(tracks), at: instant }),
  'written-report-received': z.object({ at: instant, ...z.object(heldPaper).partial().shape }),
} as const;

export type IntakeEvent<Type extends keyof typeof intakeEvents> = EventIn<typeof intakeEvents, Type>;
