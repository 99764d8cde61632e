/**
 * DCF regions, area offices, judicial districts and the multi-disciplinary teams of a district. `towns.ts` says which of them serves each
 * town. Districts change on a date, so a referral is routed by the New York date of its report.
 */
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import type { Confidence } from '../../domain/policy/confidence.ts';
import { readDay } from '../read-day.ts';
import { type JudicialDistrict, type OfficeId, type RegionId, towns } from './towns.ts';

/** Source: data.ct.gov, CT DCF Region/Area Boundaries; rockingrecovery.org. */
export const regions: readonly { readonly id: RegionId; readonly name: string }[] = [
  { id: 1, name: 'Southwest' },
  { id: 2, name: 'South Central' },
  { id: 3, name: 'Eastern' },
  { id: 4, name: 'North Central' },
  { id: 5, name: 'Western' },
  { id: 6, name: 'Central' },
];

/** Source: as for the regions. Meriden's region is inferred from the region of the town of Meriden. */
export const offices: readonly {
  readonly id: OfficeId;
  readonly name: string;
  readonly region: RegionId;
  readonly confidence: Confidence;
}[] = [
  { id: 'BRIDGEPORT', name: 'Bridgeport', region: 1, confidence: 'verified' },
  { id: 'NORWALK', name: 'Norwalk', region: 1, confidence: 'verified' },
  { id: 'NEW-HAVEN', name: 'New Haven', region: 2, confidence: 'verified' },
  { id: 'MILFORD', name: 'Milford', region: 2, confidence: 'verified' },
  { id: 'MIDDLETOWN', name: 'Middletown', region: 3, confidence: 'verified' },
  { id: 'NORWICH', name: 'Norwich', region: 3, confidence: 'verified' },
  { id: 'WILLIMANTIC', name: 'Willimantic', region: 3, confidence: 'verified' },
  { id: 'HARTFORD', name: 'Hartford', region: 4, confidence: 'verified' },
  { id: 'MANCHESTER', name: 'Manchester', region: 4, confidence: 'verified' },
  { id: 'DANBURY', name: 'Danbury', region: 5, confidence: 'verified' },
  { id: 'TORRINGTON', name: 'Torrington', region: 5, confidence: 'verified' },
  { id: 'WATERBURY', name: 'Waterbury', region: 5, confidence: 'verified' },
  { id: 'MERIDEN', name: 'Meriden', region: 6, confidence: 'believed' },
  { id: 'NEW-BRITAIN', name: 'New Britain', region: 6, confidence: 'verified' },
];

export const judicialDistricts: readonly JudicialDistrict[] = [
  'Ansonia-Milford',
  'Danbury',
  'Fairfield',
  'Hartford',
  'Litchfield',
  'Middlesex',
  'New Britain',
  'New Haven',
  'New London',
  'Stamford-Norwalk',
  'Tolland',
  'Waterbury',
  'Windham',
];

export interface MdtTeam {
  /** As in `MDT-NEW-HAVEN`. */
  readonly id: string;
  readonly name: string;
  readonly judicialDistrict: JudicialDistrict;
  readonly confidence: Confidence;
}

/**
 * The 17 teams. The number is known (ctchildrensalliance.org), but sources name only four. The others are this project's
 * assumption, at least one for each district, until the Children's Alliance confirms its directory.
 */
