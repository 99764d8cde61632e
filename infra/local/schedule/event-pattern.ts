/** EventBridge's event patterns, as far as the rules of the stack go: nested objects of lists of exact values. */

export type Matches = (event: unknown) => boolean;

/** Compiles a pattern. `owner` names the rule in errors. Throws on everything else that EventBridge knows. */
export function compilePattern(pattern: unknown, owner: string): Matches {
  const refuse = (what: string): never => {
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
    const test = wanted.find(isObject);
    if (test) return refuse(`the test ${JSON.stringify(test)}`);
    return (event) => isObject(event) && [event[name]].flat().some((value) => wanted.includes(value));
  });
  return (event) => fields.every((field) => field(event));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
