/** What an expression may be made of, and refer to: what both state machines use, and no more of JSONata. */

/** Where a field stands: `field` as `Arguments/Payload/token`, and what `$states` offers there. */
export interface Place {
  readonly field: string;
  readonly offered: ReadonlySet<string>;
  readonly refuse: (message: string, field: string) => void;
}

/** A node of JSONata's syntax tree. */
export interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly procedure?: Node;
}

const nodeTypes = new Set(['binary', 'block', 'condition', 'function', 'number', 'path', 'string', 'unary', 'value']);

/** By name: JSONata's own, and `$parse`, which Step Functions adds to JSONata 2.0.6. */
export const functionNames = ['ceil', 'error', 'exists', 'max', 'merge', 'millis', 'min', 'parse', 'toMillis'];

/** The names after `$states` in a path such as `$states.input.outcome`. Undefined for any other. */
export function namesIn({ type, steps = [] }: Node): readonly string[] | undefined {
  const [first, ...names] = steps;
  const isPlain = (node: Node) => node.type === 'name' && Object.keys(node).length === 3;
  if (type !== 'path' || first?.type !== 'variable' || first.value !== 'states') return undefined;
  return names.every(isPlain) ? names.map(({ value }) => String(value)) : undefined;
}

/** Refuses what neither state machine uses: other functions and variables, bare names, items of lists, functions of its own. */
export function checkReferences(node: unknown, place: Place): void {
  if (Array.isArray(node)) {
    for (const each of node) checkReferences(each, place);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { type, value, procedure, ...more } = node as Node;
  const refuse = (what: string) => place.refuse(`The local interpreter has no ${what}.`, place.field);
  if (type === 'function') {
    const name = String(procedure?.value);
    if (!functionNames.includes(name)) refuse(`$${name}`);
    checkReferences(Object.values(more), place);
  } else if (type === 'path') {
    const names = namesIn(node as Node);
    if (!names) refuse('paths but of names after $states');
    else if (!place.offered.has(names[0] ?? '')) refuse(`$states.${names[0]} here`);
  } else if (type !== undefined && !nodeTypes.has(type)) {
    refuse(type === 'variable' ? `$${value} by itself` : `${type} in an expression`);
  } else checkReferences(Object.values(more), place);
}
