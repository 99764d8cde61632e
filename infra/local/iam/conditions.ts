import { matchesAny, patternOf } from './pattern.ts';

/** The condition keys of a call with their values; a key without a value is not in the call. */
export type Context = Readonly<Record<string, readonly string[]>>;

export type Condition = (context: Context) => boolean;

/** The keys that the embedded services give with a call. A condition on any other key could only be guessed. */
const knownKeys = ['dynamodb:LeadingKeys', 'kms:ViaService', 'ses:FromAddress', 'ses:Recipients'];

type Test = (value: string) => boolean;
type Operator = (expected: readonly string[], where: string) => (actual: readonly string[]) => boolean;

/** As in AWS, a single-valued operator is false for an absent key, and ForAllValues is true for one. */
const everyPresent =
  (testOf: (expected: readonly string[], where: string) => Test): Operator =>
  (expected, where) => {
    const test = testOf(expected, where);
    return (actual) => actual.length > 0 && actual.every(test);
  };
const everyValue =
  (testOf: (expected: readonly string[], where: string) => Test): Operator =>
  (expected, where) => {
    const test = testOf(expected, where);
    return (actual) => actual.every(test);
  };

const equals = (expected: readonly string[], where: string): Test => {
  for (const value of expected) patternOf(value, where);
  return (value) => expected.includes(value);
};
const like = (expected: readonly string[], where: string): Test => {
  const patterns = expected.map((pattern) => patternOf(pattern, where));
  return (value) => matchesAny(patterns, value);
};
/** Each of the six parts of an ARN is matched by itself: a wildcard does not reach over a colon. */
const arnLike = (expected: readonly string[], where: string): Test => {
  const parts = (arn: string) => {
    const split = arn.split(':');
    return [...split.slice(0, 5), split.slice(5).join(':')];
  };
  const patterns = expected.map((arn) => parts(arn).map((part) => patternOf(part, where)));
  return (value) => patterns.some((pattern) => parts(value).every((part, index) => pattern[index]?.test(part)));
};
const bool = (expected: readonly string[]): Test => {
  const wanted = expected.map((value) => value.toLowerCase());
  return (value) => wanted.includes(value.toLowerCase());
};

const operators: Readonly<Record<string, Operator>> = {
  StringEquals: everyPresent(equals),
  StringLike: everyPresent(like),
  ArnEquals: everyPresent(arnLike),
  ArnLike: everyPresent(arnLike),
  Bool: everyPresent(bool),
  'ForAllValues:StringEquals': everyValue(equals),
  'ForAllValues:StringLike': everyValue(like),
  Null: (expected) => (actual) => expected.includes(String(actual.length === 0)),
};

/** Reads a statement's Condition block. Throws, naming `where`, for an operator or key that it does not know. */
export function readConditions(block: Readonly<Record<string, unknown>>, where: string): Condition[] {
  return Object.entries(block).flatMap(([name, keys]) => {
    const operator = operators[name];
    if (!operator)
      throw new Error(`${where} has the condition operator ${name}, which the embedded cloud does not evaluate.`);
    return Object.entries(keys as Readonly<Record<string, unknown>>).map(([key, value]): Condition => {
      const known = knownKeys.find((candidate) => candidate.toLowerCase() === key.toLowerCase());
      if (!known) throw new Error(`${where} has a condition on ${key}, which the embedded cloud does not evaluate.`);
      const test = operator((Array.isArray(value) ? value : [value]).map(String), where);
      return (context) => test(context[known] ?? []);
    });
  });
}
