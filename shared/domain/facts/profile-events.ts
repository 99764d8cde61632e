/**
 * The events that complete the facts about a child. They are for numbers alone: no clock, mail or rule follows from them.
 */
import * as z from 'zod';
import { instant } from '../core/event-fields.ts';
import type { EventIn } from '../core/event-shape.ts';
import { someOf } from '../core/fields.ts';
import {
  callLanguages,
  careTimings,
  chargeEnds,
  controlMethods,
  exploitationTypes,
  genders,
  moveReasons,
  placements,
  prosecutionSteps,
  races,
  recruitmentMethods,
  reporterTypes,
  venues,
} from '../core/vocabulary.ts';
import { placeIds } from '../whereabouts/place-told.ts';

/** These codes without unknown, which is never learned. */
const known = <const Codes extends readonly string[]>(codes: Codes) =>
  codes.filter((code): code is Exclude<Codes[number], 'unknown'> => code !== 'unknown') as [
    Exclude<Codes[number], 'unknown'>,
    ...Exclude<Codes[number], 'unknown'>[],
  ];
const oneOf = <const Codes extends readonly string[]>(codes: Codes) => z.enum(known(codes)).optional();
const several = <const Codes extends readonly string[]>(codes: Codes) =>
  someOf(known(codes)).min(1, 'Choose at least one, or leave it out.').optional();

/** What was reported of these, and may be known better now. */
const reportedFacts = {
  gender: oneOf(genders),
  race: several(races),
  placement: oneOf(placements),
  exploitation: several(exploitationTypes),
  venue: several(venues),
} as const;

/** A set replaces the set that was known before. */
export const profileFacts = z.object({
  ...reportedFacts,
  childLanguage: oneOf(callLanguages),
  /** When it happened, relative to the care of the department. */
  careTiming: oneOf(careTimings),
  /** Who first took the child for a possible victim. */
  identifiedBy: oneOf(reporterTypes),
  recruitment: several(recruitmentMethods),
  control: several(controlMethods),
});
export type ProfileFacts = z.infer<typeof profileFacts>;

export const profileEvents = {
  'profile-learned': profileFacts,
  'placement-moved': z.object({
    placement: z.enum(known(placements)),
    moveReason: z.enum(moveReasons),
    at: instant,
    ...placeIds,
  }),
  /** `trafficker`: 1 for the first whose prosecution was recorded. No name: who it is stays with the police. */
  'prosecution-recorded': z.object({
    trafficker: z.int().min(1),
    prosecution: z.enum(prosecutionSteps),
    at: instant,
  }),
  /** Of the charges that were recorded of the child. A later end counts, as where an adjudication is vacated. */
  'charges-ended': z.object({ chargesEnd: z.enum(chargeEnds), at: instant }),
} as const;

export type ProfileEvent<Type extends keyof typeof profileEvents> = EventIn<typeof profileEvents, Type>;
