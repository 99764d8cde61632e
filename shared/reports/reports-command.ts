/**
 * `npm run reports -- COMMAND`: prints reports from a data folder of `npm start`, and writes them with `--out`. With `--played` it
 * plays a history of invented referrals and reports on that. What it cannot answer is one sentence on stderr and
 * status 2, and nothing is written.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { SentNoise } from '../domain/alerts/noise.ts';
import { readCsv } from '../domain/core/read-csv.ts';
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import { newYorkDate } from '../domain/policy/due.ts';
import { connecticut20261 } from '../policy/connecticut-2026-1.ts';
import { policyOf } from '../policy/policies.ts';
import type { Printed } from '../policy/policy-command.ts';
import {
  type CalendarName,
  calendarNames,
  hasEnded,
  isIn,
  type Period,
  periodOf,
  shiftYears,
  yearOf,
} from './calendars.ts';
import { equityTable } from './equity.ts';
import { changeTable, spendTable, targetsTable, yearsAround } from './evaluation.ts';
import { type SplitName, splitNames } from './figures.ts';
import { draftOf } from './htcds/case-drafts.ts';
import { isRealDay, problemText, readHtcds } from './htcds/check.ts';
import { dialects } from './htcds/dialects.ts';
import {
  caseOf,
  exported,
  type HtcdsCase,
  htcdsText,
  type Identity,
  withIdentity,
  withoutNames,
} from './htcds/export.ts';
import { loadTable } from './load.ts';
import { policyMarks } from './marks.ts';
import { type Measure, measureNamed, measures } from './measures.ts';
import { type ListedProvider, needsTable } from './needs.ts';
import { playHistory } from './played/play-referrals.ts';
import { CannotReadFolder, readFolder } from './read-folder.ts';
import { csvOfTable, type Table, textOfTable } from './report-tables.ts';
import {
  afcarsPeriod,
  afcarsTables,
  agenciesIn,
  answersIn,
  federalTotalTable,
  reconciliationTable,
  toldTo,
} from './returns.ts';
import { riskTable } from './risk.ts';
import { steps, trendTable } from './trends.ts';
import { csvOfReport, type Recorded, reportOn, rowsAt, textOfReport } from './whole-report.ts';

const usage = [
  'npm run reports -- list',
  'npm run reports -- definition MEASURE',
  'npm run reports -- figures        --year 2026 [--calendar state-fiscal] [--measure ID]... [--by region]',
  'npm run reports -- needs          --year 2026 [--by region]',
  'npm run reports -- risk|equity|spend|load --year 2026',
  'npm run reports -- trends         --from 2025 --to 2026 [--step quarter] [--measure ID]...',
  'npm run reports -- evaluation     --year 2026 --calendar grant',
  'npm run reports -- change         --day 2025-01-01 [--measure ID]...   (or --policy VERSION; a year on each side)',
  'npm run reports -- federal-total  --year 2026',
  'npm run reports -- afcars         --year 2026 --half 1',
  'npm run reports -- reconciliation --year 2026 --agency ID [--answers FILE]',
  'npm run reports -- htcds          --out FILE [--dialect standard] [--year 2026]',
  'npm run reports -- htcds-check FILE',
  '      with names: --purpose quality-review --api URL   (token in CARELINE_TOKEN; each read is recorded first)',
  'npm run reports -- htcds-import FILE --out FOLDER   (one draft of a report for each row)',
  '  All: [--data .data] [--as-of 2026-11-30T00:00:00Z] [--so-far] [--out FOLDER]',
  '       [--played 2y [--referrals 300] [--seed invented]]  (instead of --data)',
].join('\n');

/** What was asked cannot be answered, in one sentence. */
class CannotReport extends Error {}

/** Where the referrals come from, and where files go. */
export interface ReportParts {
  readonly read: (folder: string) => Promise<Source>;
  /** The text of a file. Throws `CannotReport` where it cannot be read. */
  readonly readFile: (path: string) => string;
  /** Who a child is, by the API, which records the read first. Throws `CannotReport` where it refuses. */
  readonly identify: (api: string, referralId: string, purpose: string) => Promise<Identity>;
  readonly write: (folder: string, name: string, text: string) => void;
  /** The UTC instant up to which a history is played. */
  readonly now: string;
}

