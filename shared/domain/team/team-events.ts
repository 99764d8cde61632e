/** The events of a team: its seats, its meetings and its recommendations. */
import * as z from 'zod';
import { id, instant, textId } from '../core/event-fields.ts';
import type { EventIn } from '../core/event-shape.ts';
import {
  answers,
  everyDiscipline,
  meetingEnds,
  meetingPlaces,
  meetingWays,
  rolesOfWork,
  seatNoReasons,
  services,
} from '../core/vocabulary.ts';

export const teamEvents = {
  'roster-drawn': z.object({
    screening: z.number(),
    team: id,
    seats: z.array(
      z.object({ discipline: z.enum(everyDiscipline), personId: id, deputyId: id.optional(), required: z.boolean() }),
    ),
    vacant: z.array(z.enum(everyDiscipline)),
  }),
  'mdt-invited': z.object({ screening: z.number(), team: id }),
  'seat-informed': z.object({
    discipline: z.enum(everyDiscipline),
    how: z.enum(['mail-delivered', 'phone', 'answered']),
    at: instant,
  }),
  'seat-answered': z.object({
    discipline: z.enum(everyDiscipline),
    answer: z.enum(['accepted', 'declined']),
    personId: id,
    /** With "declined": why, and which person or discipline could sit there instead. */
    because: z.enum(seatNoReasons).optional(),
    suggested: id.optional(),
    suggestedDiscipline: z.enum(everyDiscipline).optional(),
    /** The person who takes the seat in place of the one who declined. */
    delegatedTo: id.optional(),
    /** The time that would suit instead. */
    proposes: instant.optional(),
  }),
  'seat-invited': z.object({
    discipline: z.enum(everyDiscipline),
    personId: id,
    required: z.boolean(),
    reason: textId,
    /** Recorded before a seat whose discipline needs the child's consent first (42 CFR Part 2). */
    consent: z.literal('yes').optional(),
  }),
  'seat-removed': z.object({
    discipline: z.enum(everyDiscipline),
    personId: id,
    required: z.boolean(),
    reason: textId,
  }),
  'confidentiality-signed': z.object({
    personId: id,
    /** The version of the notice. */
    notice: z.string(),
    conflict: z.enum(answers),
  }),
  'mdt-met': z.object({
    at: instant,
    attended: z.array(z.enum(everyDiscipline)),
    absent: z.array(
      z.object({ discipline: z.enum(everyDiscipline), reason: z.enum(['unavailable', 'no-answer', 'vacant']) }),
    ),
    quorum: z.boolean(),
    waiver: textId.optional(),
    /** Required disciplines that did not sit there. None where the composition was complete. */
    missing: z.array(z.enum(everyDiscipline)),
    /**
     * Required disciplines without any sitting holder who had signed the notice, was free of conflict and had not
     * declined.
     */
    unsigned: z.array(z.enum(everyDiscipline)),
    /** Required disciplines whose only sitting holder completes another discipline. */
    shared: z.array(z.enum(everyDiscipline)),
  }),
  /** The time of the meeting ahead, or a change of its time or people. */
  'meeting-set': z.object({
    /** 1 for the first meeting of the referral. The changes of one meeting have the same number. */
    number: z.number(),
    /** 0, and one more with each change. */
    sequence: z.number(),
    startsAt: instant,
    minutes: z.number(),
    place: z.enum(meetingPlaces),
    invited: z.array(id),
  }),
  /** How the people of a meeting come together. It stays while the meeting keeps its kind of place. */
  'meeting-place-said': z.object({
    number: z.number(),
    way: z.enum(meetingWays).optional(),
    directions: textId.optional(),
  }),
  'meeting-called-off': z.object({ number: z.number(), sequence: z.number(), because: z.enum(meetingEnds) }),
  recommended: z.object({
    services: z.array(z.enum(services)),
    /** Who sees to it that the child is referred to a service, and by which New York day. */
    owners: z.array(
      z.object({ service: z.enum(services), owner: z.enum(rolesOfWork), personId: id.optional(), by: z.iso.date() }),
    ),
  }),
} as const;

export type TeamEvent<Type extends keyof typeof teamEvents> = EventIn<typeof teamEvents, Type>;
