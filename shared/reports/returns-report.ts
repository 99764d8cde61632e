/**
 * The page of returns: what is sent to others once a year, how far its facts suffice, and its files. Figures name no referral. Files
 * do, so a door records each read first. Pure.
 */
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import { newYorkDate } from '../domain/policy/due.ts';
import { hasEnded, isIn, type Period, periodOf } from './calendars.ts';
import { type Dialect, dialects } from './htcds/dialects.ts';
import { caseOf, exported, type HtcdsCase, htcdsText, withoutNames } from './htcds/export.ts';
import { csvOfTable, type Table } from './report-tables.ts';
import {
  afcarsOf,
  afcarsPeriod,
  afcarsTables,
  answersIn,
  type FederalTotal,
  federalTotal,
  halves,
  type Matched,
  matchedBy,
  noticesIn,
  reconciliationTable,
  toldTo,
} from './returns.ts';

export interface ReturnsReport {
  readonly year: number;
  /** The watermark, a UTC instant. */
  readonly asOf: string;
  /** The federal fiscal year. */
  readonly period: Period;
  readonly hasEnded: boolean;
  readonly total: FederalTotal;
  readonly halves: readonly {
    readonly half: (typeof halves)[number];
    readonly period: Period;
    readonly hasEnded: boolean;
    /** Children in care whose facts suffice. */
    readonly complete: number;
    readonly victims: number;
    /** Referrals whose facts do not suffice. */
    readonly unknown: number;
  }[];
  /** The state fiscal year, which is reconciled by October 1. */
  readonly reconciled: Period;
  readonly reconciledHasEnded: boolean;
  readonly agencies: readonly { readonly agency: string; readonly notices: number; readonly referrals: number }[];
  /** Cases of HTCDS, of referrals received in the federal fiscal year. */
  readonly cases: number;
}

const casesOf = (rows: readonly FactRow[], period: Period): readonly FactRow[] =>
  exported(rows).filter(({ receivedAt }) => isIn(period, newYorkDate(receivedAt)));

/** The figures of the page, of the federal fiscal year of this name. Sealed referrals are in none. */
export function returnsReport(rows: readonly FactRow[], year: number, asOf: string): ReturnsReport {
  const [period, reconciled] = [periodOf('federal-fiscal', year), periodOf('state-fiscal', year)];
  const today = newYorkDate(asOf);
  return {
    year,
    asOf,
    period,
    hasEnded: hasEnded(period, today),
    total: federalTotal(rows, period, asOf),
    halves: halves
      .map((half) => ({ half, period: afcarsPeriod(year, half) }))
      .filter((each) => each.period.from <= today)
      .map((each) => {
        const { children, unknown } = afcarsOf(rows, each.period, asOf);
        return {
          ...each,
          hasEnded: hasEnded(each.period, today),
          complete: children.length,
          victims: children.filter(({ e106, e109 }) => e106 === 'yes' || e109 === 'yes').length,
          unknown: unknown.length,
        };
      }),
    reconciled,
    reconciledHasEnded: hasEnded(reconciled, today),
    agencies: [...noticesIn(rows, reconciled, asOf)].map(([agency, told]) => ({
      agency,
      notices: told.length,
      referrals: new Set(told.map(({ referralId }) => referralId)).size,
    })),
    cases: casesOf(rows, period).length,
  };
}

export const returnFileNames = [
  'afcars-1',
  'afcars-2',
  'afcars-unknown-1',
  'afcars-unknown-2',
  'reconciliation',
  'htcds',
] as const;
export type ReturnFileName = (typeof returnFileNames)[number];

export interface AskedReturn {
  readonly file: ReturnFileName;
  readonly year: number;
  /** Of a reconciliation. */
  readonly agency?: string | undefined;
  /** Of HTCDS. */
  readonly dialect?: Dialect | undefined;
}

