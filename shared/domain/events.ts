/**
 * The events of a referral. Each event is a past fact in codes, ids and instants. Names, dates of birth and free text
 * are in the vault. An event holds at most the id of such a text. Stored rows are parsed with these schemas.
 * Each subject defines its own.
 */

import * as z from 'zod';
import { accessEvents } from './access/access-events.ts';
import { alertEvents } from './alerts/alert-events.ts';
import { appointmentEvents } from './appointments/appointment-events.ts';
import { approvalEvents } from './approvals/approval-events.ts';
import { bookingEvents } from './bookings/booking-events.ts';
import { callEvents } from './calls/call-events.ts';
import { cardEvents } from './card/card-events.ts';
import { childEvents } from './child/child-events.ts';
import { closureEvents } from './closure/closure-events.ts';
import type { EventIn } from './core/event-shape.ts';
import { deadlineEvents } from './deadlines/deadline-events.ts';
import { eligibilityEvents } from './eligibility/eligibility-events.ts';
import { profileEvents } from './facts/profile-events.ts';
import { handoffEvents } from './handoffs/handoff-events.ts';
import { hearingEvents } from './hearings/hearing-events.ts';
import { identityEvents } from './identity/identity-events.ts';
import { intakeEvents } from './intake/intake-events.ts';
import { missingEvents } from './missing/missing-events.ts';
import { needEvents } from './needs/need-events.ts';
import { pathwayEvents } from './pathway/pathway-events.ts';
import { policyEvents } from './policy/policy-events.ts';
import { recoveryEvents } from './recovery/recovery-events.ts';
import { responseEvents } from './response/response-events.ts';
import { reviewEvents } from './review/review-events.ts';
import { sameChildEvents } from './same-child/same-child-events.ts';
import { screeningEvents } from './screening/screening-events.ts';
import { serviceEvents } from './services/service-events.ts';
import { shiftNoteEvents } from './shift-notes/shift-note-events.ts';
import { teamEvents } from './team/team-events.ts';
import { visitEvents } from './visits/visit-events.ts';

/** The fields of each event of a referral, by type, in its present version. */
export const eventSchemas = {
  ...intakeEvents,
  ...sameChildEvents,
  ...deadlineEvents,
  ...alertEvents,
  ...callEvents,
  ...accessEvents,
  ...identityEvents,
  ...approvalEvents,
  ...responseEvents,
  ...childEvents,
  ...profileEvents,
  ...cardEvents,
  ...hearingEvents,
  ...bookingEvents,
  ...needEvents,
  ...handoffEvents,
  ...recoveryEvents,
  ...shiftNoteEvents,
  ...visitEvents,
  ...appointmentEvents,
  ...missingEvents,
  ...screeningEvents,
  ...eligibilityEvents,
  ...teamEvents,
  ...reviewEvents,
  ...serviceEvents,
  ...closureEvents,
  ...policyEvents,
  ...pathwayEvents,
} as const;

type Schemas = typeof eventSchemas;
export type EventType = keyof Schemas;
export type EventOf<Type extends EventType> = EventIn<Schemas, Type>;
export type Event = { [Type in EventType]: EventOf<Type> }[EventType];

/** Makes an event of the present version. */
export function event<Type extends EventType>(type: Type, data: z.infer<Schemas[Type]>): EventOf<Type> {
  return { type, v: 1, ...data } as EventOf<Type>;
}

const head = z.object({ type: z.enum(Object.keys(eventSchemas) as [EventType, ...EventType[]]), v: z.literal(1) });

/** Reads a stored event. Throws a ZodError that names the field where this release does not know the type, or its shape is another. */
export function readEvent(stored: unknown): Event {
  const { type, v } = head.parse(stored);
  return { type, v, ...eventSchemas[type].parse(stored) } as Event;
}
