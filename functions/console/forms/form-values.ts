/** The submitted form as the input that a schema parses, and the local time of New York that people type. */
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import type * as z from 'zod';
import { type Problem, problemsIn, requiredSentence } from '../../../shared/application/input/problems.ts';
import { newYorkInstant } from '../../../shared/domain/core/local-time.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { labelAt } from '../../../shared/domain/words/field-words.ts';
import type { Field } from './form-fields.ts';

export interface Submitted {
  readonly input: Readonly<Record<string, unknown>>;
  /** Problems that are found before the schema parses the input. */
  readonly problems: readonly Problem[];
}

/**
 * The instant as a person types it in New York; `newYorkInstant` reads it back. When clocks go back, a local time
 * occurs twice: we take the first. Undefined for text that is no instant.
 */
export function newYorkWall(instant: string): string | undefined {
  try {
    const there = Instant.toZonedDateTimeISO(Instant.fromString(instant), 'America/New_York');
    const wall = ZonedDateTime.toPlainDateTime(there);
    return PlainDateTime.toString(wall, { smallestUnit: wall.second === 0 ? 'minute' : 'second' });
  } catch {
    return undefined;
  }
}

/** `11/25/2026`, as the calendar writes a day, as `2026-11-25`. All else stays as it is typed. */
export function dayOf(text: string | undefined): string | undefined {
  const [, month = '', day = '', year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text ?? '') ?? [];
  return year === undefined ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** `15`, `13-15` or `16+` as the input has an age, in years. Undefined for all else. */
function ageIn(text: string): number | { readonly from: number; readonly to?: number } | undefined {
  const [, from, to, isOpen] = /^(\d{1,3})(?:\s*(?:[-–]|to)\s*(\d{1,3})|\s*(\+))?$/.exec(text) ?? [];
  if (from === undefined) return undefined;
  if (to !== undefined) return { from: Number(from), to: Number(to) };
  return isOpen === undefined ? Number(from) : { from: Number(from) };
}

/** The text that `ageIn` reads as this age. Undefined for what is no age. */
function ageText(age: unknown): string | undefined {
  if (typeof age === 'string' || typeof age === 'number') return String(age);
  if (!isObject(age)) return undefined;
  const { from, to, ...rest } = age;
  if (typeof from !== 'number' || Object.keys(rest).length > 0) return undefined;
  return to === undefined ? `${from}+` : `${from}-${to}`;
}

const nameOf = ({ path }: Field) => path.slice(path.lastIndexOf('.') + 1);

/**
 * Reads the fields out of a form. An empty field is left out. A value that cannot be read is left out, or stays as
 * typed. Texts are never part of a problem.
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
    // The command decides whether "unknown" is allowed.
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
      case 'person': {
        const named = form.getAll(path).filter((value) => value !== '');
        return field.several ? (named.length > 0 ? named : undefined) : named[0];
      }
      case 'yes-no':
        return { yes: true, no: false }[typed(path) ?? ''];
      case 'instant':
        return instant(path);
      case 'assault':
        return instant(`${path}.at`) ?? typed(path);
      case 'known': {
        const earlier = instant(`${path}.at`);
        const isNow = typed(path) === 'now';
        if (isNow === (typed(`${path}.at`) !== undefined))
          problems.push({
            path,
            sentence: isNow ? 'Choose now, or give a time, not both.' : 'Choose now, or give the time.',
          });
        return earlier;
      }
      case 'number':
        return number(path);
      case 'date':
      case 'birth-date':
        return dayOf(typed(path));
      case 'age': {
        const text = typed(path);
        const age = ageIn(text ?? '');
        if (age !== undefined || text === undefined) return age;
        problems.push({ path, sentence: 'Give the age as 15, 13-15 or 16+, or leave it empty.' });
        return asTyped ? text : undefined;
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

/** The values that a form shows of an input, and the values that have no place in the form. */
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

/** The reverse of `readFields`. `input` may be anything. */
export function fillFields(fields: readonly Field[], input: unknown, path = ''): Filled {
  const typed = new URLSearchParams();
  const unplaced: string[] = [];

  /** False where the field's controls cannot hold the value. */
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
      case 'known': {
        const wall = newYorkWall(text ?? '');
        if (wall === undefined) return false;
        typed.set(at, 'earlier');
        typed.set(`${at}.at`, wall);
        return true;
      }
      case 'assault': {
        const wall = newYorkWall(text ?? '');
        if (wall === undefined && text !== 'unknown' && text !== 'none-known') return false;
        typed.set(at, wall === undefined && text !== undefined ? text : 'unknown');
        if (wall !== undefined) typed.set(`${at}.at`, wall);
        return true;
      }
      case 'age': {
        const age = ageText(value);
        if (age !== undefined) typed.set(at, age);
        return age !== undefined;
      }
      case 'date':
      case 'birth-date':
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

  function fillAll(members: readonly Field[], given: Readonly<Record<string, unknown>>, at: string): void {
    for (const member of members) {
      const value = given[nameOf(member)] ?? undefined;
      if (value !== undefined && !fill(member, value)) unplaced.push(asLine(member.path, value));
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

/** All problems of an input: those found while reading the form, and those of its schema. */
export function allProblems(schema: z.ZodType, input: unknown, own: readonly Problem[]): readonly Problem[] {
  const parsed = schema.safeParse(input);
  return withOwn(own, parsed.success ? [] : problemsIn(parsed.error));
}

/** Problems of reading the form replace those of the schema for the same fields, because they say more. */
export const withOwn = (own: readonly Problem[], others: readonly Problem[]): readonly Problem[] => [
  ...own,
  ...others.filter(({ path }) => !own.some((each) => each.path === path || each.path === `${path}.at`)),
];

const offer = /^Choose one of: (.+)\.$/;

/** How the API asks for a day. People type it as the calendar of a page writes it. */
const isoDay = / as YYYY-MM-DD(?:, such as 2026-11-25)?|, such as 2026-11-25(?=\.$)/;

/** The codes that a problem offers, in the words of the form. An empty field is named, so that a person knows what to fill in. */
export const inWords = (problems: readonly Problem[]): readonly Problem[] =>
  problems.map(({ path, sentence }) => ({
    path,
    sentence:
      sentence === requiredSentence
        ? `Fill in “${labelAt(path)}”.`
        : sentence
            .replace(offer, (_, codes: string) => `Choose one of: ${codes.split(', ').map(words).join(', ')}.`)
            .replace(isoDay, ' as month, day and year, such as 11/25/2026'),
  }));

/** Whether the problem is a field that was left empty, as `inWords` says it. */
export const isToFill = (sentence: string): boolean => sentence.startsWith('Fill in “');
