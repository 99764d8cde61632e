/** The words of roles, seats, places and instants, in the reader's language. */
import { askedAs, groupOf, insteadOf } from '../../domain/alerts/addressed-as.ts';
import type { AgreementReminder } from '../../domain/alerts/notices.ts';
import type { Language, Role } from '../../domain/core/vocabulary.ts';
import type { OnCallPerson } from '../../domain/directory/on-call.ts';
import type { ShiftFault } from '../../domain/directory/shift-alarms.ts';
import { formatInstant, newYorkDate } from '../../domain/policy/due.ts';
import { isOfCalendar } from '../../domain/team/meeting-calendars.ts';
import { partnerWords, wordsInside } from '../../domain/words/code-words.ts';
import type { InEach } from '../../domain/words/duty-words.ts';

/** What a person of each role is to a referral, after "because you". */
const reasons: Readonly<Record<Role, InEach>> = {
  'careline-worker': { en: 'are the Careline worker on duty', es: 'está de turno en Careline' },
  'careline-supervisor': { en: 'are the Careline supervisor on duty', es: 'supervisa el turno en Careline' },
  'careline-manager': { en: 'manage the Careline', es: 'está a cargo de Careline' },
  caseworker: { en: 'are a social worker of the area office', es: 'hace trabajo social en la oficina del área' },
  'area-supervisor': { en: 'supervise the area office', es: 'supervisa la oficina del área' },
  'area-director': { en: 'direct the area office', es: 'dirige la oficina del área' },
  'area-oncall': { en: 'are on call for the area office', es: 'está de guardia en la oficina del área' },
  'director-oncall': { en: 'are the director on call', es: 'dirige la guardia' },
  'program-manager': { en: 'manage the program', es: 'está a cargo del programa' },
  'hart-liaison': { en: 'are the HART liaison', es: 'es enlace HART' },
  'hart-lead': { en: 'are the HART lead', es: 'coordina HART' },
  'hart-director': { en: 'direct HART', es: 'dirige HART' },
  legal: { en: 'advise DCF on the law', es: 'asesora a DCF sobre la ley' },
  'aag-liaison': {
    en: 'are the liaison to the Attorney General',
    es: 'es enlace con la fiscalía general',
  },
  'mdt-coordinator': { en: 'coordinate the team', es: 'coordina el equipo' },
  'mdt-chair': { en: 'chair the team', es: 'preside el equipo' },
  'mdt-member': { en: 'are a member of the team', es: 'forma parte del equipo' },
  provider: { en: 'are the contact of the service provider', es: 'es el contacto del proveedor del servicio' },
  administrator: { en: 'administer the Careline system', es: 'administra el sistema de Careline' },
  auditor: { en: 'audit the Careline', es: 'audita Careline' },
  evaluator: { en: 'evaluate the program', es: 'evalúa el programa' },
  trainer: { en: 'train people', es: 'capacita a personas' },
  'forum-member': { en: 'are a member of a forum', es: 'forma parte de un foro' },
};

const isRole = (group: string): group is Role => Object.hasOwn(reasons, group);

/** Why a recipient group gets mail, after "because you": `are the HART lead`, `hold the medical seat`. */
export function roleReason(group: string, language: Language): string {
  if (isRole(group)) return reasons[group][language];
  if (isOfCalendar(group)) {
    return { en: 'have it in your calendar', es: 'lo tiene en su calendario' }[language];
  }
  const [kind, seat] = group.split(':');
  if (kind === 'seat' && seat !== undefined) {
    const words = partnerWords(seat, language);
    return { en: `hold the ${words} seat of the team`, es: `ocupa el puesto de ${words} del equipo` }[language];
  }
  return kind === 'seats'
    ? { en: 'hold a seat of the team', es: 'ocupa un puesto del equipo' }[language]
    : { en: 'were asked by name', es: 'recibió esta solicitud a su nombre' }[language];
}

