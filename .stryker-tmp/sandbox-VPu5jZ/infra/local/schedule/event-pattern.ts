/** EventBridge's event patterns, as rules and as filters of stream records. */
// @ts-nocheck


export type Matches = (event: unknown) => boolean;

type Test = (values: readonly unknown[]) => boolean;

/** One test of a pattern's list, by the only key of its object. An absent field has no values. */
const tests: Readonly<Record<string, (operand: unknown, refuse: Refuse) => Test>> = {
  prefix: (operand, refuse) => {
    if (typeof operand !== 'string') return refuse('a prefix that is not text');
    return (values) => values.some((value) => typeof value === 'string' && value.startsWith(operand));
  },
  exists: (operand) => (values) => values.length > 0 === operand,
  'anything-but': (operand, refuse) => {
    const excluded = Array.isArray(operand) ? operand : [operand];
    if (excluded.some((each) => typeof each === 'object')) return refuse('anything-but with a nested test');
    return (values) => values.some((value) => !excluded.includes(value));
  },
};

type Refuse = (what: string) => never;

/**
 * Compiles a pattern: nested objects of lists, where a list allows exact values, `{prefix}`, `{exists}` and
 * `{anything-but}`. `owner` names the rule in errors. Throws on everything else that EventBridge knows.
 */
export function compilePattern(pattern: unknown, owner: string): Matches {
  const refuse: Refuse = (what) => {
    throw new Error(`The event pattern of ${owner} uses ${what}: the embedded cloud does not know that.`);
  };
  if (!isObject(pattern) || Object.keys(pattern).length === 0)
    return refuse('something else than an object with fields');
  const fields = Object.entries(pattern).map(([name, wanted]): Matches => {
    if (name.startsWith('$')) return refuse(name);
    if (isObject(wanted)) {
      const inner = compilePattern(wanted, owner);
      return (event) => isObject(event) && inner(event[name] ?? {});
    }
    if (!Array.isArray(wanted)) return refuse(`the value ${JSON.stringify(wanted)} outside of a list`);
    const any = wanted.map((each) => compileTest(each, refuse));
    return (event) => {
      const values = isObject(event) ? [event[name]].flat().filter((value) => value !== undefined) : [];
      return any.some((test) => test(values));
    };
  });
  return (event) => fields.every((field) => field(event));
}

function compileTest(wanted: unknown, refuse: Refuse): Test {
  if (!isObject(wanted)) return (values) => values.includes(wanted);
  const [key = '', ...others] = Object.keys(wanted);
  const test = tests[key];
  if (!test || others.length > 0) return refuse(`the test ${JSON.stringify(wanted)}`);
  return test(wanted[key], refuse);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
