/**
 * Reads an Amazon States Language definition (JSONata only) into states with compiled fields. It refuses, by state and
 * field, what AWS refuses and what the interpreter does not do. It warns of what AWS takes although it can only fail.
 */
import type * as z from 'zod';
import type { Catcher, Definition, Exit, Field, Retrier, State, Workflow } from './definition.ts';
import { compileTemplate, isExpression, type Template } from './expressions.ts';
import {
  below,
  branchForm,
  DefinitionRefused,
  type Diagnostic,
  diagnose,
  duplicateKey,
  machineForm,
  maxSeconds,
  processorForm,
  stateForm,
  type Written,
  type WrittenHandling,
} from './schema.ts';
import { checkTransitions } from './transitions.ts';

const always = new Set(['input', 'context']);
const withResult = new Set([...always, 'result']);
const withError = new Set([...always, 'errorOutput']);
const variableName = /^\p{ID_Start}\p{ID_Continue}{0,79}$/u;
export const isInstant = (text: unknown): text is string =>
  typeof text === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) &&
  !Number.isNaN(Date.parse(text));

/** What a whole definition shares while it is read. */
interface Reading {
  readonly language: string;
  readonly names: Set<string>;
  report(message: string, location: string | undefined, code?: string): void;
  warn(message: string, location: string): void;
  refer(state: string, variable: string): void;
  parse<Form extends z.ZodType>(form: Form, written: unknown, location: string): z.infer<Form> | undefined;
}

/** Where a workflow stands: its location, the variables of the scopes around it, and those it must not assign. */
interface Scoped {
  readonly location: string;
  readonly outer: ReadonlySet<string>;
  readonly taken: ReadonlySet<string>;
}

/**
 * Reads a definition's JSON text with its placeholders already resolved. Throws `DefinitionRefused` with everything
 * that Step Functions would refuse. It also names everything that this interpreter would do in another way.
 */
export function readDefinition(text: string): Definition {
  const diagnostics: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const references = new Map<string, Set<string>>();
  const report: Reading['report'] = (message, location, code = 'SCHEMA_VALIDATION_FAILED') =>
    void diagnostics.push({ code, message, location });
  const json = readJson(text);
  const parse: Reading['parse'] = (form, written, location) => {
    const parsed = form.safeParse(written);
    if (!parsed.success) diagnostics.push(...diagnose(parsed.error, written, location));
    return parsed.data;
  };
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    report('Definition must be a valid JSON object', '/');
    throw new DefinitionRefused(diagnostics);
  }
  const machine = parse(machineForm, json, '');
  if (!machine) throw new DefinitionRefused(diagnostics);
  const reading: Reading = {
    language: machine.QueryLanguage ?? 'JSONPath',
    names: new Set(),
    report,
    warn: (message, location) => void warnings.push({ code: 'UNKNOWN_REFERENCE', message, location }),
    refer: (state, variable) => void references.set(state, (references.get(state) ?? new Set()).add(variable)),
    parse,
  };
  const workflow = readWorkflow(machine, { location: '', outer: new Set(), taken: new Set() }, reading);
  if (diagnostics.length > 0) throw new DefinitionRefused(diagnostics);
  const read = Object.fromEntries([...references].map(([state, names]) => [state, [...names]]));
  return { ...workflow, timeoutSeconds: machine.TimeoutSeconds, warnings, references: read };
}

function readJson(text: string): unknown {
  const refused = (message: string) =>
    new DefinitionRefused([{ code: 'INVALID_JSON_DESCRIPTION', message, location: '/' }]);
  if (text.trim() === '') {
    const message = 'Definition must be a valid JSON object';
    throw new DefinitionRefused([{ code: 'SCHEMA_VALIDATION_FAILED', message, location: undefined }]);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refused((error as Error).message);
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) throw refused(`Duplicate field '${twice}'`);
  return json;
}

function readWorkflow(
  { StartAt, States }: { StartAt: string; States: Record<string, unknown> },
  { location, outer, taken }: Scoped,
  reading: Reading,
): Workflow {
  const written = Object.entries(States).flatMap(([name, state]) => {
    const at = `${location}/States/${name}`;
    if (reading.names.has(name)) reading.report(`Duplicate state name: ${name}`, at, 'DUPLICATE_STATE_NAME');
    reading.names.add(name);
    const language = (state as { QueryLanguage?: unknown } | null)?.QueryLanguage ?? reading.language;
    if (language !== 'JSONata') {
      const why =
        reading.language === 'JSONata'
          ? "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine"
          : "The local interpreter has no JSONPath: field 'QueryLanguage' must be 'JSONata'";
      reading.report(why, at);
      return [];
    }
    const parsed = reading.parse(stateForm(state), state, at);
    return parsed ? [{ name, at, parsed }] : [];
  });

  const own = new Set<string>();
  const ownTaken = new Set<string>();
  for (const { at, parsed } of written) {
    for (const [field, name] of assignedBy(parsed)) {
      if (!variableName.test(name) || name === 'states') {
        reading.report(`'${name}' is not a valid variable name`, `${at}/${field}`);
      } else if (taken.has(name)) {
        reading.report(`Variable '${name}' is already assigned in an outer scope`, `${at}/${field}/${name}`);
      }
      own.add(name);
      // AWS lets a branch assign what the Catch around it assigns.
      if (!field.startsWith('Catch')) ownTaken.add(name);
    }
  }
  const variables = new Set([...outer, ...own]);
  const within = { variables, taken: new Set([...taken, ...ownTaken]), reading };
  const states = written.map(({ name, at, parsed }) => readState(name, parsed, { ...within, location: at }));

  if (written.length === Object.keys(States).length) checkTransitions(StartAt, written, location, reading.report);
  return { startAt: StartAt, states: new Map(states.map((state) => [state.name, state])) };
}

function assignedBy(state: Written): (readonly [field: string, name: string])[] {
  const rules =
    'Choices' in state
      ? state.Choices.map((rule, index) => [`Choices[${index}]/Assign`, rule.Assign] as const)
      : 'Catch' in state
        ? state.Catch.map((rule, index) => [`Catch[${index}]/Assign`, rule.Assign] as const)
        : [];
  return [['Assign', 'Assign' in state ? state.Assign : undefined] as const, ...rules].flatMap(([field, assign]) =>
    Object.keys(assign ?? {}).map((name) => [field, name] as const),
  );
}

interface StatePlace {
  readonly location: string;
  readonly variables: ReadonlySet<string>;
  readonly taken: ReadonlySet<string>;
  readonly reading: Reading;
}

function readState(name: string, written: Written, { location, variables, taken, reading }: StatePlace): State {
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
    return parsed
      ? readWorkflow(parsed, { location: at, outer: variables, taken }, reading)
      : { startAt: '', states: new Map() };
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
