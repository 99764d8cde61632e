/**
 * Concerns about venues, for the Department of Consumer Protection. All of them are one chain, which shares no key with a
 * referral. A concern is codes, a license, a town and a week. It has no text, no person, no day and no time.
 */
import * as z from 'zod';
import type { CommitHead } from '../core/commit-head.ts';
import type { Refusal } from '../core/refusal.ts';
import { venueConcerns, venueKinds, venueSteps } from '../core/vocabulary.ts';
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
  z.object({ type: z.literal('venue-answered'), v: z.literal(1), id: z.string(), step: z.enum(venueSteps) }),
  /** `digest`: the SHA-256 of the file that was handed over, in hex. */
  z.object({ type: z.literal('venue-handed-over'), v: z.literal(1), id: z.string(), digest: z.string() }),
]);
export type VenueEvent = z.infer<typeof venueEvent>;
export type Raised = Omit<Extract<VenueEvent, { readonly type: 'venue-raised' }>, 'type' | 'v' | 'id'>;
type VenueStep = (typeof venueSteps)[number];

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
  /** The last word of police: whether they agree that it is handed over. */
  readonly police?: Done & { readonly agrees: boolean };
  readonly decided?: Done & { readonly approves: boolean };
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
  'declined',
] as const;
export type VenueState = (typeof venueStates)[number];

export function venueStateOf({ police, decided }: VenueConcern): VenueState {
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
  step: VenueStep,
  personId: string,
): readonly VenueEvent[] | Noes {
  const concern = concerns.find((each) => each.id === id);
  if (!concern) return refuse('no-such-concern');
  if (concern.decided) return refuse('venue-answered');
  if (step === 'approved') {
    if (concern.police?.agrees !== true) return refuse('venue-before-police');
    if ([concern.raised.by, concern.police.by].includes(personId)) return refuse('venue-own');
  }
  return [{ type: 'venue-answered', v: 1, id, step }];
}

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

export const weekPattern = /^20\d{2}-W(?:0[1-9]|[1-4]\d|5[0-3])$/;
