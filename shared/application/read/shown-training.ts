/** Training as its readers see it: coverage as counts, who is due again as codes, and the materials. It names no one. */
import type { Role } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { newYorkDate } from '../../domain/policy/due.ts';
import { placeWords } from '../../domain/training/agency-name.ts';
import { type Coverage, coverageOf, type DueAgain, dueAgain } from '../../domain/training/coverage.ts';
import type { Material, TrainingState } from '../../domain/training/training.ts';
import { trainingBaselines, trainingRules } from '../../policy/training-rules.ts';
import { csvOf } from '../../reports/csv.ts';
import { fewestForShare } from '../../reports/measures.ts';
import type { Ledger } from '../../store/ledger.ts';
import { isOneOf, ownOf, type Visitor } from '../access/visitor.ts';

export interface TrainingParts {
  readonly ledger: Pick<Ledger, 'training'>;
  /** UTC instant. */
  readonly now: string;
}

export const trainers: readonly Role[] = ['trainer'];
/** Who reads coverage alone, beside trainers. */
export const coverageReaders: readonly Role[] = [...trainers, 'program-manager', 'hart-director', 'evaluator'];

/** Whether this person keeps the record of training. A delegate does not. */
export const keepsTraining = (visitor: Visitor): boolean => isOneOf(ownOf(visitor), trainers);

/** `share`: of 100. Absent without a headcount, for few people, and where more are current than there are people. */
export interface ShownCoverage extends Coverage {
  readonly share?: number;
  /** More people are current than the headcount says: one of the two is old. */
  readonly exceeds?: true;
}

/** A line with its share, where one can be said. Below twenty people there is no percentage. */
export function withShare<Given extends Coverage>(coverage: Given): Given & ShownCoverage {
  const { current, headcount } = coverage;
  if (headcount === undefined) return coverage;
  if (current > headcount) return { ...coverage, exceeds: true };
  return headcount < fewestForShare ? coverage : { ...coverage, share: Math.round((100 * current) / headcount) };
}

export interface TrainingView {
  /** The New York day on which it was counted. */
  readonly asOf: string;
  readonly rules: typeof trainingRules;
  readonly groups: readonly ShownCoverage[];
  readonly towns: readonly (ShownCoverage & { readonly town: string })[];
  readonly agencies: readonly (ShownCoverage & { readonly town: string; readonly agency: string })[];
  readonly baselines: typeof trainingBaselines;
}

/** The coverage. Undefined for a person who may not read it. */
export const trainingFor = async (
  { ledger, now }: TrainingParts,
  visitor: Visitor,
): Promise<TrainingView | undefined> =>
  isOneOf(visitor, coverageReaders) ? trainingView(await ledger.training(), now) : undefined;

/** The coverage at `now`, a UTC instant. */
export function trainingView(state: TrainingState, now: string): TrainingView {
  const { groups, towns, agencies } = coverageOf(state, trainingRules, now);
  return {
    asOf: newYorkDate(now),
    rules: trainingRules,
    groups: groups.map(withShare),
    towns: towns.map(withShare),
    agencies: agencies.map(withShare),
    baselines: trainingBaselines,
  };
}

/** Who is due again, by agency, as codes. Undefined for a person who does not keep the record. */
export async function dueFor(
  { ledger, now }: TrainingParts,
  visitor: Visitor,
): Promise<readonly DueAgain[] | undefined> {
  return keepsTraining(visitor) ? dueAgain(await ledger.training(), trainingRules, now) : undefined;
}

/** One imported file, without the people in it. */
export interface ShownImport {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly people: number;
  readonly agencies: number;
  readonly takenBackAt?: string;
}

/** The imported files, the latest first. Undefined for a person who does not keep the record. */
export async function importsFor(
  { ledger }: TrainingParts,
  visitor: Visitor,
): Promise<readonly ShownImport[] | undefined> {
  if (!keepsTraining(visitor)) return undefined;
  const { imports } = await ledger.training();
  return imports
    .map(({ id, at, by, sessions, takenBack }) => ({
      id,
      at,
      by,
      people: new Set(sessions.flatMap(({ learners }) => learners)).size,
      agencies: new Set(sessions.map(({ agency, town }) => `${agency} ${town}`)).size,
      ...whereKnown({ takenBackAt: takenBack?.at }),
    }))
    .toReversed();
}

export interface ShownMaterial extends Material {
  /** Its day of review has come. */
  readonly isDue: boolean;
}

/** The materials, by course, kind and language. Undefined for a person who may not read them. */
export async function materialsFor(
  { ledger, now }: TrainingParts,
  visitor: Visitor,
): Promise<readonly ShownMaterial[] | undefined> {
  if (!isOneOf(visitor, coverageReaders)) return undefined;
  const { materials } = await ledger.training();
  const keyOf = ({ course, kind, language, id }: Material) => `${course} ${kind} ${language} ${id}`;
  return materials
    .map((each) => ({ ...each, isDue: each.reviewOn <= newYorkDate(now) }))
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

const heads = ['Level', 'Group', 'Town', 'Agency', 'Current', 'Due soon', 'Due again', 'Headcount', 'As of', 'Percent'];

/** The coverage as a table for spreadsheets. No cell can be read as a formula. */
export function coverageFile({ groups, towns, agencies, asOf, baselines }: TrainingView): string {
  const nameOf = (group: string) => trainingRules.find((rule) => rule.group === group)?.name ?? group;
  const row = (level: string, coverage: ShownCoverage, town = '', agency = '') => [
    level,
    nameOf(coverage.group),
    placeWords(town),
    placeWords(agency),
    coverage.current,
    coverage.soon,
    coverage.due,
    coverage.headcount ?? 'unknown',
    coverage.asOf,
    coverage.share,
  ];
  return csvOf([
    heads,
    ...groups.map((each) => row('state', each)),
    ...towns.map((each) => row('town', each, each.town)),
    ...agencies.map((each) => row('agency', each, each.town, each.agency)),
    [],
    ['Counted on', asOf],
    ...baselines.map(({ words, source }) => ['Baseline, not counted here', `${words}. ${source}.`]),
  ]);
}
