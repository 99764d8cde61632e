// @ts-nocheck
import { Logger } from '@aws-lambda-powertools/logger';
import * as z from 'zod';

/** Logs carry ids, codes and instants. Never pass an event, a body or an error's cause. */
export const logger = new Logger({ logRecordOrder: ['level', 'message'] });

/** What a name of a field looks like: anything else in a path is a key of data. */
const fieldName = /^[a-z][A-Za-z]{0,30}$/;
const partOf = (part: PropertyKey): string => {
  if (typeof part === 'number') return `[${part}]`;
  return fieldName.test(String(part)) ? String(part) : '?';
};

/** Of what does not have its shape, the code and the path of each problem: `invalid_type at detail.name`. */
const issuesOf = ({ issues }: z.ZodError): readonly string[] =>
  issues.slice(0, 20).map(({ code, path }) => `${code} at ${path.map(partOf).join('.') || 'the top'}`);

/** The lines of the stack without the message, which may have lines of its own. */
const placesOf = ({ stack = '' }: Error): readonly string[] =>
  stack.split('\n').filter((line) => /^ {4}at .+:\d+:\d+\)?$/.test(line));

/**
 * The error as it may leave a function, whose runtime writes the message into its log: of what does not have its shape
 * only codes and paths, of what is no JSON nothing. Any other error is the same.
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

/** What of a fault may be logged: its name and where it came from, never its message, which may quote data. */
export const faultOf = (error: unknown) =>
  error instanceof Error
    ? {
        fault: error.name,
        ...(error instanceof z.ZodError && { issues: issuesOf(error) }),
        at: placesOf(error)[0]?.trim(),
      }
    : { fault: typeof error };
