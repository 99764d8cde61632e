/**
 * `npm run reports -- list|definition|figures`: prints reports from a data folder of `npm start`, and writes them with `--out`. With
 * `--played` it plays a history of invented referrals and reports on that. What it cannot answer is one sentence on stderr and
 * status 2, and nothing is written.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { newYorkDate } from '../domain/policy/due.ts';
import { connecticut20261 } from '../policy/connecticut-2026-1.ts';
import { policyOf } from '../policy/policies.ts';
import type { Printed } from '../policy/policy-command.ts';
import { calendarNames, hasEnded, type Period, periodOf, yearOf } from './calendars.ts';
import { type SplitName, splitNames } from './figures.ts';
import { type Measure, measureNamed, measures } from './measures.ts';
import { playHistory } from './played/play-history.ts';
import { CannotReadFolder, readFolder } from './read-folder.ts';
import { csvOfReport, type Recorded, reportOn, rowsAt, textOfReport } from './report.ts';

const usage = [
  'npm run reports -- list',
  'npm run reports -- definition MEASURE',
  'npm run reports -- figures --year 2026 [--data .data] [--calendar state-fiscal] [--measure ID]... [--by region]',
  '                   [--as-of 2026-11-30T00:00:00Z] [--so-far] [--out FOLDER]',
  '                   [--played 2y [--referrals 300] [--seed invented]]  (instead of --data)',
].join('\n');

/** What was asked cannot be answered, in one sentence. */
class CannotReport extends Error {}

/** Where the referrals come from, and where files go. */
export interface ReportParts {
  readonly read: (folder: string) => Promise<Source>;
  readonly write: (folder: string, name: string, text: string) => void;
  /** The UTC instant up to which a history is played. */
  readonly now: string;
}

interface Source {
  readonly now: string;
  readonly referrals: readonly Recorded[];
}

const options = {
  data: { type: 'string', default: '.data' },
  calendar: { type: 'string', default: 'state-fiscal' },
  year: { type: 'string' },
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

function askedPeriod({ calendar, year }: Values, today: string): Period {
  const name = oneOf(calendarNames, calendar, 'calendar');
  if (year === undefined) return periodOf(name, yearOf(name, today));
  if (!/^20\d\d$/.test(year)) throw new CannotReport(`Give the year in four digits, such as 2026, not "${year}".`);
  return periodOf(name, Number(year));
}

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
  const from = `${Number(until.slice(0, 4)) - Number(years)}${until.slice(4)}`.replace('-02-29', '-02-28');
  return () => ({ now: until, referrals: playHistory({ seed, referrals: count, from, until }, connecticut20261) });
}

async function figures(values: Values, { read, write, now: today }: ReportParts): Promise<string> {
  // Everything that can be wrong with the words is found before the folder is read.
  const asked = values.measure?.map(measureOf);
  const by: SplitName | undefined = values.by === undefined ? undefined : oneOf(splitNames, values.by, 'split');
  askedPeriod(values, '2026-01-01');
  const play = values.played === undefined ? undefined : playedHistory(values, today);
  const { now, referrals } = play ? play() : await read(values.data);
  const asOf = watermark(values['as-of'], now);
  const period = askedPeriod(values, newYorkDate(asOf));
  if (!values['so-far'] && !hasEnded(period, newYorkDate(asOf))) {
    throw new CannotReport(
      `The period ${period.name} has not ended on ${newYorkDate(asOf)}. Add --so-far to see it as it stands.`,
    );
  }
  const report = reportOn(rowsAt(referrals, asOf, policyOf), {
    period,
    asOf,
    ...(asked && { measures: asked }),
    ...(by !== undefined && { by }),
  });
  if (values.out !== undefined) {
    const name = period.name.replaceAll(' ', '-');
    write(values.out, `${name}.json`, `${JSON.stringify(report, undefined, 2)}\n`);
    write(values.out, `${name}.csv`, csvOfReport(report));
  }
  return textOfReport(report);
}

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

async function answer(args: readonly string[], parts: ReportParts): Promise<string> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [command, subject] = positionals;
  if (command === 'list') return measures.map(({ id, words }) => `${id}: ${words}\n`).join('');
  if (command === 'definition') return definition(subject);
  if (command === 'figures') return figures(values, parts);
  throw new CannotReport(`Use:\n${usage}`);
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
