/** What was submitted, as the input that a schema parses; and the local time of New York that people type. */
import { Temporal } from 'temporal-polyfill';
import type * as z from 'zod';
import { type Problem, problemsIn } from '../../../shared/application/input/problems.ts';
import { newYorkInstant } from '../../../shared/domain/core/local-time.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import type { Field } from './form-fields.ts';

export interface Submitted {
  readonly input: Readonly<Record<string, unknown>>;
  /** What can be said before any schema is asked. */
  readonly problems: readonly Problem[];
}

/** The same time as it is typed, and `newYorkInstant` reads it back: of an hour that occurs twice, the first. Undefined for what is no instant. */
function newYorkWall(instant: string): string | undefined {
  try {
    const wall = Temporal.Instant.from(instant).toZonedDateTimeISO('America/New_York').toPlainDateTime();
    return wall.toString({ smallestUnit: wall.second === 0 ? 'minute' : 'second' });
  } catch {
    return undefined;
  }
}

const nameOf = ({ path }: Field) => path.slice(path.lastIndexOf('.') + 1);

/**
 * Reads the fields out of a form; a field left empty is left out. What cannot be read is left out as well, or left as it was typed.
 * Texts are never part of a problem.
 */
export function readFields(fields: readonly Field[], form: URLSearchParams, asTyped = false): Submitted {
  const problems: Problem[] = [];
  const typed = (path: string) => form.get(path)?.trim() || undefined;
  const instant = (path: string): string | undefined => {
    const local = typed(path);
    if (local === undefined) return undefined;
    const found = newYorkInstant(local);
    if ('instant' in found) return found.instant;
    problems.push({ path, sentence: found.sentence });
    return asTyped ? local : undefined;
  };
  const number = (path: string): number | string | undefined => {
    const text = typed(path);
    // Whether it may be said that nobody knows is for the command to judge.
    if (text === undefined || text === 'unknown') return text;
    if (!Number.isNaN(Number(text))) return Number(text);
    problems.push({ path, sentence: 'Give a number in digits, or leave it empty.' });
    return asTyped ? text : undefined;
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
      members.map((member) => [nameOf(member), read(member)] as const).filter(([, value]) => value !== undefined),
    );

  return { input: objectOf(fields), problems };
}

/** What a form shows of an input, and what of it has no place there. */
export interface Filled {
  readonly typed: URLSearchParams;
  /** Each as `path: value`. */
  readonly unplaced: readonly string[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `path: value`, for a person. */
export const asLine = (path: string, value: unknown): string =>
  `${path}: ${typeof value === 'string' ? value : JSON.stringify(value)}`;

/** The way back from `readFields`: `input` may be anything. A choice that nothing is said of has its preset, as in a new form. */
export function fillFields(fields: readonly Field[], input: unknown, path = ''): Filled {
  const typed = new URLSearchParams();
  const unplaced: string[] = [];

  /** False where the value has no place in the field's controls. */
  const fill = (field: Field, value: unknown): boolean => {
    const { path: at } = field;
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
    switch (field.kind) {
      case 'group':
        if (!isObject(value)) return false;
        fillAll(field.fields, value, at);
        return true;
      case 'choice':
        if (!field.options.some((option) => option.value === text)) return false;
        break;
      case 'choices': {
        const boxes = field.options.map((option) => option.value);
        if (!Array.isArray(value) || !value.every((each) => each === 'unknown' || boxes.includes(each))) return false;
        for (const each of value) if (boxes.includes(each)) typed.append(at, each);
        return true;
      }
      case 'yes-no':
        if (typeof value !== 'boolean') return false;
        typed.set(at, value ? 'yes' : 'no');
        return true;
      case 'instant': {
        const wall = newYorkWall(text ?? '');
        if (wall !== undefined) typed.set(at, wall);
        return wall !== undefined;
      }
      case 'assault': {
        const wall = newYorkWall(text ?? '');
        if (wall === undefined && text !== 'unknown' && text !== 'none-known') return false;
        typed.set(at, wall === undefined && text !== undefined ? text : 'unknown');
        if (wall !== undefined) typed.set(`${at}.at`, wall);
        return true;
      }
      case 'age': {
        const ends = Object.entries(isObject(value) ? value : { from: value });
        const isEnd = ([end, years]: readonly [string, unknown]) =>
          ['from', 'to'].includes(end) && ['string', 'number'].includes(typeof years);
        if (!ends.every(isEnd)) return false;
        for (const [end, years] of ends) typed.set(`${at}.${end}`, String(years));
        return true;
      }
      case 'date':
        if (!/^\d{4}-\d{2}-\d{2}$/.test(text ?? '')) return false;
        break;
      case 'each':
        return false;
      default:
        break;
    }
    if (text !== undefined) typed.set(at, text);
    return text !== undefined;
  };

  const presetOf = (field: Field) =>
    field.kind === 'choice' ? field.preset : field.kind === 'assault' ? 'unknown' : undefined;

  function fillAll(members: readonly Field[], given: Readonly<Record<string, unknown>>, at: string): void {
    for (const member of members) {
      const value = given[nameOf(member)] ?? undefined;
      const preset = presetOf(member);
      const isPlaced = value !== undefined && fill(member, value);
      if (!isPlaced && preset !== undefined) typed.set(member.path, preset);
      if (!isPlaced && value !== undefined) unplaced.push(asLine(member.path, value));
    }
    const names = members.map(nameOf);
    for (const [name, value] of Object.entries(given)) {
      if (!names.includes(name)) unplaced.push(asLine(at === '' ? name : `${at}.${name}`, value));
    }
  }

  if (isObject(input)) fillAll(fields, input, path);
  else unplaced.push(asLine(path, input));
  return { typed, unplaced };
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
