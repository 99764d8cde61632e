/**
 * JSONata as Step Functions runs it: `{% … %}` strings anywhere in a field, which see `$states`. The clock of the caller
 * is behind `$millis()`.
 */
import jsonata from 'jsonata';
import { checkReferences, type Node, namesIn, type Place } from './references.ts';

/** What an expression sees. `result` is there once a state has one, `errorOutput` in a Catch. */
export interface Scope {
  readonly input: unknown;
  readonly context: unknown;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
}

/** What an expression is evaluated with, beside its scope. `now` in epoch milliseconds. */
export interface Surroundings {
  readonly now: number;
}

export type Maybe<T> = T | Promise<T>;

/** A compiled field. Throws or rejects with `StateFailure` where an expression throws or gives nothing. */
export type Template = (scope: Scope, around: Surroundings) => Maybe<unknown>;

/** Goes on at once where it can. A promise for each field of each state is most of what a state costs. */
export const after = <A, B>(value: Maybe<A>, next: (value: A) => Maybe<B>): Maybe<B> =>
  value instanceof Promise ? value.then(next) : next(value);

/** The failure of a state, with the error name that Retry and Catch match. `location` is the field that failed. */
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

/** Follows the path through plain objects; undefined where there is an array, or nothing, on it: JSONata decides then. */
function follow(path: readonly string[], scope: Scope): unknown {
  let value: unknown = scope;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) return;
    value = (value as Record<string, unknown>)[name];
  }
  return Array.isArray(value) ? undefined : value;
}

/** `$parse` of Step Functions. */
function parseJson(text?: unknown): unknown {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw new Error('$parse takes a string');
  return JSON.parse(text) as unknown;
}

function compileExpression(text: string, place: Place): Template {
  const source = text.slice(2, -2).trim();
  const refused = (message: string): Template => {
    place.refuse(message, place.field);
    return () => undefined;
  };
  if (!text.endsWith('%}')) return refused('It begins with {% and does not end with %}.');
  let expression: jsonata.Expression;
  try {
    expression = jsonata(source);
  } catch (error) {
    return refused((error as { message?: string }).message ?? 'It is no expression of JSONata 2.0.6.');
  }
  const ast: unknown = expression.ast();
  checkReferences(ast, place);
  expression.assign('parse', parseJson);
  const path = namesIn(ast as Node);

  const failed = (how: string) =>
    new StateFailure(
      'States.QueryEvaluationError',
      `The JSONata expression '${source}' specified for the field '${place.field}' ${how}`,
      place.field,
    );
  const evaluate = async (scope: Scope, { now }: Surroundings) => {
    let value: unknown;
    try {
      value = await expression.evaluate(undefined, { millis: () => now, states: scope });
    } catch (error) {
      throw failed(`threw an error during evaluation${tail(error)}`);
    }
    if (value === undefined) throw failed('returned nothing (undefined).');
    return value;
  };
  if (path === undefined) return evaluate;
  return (scope, around) => follow(path, scope) ?? evaluate(scope, around);
}

/** As AWS writes it: a coded message is a sentence of its own, another one follows a colon. */
function tail(error: unknown): string {
  const { code, message = String(error) } = error as { code?: string; message?: string };
  return code === undefined ? `: ${message}` : `. ${code}: ${message}`;
}

/** A field's value that is not of the type that it must have, said as AWS says it. */
export const unexpectedType = (field: string, source: unknown, wanted: string, value: unknown): StateFailure => {
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const expression = typeof source === 'string' ? source.replace(/^\{%\s*|\s*%\}$/g, '') : JSON.stringify(source);
  return new StateFailure(
    'States.QueryEvaluationError',
    `The JSONata expression '${expression}' specified for the field '${field}' returned an unexpected result type. ` +
      `Expected '${wanted}', but was '${type}' for value: ${JSON.stringify(value)}`,
    field,
  );
};

export const isExpression = (value: unknown): value is string => typeof value === 'string' && value.startsWith('{%');

/** Compiles a field: a JSON value in which each string `{% … %}` is an expression. */
export function compileTemplate(value: unknown, place: Place): Template {
  return compilePart(value, place) ?? (() => value);
}

/** Undefined where the value holds no expression. */
function compilePart(value: unknown, place: Place): Template | undefined {
  if (isExpression(value)) return compileExpression(value, place);
  if (typeof value !== 'object' || value === null) return undefined;
  const isArray = Array.isArray(value);
  const parts = Object.entries(value).map(([key, part]) => {
    const field = isArray ? `${place.field}[${key}]` : `${place.field}/${key}`;
    return [key, part as unknown, compilePart(part, { ...place, field })] as const;
  });
  if (parts.every(([, , part]) => part === undefined)) return undefined;
  return (scope, around) => {
    const filled: Record<string, unknown> | unknown[] = isArray ? [] : {};
    const fill = (from: number): Maybe<unknown> => {
      for (let index = from; index < parts.length; index++) {
        const [key = '', constant, part] = parts[index] ?? [];
        const given = part ? part(scope, around) : constant;
        if (given instanceof Promise) {
          return given.then((settled) => {
            put(filled, key, settled);
            return fill(index + 1);
          });
        }
        put(filled, key, given);
      }
      return filled;
    };
    return fill(0);
  };
}

/** An own property, whatever its name. */
function put(target: Record<string, unknown> | unknown[], key: string, value: unknown): void {
  if (Array.isArray(target)) target.push(value);
  else if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true });
  else target[key] = value;
}
