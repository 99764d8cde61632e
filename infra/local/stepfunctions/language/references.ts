/**
 * What an expression refers to. AWS refuses some of it when a definition is read. The rest may be unknown, and then fails
 * once it runs.
 */
import { functionNames } from './functions.ts';

/** Where a field stands: `field` as `Arguments/Payload/token`, what `$states` offers there, which variables there are. */
export interface Place {
  readonly field: string;
  readonly offered: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
  /** Told what AWS would refuse; `field` may be a part of the place's. */
  readonly refuse: (code: Refusal, message: string, field: string) => void;
  /** Told what AWS takes, although it fails when it is evaluated. */
  readonly warn: (message: string, field: string) => void;
  /** Told each variable of the workflow that is read. */
  readonly refer: (variable: string) => void;
}
type Refusal = 'INVALID_JSONATA_EXPRESSION' | 'UNSUPPORTED_JSONATA_EXPRESSION';

/** A node of JSONata's syntax tree. */
export interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly lhs?: Node;
  readonly arguments?: readonly Node[];
  readonly focus?: unknown;
  readonly index?: unknown;
}

/** Parts of a node that are evaluated on one of its items. Bare names and `$` have a meaning there. */
const insideItem = new Set(['predicate', 'stages', 'group', 'terms', 'pattern', 'update', 'delete']);

/** Calls `see` for each node, with whether there is an item that it could refer to. */
function walk(node: unknown, hasItem: boolean, see: (node: Node, hasItem: boolean) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const each of node) walk(each, hasItem, see);
    return;
  }
  see(node as Node, hasItem);
  for (const [key, child] of Object.entries(node)) {
    if (key === 'steps') for (const [index, step] of (child as Node[]).entries()) walk(step, hasItem || index > 0, see);
    else walk(child, hasItem || insideItem.has(key), see);
  }
}

function boundIn(ast: unknown): ReadonlySet<unknown> {
  const bound = new Set<unknown>();
  walk(ast, false, (node) => {
    if (node.type === 'bind') bound.add(node.lhs?.value);
    if (node.type === 'lambda') for (const argument of node.arguments ?? []) bound.add(argument.value);
    if (typeof node.focus === 'string') bound.add(node.focus);
    if (typeof node.index === 'string') bound.add(node.index);
  });
  return bound;
}

const needsItem = new Set(['name', 'wildcard', 'descendant', 'parent']);

const unknown = (name: string) =>
  `$${name} is neither a function of Step Functions nor $states nor a variable assigned in this scope.`;

/**
 * Gives what the expression holds: its variables by name, and `function definition`. Refuses what AWS refuses, in its
 * words (`floci-io/floci`, issues 2670 and 2745). Warns of variables and functions that nothing will define.
 */
export function checkReferences(ast: unknown, place: Place): ReadonlySet<string> {
  const bound = boundIn(ast);
  const read = new Set<string>();
  const refuse = (message: string) => place.refuse('UNSUPPORTED_JSONATA_EXPRESSION', message, place.field);
  const topLevel = (name: unknown) => refuse(`Reference to '${name}' at the top level is not supported.`);
  walk(ast, false, (node, hasItem) => {
    const { type, value } = node;
    if (needsItem.has(type ?? '') && !hasItem) topLevel(type === 'name' ? value : type);
    if (type === 'lambda') read.add('function definition');
    if (type === 'variable') {
      read.add(`${value}`);
      if (value === '$') refuse("Reference to '$$' is not supported.");
      else if (value === '') hasItem || topLevel('$');
      else if (value !== 'states' && ![bound, functionNames].some((names) => names.has(`${value}`))) {
        place.refer(`${value}`);
        if (!place.variables.has(`${value}`)) place.warn(unknown(`${value}`), place.field);
      }
    }
    const [first, second] = type === 'path' ? (node.steps ?? []) : [];
    if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name') {
      if (!place.offered.has(`${second.value}`)) refuse(`Field '$states.${second.value}' does not exist.`);
    }
  });
  return read;
}

/** The names after `$states` where the expression is nothing but such a path, as most are. */
export function plainPath(ast: Node): readonly string[] | undefined {
  const { steps = [], ...rest } = ast;
  const isPlain = ({ type, value, ...more }: Node) => type === 'name' && Object.keys(more).join() === 'position';
  const [first, ...names] = steps;
  if (rest.type !== 'path' || Object.keys(rest).length > 1 || first?.type !== 'variable') return undefined;
  if (first.value !== 'states' || Object.keys(first).length > 3 || !names.every(isPlain)) return undefined;
  return names.map(({ value }) => String(value));
}
