/** The events of services and of the consents they need. */
import * as z from 'zod';
import { id, instant, textId } from '../core/event-fields.ts';
import type { EventIn } from '../core/event-shape.ts';
import {
  aloneAnswers,
  consentAnswers,
  consentingGuardians,
  consentKinds,
  declineReasons,
  followUpMonths,
  serviceOutcomes,
  services,
} from '../core/vocabulary.ts';
import { policeAgreed } from '../response/outreach-pause-events.ts';

export const serviceEvents = {
  'services-opened': z.object({ services: z.array(z.enum(services)) }),
  'linkage-offered': z.object({ service: z.enum(services), providerId: id, contactId: id, at: instant }),
  'linkage-accepted': z.object({ service: z.enum(services), at: instant }),
  /** The first day on which the provider that accepted can start, in New York. */
  'linkage-start-planned': z.object({ service: z.enum(services), startsOn: z.iso.date() }),
  'linkage-contacted': z.object({
    service: z.enum(services),
    at: instant,
    reached: z.enum(['yes', 'no']),
    policeAgreed,
  }),
  'linkage-started': z.object({
    service: z.enum(services),
    at: instant,
    seenAlone: z.enum(aloneAnswers).optional(),
    policeAgreed,
  }),
  'linkage-declined': z.object({
    service: z.enum(services),
    reasonCode: z.enum(declineReasons),
    reason: textId.optional(),
    /** Who declined. A provider's "no" leaves the child's need as it was. */
    by: z.enum(['staff', 'provider']),
    at: instant,
    /** How long the waiting list is, in days. */
    waitDays: z.number().optional(),
  }),
  /** Who consented to which service and when. It never holds what is in the record. */
  'consent-recorded': z.object({
    service: z.enum(services),
    kind: z.enum(consentKinds),
    answer: z.enum(consentAnswers),
    at: instant,
    /** Given where a caregiver is alleged: the answer is not that caregiver's. */
    guardian: z.enum(consentingGuardians).optional(),
    /** Whether the service lacks its consent from then on, and so stops. */
    suspends: z.boolean(),
  }),
  'part-2-recorded': z.object({ service: z.enum(services), part2Record: textId }),
  /** The outcome of a service, recorded at the review after so many months. */
  'service-outcome-recorded': z.object({
    service: z.enum(services),
    months: z.enum(followUpMonths),
    outcome: z.enum(serviceOutcomes),
    at: instant,
  }),
} as const;

export type ServiceEvent<Type extends keyof typeof serviceEvents> = EventIn<typeof serviceEvents, Type>;
