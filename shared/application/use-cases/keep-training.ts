/**
 * Keeps the record of training. Each act is one commit in its chain. A number of a person becomes a code here, and is stored
 * nowhere.
 */
import * as z from 'zod';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import { addDays, newYorkDate } from '../../domain/policy/due.ts';
import { latestOf, type Standing, shortCode, standingOn } from '../../domain/training/coverage.ts';
import {
  allTraining,
  type Doubles,
  doublesOf,
  enterHeadcounts,
  importAttendance,
  keepMaterial,
  removeMaterial,
  type TrainingEvent,
  type TrainingState,
  takeBackAttendance,
} from '../../domain/training/training.ts';
import { courseCodes, materialKinds, materialLanguages } from '../../domain/training/training-codes.ts';
import {
  type FileProblem,
  learnerParts,
  readAttendance,
  readHeadcounts,
  readStaffList,
} from '../../domain/training/training-files.ts';
import { trainingRules } from '../../policy/training-rules.ts';
import type { Ledger } from '../../store/ledger.ts';
import { keyedFrame, personFrame, type Submission } from '../access/person-frame.ts';
import type { Visitor } from '../access/visitor.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';
import type { Reused } from '../input/submission.ts';
import { learnerCodes } from '../matching/learner-codes.ts';
import { keepsTraining } from '../read/shown-training.ts';

export interface KeepTrainingParts {
  readonly ledger: Pick<Ledger, 'training' | 'changeTraining'>;
  /** The secret of the vault, of which the key of learners is made. */
  readonly secretKey: () => Promise<string>;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

export const trainingFileInput = z.strictObject({
  /** The text of the file. */
  csv: z
    .string('Give the text of the file.')
    .min(1, 'Choose a file, or paste its lines.')
    .max(200_000, 'The file is too large. Import it in parts.'),
});
export const takeBackInput = z.strictObject({
  importId: z.string().regex(/^TI-\d{1,6}$/, 'Give the id of the import, such as TI-3.'),
});
export const removeMaterialInput = z.strictObject({
  materialId: z.string().regex(/^TM-\d{1,6}$/, 'Give the id of the link, such as TM-4.'),
});

/** An address without a name, a password or words of a search: any of them could tell of a person. */
function isPlainAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password, search, hash, hostname } = new URL(address);
  return (
    protocol === 'https:' && [username, password, search, hash].every((part) => part === '') && hostname.includes('.')
  );
}

export const materialInput = z
  .strictObject({
    course: z.enum(courseCodes),
    kind: z.enum(materialKinds),
    language: z.enum(materialLanguages),
    address: z
      .string()
      .trim()
      .max(300, 'Give a shorter address.')
      .refine((address) => !address.includes('@'), { error: 'An address of a link has no @.', abort: true })
      .refine(isPlainAddress, 'Give an address that begins with https:// and has no ? or #.'),
    reviewOn: z.iso.date('Give a day: month, day and year.').meta({ description: 'The day of the next review.' }),
    digest: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 of the file: 64 digits and letters a to f.'),
  })
  .meta({
    example: {
      course: 'police',
      kind: 'recording',
      language: 'spanish',
      address: 'https://learn.dcf.example/police-es.mp4',
      reviewOn: '2027-06-30',
      digest: '0'.repeat(64),
    },
  });

type Sent<Code extends string> =
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'refused'; readonly refusal: Refusal<Code> }
  | Reused;
/**
 * `lines`: how many lines a file had. `notCounted`: those of a course that does not count for their group. `doubles`: lines of the
 * file by number, which count once with the line or import that said the same.
 */
export type TrainingAnswer<Code extends string = string> =
  | {
      readonly kind: 'done';
      readonly state: TrainingState;
      readonly lines?: number;
      readonly notCounted?: number;
      readonly doubles?: Doubles;
    }
  | Sent<Code>;

/** `lines[3].role group`: a path that people and programs find in the file. */
const linePath = ({ line, field }: FileProblem): string =>
  field === undefined ? `lines[${line}]` : `lines[${line}].${field}`;
const wrong = (problems: readonly FileProblem[]) => ({
  kind: 'invalid' as const,
  problems: problems.map((each) => ({ path: linePath(each), sentence: each.sentence })),
});

type Decide<Code extends string> = (state: TrainingState, number: number) => readonly TrainingEvent[] | Refusal<Code>;
interface Act {
  readonly name: string;
  readonly sent: unknown;
  readonly submission?: Submission | undefined;
}

/** One act on the chain. A repeated submission with its key changes nothing. */
async function change<Code extends string = never>(
  parts: KeepTrainingParts,
  visitor: Visitor,
  { name, sent, submission }: Act,
  decide: Decide<Code>,
): Promise<TrainingAnswer<Exclude<Code, 'id-reused'> | 'record-in-doubt'>> {
  const plain = personFrame(parts, visitor, name, 'TRAINING');
  const frame = submission ? keyedFrame(plain, 'TRAINING', sent, submission) : plain;
  const after = await parts.ledger.changeTraining(allTraining, frame, decide);
  if (!isRefusal(after)) return { kind: 'done', state: after };
  if (after.refused === 'id-reused') return { kind: 'reused' };
  return { kind: 'refused', refusal: after as Refusal<Exclude<Code, 'id-reused'> | 'record-in-doubt'> };
}

/** Reads the input of a person who keeps the record. */
function readSent<Schema extends z.ZodType>(visitor: Visitor, schema: Schema, input: unknown) {
  if (!keepsTraining(visitor)) return { no: { kind: 'forbidden' } } as const;
  const parsed = readInput(schema, input);
  return parsed.problems ? ({ no: { kind: 'invalid', problems: parsed.problems } } as const) : { data: parsed.data };
}

