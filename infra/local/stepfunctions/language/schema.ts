/** The form of a definition, and what is wrong with one in AWS's words: code, sentence and place. */
import * as z from 'zod';

export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  /** As `/States/Ask/Retry[0]`; undefined where it is about the whole. */
  readonly location: string | undefined;
}

/** A definition that is refused. The message is what AWS puts between the quotes of its InvalidDefinition. */
export class DefinitionRefused extends Error {
  override name = 'DefinitionRefused';
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ code, message, location }) => `${code}: ${message} at ${location ?? 'null'}`).join(', '));
    this.diagnostics = diagnostics;
  }
}

export const maxSeconds = 99_999_999;
const expression = z.string().regex(/^\{%[\s\S]*%\}$/, 'it must be an expression {% … %}.');
const seconds = z.union([z.int().min(1).max(maxSeconds), expression], {
  error: `it must be a whole number of seconds from 1 to ${maxSeconds}, or an expression {% … %}.`,
});
const errors = z.array(z.string().min(1)).min(1);
const comment = { Comment: z.string().optional() };
const leaving = { Output: z.json().optional() };
const flow = { ...leaving, Next: z.string().optional(), End: z.boolean().optional() };

const retrier = z.strictObject({
  ...comment,
  ErrorEquals: errors,
  IntervalSeconds: z.int().min(1).max(maxSeconds).default(1),
  MaxAttempts: z.int().min(0).max(maxSeconds).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).default('NONE'),
});
const catcher = z.strictObject({ ...comment, ...leaving, ErrorEquals: errors, Next: z.string() });

const integrations = ['arn:aws:states:::lambda:invoke', 'arn:aws:states:::lambda:invoke.waitForTaskToken'];
const resource = z
  .string()
  .refine(
    (arn) => integrations.includes(arn),
    `Value is not a valid resource ARN: the local interpreter has ${integrations.join(', ')}.`,
  );

const types = {
  Task: z.strictObject({
    ...comment,
    ...flow,
    Type: z.literal('Task'),
    Resource: resource,
    Arguments: z.json(),
    TimeoutSeconds: seconds.optional(),
    Retry: z.array(retrier).default([]),
    Catch: z.array(catcher).default([]),
  }),
  Choice: z.strictObject({
    ...comment,
    ...leaving,
    Type: z.literal('Choice'),
    Choices: z
      .array(
        z.strictObject({ ...comment, ...leaving, Condition: z.union([z.boolean(), expression]), Next: z.string() }),
      )
      .min(1),
    Default: z.string().optional(),
  }),
  Pass: z.strictObject({ ...comment, ...flow, Type: z.literal('Pass') }),
  Wait: z.strictObject({
    ...comment,
    ...flow,
    Type: z.literal('Wait'),
    Seconds: z
      .union([z.int().min(0).max(maxSeconds), expression], {
        error: `it must be a whole number of seconds from 0 to ${maxSeconds}, or an expression {% … %}.`,
      })
      .optional(),
    Timestamp: z.string().optional(),
  }),
  Succeed: z.strictObject({ ...comment, Type: z.literal('Succeed'), Output: z.json().optional() }),
  Fail: z.strictObject({
    ...comment,
    Type: z.literal('Fail'),
    Error: z.string().optional(),
    Cause: z.string().optional(),
  }),
};
type Types = typeof types;
export type Written = { [Type in keyof Types]: z.infer<Types[Type]> }[keyof Types];
export type WrittenTask = Extract<Written, { Type: 'Task' }>;

export const stateTypes: readonly string[] = Object.keys(types);

/** A state's form by its Type; a Type that is none gets a form that says so. */
export function stateForm(written: unknown): z.ZodType<Written> {
  const type = (written as { Type?: unknown } | null)?.Type;
  if (typeof type === 'string' && Object.hasOwn(types, type)) return types[type as keyof Types];
  const known = Object.keys(types).join(', ');
  const message = `The local interpreter has states of these types: [${known}]`;
  return z.object({ Type: type === undefined ? z.string() : z.never({ error: message }) }) as never;
}

// In the order in which AWS names what is missing.
export const machineForm = z.strictObject({
  ...comment,
  States: z.record(z.string().min(1).max(80), z.unknown()),
  StartAt: z.string(),
  QueryLanguage: z.literal('JSONata', { error: "The local interpreter has no JSONPath: it must be 'JSONata'." }),
});

/** A path below a location: `/States/Ask` and `['Retry', 0]` give `/States/Ask/Retry[0]`. */
const below = (location: string, path: readonly PropertyKey[]) =>
  path.reduce<string>((text, key) => text + (typeof key === 'number' ? `[${key}]` : `/${String(key)}`), location);

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);

/** What a form found wrong with `written`, which stands at `location`. */
export function diagnose(error: z.ZodError, written: unknown, location: string): readonly Diagnostic[] {
  const code = 'SCHEMA_VALIDATION_FAILED';
  const missing = new Map<string, string[]>();
  const found: Diagnostic[] = [];
  for (const issue of error.issues) {
    const path = issue.path;
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        found.push({ code, message: `Field '${key}' is not supported`, location: below(location, path) || '/' });
      }
    } else if (path.length > 0 && valueAt(written, path) === undefined) {
      const parent = below(location, path.slice(0, -1)) || '/';
      missing.set(parent, [...(missing.get(parent) ?? []), String(path.at(-1))]);
    } else {
      found.push({ code, message: issue.message, location: below(location, path) || '/' });
    }
  }
  const required = [...missing].map(([at, fields]) => ({
    code,
    message: `These fields are required: [${fields.join(', ')}]`,
    location: at,
  }));
  return [...required, ...found];
}

/** The first key that stands twice in one object of a JSON text. JSON.parse would keep the last one and say nothing. */
export function duplicateKey(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let text: string | undefined;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]/g)) {
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':' && text !== undefined) {
      const key = JSON.parse(text) as string;
      if (open.at(-1)?.has(key)) return key;
      open.at(-1)?.add(key);
    }
    text = token.startsWith('"') ? token : undefined;
  }
  return undefined;
}
