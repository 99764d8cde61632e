/**
 * Keeps concerns about venues for Consumer Protection. Police speak first, a second person approves, and then a person takes a
 * file to hand over. The chain shares no key with a referral: see docs/decisions/062.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { isRefusal } from '../../domain/core/refusal.ts';
import { policeSteps, type Role, venueConcerns, venueKinds } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { addDays, newYorkDate } from '../../domain/policy/due.ts';
import { refuse } from '../../domain/refusals.ts';
import {
  allVenues,
  answerVenue,
  equalsOf,
  hasPartIn,
  isLicense,
  isOpenToPolice,
  isoWeekOf,
  type PoliceSaid,
  policeOf,
  standingHolds,
  takeFile,
  type VenueAnswer,
  type VenueConcern,
  type VenueState,
  type VenueStep,
  venueIdAt,
  venueIdPattern,
  venueStateOf,
  venueStepOf,
  weekPattern,
} from '../../domain/venues/venues.ts';
import { words } from '../../domain/words/code-words.ts';
import { towns } from '../../policy/places/towns.ts';
import { statePolice } from '../../policy/public-hotlines.ts';
import { csvOf } from '../../reports/csv.ts';
import type { Directory } from '../../store/directory-reads.ts';
import type { Ledger } from '../../store/ledger.ts';
import { keyedFrame, personFrame, type Submission } from '../access/person-frame.ts';
import { auditors, isOneOf, ownOf, type Visitor } from '../access/visitor.ts';
import { type Kept, notKept } from '../input/kept.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';

interface VenueParts {
  readonly ledger: Pick<Ledger, 'venues' | 'changeVenues'>;
  /** UTC instant. */
  readonly now: string;
}

interface VenueStepParts {
  readonly ledger: Pick<Ledger, 'venues'>;
  /** UTC instant. */
  readonly now: string;
}

/** The police agencies that may have answered are those of the town, and the State Police. */
type PoliceDirectory = Pick<Directory, 'agencies'>;

/** They raise a concern. Those of HART also record the word of police. */
export const venueRaisers: readonly Role[] = ['hart-liaison', 'hart-lead', 'hart-director', 'program-manager'];
export const policeRecorders: readonly Role[] = ['hart-liaison', 'hart-lead'];
export const venueApprovers: readonly Role[] = ['hart-director', 'program-manager'];
export const venueReaders: readonly Role[] = [...venueRaisers, ...auditors];

/** A concern is raised within so many days. */
const daysBack = 366;

export const venueInput = z
  .strictObject({
    kind: z.enum(venueKinds).meta({ description: 'The kind of the venue.', example: 'massage-establishment' }),
    license: z
      .string()
      .trim()
      .toUpperCase()
      .refine(isLicense, 'Give the license as letters, a dot and seven digits, such as HOT.0001234, or leave it empty.')
      .optional()
      .meta({ description: 'The license that Consumer Protection gave. Never a name.', example: 'HOT.0001234' }),
    town: z
      .string()
      .refine((name) => towns.some((town) => town.name === name), 'Town not recognized. Choose one.')
      .meta({ description: 'The town of the venue.', example: 'Meriden' }),
    concern: z.enum(venueConcerns).meta({ description: 'What the concern is.', example: 'no-license-shown' }),
    week: z
      .string()
      .trim()
      .toUpperCase()
      .regex(weekPattern, 'Give a week, such as 2026-W48. Never give a day.')
      .meta({ description: 'The ISO week, never a day.', example: '2026-W48' }),
    besides: z
      .array(z.string().regex(venueIdPattern, 'Give the id of a concern, such as VC-3.'))
      .max(50, 'Give at most 50 ids.')
      .optional()
      .meta({ description: 'Equal concerns that you have read. Yours is another one.', example: ['VC-1'] }),
  })
  .meta({ example: { kind: 'massage-establishment', town: 'Meriden', concern: 'no-license-shown', week: '2026-W48' } });

const day = (description: string, example: string) =>
  z.iso.date('Give a day: month, day and year.').meta({ description, example });