export interface ReturnMade {
  readonly name: string;
  readonly period: Period;
  readonly hasEnded: boolean;
  /** Every referral that the file tells of. */
  readonly references: readonly string[];
  /** The rows without the headings. */
  readonly rows: number;
  /** `named`: the cases with who the children are, in place of those without. */
  readonly text: (named?: readonly HtcdsCase[]) => string;
  /** Of HTCDS: a case for each reference. */
  readonly cases?: readonly HtcdsCase[];
}

const madeOf = (table: Table, period: Period, today: string, references: readonly string[]): ReturnMade => ({
  name: `${table.id}-${period.name}`.replaceAll(/[^a-zA-Z0-9.-]+/g, '-'),
  period,
  hasEnded: hasEnded(period, today),
  references: [...new Set(references)],
  rows: table.rows.length,
  text: () => csvOfTable(table),
});

/** A file of the page. Undefined for an agency that was told of nothing in the period. */
export function returnFile(rows: readonly FactRow[], asked: AskedReturn, asOf: string): ReturnMade | undefined {
  const { file, year, agency = '', dialect = dialects[0] } = asked;
  const today = newYorkDate(asOf);
  if (file === 'htcds') {
    const period = periodOf('federal-fiscal', year);
    const found = casesOf(rows, period);
    const cases = found.map(caseOf);
    return {
      name: `htcds-${period.name.replaceAll(' ', '-')}`,
      period,
      // Cases are sent as they stand, at any time.
      hasEnded: true,
      references: found.map(({ id }) => id),
      rows: cases.length,
      text: (named = withoutNames(cases)) => htcdsText(named, dialect),
      cases,
    };
  }
  if (file === 'reconciliation') {
    const period = periodOf('state-fiscal', year);
    const told = toldTo(rows, agency, period, asOf);
    if (told.length === 0) return undefined;
    const table = reconciliationTable(rows, { agency, period, asOf });
    return madeOf(
      table,
      period,
      today,
      told.map(({ referralId }) => referralId),
    );
  }
  const period = afcarsPeriod(year, file.endsWith('1') ? 1 : 2);
  const [complete, unknown] = afcarsTables(rows, period, asOf);
  const { behind, unknown: lacking } = afcarsOf(rows, period, asOf);
  return file.startsWith('afcars-unknown')
    ? madeOf(
        unknown,
        period,
        today,
        lacking.map(({ referralId }) => referralId),
      )
    : madeOf(complete, period, today, behind);
}

/** How an agency answered: each reference, the day of its notice, and what the agency said. */
export interface Reconciled {
  readonly rows: readonly {
    readonly reference: string;
    readonly day: string;
    readonly agencyNumber: string | undefined;
    readonly state: Matched;
  }[];
  readonly counts: Readonly<Record<Matched, number>>;
}

/** The answers of an agency against the list that it was sent. `lines`: the rows of its file. */
export function reconciled(
  rows: readonly FactRow[],
  { agency, year }: { readonly agency: string; readonly year: number },
  asOf: string,
  lines: readonly (readonly string[])[],
): { readonly problems: readonly string[] } | Reconciled {
  const told = toldTo(rows, agency, periodOf('state-fiscal', year), asOf);
  const { answers, problems } = answersIn(
    lines,
    told.map(({ referralId }) => referralId),
  );
  if (problems.length > 0) return { problems };
  const answered = told.map(({ referralId: reference, day }) => {
    const answer = answers.find((each) => each.reference === reference);
    return { reference, day, agencyNumber: answer?.agencyNumber, state: matchedBy(answer) };
  });
  return reconciledOf(
    { rows: answered },
    told.map(({ referralId }) => referralId),
  );
}

/** The answers about these references alone, counted. */
export function reconciledOf({ rows }: Pick<Reconciled, 'rows'>, references: readonly string[]): Reconciled {
  const shown = rows.filter(({ reference }) => references.includes(reference));
  const count = (state: Matched) => shown.filter((each) => each.state === state).length;
  return {
    rows: shown,
    counts: { matched: count('matched'), unknown: count('unknown'), 'not-answered': count('not-answered') },
  };
}
