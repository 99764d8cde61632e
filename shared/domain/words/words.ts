/** The two kinds of words that people read. Words for a partner outside DCF come in English and Spanish. */

/** Words that staff of DCF read, on pages and in documents. */
export interface StaffWords {
  readonly en: string;
}

/** Words that a partner outside DCF may read in mail, calendar or text: an MDT member, a provider. */
export interface PartnerWords extends StaffWords {
  /** The English within a sentence of a mail. */
  readonly within: string;
  /** The Spanish within a sentence of a mail. */
  readonly es: string;
}

/** Names and initials keep their capital within a sentence. */
export const inside = (text: string): string =>
  /^[A-Z][a-z]/.test(text) && !/^(State's|American|Pacific)/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;

/** A recipient within a sentence of a page: the Careline keeps its capital. */
export const keepingCareline = (within: string): string => within.replace(/^careline/, 'Careline');

/** Words for staff alone. They begin with a capital. */
export const staff = (en: string): StaffWords => ({ en });

/** Words for partners as well. `within` is given where a mail says it otherwise than a page. */
export const partner = (en: string, es: string, within: string = inside(en)): PartnerWords => ({ en, es, within });
