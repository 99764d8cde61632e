/**
 * An IAM pattern as a regular expression: `*` is any run of characters, `?` any one of them. Throws, naming `where`,
 * for a policy variable such as `${aws:username}`.
 */
// @ts-nocheck

export function patternOf(pattern: unknown, where: string, flags = ''): RegExp {
  const text = String(pattern);
  if (text.includes('${'))
    throw new Error(`${where} uses the policy variable ${text}, which the embedded cloud does not evaluate.`);
  const source = text
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, `s${flags}`);
}

export function matchesAny(patterns: readonly RegExp[], value: string): boolean {
  return patterns.some((pattern) => pattern.test(value));
}
