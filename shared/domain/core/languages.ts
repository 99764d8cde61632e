/**
 * Languages as the listing of providers spells them: in English, in lower case. Their ISO 639 codes are accepted too.
 */
import * as z from 'zod';

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** `spanish` of `es` and of `Spanish`. Undefined for an unknown code. */
function languageOf(given: string): string | undefined {
  const word = given.trim().toLowerCase();
  if (!/^[a-z]{2,3}$/.test(word)) return /^[a-z-]{4,30}$/.test(word) ? word : undefined;
  const slug = names
    .of(word)
    ?.toLowerCase()
    .replaceAll(/[^a-z]+/g, '-');
  return slug !== undefined && /^[a-z-]{2,30}$/.test(slug) ? slug : undefined;
}

/** A language as a person gives it, turned into the listing's spelling. */
export const languageInput = () =>
  z
    .string()
    .max(60)
    .transform((given) => languageOf(given) ?? '')
    .refine((name) => name !== '', 'Give a language in English, such as spanish, or its code of ISO 639, such as es.');
