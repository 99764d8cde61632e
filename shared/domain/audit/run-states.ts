/** How well a run is at an instant, and in sentences what it waits for and what comes next. */
import type { StoredRun } from '../board/run-rows.ts';
import { clockTime } from '../core/local-time.ts';
import { findRule, type Policy } from '../policy/policy.ts';
import { wordsInside } from '../words/code-words.ts';
import { keepingCareline } from '../words/words.ts';

/** From the least healthy on: a list of runs is in this order. */
export const runStates = ['failed', 'restarted', 'handed-over', 'running', 'waiting', 'ended'] as const;
export type RunState = (typeof runStates)[number];

/** A living run acts within seconds. After so long, in milliseconds, the watchdog looks at it. */
const patience = 600_000;

/** `now` is a UTC instant. */
export function stateAt({ is, next, at }: StoredRun, now: string): RunState {
  if (is === 'ended') return 'ended';
  const late = at === undefined ? 0 : Date.parse(now) - Date.parse(at);
  if (is === 'failing' || late > patience) return 'failed';
  if (is === 'restarted' || is === 'handed-over') return is;
  return next === 'step' || late > 0 ? 'running' : 'waiting';
}

const waits: Readonly<Record<string, string>> = {
  screening: 'the person who screens the child',
  resolution: 'a new screening, a recommendation or the end of the work',
};

/** Checkpoints by their kind, as they are told. */
const checkpointNames: Readonly<Record<string, string>> = {
  remind: 'Reminder',
  warn: 'Warning',
  due: 'Due',
  escalate: 'Escalation',
  ring: 'Call',
};
export const checkpointName = (kind: string): string => checkpointNames[kind] ?? kind;

/** So many are named. */
const mostNamed = 3;

/** A recipient within a sentence, with its article. */
function nameOf(recipient: string): string {
  if (recipient === 'seats') return 'the seats of the team';
  if (recipient === 'legal') return 'Legal';
  const [kind = '', seat] = recipient.split(':');
  return seat === undefined ? `the ${keepingCareline(wordsInside(kind))}` : `the seat of ${wordsInside(seat)}`;
}

/** Who a run waits for, within a sentence. `on`: recipients with spaces between, or what the run of a referral waits for. */
export function peopleIn(on: string): string {
  const known = waits[on];
  if (known !== undefined) return known;
  const people = on.split(' ').map(nameOf);
  return `${people.slice(0, mostNamed).join(' or ')}${people.length > mostNamed ? ' or others' : ''}`;
}

/** The roles that an escalation of the rule adds, in words. Undefined where it adds none, or the policy has no such rule. */
function thenTold({ rule = '', on }: StoredRun, policy: Policy): string | undefined {
  const asked = on.split(' ');
  const added = findRule(policy, rule)?.escalate.filter((each) => !asked.includes(each)) ?? [];
  const [first] = added;
  return first === undefined ? undefined : nameOf(first);
}

function comesNext(run: StoredRun, policy: Policy, now: string): string | undefined {
  const { next, at } = run;
  if (next === 'step') return 'It takes its next step now.';
  if (next === undefined || at === undefined) return undefined;
  const when = clockTime(at, now);
  const then = thenTold(run, policy);
  switch (next) {
    case 'escalate':
      return `Escalation ${when}${then === undefined ? '' : ` to ${then}`}.`;
    case 'ring':
      return `Next call ${when}.`;
    default:
      return `${checkpointName(next)} ${when}${then === undefined ? '' : `, then ${then}`}.`;
  }
}

/**
 * What a run waits for, in short sentences with New York times. `policy`: to name who is told next. `now` is a UTC
 * instant.
 */
export function runSentences(run: StoredRun, policy: Policy, now: string): readonly string[] {
  const { is, on, since, endedBefore, generation, at, due, missed } = run;
  if (is === 'ended') return [`Ended ${clockTime(since, now)}: ${wordsInside(on)}.`];
  const before = endedBefore === undefined ? '' : clockTime(endedBefore, now);
  const story = {
    failing: `Lost again and again, the last time ${before}. A restart does not help.`,
    restarted: `Lost ${before}. The watchdog started it again as generation ${generation}.`,
    'handed-over': `Ended ${before}, by order or because of its age. Generation ${generation} took over.`,
    alive: undefined,
  }[is];
  const late = at !== undefined && stateAt(run, now) === 'failed' && is !== 'failing';
  const next = late
    ? `It should have acted ${clockTime(at, now)}. The watchdog looks at it every five minutes.`
    : comesNext(run, policy, now);
  const missedAt = missed && due !== undefined ? `Missed: it was due ${clockTime(due, now)}.` : undefined;
  return [story, `Waits for ${peopleIn(on)} since ${clockTime(since, now)}.`, missedAt, next].flatMap(
    (each) => each ?? [],
  );
}
