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

/** What the name of a field can look like. Anything else in its place may be what somebody wrote about a person. */
const fieldName = /^[a-z][A-Za-z]{0,30}$/;

/** Every problem of a failed parse, one for each field that is unknown, missing or wrong. */
export function problemsIn(error: z.ZodError): readonly Problem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) =>
        fieldName.test(key)
          ? { path: pathOf([...issue.path, key]), sentence: 'There is no such field.' }
          : { path: pathOf(issue.path), sentence: 'There is a field here that is not known.' },
      );
    }
    return [{ path: pathOf(issue.path), sentence: sentenceOf(issue) }];
  });
}

function sentenceOf({ code, message, ...issue }: z.core.$ZodIssue): string {
  // The domain's own sentence, where a schema has one, says more than any of these.
  if (!message.startsWith('Invalid')) return message;
  if (message.endsWith('received undefined')) return 'This field is required.';
  if (code === 'invalid_value')
    return `Choose one of: ${'values' in issue ? issue.values.map(String).join(', ') : ''}.`;
  if (code === 'invalid_union') return 'This is none of the forms this field takes.';
  return code === 'invalid_type' && 'expected' in issue ? `This field needs a ${issue.expected}.` : message;
}
