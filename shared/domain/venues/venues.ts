/**
 * Concerns about venues, for the Department of Consumer Protection. All of them are one chain, which shares no key with a
 * referral. A concern is codes, a license, a town and a week. It has no text, no person, no day and no time.
 */
import * as z from 'zod';
import type { CommitHead } from '../core/commit-head.ts';
import type { Refusal } from '../core/refusal.ts';
import { approvalSteps, policeSteps, venueConcerns, venueKinds } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { refuse } from '../refusals.ts';
import { isGivenName } from '../same-child/nicknames.ts';

/** The name of the one chain. */
export const allVenues = 'ALL';

const concern = {
  kind: z.enum(venueKinds),
  /** As Consumer Protection writes it, such as `HOT.0001234`. Absent where none is known. */
  license: z.string().exactOptional(),
  town: z.string(),
  concern: z.enum(venueConcerns),
  /** An ISO week, such as `2026-W48`. */
  week: z.string(),
};

export const venueEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('venue-raised'), v: z.literal(1), id: z.string(), ...concern }),
  z.object({ type: z.literal('venue-answered'), v: z.literal(1), id: z.string(), step: z.enum(approvalSteps) }),
  /** `agency`: an id of the directory. `answeredOn` and `until` are New York days. A hold without `until` has no end that police said. */
  z.object({
    type: z.literal('venue-police-answered'),
    v: z.literal(1),
    id: z.string(),
    agency: z.string(),
    answer: z.enum(policeSteps),
    answeredOn: z.string(),
    until: z.string().exactOptional(),
  }),
  /** `digest`: the SHA-256 of the file that was handed over, in hex. */
  z.object({ type: z.literal('venue-handed-over'), v: z.literal(1), id: z.string(), digest: z.string() }),
]);
export type VenueEvent = z.infer<typeof venueEvent>;
export type Raised = Omit<Extract<VenueEvent, { readonly type: 'venue-raised' }>, 'type' | 'v' | 'id'>;

/** What police answered: which agency, on which New York day, and until when it asks to wait. */
export interface PoliceWord {
  readonly step: (typeof policeSteps)[number];
  readonly agency: string;
  readonly answeredOn: string;
  readonly until?: string | undefined;
}
export type VenueAnswer = PoliceWord | { readonly step: (typeof approvalSteps)[number] };

/** Reads a stored event. Throws a ZodError that names the field where the event is not valid. */
export const readVenueEvent = (stored: unknown): VenueEvent => venueEvent.parse(stored);

/** Who did something, and on which UTC day (`YYYY-MM-DD`). Commits of this chain have no time of day. */
interface Done {
  readonly by: string;
  readonly on: string;
}

/** A word of police as it was recorded. */
export interface PoliceSaid extends Done {
  /** Whether it is clear to send. */
  readonly agrees: boolean;
  readonly agency: string;
  /** The New York day on which police answered. */
  readonly answeredOn: string;
  /** The last New York day on which police ask to wait. */
  readonly until?: string;
}

export interface VenueConcern extends Raised {
  readonly id: string;
  readonly raised: Done;
  /** All words of police, in the order of recording. */
  readonly policeWords: readonly PoliceSaid[];
  /** An approval counts until an agency asks to wait. */
  readonly decided?: Done & { readonly approves: boolean };
  /** Approvals that a hold canceled. */
  readonly canceledApprovals: readonly Done[];
  /** The first is the handover. After it, the same file was taken again. */
  readonly handovers: readonly (Done & { readonly digest: string })[];
}

type VenueCommit = CommitHead & { readonly events: readonly VenueEvent[] };

/** Whether this later answer ends that hold. It is of the same agency, or clear after the day until which police asked to wait. */
const endsHold = (hold: PoliceSaid, later: PoliceSaid): boolean =>
  later.agency === hold.agency || (later.agrees && hold.until !== undefined && later.answeredOn > hold.until);

/**
 * The holds that stand, the oldest answer first. The last answer of each agency counts, by its day and then by its recording. A hold
 * ends by a later answer of its agency. Once its own day is over, police of another agency may also say clear to send.
 */
export function standingHolds({ policeWords }: Pick<VenueConcern, 'policeWords'>): readonly PoliceSaid[] {
  const inOrder = policeWords.toSorted((one, other) => {
    const [day, otherDay] = [one.answeredOn, other.answeredOn];
    return day === otherDay ? 0 : day < otherDay ? -1 : 1;
  });
  return inOrder.filter((word, at) => !word.agrees && !inOrder.slice(at + 1).some((later) => endsHold(word, later)));
}

