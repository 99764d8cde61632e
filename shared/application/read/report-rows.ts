/** The rows of facts that reports are made of. One reading serves for a while, so that its figures have one watermark. */
import { services } from '../../domain/core/vocabulary.ts';
import type { KeptRow } from '../../domain/facts/fact-row-shape.ts';
import { newYorkDate } from '../../domain/policy/due.ts';
import { type Beside, type PageAsked, type PageName, type ReportPage, reportPage } from '../../reports/figure-pages.ts';
import type { LoadOfWeek, LoadOfWeeks } from '../../reports/load.ts';
import { mondayFigures, overdueByRule } from '../../reports/monday.ts';
import type { ListedProvider } from '../../reports/needs.ts';
import { type ReturnsReport, returnsReport } from '../../reports/returns-report.ts';
import { isUpTo } from '../../reports/utc-instants.ts';
import type { Directory } from '../../store/directory-reads.ts';
import type { Facts } from '../../store/facts.ts';
import type { Ledger } from '../../store/ledger.ts';
import { mailLoad } from './mail-load.ts';
import { readStanding } from './scorecard-standing.ts';

export interface RowsRead extends Required<Beside> {
  /** The watermark, a UTC instant. A row may be an hour behind it. */
  readonly asOf: string;
  readonly rows: readonly KeptRow[];
}
export interface ReportParts {
  readonly facts: Pick<Facts, 'ofMonth'>;
  readonly directory: Pick<Directory, 'providers'>;
  readonly ledger: Pick<Ledger, 'mailsIn' | 'training' | 'agreements'>;
}
/** `now`: a UTC instant. */
export type ReadRows = (now: string) => Promise<RowsRead>;

/** So long one reading is used, in milliseconds. Watermarks are full multiples of it, or the last commit that was read. */
const keptFor = 5 * 60_000;
const monthsAtOnce = 12;

/** `2026-11` and the eleven months before it. */
function monthsUpTo(month: string): readonly string[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return Array.from({ length: monthsAtOnce }, (_, back) => {
    const at = year * 12 + number - 1 - back;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}

/** All rows, back to a whole year in which no referral was received. */
async function allRows(facts: Pick<Facts, 'ofMonth'>, asOf: string): Promise<readonly KeptRow[]> {
  const found: KeptRow[] = [];
  for (let month = newYorkDate(asOf).slice(0, 7); ; ) {
    const months = monthsUpTo(month);
    const rows = (await Promise.all(months.map((each) => facts.ofMonth(each)))).flat();
    if (rows.length === 0) return found;
    found.push(...rows);
    month = monthsUpTo(months.at(-1) ?? month)[1] ?? month;
  }
}

/** The providers of every service that are listed now. */
const allListed = async ({ providers }: ReportParts['directory']): Promise<readonly ListedProvider[]> =>
  (await Promise.all(services.map((service) => providers(service)))).flat();

const week = 7 * 86_400_000;

async function loadOfWeeks(ledger: ReportParts['ledger'], asOf: string): Promise<LoadOfWeeks> {
  const before = new Date(Date.parse(asOf) - week).toISOString();
  const [now, weekBefore] = await Promise.all(
    [asOf, before].map(async (at): Promise<LoadOfWeek> => {
      const { p50, p95 } = (await mailLoad(ledger, at, true)).interruptionsOfShift;
      return { p50, p95 };
    }),
  );
  return { now: now as LoadOfWeek, weekBefore: weekBefore as LoadOfWeek };
}

/** So much of one reading is kept. What else is asked for is computed anew. */
const mostKept = 60;
const computed = new WeakMap<RowsRead, Map<string, unknown>>();

/** What is computed from a reading, by its key. Readers within a watermark share it. */
export function once<Value>(read: RowsRead, key: string, compute: () => Value): Value {
  const known = computed.get(read) ?? new Map<string, unknown>();
  computed.set(read, known);
  if (known.has(key)) return known.get(key) as Value;
  const value = compute();
  if (known.size < mostKept) known.set(key, value);
  return value;
}

/** The page of a reading. */
export const pageOf = (page: PageName, read: RowsRead, asked: PageAsked): ReportPage =>
  once(read, JSON.stringify([page, asked]), () => {
    const { rows, ...beside } = read;
    return reportPage(page, rows, asked, beside);
  });

/** How the work stands at a reading, and which duties of law are overdue. */
export const mondayOf = (read: RowsRead) =>
  once(read, 'monday', () => ({
    figures: mondayFigures(read.rows, read.asOf),
    overdue: overdueByRule(read.rows, read.asOf),
  }));

/** The figures of the yearly returns of a federal fiscal year. */
export const returnsOf = (read: RowsRead, year: number): ReturnsReport =>
  once(read, `returns ${year}`, () => returnsReport(read.rows, year, read.asOf));

/** A reading that was begun in these minutes is shared by all who ask. One that failed is not kept. */
export function createReportRows({ facts, directory, ledger }: ReportParts): ReadRows {
  let kept: { readonly asOf: string; readonly read: Promise<RowsRead> } | undefined;
  return (now) => {
    const asOf = new Date(Math.floor(Date.parse(now) / keptFor) * keptFor).toISOString();
    if (kept?.asOf === asOf) return kept.read;
    const read = Promise.all([
      allRows(facts, asOf),
      allListed(directory),
      loadOfWeeks(ledger, asOf),
      readStanding(ledger, asOf),
    ]).then(([rows, listed, load, standing]) => ({
      // What was committed since then is in the rows, so the watermark is not before it.
      asOf: rows.reduce((last, row) => (isUpTo(row.asOf, last) ? last : row.asOf), asOf),
      rows,
      listed,
      load,
      standing,
    }));
    kept = { asOf, read };
    read.catch(() => {
      if (kept?.read === read) kept = undefined;
    });
    return read;
  };
}
