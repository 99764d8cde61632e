/** Files of HTCDS at the terminal: an export of referrals, a check, and drafts of reports. */
import { join } from 'node:path';
import { readCsv } from '../domain/core/read-csv.ts';
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import { newYorkDate } from '../domain/policy/due.ts';
import { isIn, type Period } from '../reports/calendars.ts';
import { draftOf } from '../reports/htcds/case-drafts.ts';
import { problemText, readHtcds } from '../reports/htcds/check.ts';
import type { Dialect } from '../reports/htcds/dialects.ts';
import {
  caseOf,
  exported,
  type HtcdsCase,
  htcdsText,
  type Identity,
  withIdentity,
  withoutNames,
} from '../reports/htcds/export.ts';
import { CannotAnswer } from './command-line.ts';
import type { Machine } from './this-machine.ts';

/** The cells of a CSV file, row by row. */
export function rowsOfFile(path: string, readFile: Machine['readFile']): readonly (readonly string[])[] {
  const rows = readCsv(readFile(path));
  if (!rows) throw new CannotAnswer('The file has a quote that is never closed. Save it again as CSV.');
  return rows.map(({ cells }) => cells);
}

/** What names are read for, and the API that records each read first. */
export interface Named extends Pick<Machine, 'ask'> {
  readonly api: string;
  readonly purpose: string;
}

/** The referrals of a period, or all. With names each is read by the API, or there is no file. */
export async function exportCases(
  facts: readonly FactRow[],
  dialect: Dialect,
  period: Period | undefined,
  named: Named | undefined,
): Promise<{ readonly text: string; readonly count: number }> {
  const rows = exported(facts).filter(
    ({ receivedAt }) => period === undefined || isIn(period, newYorkDate(receivedAt)),
  );
  const cases: HtcdsCase[] = [];
  for (const row of rows) cases.push(named ? withIdentity(caseOf(row), await identify(row.id, named)) : caseOf(row));
  return { text: htcdsText(named ? cases : withoutNames(cases), dialect), count: cases.length };
}

/** Who the child of a referral is, by the API. Anything else in its answer is left out. */
async function identify(referralId: string, { api, purpose, ask }: Named): Promise<Identity> {
  const path = `/api/v1/referrals/${referralId}/identities?purpose=${encodeURIComponent(purpose)}`;
  const { status, body } = await ask(api, path);
  if (status !== 200)
    throw new CannotAnswer(
      `The API did not give who the child of ${referralId} is (${status}). Check your role, purpose and token.`,
    );
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const [childName, birthDate, phone] = ['childName', 'birthDate', 'phone'].map((field) =>
    typeof given[field] === 'string' ? given[field] : undefined,
  );
  return { childName, birthDate, phone };
}

type FileParts = Machine & { readonly now: string };

/** The cases of a file, or its problems, a line each. */
function casesIn(path: string, { readFile, now }: FileParts): readonly HtcdsCase[] {
  const { cases, problems } = readHtcds(rowsOfFile(path, readFile), newYorkDate(now));
  if (problems.length > 0) throw new CannotAnswer(problems.map(problemText).join('\n'));
  return cases;
}

export const checkFile = (path: string, parts: FileParts): string =>
  `${casesIn(path, parts).length} cases, and nothing to correct.`;

/** Writes a draft of a report for each case of a file into a folder. */
export function importFile(path: string, folder: string | undefined, parts: FileParts): string {
  const cases = casesIn(path, parts);
  if (folder === undefined) throw new CannotAnswer('Say where the drafts go with --out FOLDER.');
  for (const [index, fields] of cases.entries()) {
    const { content } = draftOf(fields, parts.now);
    const name = `draft-${String(index + 1).padStart(5, '0')}.json`;
    parts.write(join(folder, name), `${JSON.stringify({ revision: 1, content }, undefined, 2)}\n`);
  }
  return `${cases.length} drafts written to ${folder}. Save each with PUT /api/v1/drafts/ID, and complete it in the console.`;
}
