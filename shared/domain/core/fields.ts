/** Fields of the data that people send, in reports and in commands. */
import * as z from 'zod';
import { idPattern } from './ids.ts';
import type { TextKind } from './text-kinds.ts';

const lettersAndDigits = /[\p{L}\p{N}]/gu;

/**
 * A text of at least so many letters and digits. Spaces, marks and zero-width characters do not count. `most`: its
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
 * A text that a person writes freely. The application puts it into the vault and hands the domain its id. So a decision
 * can ask whether there is a text and never read it. `kind`: what it is about, which says who reads it again and where. `most`:
 * its longest length in characters.
 */
export const freeText = (kind: TextKind, most?: number) =>
  written(1, 'Write something here.', most).meta({ vault: true, kind });

/** As `freeText`, of at most so many lines. */
export const shortText = (kind: TextKind, letters: number, lines: number) =>
  written(1, 'Write something here.', letters)
    .refine((text) => text.split('\n').length <= lines, `Write ${lines} lines at most.`)
    .meta({ vault: true, kind });

/** Where a paper is that this product does not keep. The words are in the vault. */
export const heldPaper = () => ({
  heldAt: freeText('heldPapers'),
  heldBy: freeText('heldPapers'),
  paperNumber: freeText('heldPapers').optional(),
});

/** As `freeText`, where another person must be able to judge the reason by it. */
export const reasonText = (kind: TextKind) =>
  written(10, 'Give the reason in words: at least ten letters or digits.').meta({ vault: true, kind });

/**
 * A date of birth. The application puts it into the vault and hands the domain the age in years on the day of receipt.
 */
export const birthDateText = () =>
  z.iso
    .date('Give the date of birth as YYYY-MM-DD.')
    .refine((date) => date >= '1950', 'Give a year of birth that can be meant.')
    .meta({ vault: 'birth-date' });
/** The parts of an identity that can be corrected alone, and their longest lengths, as in a report. */
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

/**
 * A corrected part of who the child or the reporter is. The application puts it into the vault, and tells the domain
 * that it was given.
 */
export const identityText = (vault: IdentityText) =>
  written(1, 'Write what is right, or leave it out.', identityTexts[vault])
    .refine(
      // A part of a number helps to find its holder. A word alone is none.
      (text) => !['phone', 'reporter-phone'].includes(vault) || /\d/.test(text),
      'Give a telephone number in digits, or leave it empty.',
    )
    .meta({ vault });

/** A free text among the part 2 records of the vault. Only people who work on its service read it (42 CFR Part 2). */
export const part2Text = () => written(1, 'Write something here.').meta({ vault: true, kind: 'part2Records' });

export const idInput = () => z.string().regex(idPattern, 'An id has only capital letters, digits, dots and hyphens.');

/** An instant with `Z` or an offset, normalized to UTC. An impossible year is a typing error. */
export const instantInput = (error = 'Give date, time and zone, such as 2026-11-25T15:00:00-05:00.') =>
  z.iso
    .datetime({ offset: true, error })
    .transform((text) => new Date(text))
    .refine((at) => at.getUTCFullYear() >= 2000 && at.getUTCFullYear() < 2100, 'Give a year from 2000 to 2099.')
    .transform((at) => at.toISOString());

/** When an act took place; without it, the act takes place now. */
export const actInstant = () => instantInput().optional();

/**
 * When a fact was known, where a clock may start with it. Without it, the fact is known now. A form asks, and fills in
 * nothing.
 */
export const knownInstant = () => instantInput().optional();

/** That the police consented to contact while they had it paused. */
export const policeAgreedInput = () => z.enum(['yes']).optional();

/** Which absence of the child, from 1 in the order of recording. */
export const episodeInput = () => z.int().min(1).max(999).optional();

/** Some of these codes, each at most once. */
export const someOf = <const Codes extends readonly [string, ...string[]]>(codes: Codes) =>
  z
    .array(z.enum(codes))
    .max(codes.length, `Choose at most ${codes.length}.`)
    .refine((chosen) => new Set(chosen).size === chosen.length, 'Name each only once.');