export const policeWordInput = z.strictObject({
  step: z.enum(policeSteps).meta({ description: 'What police answered.', example: 'police-clear' }),
  agency: z
    .string()
    .meta({ description: 'The police agency of the town that answered, or the State Police.', example: 'PD-MERIDEN' }),
  answeredOn: day('The New York day on which police answered.', '2026-11-25'),
  until: day('The last day on which police ask to wait. Only with a hold.', '2026-12-31').optional(),
});

export const venueAnswerInput = z
  .discriminatedUnion('step', [policeWordInput, z.strictObject({ step: z.enum(['approved', 'declined']) })], {
    error: 'Choose one of the answers.',
  })
  .meta({ example: { step: 'police-clear', agency: 'A-STATE-POLICE', answeredOn: '2026-11-25' } });

/** An input without its step is read as a word of police too. So all its problems are told at once. */
function readAnswer(input: unknown) {
  const parsed = readInput(venueAnswerInput, input);
  if (!parsed.problems?.some(({ path }) => path === 'step') || typeof input !== 'object') return parsed;
  const others = readInput(policeWordInput, { ...input, step: 'police-clear' }).problems ?? [];
  return { problems: [...parsed.problems, ...others] };
}

/** A concern with the acts that this person may do. */
export interface ShownConcern extends VenueConcern {
  readonly state: VenueState;
  /** The word of police that counts: a hold that stands, or else the last word. */
  readonly police?: PoliceSaid;
  /** The holds that stand. Each waits for its own agency. */
  readonly holds: readonly PoliceSaid[];
  /** The ids of other concerns of the same kind, license and town, within four weeks. */
  readonly equals: readonly string[];
  readonly maySpeakForPolice: boolean;
  readonly mayApprove: boolean;
  readonly mayDecline: boolean;
  readonly mayTakeFile: boolean;
}

export interface VenueFile {
  readonly name: string;
  /** The SHA-256, in hex. The record of the handover has it too. */
  readonly digest: string;
  readonly csv: string;
}

/** By roles of their own: a delegate neither raises a concern nor answers one. */
const personOf = (by: Visitor): Visitor => ownOf(by);

function shown(concern: VenueConcern, all: readonly VenueConcern[], visitor: Visitor): ShownConcern {
  const state = venueStateOf(concern);
  const isOpen = !['approved', 'handed-over', 'declined'].includes(state);
  const isApprover = isOneOf(visitor, venueApprovers);
  return {
    ...concern,
    state,
    ...whereKnown({ police: policeOf(concern) }),
    holds: standingHolds(concern),
    equals: equalsOf(all, concern).flatMap(({ id }) => (id === concern.id ? [] : [id])),
    maySpeakForPolice: isOpenToPolice(concern) && isOneOf(visitor, policeRecorders),
    mayApprove: state === 'waits-for-approval' && isApprover && !hasPartIn(concern, visitor.id),
    mayDecline: isOpen && (isApprover || concern.raised.by === visitor.id),
    mayTakeFile: (state === 'approved' || state === 'handed-over') && isOneOf(visitor, venueRaisers),
  };
}

/** All concerns, the latest first. Undefined for a person who may not read them. */
export async function listVenues(
  { ledger }: Pick<VenueParts, 'ledger'>,
  by: Visitor,
): Promise<readonly ShownConcern[] | undefined> {
  const visitor = personOf(by);
  if (!isOneOf(visitor, venueReaders)) return undefined;
  const all = await ledger.venues();
  return all.toReversed().map((each) => shown(each, all, visitor));
}

/** What this person can do for concerns of others, the oldest first. Those who have a part in one approve nothing of it. */
export async function venueStepsFor({ ledger, now }: VenueStepParts, by: Visitor): Promise<readonly VenueStep[]> {
  const visitor = personOf(by);
  if (!isOneOf(visitor, [...policeRecorders, ...venueApprovers])) return [];
  const today = newYorkDate(now);
  return (await ledger.venues()).flatMap((concern) => {
    const what = venueStepOf(concern, today);
    if (what === undefined || concern.raised.by === visitor.id) return [];
    const isTheirs =
      what === 'approve'
        ? isOneOf(visitor, venueApprovers) && !hasPartIn(concern, visitor.id)
        : isOneOf(visitor, policeRecorders);
    return isTheirs ? [{ what, concern }] : [];
  });
}

