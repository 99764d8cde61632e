import { matchesAny, patternOf } from './pattern.ts';

/** The condition keys of a call with their values; a key without a value is not in the call. */
export type Context = Readonly<Record<string, readonly string[]>>;

export type Condition = (context: Context) => boolean;

/** The keys that the embedded cloud gives with a call. A condition on any other key could only be guessed. */
export const conditionKeys = [
  ...['aws:PrincipalArn', 'aws:SecureTransport', 'aws:SourceAccount', 'aws:SourceArn'],
  ...['dynamodb:Attributes', 'dynamodb:LeadingKeys', 'dynamodb:ReturnValues'],
  ...['kms:EncryptionContextKeys', 'kms:MacAlgorithm', 'kms:SigningAlgorithm', 'kms:ViaService'],
  'ses:FromAddress',
];

const contextPrefix = 'kms:EncryptionContext:';
/** The condition key of one entry of an encryption context, as a call gives it. */
export const encryptionContextKey = (name: string) => contextPrefix + name.toLowerCase();

/** The one spelling of a condition key, whose name knows no case. Undefined where it is not known. */
function spelledAs(key: string): string | undefined {
  const lower = key.toLowerCase();
  if (lower.startsWith(contextPrefix.toLowerCase())) return encryptionContextKey(key.slice(contextPrefix.length));
  return conditionKeys.find((known) => known.toLowerCase() === lower);
}

type Test = (value: string) => boolean;
type TestOf = (expected: readonly string[], where: string) => Test;

const equals: TestOf = (expected, where) => {
  for (const value of expected) patternOf(value, where);
  return (value) => expected.includes(value);
};
const like: TestOf = (expected, where) => {
  const patterns = expected.map((pattern) => patternOf(pattern, where));
  return (value) => matchesAny(patterns, value);
};
/** Each of the six parts of an ARN is matched by itself: a wildcard does not reach over a colon. */
const arnLike: TestOf = (expected, where) => {
  const parts = (arn: string) => {
    const split = arn.split(':');
    return [...split.slice(0, 5), split.slice(5).join(':')];
  };
  const patterns = expected.map((arn) => parts(arn).map((part) => patternOf(part, where)));
  return (value) => patterns.some((pattern) => parts(value).every((part, index) => pattern[index]?.test(part)));
};
const bool: TestOf = (expected) => {
  const wanted = expected.map((value) => value.toLowerCase());
  return (value) => wanted.includes(value.toLowerCase());
};
/** A negated operator holds for an absent key. Any other does not. */
const operators: Readonly<Record<string, { readonly testOf: TestOf; readonly negated?: true }>> = {
  StringEquals: { testOf: equals },
  StringNotEquals: { testOf: equals, negated: true },
  StringLike: { testOf: like },
  ArnEquals: { testOf: arnLike },
  ArnLike: { testOf: arnLike },
  ArnNotEquals: { testOf: arnLike, negated: true },
  Bool: { testOf: bool },
};

export const conditionOperators: readonly string[] = [...Object.keys(operators), 'Null'];

type Operator = (expected: readonly string[], where: string) => (actual: readonly string[]) => boolean;

const whetherAbsent: Operator = (expected) => (actual) => expected.includes(String(actual.length === 0));

/** An operator with its prefix for keys of many values and its suffix for absent ones. Undefined where it is not known. */
function operatorOf(name: string): Operator | undefined {
  if (name === 'Null') return whetherAbsent;
  const [, set, base = '', ifExists] = /^(ForAllValues:)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const operator = operators[base];
  if (!operator) return undefined;
  const { testOf, negated } = operator;
  return (expected, where) => {
    const matches = testOf(expected, where);
    const test: Test = negated ? (value) => !matches(value) : matches;
    const whenAbsent = ifExists !== undefined || set !== undefined || negated === true;
    return (actual) => (actual.length === 0 ? whenAbsent : actual.every(test));
  };
}

/** Reads a statement's Condition block. Throws, naming `where`, for an operator or key that it does not know. */
export function readConditions(block: Readonly<Record<string, unknown>>, where: string): Condition[] {
  return Object.entries(block).flatMap(([name, keys]) => {
    const operator = operatorOf(name);
    if (!operator)
      throw new Error(`${where} has the condition operator ${name}, which the embedded cloud does not evaluate.`);
    return Object.entries(keys as Readonly<Record<string, unknown>>).map(([key, value]): Condition => {
      const known = spelledAs(key);
      if (!known) throw new Error(`${where} has a condition on ${key}, which the embedded cloud does not evaluate.`);
      const test = operator((Array.isArray(value) ? value : [value]).map(String), where);
      return (context) => test(context[known] ?? []);
    });
  });
}
