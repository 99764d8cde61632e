/** Reads one state: its fields are checked and compiled. */
import type * as z from 'zod';
import type { Catcher, Exit, Field, Retrier, State, Workflow } from './definition.ts';
import { compileTemplate, isExpression, type Template } from './expressions.ts';
import { below, branchForm, maxSeconds, processorForm, type Written, type WrittenHandling } from './schema.ts';

const always = new Set(['input', 'context']);
const withResult = new Set([...always, 'result']);
const withError = new Set([...always, 'errorOutput']);
export const isInstant = (text: unknown): text is string =>
  typeof text === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) &&
  !Number.isNaN(Date.parse(text));

/** What a whole definition shares while it is read. */
export interface Reading {
  readonly language: string;
  readonly names: Set<string>;
  report(message: string, location: string | undefined, code?: string): void;
  warn(message: string, location: string): void;
  refer(state: string, variable: string): void;
  parse<Form extends z.ZodType>(form: Form, written: unknown, location: string): z.infer<Form> | undefined;
}

export interface StatePlace {
  readonly location: string;
  readonly variables: ReadonlySet<string>;
  readonly reading: Reading;
  /** Reads the workflow of a branch, or of a Map's items, below this state. */
  readonly nested: (written: z.infer<typeof processorForm>, location: string) => Workflow;
}

