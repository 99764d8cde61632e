/**
 * Records in doubt: chains of the ledger that are not as they were written. Each record has a chain of its own doubts,
 * with what was noted and the word of each supervisor. Until that word, no person changes the record.
 */
import * as z from 'zod';
import type { CommitHead } from '../core/commit-head.ts';
import { confirmGrounds, type Role } from '../core/vocabulary.ts';

/**
 * `touched`: the stream told of a changed or removed commit. `not-as-written`: a commit does not follow, or has no right code.
 * `shorter`: commits are gone, or others stand in their place.
 */
const doubtCauses = ['touched', 'not-as-written', 'shorter'] as const;
export type DoubtCause = (typeof doubtCauses)[number];

/** The roles whose word counts. One of the first and one of the second are on call at any hour. */
export const confirmers: readonly Role[] = [
  'careline-supervisor',
  'director-oncall',
  'careline-manager',
  'area-director',
  'hart-director',
  'program-manager',
];

export const longestChain = 140;
const chain = z.string().min(1).max(longestChain);

/** So many stored commits of a chain, as they were when a supervisor had looked. `last` is the place of the last of them. */
const accepted = z.object({
  chain,
  count: z.int().min(0),
  last: z.int().min(0),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Accepted = z.infer<typeof accepted>;

export const doubtEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('doubt-noted'),
    v: z.literal(1),
    chain,
    cause: z.enum(doubtCauses),
    /** The first place in doubt, where it is known. */
    place: z.int().min(1).optional(),
  }),
  z.object({
    type: z.literal('doubt-answered'),
    v: z.literal(1),
    ground: z.enum(confirmGrounds),
    accepted: z.array(accepted),
  }),
]);
export type DoubtEvent = z.infer<typeof doubtEvent>;

/** Reads a stored event of a record's doubts. Throws a ZodError that names the field where the event is not valid. */
export const readDoubtEvent = (stored: unknown): DoubtEvent => doubtEvent.parse(stored);

export interface NotedDoubt {
  readonly chain: string;
  readonly cause: DoubtCause;
  readonly place?: number | undefined;
  readonly at: string;
  readonly seq: number;
}
interface Word {
  readonly ground: (typeof confirmGrounds)[number];
  readonly accepted: readonly Accepted[];
  readonly by: string;
  readonly at: string;
  readonly seq: number;
}

/** All that was ever noted and answered of a record, in the order of its commits. */
export interface DoubtHistory {
  readonly noted: readonly NotedDoubt[];
  readonly words: readonly Word[];
}

export const noDoubts: DoubtHistory = { noted: [], words: [] };

export function foldDoubts(
  commits: readonly (CommitHead & { readonly events: readonly DoubtEvent[] })[],
  from: DoubtHistory = noDoubts,
): DoubtHistory {
  const all = commits.flatMap(({ seq, at, actor, events }) =>
    events.map((event) => ({ event, seq, at, by: actor.id })),
  );
  return {
    noted: [
      ...from.noted,
      ...all.flatMap(({ event, seq, at }) =>
        event.type === 'doubt-noted' ? [{ chain: event.chain, cause: event.cause, place: event.place, at, seq }] : [],
      ),
    ],
    words: [
      ...from.words,
      ...all.flatMap(({ event, seq, at, by }) =>
        event.type === 'doubt-answered' ? [{ ground: event.ground, accepted: event.accepted, by, at, seq }] : [],
      ),
    ],
  };
}

/** A record as it stands: what is open, and what the words accepted of each chain. */
export interface Doubt {
  /** What was noted after the last word. Empty where people may act. */
  readonly open: readonly NotedDoubt[];
  readonly words: readonly Word[];
  readonly accepted: ReadonlyMap<string, Accepted & { readonly at: string }>;
}

export const noDoubt: Doubt = { open: [], words: [], accepted: new Map() };

/** So many doubts of a record are noted until a word. The watchdog finds the others again after it. */
const mostOpen = 200;

/** `isBelieved`: whether the commit at this place has the code of a door. A forged word answers nothing. */
export function doubtOf({ noted, words }: DoubtHistory, isBelieved: (seq: number) => boolean): Doubt {
  const believed = words.filter(({ seq }) => isBelieved(seq));
  const last = believed.at(-1)?.seq ?? 0;
  return {
    open: noted.filter(({ seq }) => seq > last),
    words: believed,
    accepted: new Map(
      believed.flatMap(({ accepted: all, at }) => all.map((each) => [each.chain, { ...each, at }] as const)),
    ),
  };
}

/** What is new of these doubts, as events. The same doubt is noted once until a word answers it. */
export function newDoubts(
  { noted, words }: DoubtHistory,
  found: readonly Pick<NotedDoubt, 'chain' | 'cause' | 'place'>[],
): readonly DoubtEvent[] {
  const last = words.at(-1)?.seq ?? 0;
  const open = noted.filter(({ seq }) => seq > last);
  return found
    .filter(
      (each) =>
        !open.some(({ chain: of, cause, place }) => of === each.chain && cause === each.cause && place === each.place),
    )
    .slice(0, Math.max(0, mostOpen - open.length))
    .map(({ chain: of, cause, place }) => ({
      type: 'doubt-noted',
      v: 1,
      chain: of,
      cause,
      ...(place !== undefined && { place }),
    }));
}
