/** Who answers for a role now, and the words for it wherever a person on duty is shown. */

import { clockTime } from '../core/local-time.ts';
import { whereKnown } from '../core/where-known.ts';
import { onShiftAt } from './on-call-shifts.ts';
import type { Shift } from './shift.ts';

/** How a person comes to be on call: by a shift. The fallback is the order of the directory. */
export interface Standing {
  readonly by: 'shift' | 'directory';
  /** The UTC instant at which the shift ends. */
  readonly until?: string;
  /** For the fallback: no one is on shift, and this person is the first of the directory. */
  readonly isFirst?: true;
}

/** One person who answers, in the order to call. `phone`: the number of the shift, where it has one. */
export interface OnCallEntry extends Standing {
  readonly personId: string;
  readonly phone?: string;
}

export interface OnCallPerson extends OnCallEntry {
  /** The number to call: that of the shift, else the person's own. Empty where there is none. */
  readonly phone: string;
}

/**
 * The people who answer for this role and scope at `now` (a UTC instant), the first to call first. People on shift come
 * by their order, then people in the directory's order. Each is there once.
 */
export function onCallNow(
  shifts: readonly Shift[],
  place: Pick<Shift, 'role' | 'scope'>,
  duties: readonly { readonly personId: string }[],
  now: string,
): readonly OnCallEntry[] {
  const onShift = onShiftAt(shifts, place, now).map(({ personId, phone, to }) => ({
    personId,
    by: 'shift' as const,
    until: to,
    ...whereKnown({ phone }),
  }));
  const fallback = duties.map(({ personId }, index) => ({
    personId,
    by: 'directory' as const,
    ...(index === 0 && onShift.length === 0 && { isFirst: true as const }),
  }));
  const all = [...onShift, ...fallback];
  return all.filter(({ personId }, index) => all.findIndex((each) => each.personId === personId) === index);
}

/** `on call until 8:00 AM`, `no shift entered: first in the directory` or `next in the directory`. `now` is a UTC instant. */
export function standingWords({ by, until, isFirst }: Standing, now: string): string {
  if (by === 'shift' && until !== undefined) return `on call until ${clockTime(until, now)}`;
  return isFirst ? 'no shift entered: first in the directory' : 'next in the directory';
}

/** `203-555-0104 (on call until 8:00 AM)`. `now` is a UTC instant. */
export const numberWords = (person: OnCallPerson, now: string): string =>
  `${person.phone} (${standingWords(person, now)})`;

/** The link that dials a number: `203-555-0127` gives `tel:+12035550127`. An extension follows as `;ext=12`. */
export function telephoneLink(phone: string): string {
  const [, number = phone, extension] = /^(.*?)(?:\s*(?:x|ext\.?)\s*(\d+))?$/i.exec(phone) ?? [];
  const digits = number.replaceAll(/\D/g, '');
  const isWhole = digits.length === 11 || number.trim().startsWith('+');
  const dialed = digits.length === 10 ? `+1${digits}` : isWhole ? `+${digits}` : digits;
  return `tel:${dialed}${extension === undefined ? '' : `;ext=${extension}`}`;
}
