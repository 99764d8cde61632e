/** The form of a definition. */
import * as z from 'zod';

/** A definition that is refused. The message is all that is wrong with it, each with its place. */
export class DefinitionRefused extends Error {
  override name = 'DefinitionRefused';
  constructor(sentences: readonly string[]) {
    super(sentences.join('; '));
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

const plain = z.string().regex(/^(?!\{%)./, 'it must be plain text, and no expression.');
const invokeArguments = z.strictObject({ FunctionName: plain, Payload: z.json().optional() });

const types = {
  Task: z.strictObject({
    ...comment,
    ...flow,
    Type: z.literal('Task'),
    Resource: resource,
    Arguments: invokeArguments,
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
    Error: plain.optional(),
    Cause: plain.optional(),
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

export const machineForm = z.strictObject({
  ...comment,
  QueryLanguage: z.literal('JSONata', { error: "The local interpreter has no JSONPath: it must be 'JSONata'." }),
  StartAt: z.string(),
  States: z.record(z.string().min(1).max(80), z.unknown()),
});
