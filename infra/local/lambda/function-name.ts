import { localAccount, localRegion } from '../endpoint/service.ts';

/** What a caller names: a function, and a version or an alias of it. */
export interface FunctionName {
  readonly name: string;
  /** Undefined for the function itself, which is `$LATEST`. */
  readonly qualifier: string | undefined;
}

/** Reads a name, an ARN, or the last part of an ARN. Each may end with a version or an alias. */
export function readFunctionName(given: string): FunctionName {
  const [, name = given, qualifier] = /^(?:.*\bfunction:)?([^:]+)(?::([^:]+))?$/.exec(given) ?? [];
  return { name, qualifier };
}

/** The ARN that a caller means. A version or an alias stays in it, and policies see it. */
export function functionArnOf(given: string): string {
  if (given.startsWith('arn:')) return given;
  const { name, qualifier } = readFunctionName(given);
  const arn = `arn:aws:lambda:${localRegion}:${localAccount}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}