export function readState(name: string, written: Written, place: StatePlace): State {
  const { location, variables, reading } = place;
  const { report, warn } = reading;
  const template = (field: string, value: unknown, offered: ReadonlySet<string> = always): Template =>
    compileTemplate(value, {
      field,
      offered,
      variables,
      refuse: (code, message, at) => report(message, `${location}/${at}`, code),
      warn: (message, at) => warn(message, `${location}/${at}`),
      refer: (variable) => reading.refer(name, variable),
    });
  const optional = (field: string, value: unknown, offered?: ReadonlySet<string>) =>
    value === undefined ? undefined : template(field, value, offered);
  const single = (field: string, value: unknown): Field => ({
    name: field,
    written: value,
    value: template(field, value),
  });
  const maybe = (field: string, value: unknown) => (value === undefined ? undefined : single(field, value));

  const exit = (
    { Output, Assign, Next }: { Output?: unknown; Assign?: unknown; Next?: string | undefined },
    offered: ReadonlySet<string>,
    prefix = '',
  ): Exit => ({
    output: optional(`${prefix}Output`, Output, offered),
    assign: optional(`${prefix}Assign`, Assign, offered),
    next: Next,
  });
  const flow = (from: { Next?: string | undefined; End?: boolean | undefined }, offered = always) => {
    if ((from.Next === undefined) === (from.End !== true)) {
      report("Exactly one of the fields 'Next' and 'End' must be there", location);
    }
    return { name, ...exit(from, offered) };
  };
  const handling = ({ Retry, Catch }: WrittenHandling) => {
    for (const [field, rules] of [
      ['Retry', Retry],
      ['Catch', Catch],
    ] as const) {
      for (const [index, { ErrorEquals }] of rules.entries()) {
        if (!ErrorEquals.includes('States.ALL') || (ErrorEquals.length === 1 && index === rules.length - 1)) continue;
        report(`'States.ALL' must stand alone in ErrorEquals, in the last rule`, `${location}/${field}[${index}]`);
      }
    }
    return {
      retry: Retry.map((rule, index): Retrier => {
        if (rule.MaxDelaySeconds !== undefined && rule.MaxDelaySeconds <= rule.IntervalSeconds) {
          report("'MaxDelaySeconds' must be greater than 'IntervalSeconds'", `${location}/Retry[${index}]`);
        }
        return {
          errors: rule.ErrorEquals,
          intervalSeconds: rule.IntervalSeconds,
          maxAttempts: rule.MaxAttempts,
          backoffRate: rule.BackoffRate,
          maxDelaySeconds: rule.MaxDelaySeconds ?? Number.POSITIVE_INFINITY,
          fullJitter: rule.JitterStrategy === 'FULL',
        };
      }),
      catch: Catch.map(
        (rule, index): Catcher => ({
          errors: rule.ErrorEquals,
          ...exit(rule, withError, `Catch[${index}]/`),
        }),
      ),
    };
  };
  const nested = (form: typeof branchForm | typeof processorForm, value: unknown, path: readonly PropertyKey[]) => {
    const at = below(location, path);
    const parsed = reading.parse(form, value, at);
    return parsed ? place.nested(parsed, at) : { startAt: '', states: new Map() };
  };

  switch (written.Type) {
    case 'Task': {
      const { Resource, Arguments, TimeoutSeconds, HeartbeatSeconds } = written;
      if (!Resource.startsWith('arn:aws:lambda:')) checkInvokeArguments(Arguments, `${location}/Arguments`, report);
      const [timeout, heartbeat] = [Number(TimeoutSeconds), Number(HeartbeatSeconds)];
      if (heartbeat >= timeout) report("'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'", location);
      return {
        type: 'Task',
        ...flow(written, withResult),
        ...handling(written),
        resource: Resource,
        arguments: optional('Arguments', Arguments),
        timeoutSeconds: maybe('TimeoutSeconds', TimeoutSeconds),
        heartbeatSeconds: maybe('HeartbeatSeconds', HeartbeatSeconds),
      };
    }
    case 'Parallel':
      return {
        type: 'Parallel',
        ...flow(written, withResult),
        ...handling(written),
        arguments: optional('Arguments', written.Arguments),
        branches: written.Branches.map((branch, index) => nested(branchForm, branch, ['Branches', index])),
      };
    case 'Map':
      return {
        type: 'Map',
        ...flow(written, withResult),
        ...handling(written),
        items: maybe('Items', written.Items),
        itemSelector: optional('ItemSelector', written.ItemSelector),
        maxConcurrency: maybe('MaxConcurrency', written.MaxConcurrency),
        tolerated: [
          { most: 100, field: maybe('ToleratedFailurePercentage', written.ToleratedFailurePercentage) },
          { most: maxSeconds, field: maybe('ToleratedFailureCount', written.ToleratedFailureCount) },
        ].flatMap(({ most, field }) => (field ? [{ ...field, most }] : [])),
        processor: nested(processorForm, written.ItemProcessor, ['ItemProcessor']),
      };
    case 'Choice':
      return {
        type: 'Choice',
        name,
        choices: written.Choices.map((rule, index) => ({
          condition: single(`Choices[${index}]/Condition`, rule.Condition),
          ...exit(rule, always, `Choices[${index}]/`),
        })),
        ...exit({ ...written, Next: written.Default }, always),
      };
    case 'Wait': {
      const { Seconds, Timestamp } = written;
      if ((Seconds === undefined) === (Timestamp === undefined)) {
        report("Exactly one of the fields 'Seconds' and 'Timestamp' must be there", location);
      }
      if (Timestamp !== undefined && !isExpression(Timestamp) && !isInstant(Timestamp)) {
        report('Value is not an instant such as 2026-01-31T12:00:00Z', `${location}/Timestamp`);
      }
      const [seconds, timestamp] = [maybe('Seconds', Seconds), maybe('Timestamp', Timestamp)];
      return { type: 'Wait', ...flow(written), seconds, timestamp };
    }
    case 'Pass':
      return { type: 'Pass', ...flow(written) };
    case 'Succeed':
      return { type: 'Succeed', name, ...exit(written, always) };
    case 'Fail':
      return { type: 'Fail', name, error: maybe('Error', written.Error), cause: maybe('Cause', written.Cause) };
  }
}

const invokeArguments = new Set(['FunctionName', 'Payload']);

/** Of `lambda:invoke`; an expression for all of them is looked at when it is evaluated. */
function checkInvokeArguments(written: unknown, location: string, report: Reading['report']): void {
  if (isExpression(written)) return;
  if (typeof written !== 'object' || written === null || !('FunctionName' in written)) {
    report("The field 'FunctionName' is required but was missing", location);
    return;
  }
  if (typeof written.FunctionName !== 'string' || written.FunctionName === '') {
    report("The field 'FunctionName' must be a string", `${location}/FunctionName`);
  }
  for (const name of Object.keys(written)) {
    if (!invokeArguments.has(name)) report(`The field '${name}' is not supported by Step Functions here`, location);
  }
}
