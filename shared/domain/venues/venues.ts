/**
 * Concerns about venues, for the Department of Consumer Protection. All of them are one chain, which shares no key with a
 * referral. A concern is codes, a license, a town and a week. It has no text, no person, no day and no time.
 */
import * as z from 'zod';
import type { CommitHead } from '../core/commit-head.ts';
import type { Refusal } from '../core/refusal.ts';
import { policeSteps, venueConcerns, venueKinds, venueSteps } from '../core/vocabulary.ts';
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
  /** Its steps of police are of the first days alone: `venue-police-answered` took their place. */
  z.object({ type: z.literal('venue-answered'), v: z.literal(1), id: z.string(), step: z.enum(venueSteps) }),
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
export type VenueAnswer = PoliceWord | { readonly step: 'approved' | 'declined' };

/** Reads a stored event. Throws a ZodError that names the field where the event is not valid. */
export const readVenueEvent = (stored: unknown): VenueEvent => venueEvent.parse(stored);

/** Who did something, and on which UTC day (`YYYY-MM-DD`). Commits of this chain have no time of day. */
interface Done {
  readonly by: string;
  readonly on: string;
}

export interface VenueConcern extends Raised {
  readonly id: string;
  readonly raised: Done;
  /** The last word of police: whether it is clear to send. In the first days, no agency and no day of it was kept. */
  readonly police?: Done & {
    readonly agrees: boolean;
    readonly agency?: string;
    /** The New York day on which police answered. */
    readonly answeredOn?: string;
    /** The last New York day on which police ask to wait. */
    readonly until?: string;
  };
  readonly decided?: Done & { readonly approves: boolean };
  /** The first is the handover. After it, the same file was taken again. */
  readonly handovers: readonly (Done & { readonly digest: string })[];
}

type VenueCommit = CommitHead & { readonly events: readonly VenueEvent[] };

function applied(concerns: readonly VenueConcern[], event: VenueEvent, done: Done): readonly VenueConcern[] {
  const changed = (change: (each: VenueConcern) => VenueConcern) =>
    concerns.map((each) => (each.id === event.id ? change(each) : each));
  switch (event.type) {
    case 'venue-raised': {
      const { type: _, v: __, ...raised } = event;
      return [...concerns, { ...raised, raised: done, handovers: [] }];
    }
    case 'venue-answered':
      return changed((each) => ({
        ...each,
        ...(event.step.startsWith('police-')
          ? { police: { ...done, agrees: event.step === 'police-clear' } }
          : { decided: { ...done, approves: event.step === 'approved' } }),
      }));
    case 'venue-police-answered': {
      const { agency, answer, answeredOn, until } = event;
      const police = { ...done, agrees: answer === 'police-clear', agency, answeredOn, ...whereKnown({ until }) };
      return changed((each) => ({ ...each, police }));
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

export function venueStateOf({ police, decided, handovers }: VenueConcern): VenueState {
  if (handovers.length > 0) return 'handed-over';
  if (decided) return decided.approves ? 'approved' : 'declined';
  if (!police) return 'waits-for-police';
  return police.agrees ? 'waits-for-approval' : 'held-by-police';
}

type Noes = Refusal<'no-such-concern' | 'venue-answered' | 'venue-own' | 'venue-before-police'>;

/**
 * The events of an answer. Police speak first. The person who approves neither raised it nor recorded the word of police. The
 * person who raised it may take it back by a no.
 */
export function answerVenue(
  concerns: readonly VenueConcern[],
  id: string,
  answer: VenueAnswer,
  personId: string,
): readonly VenueEvent[] | Noes {
  const concern = concerns.find((each) => each.id === id);
  if (!concern) return refuse('no-such-concern');
  if (concern.decided) return refuse('venue-answered');
  if ('agency' in answer) {
    const { step, agency, answeredOn, until } = answer;
    return [{ type: 'venue-police-answered', v: 1, id, agency, answer: step, answeredOn, ...whereKnown({ until }) }];
  }
  if (answer.step === 'approved') {
    if (concern.police?.agrees !== true) return refuse('venue-before-police');
    if ([concern.raised.by, concern.police.by].includes(personId)) return refuse('venue-own');
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
): readonly VenueEvent[] | Refusal<'no-such-concern' | 'venue-not-approved' | 'venue-file-changed'> {
  const concern = concerns.find((each) => each.id === id);
  if (!concern) return refuse('no-such-concern');
  if (concern.decided?.approves !== true) return refuse('venue-not-approved');
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
