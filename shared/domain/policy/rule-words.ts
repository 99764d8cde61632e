/** Words about a rule, for the people it binds. */

import type { PolicyReason } from '../core/vocabulary.ts';
import type { Confidence } from './confidence.ts';
import { type Calendar, type Due, type Duration, dueAt, durationWords, explain, zoneWords } from './due.ts';
import type { DeadlineRule, Recipient } from './policy.ts';

/** Why a duty is only policy for a child, within a sentence. */
export const policyReasonWords: Readonly<Record<PolicyReason, string>> = {
  'not-responsible': 'the department is not responsible for the child',
  'third-parties': 'every alleged person is a third party',
  'of-age': 'the person is 18 or over',
};

/** Whether the time that a rule gives is law, policy or an assumption of this product. */
export function standing(
  { kind, statutoryMaximum, timeByPolicy, confidence }: DeadlineRule,
  asPolicy?: PolicyReason | undefined,
): string {
  const ours = confidence === 'assumed';
  if (asPolicy) return `policy, because ${policyReasonWords[asPolicy]}`;
  if (kind === 'policy') return ours ? 'policy, an assumption of this product' : 'policy';
  if (confidence === 'doubtful' || confidence === 'believed') return 'law, its time not confirmed';
  if (statutoryMaximum) {
    const by = ours ? 'an assumption of this product' : 'policy';
    return `law, tightened from ${durationWords(statutoryMaximum)} by ${by}`;
  }
  if (ours) return 'law, its time an assumption of this product';
  return timeByPolicy ? 'law, its time set by policy' : 'law';
}

/** The same, with the note that counsel has not confirmed it, where that is so. */
export const standingWithSignOff = (rule: DeadlineRule, asPolicy?: PolicyReason | undefined): string =>
  `${standing(rule, asPolicy)}${rule.awaitsLegalSignOff ? ', awaits legal sign-off' : ''}`;

/** The start of a clock, where it differs from the one that its rule names. */
const otherStarts = {
  'child-returned': 'the return of the child',
  'danger-said': 'the word that the child is in danger',
  'notice-day-past': 'the proposal, made after the day of the notice',
  'facts-learned': 'what became known of the child',
  'report-merged': 'a report about the same child that was merged',
  'window-passed': 'the end of the time to collect evidence',
  'first-return': 'the return of a child who was not seen before',
  'exam-asked-again': 'the new offer of the exam, or the later yes of the child',
  'facts-changed': 'the new proposal, made because facts had changed since the decision',
} as const;

/** What started the clock of a deadline under this rule. */
export const startWords = (rule: DeadlineRule, startedBy: keyof typeof otherStarts | undefined): string =>
  startedBy ? otherStarts[startedBy] : rule.clockStart;

/** The citation in brackets: the words of a source up to the first colon or semicolon. Empty for what this product assumes. */
export const citationOf = (source: string): string =>
  source.startsWith('This project') ? '' : ` (${source.split(/[:;]/, 1)[0]})`;

/** What an explanation says of a deadline beside its rule. */
interface Standing {
  readonly startedBy?: keyof typeof otherStarts | undefined;
  readonly asPolicy?: PolicyReason | undefined;
}

/**
 * The end of each explanation: `rule D3, New York time: law, awaits legal sign-off (C.G.S. 17a-101b and 17a-103(c))`. A
 * deadline that a return starts is law, whatever its rule is, where the department is responsible for the child.
 */
export function underRule(rule: DeadlineRule, { startedBy, asPolicy }: Standing = {}): string {
  const isReturn = startedBy === 'child-returned';
  const said = isReturn && !asPolicy ? 'law, its time set by policy' : standingWithSignOff(rule, asPolicy);
  return `rule ${rule.id}, ${zoneWords}: ${said}${isReturn ? ' (42 U.S.C. 671(a)(35)(A))' : citationOf(rule.source)}`;
}

/** One sentence for a due instant under this rule, such as `due …: 12 hours after receipt of the report (…); rule D3, New York time: law`. */
export function explainUnder(
  rule: DeadlineRule,
  time: Due & {
    readonly start: string;
    readonly duration: Duration;
    readonly startedBy?: keyof typeof otherStarts | undefined;
    readonly asPolicy?: PolicyReason | undefined;
    readonly hardStop?: string | undefined;
  },
  calendar: Calendar,
): string {
  const { duration, hardStop } = time;
  // Only elapsed time is sure to give the same result again: a day may have become a holiday since.
  const elapsed = duration.unit === 'hours' || duration.unit === 'minutes';
  const isStop = hardStop !== undefined && Date.parse(hardStop) === Date.parse(time.due);
  const stopped = (elapsed || isStop) && Date.parse(dueAt(time.start, duration, calendar).due) > Date.parse(time.due);
  const startedBy = startWords(rule, time.startedBy);
  return `${explain({ ...time, startedBy, stopped })}; ${underRule(rule, time)}`;
}

const initials = /\b(aag|dcf|hart|mdt|ncmec|sti)\b/g;

/** `hart-lead` as `HART lead`. */
export const codeWords = (code: string): string =>
  code
    .replaceAll('-', ' ')
    .replace('states attorney', "state's attorney")
    .replace(initials, (word) => word.toUpperCase());

/** `clockStart` as `clock start`. */
export const fieldWords = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The recipients of an alert, in words. */
export function recipientWords(recipient: Recipient): string {
  if (recipient === 'seats') return 'every seat of the team';
  return recipient.startsWith('seat:') ? `the seat of ${codeWords(recipient.slice(5))}` : codeWords(recipient);
}

/** Every time a rule can give: `5 business days; confirmed: 48 hours`. */
export function timeWords(rule: DeadlineRule): string {
  const { duration, durationInDanger, durationFor = {}, durationForService = {} } = rule;
  return [
    durationWords(duration),
    ...(durationInDanger ? [`in danger, or where danger is not ruled out: ${durationWords(durationInDanger)}`] : []),
    ...Object.entries(durationFor).map(([outcome, time]) => `${outcome}: ${durationWords(time)}`),
    ...Object.entries(durationForService).map(([service, time]) => `for ${codeWords(service)}: ${durationWords(time)}`),
  ].join('; ');
}

/** What happens to a deadline under this rule when the referral is closed. */
export const closingWords: Readonly<Record<DeadlineRule['closing'], string>> = {
  waits: 'Waits for it',
  ends: 'Does not wait for it, and ends it',
  outlives: 'Does not wait for it: it is followed up after closing',
};

/** How sure the project is, for people who see the rule. */
export const confidenceWords: Readonly<Record<Confidence, string>> = {
  verified: 'seen in the text of the source',
  summary: 'seen in an official summary only',
  believed: 'believed, not confirmed',
  doubtful: 'doubtful: not confirmed',
  assumed: 'assumed by this product',
};
