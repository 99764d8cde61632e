/**
 * The interpreter: from where a branch of an execution stands to what happens next. It changes nothing itself. It
 * answers with moves (events and new positions) that the engine writes down before it acts on them.
 */

import type { ChoiceState, Field, WaitState } from '../language/definition.ts';
import { after, type Maybe, type Scope, StateFailure } from '../language/expressions.ts';
import { isInstant } from '../language/read-state.ts';
import { abortChildren, isForkReady, joinOrGoOn, resultsOf, startMap, startParallel } from './forks.ts';
import { evaluationFailed, failureOf, type NewEvent } from './history.ts';
import { matches, retryDelay } from './retry.ts';
import { type Branch, type Move, type Position, type Run, stateOf } from './run.ts';
import {
  closing,
  errorOutput,
  failBranch,
  leave,
  placeOf,
  scopeOf,
  single,
  surroundings,
  type Tools,
  turn,
  wholeFrom,
} from './step.ts';
import { isOutstanding, schedule, timedOut } from './task.ts';

/** Milliseconds. AWS counts the seconds of a wait in 32 bits. */
const longestWait = 1000 * (2 ** 31 - 1);

/** Whether something follows without waiting for a function, a token, an instant or another branch. */
export const isReady = (branch: Branch): boolean => {
  const { phase } = branch.position;
  return phase === 'entered' || phase === 'done' || phase === 'failed' || (phase === 'forked' && isForkReady(branch));
};

/** What follows for a branch that is ready. Throws or rejects only where the interpreter itself is at fault. */
export function nextStep(run: Run, branch: Branch, tools: Tools): Maybe<Move[]> {
  const failed = (error: unknown) => {
    if (error instanceof StateFailure) return failState(run, branch, error);
    throw error;
  };
  try {
    const moves = stepOf(run, branch, tools);
    return moves instanceof Promise ? moves.catch(failed) : moves;
  } catch (error) {
    return failed(error);
  }
}

function stepOf(run: Run, branch: Branch, tools: Tools): Maybe<Move[]> {
  const { position } = branch;
  if (position.phase === 'entered') return begin(run, branch, tools);
  if (position.phase === 'forked') return joinOrGoOn(run, branch, tools);
  if (position.phase === 'done') return complete(run, branch, tools);
  if (position.phase === 'failed') return recover(run, branch, position, tools);
  throw new Error(`Nothing follows from the phase ${position.phase}.`);
}

/** What follows when the clock has reached what the branch waited for; undefined where that is later. */
export function elapsedStep(run: Run, branch: Branch, now: number): Move[] | undefined {
  const { position } = branch;
  if (now >= run.expiresAt) return closing(branch, 'ExecutionTimedOut');
  if (position.phase === 'waiting' && now >= position.until) {
    const phase = stateOf(branch).type === 'Wait' ? 'done' : 'entered';
    return turn(branch, { ...placeOf(position), phase });
  }
  return isOutstanding(position) ? timedOut(branch, position, now) : undefined;
}

