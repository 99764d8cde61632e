/** Condition expressions of DynamoDB, as far as the stores write them: compiled once, asked often. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

type Item = Readonly<Record<string, AttributeValue>>;
export type Names = Record<string, string> | undefined;
export type Values = Record<string, AttributeValue> | undefined;
export type Condition = (item: Item | undefined, names: Names, values: Values) => boolean;

/** What a key or an operand is compared by. */
export const plain = (value: AttributeValue | undefined): string | number | undefined =>
  value?.N === undefined ? (value?.S ?? (value?.B && Buffer.from(value.B).toString('base64'))) : Number(value.N);

export const compare = (one: string | number = '', other: string | number = '') =>
  one < other ? -1 : one > other ? 1 : 0;

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

const compiled = new Map<string, Condition>();

/** Throws where the expression has something that the stores do not write, such as `size(…)`. */
export function conditionOf(expression: string): Condition {
  let test = compiled.get(expression);
  if (!test) {
    test = read(expression);
    compiled.set(expression, test);
  }
  return test;
}

function read(expression: string): Condition {
  const words = expression.match(/<>|<=|>=|[<>=(),]|[#:]?\w+/g) ?? [];
  let at = 0;
  const unknown = () => new Error(`These tables do not know the condition "${expression}".`);
  const take = (word?: string): string => {
    const taken = words[at];
    if (taken === undefined || (word !== undefined && taken !== word)) throw unknown();
    at += 1;
    return taken;
  };
  const attribute = (word: string) => (item: Item | undefined, names: Names) => item?.[names?.[word] ?? word];

  const call = (name: string): Condition => {
    take('(');
    const held = attribute(take());
    if (name === 'begins_with') {
      take(',');
      const start = take();
      take(')');
      return (item, names, values) => String(plain(held(item, names))).startsWith(String(plain(values?.[start])));
    }
    take(')');
    if (name === 'attribute_exists') return (item, names) => held(item, names) !== undefined;
    if (name === 'attribute_not_exists') return (item, names) => held(item, names) === undefined;
    throw unknown();
  };
  const between = (held: ReturnType<typeof attribute>): Condition => {
    const from = take();
    take('AND');
    const to = take();
    return (item, names, values) => {
      const left = plain(held(item, names));
      if (left === undefined) return false;
      return compare(left, plain(values?.[from])) >= 0 && compare(left, plain(values?.[to])) <= 0;
    };
  };
  const one = (): Condition => {
    const word = take();
    if (word === '(') {
      const inner = either();
      take(')');
      return inner;
    }
    if (words[at] === '(') return call(word);
    const held = attribute(word);
    const operator = take();
    if (operator === 'BETWEEN') return between(held);
    const answers = orders[operator];
    const value = take();
    if (!answers || !value.startsWith(':')) throw unknown();
    return (item, names, values) => {
      const left = plain(held(item, names));
      return left !== undefined && answers(compare(left, plain(values?.[value])));
    };
  };
  const listed = (word: string, next: () => Condition): readonly Condition[] => {
    const found = [next()];
    while (words[at] === word) {
      at += 1;
      found.push(next());
    }
    return found;
  };
  const all = (): Condition => {
    const parts = listed('AND', one);
    return parts.length === 1 && parts[0] ? parts[0] : (...given) => parts.every((part) => part(...given));
  };
  const either = (): Condition => {
    const parts = listed('OR', all);
    return parts.length === 1 && parts[0] ? parts[0] : (...given) => parts.some((part) => part(...given));
  };

  const test = either();
  if (at !== words.length) throw unknown();
  return test;
}

/** A key condition: the partition's value, and what it asks of the sort key, if it does. */
export interface KeyCondition {
  readonly partition: string;
  readonly sort: Condition | undefined;
  /** Whether what it finds is the end of the partition. */
  readonly isEnd: boolean;
  /** The values between which it asks, where it does. */
  readonly bounds: readonly [from: string, to: string] | undefined;
}
const keyConditions = new Map<string, KeyCondition>();

export function keyConditionOf(expression: string): KeyCondition {
  let known = keyConditions.get(expression);
  if (!known) {
    const [, partition, sort] = /^#?\w+ = (:\w+)(?: AND (.*))?$/.exec(expression) ?? [];
    if (partition === undefined) throw new Error(`These tables do not know the key condition "${expression}".`);
    const [, from, to] = /BETWEEN (:\w+) AND (:\w+)/.exec(expression) ?? [];
    known = {
      bounds: from === undefined || to === undefined ? undefined : [from, to],
      partition,
      sort: sort === undefined ? undefined : conditionOf(sort),
      isEnd: sort !== undefined && /^[#\w]+ >=? :\w+$/.test(sort),
    };
    keyConditions.set(expression, known);
  }
  return known;
}
