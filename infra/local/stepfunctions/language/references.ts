/**
 * What an expression refers to. AWS refuses some of it when a definition is read. The rest may be unknown, and then fails
 * once it runs.
 */
import { functionNames, notOfferedFunctions } from './functions.ts';

/** Where a field stands: `field` as `Arguments/Payload/token`, and what `$states` offers there. */
export interface Place {
  readonly field: string;
  readonly offered: ReadonlySet<string>;
  /** Told what AWS would refuse; `field` may be a part of the place's. */
  readonly refuse: (code: Refusal, message: string, field: string) => void;
  /** Told what AWS takes, although it fails when it is evaluated. */
  readonly warn: (message: string, field: string) => void;
}
type Refusal = 'INVALID_JSONATA_EXPRESSION' | 'UNSUPPORTED_JSONATA_EXPRESSION';

/** A node of JSONata's syntax tree. */
export interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
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

const needsItem = new Set(['name', 'wildcard', 'descendant', 'parent']);

/** What an expression may define for itself in AWS: functions and variables. */
const definesItsOwn = ({ type, focus, index }: Node) =>
  type === 'lambda' || type === 'bind' || typeof focus === 'string' || typeof index === 'string';

/**
 * Gives the names of the functions and variables in the expression. Refuses what AWS refuses, in its words
 * (`floci-io/floci`, issues 2670 and 2745), and what the interpreter does not do. Warns of what nothing will define.
 */
export function checkReferences(ast: unknown, place: Place): ReadonlySet<string> {
  const read = new Set<string>();
  const refuse = (message: string) => place.refuse('UNSUPPORTED_JSONATA_EXPRESSION', message, place.field);
  const topLevel = (name: unknown) => refuse(`Reference to '${name}' at the top level is not supported.`);
  walk(ast, false, (node, hasItem) => {
    const { type, value } = node;
    if (needsItem.has(type ?? '') && !hasItem) topLevel(type === 'name' ? value : type);
    if (definesItsOwn(node)) refuse('The local interpreter has no functions or variables of an expression itself.');
    if (type === 'variable') {
      const name = `${value}`;
      read.add(name);
      if (name === '$') refuse("Reference to '$$' is not supported.");
      else if (name === '') hasItem || topLevel('$');
      else if (notOfferedFunctions.has(name)) refuse(`The local interpreter has no $${name}.`);
      else if (name !== 'states' && !functionNames.has(name)) {
        place.warn(`$${name} is neither a function of Step Functions nor $states.`, place.field);
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
