/**
 * `npm run reports`: prints reports from a data folder of `npm start`, and writes them with `--out`. With `--played` it plays a
 * history of invented referrals and reports on that.
 */
import { join } from 'node:path';
import type { SentNoise } from '../domain/alerts/noise.ts';
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import { newYorkDate } from '../domain/policy/due.ts';
import { connecticut20261 } from '../policy/connecticut-2026-1.ts';
import { policyOf } from '../policy/policies.ts';
import {
  type CalendarName,
  calendarNames,
  hasEnded,
  type Period,
  periodOf,
  shiftYears,
  yearOf,
} from '../reports/calendars.ts';
import { equityTable } from '../reports/equity.ts';
import { changeTable, targetsTable, yearsAround } from '../reports/evaluation.ts';
import { type SplitName, splitNames } from '../reports/figures.ts';
import { isRealDay } from '../reports/htcds/check.ts';
import { dialects } from '../reports/htcds/dialects.ts';
import { loadTable } from '../reports/load.ts';
import { policyMarks } from '../reports/marks.ts';
import { type Measure, measureNamed, measures } from '../reports/measures.ts';
import { type ListedProvider, needsTable } from '../reports/needs.ts';
import { playHistory } from '../reports/played/play-referrals.ts';
import { csvOfTable, type Table, textOfTable } from '../reports/report-tables.ts';
import {
  afcarsPeriod,
  afcarsTables,
  agenciesIn,
  answersIn,
  federalTotalTable,
  reconciliationTable,
  toldTo,
} from '../reports/returns.ts';
import { riskTable } from '../reports/risk.ts';
import { steps, trendTable } from '../reports/trends.ts';
import { csvOfReport, type Recorded, reportOn, rowsAt, textOfReport } from '../reports/whole-report.ts';
import { type Act, answerTo, CannotAnswer, type Command, dataFlag, type Given, print } from './command-line.ts';
import { checkFile, exportCases, importFile, rowsOfFile } from './htcds-files.ts';
import { readFolder } from './read-folder.ts';
import { type Machine, thisMachine } from './this-machine.ts';

/** Where the referrals come from, and where files go. */
export interface ReportParts extends Machine {
  readonly read: (folder: string) => Promise<Source>;
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

const flags = {
  year: { value: 'YEAR', says: 'A year of the calendar, such as 2026. Otherwise the one that runs.' },
  calendar: { value: 'NAME', says: `Whose years: ${calendarNames.join(', ')}.`, otherwise: 'state-fiscal' },
  from: { value: 'YEAR', says: 'The first year of trends.' },
  to: { value: 'YEAR', says: 'The last year of trends.' },
  step: { value: 'STEP', says: `The step of trends: ${steps.join(', ')}.`, otherwise: 'quarter' },
  half: { value: '1|2', says: 'The half of a federal year.' },
  day: { value: 'DAY', says: 'The day of a change, with a year on each side.' },
  policy: { value: 'VERSION', says: 'The change is the day from which a policy is in force.' },
  measure: { value: 'ID', says: 'One measure. Give it again for another.', isList: true },
  by: { value: 'SPLIT', says: `Parts beside the whole: ${splitNames.join(', ')}.` },
  agency: { value: 'ID', says: 'The police agency.' },
  answers: { value: 'FILE', says: 'What the agency answered, as CSV.' },
  dialect: { value: 'NAME', says: `How HTCDS is written: ${dialects.join(', ')}.`, otherwise: 'standard' },
  purpose: { value: 'PURPOSE', says: 'With names, for this purpose. Each read is recorded first.' },
  api: { value: 'URL', says: 'The API that gives the names. The token is in CARELINE_TOKEN.' },
  'as-of': { value: 'INSTANT', says: 'What was known at an instant. Otherwise at the clock of the folder.' },
  'so-far': { says: 'A period that has not ended, as it stands.' },
  out: { value: 'FOLDER', says: 'Also writes CSV and JSON here. HTCDS takes a file.' },
  played: { value: '2y', says: 'A history that is played, instead of a data folder.' },
  referrals: { value: 'N', says: 'The referrals of a played history.', otherwise: '300' },
  seed: { value: 'WORD', says: 'Another word plays another history.', otherwise: 'invented' },
  data: dataFlag,
} as const;
type Values = Given<typeof flags>;

function oneOf<Name extends string>(names: readonly Name[], given: string, what: string): Name {
  const found = names.find((name) => name === given);
  if (found === undefined) throw new CannotAnswer(`There is no ${what} "${given}". There are: ${names.join(', ')}.`);
  return found;
}

function measureOf(id: string): Measure {
  const found = measureNamed(id);
  if (!found) throw new CannotAnswer(`There is no measure "${id}". List them with: npm run reports -- list`);
  return found;
}

function yearIn(year: string): number {
  if (!/^20\d\d$/.test(year)) throw new CannotAnswer(`Give the year in four digits, such as 2026, not "${year}".`);
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
    throw new CannotAnswer(`Give the watermark as an instant, such as 2026-11-30T00:00:00Z, not "${given}".`);
  }
  if (at > Date.parse(now))
    throw new CannotAnswer(`The watermark ${given} lies after the clock of the folder, ${now}.`);
  return new Date(at).toISOString();
}

