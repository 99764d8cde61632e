/** Finds everything wrong with a report at once, so that a person corrects it in one go. */
import type * as z from 'zod';
import { problemsOf, reportInput } from '../../domain/intake/report.ts';
import { type Problem, problemsIn } from './problems.ts';

/** Valid values that replace wrong ones in required fields, so that the rest can be checked. */
const standIns: Readonly<Record<string, unknown>> = {
  narrative: 'x',
  children: [{ danger: 'unknown' }],
  danger: 'unknown',
};

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Removes the field, or replaces it where it is required. Without a field it removes the issue's unknown keys. */
function mend(fields: Fields, name: PropertyKey | undefined, issue: z.core.$ZodIssue): Fields {
  // A field may be known in a child and unknown beside it.
  if (name === undefined && issue.code === 'unrecognized_keys') for (const key of issue.keys) delete fields[key];
  else if (name !== undefined && name in standIns) fields[String(name)] = standIns[String(name)];
  else if (name !== undefined) delete fields[String(name)];
  return fields;
}

/** The report without the values of these issues, so that a new parse finds only other problems. */
function mended(report: Fields, issues: readonly z.core.$ZodIssue[]): Fields {
  const children: unknown[] = Array.isArray(report.children) ? [...report.children] : [];
  const copy: Fields = { ...report, ...(Array.isArray(report.children) && { children }) };
  for (const issue of issues) {
    const [first, index, field] = issue.path;
    if (first !== 'children' || typeof index !== 'number') mend(copy, first, issue);
    else if (isFields(children[index])) children[index] = mend({ ...children[index] }, field, issue);
    else children[index] = { danger: standIns.danger };
  }
  return copy;
}

/**
 * Every problem of a report, each once: of fields, of fields together, and of dates after `now`, a UTC instant. A schema checks
 * fields together only once each is right. So the wrong values are removed, and the rest is checked again.
 */
export function reportProblems(input: unknown, now: string): readonly Problem[] {
  const problems: Problem[] = [];
  let rest = input;
  // The first pass finds wrong fields, the second fields that contradict each other. The third finds nothing more.
  for (let look = 0; look < 3; look += 1) {
    const parsed = reportInput.safeParse(rest);
    if (parsed.success) return [...problems, ...problemsOf(parsed.data, now)];
    problems.push(...problemsIn(parsed.error));
    if (!isFields(rest)) return problems;
    rest = mended(rest, parsed.error.issues);
  }
  return problems;
}
