/** When something would be due under a rule, for a question without a referral. */
import { getBasic } from 'temporal-polyfill/fns/Calendar';
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import type { Refusal } from '../core/refusal.ts';
import { type Answer, answers, type Outcome, outcomes } from '../core/vocabulary.ts';
import { startedByDanger } from '../deadlines/clocks.ts';
import { durationOf } from '../deadlines/deadlines.ts';
import { refuse } from '../refusals.ts';
import { dueAt } from './due.ts';
import type { DeadlineRule, Policy } from './policy.ts';
import { explainUnder, timeWords } from './rule-words.ts';

/** The question as a person typed it, unchecked. */
export interface DueQuestion {
  readonly id: string;
  /** An instant with its offset. */
  readonly from: string | undefined;
  /** When the report was received, an instant with its offset. A clock that starts with the receipt counts from it. */
  readonly received?: string | undefined;
  readonly outcome?: string | undefined;
  /** Required where the rule's time depends on it, as `outcome` is. */
  readonly danger?: string | undefined;
}

/** Instants are UTC with `Z`, whole seconds. */
export interface DueAnswer {
  readonly id: string;
  readonly startsAt: string;
  readonly dueAt: string;
  readonly kind: DeadlineRule['kind'];
  readonly explanation: string;
  readonly source: string;
  readonly confidence: DeadlineRule['confidence'];
}

/**
 * Date, time and offset, with or without the name of a zone. Temporal would read a sixtieth second as the one before
 * it.
 */
const written = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)(\[[A-Za-z][\w/+-]*\])?$/i;

/** The UTC instant of a typed text, in whole seconds. Undefined where no such instant exists. */
export const readInstant = (text: string): string | undefined => {
  if (!written.test(text)) return undefined;
  try {
    // With the name of a zone, the offset must be the one that its clocks show then.
    const at = text.endsWith(']')
      ? ZonedDateTime.toInstant(ZonedDateTime.fromString(text, getBasic, { offset: 'reject' }))
      : Instant.fromString(text);
    return Instant.toString(at, { smallestUnit: 'second', roundingMode: 'floor' });
  } catch {
    return undefined;
  }
};

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
const isOutcome = (word: string): word is Outcome => (outcomes as readonly string[]).includes(word);
const isAnswer = (word: string): word is Answer => (answers as readonly string[]).includes(word);

/** The due instant with its reasons. A refusal in one sentence where the question names what does not exist. */
export function dueUnder(policy: Policy, question: DueQuestion): DueAnswer | Refusal {
  const { id, received, outcome, danger } = question;
  const rule = policy.deadlines.find((each) => isSame(each.id, id));
  if (!rule) {
    const ids = policy.deadlines.map((each) => each.id);
    const parts = ids.filter((each) => /^[a-z]$/.test(each.slice(id.length)) && isSame(each.slice(0, id.length), id));
    const known = (parts.length > 0 ? parts : ids).join(', ');
    return refuse('no-such-rule', { version: policy.version, id, known });
  }
  const startsWithReceipt = rule.clockStart === 'receipt of the report';
  const from = question.from ?? (startsWithReceipt ? received : undefined);
  if (from === undefined) {
    return refuse('no-start');
  }
  const startsAt = readInstant(from);
  if (startsAt === undefined) {
    return refuse('no-instant', { from });
  }
  if (!/^20\d\d-/.test(startsAt)) {
    return refuse('no-year', { from });
  }
  if (startsWithReceipt && received !== undefined && readInstant(received) !== startsAt) {
    return refuse('not-the-receipt', { id: rule.id });
  }
  if (outcome !== undefined && !isOutcome(outcome)) {
    return refuse('no-such-outcome', { outcome, outcomes: outcomes.join(', ') });
  }
  if (outcome !== undefined && rule.ofPathway?.includes(outcome) === false) {
    return refuse('not-of-outcome', { id: rule.id, outcome, ofPathway: rule.ofPathway.join(', ') });
  }
  if (danger !== undefined && !isAnswer(danger)) {
    return refuse('no-such-answer', { answers: answers.join(', '), danger });
  }
  const starts = startedByDanger[rule.id];
  if (danger !== undefined && starts?.includes(danger) === false) {
    return refuse('not-in-danger', { id: rule.id, danger, starts: starts.join(' or ') });
  }
  const open = [
    ...(rule.durationInDanger && danger === undefined ? [`--danger ${answers.join('|')}`] : []),
    ...(rule.durationFor && outcome === undefined ? [`--outcome ${(rule.ofPathway ?? outcomes).join('|')}`] : []),
  ];
  if (open.length > 0) {
    return refuse('which-time', { id: rule.id, rule: timeWords(rule), open: open.join(' and ') });
  }
  const duration = durationOf(
    rule,
    {
      response: { danger: danger ?? 'no' },
    },
    outcome,
  );
  const { due, skipped } = dueAt(startsAt, duration, policy.calendar);
  return {
    id: rule.id,
    startsAt,
    dueAt: due,
    kind: rule.kind,
    explanation: explainUnder(rule, { start: startsAt, due, duration, skipped }, policy.calendar),
    source: rule.source,
    confidence: rule.confidence,
  };
}
