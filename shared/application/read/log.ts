/**
 * The log of operations across referrals, for people who audit. Acts are found by their instant in the ledger's index, and those of
 * one referral in its own chains. What a person may not see of a referral, they do not see here either.
 */

import * as z from 'zod';
import {
  fits,
  isSearch,
  type LogFilters,
  type LoggedAct,
  mayFit,
  readActNote,
  ways,
} from '../../domain/audit/act-log.ts';
import { firstOf } from '../../domain/audit/findings.ts';
import { isReference } from '../../domain/core/ids.ts';
import type { Span } from '../../domain/core/spans.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { startOfDay } from '../../domain/policy/due.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { type Commit, commitIn } from '../../store/commit.ts';
import type { FoundPlace } from '../../store/found-commits.ts';
import type { Ledger, ReferralRead } from '../../store/ledger.ts';
import type { Part2Parts } from '../access/part-2-records.ts';
import { mayRead, type Visitor } from '../access/visitor.ts';
import { part2WhereMerged } from './audit.ts';
import type { Paging } from './queue.ts';
import { heldIn, shownAct, shownRead } from './shown-act.ts';

const isDay = (day: string): boolean => {
  const at = Date.parse(`${day}T00:00:00.000Z`);
  return /^20\d{2}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};
const code = (words: string) => z.string().regex(/^[A-Za-z0-9.-]{1,64}$/, words);

export const logFilters = z
  .strictObject({
    day: z
      .string()
      .refine(isDay, 'Give a day as 2026-11-28.')
      .optional()
      .meta({ description: 'A New York day. Without it: the latest acts.', example: '2026-11-25', format: 'date' }),
    person: code('Give the id of a person, such as P-1.')
      .optional()
      .meta({ description: 'Acts of one person, and those on their behalf.', example: 'P-CASEWORKER' }),
    referral: code('Give the reference of a referral, such as CR-7F3KD-9QXMTQ.').optional().meta({
      description: 'Of one referral, also older acts than the log has.',
      example: 'CR-7F3KD-9QXMTQ',
    }),
    kind: code('Give the name of a command, "read", "read-name", "search" or "sweep".').optional().meta({
      description:
        'The name of a command, "read" for reads of the child, "read-name" for those of the name, "search", or "sweep". A command whose name would tell of the child is "facts-recorded".',
      example: 'screen',
    }),
    door: z
      .enum(ways, `Choose one of: ${ways.join(', ')}.`)
      .optional()
      .meta({
        description:
          'How it came about. Without it: acts and reads of people. Steps of the workflow are told with a referral or a request alone.',
        example: 'api',
      }),
    request: z
      .string()
      .regex(/^[\w.=-]{1,64}$/, 'Give a request id as the answer had it in x-request-id.')
      .optional()
      .meta({
        description: 'What came of one request: the act, and what runs and the watchdog did for it.',
        example: '0b4c6d1e-7c5a-4a3c-9d0e-1f2a3b4c5d6e',
      }),
  })
  .refine(
    ({ door, referral, request }) =>
      (door !== 'workflow' && door !== 'delivery') || referral !== undefined || request !== undefined,
    { path: ['door'], error: 'Give a referral or a request with it. The log has steps of the system for these alone.' },
  );
export type AskedLog = z.infer<typeof logFilters>;

/** Where a page ends: the next one begins behind it. `seq` 0 is before every commit of this instant. */
const place = z.tuple([z.string(), z.string(), z.number()]);
type Place = z.infer<typeof place>;

