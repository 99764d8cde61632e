/**
 * The interpreter: from where an execution stands to what happens next. It changes nothing itself. It answers with moves
 * (events and new positions) that the engine writes down before it acts on them.
 */

import type { ChoiceState, WaitState } from '../language/definition.ts';
import { after, type Maybe, type Scope, StateFailure } from '../language/expressions.ts';
import { isInstant } from '../language/read-state.ts';
import { evaluationFailed, failureOf, type NewEvent } from './history.ts';
import { matches, retryDelay } from './retry.ts';
import { isRunning, type Move, type Position, type Run, stateOf } from './run.ts';
import { closing, errorOutput, leave, placeOf, scopeOf, single, surroundings, type Tools, wholeFrom } from './step.ts';
import { isOutstanding, schedule, timedOut } from './task.ts';

/** Milliseconds. AWS counts the seconds of a wait in 32 bits. */
const longestWait = 1000 * (2 ** 31 - 1);

/** Whether something follows without waiting for a function, a token or an instant. */
export const isReady = (run: Run): boolean =>
  isRunning(run) && ['entered', 'done', 'failed'].includes(run.position.phase);

/** What follows for an execution that is ready. Throws or rejects only where the interpreter itself is at fault. */
export function nextStep(run: Run, tools: Tools): Maybe<Move[]> {
  const failed = (error: unknown) => {
    if (error instanceof StateFailure) return failState(run, error);
    throw error;
  };
  try {
    const moves = stepOf(run, tools);
    return moves instanceof Promise ? moves.catch(failed) : moves;
  } catch (error) {
    return failed(error);
  }
}

function stepOf(run: Run, tools: Tools): Maybe<Move[]> {
  const { position } = run;
  if (position.phase === 'entered') return begin(run, tools);
  if (position.phase === 'done') return complete(run, tools);
  if (position.phase === 'failed') return recover(run, position, tools);
  throw new Error(`Nothing follows from the phase ${position.phase}.`);
}

/** What follows when the clock has reached what the execution waited for; undefined where that is later. */
export function elapsedStep(run: Run, now: number): Move[] | undefined {
  const { position } = run;
  if (now >= run.expiresAt) return closing('ExecutionTimedOut');
  if (position.phase === 'waiting' && now >= position.until) {
    const phase = stateOf(run).type === 'Wait' ? 'done' : 'entered';
    return [{ position: { ...placeOf(position), phase } }];
  }
  return isOutstanding(position) ? timedOut(run, position, now) : undefined;
}

/** When `elapsedStep` has something, by itself: the execution's end is beside it. */
export function dueAt({ position }: Run): number | undefined {
  if (position.phase === 'waiting') return position.until;
  return isOutstanding(position) ? position.until : undefined;
}

function failState(run: Run, failure: StateFailure): Move[] {
  const { error, message, location } = failure;
  const { position, enteredId } = run;
  const prefix = `An error occurred while executing the state '${position.state}' (entered at the event id #${enteredId}). `;
  const isTerminal = error === 'States.DataLimitExceeded';
  const cause = isTerminal ? message : prefix + message;
  const isEvaluation = error === 'States.QueryEvaluationError';
  const events: NewEvent[] = isEvaluation ? [evaluationFailed(position.state, location, { error, cause })] : [];
  // As recorded: it follows from the event before the state was entered, and only for a Wait from the entering.
  const isFirst = isEvaluation && run.chain === enteredId && stateOf(run).type !== 'Wait';
  const after = isFirst ? { after: run.events[enteredId - 1]?.previous ?? 0 } : {};
  // A failure while an earlier one is being handled (a Catch's Output) is not handled again.
  if (position.phase === 'failed') return closing('ExecutionFailed', { error, cause }, events);
  const terminal = isTerminal ? { terminal: true as const } : {};
  return [{ ...after, events, position: { ...placeOf(position), phase: 'failed', error, cause, ...terminal } }];
}

function begin(run: Run, tools: Tools): Maybe<Move[]> {
  const state = stateOf(run);
  switch (state.type) {
    case 'Task':
      return schedule(run, state, tools);
    case 'Pass':
    case 'Succeed':
      return complete(run, tools);
    case 'Choice':
      return choose(run, state, tools);
    case 'Wait':
      return after(instantOf(state, scopeOf(run), tools), (until) => {
        if (until - tools.now() > longestWait)
          throw new StateFailure('States.Runtime', 'Wait state delay is too long.');
        return [{ position: { ...placeOf(run.position), phase: 'waiting', until } }];
      });
    case 'Fail':
      return closing('ExecutionFailed', failureOf(state));
  }
}

function choose(run: Run, state: ChoiceState, tools: Tools): Maybe<Move[]> {
  const scope = scopeOf(run);
  const output = () => run.stateInput;
  const from = (index: number): Maybe<Move[]> => {
    const rule = state.choices[index];
    if (rule) {
      const isBoolean = (value: unknown) => typeof value === 'boolean';
      const holds = single(rule.condition, 'boolean', isBoolean, scope, surroundings(tools));
      return after(holds, (is) => (is ? leave(run, rule, { scope, output }, tools) : from(index + 1)));
    }
    if (state.next !== undefined) return leave(run, state, { scope, output }, tools);
    const why = 'Failed to transition out of the state. The state does not point to a next state.';
    throw new StateFailure('States.Runtime', why);
  };
  return from(0);
}

function instantOf(state: WaitState, scope: Scope, tools: Tools): Maybe<number> {
  const around = surroundings(tools);
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

function complete(run: Run, tools: Tools): Maybe<Move[]> {
  const state = stateOf(run);
  if (state.type === 'Fail') throw new Error(`State "${state.name}" has no output.`);
  const result = state.type === 'Task' ? (run.events[run.chain - 1]?.details?.output ?? 'null') : undefined;
  const scope = scopeOf(run, result === undefined ? {} : { result: JSON.parse(result) as unknown });
  return leave(run, state, { scope, output: () => result ?? run.stateInput }, tools);
}

type Failed = Position & { phase: 'failed' };

/** Retry comes first, in the order of its rules, each with its own count. Catch follows, in the order of its rules. */
function recover(run: Run, position: Failed, tools: Tools): Maybe<Move[]> {
  const failure = failureOf(position);
  const state = stateOf(run);
  if (state.type !== 'Task') return closing('ExecutionFailed', failure);

  const index = state.retry.findIndex((rule) => matches(rule.errors, position));
  const rule = state.retry[index];
  const used = position.retries[index] ?? 0;
  if (rule && used < rule.maxAttempts) {
    const retries = state.retry.map((_, each) => (position.retries[each] ?? 0) + (each === index ? 1 : 0));
    const until = tools.now() + retryDelay(rule, used, tools.jitter);
    return [{ position: { ...placeOf(position), retries, phase: 'waiting', until } }];
  }
  const catcher = state.catch.find((each) => matches(each.errors, position));
  if (!catcher) return closing('ExecutionFailed', failure);
  const output = () => JSON.stringify(errorOutput(failure));
  return leave(run, catcher, { scope: scopeOf(run, { failure }), output }, tools);
}
