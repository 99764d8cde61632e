/** The events of who may see a referral, and of disclosures. */
import * as z from 'zod';
import { id, instant, textId } from '../core/event-fields.ts';
import type { EventIn } from '../core/event-shape.ts';
import {
  accessFindings,
  disclosureBases,
  disclosureRecipients,
  emergencyReasons,
  noticeMethods,
  rolesOfWork,
  sealReasons,
} from '../core/vocabulary.ts';

export const accessEvents = {
  'referral-sealed': z.object({ because: z.enum(sealReasons), people: z.array(id).min(1), reason: textId }),
  'seal-lifted': z.object({ reason: textId }),
  /** A person outside was told who reported. */
  'reporter-disclosed': z.object({
    recipient: z.enum(disclosureRecipients),
    legalBasis: z.enum(disclosureBases),
    receivedBy: textId,
    purpose: textId,
    method: z.enum(noticeMethods),
    at: instant,
  }),
  'emergency-access-taken': z.object({
    personId: id,
    because: z.enum(emergencyReasons),
    until: instant,
    reason: textId,
    /** The roles of this person then, each with its office, region or state. */
    duties: z.array(z.object({ role: z.enum(rolesOfWork), scope: z.string() })),
    /** The supervisor who was told; absent where the directory had none, and the Careline's supervisors were told. */
    supervisorId: id.optional(),
  }),
  /** `use`: the number of the emergency access in this referral, from 1. */
  'emergency-access-reviewed': z.object({ use: z.int().min(1), finding: z.enum(accessFindings), reason: textId }),
} as const;

export type AccessEvent<Type extends keyof typeof accessEvents> = EventIn<typeof accessEvents, Type>;
