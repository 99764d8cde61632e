/**
 * The guard of texts about the work of agencies. It refuses what may lead to a case or name a person. It sees forms alone, and
 * no directory or vault: docs/decisions/061 says what it cannot see. Its sentences never repeat the text.
 */
import * as z from 'zod';
import { checkCharacter } from '../core/ids.ts';
import { isGivenName } from '../same-child/nicknames.ts';

/** Characters that look alike as one, without invisible ones. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[‐-―−]/g, '-');
/** Without accents. */
const bare = (text: string): string => plain(text).normalize('NFD').replaceAll(/\p{M}/gu, '');

const beginsReference = /^(?:CR|RP|DR)/;
const lengthOfReference = 13;
const joinedReference = /(?=(CR|RP|DR)[^A-Z0-9]{0,3}([A-Z0-9]{5})[^A-Z0-9]{0,3}([A-Z0-9]{6}))/g;

/** Whether these 13 capital letters and digits are a reference. People write O for 0, and I or L for 1. */
function isReferenceBody(characters: string): boolean {
  if (!beginsReference.test(characters)) return false;
  const body = characters.slice(2).replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return !body.includes('U') && checkCharacter(body.slice(0, 10)) === body.slice(10);
}

/**
 * Whether the text holds a reference, in any case and with any marks between its characters. A mistyped one counts where it has
 * the form of one.
 */
function holdsReference(text: string): boolean {
  const upper = bare(text).toUpperCase();
  if (/(?:CR|RP|DR)-[A-Z0-9]{5}-[A-Z0-9]{6}/.test(upper)) return true;
  // Joined to other letters. Without a digit, that is a word.
  for (const [, ...groups] of upper.matchAll(joinedReference)) {
    const characters = groups.join('');
    if (/\d/.test(characters) && isReferenceBody(characters)) return true;
  }
  const words = upper.match(/[A-Z0-9]+/g) ?? [];
  return words.some((_, at) => {
    let joined = '';
    for (const next of words.slice(at, at + lengthOfReference)) {
      joined += next;
      if (joined.length >= lengthOfReference) break;
    }
    return joined.length === lengthOfReference && isReferenceBody(joined);
  });
}

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';

const fullDates: readonly RegExp[] = [
  /\b(?:19|20)\d{2}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}\b/,
  /\b\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?(?:(?:19|20)\d{2}|\d{2})\b/,
  new RegExp(`\\b(?:${months})\\.?\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s(?:19|20)\\d{2}\\b`, 'i'),
  new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th)?\\s(?:of\\s)?(?:${months})\\.?,?\\s(?:19|20)\\d{2}\\b`, 'i'),
];

/** A given name with another name after it, or before a family name of one letter. */
function holdsName(text: string): boolean {
  const named = /\b(?:M(?:r|rs|s|x|iss)|Dr|Sra?|Srta|Det|Sgt|Lt|Capt)\b\.?\s\p{Lu}\p{L}/u;
  const called = /\b(?:named|called|nickname[d]?|a\.?k\.?a\.?|alias|goes by|known as)\s\p{Lu}\p{L}/u;
  const titled =
    /\b(?:Detective|Officer|Sergeant|Lieutenant|Captain|Investigator|Judge|Attorney|Agent|Trooper)\s(?!General\b)\p{Lu}\p{Ll}/u;
  if (named.test(text) || called.test(text) || titled.test(text)) return true;
  const pairs = bare(text).matchAll(/\b([A-Z][a-z]+|[A-Z]{3,})\s+(?=[A-Z])/g);
  return [...pairs].some(([, given = '']) => isGivenName(given.toLowerCase()));
}

const any = (shapes: readonly RegExp[]) => (text: string) => shapes.some((shape) => shape.test(plain(text)));

/** What is refused, the first that fits. */
const rules: readonly (readonly [isIn: (text: string) => boolean, sentence: string])[] = [
  [
    // Letters of other scripts can look like ours, and so can small capitals.
    (text) => /[^A-Za-z0-9]/.test(bare(text).replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '')),
    'Use plain letters and digits.',
  ],
  [holdsReference, 'This looks like the reference of a referral. Leave it out: a forum speaks of no case.'],
  [any([/[^\s<>"':;,()]@[^\s<>"':;,()]/, /[[(]\s?at\s?[\])]/i]), 'Leave e-mail addresses out.'],
  [
    any([
      /\b(?:d\.?\s?o\.?\s?b|date of birth|birth\s?day|born)\b/i,
      /\b\d{1,2}[-\s]?(?:years?[-\s]old|y\/?o)\b/i,
      /\baged?\s\d{1,2}\b/i,
      ...fullDates,
    ]),
    'Leave dates of birth, ages and full dates out. Each action has a day of its own.',
  ],
  [any([/(?:\d[ ().,/*_·|-]{0,3}){6,}\d/, /\b\d{3}-\d{2}-\d{4}\b/]), 'Leave telephone numbers and case numbers out.'],
  [
    any([
      /\b\d{1,6}\s(?:[NSEW]\.?\s)?(?:\p{Lu}[\p{L}.'-]*\s){1,3}(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl)\b/iu,
      /\b(?:apt|apartment|unit)\.?\s?#?\d/i,
    ]),
    'Leave street addresses out.',
  ],
  [
    any([/\b(?:the|this|that|our|one)\s(?:girl|boy|runaway|teen(?:ager)?|victim)\b/i]),
    'A forum speaks of no case. Say what agencies do, for all children.',
  ],
  [(text) => holdsName(plain(text)), 'This looks like the name of a person. Name the agency instead.'],
];

/** Why this text is refused. Undefined for a text that may be stored. */
export const refusedIn = (text: string): string | undefined => rules.find(([isIn]) => isIn(text))?.[1];

/** A text about the work of agencies, of at most so many characters. The application puts it into the vault. */
export const guardedText = (most: number) =>
  z
    .string()
    .trim()
    .min(1, { error: 'Write something here.', abort: true })
    .max(most)
    .superRefine((text, context) => {
      const sentence = refusedIn(text);
      if (sentence !== undefined) context.addIssue({ code: 'custom', message: sentence });
    })
    .meta({ vault: true });
