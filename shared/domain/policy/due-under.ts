/** When something would be due under a rule, for a question without a referral. */
import { Temporal } from 'temporal-polyfill';
import { type Refusal, refuse } from '../core/refusal.ts';
import { type Answer, answers, type Outcome, outcomes } from '../core/vocabulary.ts';
import { startedByDanger } from '../deadlines/clocks.ts';
import { durationOf } from '../deadlines/deadlines.ts';
import { dueAt } from './due.ts';
import type { DeadlineRule, Policy } from './policy.ts';
import { explainUnder, timeWords } from './rule-words.ts';

/** The question as a person typed it, unchecked. */
export interface DueQuestion {
  readonly id: string;
  /** An instant with its offset. */
  readonly from: string | undefined;
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
      ? Temporal.ZonedDateTime.from(text, { offset: 'reject' }).toInstant()
      : Temporal.Instant.from(text);
    return at.toString({ smallestUnit: 'second', roundingMode: 'floor' });
  } catch {
    return undefined;
  }
};

export const noInstant = (text: string): string =>
  `"${text}" is no instant that exists: give date, time and the offset of that day, such as 2026-12-24T15:00:00-05:00.`;

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
const isOutcome = (word: string): word is Outcome => (outcomes as readonly string[]).includes(word);
const isAnswer = (word: string): word is Answer => (answers as readonly string[]).includes(word);

/** The due instant with its reasons. A refusal in one sentence where the question names what does not exist. */
export function dueUnder(policy: Policy, { id, from, outcome, danger }: DueQuestion): DueAnswer | Refusal {
  const rule = policy.deadlines.find((each) => isSame(each.id, id));
  if (!rule) {
    const ids = policy.deadlines.map((each) => each.id);
    const parts = ids.filter((each) => /^[a-z]$/.test(each.slice(id.length)) && isSame(each.slice(0, id.length), id));
    const known = (parts.length > 0 ? parts : ids).join(', ');
    return refuse('no-such-rule', `The policy ${policy.version} has no deadline "${id}"; it has ${known}.`);
  }
  if (from === undefined) {
    return refuse('no-start', 'Say when the clock starts, such as --from 2026-12-24T15:00:00-05:00.');
  }
  const startsAt = readInstant(from);
  if (startsAt === undefined) {
    return refuse('no-instant', noInstant(from));
  }
  if (!/^20\d\d-/.test(startsAt)) {
    return refuse('no-year', `"${from}" is in no year that can be meant: give one from 2000 to 2099.`);
  }
  if (outcome !== undefined && !isOutcome(outcome)) {
    return refuse('no-such-outcome', `There is no outcome "${outcome}"; it is one of ${outcomes.join(', ')}.`);
  }
  if (outcome !== undefined && rule.ofPathway?.includes(outcome) === false) {
    return refuse(
      'not-of-outcome',
      `${rule.id} does not run after ${outcome}, only after ${rule.ofPathway.join(', ')}.`,
    );
  }
  if (danger !== undefined && !isAnswer(danger)) {
    return refuse('no-such-answer', `Danger is one of ${answers.join(', ')}, not "${danger}".`);
  }
  const starts = startedByDanger[rule.id];
  if (danger !== undefined && starts?.includes(danger) === false) {
    return refuse(
      'not-in-danger',
      `${rule.id} does not run where danger is ${danger}, only where it is ${starts.join(' or ')}.`,
    );
  }
  const open = [
    ...(rule.durationInDanger && danger === undefined ? [`--danger ${answers.join('|')}`] : []),
    ...(rule.durationFor && outcome === undefined ? [`--outcome ${(rule.ofPathway ?? outcomes).join('|')}`] : []),
  ];
  if (open.length > 0) {
    return refuse(
      'which-time',
      `${rule.id} gives more than one time (${timeWords(rule)}): say which with ${open.join(' and ')}.`,
    );
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
