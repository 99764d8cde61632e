/**
 * The entry of a person in the directory, as an administrator wrote it. Each field is read on its own: a wrong one is
 * ignored and never stops mail. It is a flaw, which an administrator is told of.
 */

import * as z from 'zod';
import { languages, roles } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { type PartnerWords, partner } from '../words/words.ts';

export const entryFlaws = [
  'no-mailbox',
  'no-telephone',
  'no-text-phone',
  'unknown-language',
  'unknown-role',
  'unknown-absence',
  'unknown-person',
] as const;
export type EntryFlaw = (typeof entryFlaws)[number];

/** Whether it has the shape of one address that mail can be sent to. */
export const isMailbox = (email: string): boolean => /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/.test(email);

/** Whether it can be dialed from outside: `203-555-0100`, and not `ask the desk`. */
export const isTelephone = (phone: string): boolean => phone.replaceAll(/\D/g, '').length >= 7;

/** Whether it is only a number, without added words: `203-555-0100`. */
export const isPlainNumber = (phone: string): boolean => isTelephone(phone) && /^\+?[0-9 ().-]{7,20}$/.test(phone);

/** The digits of an international number with its country code: at most 15 (ITU-T E.164). */
const isInternational = (digits: string): boolean => /^[1-9][0-9]{7,14}$/.test(digits);
/**
 * Ten digits of North America, with or without the 1 before them. Neither area code nor exchange begins with 0 or 1.
 */
const isNorthAmerican = (digits: string): boolean => /^1?[2-9][0-9]{2}[2-9][0-9]{6}$/.test(digits);

/**
 * Whether a person typed one number that can be dialed, perhaps with an extension: `203-555-0100 x12`, `+44 20 7946
 * 0100`.
 */
export function isTypedNumber(phone: string): boolean {
  const [, number = ''] = /^(\+?[(]?\d[\d ().-]*?)(?: ?(?:x|ext\.?) ?\d{1,6})?$/i.exec(phone) ?? [];
  const digits = number.replaceAll(/\D/g, '');
  if (phone.length > 30) return false;
  return number.startsWith('+') ? isInternational(digits) : isNorthAmerican(digits);
}

/**
 * The first number in an entry of the directory, without the words beside it: `203-555-0100` of `203-555-0100 or
 * 203-555-0199`. Undefined where there is none.
 */
export function firstNumberIn(phone: string): string | undefined {
  const numbers = phone.match(/\+?\(?\d(?:[\d ().-]*\d)?(?: ?(?:x|ext\.?) ?\d{1,6})?/gi) ?? [];
  return numbers.find(isTypedNumber) ?? numbers.find(isPlainNumber);
}

/**
 * Whether text messages can be sent to it: a plus, the country code and digits alone, as `+12035550188` (ITU-T E.164).
 */
export const isTextPhone = (phone: string): boolean => phone.startsWith('+') && isInternational(phone.slice(1));

const text = z.string();
const instant = z.string().refine((given) => !Number.isNaN(Date.parse(given)));
const language = z.enum(languages);
const textNumber = z.string().refine(isTextPhone);
const heldRole = z.object({ role: z.enum(roles), scope: z.string() });

const readAs = <Value>(schema: z.ZodType<Value>, given: unknown): Value | undefined => schema.safeParse(given).data;
const isGiven = (given: unknown): boolean => given !== undefined && given !== null;

type Stored = Readonly<
  Partial<
    Record<
      | 'name'
      | 'title'
      | 'email'
      | 'phone'
      | 'textPhone'
      | 'language'
      | 'roles'
      | 'absentUntil'
      | 'mailFailsSince'
      | 'letInAt',
      unknown
    >
  >
>;

/**
 * The person of a stored profile, whatever it holds. A wrong mailbox or telephone number is left empty. An unknown
 * language or role is dropped, and a malformed number gets no text message. `id` is from its key.
 */
export function readEntry(id: string, stored: Stored) {
  const given = Array.isArray(stored.roles) ? (stored.roles as readonly unknown[]) : [];
  const held = given.flatMap((each) => readAs(heldRole, each) ?? []);
  const email = readAs(text, stored.email)?.trim() ?? '';
  const phone = readAs(text, stored.phone)?.trim() ?? '';
  const textPhone = readAs(textNumber, stored.textPhone);
  const spoken = readAs(language, stored.language);
  /** Away until this UTC instant: the next in order is asked instead. */
  const absentUntil = readAs(instant, stored.absentUntil);
  /** Since this UTC instant mail to the address comes back or is marked as spam. A delivery ends it. */
  const mailFailsSince = readAs(instant, stored.mailFailsSince);
  /** When an operator let this person in again, a UTC instant. An end of access before it is over. */
  const letInAt = readAs(instant, stored.letInAt);
  const found: readonly (readonly [EntryFlaw, boolean])[] = [
    ['no-mailbox', !isMailbox(email)],
    ['no-telephone', !isTelephone(phone)],
    ['no-text-phone', textPhone === undefined && isGiven(stored.textPhone)],
    ['unknown-language', spoken === undefined && isGiven(stored.language)],
    ['unknown-role', held.length < given.length || (isGiven(stored.roles) && !Array.isArray(stored.roles))],
    ['unknown-absence', absentUntil === undefined && isGiven(stored.absentUntil)],
  ];
  const flaws = found.flatMap(([flaw, holds]) => (holds ? [flaw] : []));
  return {
    id,
    name: readAs(text, stored.name) ?? id,
    email,
    phone,
    title: readAs(text, stored.title) ?? '',
    roles: held,
    /** The number that this person gave for text messages. */
    ...whereKnown({ textPhone, language: spoken, absentUntil, mailFailsSince, letInAt }),
    ...(flaws.length > 0 && { flaws }),
  };
}

const sentences: Readonly<Record<EntryFlaw, PartnerWords>> = {
  'no-mailbox': partner(
    'the directory has no e-mail address for this person that mail can be sent to, so the next person gets their mail',
    'el directorio no tiene para esta persona un correo al que se pueda escribir, así que recibe su correo quien sigue',
  ),
  'no-telephone': partner(
    'the directory has no telephone number for this person, so mail and pages give the next number',
    'el directorio no tiene un teléfono de esta persona, así que se da el número de quien sigue',
  ),
  'no-text-phone': partner(
    'the number for text messages is not a plus, the country code and digits alone, so this person gets no text message',
    'el número para mensajes de texto no es un signo más, el código del país y cifras, así que esta persona no recibe ninguno',
  ),
  'unknown-language': partner(
    'the directory gives this person a language that mail is not written in, so it is in English',
    'el directorio da a esta persona un idioma en que no se escribe, así que recibe inglés',
  ),
  'unknown-role': partner(
    'the directory gives this person a role that does not exist, so it does not count',
    'el directorio da a esta persona una función que no existe, así que no cuenta',
  ),
  'unknown-absence': partner(
    'the directory does not say until when this person is away, so they count as there',
    'el directorio no dice hasta cuándo está ausente esta persona, así que cuenta como presente',
  ),
  'unknown-person': partner(
    'this person has a duty, and is not in the directory',
    'se dio una tarea a esta persona, a quien el directorio no tiene',
  ),
};

export const flawWords = (flaw: EntryFlaw): PartnerWords => sentences[flaw];
