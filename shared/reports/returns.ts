/** The returns that law asks for: the federal total, the elements of AFCARS, and the list for each police agency. */
import type { policeNotices } from '../domain/core/vocabulary.ts';
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import { newYorkDate } from '../domain/policy/due.ts';
import { isIn, type Period, periodOf } from './calendars.ts';
import { lackOf, timingOf } from './care-facts.ts';
import { hasOutcome, isInCare } from './cases.ts';
import type { CountedChild } from './children.ts';
import { cohortOf, isError, isWorked } from './cohort.ts';
import { figureOf } from './figures.ts';
import { federalMeasures } from './measures.ts';
import type { Table } from './report-tables.ts';
import { isUpTo } from './utc-instants.ts';

export interface FederalTotal {
  /** Children identified as victims of sex trafficking who are in placement, care or supervision. */
  readonly total: number;
  /** Identified children whose referrals do not say it. */
  readonly careUnknown: number;
}

/** The yearly total of 42 U.S.C. 671(a)(34)(B), without sealed referrals. Those who may see these add them by hand. */
export function federalTotal(rows: readonly FactRow[], period: Period, asOf: string): FederalTotal {
  const cohort = cohortOf(rows, period, asOf);
  const [total = 0, careUnknown = 0] = federalMeasures.map((measure) => {
    const figure = figureOf(measure, cohort);
    return figure.kind === 'count' ? figure.count : 0;
  });
  return { total, careUnknown };
}

export function federalTotalTable(rows: readonly FactRow[], period: Period, asOf: string): Table {
  const { total, careUnknown } = federalTotal(rows, period, asOf);
  return {
    id: 'federal-total',
    title: 'Children in placement, care or supervision identified as victims of sex trafficking',
    period: period.name,
    asOf,
    headings: ['what', 'children'],
    rows: [
      ['identified, and in placement, care or supervision', total],
      ['identified, and not known whether they are', careUnknown],
    ],
    notes: [
      '42 U.S.C. 671(a)(34)(B). Each child counts once.',
      'Identified means that the last screening confirmed it. A child who became known later counts in the year of the report.',
      'Complete the facts of the second row before you send the first.',
      'Restricted referrals are left out. Those who may see them add them by hand.',
    ],
  };
}

export const halves = [1, 2] as const;
/** A report period of AFCARS: October to March, or April to September, of a federal fiscal year. */
export function afcarsPeriod(year: number, half: (typeof halves)[number]): Period {
  const { from, before } = periodOf('federal-fiscal', year);
  const middle = `${year}-04-01`;
  return half === 1
    ? { name: `federal-fiscal ${year} half 1`, from, before: middle }
    : { name: `federal-fiscal ${year} half 2`, from: middle, before };
}

type YesNo = 'yes' | 'no';
/** The elements of one child, numbered as in the federal file. A date is a New York day. */
export interface AfcarsElements {
  readonly childId: string;
  readonly e106: YesNo;
  readonly e107?: YesNo;
  readonly e108?: string;
  readonly e109: YesNo;
  readonly e110?: YesNo;
  readonly e111?: string;
}

export interface Unknown {
  readonly referralId: string;
  readonly because: string;
}

/** Notices that report the exploitation itself. That a child is missing is another report. */
const aboutExploitation: readonly (typeof policeNotices)[number][] = ['state', 'local', 'identified'];

/** The days on which the police were told, oldest first. */
const toldOn = (rows: readonly FactRow[], asOf: string): readonly string[] =>
  rows
    .flatMap(({ policeNotices: notices }) => notices)
    .filter(({ covers }) => covers.some((each) => aboutExploitation.includes(each)))
    .filter(({ at }) => Date.parse(at) <= Date.parse(asOf))
    .map(({ at }) => newYorkDate(at))
    .toSorted();

