/** What an event says of a caregiver's part in it (overlay C). */
import type { Answer } from '../core/vocabulary.ts';
import type { EventOf } from '../events.ts';
import { caregiverAlleged } from '../intake/report-facts.ts';
import type { Referral } from '../referral.ts';

/** The topic of the checklist about a caregiver's part in it. */
export const caregiverTopic = 'caregiver-facilitation';

/**
 * Whether a new fact says that a caregiver had a part in it. Once alleged, a caregiver stays so, whatever others are
 * alleged later.
 */
export const isNamedBy = (
  { caregiverNamed, perpetrators }: EventOf<'facts-learned'>,
  { child }: Pick<Referral, 'child'>,
): boolean => caregiverNamed === 'yes' || (perpetrators !== undefined && caregiverAlleged(child));

/** Whether a new fact alleges a caregiver. A caregiver's clearance, and all that rested on it, then falls. */
export const isAllegedBy = (event: EventOf<'facts-learned'>, before: Pick<Referral, 'child'>): boolean =>
  isNamedBy(event, before) || event.perpetrators?.includes('caregiver') === true;

/** Whether a checklist has this answer about a caregiver. `answers` is by topic. */
export const saysOfCaregiver = (answers: Readonly<Record<string, Answer>>, answer: Answer): boolean =>
  answers[caregiverTopic] === answer;
