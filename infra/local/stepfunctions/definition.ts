/**
 * Reads an Amazon States Language definition (JSONata only) into states with compiled fields. Whatever it does not
 * implement it refuses, by state and field: an interpreter that ignores what it does not know works only locally.
 */
import * as z from 'zod';
import { compileTemplate, DefinitionRefused, type Place, refuse, type Template } from './expressions.ts';

export interface Retrier {
  readonly errors: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly fullJitter: boolean;
}

interface Catcher {
  readonly errors: readonly string[];
  readonly output: Template | undefined;
  readonly next: string;
}

/** `next` undefined: the state ends the execution. */
interface Flow {
  readonly name: string;
  readonly output: Template | undefined;
  readonly next: string | undefined;
}

export interface TaskState extends Flow {
  readonly type: 'Task';
  readonly waitsForToken: boolean;
  readonly arguments: Template;
  readonly timeoutSeconds: Template | undefined;
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export type State =
  | TaskState
  | (Flow & { readonly type: 'Pass' | 'Succeed' })
  | (Flow & { readonly type: 'Wait'; readonly seconds: Template | undefined; readonly timestamp: Template | undefined })
  | {
      readonly type: 'Choice';
      readonly name: string;
      readonly choices: readonly { readonly condition: Template; readonly next: string }[];
      readonly otherwise: string | undefined;
    }
  | {
      readonly type: 'Fail';
      readonly name: string;
      readonly error: Template | undefined;
      readonly cause: Template | undefined;
    };

export interface Definition {
  readonly startAt: string;
  /** The whole execution's limit, if the definition sets one below the service's year. */
  readonly timeoutSeconds: number | undefined;
  readonly states: ReadonlyMap<string, State>;
}

const maxSeconds = 99_999_999;
const expression = z.string().regex(/^\{%[\s\S]*%\}$/, 'it must be a {% … %} expression.');
const seconds = z.union([z.int().min(0).max(maxSeconds), expression]);
const errors = z.array(z.string().min(1)).min(1);
const common = { Comment: z.string().optional(), QueryLanguage: z.literal('JSONata').optional() };
const flow = { Next: z.string().optional(), End: z.literal(true).optional() };

const retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: errors,
  IntervalSeconds: z.int().min(1).max(maxSeconds).default(1),
  MaxAttempts: z.int().min(0).max(maxSeconds).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).default('NONE'),
});

const task = z.strictObject({
  ...common,
  ...flow,
  Type: z.literal('Task'),
  Resource: z.enum(['arn:aws:states:::lambda:invoke', 'arn:aws:states:::lambda:invoke.waitForTaskToken']),
  Arguments: z.strictObject({ FunctionName: z.string().min(1), Payload: z.json().optional() }),
  Output: z.json().optional(),
  TimeoutSeconds: z.union([z.int().min(1).max(maxSeconds), expression]).optional(),
  Retry: z.array(retrier).default([]),
  Catch: z
    .array(
      z.strictObject({
        Comment: z.string().optional(),
        ErrorEquals: errors,
        Output: z.json().optional(),
        Next: z.string(),
      }),
    )
    .default([]),
});

const state = z.discriminatedUnion(
  'Type',
  [
    task,
    z.strictObject({
      ...common,
      Type: z.literal('Choice'),
      Choices: z
        .array(z.strictObject({ Comment: z.string().optional(), Condition: expression, Next: z.string() }))
        .min(1),
      Default: z.string().optional(),
    }),
    z.strictObject({ ...common, ...flow, Type: z.literal('Pass'), Output: z.json().optional() }),
    z.strictObject({
      ...common,
      ...flow,
      Type: z.literal('Wait'),
      Seconds: seconds.optional(),
      Timestamp: z.string().optional(),
      Output: z.json().optional(),
    }),
    z.strictObject({ ...common, Type: z.literal('Succeed'), Output: z.json().optional() }),
    z.strictObject({
      ...common,
      Type: z.literal('Fail'),
      Error: z.string().optional(),
      Cause: z.string().optional(),
    }),
  ],
  { error: 'the local interpreter implements the types Task, Choice, Pass, Wait, Succeed and Fail only.' },
);
type Written = z.infer<typeof state>;

const machine = z.strictObject({
  Comment: z.string().optional(),
  Version: z.literal('1.0').optional(),
  QueryLanguage: z.literal('JSONata', { error: 'it must be "JSONata": the local interpreter has no JSONPath.' }),
  StartAt: z.string(),
  TimeoutSeconds: z.int().min(1).max(maxSeconds).optional(),
  States: z.record(z.string().min(1).max(80), state),
});

function sentence(issue: z.core.$ZodIssue): string {
  const [top, name, ...rest] = issue.path.map(String);
  const inState = top === 'States' && name !== undefined;
  const where = inState ? `State "${name}"` : 'The definition';
  const field = (inState ? rest : issue.path.map(String)).join('/');
  if (issue.code === 'unrecognized_keys') {
    const inside = field === '' ? '' : ` in ${field}`;
    return `${where}: the local interpreter does not implement the field ${issue.keys.join(', ')}${inside}.`;
  }
  return field === '' ? `${where}: ${issue.message}` : `${where}, field ${field}: ${issue.message}`;
}