function elementsOf({ id }: CountedChild, rows: readonly FactRow[], asOf: string): AfcarsElements {
  const isVictim = hasOutcome('confirmed')(rows);
  const timing = timingOf(rows);
  const [told] = toldOn(rows, asOf);
  const reported = told === undefined ? ({ is: 'no' } as const) : ({ is: 'yes', on: told } as const);
  const before = isVictim && (timing === 'before-care' || timing === 'before-and-during-care');
  const during = isVictim && (timing === 'during-care' || timing === 'before-and-during-care');
  return {
    childId: id,
    e106: before ? 'yes' : 'no',
    ...(before && { e107: reported.is, ...('on' in reported && { e108: reported.on }) }),
    e109: during ? 'yes' : 'no',
    ...(during && { e110: reported.is, ...('on' in reported && { e111: reported.on }) }),
  };
}

/**
 * The elements on sex trafficking of each child in care with a referral received by the end of the period. Beside them: the referrals whose
 * facts do not suffice. Restricted referrals are in neither. Those who may see them answer for them.
 */
export function afcarsOf(
  rows: readonly FactRow[],
  period: Period,
  asOf: string,
): {
  readonly children: readonly AfcarsElements[];
  readonly unknown: readonly Unknown[];
  /** The referrals that the elements were made of. */
  readonly behind: readonly string[];
} {
  const upTo = cohortOf(rows, { ...period, from: '0000-01-01' }, asOf);
  const inCare = upTo.children
    .map((child) => ({ child, own: child.referrals.filter(isWorked) }))
    .filter(({ own }) => isInCare(own));
  const complete = inCare.filter(({ own }) => lackOf(own) === undefined);
  return {
    children: complete.map(({ child, own }) => elementsOf(child, own, asOf)),
    behind: complete.flatMap(({ own }) => own.map(({ id }) => id)),
    unknown: inCare.flatMap(({ own }) => {
      const because = lackOf(own);
      return because === undefined ? [] : own.map(({ id: referralId }) => ({ referralId, because }));
    }),
  };
}

export function afcarsTables(rows: readonly FactRow[], period: Period, asOf: string): readonly [Table, Table] {
  const { children, unknown } = afcarsOf(rows, period, asOf);
  const head = { period: period.name, asOf };
  return [
    {
      ...head,
      id: 'afcars',
      title: 'AFCARS elements on sex trafficking',
      headings: ['child_reference', 'E106', 'E107', 'E108', 'E109', 'E110', 'E111'],
      rows: children.map(({ childId, e106, e107, e108, e109, e110, e111 }) => [
        childId,
        ...[e106, e107, e108],
        ...[e109, e110, e111],
      ]),
      notes: [
        '45 CFR 1355.44. E106: victim before care. E107, E108: reported to the police, and the date. E109 to E111: the same during care.',
        'The reference is that of a referral. The agency replaces it by the record number of the child in its own file.',
        'The list of referrals with unknown facts stands beside it. A child on that list has no row here.',
        'Restricted referrals are left out. Those who may see them complete the agency’s file by hand.',
      ],
    },
    {
      ...head,
      id: 'afcars-unknown',
      title: 'Referrals whose facts do not suffice for AFCARS',
      headings: ['referral', 'what_is_missing'],
      rows: unknown.map(({ referralId, because }) => [referralId, because]),
      notes: ['Complete the facts of each, and make the table again.'],
    },
  ];
}

/** One notice to an agency, as the list for the October reconciliation has it. */
export interface ToldAgency {
  readonly referralId: string;
  readonly day: string;
  readonly covers: readonly string[];
}

/**
 * The notices of a period by police agency, in the order of their ids; of each agency the oldest first. Referrals made in error and sealed
 * ones are left out.
 */
export function noticesIn(
  rows: readonly FactRow[],
  period: Period,
  asOf: string,
): ReadonlyMap<string, readonly ToldAgency[]> {
  const notices = rows
    .filter((row) => !row.sealed && !isError(row))
    .flatMap(({ id, policeNotices }) =>
      policeNotices
        .filter(({ at }) => isUpTo(at, asOf))
        .map(({ at, agency, covers }) => ({ agency, told: { referralId: id, day: newYorkDate(at), covers } })),
    )
    .filter(({ told }) => isIn(period, told.day))
    .toSorted(({ told: one }, { told: other }) =>
      `${one.day}${one.referralId}` < `${other.day}${other.referralId}` ? -1 : 1,
    );
  return new Map(
    [...Map.groupBy(notices, ({ agency }) => agency)]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([agency, of]) => [agency, of.map(({ told }) => told)]),
  );
}