/** When `elapsedStep` has something for the branch, by itself: the execution's end is beside it. */
export function dueAt({ position }: Branch): number | undefined {
  if (position.phase === 'waiting') return position.until;
  if (!isOutstanding(position)) return undefined;
  const { until = Number.POSITIVE_INFINITY, beat } = position;
  const due = Math.min(until, beat?.until ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(due) ? due : undefined;
}

function failState(run: Run, branch: Branch, failure: StateFailure): Move[] {
  const { error, message, location } = failure;
  const { position, enteredId } = branch;
  const { type } = stateOf(branch);
  const prefix = `An error occurred while executing the state '${position.state}' (entered at the event id #${enteredId}). `;
  const isTerminal = error === 'States.DataLimitExceeded';
  const cause = isTerminal ? message : prefix + message;
  const isEvaluation = error === 'States.QueryEvaluationError';
  const events: NewEvent[] = isEvaluation ? [evaluationFailed(position.state, location, { error, cause })] : [];
  // As recorded: it follows from the event before the state was entered, and only for a Wait from the entering.
  const isFirst = isEvaluation && branch.chain === enteredId && type !== 'Wait';
  const after = isFirst ? { after: run.events[enteredId - 1]?.previous ?? 0 } : {};
  // A failure while an earlier one is being handled (a Catch's Output) is not handled again.
  if (position.phase === 'failed') return failBranch(branch, { error, cause }, events);
  const inside = type === 'Map' || position.phase === 'forked' ? { inside: true as const } : {};
  const terminal = isTerminal ? { terminal: true as const } : {};
  const failed: Position = { ...placeOf(position), phase: 'failed', error, cause, ...inside, ...terminal };
  return [...abortChildren(branch, branch.chain), { branch: branch.id, ...after, events, position: failed }];
}

function begin(run: Run, branch: Branch, tools: Tools): Maybe<Move[]> {
  const state = stateOf(branch);
  switch (state.type) {
    case 'Task':
      return schedule(run, branch, state, tools);
    case 'Parallel':
      return startParallel(run, branch, state, tools);
    case 'Map':
      return startMap(run, branch, state, tools);
    case 'Pass':
    case 'Succeed':
      return complete(run, branch, tools);
    case 'Choice':
      return choose(run, branch, state, tools);
    case 'Wait':
      return after(instantOf(state, scopeOf(run, branch), branch, tools), (until) => {
        if (until - tools.now() > longestWait)
          throw new StateFailure('States.Runtime', 'Wait state delay is too long.');
        return turn(branch, { ...placeOf(branch.position), phase: 'waiting', until });
      });
    case 'Fail': {
      const scope = scopeOf(run, branch);
      const text = (field: Field | undefined) =>
        field && single(field, 'string', (value) => typeof value === 'string', scope, surroundings(branch, tools));
      return after(text(state.error), (error) =>
        after(text(state.cause), (cause) => failBranch(branch, failureOf({ error, cause }))),
      );
    }
  }
}

function choose(run: Run, branch: Branch, state: ChoiceState, tools: Tools): Maybe<Move[]> {
  const scope = scopeOf(run, branch);
  const around = surroundings(branch, tools);
  const output = () => branch.input;
  const from = (index: number): Maybe<Move[]> => {
    const rule = state.choices[index];
    if (rule) {
      const holds = single(rule.condition, 'boolean', (value) => typeof value === 'boolean', scope, around);
      return after(holds, (is) => (is ? leave(run, branch, rule, { scope, output }, tools) : from(index + 1)));
    }
    if (state.next !== undefined) return leave(run, branch, state, { scope, output }, tools);
    const why = 'Failed to transition out of the state. The state does not point to a next state.';
    throw new StateFailure('States.Runtime', why);
  };
  return from(0);
}

function instantOf(state: WaitState, scope: Scope, branch: Branch, tools: Tools): Maybe<number> {
  const around = surroundings(branch, tools);
  if (state.seconds) {
    const seconds = single(state.seconds, 'whole number from 0 to 99999999', wholeFrom(0), scope, around);
    return after(seconds, (value) => around.now + 1000 * value);
  }
  if (!state.timestamp) throw new Error(`The state "${state.name}" waits for nothing.`);
  const isText = (value: unknown) => typeof value === 'string';
  return after(single(state.timestamp, 'string', isText, scope, around), (text) => {
    if (isInstant(text)) return Date.parse(text);
    const why = 'The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ';
    throw new StateFailure('States.QueryEvaluationError', why + text, 'Timestamp');
  });
}

function complete(run: Run, branch: Branch, tools: Tools): Maybe<Move[]> {
  const state = stateOf(branch);
  if (state.type === 'Fail') throw new Error(`State "${state.name}" has no output.`);
  const result =
    state.type === 'Task'
      ? (run.events[branch.chain - 1]?.details?.output ?? 'null')
      : state.type === 'Parallel' || state.type === 'Map'
        ? resultsOf(branch)
        : undefined;
  const scope = scopeOf(run, branch, result === undefined ? {} : { result: JSON.parse(result) as unknown });
  return leave(run, branch, state, { scope, output: () => result ?? branch.input }, tools);
}

type Failed = Position & { phase: 'failed' };

/** Retry comes first, in the order of its rules, each with its own count. Catch follows, in the order of its rules. */
function recover(run: Run, branch: Branch, position: Failed, tools: Tools): Maybe<Move[]> {
  const failure = failureOf(position);
  const state = stateOf(branch);
  const before: NewEvent[] = position.inside ? [{ type: `${state.type}StateFailed` }] : [];
  if (state.type !== 'Task' && state.type !== 'Parallel' && state.type !== 'Map') return failBranch(branch, failure);

  const index = state.retry.findIndex((rule) => matches(rule.errors, position));
  const rule = state.retry[index];
  const used = position.retries[index] ?? 0;
  if (rule && used < rule.maxAttempts) {
    const retries = state.retry.map((_, each) => (position.retries[each] ?? 0) + (each === index ? 1 : 0));
    const until = tools.now() + retryDelay(rule, used, tools.jitter);
    return turn(branch, { ...placeOf(position), retries, phase: 'waiting', until });
  }
  const catcher = state.catch.find((each) => matches(each.errors, position));
  if (!catcher) return failBranch(branch, failure, before);
  const output = () => JSON.stringify(errorOutput(failure));
  return leave(run, branch, catcher, { scope: scopeOf(run, branch, { failure }), output, before }, tools);
}