/** Why a person gets the mail, after "because you": their role, and the role that they stand in for. */
export function addresseeWords(addressedAs: string, language: Language): string {
  const reason = roleReason(askedAs(addressedAs), language);
  if (askedAs(addressedAs) === addressedAs) return reason;
  const [kind, seat] = groupOf(addressedAs).split(':');
  const words = partnerWords(seat ?? kind ?? '', language);
  const isAtCap = addressedAs.includes(insteadOf.atCap);
  if (language === 'es') {
    const missing = seat === undefined ? words : `el puesto de ${words}`;
    return `${reason}, y ${isAtCap ? `ya no enviamos más correos a ${missing}` : `aún no conocemos a nadie para ${missing}`}`;
  }
  const missing = seat === undefined ? words : `holder of the ${words} seat`;
  return `${reason}, and ${isAtCap ? `the ${missing} gets no more mail` : `no ${missing} is known yet`}`;
}

/**
 * Why a person gets the mail, each reason once, after "because you". Of several roles that a person stands in for it
 * says how many there are. `all`: how the mail addresses the person.
 */
export function reasonsOf(all: readonly string[], language: Language): readonly string[] {
  const byRole = Map.groupBy(new Set(all), (addressedAs) => roleReason(askedAs(addressedAs), language));
  return [...byRole].map(([reason, words]) => {
    const standsIn = words.filter((addressedAs) => askedAs(addressedAs) !== addressedAs);
    const [only] = standsIn;
    if (only === undefined) return reason;
    if (standsIn.length === 1) return addresseeWords(only, language);
    return language === 'es'
      ? `${reason}, y cubre otras ${standsIn.length} funciones`
      : `${reason}, and stand in for ${standsIn.length} other roles`;
  });
}

/** The place of a role: `state`, or the id of an office. */
const placeWords = (scope: string, language: Language): string => {
  const office = teamWords(scope.replace(/^office-/, ''));
  if (language === 'es') return scope === 'state' ? 'todo el estado' : `oficina de ${office}`;
  return scope === 'state' ? 'statewide' : `${office} office`;
};

/** A gap or overlap of shifts in one sentence. */
export function shiftWords({ fault, role, scope, from, to }: ShiftFault, language: Language, now: string): string {
  const spanish = language === 'es';
  const who = partnerWords(role, language);
  if (fault === 'none-entered') {
    return spanish
      ? `${who}: nadie ha anotado turnos. Llamamos en el orden del directorio.`
      : `${who}: no shifts are entered. We call in directory order.`;
  }
  const start = from === undefined ? undefined : whenWords(from, language, now);
  const end = to === undefined ? undefined : whenWords(to, language, now);
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
  // A Spanish time ends with a full stop of its own.
  return `${who}, ${placeWords(scope, language)}: ${says} ${times.join(' ')}.`.replace(/\.\.$/, '.');
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
const hour = 3_600_000;

/** The parts of an instant in New York. `zone`: only within the hour that occurs twice when clocks go back. */
function partsOf(instant: string) {
  const read = (milliseconds: number) =>
    /^(\w{3}) (\w{3}) (\d+), (\d{4}), (\S+) ([AP])M (\S+)$/.exec(formatInstant(new Date(milliseconds).toISOString())) ??
    [];
  const at = Date.parse(instant);
  const [, weekday = '', month = '', day = '', year = '', time = '', half = '', zone = ''] = read(at);
  const isTwice = [at - hour, at + hour].some(
    (other) => read(other).slice(1, 7).join() === read(at).slice(1, 7).join(),
  );
  return { weekday, month, day, year, time, half, zone: isTwice ? ` ${zone}` : '' };
}

/**
 * An instant for people in New York time: `Mon, Nov 9, 10:00 PM`, or `lunes 9 de noviembre, 10:00 p. m.`. The year is
 * there where it is not that of `now`. Never relative: mail is read later than it is written. Both are UTC instants.
 */
export function whenWords(instant: string, language: Language, now: string): string {
  const { weekday, month, day, year, time, half, zone } = partsOf(instant);
  const isOther = year !== partsOf(now).year;
  return language === 'es'
    ? `${weekdays[weekday]} ${day} de ${months[englishMonths.indexOf(month)]}${isOther ? ` de ${year}` : ''}, ${time} ${half.toLowerCase()}. m.${zone}`
    : `${weekday}, ${month} ${day}${isOther ? `, ${year}` : ''}, ${time} ${half}M${zone}`;
}

/** The days around the writing of a mail in which a weekday can only be one day. */
const weekdayIsClear = 6 * 24 * hour;

/** An instant for a subject: `Mon 10:00 PM` within six days, and `Mon, Nov 30` further off. Both are UTC instants. */
export function byWords(instant: string, language: Language, now: string): string {
  const { weekday, month, day, time, half } = partsOf(instant);
  const isNear = Math.abs(Date.parse(instant) - Date.parse(now)) < weekdayIsClear;
  if (language === 'es') {
    const short = (weekdays[weekday] ?? '').slice(0, 3);
    const monthShort = (months[englishMonths.indexOf(month)] ?? '').slice(0, 3);
    return isNear ? `${short} ${time} ${half.toLowerCase()}m` : `${short} ${day} ${monthShort}`;
  }
  return isNear ? `${weekday} ${time} ${half}M` : `${weekday}, ${month} ${day}`;
}

/** The time of day of an instant in New York, within a sentence: `4:21 AM`, or `las 4:21 a. m.`. */
export function timeWords(instant: string, language: Language): string {
  const { time, half, zone } = partsOf(instant);
  if (language === 'en') return `${time} ${half}M${zone}`;
  return `${time.startsWith('1:') ? 'la' : 'las'} ${time} ${half.toLowerCase()}. m.${zone}`;
}

/** A span in its two largest units: `11 h 59 min`, `2 d 3 h`, `12 min`. */
export function spanWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'min'],
  ] as const;
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return '0 min';
  const largest = parts.slice(first, first + 2).filter(([amount]) => amount > 0);
  return largest.map(([amount, unit]) => `${amount} ${unit}`).join(' ');
}

