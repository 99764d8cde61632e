/** The words of recipients, of the time that is left, and of a meeting's missing disciplines. */
import type { AgreementLack } from '../../../shared/domain/agreements/agreement-states.ts';
import { formatDate } from '../../../shared/domain/policy/due.ts';
import { findRule, type Policy } from '../../../shared/domain/policy/policy.ts';
import { isOfCalendar } from '../../../shared/domain/team/meeting-calendars.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { dutyTitle } from '../../../shared/domain/words/duty-words.ts';
import { mdtTeams, offices } from '../../../shared/policy/places/geography.ts';

/** The recipient of an alert in words: a role, `seats`, `seat:<discipline>`, or a named person. */
export function recipientWords(recipient: string): string {
  const [kind = '', name] = recipient.split(':');
  if (name === undefined) return words(kind);
  if (isOfCalendar(recipient)) return 'A person with the meeting in their calendar';
  return kind === 'seat' ? `Seat (${wordsInside(name)})` : 'The person named';
}

/** Why no agreement is in force, inside a sentence. */
export const lackWords = (lack: AgreementLack): string => {
  switch (lack.state) {
    case 'none':
      return 'none recorded';
    case 'not-yet':
      return `not in force before ${formatDate(lack.on)}`;
    case 'ended':
      return `ended early on ${formatDate(lack.on)}`;
    case 'expired':
      return `expired on ${formatDate(lack.on)}`;
  }
};

/** `1 day`, `2 days`. */
export const plural = (amount: number, unit: string, several = `${unit}s`): string =>
  `${amount} ${amount === 1 ? unit : several}`;

/** A span of milliseconds in at most two units: `2 days 3 hours`, `12 minutes`, `less than a minute`. */
function spanWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  const parts = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute'],
  ] as const;
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return 'less than a minute';
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => plural(amount, unit))
    .join(' ');
}

/**
 * How long is left until `due`, or how long ago `due` was. Both are UTC instants. At that very instant it is overdue,
 * as in mail.
 */
export function timeLeft(due: string, now: string): string {
  const left = Date.parse(due) - Date.parse(now);
  return left > 0 ? `${spanWords(left)} left` : `overdue by ${spanWords(-left)}`;
}

/** `20 minutes ago`. Both are UTC instants. */
export const ago = (at: string, now: string): string =>
  `${spanWords(Math.max(0, Date.parse(now) - Date.parse(at)))} ago`;

/**
 * Why a meeting's composition is incomplete: absent disciplines, those without a signed notice, and those that share
 * one person.
 */
export const lacking = (missing: readonly string[], unsigned: readonly string[], shared: readonly string[]): string =>
  [
    ...(missing.length > 0 ? [`without ${missing.map(wordsInside).join(', ')}`] : []),
    ...(unsigned.length > 0
      ? [
          `no one of ${unsigned.map(wordsInside).join(', ')} had signed the notice of confidentiality without a conflict`,
        ]
      : []),
    ...(shared.length > 0
      ? [`for ${shared.map(wordsInside).join(', ')} the only person there sat for another discipline`]
      : []),
  ].join('; ');

const short = [
  [1440, 'd'],
  [60, 'h'],
  [1, 'min'],
] as const;

/** A span of milliseconds in at most two short units: `2 d 3 h`, `12 min`, `1 min` at least. */
function shortSpan(milliseconds: number): string {
  const minutes = Math.max(1, Math.floor(milliseconds / 60_000));
  const first = short.findIndex(([unit]) => minutes >= unit);
  const amounts = short.slice(first, first + 2).map(([unit, name], index) => {
    const larger = short[first + index - 1]?.[0];
    return [Math.floor((index === 0 || larger === undefined ? minutes : minutes % larger) / unit), name] as const;
  });
  return amounts
    .filter(([amount]) => amount > 0)
    .map(([amount, name]) => `${amount} ${name}`)
    .join(' ');
}

/** `in 11 h 59 min`, or `overdue by 2 h` from the very instant on. `due` and `now` are UTC instants. */
export function dueIn(due: string, now: string): string {
  const left = Date.parse(due) - Date.parse(now);
  return left > 0 ? `in ${shortSpan(left)}` : `overdue by ${shortSpan(-left)}`;
}

/** The place of a role: `Hartford office`, `Region 2`, a team's name, or empty for the whole state. */
export function scopeWords(scope: string): string {
  const [, kind, id = ''] = /^(region|office|team)-(.+)$/.exec(scope) ?? [];
  if (kind === 'region') return `Region ${id}`;
  if (kind === 'office') return `${offices.find((office) => office.id === id)?.name ?? id} office`;
  return kind === 'team' ? (mdtTeams.find((team) => team.id === id)?.name ?? id) : '';
}

/** What a duty asks, in the same words on every page and in mail. A rule that the policy lacks has its own words. */
export function dutyTitleIn(
  policy: Policy,
  { rule, obligation }: { readonly rule: string; readonly obligation: string },
): string {
  const known = findRule(policy, rule);
  return known ? dutyTitle(known) : obligation;
}
