/** The steps of Parallel and Map: they start their branches, wait for them, and take their results or their failure. */
import type { MapState, ParallelState } from '../language/definition.ts';
import { after, type Maybe, type Scope, StateFailure, type Surroundings } from '../language/expressions.ts';
import { failureOf, iteration, type NewEvent } from './history.ts';
import { type Branch, type Move, type Run, stateOf } from './run.ts';
import {
  entering,
  limitExceeded,
  placeOf,
  scopeOf,
  single,
  surroundings,
  type Tools,
  tooLarge,
  wholeFrom,
} from './step.ts';

/** Iterations of an inline Map that run at once, whatever MaxConcurrency says. */
const mostAtOnce = 40;

const forked = (branch: Branch) => ({ ...placeOf(branch.position), phase: 'forked' as const });

export function startParallel(run: Run, branch: Branch, state: ParallelState, tools: Tools): Maybe<Move[]> {
  const given = state.arguments?.(scopeOf(run, branch), surroundings(branch, tools));
  return after(given, (value) => {
    const input = state.arguments ? JSON.stringify(value) : branch.input;
    if (tooLarge(input)) throw limitExceeded(state.name, 'was given arguments');
    return [
      { branch: branch.id, events: [{ type: 'ParallelStateStarted' }], fork: {}, position: forked(branch) },
      ...state.branches.map((workflow, index) => ({
        branch: run.nextBranch + index,
        under: { parent: branch.id, index },
        ...entering(workflow, workflow.startAt, input, tools.now()),
      })),
    ];
  });
}

export function startMap(run: Run, branch: Branch, state: MapState, tools: Tools): Maybe<Move[]> {
  const scope = scopeOf(run, branch);
  const around = surroundings(branch, tools);
  const items = state.items ? single(state.items, 'array', Array.isArray, scope, around) : scope.input;
  return after(items, (list) => {
    if (!Array.isArray(list)) {
      const why = `Map state input must be an array but was: ${JSON.stringify(list)}`;
      throw new StateFailure('States.QueryEvaluationError', why);
    }
    const most =
      state.maxConcurrency && single(state.maxConcurrency, 'whole number from 0', wholeFrom(0), scope, around);
    return after(
      after(checkTolerated(state, scope, around), () => most),
      (limit) => {
        // Through JSON, so that an item is now what it will be after a restart.
        const text = JSON.stringify(list);
        if (tooLarge(text)) throw limitExceeded(state.name, 'was given items');
        const fork = { items: JSON.parse(text) as unknown[], limit: Math.min(limit || mostAtOnce, mostAtOnce) };
        const started: NewEvent = { type: 'MapStateStarted', details: { length: list.length } };
        return [{ branch: branch.id, events: [started], fork, position: forked(branch) }];
      },
    );
  });
}

/** Evaluates what the Map says of tolerated failures. An inline Map does nothing with it: its first failure ends it. */
function checkTolerated({ tolerated }: MapState, scope: Scope, around: Surroundings): Maybe<unknown> {
  return tolerated.reduce<Maybe<unknown>>(
    (before, field) =>
      after(before, () =>
        single(
          field,
          `number from 0 to ${field.most}`,
          (value): value is number => typeof value === 'number' && value >= 0 && value <= field.most,
          scope,
          around,
        ),
      ),
    undefined,
  );
}

const isUnder = (child: Branch) => child.position.phase !== 'ended';
const isUnready = (branch: Branch) => {
  const under = branch.children.filter(isUnder).length;
  return under >= branch.limit || (under > 0 && branch.children.length >= branch.items.length);
};

/** Whether a branch whose children run can go on: one has failed, all have ended, or the next may start. */
export function isForkReady(branch: Branch): boolean {
  return branch.children.some(({ position }) => position.phase === 'ended' && position.failure) || !isUnready(branch);
}

/** What follows for a Parallel or Map whose branches run. */
export function joinOrGoOn(run: Run, branch: Branch, tools: Tools): Maybe<Move[]> {
  const state = stateOf(branch);
  const failed = branch.children.find(({ position }) => position.phase === 'ended' && position.failure);
  if (failed) return abort(branch, failed);
  if (state.type === 'Map' && branch.children.length < branch.items.length) {
    return startIteration(run, branch, state, tools);
  }
  return [
    {
      branch: branch.id,
      after: Math.max(branch.chain, ...branch.children.map(({ tail }) => tail)),
      events: [{ type: `${state.type}StateSucceeded` }],
      position: { ...placeOf(branch.position), phase: 'done' },
    },
  ];
}

function startIteration(run: Run, branch: Branch, state: MapState, tools: Tools): Maybe<Move[]> {
  const index = branch.children.length;
  const given = state.itemSelector?.(scopeOf(run, branch, { item: index }), surroundings(branch, tools));
  return after(given, (value) => {
    const input = JSON.stringify(state.itemSelector ? value : branch.items[index]);
    if (tooLarge(input)) throw limitExceeded(state.name, 'was given an item');
    const entered = entering(state.processor, state.processor.startAt, input, tools.now());
    // The one that takes an ended one's place follows from the last thing that one did.
    const ended = branch.children.filter((child) => !isUnder(child)).toSorted((a, b) => b.tail - a.tail)[0];
    return [
      {
        branch: run.nextBranch,
        under: { parent: branch.id, index },
        ...(ended ? { after: ended.chain } : {}),
        ...entered,
        events: [iteration('Started', state, index), ...entered.events],
      },
    ];
  });
}

/** A failed branch ends the others, and then the Parallel or Map has failed with its error. */
function abort(branch: Branch, failed: Branch): Move[] {
  const { failure } = failed.position as { failure?: object };
  const { chain } = failed;
  return [
    ...abortChildren(branch, chain),
    {
      branch: branch.id,
      after: chain,
      position: { ...placeOf(branch.position), phase: 'failed', inside: true, ...failureOf(failure ?? {}) },
    },
  ];
}

/** Ends what still runs below the branch, because of the event `after`. */
export const abortChildren = (branch: Branch, after: number): Move[] =>
  branch.children.filter(isUnder).flatMap((child) => abortMoves(child, after));

const hasAborted = new Set(['Task', 'Wait', 'Parallel', 'Map']);

function abortMoves(branch: Branch, after: number): Move[] {
  const around = branch.parent && stateOf(branch.parent);
  const { type } = stateOf(branch);
  const events: NewEvent[] = [
    ...(around?.type === 'Map' ? [iteration('Aborted', around, branch.index)] : []),
    ...(hasAborted.has(type) ? [{ type: `${type}StateAborted` }] : []),
  ];
  return [
    ...abortChildren(branch, after),
    { branch: branch.id, after, events, position: { ...placeOf(branch.position), phase: 'ended' } },
  ];
}

/** What a state's branches gave, in their order. Throws where it is too large. */
export function resultsOf(branch: Branch): string {
  const texts = branch.children.map(({ position }) => (position.phase === 'ended' && position.output) || 'null');
  const result = `[${texts.join(',')}]`;
  if (tooLarge(result)) throw limitExceeded(branch.position.state, 'returned a result');
  return result;
}