/** Imports a file of attendance whole, or not at all. Each wrong field gets a sentence. */
export async function importTraining(
  parts: KeepTrainingParts,
  visitor: Visitor,
  input: unknown,
  submission?: Submission,
): Promise<TrainingAnswer<'imported-already' | 'record-in-doubt'>> {
  const { no, data } = readSent(visitor, trainingFileInput, input);
  if (no) return no;
  const read = readAttendance(data.csv, newYorkDate(parts.now));
  if ('problems' in read) return wrong(read.problems);
  const codeOf = learnerCodes(await parts.secretKey());
  const attended = read.lines.map((line) => {
    const { course, date, agency, town, rule } = line;
    return { course, date, agency, town, group: rule.group, learner: codeOf(learnerParts(line)) };
  });
  const notCounted = read.lines.filter(({ rule, course }) => !rule.courses.includes(course)).length;
  const act = { name: 'import-training', sent: data, submission };
  // A repeat under its key stores nothing, so it has no doubles.
  let found: Doubles = { inFile: [], before: [] };
  const answer = await change(parts, visitor, act, (state, number) => {
    found = doublesOf(state, attended);
    return importAttendance(state, attended, number);
  });
  if (answer.kind !== 'done') return answer;
  const linesAt = (places: readonly number[]) => places.flatMap((place) => read.lines[place]?.line ?? []);
  const doubles = { inFile: linesAt(found.inFile), before: linesAt(found.before) };
  return { ...answer, lines: read.lines.length, notCounted, doubles };
}

/** Takes a wrong import back. */
export async function takeBackImport(
  parts: KeepTrainingParts,
  visitor: Visitor,
  input: unknown,
  submission?: Submission,
): Promise<TrainingAnswer<'no-such-import' | 'record-in-doubt'>> {
  const { no, data } = readSent(visitor, takeBackInput, input);
  if (no) return no;
  const act = { name: 'take-back-training', sent: data, submission };
  return change(parts, visitor, act, (state) => takeBackAttendance(state, data.importId));
}

/** Enters a file of headcounts whole, or not at all. */
export async function importHeadcounts(
  parts: KeepTrainingParts,
  visitor: Visitor,
  input: unknown,
  submission?: Submission,
): Promise<TrainingAnswer<'record-in-doubt'>> {
  const { no, data } = readSent(visitor, trainingFileInput, input);
  if (no) return no;
  const read = readHeadcounts(data.csv, newYorkDate(parts.now));
  if ('problems' in read) return wrong(read.problems);
  const act = { name: 'enter-headcounts', sent: data, submission };
  const answer = await change(parts, visitor, act, (state) => enterHeadcounts(state, read.lines));
  return answer.kind === 'done' ? { ...answer, lines: read.lines.length } : answer;
}

/** Puts a link into the list of materials. Its day of review is to come. */
export async function addMaterial(
  parts: KeepTrainingParts,
  visitor: Visitor,
  input: unknown,
  submission?: Submission,
): Promise<TrainingAnswer<'material-there' | 'too-many-materials' | 'record-in-doubt'>> {
  const { no, data } = readSent(visitor, materialInput, input);
  if (no) return no;
  const today = newYorkDate(parts.now);
  if (data.reviewOn <= today || data.reviewOn > addDays(today, 5 * 366)) {
    const sentence = 'Give a day that is still to come, within five years.';
    return { kind: 'invalid', problems: [{ path: 'reviewOn', sentence }] };
  }
  const act = { name: 'keep-material', sent: data, submission };
  return change(parts, visitor, act, (state, number) => keepMaterial(state, data, number));
}

/** Takes a link out of the list. */
export async function takeMaterialOut(
  parts: KeepTrainingParts,
  visitor: Visitor,
  input: unknown,
  submission?: Submission,
): Promise<TrainingAnswer<'no-such-material' | 'record-in-doubt'>> {
  const { no, data } = readSent(visitor, removeMaterialInput, input);
  if (no) return no;
  const act = { name: 'remove-material', sent: data, submission };
  return change(parts, visitor, act, (state) => removeMaterial(state, data.materialId));
}

/** One line of a staff list. `never`: no training that counts is recorded. */
export interface CheckedLine {
  readonly line: number;
  readonly code: string;
  readonly standing: Standing | 'never';
  readonly trainedOn?: string;
  readonly dueOn?: string;
}

export type StaffListAnswer =
  | { readonly kind: 'done'; readonly lines: readonly CheckedLine[] }
  | Extract<Sent<never>, { readonly kind: 'invalid' | 'forbidden' }>;

/** Says of each line of a staff list whether the person is current. The staff list is stored nowhere. */
export async function checkStaffList(
  parts: KeepTrainingParts,
  visitor: Visitor,
  input: unknown,
): Promise<StaffListAnswer> {
  const { no, data } = readSent(visitor, trainingFileInput, input);
  if (no) return no;
  const read = readStaffList(data.csv);
  if ('problems' in read) return wrong(read.problems);
  const [state, secret] = await Promise.all([parts.ledger.training(), parts.secretKey()]);
  const codeOf = learnerCodes(secret);
  const latest = latestOf(state, trainingRules);
  const today = newYorkDate(parts.now);
  const lines = read.lines.map((each): CheckedLine => {
    const learner = codeOf(learnerParts(each));
    const last = latest.get(learner);
    const rule = last && trainingRules.find(({ group }) => group === last.group);
    const { line } = each;
    const code = shortCode(learner);
    if (!rule) return { line, code, standing: 'never' };
    return { line, code, trainedOn: last.date, ...standingOn(today, last.date, rule) };
  });
  return { kind: 'done', lines };
}
