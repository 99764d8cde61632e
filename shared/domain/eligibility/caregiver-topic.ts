/** What an event says of a caregiver's part in it (overlay C). */
import type { Answer } from '../core/vocabulary.ts';
import type { EventOf } from '../events.ts';
import { caregiverAlleged } from '../intake/report-facts.ts';
import type { Referral } from '../referral.ts';

/** The topic of the checklist that says that a caregiver had a part in it. */
export const caregiverTopic = 'caregiver-facilitation';

/** Whether what became known names a caregiver as having had a part in it: one who was alleged stays one, whoever else is alleged since. */
export const isNamedBy = (
  { caregiverNamed, perpetrators }: EventOf<'facts-learned'>,
  { child }: Pick<Referral, 'child'>,
): boolean => caregiverNamed === 'yes' || (perpetrators !== undefined && caregiverAlleged(child));

/** Whether what became known alleges a caregiver: nothing that rested on one being cleared stands. */
export const isAllegedBy = (event: EventOf<'facts-learned'>, before: Pick<Referral, 'child'>): boolean =>
  isNamedBy(event, before) || event.perpetrators?.includes('caregiver') === true;

/** Whether a checklist was answered so; `answers` is by topic. */
export const saysOfCaregiver = (answers: Readonly<Record<string, Answer>>, answer: Answer): boolean =>
  answers[caregiverTopic] === answer;
