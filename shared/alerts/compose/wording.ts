/** The words of roles, seats, places and instants, in the reader's language. */
import { askedAs, groupOf, insteadOf } from '../../domain/alerts/addressed-as.ts';
import type { Language } from '../../domain/core/vocabulary.ts';
import type { OnCallPerson } from '../../domain/directory/on-call.ts';
import type { ShiftFault } from '../../domain/directory/shift-alarms.ts';
import { formatInstant } from '../../domain/policy/due.ts';
import type { DeadlineRule } from '../../domain/policy/policy.ts';
import { isOfCalendar } from '../../domain/team/calendars.ts';
import { partnerWords } from '../../domain/words/code-words.ts';

/** `HART lead` of `hart-lead`, `the medical seat` of `seat:medical`. */
export function roleWords(word: string, language: Language = 'en'): string {
  const spanish = language === 'es';
  if (word === 'seats') return spanish ? 'cada puesto del equipo' : 'every seat of the team';
  if (word.startsWith('person:')) return spanish ? 'la persona nombrada' : 'the person named';
  if (isOfCalendar(word)) {
    return spanish ? 'alguien que tiene la reunión en su calendario' : 'a person with the meeting in their calendar';
  }
  const [first = '', seat] = word.split(':');
  const words = partnerWords(seat ?? first, language);
  if (seat === undefined) return words;
  return spanish ? `el puesto de ${words}` : `the ${words} seat`;
}

/** Why a person gets the mail: the role they are asked as, and the role they stand in for. */
export function addresseeWords(addressedAs: string, language: Language): string {
  const words = roleWords(askedAs(addressedAs), language);
  if (askedAs(addressedAs) === addressedAs) return words;
  const missing = roleWords(groupOf(addressedAs), language);
  if (addressedAs.includes(insteadOf.atCap)) {
    return language === 'es'
      ? `${words}, porque ya se avisó tantas veces como se puede a: ${missing}`
      : `${words}, because the limit of mails is reached for: ${missing}`;
  }
  return language === 'es'
    ? `${words}, porque aún no se conoce a nadie para: ${missing}`
    : `${words}, because no one is known yet for: ${missing}`;
}

/** What a rule asks for. */
export const obligationWords = (
  { obligation, obligationInSpanish, mailedAs }: Pick<DeadlineRule, 'obligation' | 'obligationInSpanish' | 'mailedAs'>,
  language: Language,
): string => mailedAs?.[language] ?? (language === 'es' ? obligationInSpanish : obligation);

/** The code of a rule in mail. Where `mailedAs` hides its words, its code would tell the same. */
export const ruleInMail = ({ id, mailedAs }: Pick<DeadlineRule, 'id' | 'mailedAs'>, language: Language): string => {
  if (!mailedAs) return id;
  return language === 'es' ? 'aviso legal' : 'legal notice';
};

/** The place of a role: `state`, or the id of an office. */
const placeWords = (scope: string, language: Language): string => {
  const office = scope.replace(/^office-/, '');
  if (language === 'es') return scope === 'state' ? 'todo el estado' : `oficina ${office}`;
  return scope === 'state' ? 'the state' : `${office} office`;
};

/** A gap or overlap of shifts in one sentence. */
export function shiftWords({ fault, role, scope, from, to }: ShiftFault, language: Language): string {
  const spanish = language === 'es';
  const who = partnerWords(role, language);
  if (fault === 'none-entered') {
    return spanish
      ? `${who}: nunca se anotó un turno, así que vale el orden del directorio.`
      : `${who}: no shift was ever entered, so the order in the directory is used.`;
  }
  const start = from === undefined ? undefined : whenWords(from, language);
  const end = to === undefined ? undefined : whenWords(to, language);
  const times = spanish
    ? [start === undefined ? 'desde ahora' : `desde el ${start}`, ...(end === undefined ? [] : [`hasta el ${end}`])]
    : [start === undefined ? 'from now' : `from ${start}`, end === undefined ? 'on' : `until ${end}`];
  const says = spanish
    ? {
        empty: 'no hay nadie de turno',
        overlap: 'dos turnos tienen el mismo orden',
        'same-person': 'la misma persona es la primera y la suplente',
      }[fault]
    : {
        empty: 'no one is on shift',
        overlap: 'two shifts have the same order',
        'same-person': 'the same person is first and backup',
      }[fault];
  return `${who}, ${placeWords(scope, language)}: ${says} ${times.join(' ')}.`;
}

const weekdays: Readonly<Record<string, string>> = {
  Mon: 'lunes',
  Tue: 'martes',
  Wed: 'miércoles',
  Thu: 'jueves',
  Fri: 'viernes',
  Sat: 'sábado',
  Sun: 'domingo',
};
const months = 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' ');
const englishMonths = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * An instant for people, New York time with weekday and zone: `Mon Nov 9, 2026, 10:00 PM EST`, or
 * `lunes 9 de noviembre de 2026, 10:00 p. m. EST`. Never relative: mail is read later than it is written.
 */
export function whenWords(instant: string, language: Language): string {
  const english = formatInstant(instant);
  if (language === 'en') return english;
  const [, weekday = '', month = '', day, year, time, half, zone] =
    /^(\w{3}) (\w{3}) (\d+), (\d{4}), (\S+) ([AP])M (\S+)$/.exec(english) ?? [];
  return `${weekdays[weekday]} ${day} de ${months[englishMonths.indexOf(month)]} de ${year}, ${time} ${half === 'A' ? 'a' : 'p'}. m. ${zone}`;
}

/** The number to call and why it is that one: `203-555-0107 (on call until Thu Nov 26, 2026, 8:00 AM EST)`. */
export function onCallWords({ phone, by, until, isFirst }: Omit<OnCallPerson, 'personId'>, language: Language): string {
  const spanish = language === 'es';
  if (by === 'shift' && until !== undefined) {
    const end = whenWords(until, language);
    return `${phone} (${spanish ? `de guardia hasta el ${end}` : `on call until ${end}`})`;
  }
  if (isFirst) {
    const words = spanish
      ? 'sin turno anotado: la primera persona del directorio'
      : 'no shift entered: first in the directory';
    return `${phone} (${words})`;
  }
  return `${phone} (${spanish ? 'la siguiente persona del directorio' : 'next in the directory'})`;
}

/** The time of day of an instant, New York time with its zone: `4:21 AM EST`, or `4:21 a. m. EST`. */
export const timeWords = (instant: string, language: Language): string =>
  whenWords(instant, language).split(', ').at(-1) ?? '';
