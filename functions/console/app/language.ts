/**
 * The language of a partner's session. It is that of their entry in the directory, until a link of a page chooses another. The choice
 * is in a cookie of the browser, one for each person.
 */
import { getCookie, setCookie } from 'hono/cookie';
import { type Language, languages, type Role } from '../../../shared/domain/core/vocabulary.ts';
import type { Request } from './parts.ts';
import type { Site } from './site.ts';

/** The field of an address that chooses the language. */
export const languageField = 'language';

/** The pages of these roles are in Spanish too. */
const readers: readonly Role[] = ['mdt-member', 'provider'];

const languageNamed = (given: string | undefined): Language | undefined => languages.find((each) => each === given);

const cookieFor = (tag: string): string => `careline-language-${tag}`;

/** Keeps the language that the address of this page chooses, until the browser is closed. */
export function keepLanguage(context: Request, { secure }: Site): void {
  const session = context.get('session');
  const chosen = languageNamed(context.req.query(languageField));
  if (!session || !chosen) return;
  context.set('language', chosen);
  setCookie(context, cookieFor(session.tag), chosen, { httpOnly: true, sameSite: 'Lax', path: '/', secure });
}

/** The language of the pages for partners, and the address of this page in another. `base`: the path before every link. */
export function languageOf(context: Request, base: string) {
  const session = context.get('session');
  const isReader = session?.visitor.roles.every((role) => readers.includes(role));
  if (!session || !isReader) return { language: 'en' as Language };
  const chosen = context.get('language') ?? languageNamed(getCookie(context, cookieFor(session.tag)));
  return {
    language: chosen ?? session.language ?? 'en',
    inOther(language: Language): string {
      const { searchParams } = new URL(context.req.url);
      searchParams.set(languageField, language);
      return `${base}${context.req.path}?${searchParams}`;
    },
  };
}
