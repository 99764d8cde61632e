/**
 * JSONata as Step Functions runs it: `{% … %}` strings anywhere in a field, `$states` as the only variable, the
 * clock of the caller behind `$now()` and `$millis()`. Everything that can be refused is refused when a definition
 * is loaded, not when a child's deadline reaches it.
 */
import jsonata from 'jsonata';

/** What an expression sees. `result` is there in a Task's Output, `errorOutput` in a Catch's. */
export interface Scope {
  readonly input: unknown;
  readonly context: unknown;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A compiled field. Rejects with `StateFailure` where an expression throws or gives nothing. */
export type Template = (scope: Scope) => Promise<unknown>;

/** Where a piece of a definition stands, for messages: `field` as `Arguments/Payload/token`. */
export interface Place {
  readonly state: string;
  readonly field: string;
}

/** The failure of a state, with the error name that Retry and Catch match. `location` is the field of an expression. */
export class StateFailure extends Error {
  override name = 'StateFailure';
  readonly error: string;
  readonly location: string | undefined;
  constructor(error: string, cause: string, location?: string) {
    super(cause);
    this.error = error;
    this.location = location;
  }
}

/** A definition that this interpreter does not run, said in one sentence that names state and field. */
export class DefinitionRefused extends Error {
  override name = 'DefinitionRefused';
}

export const refuse = (place: Place, why: string): never => {
  throw new DefinitionRefused(`State "${place.state}", field ${place.field}: ${why}`);
};

const functions = new Set(
  `abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl
  decodeUrlComponent distinct each encodeUrl encodeUrlComponent error exists filter floor formatBase formatInteger
  formatNumber fromMillis join keys length lookup lowercase map match max merge millis min not now number pad
  parseInteger power random reduce replace reverse round shuffle sift single sort split spread sqrt string
  substring substringAfter substringBefore sum toMillis trim type uppercase zip`.split(/\s+/),
);

const absent: Readonly<Record<string, string>> = {
  eval: 'Step Functions has no $eval.',
  ...Object.fromEntries(
    ['hash', 'parse', 'partition', 'range', 'uuid'].map((name) => [
      name,
      `$${name} of Step Functions is not implemented by the local interpreter.`,
    ]),
  ),
};

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly lhs?: Node;
  readonly arguments?: readonly Node[];
  readonly steps?: readonly Node[];
  readonly focus?: unknown;
  readonly index?: unknown;
}

function nodesOf(root: unknown): Node[] {
  const seen = new Set<object>();
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    for (const child of Object.values(value)) visit(child);
  };
  visit(root);
  return [...seen] as Node[];
}

function checkNames(ast: unknown, place: Place, offered: ReadonlySet<string>): void {
  const nodes = nodesOf(ast);
  const bound = new Set<unknown>(['', '$', 'states']);
  for (const node of nodes) {
    if (node.type === 'bind') bound.add(node.lhs?.value);
    if (node.type === 'lambda') for (const argument of node.arguments ?? []) bound.add(argument.value);
    if (typeof node.focus === 'string') bound.add(node.focus);
    if (typeof node.index === 'string') bound.add(node.index);
  }
  for (const node of nodes) {
    if (node.type === 'variable' && typeof node.value === 'string' && !bound.has(node.value)) {
      if (Object.hasOwn(absent, node.value)) refuse(place, absent[node.value] ?? '');
      if (!functions.has(node.value))
        refuse(place, `$${node.value} is neither a function of JSONata 2.0.6 nor $states.`);
    }
    const [first, second] = node.type === 'path' ? (node.steps ?? []) : [];
    if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name') {
      if (!offered.has(String(second.value))) refuse(place, `$states.${second.value} is not available here.`);
    }
  }
}

const nowText = jsonata('$fromMillis($at, $picture, $timezone)');

function compileExpression(text: string, place: Place, offered: ReadonlySet<string>): Template {
  if (!text.endsWith('%}')) refuse(place, 'it begins with {% and does not end with %}.');
  const source = text.slice(2, -2).trim();
  let expression: jsonata.Expression;
  try {
    expression = jsonata(source);
  } catch (error) {
    return refuse(place, `not an expression of JSONata 2.0.6: ${messageOf(error)} in "${source}".`);
  }
  checkNames(expression.ast(), place, offered);

  const failed = (how: string) =>
    new StateFailure(
      'States.QueryEvaluationError',
      `The JSONata expression '${source}' specified for the field '${place.field}' ${how}`,
      place.field,
    );
  return async (scope) => {
    const { now: at, ...states } = scope;
    let value: unknown;
    try {
      value = await expression.evaluate(undefined, {
        states,
        millis: () => at,
        now: (picture?: string, timezone?: string) => nowText.evaluate(undefined, { at, picture, timezone }),
      });
    } catch (error) {
      throw failed(`threw an error during evaluation. ${messageOf(error)}`);
    }
    if (value === undefined) throw failed('returned nothing (undefined).');
    if (isFunction(value)) throw failed('returned a function, which is not JSON.');
    return value;
  };
}

const isFunction = (value: unknown) =>
  typeof value === 'function' || (typeof value === 'object' && value !== null && '_jsonata_lambda' in value);

/** jsonata throws plain objects with `code` and `message`. */
function messageOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return [code, message ?? String(error)].filter((part) => part !== undefined).join(': ');
}

/**
 * Compiles a field: a JSON value in which each string `{% … %}` is an expression. `offered` names what `$states`
 * holds in this field. Throws `DefinitionRefused`.
 */
export function compileTemplate(value: unknown, place: Place, offered: ReadonlySet<string>): Template {
  if (typeof value === 'string' && value.startsWith('{%')) return compileExpression(value, place, offered);
  if (typeof value !== 'object' || value === null) return async () => value;
  const parts = Object.entries(value).map(
    ([key, part]) => [key, compileTemplate(part, { ...place, field: `${place.field}/${key}` }, offered)] as const,
  );
  const isArray = Array.isArray(value);
  return async (scope) => {
    const evaluated: [string, unknown][] = [];
    for (const [key, part] of parts) evaluated.push([key, await part(scope)]);
    return isArray ? evaluated.map(([, item]) => item) : Object.fromEntries(evaluated);
  };
}
