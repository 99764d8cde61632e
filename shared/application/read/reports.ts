/** The pages of reports as both doors give them, and the referrals behind a figure. */
import * as z from 'zod';
import { overseers } from '../../domain/core/role-groups.ts';
import { type Role, services } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { newYorkDate } from '../../domain/policy/due.ts';
import { policyInForce } from '../../domain/policy/in-force.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { released } from '../../policy/policies.ts';
import { calendarNames, periodOf, yearOf } from '../../reports/calendars.ts';
import { cohortOf } from '../../reports/cohort.ts';
import { lastYearOf, type PageAsked } from '../../reports/figure-pages.ts';
import { type Figure, figureOf, partsOf, type SplitName, splitNames } from '../../reports/figures.ts';
import { federalMeasures, type Measure, measureNamed, measures, tellsFacts } from '../../reports/measures.ts';
import { type MondayMeasure, mondayMeasures, mondayNamed, mondayReferrals } from '../../reports/monday.ts';
import { waitsFor } from '../../reports/stage-waits.ts';
import type { Ledger } from '../../store/ledger.ts';
import { type FactDoor, openFacts } from '../access/open-facts.ts';
import { isOneOf, mayRead, type Visitor, within } from '../access/visitor.ts';
import type { RowsRead } from './report-rows.ts';

/** Who plans and answers for the program, and can open its cases. They alone see live figures. */
export const reportReaders: readonly Role[] = ['careline-manager', 'area-director', 'program-manager', 'hart-director'];

/** The words of an address that ask for a page of reports. */
export const reportFilters = z.strictObject({
  calendar: z
    .enum(calendarNames)
    .default('state-fiscal')
    .meta({ description: 'The calendar of the year.', example: 'state-fiscal' }),
  year: z
    .string()
    .regex(/^20\d\d$/, 'Give the year in four digits, such as 2026.')
    .transform(Number)
    .optional()
    .meta({ description: 'The year. Without it: the last one that has ended.', example: '2026' }),
  by: z
    .enum(splitNames)
    .default('gender')
    .meta({ description: 'What the page of equity compares.', example: 'gender' }),
  service: z
    .enum(services)
    .optional()
    .meta({ description: 'The service of the map of needs. Without it: any.', example: 'education' }),
});
export type ReportFilters = z.infer<typeof reportFilters>;

/** The words of an address that ask for the page of returns. */
export const returnFilters = z.strictObject({
  year: reportFilters.shape.year.meta({
    description: 'The federal fiscal year. Without it: the last one that has ended.',
    example: '2026',
  }),
});

/** The federal fiscal year of returns that is asked for. Undefined for one that has not begun. */
export function returnsYear({ year }: z.infer<typeof returnFilters>, asOf: string): number | undefined {
  const chosen = year ?? lastYearOf('federal-fiscal', asOf);
  return chosen > yearOf('federal-fiscal', newYorkDate(asOf)) ? undefined : chosen;
}

/** The page that is asked for at this watermark. Undefined for a year that has not begun. */
export function askedPage({ calendar, year, by, service }: ReportFilters, asOf: string): PageAsked | undefined {
  const chosen = year ?? lastYearOf(calendar, asOf);
  if (chosen > yearOf(calendar, newYorkDate(asOf))) return undefined;
  // The day is fixed by the policy. One that a reader could slide would tell of each referral alone.
  const day = policyInForce(released, asOf).inForceFrom;
  return { calendar, year: chosen, asOf, by, day, ...whereKnown({ service }) };
}

/** Every measure that has a page of its own. */
const explained: readonly (Measure | MondayMeasure)[] = [...measures, ...federalMeasures, ...mondayMeasures];

/** The words of an address that ask why a figure is what it is. */
export const whyFilters = reportFilters
  .omit({ by: true, service: true })
  .extend({
    measure: z
      .enum(explained.map(({ id }) => id) as [string, ...string[]], {
        error: 'There is no such measure. Choose a number on a page of figures.',
      })
      .meta({ description: 'The id of the measure, as in docs/measures.md.', example: 'child-seen' }),
    by: z.enum(splitNames).optional().meta({ description: 'The split of a part.' }),
    part: z.string().max(60, 'A part has a short name.').optional().meta({ description: 'The part.', example: '4' }),
  })
  .refine(({ by, part }) => (by === undefined) === (part === undefined), {
    path: ['part'],
    error: 'Give a split with its part, or neither.',
  });
export type WhyFilters = z.infer<typeof whyFilters>;

const isFederal = (id: string): boolean => federalMeasures.some((each) => each.id === id);

/** The federal total is of federal fiscal years, whatever calendar is asked for. */
const calendarOf = ({ measure, calendar }: WhyFilters) => (isFederal(measure) ? 'federal-fiscal' : calendar);