const textOf = (at: Place): string => Buffer.from(JSON.stringify(at)).toString('base64url');
/** Undefined for a text that is no place. */
function placeOf(text: string): Place | undefined {
  try {
    return place.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}
export const isLogPlace = (text: string): boolean => placeOf(text) !== undefined;

/** The later one first; at one instant by chain and place. */
const order = (one: Place, other: Place): number => {
  for (const index of [0, 1, 2] as const) {
    if (one[index] !== other[index]) return one[index] < other[index] ? 1 : -1;
  }
  return 0;
};
const placeIn = ({ at, chain, seq }: FoundPlace): Place => [at, chain, seq];
/** The index has instants with milliseconds, whichever way the commit writes its own. */
const placeOfCommit = ({ at, chain, seq }: Pick<Commit<unknown>, 'at' | 'chain' | 'seq'>): Place => [
  new Date(at).toISOString(),
  chain,
  seq,
];

const day = 86_400_000;
/** So many days are looked through for one page, in spans that grow. */
const spansOfDays = [1, 2, 4, 8, 16] as const;
/** No act is older: a look back ends here. */
const noOlder = '2020-01-01T00:00:00.000Z';
/** Rows that are shaped at once. */
const batch = 50;

export interface LogParts {
  readonly ledger: Pick<Ledger, 'referral' | 'actsIn' | 'readsAt' | 'accessRecords'>;
  readonly policyOf: (version: string) => Policy;
  /** UTC instant. */
  readonly now: string;
}

/** `isDoubtful`: no function wrote it as it stands. `found`: of a search, how many referrals it found that the reader may see. */
export type LogLine = LoggedAct & { readonly isDoubtful?: true; readonly found?: number };

interface Seen {
  readonly referral: ReferralRead;
  readonly held: Part2Parts;
  readonly heldReaders: ReadonlySet<string>;
}

/** Each referral of the page is read once. Undefined where there is none, or where the visitor may not read of it. */
function createSight({ ledger, policyOf }: LogParts, visitor: Visitor) {
  const known = new Map<string, Promise<Seen | undefined>>();
  const look = async (id: string): Promise<Seen | undefined> => {
    // One that cannot be read is in doubt. It has a page of its own, and does not stop the log.
    const referral = await ledger.referral(id).catch(() => undefined);
    if (!referral || !mayRead(referral.state, visitor)) return undefined;
    const held = heldIn(referral, policyOf(referral.policy));
    const events = referral.commits.flatMap((commit) => commit.events);
    const there = await part2WhereMerged({ ledger, policyOf }, events);
    return { referral, held, heldReaders: new Set([...held.people, ...there]) };
  };
  return (id: string): Promise<Seen | undefined> => {
    const found = known.get(id) ?? look(id);
    known.set(id, found);
    return found;
  };
}
type Sight = ReturnType<typeof createSight>;

const commitLine = (id: string, commit: ReferralRead['commits'][number], { held }: Seen): LogLine => ({
  ...shownAct(id, commit, held),
  ...(commit.isUnproved && { isDoubtful: true }),
});

/** The name of a chain without its kind and without the number of one that goes on. */
const ownerOf = (chain: string) => firstOf(chain).split('#') as [kind?: string, id?: string];

/** The lines of these places, each with its place. One that the visitor may not see has none. */
async function linesAt({ ledger }: LogParts, places: readonly FoundPlace[], sight: Sight) {
  const ofReads = Map.groupBy(
    places.filter(({ chain }) => chain.startsWith('access#')),
    ({ chain }) => chain,
  );
  const reads = new Map<string, LogLine>();
  await Promise.all(
    [...ofReads].map(async ([chain, found]) => {
      const [, id = ''] = ownerOf(chain);
      const seen = isReference('CR', id) ? await sight(id) : undefined;
      // Of drafts, and of days of searches, figures and saved files, every auditor may know. A search under a key is recorded with its day.
      if (!seen && !(isReference('DR', id) || /^(?:SEARCHES|FIGURES|AUDITS)-/.test(id))) return;
      for (const { commit, isProved } of await ledger.readsAt(chain, new Set(found.map(({ seq }) => seq)))) {
        const line = shownRead(id, commit, seen?.heldReaders ?? new Set());
        reads.set(`${chain} ${commit.seq}`, isProved ? line : { ...line, isDoubtful: true });
      }
    }),
  );
  const lines = places.map(async (found) => {
    const [kind, id = ''] = ownerOf(found.chain);
    if (kind === 'access') return { found, line: reads.get(`${found.chain} ${found.seq}`) };
    const seen = kind === 'referral' ? await sight(id) : undefined;
    const commit = seen?.referral.commits.find(({ seq, isLeftOut }) => seq === found.seq && !isLeftOut);
    return { found, line: seen && commit && commitLine(id, commit, seen) };
  });
  return Promise.all(lines);
}

/** The searches among these lines, each with how many referrals it found. Their records have the instant of the search. */
async function withFound(
  parts: LogParts,
  lines: readonly PlacedLine[],
  places: readonly FoundPlace[],
  sight: Sight,
): Promise<readonly PlacedLine[]> {
  const foundBy = ({ at, line }: PlacedLine) =>
    places.filter(({ chain, at: then, note }) => {
      if (then !== at[0] || !isReference('CR', ownerOf(chain)[1] ?? '')) return false;
      const act = readActNote(note);
      return act?.by === line.by && act.request === line.requestId;
    });
  return Promise.all(
    lines.map(async (each) => {
      if (!isSearch(each.line)) return each;
      const shown = (await linesAt(parts, foundBy(each), sight)).filter(({ line }) => line?.kind === 'read');
      return { ...each, line: { ...each.line, found: shown.length } };
    }),
  );
}

interface PlacedLine {
  readonly at: Place;
  readonly line: LogLine;
}

/** Every act and read of one referral, from its own chains. */
async function linesOf({ ledger }: LogParts, id: string, sight: Sight): Promise<readonly PlacedLine[]> {
  const seen = isReference('CR', id) ? await sight(id) : undefined;
  if (!seen) return [];
  const records = await ledger.accessRecords(id);
  const acts = seen.referral.commits.flatMap((commit) => {
    return commit.isLeftOut ? [] : [{ at: placeOfCommit(commit), line: commitLine(id, commit, seen) }];
  });
  const reads = records.flatMap(({ commits, check }) =>
    commits.flatMap(commitIn).map((commit) => {
      const isDoubtful = !check.intact && commit.seq >= check.brokenAt;
      return {
        at: placeOfCommit(commit),
        line: { ...shownRead(id, commit, seen.heldReaders), ...(isDoubtful && { isDoubtful: true as const }) },
      };
    }),
  );
  return [...acts, ...reads].toSorted((one, other) => order(one.at, other.at));
}

/** What runs and the watchdog did in these referrals for one request. The index has the acts of people alone. */
async function followedBy(
  lines: readonly PlacedLine[],
  filters: LogFilters,
  sight: Sight,
): Promise<readonly PlacedLine[]> {
  const ids = [...new Set(lines.map(({ line }) => line.referralId))];
  const known = new Set(lines.map(({ at: [, chain, seq] }) => `${chain} ${seq}`));
  const found = await Promise.all(
    ids.map(async (id) => {
      const seen = await sight(id);
      return (seen?.referral.commits ?? []).flatMap((commit) => {
        if (!seen || commit.isLeftOut || known.has(`${commit.chain} ${commit.seq}`)) return [];
        const line = commitLine(id, commit, seen);
        return fits(line, filters) ? [{ at: placeOfCommit(commit), line }] : [];
      });
    }),
  );
  return [...lines, ...found.flat()].toSorted((one, other) => order(one.at, other.at));
}

/** The spans to look through, the latest first. They do not depend on what is found, so their ends tell nothing. */
function spansFrom(until: string, filters: LogFilters): readonly Span[] {
  if (filters.from !== undefined && filters.before !== undefined) {
    return filters.from < until
      ? [{ from: filters.from, before: until < filters.before ? until : filters.before }]
      : [];
  }
  let before = Date.parse(until);
  return spansOfDays.map((days) => {
    const span = { from: new Date(before - days * day).toISOString(), before: new Date(before).toISOString() };
    before -= days * day;
    return span;
  });
}

/**
 * A page of the log that the visitor's roles cover, the latest act first. `after`: a place that `isLogPlace` accepts.
 * - `lookedTo`: where the look back ended, a UTC instant. More may lie before it.
 */
export async function readLog(
  parts: LogParts,
  asked: AskedLog,
  { limit, after }: Paging,
  visitor: Visitor,
): Promise<{
  readonly acts: readonly LogLine[];
  readonly next?: string;
  readonly lookedTo?: string;
}> {
  const { day: onDay, ...rest } = asked;
  const filters: LogFilters = {
    ...rest,
    ...(onDay !== undefined && { from: startOfDay(onDay), before: startOfDay(onDay, 1) }),
  };
  const from = after === undefined ? undefined : placeOf(after);
  const isBehind = (at: Place): boolean => from === undefined || order(from, at) < 0;
  const sight = createSight(parts, visitor);
  const { referral } = asked;
  if (referral !== undefined) {
    const all = (await linesOf(parts, referral, sight)).filter(({ at, line }) => isBehind(at) && fits(line, filters));
    const acts = all.slice(0, limit);
    const last = all.length > limit ? acts.at(-1) : undefined;
    return { acts: acts.map(({ line }) => line), ...(last && { next: textOf(last.at) }) };
  }
  // A commit of this very millisecond belongs to the page.
  const now = new Date(Date.parse(parts.now) + 1).toISOString();
  const until = from === undefined ? now : new Date(Date.parse(from[0]) + 1).toISOString();
  const spans = spansFrom(until, filters);
  const shown: PlacedLine[] = [];
  const all: FoundPlace[] = [];
  for (const span of spans) {
    const inSpan = await parts.ledger.actsIn(span);
    all.push(...inSpan);
    const places = inSpan
      .filter((found) => isBehind(placeIn(found)))
      .filter(({ note }) => {
        const known = readActNote(note);
        return known === undefined || mayFit(known, filters);
      })
      .toSorted((one, other) => order(placeIn(one), placeIn(other)));
    for (let start = 0; start < places.length && shown.length <= limit; start += batch) {
      for (const { found, line } of await linesAt(parts, places.slice(start, start + batch), sight))
        if (line && fits(line, filters)) shown.push({ at: placeIn(found), line });
    }
    if (shown.length > limit) break;
  }
  const page = await withFound(parts, shown.slice(0, limit), all, sight);
  const last = page.at(-1);
  const isFull = shown.length > limit;
  const lookedTo = isFull || onDay !== undefined ? undefined : spans.at(-1)?.from;
  const told = asked.request === undefined ? page : await followedBy(page, filters, sight);
  const isLast = lookedTo !== undefined && lookedTo < noOlder;
  const next = isFull && last ? textOf(last.at) : lookedTo && !isLast ? textOf([lookedTo, '', 0]) : undefined;
  return { acts: told.map(({ line }) => line), ...whereKnown({ next, lookedTo }) };
}
