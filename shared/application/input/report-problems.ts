/** Everything that is wrong with a report, at once: a person corrects it in one go, not in waves. */
import type * as z from 'zod';
import { problemsOf, reportInput } from '../../domain/intake/report.ts';
import { type Problem, problemsIn } from './problems.ts';

/** What stands in for a wrong value of a field that must be given. */
const standIns: Readonly<Record<string, unknown>> = {
  narrative: '-',
  children: [{ danger: 'unknown' }],
  danger: 'unknown',
};

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Takes the field out, or what is not known where the issue is about no one field. */
function mend(fields: Fields, name: PropertyKey | undefined, issue: z.core.$ZodIssue): Fields {
  // A field may be right in a child and unknown beside it.
  if (name === undefined && issue.code === 'unrecognized_keys') for (const key of issue.keys) delete fields[key];
  else if (name !== undefined && name in standIns) fields[String(name)] = standIns[String(name)];
  else if (name !== undefined) delete fields[String(name)];
  return fields;
}

/** The report without what these issues are about; it can then be wrong in what is left only. */
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
 * The problems of a report that can be known, each once: of its fields, of what two fields say together, and dates after
 * `now`, a UTC instant. A schema looks at the latter only once every field is right, so what is wrong is taken out and
 * the rest looked at again.
 */
export function reportProblems(input: unknown, now: string): readonly Problem[] {
  const problems: Problem[] = [];
  let rest = input;
  // First the fields, then what they say together; then nothing is left that could be wrong.
  for (let look = 0; look < 3; look += 1) {
    const parsed = reportInput.safeParse(rest);
    if (parsed.success) return [...problems, ...problemsOf(parsed.data, now)];
    problems.push(...problemsIn(parsed.error));
    if (!isFields(rest)) return problems;
    rest = mended(rest, parsed.error.issues);
  }
  return problems;
}
