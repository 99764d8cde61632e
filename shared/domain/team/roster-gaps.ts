/**
 * The gaps in the roster of a team, found before any referral needs the seat. Each team has a chain of its own. The
 * chain records when a gap was found and when it was filled. The mail about it has a life of its own.
 */
import * as z from 'zod';
import type { CommitHead } from '../core/commit-head.ts';
import { type Discipline, everyDiscipline } from '../core/vocabulary.ts';
import { type EntryFlaw, isMailbox } from '../directory/directory-entry.ts';
import { holdersOf, isAway, type Sitting } from './roster.ts';

const gapKinds = [
  'no-holder',
  'no-deputy',
  'unknown-person',
  'no-email',
  'no-telephone',
  'unknown-language',
  'mail-fails',
  'away',
] as const;
export type GapKind = (typeof gapKinds)[number];

const gap = { discipline: z.enum(everyDiscipline), gap: z.enum(gapKinds) };
export const rosterEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('gap-found'), v: z.literal(1), ...gap }),
  z.object({ type: z.literal('gap-filled'), v: z.literal(1), ...gap }),
]);
export type RosterEvent = z.infer<typeof rosterEvent>;

/** Reads a stored event of a roster's chain. Throws a ZodError that names the field where the event is not valid. */
export const readRosterEvent = (stored: unknown): RosterEvent => rosterEvent.parse(stored);

export interface Gap {
  readonly discipline: Discipline;
  readonly gap: GapKind;
}

/** A gap that is not filled. `since`: when it was found, a UTC instant. `foundIn`: the place of the commit that found it. */
export interface OpenGap extends Gap {
  readonly since: string;
  readonly foundIn: number;
}

/** The open gaps after these commits of a team's chain, in the order they were found. */
export function foldRoster(
  commits: readonly (CommitHead & { readonly events: readonly RosterEvent[] })[],
  from: readonly OpenGap[] = [],
): readonly OpenGap[] {
  let open = from;
  for (const { events, at, seq } of commits) {
    for (const event of events) {
      const { discipline, gap: kind } = event;
      const isThis = (each: Gap) => each.discipline === discipline && each.gap === kind;
      if (event.type === 'gap-found') open = [...open, { discipline, gap: kind, since: at, foundIn: seq }];
      else open = open.filter((each) => !isThis(each));
    }
  }
  return open;
}

interface SeatedPerson {
  readonly email: string;
  readonly absentUntil?: string | undefined;
  readonly mailFailsSince?: string | undefined;
  readonly flaws?: readonly EntryFlaw[] | undefined;
}

/**
 * The gaps of a team's required seats. Each seat needs a holder and a deputy in the directory, both with an e-mail
 * address and a telephone number. One of the two must not be away. `now` is a UTC instant.
 */
export function gapsIn(
  seats: readonly Sitting[],
  required: readonly Discipline[],
  personOf: (id: string) => SeatedPerson | undefined,
  now: string,
): readonly Gap[] {
  return required.flatMap((discipline): readonly Gap[] => {
    const holders = holdersOf(seats, discipline).slice(0, 2);
    const people = holders.map(({ personId }) => personOf(personId));
    const known = people.filter((person) => person !== undefined);
    const has = (flaw: EntryFlaw) => known.some(({ flaws = [] }) => flaws.includes(flaw));
    const found: readonly (readonly [GapKind, boolean])[] = [
      ['no-holder', holders.length === 0],
      ['no-deputy', holders.length === 1],
      ['unknown-person', known.length < people.length],
      ['no-email', known.some(({ email }) => !isMailbox(email))],
      ['no-telephone', has('no-telephone')],
      ['unknown-language', has('unknown-language')],
      ['mail-fails', known.some(({ mailFailsSince }) => mailFailsSince !== undefined)],
      ['away', known.length > 0 && known.every((person) => isAway(person, now))],
    ];
    return found.flatMap(([kind, holds]) => (holds ? [{ discipline, gap: kind }] : []));
  });
}

const isSame = (one: Gap, other: Gap) => one.discipline === other.discipline && one.gap === other.gap;

/** The events that a look at the roster adds: new gaps, and those filled since. */
export const lookedAt = (open: readonly Gap[], found: readonly Gap[]): readonly RosterEvent[] => [
  ...found
    .filter((each) => !open.some((other) => isSame(each, other)))
    .map(({ discipline, gap: kind }) => ({ type: 'gap-found', v: 1, discipline, gap: kind }) as const),
  ...open
    .filter((each) => !found.some((other) => isSame(each, other)))
    .map(({ discipline, gap: kind }) => ({ type: 'gap-filled', v: 1, discipline, gap: kind }) as const),
];
