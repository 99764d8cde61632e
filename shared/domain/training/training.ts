/**
 * Who was trained, when and where, as counts. One chain of the ledger holds it. It shares no key with a referral. A person
 * stands in it as a code that only the key of the vault can make of a number.
 */
import * as z from 'zod';
import type { CommitHead } from '../core/commit-head.ts';
import { type Refusal, refuser } from '../core/refusal.ts';
import type { CourseCode, GroupCode, MaterialKind, MaterialLanguage } from './training-codes.ts';
import { trainingRefusals } from './training-refusals.ts';

const refuse = refuser(trainingRefusals);

/** The id of the one chain. */
export const allTraining = 'COVERAGE';

/** A code of a list that may grow: a stored one is read as it is. */
const code = <Code extends string>() => z.custom<Code>((stored) => typeof stored === 'string');
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const where = { agency: z.string(), town: z.string(), group: code<GroupCode>() };

/** People of one agency who took one course on one day. */
const session = z.object({ course: code<CourseCode>(), date: day, ...where, learners: z.array(z.string()) });
export type Session = z.infer<typeof session>;

const headcount = z.object({ ...where, count: z.int(), asOf: day });
export type Headcount = z.infer<typeof headcount>;

const material = z.object({
  id: z.string(),
  course: code<CourseCode>(),
  kind: code<MaterialKind>(),
  language: code<MaterialLanguage>(),
  address: z.string(),
  /** The New York day on which a person looks at it again. */
  reviewOn: day,
  /** The SHA-256 of the file, in hex. */
  digest: z.string(),
});
export type Material = z.infer<typeof material>;

export const trainingEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('attendance-imported'), v: z.literal(1), id: z.string(), sessions: z.array(session) }),
  z.object({ type: z.literal('attendance-taken-back'), v: z.literal(1), id: z.string() }),
  z.object({ type: z.literal('headcounts-entered'), v: z.literal(1), headcounts: z.array(headcount) }),
  z.object({ type: z.literal('material-kept'), v: z.literal(1), ...material.shape }),
  z.object({ type: z.literal('material-removed'), v: z.literal(1), id: z.string() }),
]);
export type TrainingEvent = z.infer<typeof trainingEvent>;

/** Reads a stored event of the chain. Throws a ZodError that names the field where the event is not valid. */
export const readTrainingEvent = (stored: unknown): TrainingEvent => trainingEvent.parse(stored);

/** One imported file. `at` is a UTC instant. */
export interface Import {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly sessions: readonly Session[];
  readonly takenBack?: { readonly by: string; readonly at: string };
}

export interface TrainingState {
  readonly imports: readonly Import[];
  /** The latest of each agency, town and group. */
  readonly headcounts: readonly Headcount[];
  readonly materials: readonly Material[];
}
export const noTraining: TrainingState = { imports: [], headcounts: [], materials: [] };

type Place = Pick<Headcount, 'agency' | 'town' | 'group'>;
export const placeKey = ({ agency, town, group }: Place): string => `${group} ${town} ${agency}`;

const byPlace = (one: Place, other: Place): number => (placeKey(one) < placeKey(other) ? -1 : 1);

/** Each place once, with its latest count. Of two of one day, the later entry counts. */
function joined(known: readonly Headcount[], entered: readonly Headcount[]): readonly Headcount[] {
  const latest = new Map(known.map((each) => [placeKey(each), each]));
  for (const each of entered) {
    const before = latest.get(placeKey(each));
    if (!before || before.asOf <= each.asOf) latest.set(placeKey(each), each);
  }
  return [...latest.values()].toSorted(byPlace);
}

function applied(state: TrainingState, event: TrainingEvent, by: string, at: string): TrainingState {
  switch (event.type) {
    case 'attendance-imported': {
      const { id, sessions } = event;
      return { ...state, imports: [...state.imports, { id, by, at, sessions }] };
    }
    case 'attendance-taken-back': {
      const takenBack = { by, at };
      return { ...state, imports: state.imports.map((each) => (each.id === event.id ? { ...each, takenBack } : each)) };
    }
    case 'headcounts-entered':
      return { ...state, headcounts: joined(state.headcounts, event.headcounts) };
    case 'material-kept': {
      const { type: _, v: __, ...kept } = event;
      return { ...state, materials: [...state.materials, kept] };
    }
    case 'material-removed':
      return { ...state, materials: state.materials.filter(({ id }) => id !== event.id) };
  }
}

type TrainingCommit = CommitHead & { readonly events: readonly TrainingEvent[] };

/** The state after these commits of the chain. */
export function foldTraining(commits: readonly TrainingCommit[], from: TrainingState = noTraining): TrainingState {
  let state = from;
  for (const { events, at, actor } of commits) {
    for (const event of events) state = applied(state, event, actor.id, at);
  }
  return state;
}

