import { matchesAny, patternOf } from './pattern.ts';

/** The condition keys of a call with their values; a key without a value is not in the call. */
export type Context = Readonly<Record<string, readonly string[]>>;

export type Condition = (context: Context) => boolean;

/**
 * The keys that the embedded cloud gives with a call. Some are never in one, such as that of a grant. A condition on any
 * other key could only be guessed.
 */
const knownKeys = [
  ...['aws:PrincipalAccount', 'aws:PrincipalArn', 'aws:PrincipalIsAWSService', 'aws:PrincipalServiceName'],
  ...['aws:SecureTransport', 'aws:SourceAccount', 'aws:SourceArn', 'aws:SourceOwner'],
  ...['dynamodb:Attributes', 'dynamodb:LeadingKeys', 'dynamodb:ReturnValues'],
  ...['kms:CallerAccount', 'kms:EncryptionContextKeys', 'kms:GrantIsForAWSResource', 'kms:MacAlgorithm'],
  ...['kms:SigningAlgorithm', 'kms:ViaService'],
  ...['ses:FromAddress', 'ses:FromDisplayName', 'ses:Recipients'],
];

/** Families of keys, whose last part a policy chooses. */
const knownFamilies = ['kms:EncryptionContext:'];

/** The one spelling of a condition key, whose name knows no case. Undefined where it is not known. */
function spelledAs(key: string): string | undefined {
  const lower = key.toLowerCase();
  const family = knownFamilies.find((prefix) => lower.startsWith(prefix.toLowerCase()));
  if (family !== undefined) return encryptionContextKey(key.slice(family.length));
  return knownKeys.find((known) => known.toLowerCase() === lower);
}

/** The condition key of one entry of an encryption context, as a call gives it. */
export const encryptionContextKey = (name: string) => `kms:EncryptionContext:${name.toLowerCase()}`;

type Test = (value: string) => boolean;
type TestOf = (expected: readonly string[], where: string) => Test;

const equals: TestOf = (expected, where) => {
  for (const value of expected) patternOf(value, where);
  return (value) => expected.includes(value);
};
const equalsIgnoringCase: TestOf = (expected, where) => {
  const test = equals(
    expected.map((value) => value.toLowerCase()),
    where,
  );
  return (value) => test(value.toLowerCase());
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
const numeric =
  (compare: (actual: number, wanted: number) => boolean): TestOf =>
  (expected) =>
  (value) =>
    expected.some((wanted) => compare(Number(value), Number(wanted)));

/** A negated operator holds for an absent key. Any other does not. */
const operators: Readonly<Record<string, { readonly testOf: TestOf; readonly negated?: true }>> = {
  StringEquals: { testOf: equals },
  StringNotEquals: { testOf: equals, negated: true },
  StringEqualsIgnoreCase: { testOf: equalsIgnoringCase },
  StringLike: { testOf: like },
  StringNotLike: { testOf: like, negated: true },
  ArnEquals: { testOf: arnLike },
  ArnLike: { testOf: arnLike },
  ArnNotEquals: { testOf: arnLike, negated: true },
  ArnNotLike: { testOf: arnLike, negated: true },
  Bool: { testOf: bool },
  NumericEquals: { testOf: numeric((actual, wanted) => actual === wanted) },
  NumericLessThan: { testOf: numeric((actual, wanted) => actual < wanted) },
  NumericLessThanEquals: { testOf: numeric((actual, wanted) => actual <= wanted) },
  NumericGreaterThan: { testOf: numeric((actual, wanted) => actual > wanted) },
  NumericGreaterThanEquals: { testOf: numeric((actual, wanted) => actual >= wanted) },
};

type Operator = (expected: readonly string[], where: string) => (actual: readonly string[]) => boolean;

const whetherAbsent: Operator = (expected) => (actual) => expected.includes(String(actual.length === 0));

/** An operator with its prefix for keys of many values and its suffix for absent ones. Undefined where it is not known. */
function operatorOf(name: string): Operator | undefined {
  if (name === 'Null') return whetherAbsent;
  const [, set = '', base = '', ifExists] = /^(ForAllValues:|ForAnyValue:)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const operator = operators[base];
  if (!operator) return undefined;
  const { testOf, negated } = operator;
  return (expected, where) => {
    const matches = testOf(expected, where);
    const test: Test = negated ? (value) => !matches(value) : matches;
    const whenAbsent = ifExists !== undefined || set === 'ForAllValues:' || (negated === true && set === '');
    return (actual) => {
      if (actual.length === 0) return whenAbsent;
      return set === 'ForAnyValue:' ? actual.some(test) : actual.every(test);
    };
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
