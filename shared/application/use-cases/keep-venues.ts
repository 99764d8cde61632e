/**
 * Keeps concerns about venues for Consumer Protection. Police speak first, a second person approves, and then a person takes a
 * file to hand over. The chain shares no key with a referral: see docs/decisions/062.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import { type Role, venueConcerns, venueKinds, venueSteps } from '../../domain/core/vocabulary.ts';
import { addDays, newYorkDate } from '../../domain/policy/due.ts';
import { refuse } from '../../domain/refusals.ts';
import {
  allVenues,
  answerVenue,
  isLicense,
  isoWeekOf,
  type VenueConcern,
  type VenueState,
  venueIdAt,
  venueStateOf,
  weekPattern,
} from '../../domain/venues/venues.ts';
import { words } from '../../domain/words/code-words.ts';
import { towns } from '../../policy/places/towns.ts';
import { csvOf } from '../../reports/csv.ts';
import type { Ledger } from '../../store/ledger.ts';
import { keyedFrame, personFrame, type Submission } from '../access/person-frame.ts';
import { auditors, isOneOf, ownOf, type Visitor } from '../access/visitor.ts';
import { type Kept, notKept } from '../input/kept.ts';
import { readInput } from '../input/read-input.ts';

interface VenueParts {
  readonly ledger: Pick<Ledger, 'venues' | 'changeVenues'>;
  /** UTC instant. */
  readonly now: string;
}

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
  })
  .meta({ example: { kind: 'massage-establishment', town: 'Meriden', concern: 'no-license-shown', week: '2026-W48' } });

export const venueAnswerInput = z
  .strictObject({ step: z.enum(venueSteps, { error: 'Choose one of the answers.' }) })
  .meta({ example: { step: 'police-clear' } });

