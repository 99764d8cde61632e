/**
 * The guard of texts about the work of agencies. It refuses what may lead to a case or name a person. It sees forms alone, and
 * no directory or vault: docs/decisions/061 says what it cannot see. Its sentences never repeat the text.
 */
import * as z from 'zod';
import { towns } from '../../policy/places/towns.ts';
import { checkCharacter, prefixes } from '../core/ids.ts';
import { isFamilyWord, isGivenWord, isName, isNameLikeWord } from './common-names.ts';

/** Characters that look alike as one, without invisible ones. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[‐-―−]/g, '-');
/** Without accents. */
const bare = (text: string): string => plain(text).normalize('NFD').replaceAll(/\p{M}/gu, '');

const kinds = prefixes.join('|');
const lengthOfBody = 11;
const typed = new RegExp(`(?:${kinds})-[A-Z0-9]{5}-[A-Z0-9]{6}`);
const typedBody = /(?<![A-Z0-9])[A-Z0-9]{5}-[A-Z0-9]{6}(?![A-Z0-9])/gi;
const joined = new RegExp(`(?=(${kinds})[^A-Z0-9]{0,3}([A-Z0-9]{5})[^A-Z0-9]{0,3}([A-Z0-9]{6}))`, 'g');
const joinedBody = /(?=([A-Z0-9]{5})[-._/:]{0,3}([A-Z0-9]{6}))/g;

/** Whether these 11 capital letters and digits are a reference without its letters. People write O for 0, and I or L for 1. */
function isBody(characters: string): boolean {
  const body = characters.replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return body.length === lengthOfBody && !body.includes('U') && checkCharacter(body.slice(0, 10)) === body.slice(10);
}

/** The words from each place on that have so many characters together. */
function* runsOf(words: readonly string[], length: number): Generator<readonly string[]> {
  for (const at of words.keys()) {
    let [end, size] = [at, 0];
    while (end < words.length && size < length) {
      size += words[end]?.length ?? 0;
      end += 1;
    }
    if (size === length) yield words.slice(at, end);
  }
}

/** Whether the words stand as a body does: whole, in its two groups, or letter by letter. Others are words of a sentence. */
const isWrittenAsBody = (words: readonly string[]): boolean =>
  words.length === 1 || words.length === lengthOfBody || (words.length === 2 && words[0]?.length === 5);

/**
 * Whether the text holds a reference, a receipt or the number of a question. It may be in any case, with any marks between its
 * characters, and without its letters. A mistyped one counts where it has the form of one.
 */
function holdsReference(text: string): boolean {
  const upper = bare(text).toUpperCase();
  if (typed.test(upper)) return true;
  const bodies = bare(text).match(typedBody) ?? [];
  // Of letters alone, it may be two words with a hyphen. In capitals with a right check character, it is none.
  const isTyped = (body: string) =>
    /\d/.test(body) ? /[A-Z]/i.test(body) : body === body.toUpperCase() && isBody(body.replace('-', ''));
  if (bodies.some(isTyped)) return true;
  // Joined to other letters. Without a digit, that is a word.
  const parts = [...upper.matchAll(joined), ...upper.matchAll(joinedBody)].map(([, ...groups]) => groups.join(''));
  if (parts.some((each) => /\d/.test(each) && isBody(each.slice(-lengthOfBody)))) return true;
  const words = upper.match(/[A-Z0-9]+/g) ?? [];
  for (const run of runsOf(words, lengthOfBody + 2)) {
    const characters = run.join('');
    if (prefixes.some((each) => characters.startsWith(each)) && isBody(characters.slice(2))) return true;
  }
  for (const run of runsOf(words, lengthOfBody)) {
    const characters = run.join('');
    if (isWrittenAsBody(run) && /\d/.test(characters) && isBody(characters)) return true;
  }
  return false;
}

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';

