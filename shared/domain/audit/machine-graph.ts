/** A state machine as a graph: its states in layers from the start, and the ways that a run took. */

/** What is read of a definition in Amazon States Language. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Next?: string;
        readonly Default?: string;
        readonly Choices?: readonly { readonly Next: string }[];
        readonly Catch?: readonly { readonly Next: string }[];
      }
    >
  >;
}

export interface GraphState {
  readonly name: string;
  readonly type: string;
  /** From 0, from the start down. */
  readonly layer: number;
  /** From 0, within its layer. */
  readonly place: number;
}

export interface Way {
  readonly from: string;
  readonly to: string;
  /** It leads back to an earlier state. */
  readonly isBack: boolean;
}

export interface Graph {
  readonly states: readonly GraphState[];
  readonly ways: readonly Way[];
}

const nextOf = ({ States }: Definition, name: string): readonly string[] => {
  const { Next, Default, Choices = [], Catch = [] } = States[name] ?? { Type: '' };
  return [...new Set([...Choices.map((each) => each.Next), Next, Default, ...Catch.map((each) => each.Next)])].flatMap(
    (each) => each ?? [],
  );
};

/** Lays out a definition. A state stands below each state that leads to it, except where the way leads back. */
export function graphOf(definition: Definition): Graph {
  const ways: Way[] = [];
  const open = new Set<string>();
  const seen = new Set<string>();
  const order: string[] = [];
  const visit = (name: string): void => {
    seen.add(name);
    open.add(name);
    for (const to of nextOf(definition, name)) {
      ways.push({ from: name, to, isBack: open.has(to) });
      if (!seen.has(to)) visit(to);
    }
    open.delete(name);
    order.unshift(name);
  };
  visit(definition.StartAt);
  const layers = new Map<string, number>();
  for (const name of order) {
    const above = ways.filter(({ to, isBack }) => to === name && !isBack).map(({ from }) => layers.get(from) ?? 0);
    layers.set(name, above.length === 0 ? 0 : Math.max(...above) + 1);
  }
  const counts = new Map<number, number>();
  const states = order.map((name): GraphState => {
    const layer = layers.get(name) ?? 0;
    const place = counts.get(layer) ?? 0;
    counts.set(layer, place + 1);
    return { name, type: definition.States[name]?.Type ?? '', layer, place };
  });
  return { states, ways };
}

/** The states on a shortest way from one state to another, both with it. Only `to` where there is no way. */
function wayBetween(definition: Definition, from: string, to: string): readonly string[] {
  const before = new Map<string, string>();
  const queue = [from];
  for (const each of queue) {
    for (const next of nextOf(definition, each)) {
      if (before.has(next)) continue;
      before.set(next, each);
      queue.push(next);
    }
  }
  const way = [to];
  for (let at = before.get(to); at !== undefined; at = before.get(at)) {
    way.unshift(at);
    if (at === from) return way;
  }
  return [to];
}

/**
 * The states that a run passed, in order. The ledger has a commit of some, and the others lie between them. A step that decides
 * nothing leaves no commit.
 */
export function passedIn(definition: Definition, committed: readonly string[], standsAt: string): readonly string[] {
  const known = [...committed, standsAt].filter((name) => definition.States[name] !== undefined);
  const passed = [definition.StartAt];
  for (const name of known) {
    const last = passed.at(-1) ?? definition.StartAt;
    // A run that stands where it began has passed nothing since.
    if (name === last && (name === standsAt || passed.length === 1)) continue;
    passed.push(...wayBetween(definition, last, name).filter((each, index) => index > 0 || each !== last));
  }
  return passed;
}

/** `propose-eligibility` → `ProposeEligibility`: the function of a step is named as its state. */
export const stateOfFunction = (id: string): string =>
  id
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

/** What a run does in each state of the two definitions. */
const stateNames: Readonly<Record<string, string>> = {
  AskSameChild: 'Asks: same child?',
  AwaitScreening: 'Waits for screening',
  WhatNow: 'What comes next?',
  ProposeEligibility: 'Proposes a decision',
  WhatScreeningFound: 'What was found?',
  DrawRoster: 'Names the team',
  InviteMdt: 'Invites the team',
  OpenServices: 'Opens services',
  OpenPreventionServices: 'Opens prevention',
  OpenRescreening: 'Asks to screen again',
  OpenSignOff: 'Asks for the sign-off',
  AwaitResolution: 'Waits for the work',
  OpenClosure: 'Opens the final review',
  AwaitPerson: 'Waits for a person',
  RaiseCheckpoint: 'Reminds or calls',
  WhatHappened: 'What came of it?',
  Done: 'Has ended',
  UnknownOutcome: 'Stops at a fault',
};

/** `ProposeEligibility` → `Proposes a decision`. A state that no definition has keeps its name. */
export const stateName = (name: string): string => stateNames[name] ?? name;

/** Who acted, in words: the workflow in one of its steps, the watchdog, or another function. */
export function functionName(id: string): string {
  const step = stateNames[stateOfFunction(id)];
  if (step !== undefined) return `The workflow: ${step.charAt(0).toLowerCase()}${step.slice(1)}`;
  return id === 'sweep' ? 'The watchdog' : `The function ${id}`;
}
