/** The needs assessment: which services are missing, where, and why, beside what is listed. Children are counted, never declines. */
import * as z from 'zod';
import { type declineReasons, type Service, services } from '../domain/core/vocabulary.ts';
import { whereKnown } from '../domain/core/where-known.ts';
import type { FactRow, FactService } from '../domain/facts/fact-row-shape.ts';
import { providerPlace } from '../domain/services/providers.ts';
import type { Period } from './calendars.ts';
import { isUnmet, unmetNeeds } from './cases.ts';
import { type Cohort, cohortOf, isWorked } from './cohort.ts';
import { partWhere, valuesIn, valuesOf } from './cohort-parts.ts';
import { type Share, type SplitName, shareOf } from './figures.ts';
import { fewestForShare } from './measures.ts';
import { shareCells, shareHeadings, shareNotes, type Table } from './report-tables.ts';

/** A provider of the centralized listing, as far as it decides whether a child can be served. */
export const listedProvider = z.object({
  id: z.string().optional(),
  service: z.enum(services),
  /** The numbers of the regions that it serves. */
  regions: z.array(z.string()),
  /** Words in small letters, such as `spanish`. */
  languages: z.array(z.string()).default([]),
  retired: z.boolean().default(false),
  /** What a hospital or advocacy center says of itself. */
  place: providerPlace.optional(),
  /** When someone last listed or changed it here, a UTC instant. */
  saidAt: z.string().optional(),
});
export type ListedProvider = Readonly<z.infer<typeof listedProvider>>;

type DeclineReason = (typeof declineReasons)[number];

/** The kinds of gap in supply, by the reason that people record. */
export const gapOf = {
  'no-provider': 'none-listed',
  'no-capacity': 'no-capacity',
  'waiting-list': 'wait',
  'not-eligible': 'wrong-fit',
} as const satisfies Partial<Record<DeclineReason, string>>;
export const gapKinds = [...Object.values(gapOf), 'language'] as const;
export type GapKind = (typeof gapKinds)[number];

const gaps: Readonly<Partial<Record<DeclineReason, GapKind>>> = gapOf;
const needOf = (row: FactRow, service: Service): FactService | undefined =>
  row.services.find((each) => each.service === service);

/** The listed providers of a service in a region, those for every region where the child's is not known. */
const listedFor = (listed: readonly ListedProvider[], service: Service, region?: number): readonly ListedProvider[] =>
  listed.filter(
    (each) =>
      !each.retired && each.service === service && (region === undefined || each.regions.includes(String(region))),
  );

/** Why the need of a row is not met. Empty where it is met, or was declined for no gap in supply. */
export function gapsIn(row: FactRow, service: Service, listed: readonly ListedProvider[]): ReadonlySet<GapKind> {
  const need = needOf(row, service);
  if (!need || !isUnmet(need)) return new Set();
  const said = need.declines.flatMap(({ reason }) => gaps[reason] ?? []);
  const speaks = listedFor(listed, service, row.region);
  const isForeign = !['unknown', 'other', 'english'].includes(row.childLanguage);
  const isUnspoken = isForeign && !speaks.some(({ languages }) => languages.includes(row.childLanguage));
  // With no provider at all there is nothing to speak.
  return new Set([...said, ...(isUnspoken && speaks.length > 0 ? (['language'] as const) : [])]);
}

/** The median of the last known wait of each child, in days. Undefined below twenty. */
function waitOf({ children }: Cohort, service: Service): number | undefined {
  const waits = children.flatMap(({ referrals }) => {
    const declines = referrals.filter(isWorked).flatMap((row) => needOf(row, service)?.declines ?? []);
    const last = declines
      .filter(({ waitDays }) => waitDays !== undefined)
      .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
      .at(-1)?.waitDays;
    return last === undefined ? [] : [last];
  });
  if (waits.length < fewestForShare) return undefined;
  return waits.toSorted((one, other) => one - other)[Math.floor((waits.length - 1) / 2)];
}

/** What keeps the children who need a service from it, beside what is listed. */
export interface GapLine {
  readonly service: Service;
  readonly unmet: Share;
  /** Distinct children. A child may have several kinds of gap. */
  readonly kinds: Readonly<Record<GapKind, number>>;
  /** The median of the last known waits. Absent below twenty. */
  readonly waitDays?: number;
  readonly listed: number;
}

/** The line of a service. `region`: the one that these children live in, whose providers are counted. */
export function gapLine(cohort: Cohort, service: Service, listed: readonly ListedProvider[], region?: number): GapLine {
  const kinds = Object.fromEntries(gapKinds.map((kind) => [kind, 0])) as Record<GapKind, number>;
  for (const { referrals } of cohort.children) {
    const found = referrals.filter(isWorked).flatMap((row) => [...gapsIn(row, service, listed)]);
    for (const kind of new Set(found)) kinds[kind] += 1;
  }
  return {
    service,
    unmet: shareOf(unmetNeeds(service)(cohort)),
    kinds,
    ...whereKnown({ waitDays: waitOf(cohort, service) }),
    listed: listedFor(listed, service, region).length,
  };
}

const cellsOf = (cohort: Cohort, service: Service, listed: readonly ListedProvider[], region?: number) => {
  const line = gapLine(cohort, service, listed, region);
  return [
    ...shareCells(line.unmet),
    ...gapKinds.map((kind) => line.kinds[kind]),
    line.waitDays,
    line.listed,
    region === undefined ? new Set(listedFor(listed, service).flatMap(({ regions }) => regions)).size : undefined,
  ];
};

/**
 * A row for each service, then one for each part of it. `listed`: the providers of today. Restricted referrals are in none.
 */
export function needsTable(
  rows: readonly FactRow[],
  { period, asOf, by = 'region' }: { readonly period: Period; readonly asOf: string; readonly by?: SplitName },
  listed: readonly ListedProvider[],
): Table {
  const whole = cohortOf(rows, period, asOf);
  const parts = valuesIn(whole, by).map(
    (value) => [value, partWhere(whole, (row) => valuesOf(by, row).includes(value))] as const,
  );
  return {
    id: 'needs',
    title: `Children with an unmet need, by service and ${by}`,
    period: period.name,
    asOf,
    headings: ['service', by, ...shareHeadings, ...gapKinds, 'median_wait_days', 'providers_listed', 'regions_served'],
    rows: services.flatMap((service) => [
      [service, 'all', ...cellsOf(whole, service, listed)],
      ...parts.map(([value, part]) => {
        const region = by === 'region' && value !== 'unknown' ? Number(value) : undefined;
        return [service, value, ...cellsOf(part, service, listed, region)];
      }),
    ]),
    notes: [
      ...shareNotes,
      'A child counts once for a service, however many providers declined. A child may have several kinds of gap.',
      'Language is computed: no listed provider of the region speaks the language of the child.',
      'Transport is not asked where a service is declined, so no figure has it.',
      'Providers are those listed now. Restricted referrals are left out, because a total beside its parts would show them.',
    ],
  };
}