/** The word of police that counts: the last hold that stands, or else the last one that was recorded. */
export const policeOf = (concern: Pick<VenueConcern, 'policeWords'>): PoliceSaid | undefined =>
  standingHolds(concern).at(-1) ?? concern.policeWords.at(-1);

/** The concern with its approval canceled where a hold stands. */
function withoutHeldApproval(concern: VenueConcern): VenueConcern {
  const { decided, ...rest } = concern;
  if (decided?.approves !== true || standingHolds(concern).length === 0) return concern;
  const { by, on } = decided;
  return { ...rest, canceledApprovals: [...concern.canceledApprovals, { by, on }] };
}

function applied(concerns: readonly VenueConcern[], event: VenueEvent, done: Done): readonly VenueConcern[] {
  const changed = (change: (each: VenueConcern) => VenueConcern) =>
    concerns.map((each) => (each.id === event.id ? change(each) : each));
  const said = (word: PoliceSaid) =>
    changed((each) => withoutHeldApproval({ ...each, policeWords: [...each.policeWords, word] }));
  switch (event.type) {
    case 'venue-raised': {
      const { type: _, v: __, ...raised } = event;
      return [...concerns, { ...raised, raised: done, policeWords: [], canceledApprovals: [], handovers: [] }];
    }
    case 'venue-answered':
      return changed((each) =>
        withoutHeldApproval({ ...each, decided: { ...done, approves: event.step === 'approved' } }),
      );
    case 'venue-police-answered': {
      const { agency, answer, answeredOn, until } = event;
      return said({ ...done, agrees: answer === 'police-clear', agency, answeredOn, ...whereKnown({ until }) });
    }
    case 'venue-handed-over':
      return changed((each) => ({ ...each, handovers: [...each.handovers, { ...done, digest: event.digest }] }));
  }
}

/** The concerns after these commits, in the order in which they were raised. */
export function foldVenues(
  commits: readonly VenueCommit[],
  from: readonly VenueConcern[] = [],
): readonly VenueConcern[] {
  let concerns = from;
  for (const { events, at, actor } of commits) {
    for (const event of events) concerns = applied(concerns, event, { by: actor.id, on: at.slice(0, 10) });
  }
  return concerns;
}

export const venueStates = [
  'waits-for-police',
  'held-by-police',
  'waits-for-approval',
  'approved',
  'handed-over',
  'declined',
] as const;
export type VenueState = (typeof venueStates)[number];

export function venueStateOf(concern: VenueConcern): VenueState {
  const { policeWords, decided, handovers } = concern;
  if (handovers.length > 0) return 'handed-over';
  if (decided) return decided.approves ? 'approved' : 'declined';
  if (policeWords.length === 0) return 'waits-for-police';
  return standingHolds(concern).length > 0 ? 'held-by-police' : 'waits-for-approval';
}

/** Those who may not approve: the person who raised it, and those who recorded a word of police. */
export const hasPartIn = ({ raised, policeWords }: VenueConcern, personId: string): boolean =>
  [raised, ...policeWords].some(({ by }) => by === personId);

/** Whether police may still say their word: until the concern is handed over or declined. */
export const isOpenToPolice = (concern: VenueConcern): boolean =>
  !['handed-over', 'declined'].includes(venueStateOf(concern));

/** A concern waits for police, for police again after the day of a hold, or for the approval. */
export interface VenueStep {
  readonly what: 'ask-police' | 'ask-police-again' | 'approve';
  readonly concern: VenueConcern;
}

/** The step that this concern waits for on this New York day. Undefined where no person can do one. */
export function venueStepOf(concern: VenueConcern, today: string): VenueStep['what'] | undefined {
  switch (venueStateOf(concern)) {
    case 'waits-for-police':
      return 'ask-police';
    case 'waits-for-approval':
      return 'approve';
    case 'held-by-police':
      return standingHolds(concern).some(({ until }) => until !== undefined && until < today)
        ? 'ask-police-again'
        : undefined;
    default:
      return undefined;
  }
}

type Noes = Refusal<'no-such-concern' | 'venue-answered' | 'venue-own' | 'venue-before-police' | 'venue-held'>;