const always = new Set(['input', 'context']);
const withResult = new Set([...always, 'result']);
const withError = new Set([...always, 'errorOutput']);

/**
 * Reads a definition's JSON text with its placeholders already resolved. Throws `DefinitionRefused` with one sentence
 * for each thing that the interpreter would not do as Step Functions does.
 */
export function readDefinition(text: string): Definition {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new DefinitionRefused(`The definition is not JSON: ${(error as Error).message}.`);
  }
  const parsed = machine.safeParse(json);
  if (!parsed.success) throw new DefinitionRefused(parsed.error.issues.map(sentence).join(' '));
  const { StartAt, TimeoutSeconds, States } = parsed.data;

  const known = (target: string, place: Place) =>
    Object.hasOwn(States, target) ? target : refuse(place, `there is no state "${target}".`);
  if (!Object.hasOwn(States, StartAt)) throw new DefinitionRefused(`StartAt names no state: "${StartAt}".`);

  const states = Object.entries(States).map(
    ([name, written]) =>
      [name, compileState(name, written, (field, target) => known(target, { state: name, field }))] as const,
  );
  return { startAt: StartAt, timeoutSeconds: TimeoutSeconds, states: new Map(states) };
}

function compileState(name: string, written: Written, known: (field: string, target: string) => string): State {
  const template = (field: string, value: unknown, offered: ReadonlySet<string> = always) =>
    compileTemplate(value, { state: name, field }, offered);
  const optional = (field: string, value: unknown, offered?: ReadonlySet<string>) =>
    value === undefined ? undefined : template(field, value, offered);
  const next = (from: { Next?: string | undefined; End?: true | undefined }) => {
    if ((from.Next === undefined) === (from.End === undefined)) {
      refuse({ state: name, field: 'Next' }, 'exactly one of Next and End must be there.');
    }
    return from.Next === undefined ? undefined : known('Next', from.Next);
  };

  switch (written.Type) {
    case 'Task':
      return {
        type: 'Task',
        name,
        waitsForToken: written.Resource.endsWith('.waitForTaskToken'),
        arguments: template('Arguments', written.Arguments),
        output: optional('Output', written.Output, withResult),
        timeoutSeconds: optional('TimeoutSeconds', written.TimeoutSeconds),
        retry: wildcardLast(name, 'Retry', written.Retry).map((rule) => ({
          errors: rule.ErrorEquals,
          intervalSeconds: rule.IntervalSeconds,
          maxAttempts: rule.MaxAttempts,
          backoffRate: rule.BackoffRate,
          maxDelaySeconds: rule.MaxDelaySeconds ?? Number.POSITIVE_INFINITY,
          fullJitter: rule.JitterStrategy === 'FULL',
        })),
        catch: wildcardLast(name, 'Catch', written.Catch).map((rule, index) => ({
          errors: rule.ErrorEquals,
          output: optional(`Catch/${index}/Output`, rule.Output, withError),
          next: known(`Catch/${index}/Next`, rule.Next),
        })),
        next: next(written),
      };
    case 'Choice':
      return {
        type: 'Choice',
        name,
        choices: written.Choices.map((rule, index) => ({
          condition: template(`Choices/${index}/Condition`, rule.Condition),
          next: known(`Choices/${index}/Next`, rule.Next),
        })),
        otherwise: written.Default === undefined ? undefined : known('Default', written.Default),
      };
    case 'Wait':
      if ((written.Seconds === undefined) === (written.Timestamp === undefined)) {
        refuse({ state: name, field: 'Seconds' }, 'exactly one of Seconds and Timestamp must be there.');
      }
      return {
        type: 'Wait',
        name,
        seconds: optional('Seconds', written.Seconds),
        timestamp: optional('Timestamp', written.Timestamp),
        output: optional('Output', written.Output),
        next: next(written),
      };
    case 'Pass':
      return { type: 'Pass', name, output: optional('Output', written.Output), next: next(written) };
    case 'Succeed':
      return { type: 'Succeed', name, output: optional('Output', written.Output), next: undefined };
    case 'Fail':
      return { type: 'Fail', name, error: optional('Error', written.Error), cause: optional('Cause', written.Cause) };
  }
}

/** States.ALL must stand alone in its rule and its rule must be the last, as Step Functions demands. */
function wildcardLast<Rule extends { readonly ErrorEquals: readonly string[] }>(
  state: string,
  field: string,
  rules: readonly Rule[],
): readonly Rule[] {
  for (const [index, rule] of rules.entries()) {
    if (!rule.ErrorEquals.includes('States.ALL')) continue;
    if (rule.ErrorEquals.length > 1 || index < rules.length - 1) {
      refuse({ state, field: `${field}/${index}` }, 'States.ALL must stand alone, in the last rule.');
    }
  }
  return rules;
}