/** The number to call, and for how long it is the right one: `203-555-0107 (on call until Thu, Nov 26, 8:00 AM)`. */
export function onCallWords(
  { phone, by, until }: Omit<OnCallPerson, 'personId'>,
  language: Language,
  now: string,
): string {
  if (by !== 'shift' || until === undefined) return phone;
  const end = whenWords(until, language, now);
  return `${phone} (${language === 'es' ? `de guardia hasta el ${end}` : `on call until ${end}`})`;
}

/** The name of a team: `Hartford` of `MDT-HARTFORD`, `New Haven` of `MDT-NEW-HAVEN`. */
export const teamWords = (team: string): string =>
  team
    .replace(/^MDT-/, '')
    .split('-')
    .map((part) => part.charAt(0) + part.slice(1).toLowerCase())
    .join(' ');

/** One line for an agreement: its id, its kind, and when it ends or is to be reviewed. `now`: a UTC instant. */
export function agreementWords(
  { id, kind, reminder: { about, on } }: AgreementReminder,
  language: Language,
  now: string,
): string {
  const left = (Date.parse(on) - Date.parse(newYorkDate(now))) / 86_400_000;
  const { ahead, today, past } = agreementTimes[language][about];
  const when = left > 0 ? ahead.replace('#', String(left)) : left === 0 ? today : past;
  return `${id}: ${language === 'en' ? wordsInside(kind) : agreementsInSpanish[kind]}, ${when}`;
}

const agreementTimes = {
  en: {
    end: { ahead: 'ends in # days', today: 'today is its last day', past: 'has ended' },
    review: { ahead: 'its review is due in # days', today: 'its review is due today', past: 'its review is overdue' },
  },
  es: {
    end: { ahead: 'termina en # días', today: 'hoy es su último día', past: 'ya terminó' },
    review: { ahead: 'toca revisarlo en # días', today: 'hoy toca revisarlo', past: 'su revisión está atrasada' },
  },
} as const;

const agreementsInSpanish = {
  memorandum: 'memorando de entendimiento',
  'data-sharing': 'acuerdo de intercambio de datos',
  'qualified-service-organization': 'acuerdo de organización de servicios calificada',
} as const satisfies Readonly<Record<AgreementReminder['kind'], string>>;