/**
 * The events of an answer. Police speak first, and until the handover. The person who approves neither raised it nor recorded a word of
 * police. The person who raised it may take it back by a no.
 */
export function answerVenue(
  concerns: readonly VenueConcern[],
  id: string,
  answer: VenueAnswer,
  personId: string,
): readonly VenueEvent[] | Noes {
  const concern = concerns.find((each) => each.id === id);
  if (!concern) return refuse('no-such-concern');
  if (!isOpenToPolice(concern)) return refuse('venue-answered');
  if ('agency' in answer) {
    const { step, agency, answeredOn, until } = answer;
    return [{ type: 'venue-police-answered', v: 1, id, agency, answer: step, answeredOn, ...whereKnown({ until }) }];
  }
  if (concern.decided) return refuse('venue-answered');
  if (answer.step === 'approved') {
    if (concern.policeWords.length === 0) return refuse('venue-before-police');
    if (standingHolds(concern).length > 0) return refuse('venue-held');
    if (hasPartIn(concern, personId)) return refuse('venue-own');
  }
  return [{ type: 'venue-answered', v: 1, id, step: answer.step }];
}

/**
 * The events of a file that a person takes: the handover, and later the same file again. `digestOf` is of the
 * file as it is made now. Another file than the one that was handed over is refused.
 */
export function takeFile(
  concerns: readonly VenueConcern[],
  id: string,
  digestOf: (concern: VenueConcern) => string,
): readonly VenueEvent[] | Refusal<'no-such-concern' | 'venue-not-approved' | 'venue-held' | 'venue-file-changed'> {
  const concern = concerns.find((each) => each.id === id);
  if (!concern) return refuse('no-such-concern');
  const state = venueStateOf(concern);
  if (state === 'held-by-police') return refuse('venue-held');
  if (state !== 'approved' && state !== 'handed-over') return refuse('venue-not-approved');
  const digest = digestOf(concern);
  const [first] = concern.handovers;
  if (first && first.digest !== digest) return refuse('venue-file-changed');
  return [{ type: 'venue-handed-over', v: 1, id, digest }];
}

/** Two concerns within so many weeks may be one. */
const weeksApart = 4;

type Likeness = Pick<VenueConcern, 'kind' | 'license' | 'town' | 'week'>;

/** The concerns that may be this one. They have its kind, license and town, and are at most four weeks apart. */
export const equalsOf = <Each extends VenueConcern>(
  concerns: readonly Each[],
  { kind, license, town, week }: Likeness,
): readonly Each[] =>
  concerns.filter(
    (each) =>
      each.kind === kind &&
      each.license === license &&
      each.town === town &&
      Math.abs(Date.parse(mondayOf(each.week)) - Date.parse(mondayOf(week))) <= weeksApart * 7 * 86_400_000,
  );

/** The id of a concern that the commit at this place raises: `VC-3`. */
export const venueIdAt = (place: number): string => `VC-${place}`;
export const venueIdPattern = /^VC-[1-9]\d{0,5}$/;

/**
 * Whether this has the form of a license of Consumer Protection, such as `HOT.0001234`. It is two to four letters, a dot and seven
 * digits. Letters that are a given name are no license.
 */
export const isLicense = (text: string): boolean =>
  /^[A-Z]{2,4}\.\d{7}$/.test(text) && !isGivenName(text.slice(0, text.indexOf('.')).toLowerCase());

/** The ISO week of a New York day, such as `2026-W48`. */
export function isoWeekOf(day: string): string {
  const date = new Date(`${day}T12:00:00.000Z`);
  // The Thursday of a week says to which year it belongs.
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * 86_400_000);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - first) / 86_400_000 / 7) + 1;
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

/** The Monday of an ISO week: `2026-11-23` of `2026-W48`. */
export function mondayOf(week: string): string {
  const [year, number] = week.split('-W').map(Number);
  // January 4 is always in the first week.
  const fourth = new Date(Date.UTC(year ?? 0, 0, 4));
  const monday = fourth.getTime() + (((number ?? 1) - 1) * 7 + 1 - (fourth.getUTCDay() || 7)) * 86_400_000;
  return new Date(monday).toISOString().slice(0, 10);
}

export const weekPattern = /^20\d{2}-W(?:0[1-9]|[1-4]\d|5[0-3])$/;