/** A line of a file of attendance, with the code of the person in the place of the number. */
export interface Attended extends Omit<Session, 'learners'> {
  readonly learner: string;
}

/** The lines as sessions: each person once in each, in one order for every order of the lines. */
export function sessionsOf(attended: readonly Attended[]): readonly Session[] {
  const keyOf = ({ course, date, ...place }: Omit<Session, 'learners'>) => `${course} ${date} ${placeKey(place)}`;
  return [...Map.groupBy(attended, keyOf)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, [first, ...more]]) => {
      if (!first) return [];
      const { course, date, agency, town, group } = first;
      const learners = [...new Set([first, ...more].map(({ learner }) => learner))].toSorted();
      return [{ course, date, agency, town, group, learners }];
    });
}

/** The events of an imported file, or a refusal where the same file counts already. `number`: the place of the commit. */
export function importAttendance(
  { imports }: TrainingState,
  attended: readonly Attended[],
  number: number,
): readonly TrainingEvent[] | Refusal<'imported-already'> {
  const sessions = sessionsOf(attended);
  const content = JSON.stringify(sessions);
  const same = imports.find((each) => !each.takenBack && JSON.stringify(sessionsAgain(each.sessions)) === content);
  if (same) return refuse('imported-already', { id: same.id });
  return [{ type: 'attendance-imported', v: 1, id: `TI-${number}`, sessions: [...sessions] }];
}

/** The places, from 0, of lines that say again that a person took a course on a day. Such a line counts once with the other one. */
export interface Doubles {
  /** Said by an earlier line of the file. */
  readonly inFile: readonly number[];
  /** Said by an import that counts. */
  readonly before: readonly number[];
}

/** Which lines of a file are doubles, whatever agency they name. */
export function doublesOf({ imports }: Pick<TrainingState, 'imports'>, attended: readonly Attended[]): Doubles {
  const keyOf = ({ course, date }: Pick<Session, 'course' | 'date'>, learner: string) => `${course} ${date} ${learner}`;
  const counted = imports.filter(({ takenBack }) => !takenBack).flatMap(({ sessions }) => sessions);
  const recorded = new Set(counted.flatMap((each) => each.learners.map((learner) => keyOf(each, learner))));
  const keys = attended.map((each) => keyOf(each, each.learner));
  const places = keys.map((_, place) => place);
  const firsts = new Map(keys.map((key, place) => [key, place] as const).toReversed());
  const isFirst = (place: number) => firsts.get(keys[place] ?? '') === place;
  return {
    inFile: places.filter((place) => !isFirst(place)),
    before: places.filter((place) => isFirst(place) && recorded.has(keys[place] ?? '')),
  };
}

/** As `sessionsOf` gives them: the ledger stores fields in another order. */
const sessionsAgain = (sessions: readonly Session[]): readonly Session[] =>
  sessionsOf(sessions.flatMap(({ learners, ...shared }) => learners.map((learner) => ({ ...shared, learner }))));

/** The events of an import that was wrong, or a refusal. Coverage is then as if the file had never come. */
export function takeBackAttendance(
  { imports }: TrainingState,
  id: string,
): readonly TrainingEvent[] | Refusal<'no-such-import'> {
  const found = imports.find((each) => each.id === id && !each.takenBack);
  return found ? [{ type: 'attendance-taken-back', v: 1, id }] : refuse('no-such-import');
}

/** The events of entered headcounts. Those that say nothing new add nothing. */
export function enterHeadcounts(state: TrainingState, entered: readonly Headcount[]): readonly TrainingEvent[] {
  const said = ({ count, asOf, ...place }: Headcount) => `${placeKey(place)} ${count} ${asOf}`;
  const before = new Set(state.headcounts.map(said));
  if (joined(state.headcounts, entered).every((each) => before.has(said(each)))) return [];
  return [{ type: 'headcounts-entered', v: 1, headcounts: entered.toSorted(byPlace) }];
}

export const mostMaterials = 200;

/** The events of a link that joins the list, or a refusal. */
export function keepMaterial(
  { materials }: TrainingState,
  kept: Omit<Material, 'id'>,
  number: number,
): readonly TrainingEvent[] | Refusal<'material-there' | 'too-many-materials'> {
  if (materials.some(({ address, digest }) => address === kept.address && digest === kept.digest)) {
    return refuse('material-there');
  }
  if (materials.length >= mostMaterials) return refuse('too-many-materials', { most: mostMaterials });
  return [{ type: 'material-kept', v: 1, id: `TM-${number}`, ...kept }];
}

/** The events of a link that leaves the list, or a refusal. */
export const removeMaterial = (
  { materials }: TrainingState,
  id: string,
): readonly TrainingEvent[] | Refusal<'no-such-material'> =>
  materials.some((each) => each.id === id) ? [{ type: 'material-removed', v: 1, id }] : refuse('no-such-material');
