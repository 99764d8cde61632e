/** Which services a person introduces the child to, and how far ahead a need may lie. All of it is this project's assumption. */
import type { Service } from '../domain/core/vocabulary.ts';

/** Services that stay with the child for a time. An exam, an interview and a paper need no introduction. */
export const introduced: readonly Service[] = [
  'safe-placement',
  'victim-advocacy',
  'long-term-survivor-care',
  'mental-health',
  'substance-use',
  'education',
  'basic-needs',
  'caregiver-support',
  'transition-services',
  'prevention',
];

/** In days. A later day is a typing error. */
export const furthestNeed = 92;
