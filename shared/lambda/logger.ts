import { Logger } from '@aws-lambda-powertools/logger';
import * as z from 'zod';
import { ClockFault } from '../domain/intake/clock-fault.ts';

/** Logs carry ids, codes and instants. Never pass an event, a body or an error's cause. */
export const logger = new Logger({ logRecordOrder: ['level', 'message'] });

/** The form of a field's name. Anything else in a path may be a key of data, so it is logged as `?`. */
const fieldName = /^[a-z][A-Za-z]{0,30}$/;
const partOf = (part: PropertyKey): string => {
  if (typeof part === 'number') return `[${part}]`;
  return fieldName.test(String(part)) ? String(part) : '?';
};

/** The code and the path of each problem of input with the wrong shape, such as `invalid_type at detail.name`. */
const issuesOf = ({ issues }: z.ZodError): readonly string[] =>
  issues.slice(0, 20).map(({ code, path }) => `${code} at ${path.map(partOf).join('.') || 'the top'}`);

/** The lines of the stack without the message, because a message may itself have several lines. */
const placesOf = ({ stack = '' }: Error): readonly string[] =>
  stack.split('\n').filter((line) => /^ {4}at .+:\d+:\d+\)?$/.test(line));

/**
 * Makes an error safe to throw out of a function, because the runtime logs its message. Of a ZodError it keeps codes and paths,
 * of a SyntaxError only its name. Returns any other error as it is.
 */
export function speakable(error: unknown): unknown {
  if (!(error instanceof z.ZodError || error instanceof SyntaxError)) return error;
  const said = new Error(
    error instanceof SyntaxError
      ? 'Something read here is no JSON.'
      : `Something read here does not have its shape: ${issuesOf(error).join('; ')}.`,
  );
  said.name = error.name;
  said.stack = [`${said.name}: ${said.message}`, ...placesOf(error)].join('\n');
  return said;
}

/**
 * The part of an error that may be logged: its name and the place it came from, and of a clock its rule. Its message may quote
 * data, so it is left out.
 */
export const faultOf = (error: unknown) =>
  error instanceof Error
    ? {
        fault: error.name,
        ...(error instanceof ClockFault && {
          referralId: error.referralId,
          rule: error.rule,
          because: error.cause instanceof Error ? error.cause.name : typeof error.cause,
        }),
        ...(error instanceof z.ZodError && { issues: issuesOf(error) }),
        at: placesOf(error instanceof ClockFault && error.cause instanceof Error ? error.cause : error)[0]?.trim(),
      }
    : { fault: typeof error };