/** Undefined where there is no such concern for this person. */
export const readVenue = async (parts: Pick<VenueParts, 'ledger'>, by: Visitor, id: string) =>
  (await listVenues(parts, by))?.find((each) => each.id === id);

/**
 * The frame of a commit of this chain. Its instant is the beginning of the UTC day, and it names no request. So no second and no
 * request leads from it to what the person did beside it.
 */
function venueFrame(
  parts: VenueParts,
  visitor: Visitor,
  act: string,
  { id, sent, submission }: { readonly id: string; readonly sent: unknown; readonly submission: Submission },
) {
  const today = { now: `${parts.now.slice(0, 10)}T00:00:00.000Z`, requestId: 'not-kept' };
  return keyedFrame(personFrame(today, visitor, act, id), id, sent, submission);
}

/** Raises a concern. Nothing goes out. A repeat under its key raises none. An equal one is refused, unless it is among `besides`. */
export async function raiseVenue(
  parts: VenueParts,
  by: Visitor,
  input: unknown,
  submission: Submission,
): Promise<Kept<ShownConcern, 'venue-equal'>> {
  const visitor = personOf(by);
  if (!isOneOf(visitor, venueRaisers)) return { kind: 'forbidden' };
  const parsed = readInput(venueInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const { besides = [], ...given } = parsed.data;
  const { license, ...place } = given;
  const raised = { ...place, ...whereKnown({ license }) };
  const today = newYorkDate(parts.now);
  if (given.week > isoWeekOf(today) || given.week < isoWeekOf(addDays(today, -daysBack)))
    return { kind: 'invalid', problems: [{ path: 'week', sentence: 'Give a week of the last twelve months.' }] };
  const frame = venueFrame(parts, visitor, 'raise-venue', { id: allVenues, sent: parsed.data, submission });
  let id: string | undefined;
  const after = await parts.ledger.changeVenues<'venue-equal'>(allVenues, frame, (concerns, place) => {
    if (equalsOf(concerns, raised).some((each) => !besides.includes(each.id))) return refuse('venue-equal');
    id = venueIdAt(place);
    return [{ type: 'venue-raised', v: 1, id, ...raised }];
  });
  if (isRefusal(after)) return notKept(after);
  const isSame = (each: VenueConcern) =>
    each.raised.by === visitor.id && each.town === given.town && each.week === given.week && each.kind === given.kind;
  const concern = after.findLast((each) => (id === undefined ? isSame(each) : each.id === id));
  return concern ? { kind: 'done', value: shown(concern, after, visitor) } : { kind: 'unknown' };
}

/** The concerns that may be the one of this input. Empty for an input that is not valid. */
export async function equalVenues(
  parts: Pick<VenueParts, 'ledger'>,
  by: Visitor,
  input: unknown,
): Promise<readonly ShownConcern[]> {
  const parsed = readInput(venueInput, input);
  if (parsed.problems) return [];
  const { kind, town, week, license } = parsed.data;
  return equalsOf((await listVenues(parts, by)) ?? [], { kind, town, week, ...whereKnown({ license }) });
}

/** The police agencies that may have answered about a concern in this town. */
export async function policeFor(
  directory: PoliceDirectory,
  town: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const listed = await directory.agencies(town);
  return [...listed, statePolice].map(({ id, name }) => ({ id, name }));
}

/** The word of police is at most so old when it is recorded. */
const policeDaysBack = 31;

async function policeProblems(
  { directory, now }: Pick<AnswerParts, 'directory' | 'now'>,
  town: string,
  answer: VenueAnswer,
): Promise<readonly Problem[]> {
  if (!('agency' in answer)) return [];
  const { step, agency, answeredOn, until } = answer;
  const today = newYorkDate(now);
  const listed = await policeFor(directory, town);
  const wrong: readonly (Problem & { readonly isWrong: boolean })[] = [
    {
      path: 'agency',
      sentence: 'Choose the police agency that answered, from the list.',
      isWrong: !listed.some(({ id }) => id === agency),
    },
    {
      path: 'answeredOn',
      sentence: 'Give a day of the last 31 days. It is the day on which police answered.',
      isWrong: answeredOn > today || answeredOn < addDays(today, -policeDaysBack),
    },
    {
      path: 'until',
      sentence: 'Leave this empty where it is clear to send.',
      isWrong: until !== undefined && step === 'police-clear',
    },
    {
      path: 'until',
      sentence: 'Give a day that is still to come, within a year.',
      isWrong: until !== undefined && step === 'police-hold' && (until <= today || until > addDays(today, daysBack)),
    },
  ];
  return wrong.flatMap(({ path, sentence, isWrong }) => (isWrong ? [{ path, sentence }] : []));
}

interface AnswerParts extends VenueParts {
  readonly directory: PoliceDirectory;
}

const mayAnswer = (concern: ShownConcern, visitor: Visitor, step: VenueAnswer['step']): boolean => {
  if (step.startsWith('police-')) return isOneOf(visitor, policeRecorders);
  return isOneOf(visitor, venueApprovers) || (step === 'declined' && concern.raised.by === visitor.id);
};

/** Records the word of police, or the answer of the second person. */
export async function answerConcern(
  parts: AnswerParts,
  by: Visitor,
  id: string,
  input: unknown,
  submission: Submission,
): Promise<Kept<ShownConcern, 'venue-answered' | 'venue-own' | 'venue-before-police' | 'venue-held'>> {
  const visitor = personOf(by);
  if (!isOneOf(visitor, venueReaders)) return { kind: 'forbidden' };
  const seen = await readVenue(parts, visitor, id);
  if (!seen) return { kind: 'unknown' };
  const parsed = readAnswer(input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const answer = parsed.data;
  if (!mayAnswer(seen, visitor, answer.step)) return { kind: 'forbidden' };
  const problems = await policeProblems(parts, seen.town, answer);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const frame = venueFrame(parts, visitor, 'answer-venue', { id, sent: parsed.data, submission });
  const after = await parts.ledger.changeVenues(allVenues, frame, (concerns) =>
    answerVenue(concerns, id, answer, visitor.id),
  );
  if (isRefusal(after)) return notKept(after, 'no-such-concern');
  const concern = after.find((each) => each.id === id);
  return concern ? { kind: 'done', value: shown(concern, after, visitor) } : { kind: 'unknown' };
}

const heads = ['Concern', 'Kind of venue', 'License', 'Town', 'What the concern is', 'Week'];

/** The file for Consumer Protection: one line, without a person. */
function venueFileOf({ id, kind, license = '', town, concern, week }: VenueConcern): VenueFile {
  const csv = csvOf([heads, [id, words(kind), license, town, words(concern), week]]);
  return { name: `venue-concern-${id}.csv`, digest: createHash('sha256').update(csv).digest('hex'), csv };
}

/**
 * Records that a person hands the concern over, or takes the same file again, and gives the file. Where the record fails, there is no
 * file.
 */
export async function takeVenueFile(
  parts: VenueParts,
  by: Visitor,
  id: string,
  submission: Submission,
): Promise<
  Kept<
    { readonly concern: ShownConcern; readonly file: VenueFile },
    'venue-not-approved' | 'venue-held' | 'venue-file-changed'
  >
> {
  const visitor = personOf(by);
  if (!isOneOf(visitor, venueRaisers)) return { kind: 'forbidden' };
  const frame = venueFrame(parts, visitor, 'take-venue-file', { id, sent: {}, submission });
  const after = await parts.ledger.changeVenues(allVenues, frame, (concerns) =>
    takeFile(concerns, id, (concern) => venueFileOf(concern).digest),
  );
  if (isRefusal(after)) return notKept(after, 'no-such-concern');
  const concern = after.find((each) => each.id === id);
  return concern
    ? { kind: 'done', value: { concern: shown(concern, after, visitor), file: venueFileOf(concern) } }
    : { kind: 'unknown' };
}