/** More referrals than a person waits for. */
const mostPlayed = 5000;

/** A history of so many years up to now, or up to the watermark. */
function playedHistory({ played = '', referrals, seed, 'as-of': asOf }: Values, now: string): () => Source {
  const [, years] = /^([1-9])y$/.exec(played) ?? [];
  if (years === undefined)
    throw new CannotAnswer(`Give the length of the history in years, such as 2y, not "${played}".`);
  const count = Number(referrals);
  if (!Number.isInteger(count) || count < 1 || count > mostPlayed) {
    throw new CannotAnswer(`Give a number of referrals from 1 to ${mostPlayed}, not "${referrals}".`);
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
}
type Prepared = (facts: Facts) => Answer;

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
    throw new CannotAnswer('A played history sends no mail. Give a data folder with --data.');
  return ofYear(({ source, asOf }, period) => loadTable(source.sent ?? [], period, asOf))(values);
}

function trends(values: Values): Prepared {
  const [from, to] = [values.from, values.to].map((each) => yearIn(each ?? ''));
  if (from === undefined || to === undefined || from > to) {
    throw new CannotAnswer('Give the first year with --from and the last with --to, the earlier one first.');
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
    if (!found) throw new CannotAnswer(`There is no policy "${policy}" in this release.`);
    return found;
  }
  if (day === undefined || !isRealDay(day))
    throw new CannotAnswer('Give the day of the change with --day, such as 2026-01-01.');
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
    const { answers, problems } = answersIn(rowsOfFile(values.answers, readFile), listed);
    if (problems.length > 0) throw new CannotAnswer(problems.join('\n'));
    return answerWith(reconciliationTable(rows, { agency, period, asOf }, answers));
  };
}

function definition(id: string): string {
  const { words, numerator, denominator, exclusions, source, confidence } = measureOf(id);
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
      throw new CannotAnswer(
        `The period ${period.name} has not ended on ${newYorkDate(asOf)}. Add --so-far to see it as it stands.`,
      );
    },
  };
}

/** The flags of what is computed of the facts. */
const ofFacts = ['as-of', 'so-far', 'out', 'played', 'referrals', 'seed', 'data'] as const;

/** An act of the facts. Everything that can be wrong with the words is found before the folder is read. */
function ofPrepared(
  usage: string,
  takes: readonly (keyof typeof flags)[],
  prepare: (values: Values, parts: ReportParts) => Prepared,
): Act<typeof flags, ReportParts> {
  return {
    usage,
    takes: [...takes, ...ofFacts],
    async answer({ flags: values }, parts) {
      const make = prepare(values, parts);
      const { text, files } = await make(await factsFor(values, parts));
      for (const [file, its] of Object.entries(files))
        if (values.out !== undefined) parts.write(join(values.out, file), its);
      return text;
    },
  };
}

