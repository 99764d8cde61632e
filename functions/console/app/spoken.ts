/**
 * The language of a page. The pages that partners open from mail are rendered within `Speaks`, and say their words in its
 * language. All other pages are in English.
 */
import { createContext, useContext } from 'hono/jsx';
import { whenWords } from '../../../shared/alerts/compose/wording.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import type { Language } from '../../../shared/domain/core/vocabulary.ts';
import { formatDate, formatInstant, newYorkDate } from '../../../shared/domain/policy/due.ts';
import { findRule, type Policy } from '../../../shared/domain/policy/policy.ts';
import { hasPartnerWords, words } from '../../../shared/domain/words/code-words.ts';
import { dutyTitle } from '../../../shared/domain/words/duty-words.ts';
import { spanishWords } from '../../../shared/domain/words/partner-pages.ts';
import { toldInSpanish } from '../../../shared/domain/words/partner-refusals.ts';
import {
  isPartnerSentence,
  type PartnerSentence,
  sentenceIn,
  type ValuesOf,
} from '../../../shared/domain/words/partner-sentences.ts';
import { inside } from '../../../shared/domain/words/words.ts';
import { dueIn } from './page-words.ts';

/** Undefined on a page that is in English alone. */
const PageLanguage = createContext<Language | undefined>(undefined);
export const Speaks = PageLanguage.Provider;

/** A duty as a page has it. */
interface ShownDuty {
  readonly rule: string;
  /** As the policy words it. */
  readonly obligation: string;
}

/** What the duty asks, in the same words on every page and in mail. A rule that the policy lacks has its own words. */
function titleIn(language: Language, policy: Policy, { rule, obligation }: ShownDuty): string {
  const known = findRule(policy, rule);
  return known ? dutyTitle(known, language) : obligation;
}

const inEnglish = {
  language: 'en' as Language,
  say: <const Text extends PartnerSentence>(text: Text, ...values: ValuesOf<Text>): string =>
    sentenceIn('en', text, ...values),
  code: words,
  inside: (code: string): string => inside(words(code)),
  duty: (policy: Policy, duty: ShownDuty): string => titleIn('en', policy, duty),
  /** The duty as the policy words it, behind "Why?". */
  obligation: (_: Policy, { obligation }: ShownDuty): string => obligation,
  when: (instant: string, _now: string): string => formatInstant(instant),
  /** An instant that is told as it is recorded, whatever the time is now. */
  at: (instant: string): string => formatInstant(instant),
  /** A day, such as `2026-11-25`. */
  day: formatDate,
  clock: clockTime,
  left: (due: string, now: string): string => dueIn(due, now),
  told: (sentence: string): string | undefined => sentence,
};
/** How a page says its words. */
export type Wording = typeof inEnglish;

/** A value within a sentence: an instant as English writes it, or a code. */
function spanishValue(value: string): string {
  const at = / [AP]M E[DS]T$/.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(at)) return whenWords(new Date(at).toISOString(), 'es', new Date(at).toISOString());
  // A day as English writes it. Noon of it in UTC is the same day in New York.
  if (/^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2}, \d{4}$/.test(value))
    return inSpanish.day(new Date(`${value} 12:00 UTC`).toISOString().slice(0, 10));
  // The words of a code within a sentence, such as `forensic interview`.
  const code = value.replaceAll(' ', '-');
  if (hasPartnerWords(code)) return inside(spanishWords(code));
  return /^[a-z0-9-]+$/.test(value) ? inside(spanishWords(value)) : value;
}

const inSpanish: Wording = {
  language: 'es',
  say: (text, ...values) => sentenceIn('es', text, ...values),
  code: spanishWords,
  inside: (code) => inside(spanishWords(code)),
  duty: (policy, duty) => titleIn('es', policy, duty),
  obligation: (policy, { rule, obligation }) => findRule(policy, rule)?.obligationInSpanish ?? obligation,
  when: (instant, now) => whenWords(instant, 'es', now),
  at: (instant) => whenWords(instant, 'es', instant),
  // Noon in New York of any year but this, so that the year is told.
  day: (date) => whenWords(`${date}T17:00:00Z`, 'es', '1970-01-01T00:00:00Z').split(',')[0] ?? date,
  clock: (instant, now) => {
    const when = whenWords(instant, 'es', now);
    return newYorkDate(instant) === newYorkDate(now) ? (when.split(', ').at(-1) ?? when) : when;
  },
  left: (due, now) => dueIn(due, now, 'es'),
  told: (sentence) =>
    isPartnerSentence(sentence) ? sentenceIn('es', sentence as 'Find') : toldInSpanish(sentence, spanishValue),
};

/** The words of one language, for a part of a page that is made outside its rendering. */
export const wordingOf = (language: Language): Wording => (language === 'es' ? inSpanish : inEnglish);

/** The words of the page that is rendered. */
export const useWording = (): Wording => wordingOf(useContext(PageLanguage) ?? 'en');

/** The language of the page, or undefined where it has only one. */
export const usePageLanguage = (): Language | undefined => useContext(PageLanguage);