/** A concern with the acts that this person may do. */
export interface ShownConcern extends VenueConcern {
  readonly state: VenueState;
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

function shown(concern: VenueConcern, visitor: Visitor): ShownConcern {
  const state = venueStateOf(concern);
  const isOpen = concern.decided === undefined;
  const isApprover = isOneOf(visitor, venueApprovers);
  return {
    ...concern,
    state,
    maySpeakForPolice: isOpen && isOneOf(visitor, policeRecorders),
    mayApprove:
      state === 'waits-for-approval' && isApprover && ![concern.raised.by, concern.police?.by].includes(visitor.id),
    mayDecline: isOpen && (isApprover || concern.raised.by === visitor.id),
    mayTakeFile: state === 'approved' && isOneOf(visitor, venueRaisers),
  };
}

/** All concerns, the latest first. Undefined for a person who may not read them. */
export async function listVenues(
  { ledger }: Pick<VenueParts, 'ledger'>,
  by: Visitor,
): Promise<readonly ShownConcern[] | undefined> {
  const visitor = personOf(by);
  if (!isOneOf(visitor, venueReaders)) return undefined;
  return (await ledger.venues()).toReversed().map((each) => shown(each, visitor));
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

/** Raises a concern. Nothing goes out. A repeat under its key raises none. */
export async function raiseVenue(
  parts: VenueParts,
  by: Visitor,
  input: unknown,
  submission: Submission,
): Promise<Kept<ShownConcern>> {
  const visitor = personOf(by);
  if (!isOneOf(visitor, venueRaisers)) return { kind: 'forbidden' };
  const parsed = readInput(venueInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const { license, ...given } = parsed.data;
  const today = newYorkDate(parts.now);
  if (given.week > isoWeekOf(today) || given.week < isoWeekOf(addDays(today, -daysBack)))
    return { kind: 'invalid', problems: [{ path: 'week', sentence: 'Give a week of the last twelve months.' }] };
  const frame = venueFrame(parts, visitor, 'raise-venue', { id: allVenues, sent: parsed.data, submission });
  let id: string | undefined;
  const after = await parts.ledger.changeVenues(allVenues, frame, (_, place) => {
    id = venueIdAt(place);
    return [{ type: 'venue-raised', v: 1, id, ...given, ...(license !== undefined && { license }) }];
  });
  if (isRefusal(after)) return notKept(after);
  const isSame = (each: VenueConcern) =>
    each.raised.by === visitor.id && each.town === given.town && each.week === given.week && each.kind === given.kind;
  const concern = after.findLast((each) => (id === undefined ? isSame(each) : each.id === id));
  return concern ? { kind: 'done', value: shown(concern, visitor) } : { kind: 'unknown' };
}

const mayAnswer = (concern: ShownConcern, visitor: Visitor, step: (typeof venueSteps)[number]): boolean => {
  if (step.startsWith('police-')) return isOneOf(visitor, policeRecorders);
  return isOneOf(visitor, venueApprovers) || (step === 'declined' && concern.raised.by === visitor.id);
};

/** Records the word of police, or the answer of the second person. */
export async function answerConcern(
  parts: VenueParts,
  by: Visitor,
  id: string,
  input: unknown,
  submission: Submission,
): Promise<Kept<ShownConcern, 'venue-answered' | 'venue-own' | 'venue-before-police'>> {
  const visitor = personOf(by);
  if (!isOneOf(visitor, venueReaders)) return { kind: 'forbidden' };
  const seen = await readVenue(parts, visitor, id);
  if (!seen) return { kind: 'unknown' };
  const parsed = readInput(venueAnswerInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const { step } = parsed.data;
  if (!mayAnswer(seen, visitor, step)) return { kind: 'forbidden' };
  const frame = venueFrame(parts, visitor, 'answer-venue', { id, sent: parsed.data, submission });
  const after = await parts.ledger.changeVenues(allVenues, frame, (concerns) =>
    answerVenue(concerns, id, step, visitor.id),
  );
  if (isRefusal(after)) return notKept(after, 'no-such-concern');
  const concern = after.find((each) => each.id === id);
  return concern ? { kind: 'done', value: shown(concern, visitor) } : { kind: 'unknown' };
}

const heads = ['Concern', 'Kind of venue', 'License', 'Town', 'What the concern is', 'Week'];

/** The file for Consumer Protection: one line, without a person. */
function venueFileOf({ id, kind, license = '', town, concern, week }: VenueConcern): VenueFile {
  const csv = csvOf([heads, [id, words(kind), license, town, words(concern), week]]);
  return { name: `venue-concern-${id}.csv`, digest: createHash('sha256').update(csv).digest('hex'), csv };
}

/** Records that a person hands the concern over, and gives the file. Where the record fails, there is no file. */
export async function takeVenueFile(
  parts: VenueParts,
  by: Visitor,
  id: string,
  submission: Submission,
): Promise<Kept<{ readonly concern: ShownConcern; readonly file: VenueFile }, 'venue-not-approved'>> {
  const visitor = personOf(by);
  if (!isOneOf(visitor, venueRaisers)) return { kind: 'forbidden' };
  const frame = venueFrame(parts, visitor, 'take-venue-file', { id, sent: {}, submission });
  const after = await parts.ledger.changeVenues<'no-such-concern' | 'venue-not-approved'>(
    allVenues,
    frame,
    (concerns) => {
      const concern = concerns.find((each) => each.id === id);
      if (!concern) return refuse('no-such-concern');
      if (venueStateOf(concern) !== 'approved') return notApproved;
      return [{ type: 'venue-handed-over', v: 1, id, digest: venueFileOf(concern).digest }];
    },
  );
  if (isRefusal(after)) return notKept(after, 'no-such-concern');
  const concern = after.find((each) => each.id === id);
  return concern
    ? { kind: 'done', value: { concern: shown(concern, visitor), file: venueFileOf(concern) } }
    : { kind: 'unknown' };
}

const notApproved: Refusal<'venue-not-approved'> = refuse('venue-not-approved');