const command: Command<typeof flags, ReportParts> = {
  run: 'npm run reports --',
  flags,
  acts: {
    list: { usage: '', takes: [], answer: () => measures.map(({ id, words }) => `${id}: ${words}`).join('\n') },
    definition: { usage: 'MEASURE', words: 1, takes: [], answer: ({ words: [id = ''] }) => definition(id) },
    figures: ofPrepared(
      '--year 2026 [--calendar state-fiscal] [--measure ID]... [--by region]',
      ['year', 'calendar', 'measure', 'by'],
      figures,
    ),
    needs: ofPrepared('--year 2026 [--by region]', ['year', 'calendar', 'by'], needs),
    risk: ofPrepared(
      '--year 2026',
      ['year', 'calendar'],
      ofYear(({ rows, asOf }, period) => riskTable(rows, period, asOf)),
    ),
    equity: ofPrepared(
      '--year 2026',
      ['year', 'calendar'],
      ofYear(({ rows, asOf }, period) => equityTable(rows, period, asOf)),
    ),
    load: ofPrepared('--year 2026', ['year', 'calendar'], load),
    trends: ofPrepared(
      '--from 2025 --to 2026 [--step quarter] [--measure ID]...',
      ['from', 'to', 'step', 'measure', 'calendar'],
      trends,
    ),
    evaluation: ofPrepared('--year 2026', ['year'], evaluation),
    change: ofPrepared('--day 2025-01-01 | --policy VERSION [--measure ID]...', ['day', 'policy', 'measure'], change),
    'federal-total': ofPrepared(
      '--year 2026',
      ['year'],
      ofYear(({ rows, asOf }, period) => federalTotalTable(rows, period, asOf), 'federal-fiscal'),
    ),
    afcars: ofPrepared('--year 2026 --half 1', ['year', 'half'], afcars),
    reconciliation: ofPrepared(
      '--year 2026 --agency ID [--answers FILE]',
      ['year', 'agency', 'answers'],
      reconciliation,
    ),
    htcds: {
      usage: '--out FILE [--dialect standard] [--year 2026] [--purpose quality-review --api URL]',
      takes: ['year', 'calendar', 'dialect', 'purpose', 'api', ...ofFacts],
      async answer({ flags: values }, parts) {
        const dialect = oneOf(dialects, values.dialect, 'dialect');
        const { out, year, purpose, api } = values;
        if (out === undefined) throw new CannotAnswer('Say where the file goes with --out FILE.');
        if ((purpose === undefined) !== (api === undefined))
          throw new CannotAnswer(
            'A file with names needs --purpose and --api. Each read is recorded with the purpose.',
          );
        const periodIn = yearOfFacts(values);
        const facts = await factsFor(values, parts);
        const named = purpose === undefined || api === undefined ? undefined : { purpose, api, ask: parts.ask };
        const { text, count } = await exportCases(
          facts.rows,
          dialect,
          year === undefined ? undefined : periodIn(facts),
          named,
        );
        parts.write(out, text);
        return named
          ? `${count} cases, with names. Keep the file as you would the case record.`
          : `${count} cases, without names.`;
      },
    },
    'htcds-check': {
      usage: 'FILE',
      words: 1,
      takes: [],
      answer: ({ words: [file = ''] }, parts) => checkFile(file, parts),
    },
    'htcds-import': {
      usage: 'FILE --out FOLDER (one draft of a report for each row)',
      words: 1,
      takes: ['out'],
      answer: ({ words: [file = ''], flags: { out } }, parts) => importFile(file, out, parts),
    },
  },
};

export const reportsCommand = (args: readonly string[], parts: ReportParts) => answerTo(command, args, parts);

if (import.meta.main) {
  const now = new Date().toISOString();
  await print(reportsCommand(process.argv.slice(2), { ...thisMachine, read: readFolder, now }));
}
