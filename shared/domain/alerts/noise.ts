/**
 * What a policy costs the people who get its mail: mails and interruptions a person a shift. An interruption is a mail of
 * class `now` or `today`, because it asks a person to stop and act.
 */
import { atHour, newYorkDate } from '../policy/due.ts';
import { type AlarmClass, alarmClasses, findRule, type Policy } from '../policy/policy.ts';
import { codeWords } from '../policy/rule-words.ts';
import type { CountedMail } from './counted-mail.ts';

/** One mail to one person, and the UTC instant at which it went out. */
export type SentNoise = CountedMail & { readonly at: string };

/** Of the numbers of all shifts. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

export interface Noise {
  readonly mails: number;
  readonly interruptions: number;
  readonly people: number;
  /** Shifts in which a person got at least one mail. */
  readonly shifts: number;
  readonly byClass: Readonly<Record<AlarmClass, number>>;
  /** The most first. Each mail counts once. */
  readonly byRule: readonly NoiseOfRule[];
  readonly mailsOfShift: Spread;
  readonly interruptionsOfShift: Spread;
  /** The most mails of one person in all. */
  readonly mostOfOnePerson: number;
  /** The most mails about one referral, to all people. A mail about several counts for each. */
  readonly mostOfOneReferral: number;
}

export interface NoiseOfRule {
  /** A rule such as `D3`, the kind of news without a deadline, or `notice`. */
  readonly about: string;
  /** The referrals that these mails were first of all about. None for a notice. */
  readonly referrals: number;
  readonly mails: number;
  readonly interruptions: number;
  readonly byClass: Readonly<Record<AlarmClass, number>>;
}

/** The shifts of a day begin at these hours of New York. Assumed by this project. */
export const shiftHours = [0, 8, 16] as const;

const interrupts = ({ class: its }: SentNoise): boolean => its !== 'routine';

/** Such as `2026-11-09 08`, by New York time. */
function shiftOf(at: string): string {
  const day = newYorkDate(at);
  const hour = shiftHours.findLast((each) => Date.parse(atHour(day, each)) <= Date.parse(at)) ?? 0;
  return `${day} ${String(hour).padStart(2, '0')}`;
}

/** The nearest rank: the least number that this part of all numbers does not exceed. Zero of none. */
function spreadOf(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((one, other) => one - other);
  const at = (part: number) => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

const classesOf = (sent: readonly SentNoise[]): Noise['byClass'] => {
  const count = (one: AlarmClass) => sent.filter((each) => each.class === one).length;
  return { now: count('now'), today: count('today'), routine: count('routine') };
};

const most = (numbers: readonly number[]): number => Math.max(0, ...numbers);

/** Counts mails. Shifts without a mail are left out, so that many quiet shifts do not hide a loud one. */
export function noiseOf(sent: readonly SentNoise[]): Noise {
  const byPerson = Map.groupBy(sent, ({ personId }) => personId);
  const told = sent.flatMap(({ referrals }) => referrals);
  const shifts = [...Map.groupBy(sent, ({ personId, at }) => `${personId} ${shiftOf(at)}`).values()];
  return {
    mails: sent.length,
    interruptions: sent.filter(interrupts).length,
    people: byPerson.size,
    shifts: shifts.length,
    byClass: classesOf(sent),
    byRule: [...Map.groupBy(sent, ({ about }) => about)]
      .map(([about, its]) => ({
        about,
        referrals: new Set(its.flatMap(({ referrals: [first = []] }) => first)).size,
        mails: its.length,
        interruptions: its.filter(interrupts).length,
        byClass: classesOf(its),
      }))
      .toSorted((one, other) => other.mails - one.mails || one.about.localeCompare(other.about, 'en')),
    mailsOfShift: spreadOf(shifts.map((its) => its.length)),
    interruptionsOfShift: spreadOf(shifts.map((its) => its.filter(interrupts).length)),
    mostOfOnePerson: most([...byPerson.values()].map((its) => its.length)),
    mostOfOneReferral: most([...Map.groupBy(told, (id) => id).values()].map((its) => its.length)),
  };
}

const mostRules = 15;

/** The counts as a text for the person who writes the policy. */
export function noiseText(noise: Noise, history: string, policy: Policy): string {
  const { mails, interruptions, people, shifts, byClass, byRule, mailsOfShift, interruptionsOfShift } = noise;
  const spread = ({ p50, p95, max }: Spread) => `half at most ${p50}, 95 % at most ${p95}, the most ${max}`;
  const line = (all: string, loud: string, about: string) => `  ${all.padStart(6)}  ${loud.padStart(13)}  ${about}`;
  const nameOf = (about: string) => {
    const rule = findRule(policy, about);
    return rule ? `${about} ${rule.obligation}` : `News: ${codeWords(about)}`;
  };
  const rest = byRule.length - mostRules;
  return [
    history,
    `${mails} mails to ${people} people; the most for one person: ${noise.mostOfOnePerson}, about one referral: ${noise.mostOfOneReferral}.`,
    `${interruptions} interruptions: mails of class now or today. ${alarmClasses.map((each) => `${each} ${byClass[each]}`).join(', ')}.`,
    '',
    `A person a shift of eight hours, over ${shifts} shifts with at least one mail:`,
    `  Mails: ${spread(mailsOfShift)}.`,
    `  Interruptions: ${spread(interruptionsOfShift)}.`,
    '',
    line('Mails', 'Interruptions', 'Rule'),
    ...byRule
      .slice(0, mostRules)
      .map((each) => line(String(each.mails), String(each.interruptions), nameOf(each.about))),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ].join('\n');
}
