/** The events of danger, of the response to a report and of its investigation. */
import * as z from 'zod';
import { id, instant, textId } from '../core/event-fields.ts';
import type { EventIn } from '../core/event-shape.ts';
import {
  aloneAnswers,
  answers,
  dispositions,
  everyDiscipline,
  holdEnds,
  interviewAnswers,
  meetingWays,
  noticeMethods,
  policeNotices,
  seers,
  sightings,
} from '../core/vocabulary.ts';
import { placeIds } from '../whereabouts/place-told.ts';
import { familyNoticeEvents } from './family-notice-events.ts';
import { outreachPauseEvents } from './outreach-pause-events.ts';

export const responseEvents = {
  /** Where danger was lowered: why, and who proposed it. The actor agreed. */
  'danger-assessed': z.object({
    danger: z.enum(answers),
    /** When it was known. Lowered danger counts from the agreement of the second person. */
    knownAt: instant,
    reason: textId.optional(),
    proposedBy: id.optional(),
  }),
  /**
   * A proposal that there is no danger now, or that danger is not known any more. Nothing changes before a second
   * person agrees.
   */
  'lowering-proposed': z.object({
    danger: z.enum(['no', 'unknown']),
    knownAt: instant,
    reason: textId,
    proposedBy: id,
  }),
  'liaison-assigned': z.object({ personId: id }),
  /** The liaison, or a delegate for them, accepted. `personId`: the liaison. */
  'liaison-accepted': z.object({ personId: id }),
  'police-notified': z.object({
    covers: z.array(z.enum(policeNotices)).min(1),
    agencyId: id,
    personReached: textId,
    method: z.enum(noticeMethods),
    at: instant,
    agencyReference: textId,
    /** As in `ncmec-notified`. */
    episode: z.int().optional(),
  }),
  'response-started': z.object({ at: instant }),
  'child-seen': z.object({
    sighting: z.enum(sightings),
    seenBy: z.enum(seers),
    seenAlone: z.enum(aloneAnswers).optional(),
    at: instant,
    ...placeIds,
  }),
  'safety-plan-recorded': z.object({
    at: instant,
    placement: z.enum(['safe-at-home', 'placed', 'relative']),
    /** Whether the alleged caregiver is out of the home. Absent where the question did not arise. */
    caregiverOut: z.enum(answers).optional(),
    plan: textId,
    until: instant.optional(),
    /** Who must not be told of it. */
    notToTell: textId.optional(),
    ...placeIds,
  }),
  /** `reason`: for a second hold, what is new since the first. */
  'hold-invoked': z.object({ at: instant, reason: textId.optional() }),
  'hold-ended': z.object({ at: instant, how: z.enum(holdEnds) }),
  'case-reviewed': z.object({ at: instant, review: textId }),
  'interview-settled': z.object({
    answer: z.enum(interviewAnswers),
    scheduledFor: instant.optional(),
    seenAlone: z.enum(aloneAnswers).optional(),
    reason: textId.optional(),
  }),
  /** When and where the interview is. It follows the event that settled it. */
  'interview-scheduled': z.object({
    scheduledFor: instant,
    way: z.enum(meetingWays).optional(),
    directions: textId.optional(),
  }),
  'discipline-consulted': z.object({
    discipline: z.enum(everyDiscipline),
    at: instant,
    /** Absent for a discipline whose communications are privileged: they are never recorded. */
    advice: textId.optional(),
  }),
  'investigation-disposed': z.object({ disposition: z.enum(dispositions), at: instant }),
  /** Reasonable cause to believe that sexual abuse or serious physical abuse occurred (C.G.S. 17a-101j(a)). */
  'reasonable-cause-said': z.object({ reasonableCause: z.enum(answers), at: instant }),
  'disposition-notified': z.object({
    agencyId: id,
    personReached: textId,
    prosecutorReached: textId,
    method: z.enum(noticeMethods),
    at: instant,
  }),
  ...familyNoticeEvents,
  ...outreachPauseEvents,
} as const;

export type ResponseEvent<Type extends keyof typeof responseEvents> = EventIn<typeof responseEvents, Type>;
