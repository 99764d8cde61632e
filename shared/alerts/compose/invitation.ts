/**
 * An appointment as a calendar object (RFC 5545, sent as RFC 5546 says). Each member gets one that names no other member.
 * It is our own code. For an event in a zone, ical-generator 11 writes a DTSTAMP without Z, against RFC 5545. It has no
 * place for the language of a summary either.
 */
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import { appointmentOf } from '../../domain/appointments/appointment.ts';
import type { About } from './mail-facts.ts';

export interface Invitation {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly fileName: string;
  readonly content: string;
}

const zone = 'America/New_York';
/** The rules of New York since 2007 (Energy Policy Act of 2005, section 110). */
export const newYorkZone: readonly string[] = [
  'BEGIN:VTIMEZONE',
  `TZID:${zone}`,
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:-0500',
  'TZOFFSETTO:-0400',
  'TZNAME:EDT',
  'DTSTART:20070311T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:-0400',
  'TZOFFSETTO:-0500',
  'TZNAME:EST',
  'DTSTART:20071104T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
];

const compact = (text: string) => text.replaceAll(/[-:]|\.\d+/g, '');
const utc = (instant: string) => compact(Instant.toString(Instant.fromString(instant), { smallestUnit: 'second' }));

/**
 * The time in New York. Where that local time occurs twice it is in UTC, because calendar programs disagree about which one is
 * meant.
 */
function timeOf(name: 'DTSTART' | 'DTEND', instant: string): string {
  const local = ZonedDateTime.toPlainDateTime(Instant.toZonedDateTimeISO(Instant.fromString(instant), zone));
  const [first, second] = (['earlier', 'later'] as const).map(
    (disambiguation) => PlainDateTime.toZonedDateTime(local, zone, { disambiguation }).epochMilliseconds,
  );
  return first === second
    ? `${name};TZID=${zone}:${compact(PlainDateTime.toString(local, { smallestUnit: 'second' }))}`
    : `${name}:${utc(instant)}`;
}

/** Text of a property (RFC 5545, 3.3.11). */
const escapeText = (text: string) =>
  text.replaceAll(/[\\;,]/g, (character) => `\\${character}`).replaceAll(/\r?\n/g, '\\n');

/** Lines of at most 75 octets (RFC 5545, 3.1), never cut within a character. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > (parts.length === 0 ? 75 : 74)) {
      parts.push(part);
      part = '';
      octets = 0;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}

/** The same id for every change of an appointment. It holds no address, because a guard looks for those. */
const uidOf = (referralId: string, id: string) => `${referralId}.${id}.careline`;

/** Templates that change calendars. A reminder changes none. */
const isOfCalendars = (template: string): boolean =>
  /^(meeting|hearing|visit)-/.test(template) && template !== 'hearing-ahead';

interface Told extends Pick<About, 'alert' | 'state' | 'now' | 'recipient'> {
  /** The id of the template that the mail was made from. */
  readonly template: string;
  readonly summary: string;
  readonly link: string;
  readonly sender: string;
  readonly to: string;
}

/** The calendar object of a mail about an appointment; undefined for every other mail. */
export function invitationOf({
  template,
  alert,
  state,
  now,
  recipient,
  summary,
  link,
  sender,
  to,
}: Told): Invitation | undefined {
  const told = appointmentOf(alert, state);
  if (!isOfCalendars(template) || !told) return undefined;
  const cancelled = ['-cancelled', '-left', '-met'].some((end) => template.endsWith(end));
  const method = cancelled ? 'CANCEL' : 'REQUEST';
  const end = new Date(Date.parse(told.startsAt) + told.minutes * 60_000).toISOString();
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Careline referrals//Meetings//EN',
    `METHOD:${method}`,
    ...newYorkZone,
    'BEGIN:VEVENT',
    `UID:${uidOf(state.id, told.id)}`,
    `SEQUENCE:${told.sequence}`,
    `DTSTAMP:${utc(now)}`,
    timeOf('DTSTART', told.startsAt),
    timeOf('DTEND', end),
    `SUMMARY;LANGUAGE=${recipient.language}:${escapeText(summary)}`,
    `URL:${link}`,
    `ORGANIZER:mailto:${sender}`,
    // No reply is asked for: members answer on the page, and no one reads the mailbox.
    `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:${to}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:CONFIDENTIAL',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return {
    method,
    fileName: cancelled ? 'cancelled.ics' : `${told.kind}.ics`,
    content: `${lines.map(fold).join('\r\n')}\r\n`,
  };
}
