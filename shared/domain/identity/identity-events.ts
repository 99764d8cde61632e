/** The events of corrections and of erasure. The identities themselves are in the vault. */
import * as z from 'zod';
import { id, instant, textId } from '../core/event-fields.ts';
import type { EventIn } from '../core/event-shape.ts';
import { correctable, erasureGrounds, reporterFields } from '../core/vocabulary.ts';

/** `removed`: those of the fields whose record was wrong, without a known replacement. */
const corrected = <const Fields extends readonly [string, ...string[]]>(fields: Fields) =>
  z.object({ fields: z.array(z.enum(fields)).min(1), removed: z.array(z.enum(fields)).optional(), reason: textId });

export const identityEvents = {
  'safe-contact-noted': z.object({ safeContact: textId }),
  /** The former part stays in the vault, under its own reason. */
  'identity-corrected': corrected(correctable),
  'reporter-corrected': corrected(reporterFields),
  'birth-date-recorded': z.object({
    /** On the day of receipt. The date itself is in the vault. */
    years: z.int().min(0).max(30),
    /** When it was known. */
    knownAt: instant,
    /** Why it differs from the former record. Absent in a first one. */
    reason: textId.optional(),
  }),
  'legal-hold-set': z.object({ reason: textId }),
  'legal-hold-lifted': z.object({ reason: textId }),
  'erasure-proposed': z.object({
    ground: z.enum(erasureGrounds),
    orderReference: textId.optional(),
    reason: textId,
    proposedBy: id,
  }),
  /** From here on, no one reads the vault for this referral, and its parts there are removed. */
  'identities-erased': z.object({ ground: z.enum(erasureGrounds), proposedBy: id, agreedBy: id }),
} as const;

export type IdentityEvent<Type extends keyof typeof identityEvents> = EventIn<typeof identityEvents, Type>;