const fullDates: readonly RegExp[] = [
  /\b(?:19|20)\d{2}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}\b/,
  /\b\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?(?:(?:19|20)\d{2}|\d{2})\b/,
  new RegExp(`\\b(?:${months})\\.?\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s(?:19|20)\\d{2}\\b`, 'i'),
  new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th)?\\s(?:of\\s)?(?:${months})\\.?,?\\s(?:19|20)\\d{2}\\b`, 'i'),
];

/** What is called after people here, and places. Only a name beside them tells. */
const places = [
  ...towns.map(({ name }) => name),
  ...['North Carolina', 'South Carolina', 'Juan F', 'Clifford Beers', 'Rose Hill'],
];
const isPlace = new RegExp(`(?<!\\p{L})(?:${places.join('|')})(?!\\p{L})`, 'giu');

const institutions = new Set(
  (
    'academy act alert amendment annex association avenue board branch building bureau campus case center centre chapel church ' +
    'clinic clinics coalition college commission committee consortium council court decree department district family ' +
    'foundation fund funds grant group hall health healthcare home homes hospital house institute inn law library medical memorial ministries ' +
    'network office park partners plan police policy practice program programs project protocol report road room school schools ' +
    'services shelter society street study team tool tower tribe university village wing youth'
  ).split(' '),
);
const saints = new Set(['st', 'saint', 'san', 'santa', 'mount', 'mt', 'fort']);
const determiners = new Set('the a an this that these each every any no our your their its one first next'.split(' '));

/** What is told of a person after the name alone. */
const story =
  /^(?:['’]s\s(?:mother|mom|father|dad|parents?|sister|brother|aunt|uncle|grand\p{L}+|foster|boyfriend|girlfriend|case|file|phone|worker|placement)|\s(?:has\s|had\s|was\s|is\s|went\s)*(?:(?:ran|runs?|running)\s(?:away|off)|missing|disclosed|recanted|pregnant|trafficked|sold|abused|assaulted|arrested))(?!\p{L})/iu;

/** A word of a text, and what is around it. */
interface Word {
  /** In small letters, without accents and the mark of possession. */
  readonly folded: string;
  readonly isOwner: boolean;
  readonly isCapital: boolean;
  readonly isAllCapitals: boolean;
  readonly isPlace: boolean;
  /** Whether it begins the text, a line or a sentence. */
  readonly isFirst: boolean;
  /** Whether only a space, a dash, a sign for *and* or the point of an initial is before it. */
  readonly isJoined: boolean;
  readonly after: string;
}

function wordsIn(text: string): readonly Word[] {
  const found = [...text.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu)];
  const spans = [...text.matchAll(isPlace)].map(({ 0: place, index }) => [index, index + place.length] as const);
  return found.map(({ 0: written, index }, at) => {
    const before = found[at - 1];
    const gap = before ? text.slice(before.index + before[0].length, index) : undefined;
    const isPoint = gap === '. ' && before !== undefined && /^(?:\p{Lu}|St|Mt)$/u.test(before[0]);
    const owned = written.replace(/['’]s$/i, '');
    return {
      // Spanish for a girl is no name.
      folded: /^niña$/i.test(owned) ? owned : bare(owned).toLowerCase().replaceAll(/['’]/g, ''),
      isOwner: owned !== written,
      isCapital: /^\p{Lu}/u.test(owned),
      isAllCapitals: /^\p{Lu}{2,}$/u.test(owned),
      isPlace: spans.some(([from, to]) => from <= index && index < to),
      isFirst: gap === undefined || (!isPoint && /[.!?:;\n•"“(]/.test(gap)),
      isJoined: isPoint || (gap !== undefined && /^(?:\s|-|\s?[&+]\s?)$/.test(gap)),
      after: text.slice(index + owned.length),
    };
  });
}

/** The capital words that follow this one without a break. */
function capitalsAfter(words: readonly Word[], at: number): readonly Word[] {
  const following = words.slice(at + 1);
  const end = following.findIndex(({ isCapital, isJoined }) => !isCapital || !isJoined);
  return end === -1 ? following : following.slice(0, end);
}

/** Whether the word is part of the name of an institution or a law. *Saint Mary*, *Casey Family Programs* and *Erin's Law* are. */
function isOfInstitution(words: readonly Word[], at: number): boolean {
  const [before, word, next] = [words[at - 1], words[at], words[at + 1]];
  if (!word) return false;
  if (word.isCapital && word.isJoined && before && saints.has(before.folded)) return true;
  if (word.isOwner && next?.isJoined) return /^(?:law|act|alert)$/.test(next.folded);
  if (!word.isCapital) return false;
  const following = capitalsAfter(words, at);
  const first = following.findIndex(({ folded }) => institutions.has(folded));
  return first !== -1 && !following.slice(0, first).some((each) => each.isPlace);
}

/** A common name, or a word that is one by what is around it. */
function holdsCommonName(text: string): boolean {
  const words = wordsIn(text);
  const isShouted = !/\p{Ll}/u.test(text);
  return words.some((word, at) => {
    const { folded, isCapital, isAllCapitals, isFirst } = word;
    const isGiven = isName(folded) || isGivenWord(folded);
    if (!isGiven || isOfInstitution(words, at)) return false;
    if (story.test(word.after)) return true;
    // Short capitals are the name of an agency or a form.
    if (isName(folded) && !word.isPlace) return isShouted || !isAllCapitals || folded.length > 4;
    if (!isCapital || isAllCapitals) return false;
    const [before, next] = [words[at - 1], words[at + 1]];
    const isPair = next?.isJoined && next.isCapital && isFamilyWord(next.folded) && !institutions.has(next.folded);
    if (isPair && !next.isPlace) return true;
    const isAlone = !(next?.isJoined && (next.isCapital || institutions.has(next.folded)));
    const isAfterCapital = word.isJoined && before?.isCapital && !before.isFirst;
    return (
      isNameLikeWord(folded) &&
      !word.isPlace &&
      !isFirst &&
      isAlone &&
      !isAfterCapital &&
      !(before && determiners.has(before.folded))
    );
  });
}

/** Short forms with points that are no person. */
const shortForms = new Set(
  'am pm ie eg po us usa usc ny nj nc dc ri uk un pa cgs cfr dcf mdt doj fbi hhs acf llc md rn msw'.split(' '),
);
const pointed = /(?<![\p{L}\p{N}.])(?:\p{L}\.){1,2}\p{L}\.?(?![\p{L}\p{N}])|(?<![\p{L}\p{N}.])\p{Lu}\. \p{Lu}\./gu;

/** Initials with points, such as *J.E.* */
const holdsInitials = (text: string): boolean =>
  [...text.matchAll(pointed)].some(([each]) => !shortForms.has(bare(each).toLowerCase().replaceAll(/[. ]/g, '')));

/** A title or *known as* before a name, initials, or a common name. */
function holdsName(text: string): boolean {
  const named = /\b(?:M(?:r|rs|s|x|iss)|Dr|Sra?|Srta|Det|Sgt|Lt|Capt)\b\.?\s\p{Lu}\p{L}/u;
  const called = /\b(?:named|called|nickname[d]?|a\.?k\.?a\.?|alias|goes by|known as)\s\p{Lu}\p{L}/u;
  const titled =
    /\b(?:Detective|Officer|Sergeant|Lieutenant|Captain|Investigator|Judge|Attorney|Agent|Trooper)\s(?!General\b)\p{Lu}\p{Ll}/u;
  return named.test(text) || called.test(text) || titled.test(text) || holdsInitials(text) || holdsCommonName(text);
}

const any = (shapes: readonly RegExp[]) => (text: string) => shapes.some((shape) => shape.test(plain(text)));

/** What is refused, the first that fits. */
const rules: readonly (readonly [isIn: (text: string) => boolean, sentence: string])[] = [
  [
    // Letters of other scripts can look like ours, and so can small capitals.
    (text) => /[^A-Za-z0-9]/.test(bare(text).replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '')),
    'Use plain letters and digits.',
  ],
  [
    holdsReference,
    'This looks like the reference of a referral, a receipt or a question. Leave it out: a forum speaks of no case.',
  ],
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
  [
    (text) => holdsName(plain(text)),
    'This looks like the name of a person. Write a role, such as “the caseworker”, or the agency.',
  ],
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