interface Source {
  readonly now: string;
  readonly referrals: readonly Recorded[];
  /** The providers that are listed now. */
  readonly providers?: readonly ListedProvider[];
  /** The mails that went out. Absent where none are known, as in a played history. */
  readonly sent?: readonly SentNoise[];
}

const options = {
  data: { type: 'string', default: '.data' },
  calendar: { type: 'string', default: 'state-fiscal' },
  year: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  step: { type: 'string', default: 'quarter' },
  half: { type: 'string' },
  day: { type: 'string' },
  policy: { type: 'string' },
  agency: { type: 'string' },
  answers: { type: 'string' },
  dialect: { type: 'string', default: 'standard' },
  purpose: { type: 'string' },
  api: { type: 'string' },
  measure: { type: 'string', multiple: true },
  by: { type: 'string' },
  'as-of': { type: 'string' },
  'so-far': { type: 'boolean', default: false },
  out: { type: 'string' },
  played: { type: 'string' },
  referrals: { type: 'string', default: '300' },
  seed: { type: 'string', default: 'invented' },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values'];

function oneOf<Name extends string>(names: readonly Name[], given: string, what: string): Name {
  const found = names.find((name) => name === given);
  if (found === undefined) throw new CannotReport(`There is no ${what} "${given}". There are: ${names.join(', ')}.`);
  return found;
}

function measureOf(id: string): Measure {
  const found = measureNamed(id);
  if (!found) throw new CannotReport(`There is no measure "${id}". List them with: npm run reports -- list`);
  return found;
}

function yearIn(year: string): number {
  if (!/^20\d\d$/.test(year)) throw new CannotReport(`Give the year in four digits, such as 2026, not "${year}".`);
  return Number(year);
}

const calendarIn = ({ calendar }: Values): CalendarName => oneOf(calendarNames, calendar, 'calendar');

/** The year of a calendar that was asked for, or the one that runs. */
const askedPeriod = (calendar: CalendarName, { year }: Values, today: string): Period =>
  periodOf(calendar, year === undefined ? yearOf(calendar, today) : yearIn(year));

function watermark(given: string | undefined, now: string): string {
  if (given === undefined) return now;
  const at = Date.parse(given);
  if (!/^\d{4}-\d\d-\d\dT/.test(given) || Number.isNaN(at)) {
    throw new CannotReport(`Give the watermark as an instant, such as 2026-11-30T00:00:00Z, not "${given}".`);
  }
  if (at > Date.parse(now))
    throw new CannotReport(`The watermark ${given} lies after the clock of the folder, ${now}.`);
  return new Date(at).toISOString();
}

/** More referrals than a person waits for. */
const mostPlayed = 5000;

/** A history of so many years up to now, or up to the watermark. */
function playedHistory({ played = '', referrals, seed, 'as-of': asOf }: Values, now: string): () => Source {
  const [, years] = /^([1-9])y$/.exec(played) ?? [];
  if (years === undefined)
    throw new CannotReport(`Give the length of the history in years, such as 2y, not "${played}".`);
  const count = Number(referrals);
  if (!Number.isInteger(count) || count < 1 || count > mostPlayed) {
    throw new CannotReport(`Give a number of referrals from 1 to ${mostPlayed}, not "${referrals}".`);
  }
  const until = asOf === undefined ? `${now.slice(0, 10)}T00:00:00.000Z` : watermark(asOf, now);
  const from = shiftYears(until, -Number(years));
  return () => ({ now: until, referrals: playHistory({ seed, referrals: count, from, until }, connecticut20261) });
}

/** What a command answers from: the facts of all time as they were at the watermark. */
interface Facts {
  readonly rows: readonly FactRow[];
  readonly asOf: string;
  readonly source: Source;
  /** Refuses a period that has not ended, unless it is asked for as it stands. */
  readonly ended: (period: Period) => Period;
}

/** A text for the terminal, and the files that `--out` writes, by name. */
interface Answer {
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
  /** Where the files go, if not into the folder of `--out`. */
  readonly folder?: string;
}
type Prepared = (facts: Facts) => Answer | Promise<Answer>;

const fileOf = (...parts: readonly string[]): string => parts.join('-').replaceAll(/[^a-z0-9.-]+/gi, '-');

const answerWith = (...tables: readonly Table[]): Answer => ({
  text: tables.map(textOfTable).join('\n'),
  files: Object.fromEntries(
    tables.flatMap((table) => [
      [`${fileOf(table.id, table.period)}.csv`, csvOfTable(table)],
      [`${fileOf(table.id, table.period)}.json`, `${JSON.stringify(table, undefined, 2)}\n`],
    ]),
  ),
});

const measuresAsked = ({ measure }: Values): readonly Measure[] => measure?.map(measureOf) ?? measures;

/** The year that was asked for, of this calendar or of the one that was given. */
function yearOfFacts(values: Values, calendar = calendarIn(values)): (facts: Facts) => Period {
  askedPeriod(calendar, values, '2026-01-01');
  return ({ asOf, ended }) => ended(askedPeriod(calendar, values, newYorkDate(asOf)));
}

function figures(values: Values): Prepared {
  const asked = values.measure?.map(measureOf);
  const by: SplitName | undefined = values.by === undefined ? undefined : oneOf(splitNames, values.by, 'split');
  const periodIn = yearOfFacts(values);
  return (facts) => {
    const period = periodIn(facts);
    const report = reportOn(facts.rows, {
      period,
      asOf: facts.asOf,
      ...(asked && { measures: asked }),
      ...(by !== undefined && { by }),
    });
    const name = fileOf(period.name);
    return {
      text: textOfReport(report),
      files: { [`${name}.json`]: `${JSON.stringify(report, undefined, 2)}\n`, [`${name}.csv`]: csvOfReport(report) },
    };
  };
}

/** A table of one year. */
const ofYear =
  (make: (facts: Facts, period: Period, values: Values) => Table, calendar?: CalendarName) =>
  (values: Values): Prepared => {
    const periodIn = yearOfFacts(values, calendar);
    return (facts) => answerWith(make(facts, periodIn(facts), values));
  };

function needs(values: Values): Prepared {
  const by = oneOf(splitNames, values.by ?? 'region', 'split');
  return ofYear(({ rows, asOf, source }, period) => needsTable(rows, { period, asOf, by }, source.providers ?? []))(
    values,
  );
}

function load(values: Values): Prepared {
  if (values.played !== undefined)
    throw new CannotReport('A played history sends no mail. Give a data folder with --data.');
  return ofYear(({ source, asOf }, period) => loadTable(source.sent ?? [], period, asOf))(values);
}

function trends(values: Values): Prepared {
  const [from, to] = [values.from, values.to].map((each) => yearIn(each ?? ''));
  if (from === undefined || to === undefined || from > to) {
    throw new CannotReport('Give the first year with --from and the last with --to, the earlier one first.');
  }
  const asked = { calendar: calendarIn(values), from, to, step: oneOf(steps, values.step, 'step'), marks: policyMarks };
  const wanted = measuresAsked(values);
  return ({ rows, asOf }) => answerWith(trendTable(wanted, rows, { ...asked, asOf }));
}

function evaluation(values: Values): Prepared {
  const calendar = 'grant';
  const periodIn = yearOfFacts(values, calendar);
  return (facts) => {
    return answerWith(targetsTable(facts.rows, Number(periodIn(facts).from.slice(0, 4)), facts.asOf));
  };
}

/** The day of a change: one that was given, or that from which a policy is in force. */
function changeIn({ day, policy }: Values): { readonly day: string; readonly words: string } {
  if (policy !== undefined) {
    const found = policyMarks.find(({ words }) => words === `policy ${policy} in force`);
    if (!found) throw new CannotReport(`There is no policy "${policy}" in this release.`);
    return found;
  }
  if (day === undefined || !isRealDay(day))
    throw new CannotReport('Give the day of the change with --day, such as 2026-01-01.');
  return { day, words: 'a change' };
}

function change(values: Values): Prepared {
  const changed = changeIn(values);
  const wanted = measuresAsked(values);
  return ({ rows, asOf, ended }) => {
    for (const side of yearsAround(changed.day)) ended(side);
    return answerWith(changeTable(wanted, rows, { ...changed, asOf }));
  };
}

function afcars(values: Values): Prepared {
  const year = yearIn(values.year ?? '');
  const half = oneOf(['1', '2'], values.half ?? '', 'half of a federal year');
  const period = afcarsPeriod(year, half === '1' ? 1 : 2);
  return ({ rows, asOf, ended }) => answerWith(...afcarsTables(rows, ended(period), asOf));
}

function reconciliation(values: Values, { readFile }: ReportParts): Prepared {
  const periodIn = yearOfFacts(values, 'state-fiscal');
  return (facts) => {
    const { rows, asOf } = facts;
    const period = periodIn(facts);
    const told = agenciesIn(rows, period, asOf);
    const agency = oneOf(told, values.agency ?? '', 'agency with a notice in this period');
    if (values.answers === undefined) return answerWith(reconciliationTable(rows, { agency, period, asOf }));
    const listed = toldTo(rows, agency, period, asOf).map(({ referralId }) => referralId);
    const { answers, problems } = answersIn(linesOf(readFile(values.answers)), listed);
    if (problems.length > 0) throw new CannotReport(problems.join('\n'));
    return answerWith(reconciliationTable(rows, { agency, period, asOf }, answers));
  };
}

function linesOf(text: string): readonly (readonly string[])[] {
  const rows = readCsv(text);
  if (!rows) throw new CannotReport('The file has a quote that is never closed. Save it again as CSV.');
  return rows.map(({ cells }) => cells);
}

/** An export of referrals, without names. With a purpose it has names: each is read by the API, which records it first, or nothing is written. */
function htcds(values: Values, parts: ReportParts): Prepared {
  const dialect = oneOf(dialects, values.dialect, 'dialect');
  const { out, year, purpose, api } = values;
  if (out === undefined) throw new CannotReport('Say where the file goes with --out FILE.');
  if ((purpose === undefined) !== (api === undefined)) {
    throw new CannotReport('A file with names needs --purpose and --api. Each read is recorded with the purpose.');
  }
  const periodIn = yearOfFacts(values);
  return async (facts) => {
    const period = year === undefined ? undefined : periodIn(facts);
    const rows = exported(facts.rows).filter(
      ({ receivedAt }) => period === undefined || isIn(period, newYorkDate(receivedAt)),
    );
    const cases: HtcdsCase[] = [];
    const isNamed = purpose !== undefined && api !== undefined;
    for (const row of rows) {
      const fields = caseOf(row);
      cases.push(isNamed ? withIdentity(fields, await parts.identify(api, row.id, purpose)) : fields);
    }
    return {
      text: isNamed
        ? `${cases.length} cases, with names. Keep the file as you would the case record.\n`
        : `${cases.length} cases, without names.\n`,
      files: { [basename(out)]: htcdsText(isNamed ? cases : withoutNames(cases), dialect) },
      folder: dirname(out),
    };
  };
}

/** The cases of a file, or its problems, a line each. */
function checkedFile(path: string | undefined, { readFile, now }: ReportParts): readonly HtcdsCase[] {
  if (path === undefined) throw new CannotReport('Name the file.');
  const { cases, problems } = readHtcds(linesOf(readFile(path)), newYorkDate(now));
  if (problems.length > 0) throw new CannotReport(problems.map(problemText).join('\n'));
  return cases;
}

const htcdsCheck = (path: string | undefined, parts: ReportParts): string =>
  `${checkedFile(path, parts).length} cases, and nothing to correct.\n`;

function htcdsImport(path: string | undefined, { out }: Values, parts: ReportParts): string {
  const cases = checkedFile(path, parts);
  if (out === undefined) throw new CannotReport('Say where the drafts go with --out FOLDER.');
  for (const [index, fields] of cases.entries()) {
    const { content } = draftOf(fields, parts.now);
    const name = `draft-${String(index + 1).padStart(5, '0')}.json`;
    parts.write(out, name, `${JSON.stringify({ revision: 1, content }, undefined, 2)}\n`);
  }
  return `${cases.length} drafts written to ${out}. Save each with PUT /api/v1/drafts/ID, and complete it in the console.\n`;
}

/** The parts of an answer of the API that a file has. Anything else in it is left out. */
function identityIn(answered: unknown): Identity {
  const given = (typeof answered === 'object' && answered !== null ? answered : {}) as Record<string, unknown>;
  const [childName, birthDate, phone] = ['childName', 'birthDate', 'phone'].map((field) =>
    typeof given[field] === 'string' ? given[field] : undefined,
  );
  return { childName, birthDate, phone };
}

/**
 * Asks the API at an address who the child of a referral is. It records the read first. Throws `CannotReport` where it refuses, is not
 * there, or the address is none.
 */
export async function identifyOver(api: string, referralId: string, purpose: string, token: string): Promise<Identity> {
  const path = `/api/v1/referrals/${referralId}/identities?purpose=${encodeURIComponent(purpose)}`;
  if (!URL.canParse(path, api)) throw new CannotReport('Give the address of the API, such as http://127.0.0.1:3000.');
  const answered = await fetch(new URL(path, api), { headers: { authorization: `Bearer ${token}` } }).catch(
    () => undefined,
  );
  if (!answered) throw new CannotReport('The API could not be reached. Check its address, and whether it runs.');
  if (answered.ok) return identityIn(await answered.json());
  throw new CannotReport(
    `The API did not give who the child of ${referralId} is (${answered.status}). Check your role, purpose and token.`,
  );
}

const commands: Readonly<Record<string, (values: Values, parts: ReportParts) => Prepared>> = {
  figures,
  needs,
  load,
  trends,
  evaluation,
  change,
  afcars,
  reconciliation,
  htcds,
  risk: ofYear(({ rows, asOf }, period) => riskTable(rows, period, asOf)),
  equity: ofYear(({ rows, asOf }, period) => equityTable(rows, period, asOf)),
  spend: ofYear(({ rows, asOf }, period) => spendTable(rows, period, asOf)),
  'federal-total': ofYear(({ rows, asOf }, period) => federalTotalTable(rows, period, asOf), 'federal-fiscal'),
};

function definition(id: string | undefined): string {
  const { words, numerator, denominator, exclusions, source, confidence } = measureOf(id ?? '');
  return [
    `${id}: ${words}`,
    `  Counts: ${numerator}`,
    `  Of: ${denominator}`,
    `  Left out: ${exclusions}`,
    `  Source: ${source} (${confidence})`,
    '',
  ].join('\n');
}

async function factsFor(values: Values, { read, now: today }: ReportParts): Promise<Facts> {
  const play = values.played === undefined ? undefined : playedHistory(values, today);
  const source = play ? play() : await read(values.data);
  const asOf = watermark(values['as-of'], source.now);
  return {
    rows: rowsAt(source.referrals, asOf, policyOf),
    asOf,
    source,
    ended(period) {
      if (values['so-far'] || hasEnded(period, newYorkDate(asOf))) return period;
      throw new CannotReport(
        `The period ${period.name} has not ended on ${newYorkDate(asOf)}. Add --so-far to see it as it stands.`,
      );
    },
  };
}

async function answer(args: readonly string[], parts: ReportParts): Promise<string> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [name = '', subject] = positionals;
  if (name === 'list') return measures.map(({ id, words }) => `${id}: ${words}\n`).join('');
  if (name === 'definition') return definition(subject);
  if (name === 'htcds-check') return htcdsCheck(subject, parts);
  if (name === 'htcds-import') return htcdsImport(subject, values, parts);
  const prepare = commands[name];
  if (!prepare) throw new CannotReport(`Use:\n${usage}`);
  // Everything that can be wrong with the words is found before the folder is read.
  const make = prepare(values, parts);
  const { text, files, folder = values.out } = await make(await factsFor(values, parts));
  if (folder !== undefined) for (const [file, its] of Object.entries(files)) parts.write(folder, file, its);
  return text;
}

/** Answers the words after `npm run reports --`. It never rejects for what a person typed. */
export async function reportsCommand(args: readonly string[], parts: ReportParts): Promise<Printed> {
  try {
    return { status: 0, out: await answer(args, parts), err: '' };
  } catch (error) {
    const isTyped = error instanceof TypeError && 'code' in error;
    if (!(isTyped || error instanceof CannotReport || error instanceof CannotReadFolder)) throw error;
    return { status: 2, out: '', err: `${error.message}\n` };
  }
}

if (import.meta.main) {
  const { status, out, err } = await reportsCommand(process.argv.slice(2), {
    read: readFolder,
    readFile(path) {
      try {
        return readFileSync(resolve(path), 'utf8');
      } catch {
        throw new CannotReport(`The file ${path} cannot be read.`);
      }
    },
    identify: (api, referralId, purpose) => identifyOver(api, referralId, purpose, process.env.CARELINE_TOKEN ?? ''),
    now: new Date().toISOString(),
    write(folder, name, text) {
      mkdirSync(resolve(folder), { recursive: true });
      writeFileSync(join(resolve(folder), name), text);
    },
  });
  process.stdout.write(out);
  process.stderr.write(err);
  process.exitCode = status;
}
