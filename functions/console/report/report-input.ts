/** The report as its form has it: its fields, its drafts, and the form with a child more or less. */
import type * as z from 'zod';
import type { Problem } from '../../../shared/application/input/problems.ts';
import { reportProblems } from '../../../shared/application/input/report-problems.ts';
import { childInput, reportInput } from '../../../shared/domain/intake/report.ts';
import { type Field, fieldsOf } from '../forms/form-fields.ts';
import { isAt } from '../forms/form-parts.ts';
import { asLine, fillFields, readFields, withOwn } from '../forms/form-values.ts';
import { sharedFields } from './chapters.ts';

export const mostChildren = 20;

export const reportFields = fieldsOf(reportInput.omit({ children: true }));
export const childFields = (index: number): readonly Field[] =>
  fieldsOf(childInput as unknown as z.ZodObject, `children[${index}]`);

/** How many children the form has, by its own count. An impossible count is read as one. */
export function childrenIn(form: URLSearchParams): number {
  const count = Number(form.get('children') ?? 1);
  return Number.isInteger(count) && count >= 1 && count <= mostChildren ? count : 1;
}

/** The child that the form shows, counted from 0. The others go along. */
export function childShownIn(form: URLSearchParams): number {
  const index = Number(form.get('child') ?? 0);
  return Number.isInteger(index) && index >= 0 && index < childrenIn(form) ? index : 0;
}

/** What the form is, and no answer. */
const ofTheForm = [
  'token',
  'action',
  'revision',
  'after',
  'writer',
  'key',
  'begun',
  'children',
  'child',
  'part',
  'unplaced',
];

/** The answers that have no control among the fields of these paths. They go along, so that no part of a report loses them. */
export const carriedIn = (
  typed: URLSearchParams | undefined,
  paths: readonly string[],
): readonly (readonly [string, string])[] =>
  [...(typed ?? [])].filter(
    ([name, value]) => value !== '' && !ofTheForm.includes(name) && !paths.some((path) => isAt(name, path)),
  );

/** A child who calls owes no story. Then these words stand for it. */
const noStory = 'Unknown. The child called and did not say.';

/** The form with unknown for the two answers that a report must have, where the child is the caller. */
function withUnknown(form: URLSearchParams): URLSearchParams {
  if (form.get('callerIs') !== 'the-child') return form;
  const whole = new URLSearchParams(form);
  if (!whole.get('narrative')?.trim()) whole.set('narrative', noStory);
  for (const index of Array(childrenIn(form)).keys()) {
    const name = `children[${index}].danger`;
    if (!whole.get(name)) whole.set(name, 'unknown');
  }
  return whole;
}

/** The typed report as the application takes it, or all its problems. `now` is a UTC instant. */
export function readReport(
  form: URLSearchParams,
  now: string,
): { readonly input: unknown } | { readonly problems: readonly Problem[] } {
  const whole = withUnknown(form);
  const report = readFields(reportFields, whole);
  const children = Array.from({ length: childrenIn(form) }, (_, index) => readFields(childFields(index), whole));
  const input = { ...report.input, children: children.map((child) => child.input) };
  const ours = [report, ...children].flatMap(({ problems }) => problems);
  return ours.length === 0 ? { input } : { problems: withOwn(ours, reportProblems(input, now)) };
}

/**
 * The words typed so far, in the shape of a report and unchecked, so that any draft can be kept. Values from another
 * system that have no place in this form are kept too.
 */
export function draftOfForm(form: URLSearchParams): Readonly<Record<string, unknown>> {
  const children = Array.from(
    { length: childrenIn(form) },
    (_, index) => readFields(childFields(index), form, true).input,
  );
  const unplaced = form.getAll('unplaced');
  return { ...readFields(reportFields, form, true).input, children, ...(unplaced.length > 0 && { unplaced }) };
}

/** The form of a draft: the reverse of `draftOfForm`, without loss. */
export function formOfDraft({
  children = [],
  unplaced = [],
  ...report
}: Readonly<Record<string, unknown>>): URLSearchParams {
  const form = new URLSearchParams();
  const fill = ({ typed, unplaced: lines }: ReturnType<typeof fillFields>) => {
    for (const [name, value] of typed) form.append(name, value);
    for (const line of lines) form.append('unplaced', line);
  };
  for (const line of Array.isArray(unplaced) ? unplaced : [unplaced]) {
    form.append('unplaced', typeof line === 'string' ? line : JSON.stringify(line));
  }
  fill(fillFields(reportFields, report));
  const listed = Array.isArray(children) ? children : [];
  if (!Array.isArray(children)) form.append('unplaced', asLine('children', children));
  for (const [index, child] of listed.entries()) {
    if (index < mostChildren) fill(fillFields(childFields(index), child, `children[${index}]`));
    else form.append('unplaced', asLine(`children[${index}]`, child));
  }
  form.set('children', String(Math.min(mostChildren, Math.max(1, listed.length))));
  return form;
}

/** The form with the differing values of the other one as lines beside it. Neither loses a value. */
export function withOther(form: URLSearchParams, other: URLSearchParams): URLSearchParams {
  const both = new URLSearchParams(form);
  for (const line of other.getAll('unplaced'))
    if (!both.getAll('unplaced').includes(line)) both.append('unplaced', line);
  for (const name of new Set(other.keys())) {
    if (['unplaced', 'children', 'child'].includes(name)) continue;
    const ours = form.getAll(name);
    const theirs = other.getAll(name).filter((value) => !['', 'unknown', ...ours].includes(value));
    if (theirs.length > 0) both.append('unplaced', asLine(name, theirs.join(', ')));
  }
  return both;
}

/** The form without child `index`. Later children move up. */
export function withoutChild(form: URLSearchParams, index: number): URLSearchParams {
  const kept = new URLSearchParams();
  for (const [name, value] of form) {
    const [, number, rest] = /^children\[(\d+)\](.*)$/.exec(name) ?? [];
    if (number === undefined) kept.append(name, value);
    else if (Number(number) < index) kept.append(name, value);
    else if (Number(number) > index) kept.append(`children[${Number(number) - 1}]${rest}`, value);
  }
  kept.set('children', String(Math.max(1, childrenIn(form) - 1)));
  kept.set('child', String(Math.max(0, index - 1)));
  return kept;
}

/** The form with one more child, up to the limit of a report. What children of one call share is copied. */
export function withChild(form: URLSearchParams): URLSearchParams {
  const count = childrenIn(form);
  if (count === mostChildren) return form;
  const more = new URLSearchParams(form);
  more.set('children', String(count + 1));
  more.set('child', String(count));
  const added = fillFields(childFields(count), {}, `children[${count}]`).typed;
  for (const field of sharedFields) {
    const shared = form.getAll(`children[0].${field}`);
    if (shared.length > 0) added.delete(`children[${count}].${field}`);
    for (const value of shared) added.append(`children[${count}].${field}`, value);
  }
  for (const [name, value] of added) more.append(name, value);
  return more;
}
