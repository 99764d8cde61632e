/** What was submitted, as the input that a schema parses; and the local time of New York that people type. */
import { Temporal } from 'temporal-polyfill';
import type * as z from 'zod';
import { type Problem, problemsIn } from '../../shared/doors/problems.ts';
import type { Field } from './form-fields.ts';
import { words } from './words.ts';

export interface Submitted {
  readonly input: Readonly<Record<string, unknown>>;
  /** What can be said before any schema is asked. */
  readonly problems: readonly Problem[];
}

/**
 * The UTC instant of a New York wall time (`2026-11-25T10:15`), or a sentence where it is none: malformed, or skipped in
 * spring when the clocks go forward. Of a time that occurs twice in autumn the first counts.
 */
export function newYorkInstant(local: string): { readonly instant: string } | { readonly sentence: string } {
  try {
    const wall = Temporal.PlainDateTime.from(local);
    const zoned = wall.toZonedDateTime('America/New_York', { disambiguation: 'compatible' });
    if (!zoned.toPlainDateTime().equals(wall)) {
      return { sentence: 'This time does not exist: the clocks in New York went forward over it. Give another.' };
    }
    return { instant: new Date(zoned.epochMilliseconds).toISOString() };
  } catch {
    return { sentence: 'Give a date and a time, such as 11/25/2026, 10:15 AM.' };
  }
}

/** Reads the fields out of a form; a field left empty is left out. Texts are never part of a problem. */
export function readFields(fields: readonly Field[], form: URLSearchParams): Submitted {
  const problems: Problem[] = [];
  const typed = (path: string) => form.get(path)?.trim() || undefined;
  const instant = (path: string): string | undefined => {
    const local = typed(path);
    if (local === undefined) return undefined;
    const found = newYorkInstant(local);
    if ('instant' in found) return found.instant;
    problems.push({ path, sentence: found.sentence });
    return undefined;
  };
  const number = (path: string): number | string | undefined => {
    const text = typed(path);
    // Whether it may be said that nobody knows is for the command to judge.
    if (text === undefined || text === 'unknown') return text;
    if (!Number.isNaN(Number(text))) return Number(text);
    problems.push({ path, sentence: 'Give a number in digits, or leave it empty.' });
    return undefined;
  };

  const read = (field: Field): unknown => {
    const { path } = field;
    switch (field.kind) {
      case 'choices': {
        const ticked = form.getAll(path).filter((value) => value !== '');
        return ticked.length > 0 ? ticked : undefined;
      }
      case 'yes-no':
        return { yes: true, no: false }[typed(path) ?? ''];
      case 'instant':
        return instant(path);
      case 'assault':
        return instant(`${path}.at`) ?? typed(path);
      case 'number':
        return number(path);
      case 'age': {
        const [from, to] = [number(`${path}.from`), number(`${path}.to`)];
        return from === undefined || to === undefined ? (from ?? to) : { from, to };
      }
      case 'each': {
        const rows = field.rows.flatMap(({ value }) => {
          const answer = typed(`${path}.${value}`);
          return answer === undefined ? [] : [{ [field.rowKey]: value, [field.answerKey]: answer }];
        });
        return rows.length > 0 ? rows : undefined;
      }
      case 'group': {
        const content = objectOf(field.fields);
        return Object.keys(content).length > 0 ? content : undefined;
      }
      default:
        return typed(path);
    }
  };

  const objectOf = (members: readonly Field[]): Record<string, unknown> =>
    Object.fromEntries(
      members
        .map((member) => [member.path.slice(member.path.lastIndexOf('.') + 1), read(member)] as const)
        .filter(([, value]) => value !== undefined),
    );

  return { input: objectOf(fields), problems };
}

/** Everything wrong with an input: what was found reading it, and what its schema says of the rest. */
export function allProblems(schema: z.ZodType, input: unknown, own: readonly Problem[]): readonly Problem[] {
  const parsed = schema.safeParse(input);
  return withOwn(own, parsed.success ? [] : problemsIn(parsed.error));
}

/** What was found reading a form before what was found in its input, which says less of the same fields. */
export const withOwn = (own: readonly Problem[], others: readonly Problem[]): readonly Problem[] => [
  ...own,
  ...others.filter(({ path }) => !own.some((each) => each.path === path || each.path === `${path}.at`)),
];

const offer = /^Choose one of: (.+)\.$/;

/** The codes that a problem offers, as the words of the form. */
export const inWords = (problems: readonly Problem[]): readonly Problem[] =>
  problems.map(({ path, sentence }) => ({
    path,
    sentence: sentence.replace(
      offer,
      (_, codes: string) => `Choose one of: ${codes.split(', ').map(words).join(', ')}.`,
    ),
  }));
