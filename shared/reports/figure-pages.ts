/**
 * The pages of reports: which figures stand on which, in which order. Pages, downloads and the API all show what `reportPage`
 * computes, so that they cannot differ. Pure.
 */
import { serviceOutcomes, services } from '../domain/core/vocabulary.ts';
import { whereKnown } from '../domain/core/where-known.ts';
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import { newYorkDate } from '../domain/policy/due.ts';
import { type CalendarName, type Period, periodOf, quartersOf, yearOf } from './calendars.ts';
import { type Cohort, cohortOf } from './cohort.ts';
import { equityMeasures } from './equity.ts';
import { type AgainstTarget, againstTarget, aimedAt, beforeAndAfter } from './evaluation.ts';
import {
  type Difference,
  differenceOver,
  type Figure,
  figureOf,
  partsOf,
  type SplitFigure,
  type SplitName,
  splitOver,
} from './figures.ts';
import type { LoadOfWeeks } from './load.ts';
import { type Measure, measureNamed, measures, measuresVersion } from './measures.ts';
import { type GapLine, gapLine, type ListedProvider } from './needs.ts';
import { practices, practiceWords, type Score, type Standing, scorecard } from './scorecard.ts';
import { isUpTo } from './utc-instants.ts';

/** One figure of a page, with that of the year before where the page has it. */
export interface Line {
  readonly measure: string;
  readonly figure: Figure;
  readonly before?: Figure;
}

/** A measure over a row of periods, the earliest first. */
export interface Trend {
  readonly measure: string;
  readonly figures: readonly Figure[];
}

/** Part of a page. Its title says what it is about. */
export interface Section {
  readonly title: string;
  readonly lines?: readonly Line[];
  readonly split?: SplitFigure & { readonly measure: string; readonly total: Figure };
  readonly trends?: readonly Trend[];
  /** The periods of the trends. */
  readonly periods?: readonly Period[];
  readonly differences?: readonly Difference[];
  /** Each trend beside its aims, a figure for each grant year. */
  readonly aims?: readonly AgainstTarget[];
  readonly gaps?: readonly GapLine[];
  readonly links?: Links;
  /** Absent where no one read it. */
  readonly load?: LoadOfWeeks;
  readonly scores?: readonly Score[];
}

/** Referrals whose link to another one of the child was made or undone: ever, and after the year. */
export interface Links {
  readonly changed: number;
  readonly afterTheYear: number;
}

/** What was read beside the rows, at the same watermark. */
export interface Beside {
  /** The providers of today. */
  readonly listed: readonly ListedProvider[];
  readonly load?: LoadOfWeeks;
  readonly standing?: Standing;
}

export interface ReportPage {
  readonly page: PageName;
  readonly version: string;
  readonly period: Period;
  readonly before: Period;
  /** The watermark, a UTC instant. */
  readonly asOf: string;
  readonly sections: readonly Section[];
}

export interface PageAsked {
  readonly calendar: CalendarName;
  readonly year: number;
  readonly asOf: string;
  /** The split of the page of equity. */
  readonly by: SplitName;
  /** The service of the map of needs. Undefined: any service. */
  readonly service?: string | undefined;
  /** The New York day before and after which the page of evaluation compares. */
  readonly day: string;
}

const named = (...ids: readonly string[]): readonly Measure[] => ids.flatMap((id) => measureNamed(id) ?? []);
const beginning = (start: string): readonly Measure[] => measures.filter(({ id }) => id.startsWith(start));

const counting = named(
  ...['reports', 'referrals', 'children'],
  ...['referrals-open', 'referrals-closed', 'referrals-withdrawn', 'referrals-merged'],
);
const onTime = beginning('on-time-');
const stages = beginning('time-to-');
const happened = [
  ...named('child-seen', 'exam-offered-in-time', 'exam-started', 'advocate-reached', 'interviewed-once'),
  ...named('service-started', 'screened-on-return', 'not-indicated'),
];
const later = [
  ...named('referred-again-6-months', 'missing-again-6-months', 'moved-6-months'),
  ...named('referred-again-12-months', 'missing-again-12-months', 'moved-12-months'),
];
const courts = [
  ...named('held', 'petitioned', 'congregate-care', 'child-charged'),
  ...named('trafficker-charged', 'traffickers-charged'),
];
const chargesEnded = beginning('charges-');
const servicesEnded = named(...serviceOutcomes.map((outcome) => `service-${outcome}`));

