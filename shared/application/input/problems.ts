import type * as z from 'zod';

/** One thing wrong with an input: the path of its field, and a sentence. It never repeats the value. */
export interface Problem {
  readonly path: string;
  readonly sentence: string;
}

export const pathOf = (path: readonly PropertyKey[]) =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

/**
 * The form of a field's name, in this API or another. Any other text in its place may be words about a person, so no problem
 * repeats it.
 */
export const fieldName = /^[A-Za-z_][A-Za-z0-9_-]{0,39}$/;

/** Of two bounds that a field breaks, keeps the later one: "at most 99" says more than the largest integer. */
const saysMost = (issue: z.core.$ZodIssue, index: number, all: readonly z.core.$ZodIssue[]): boolean =>
  !(issue.code === 'too_big' || issue.code === 'too_small') ||
  !all.slice(index + 1).some(({ code, path }) => code === issue.code && pathOf(path) === pathOf(issue.path));

/** Every problem of a failed parse, one for each unknown, missing or wrong field. */
export function problemsIn(error: z.ZodError): readonly Problem[] {
  return error.issues.filter(saysMost).flatMap((issue) => {
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

/** How zod's own messages begin. Any other message is a sentence of the domain, which says more. */
const isOwnOfZod = (message: string) => /^(Invalid|Too (small|big)|Unrecognized)\b/.test(message);

/** Of a field that was left empty. */
export const requiredSentence = 'This field is required.';

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (!isOwnOfZod(issue.message)) return issue.message;
  if (issue.message.endsWith('received undefined')) return requiredSentence;
  // The kind of value was right. The domain's message, such as the years that a field takes, says more than a list of kinds.
  const ofDomain = issue.code === 'invalid_union' && issue.errors.flat().find(({ code }) => code === 'custom');
  if (ofDomain) return ofDomain.message;
  if (issue.code === 'invalid_value') return `Choose one of: ${issue.values.map(String).join(', ')}.`;
  return `Give ${allowedBy(issue)}.`;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with named fields',
};

const formats: Readonly<Record<string, string>> = {
  datetime: 'date, time and zone, such as 2026-11-25T15:00:00-05:00',
  date: 'a date as YYYY-MM-DD, such as 2026-11-25',
};

/** What the field would accept, for a sentence that begins with "Give". */
function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? 'a value of the kind that this field takes';
    case 'invalid_value':
      return issue.values.map((value) => `"${String(value)}"`).join(' or ');
    case 'invalid_format':
      return formats[issue.format] ?? 'text in the form that this field takes';
    case 'invalid_union': {
      const ways = issue.errors.flatMap(([first]) => (first ? [allowedBy(first)] : []));
      return [...new Set(ways)].join(', or ');
    }
    case 'too_small':
      return amount(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'too_big':
      return amount(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    default:
      return 'a value that this field takes';
  }
}

const counted: Readonly<Record<string, string>> = { string: 'character', array: 'entry' };

function amount(origin: string, bound: string, size: number | bigint): string {
  const unit = counted[origin];
  if (unit === undefined) return `a number of ${bound} ${size}`;
  const units = unit === 'entry' ? 'entries' : 'characters';
  return `${bound} ${size.toLocaleString('en-US')} ${size === 1 ? unit : units}`;
}
