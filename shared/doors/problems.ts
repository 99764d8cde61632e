import type * as z from 'zod';

/** One thing wrong with an input: the path of its field and a sentence. It never repeats what was written there. */
export interface Problem {
  readonly path: string;
  readonly sentence: string;
}

const pathOf = (path: readonly PropertyKey[]) =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

/** Every problem of a failed parse, one for each field that is unknown, missing or wrong. */
export function problemsIn(error: z.ZodError): readonly Problem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), sentence: 'There is no such field.' }));
    }
    return [{ path: pathOf(issue.path), sentence: sentenceOf(issue) }];
  });
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `Choose one of: ${issue.values.map(String).join(', ')}.`;
  if (issue.code === 'invalid_union') return 'This is none of the forms this field takes.';
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'This field is required.';
  if (issue.code === 'invalid_type') return `This field needs a ${issue.expected}.`;
  return issue.message;
}