const compared = named(...equityMeasures);
const trending = named('referrals', 'children', 'child-seen', 'on-time-law-now', 'screened-on-return', 'unmet-need');

interface Counting extends Beside {
  readonly rows: readonly FactRow[];
  readonly asked: PageAsked;
  readonly period: Period;
  readonly now: Cohort;
  readonly before: Cohort;
}

const lines = (list: readonly Measure[], { now, before }: Counting): readonly Line[] =>
  list.map((measure) => ({
    measure: measure.id,
    figure: figureOf(measure, now),
    before: figureOf(measure, before),
  }));

/** Measures of the year alone. */
const yearAlone = (list: readonly Measure[], { now }: Counting): readonly Line[] =>
  list.map((measure) => ({ measure: measure.id, figure: figureOf(measure, now) }));

function linksIn({ now, period, asked }: Counting): Links {
  const changed = now.rows.flatMap(({ links }) => links.changedAt ?? []).filter((at) => isUpTo(at, asked.asOf));
  return { changed: changed.length, afterTheYear: changed.filter((at) => newYorkDate(at) >= period.before).length };
}

function split(measure: Measure, by: SplitName, { now }: Counting, parts = partsOf(now, by)) {
  return { measure: measure.id, total: figureOf(measure, now), ...splitOver(measure, by, now, parts) };
}

/** The quarters of a year and of the year before, as far as they have begun. */
function recentQuarters({ period, asked }: Counting): readonly Period[] {
  const before = periodOf(asked.calendar, asked.year - 1);
  return [before, period].flatMap(quartersOf).filter(({ from }) => from <= newYorkDate(asked.asOf));
}

/** Measures over periods, from the first one on in which a referral was received. */
function trendsOver(list: readonly Measure[], periods: readonly Period[], { rows, asked }: Counting) {
  const all = periods.map((each) => cohortOf(rows, each, asked.asOf));
  const first = all.findIndex((cohort) => cohort.rows.length > 0);
  const over = all.slice(Math.max(0, first));
  return {
    periods: over.map((cohort) => cohort.period),
    trends: list.map((measure) => ({
      measure: measure.id,
      figures: over.map((cohort) => figureOf(measure, cohort)),
    })),
  };
}

/** What the program set out to do, as far as a share tells of it. */
const evaluated = named(
  ...['child-seen', 'on-time-law-now', 'screened-on-return', 'exam-started', 'advocate-reached', 'service-started'],
  ...['unmet-need', 'referred-again-6-months', 'trafficker-charged'],
);

/** By grant year: children, and what has a baseline or a target. */
const evaluatedByYear = named('children', ...aimedAt);

/** The two parts that stand first on the page of equity, and are subtracted. */
const pairs: Readonly<Partial<Record<SplitName, readonly [string, string]>>> = { gender: ['boy', 'girl'] };