/** Whether the year that is asked for has begun at this watermark. */
export const hasBegun = (asked: WhyFilters, asOf: string): boolean =>
  asked.year === undefined || asked.year <= yearOf(calendarOf(asked), newYorkDate(asOf));

/** A figure with its definition and the references behind it. */
export interface Behind {
  readonly measure: Measure | MondayMeasure;
  readonly asOf: string;
  /** Absent on Mondays, which have no period. */
  readonly figure?: Figure;
  readonly count?: number;
  readonly by?: SplitName;
  readonly part?: string;
  readonly tellsFacts: boolean;
  /** The referrals that count, without sealed ones. */
  readonly counting: readonly string[];
  /** Those of the denominator that do not count. */
  readonly others: readonly string[];
}

export const isMonday = (measure: Measure | MondayMeasure): measure is MondayMeasure => 'leftOut' in measure;

/** What stands behind a figure. Undefined for a part that is not there, or a year that has not begun. */
export function behind(asked: WhyFilters, { rows, asOf }: RowsRead): Behind | undefined {
  const monday = mondayNamed(asked.measure);
  if (monday) {
    const counting = mondayReferrals(monday, rows, asOf);
    const count = monday.count({ rows: rows.filter(({ sealed }) => !sealed), at: asOf }).length;
    return { measure: monday, asOf, count, tellsFacts: monday.tellsFacts, counting, others: [] };
  }
  const { by, part } = asked;
  const calendar = calendarOf(asked);
  const period = periodOf(calendar, asked.year ?? lastYearOf(calendar, asOf));
  if (!hasBegun(asked, asOf)) return undefined;
  const federal = federalMeasures.find(({ id }) => id === asked.measure);
  if (federal && by === undefined) {
    const figure = figureOf(federal, cohortOf(rows, period, asOf));
    const counting = figure.kind === 'count' ? figure.referrals.toSorted() : [];
    return { measure: federal, asOf, figure, tellsFacts: tellsFacts(federal), counting, others: [] };
  }
  const measure = measureNamed(asked.measure);
  if (!measure) return undefined;
  const whole = cohortOf(rows, period, asOf);
  const cohort = by === undefined || part === undefined ? undefined : partsOf(whole, by).get(part);
  if (by !== undefined && !cohort) return undefined;
  const figure = figureOf(measure, cohort ?? whole);
  const waits =
    measure.kind === 'time'
      ? waitsFor(measure.stage, cohort ?? whole).toSorted((one, other) => other.hours - one.hours)
      : [];
  const lists =
    figure.kind === 'time'
      ? {
          counting: waits.filter(({ end }) => end === 'waiting').map(({ id }) => id),
          others: waits.filter(({ end }) => end !== 'waiting').map(({ id }) => id),
        }
      : figure.kind === 'count'
        ? { counting: figure.referrals.toSorted(), others: [] }
        : { counting: figure.referrals.counting.toSorted(), others: figure.referrals.others.toSorted() };
  const isOfFacts = tellsFacts(measure) || (by !== undefined && by !== 'region');
  return { measure, asOf, figure, tellsFacts: isOfFacts, ...lists, ...whereKnown({ by, part }) };
}

/** So many referrals are looked at for one list. */
export const mostListed = 25;

export interface Listed {
  readonly referrals: readonly string[];
  /** Of those that were looked at: not open to this person. */
  readonly closed: number;
}

/**
 * The first of these referrals that this person may see. `review`: they say that they review how the work was handled. Where a
 * list tells facts about children it needs that, and each read is recorded before it is shown.
 */
export async function listBehind(
  {
    policyOf,
    ...door
  }: FactDoor & {
    readonly ledger: Pick<Ledger, 'referral' | 'recordFactRead' | 'factReads'>;
    readonly policyOf: (version: string) => Policy;
  },
  references: readonly string[],
  visitor: Visitor,
  { tellsFacts: isOfFacts, review }: { readonly tellsFacts: boolean; readonly review: boolean },
): Promise<Listed> {
  if (isOfFacts && !review) return { referrals: [], closed: 0 };
  const asked = references.slice(0, mostListed);
  const seen = await Promise.all(
    asked.map(async (id) => {
      const read = await door.ledger.referral(id);
      const person = { ...visitor, at: door.now };
      if (!read || read.state.access.seal || !mayRead(read.state, person)) return false;
      if (!isOneOf(within(read.state, person), overseers)) return false;
      if (!isOfFacts) return true;
      const opened = await openFacts(door, { ...read, policy: policyOf(read.policy) }, person, {
        said: 'quality-review',
      });
      return opened.depth === 'facts';
    }),
  );
  const referrals = asked.filter((_, index) => seen[index]);
  return { referrals, closed: asked.length - referrals.length };
}