/** The notices to one police agency in a period, oldest first. */
export const toldTo = (rows: readonly FactRow[], agency: string, period: Period, asOf: string): readonly ToldAgency[] =>
  noticesIn(rows, period, asOf).get(agency) ?? [];

/** The agencies that were told of a referral in the period, in the order of their ids. */
export const agenciesIn = (rows: readonly FactRow[], period: Period, asOf: string): readonly string[] => [
  ...noticesIn(rows, period, asOf).keys(),
];

/** The headings of the list, which the agency fills in and sends back. */
export const reconciliationHeadings = ['reference', 'notified_on', 'about', 'agency_number', 'answer'] as const;

/** What the agency wrote beside a reference: its own number, or that it knows no such case. */
export interface AgencyAnswer {
  readonly reference: string;
  readonly agencyNumber: string | 'none';
}

export type Matched = 'matched' | 'unknown' | 'not-answered';

/** How an agency answered about a reference. */
export const matchedBy = (answer: AgencyAnswer | undefined): Matched => {
  if (answer === undefined) return 'not-answered';
  return answer.agencyNumber === 'none' ? 'unknown' : 'matched';
};

/** The list for an agency. `answers`: what it sent back, if it did. */
export function reconciliationTable(
  rows: readonly FactRow[],
  { agency, period, asOf }: { readonly agency: string; readonly period: Period; readonly asOf: string },
  answers?: readonly AgencyAnswer[],
): Table {
  return {
    id: `reconciliation-${agency}`,
    title: `Referrals that ${agency} was told of`,
    period: period.name,
    asOf,
    headings: reconciliationHeadings,
    rows: toldTo(rows, agency, period, asOf).map(({ referralId, day, covers }) => {
      const answer = answers?.find(({ reference }) => reference === referralId);
      return [referralId, day, covers.join(' '), answer?.agencyNumber, answers && matchedBy(answer)];
    }),
    notes: [
      'C.G.S. 51-286h: the figures of the police and of the department are brought together each year by October 1.',
      'The agency writes its own number beside each reference, or "none" where it knows no such case.',
      'No name is in the list. Restricted referrals are left out.',
    ],
  };
}

/**
 * The answers in a list that an agency sent back: rows of text, the headings first. Empty answers are none. `listed`: the references
 * that it was sent. A problem names its row, its field and what to do.
 */
export function answersIn(
  [headings = [], ...rows]: readonly (readonly string[])[],
  listed: readonly string[],
): { readonly answers: readonly AgencyAnswer[]; readonly problems: readonly string[] } {
  const [reference, number] = (['reference', 'agency_number'] as const).map((each) => headings.indexOf(each));
  if (reference === undefined || number === undefined || reference < 0 || number < 0) {
    return {
      answers: [],
      problems: ['Row 1: the columns reference and agency_number are needed. Send back the list as it was.'],
    };
  }
  const problems: string[] = [];
  const answers: AgencyAnswer[] = [];
  for (const [index, cells] of rows.entries()) {
    const [its = '', agencyNumber = ''] = [cells[reference], cells[number]];
    const row = `Row ${index + 2}`;
    if (!listed.includes(its))
      problems.push(`${row}, reference: it is not in the list of this agency and period. Remove the row.`);
    else if (answers.some((each) => each.reference === its))
      problems.push(`${row}, reference: it is answered twice. Keep one.`);
    else if (/^['\t\r ]*[=+\-@]/.test(agencyNumber))
      problems.push(`${row}, agency_number: it reads as a formula. Write the number as text.`);
    else if (agencyNumber.length > 40)
      problems.push(`${row}, agency_number: it is longer than 40 characters. Write the number alone.`);
    else if (agencyNumber !== '') answers.push({ reference: its, agencyNumber });
  }
  return { answers, problems };
}