const pageSections = {
  'on-time': (counting) => [
    {
      title: 'Law',
      lines: lines(
        onTime.filter(({ id }) => id.includes('-law-')),
        counting,
      ),
    },
    {
      title: 'Policy',
      lines: lines(
        onTime.filter(({ id }) => id.includes('-policy-')),
        counting,
      ),
    },
    { title: 'Time to each stage', lines: lines(stages, counting) },
    { title: 'Alarm load', ...whereKnown({ load: counting.load }) },
  ],
  'what-happened': (given) => [
    { title: 'How many', lines: lines(counting, given), links: linksIn(given) },
    { title: 'What was done', lines: lines(happened, given) },
  ],
  outcomes: (given) => [
    { title: 'What came later', lines: lines(later, given) },
    { title: 'Courts and placement', lines: lines(courts, given) },
    { title: 'How charges of the child ended', lines: yearAlone(chargesEnded, given) },
    { title: 'How services ended', lines: yearAlone(servicesEnded, given) },
  ],
  needs: (counting) => {
    const [any, ...each] = named('unmet-need', ...services.map((service) => `unmet-need-${service}`));
    const shown = named(counting.asked.service === undefined ? 'unmet-need' : `unmet-need-${counting.asked.service}`);
    const [mapped = any] = shown;
    if (!any || !mapped) return [];
    return [
      { title: 'By service', lines: lines([any, ...each], counting) },
      { title: 'By region', split: split(mapped, 'region', counting) },
      { title: 'By living situation', split: split(mapped, 'population', counting) },
      { title: 'Why', gaps: services.map((service) => gapLine(counting.now, service, counting.listed)) },
    ];
  },
  risk: (counting) => [
    { title: 'Indicators', lines: yearAlone(beginning('indicator-'), counting) },
    { title: 'Not known', lines: yearAlone(beginning('unknown-'), counting) },
    { title: 'Confirmed by other evidence', lines: yearAlone(beginning('confirmed-with-'), counting) },
  ],
  trends: (counting) => [
    { title: 'By quarter', ...trendsOver(trending, recentQuarters(counting), counting) },
    {
      title: 'By year',
      ...trendsOver(
        trending,
        [2, 1, 0].map((back) => periodOf(counting.asked.calendar, counting.asked.year - back)),
        counting,
      ),
    },
  ],
  equity: (counting) => {
    const { by } = counting.asked;
    const pair = pairs[by];
    const parts = partsOf(counting.now, by);
    const differences = pair && compared.flatMap((measure) => differenceOver(measure, by, pair, parts) ?? []);
    return [
      ...(differences ? [{ title: 'Boys and girls', differences }] : []),
      ...compared.map((measure) => ({ title: measure.words, split: split(measure, by, counting, parts) })),
    ];
  },
  evaluation: (counting) => {
    const { rows, asked } = counting;
    const running = yearOf('grant', newYorkDate(asked.asOf));
    const grants = [2, 1, 0].map((back) => periodOf('grant', running - back));
    const over = trendsOver(evaluatedByYear, grants, counting);
    const years = over.periods.map(({ from }) => yearOf('grant', from));
    const aims = over.trends.flatMap(({ figures }) =>
      figures.map((figure, index) => againstTarget(figure, years[index] ?? running)),
    );
    return [
      { title: 'Before and after', differences: beforeAndAfter(evaluated, rows, asked.day, asked.asOf) },
      { title: 'By grant year', ...over, aims },
    ];
  },
  scorecard: ({ now, before, asked: { asOf }, listed, standing }) => {
    const scores = scorecard({ now, before, asOf, listed, standing });
    return practices.map((practice) => ({
      title: practiceWords[practice],
      scores: scores.filter((score) => score.practice === practice),
    }));
  },
} as const satisfies Readonly<Record<string, (counting: Counting) => readonly Section[]>>;

export type PageName = keyof typeof pageSections;
export const pageNames = Object.keys(pageSections) as readonly PageName[];

/** The page as it is computed from all rows at the watermark, and from what was read beside them. */
export function reportPage(
  page: PageName,
  rows: readonly FactRow[],
  asked: PageAsked,
  beside: Beside = { listed: [] },
): ReportPage {
  const period = periodOf(asked.calendar, asked.year);
  const before = periodOf(asked.calendar, asked.year - 1);
  const counting = {
    ...beside,
    rows,
    asked,
    period,
    now: cohortOf(rows, period, asked.asOf),
    before: cohortOf(rows, before, asked.asOf),
  };
  return { page, version: measuresVersion, period, before, asOf: asked.asOf, sections: pageSections[page](counting) };
}

/** The last year of a calendar that has ended at the watermark. */
export const lastYearOf = (calendar: CalendarName, asOf: string): number => yearOf(calendar, newYorkDate(asOf)) - 1;

type Without<Each, Name extends string> = Each extends unknown ? Omit<Each, Name> : never;
export type FigureAlone = Without<Figure, 'referrals'>;

/** A figure without the referrals behind it, for files and for readers who see figures alone. */
export function withoutReferrals(figure: Figure): FigureAlone {
  if (figure.kind === 'time') return figure;
  const { referrals: _, ...alone } = figure;
  return alone;
}

/** Every figure of a page, each with what it is a part of. */
export function figuresOf({ sections }: ReportPage): readonly { figure: Figure; by?: SplitName; part?: string }[] {
  return sections.flatMap(({ lines: listed = [], split: parted, trends = [] }) => [
    ...listed.flatMap(({ figure, before }) => [{ figure }, ...(before ? [{ figure: before }] : [])]),
    ...(parted
      ? [{ figure: parted.total }, ...parted.parts.map(({ value, figure }) => ({ figure, by: parted.by, part: value }))]
      : []),
    ...trends.flatMap(({ figures }) => figures.map((figure) => ({ figure }))),
  ]);
}
