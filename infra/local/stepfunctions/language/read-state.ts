/** Reads one state: its fields are checked and compiled. */
import type { Catcher, Exit, Field, Retrier, State } from './definition.ts';
import { compileTemplate, isExpression, type Template } from './expressions.ts';
import type { Written, WrittenTask } from './schema.ts';

const always = new Set(['input', 'context']);
const withResult = new Set([...always, 'result']);
const withError = new Set([...always, 'errorOutput']);
export const isInstant = (text: unknown): text is string =>
  typeof text === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) &&
  !Number.isNaN(Date.parse(text));

/** Told what is wrong with a definition, and where: `/States/Ask/Retry/0`. */
export type Report = (message: string, location: string) => void;

export function readState(name: string, written: Written, location: string, report: Report): State {
  const template = (field: string, value: unknown, offered: ReadonlySet<string> = always): Template =>
    compileTemplate(value, {
      field,
      offered,
      refuse: (message, at) => report(message, `${location}/${at}`),
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
    { Output, Next }: { Output?: unknown; Next?: string | undefined },
    offered: ReadonlySet<string>,
    prefix = '',
  ): Exit => ({
    output: optional(`${prefix}Output`, Output, offered),
    next: Next,
  });
  const flow = (from: { Next?: string | undefined; End?: boolean | undefined }, offered = always) => {
    if ((from.Next === undefined) === (from.End !== true)) {
      report("Exactly one of the fields 'Next' and 'End' must be there", location);
    }
    return { name, ...exit(from, offered) };
  };
  const handling = ({ Retry, Catch }: WrittenTask) => {
    for (const [field, rules] of [
      ['Retry', Retry],
      ['Catch', Catch],
    ] as const) {
      for (const [index, { ErrorEquals }] of rules.entries()) {
        if (!ErrorEquals.includes('States.ALL') || (ErrorEquals.length === 1 && index === rules.length - 1)) continue;
        report(`'States.ALL' must stand alone in ErrorEquals, in the last rule`, `${location}/${field}/${index}`);
      }
    }
    return {
      retry: Retry.map((rule, index): Retrier => {
        if (rule.MaxDelaySeconds !== undefined && rule.MaxDelaySeconds <= rule.IntervalSeconds) {
          report("'MaxDelaySeconds' must be greater than 'IntervalSeconds'", `${location}/Retry/${index}`);
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
  switch (written.Type) {
    case 'Task': {
      const { Resource, Arguments, TimeoutSeconds } = written;
      return {
        type: 'Task',
        ...flow(written, withResult),
        ...handling(written),
        resource: Resource,
        arguments: template('Arguments', Arguments),
        timeoutSeconds: maybe('TimeoutSeconds', TimeoutSeconds),
      };
    }
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
      return { type: 'Fail', name, error: written.Error, cause: written.Cause };
  }
}