export const mdtTeams: readonly MdtTeam[] = [
  // southcentralcacct.org: separate New Haven and Ansonia/Milford teams.
  {
    id: 'MDT-ANSONIA-MILFORD',
    name: 'Ansonia-Milford MDT',
    judicialDistrict: 'Ansonia-Milford',
    confidence: 'verified',
  },
  { id: 'MDT-DANBURY', name: 'Danbury MDT', judicialDistrict: 'Danbury', confidence: 'assumed' },
  // The Center for Family Justice's own site.
  {
    id: 'MDT-GREATER-BRIDGEPORT',
    name: 'Greater Bridgeport MDT',
    judicialDistrict: 'Fairfield',
    confidence: 'verified',
  },
  { id: 'MDT-HARTFORD', name: 'Hartford MDT', judicialDistrict: 'Hartford', confidence: 'assumed' },
  { id: 'MDT-MANCHESTER', name: 'Manchester MDT', judicialDistrict: 'Hartford', confidence: 'assumed' },
  { id: 'MDT-LITCHFIELD', name: 'Litchfield MDT', judicialDistrict: 'Litchfield', confidence: 'assumed' },
  { id: 'MDT-MIDDLESEX', name: 'Middlesex MDT', judicialDistrict: 'Middlesex', confidence: 'assumed' },
  { id: 'MDT-NEW-BRITAIN', name: 'New Britain MDT', judicialDistrict: 'New Britain', confidence: 'assumed' },
  { id: 'MDT-NEW-HAVEN', name: 'New Haven MDT', judicialDistrict: 'New Haven', confidence: 'verified' },
  { id: 'MDT-MERIDEN', name: 'Meriden MDT', judicialDistrict: 'New Haven', confidence: 'assumed' },
  { id: 'MDT-NEW-LONDON', name: 'New London MDT', judicialDistrict: 'New London', confidence: 'assumed' },
  { id: 'MDT-NORWICH', name: 'Norwich MDT', judicialDistrict: 'New London', confidence: 'assumed' },
  // Children's Connection's own site.
  {
    id: 'MDT-GREATER-NORWALK',
    name: 'Greater Norwalk MDT',
    judicialDistrict: 'Stamford-Norwalk',
    confidence: 'verified',
  },
  { id: 'MDT-STAMFORD', name: 'Stamford MDT', judicialDistrict: 'Stamford-Norwalk', confidence: 'assumed' },
  { id: 'MDT-TOLLAND', name: 'Tolland MDT', judicialDistrict: 'Tolland', confidence: 'assumed' },
  { id: 'MDT-WATERBURY', name: 'Waterbury MDT', judicialDistrict: 'Waterbury', confidence: 'assumed' },
  { id: 'MDT-WINDHAM', name: 'Windham MDT', judicialDistrict: 'Windham', confidence: 'assumed' },
];

/** The day on which Public Act 25-91 took effect: six towns of the Farmington valley moved to Litchfield. */
export const districtsChangedOn = '2025-10-01';

export interface Route {
  /** The town's name as the table spells it. */
  readonly town: string;
  readonly region: { readonly value: RegionId; readonly name: string; readonly confidence: Confidence };
  readonly office: { readonly value: OfficeId; readonly name: string; readonly confidence: Confidence };
  readonly judicialDistrict: { readonly value: JudicialDistrict; readonly confidence: Confidence };
}

/** The state after a town's name, as in an address: it is ignored. */
const stateBehind = /(?:\s*,\s*|\s+)(?:ct|conn\.?|connecticut)\s*$/i;
const keyOf = (town: string) => town.replace(stateBehind, '').replaceAll(/\s/g, '').toLowerCase();
function nameOf<Id>(list: readonly { readonly id: Id; readonly name: string }[], id: Id): string | undefined {
  return list.find((each) => each.id === id)?.name;
}

/**
 * The offices of `town` for a report of `date` (`YYYY-MM-DD`, the New York date). Case and spaces in the name do not matter.
 * Undefined for an unknown town: then a person must choose. Throws RangeError for a malformed date.
 */
export function routeTown(town: string, date: string): Route | undefined {
  const before = PlainDate.compare(readDay(date), readDay(districtsChangedOn)) < 0;
  const found = towns.find(({ name }) => keyOf(name) === keyOf(town));
  if (found === undefined) return undefined;
  return {
    town: found.name,
    region: {
      value: found.region,
      name: nameOf(regions, found.region) ?? String(found.region),
      confidence: found.regionConfidence,
    },
    office: {
      value: found.office,
      name: nameOf(offices, found.office) ?? found.office,
      confidence: found.officeConfidence,
    },
    judicialDistrict: before
      ? { value: found.districtBefore, confidence: found.districtBeforeConfidence }
      : { value: found.district, confidence: found.districtConfidence },
  };
}

/** Whether a part of the route has no source, so that a person must confirm it. */
export function needsConfirmation(route: Route): boolean {
  return [route.region, route.office, route.judicialDistrict].some(({ confidence }) => confidence !== 'verified');
}

/** The teams of a judicial district, the one to propose at the front. Empty for an unknown district. */
export function teamsOf(judicialDistrict: string): readonly MdtTeam[] {
  return mdtTeams.filter((team) => team.judicialDistrict === judicialDistrict);
}
