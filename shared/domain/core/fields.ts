/** Fields of what people send in: of reports and of commands alike. */
import * as z from 'zod';
import { idPattern } from './ids.ts';

const lettersAndDigits = /[\p{L}\p{N}]/gu;

/**
 * A text of at least so many letters and digits: spaces, marks and characters without a width count for nothing. `most`: its
 * longest length in characters.
 */
const written = (least: number, sentence: string, most = 20_000) =>
  z
    .string()
    .trim()
    .min(least, { error: sentence, abort: true })
    .max(most)
    .refine((text) => (text.match(lettersAndDigits) ?? []).length >= least, sentence);

/**
 * A text that a person writes freely. The door puts it into the vault and hands the domain the id of it instead, so a
 * decision can ask whether there is a text and never what it says.
 */
export const freeText = () => written(1, 'Write something here.').meta({ vault: true });

/** As `freeText`, where somebody else has to be able to judge the reason by it. */
export const reasonText = () =>
  written(10, 'Give the reason in words: at least ten letters or digits.').meta({ vault: true });

/** A date of birth: the door puts it into the vault and hands the domain the age in years on the day of receipt instead. */
export const birthDateText = () =>
  z.iso
    .date('Give the date of birth as YYYY-MM-DD.')
    .refine((date) => date >= '1950', 'Give a year of birth that can be meant.')
    .meta({ vault: 'birth-date' });
/** What of an identity is corrected by itself, and how long it may be, as in a report. */
const identityTexts = {
  'child-name': 200,
  phone: 300,
  'prior-ids': 300,
  'reporter-name': 200,
  'reporter-phone': 300,
  'reporter-email': 300,
  'reporter-relation': 300,
} as const;
export type IdentityText = keyof typeof identityTexts;

/** Who the child or the reporter is, as it is corrected: the door puts it into the vault, and tells the domain that it was given. */
export const identityText = (vault: IdentityText) =>
  written(1, 'Write what is right, or leave it out.', identityTexts[vault]).meta({ vault });

/** A free text that stands apart in the vault, for those alone who work on its service (42 CFR Part 2). */
export const part2Text = () => written(1, 'Write something here.').meta({ vault: true, part2: true });

export const idInput = () => z.string().regex(idPattern, 'An id has only capital letters, digits, dots and hyphens.');

/** An instant with `Z` or an offset, normalised to UTC. A year that cannot be meant is a slip of the finger. */
export const instantInput = (error = 'Give date, time and zone, such as 2026-11-25T15:00:00-05:00.') =>
  z.iso
    .datetime({ offset: true, error })
    .transform((text) => new Date(text))
    .refine((at) => at.getUTCFullYear() >= 2000 && at.getUTCFullYear() < 2100, 'Give a year from 2000 to 2099.')
    .transform((at) => at.toISOString());

/** When an act took place; without it, the act takes place now. */
export const actInstant = () => instantInput().optional();

/** That the police consented to contact while they had it paused. */
export const policeAgreedInput = () => z.enum(['yes']).optional();

/** Which time that the child was missing, from 1 in the order of recording. */
export const episodeInput = () => z.int().min(1).max(999).optional();

/** Some of these codes, each at most once. */
export const someOf = <const Codes extends readonly [string, ...string[]]>(codes: Codes) =>
  z
    .array(z.enum(codes))
    .max(codes.length, `Choose at most ${codes.length}.`)
    .refine((chosen) => new Set(chosen).size === chosen.length, 'Name each only once.');
