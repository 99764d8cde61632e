/**
 * A commit as it is stored: one item with a string as its body. Its hash covers the bytes of that string and the
 * previous hash.
 */
import { hash } from 'node:crypto';
import * as z from 'zod';
import { doors } from '../domain/audit/act-log.ts';
import { canonical } from './canonical.ts';
import { type CommitCodes, mayWrite, writerOf } from './commit-codes.ts';

/**
 * What led to a commit: a person's command, a task of a run, an event from outside, the watchdog. `digest` is a keyed
 * digest of all that was sent with the command, including its texts. `requestId` is the one of the answer. A command that
 * follows from another has no digest.
 */
export const cause = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    name: z.string(),
    id: z.string(),
    digest: z.string().optional(),
    requestId: z.string().optional(),
    /** The purpose of a read of identities. */
    purpose: z.string().optional(),
    /** The door that it came through. Absent where a function carried it out. */
    door: z.enum(doors).optional(),
  }),
  z.object({
    kind: z.literal('task'),
    run: z.string(),
    /** The request that began the run, or woke it last. Absent where none did. */
    requestId: z.string().optional(),
  }),
  z.object({ kind: z.literal('delivery') }),
  z.object({ kind: z.literal('lost-run') }),
  z.object({ kind: z.literal('sweep') }),
]);
export type Cause = z.infer<typeof cause>;

/** A stored row without its content: when it says that it was written, and the codes of its events. */
export interface OutlinedRow {
  /** A UTC instant. Empty where the row says none. */
  readonly at: string;
  /** Types of events. Empty where the row cannot be read, or names none. */
  readonly types: readonly string[];
}

/** The format of a stored commit. A later format gets another number, and a reader of its own. */
export const commitFormat = 1;

const body = z.object({
  format: z.literal(commitFormat),
  chain: z.string(),
  seq: z.number(),
  /** A UTC instant. */
  at: z.string(),
  actor: z.object({ kind: z.enum(['person', 'function']), id: z.string() }),
  /** The id of the person on leave for whose sake a delegate acted. */
  onBehalfOf: z.string().optional(),
  cause,
  policy: z.string(),
  events: z.array(z.unknown()),
});
/** What a commit says, beside the format that it is stored in. */
export type CommitBody = Omit<z.infer<typeof body>, 'format'>;

export interface StoredCommit {
  /** The bytes the hash covers. */
  readonly text: string;
  readonly prev: string;
  readonly hash: string;
  /** The code of the hash (`commit-codes.ts`). */
  readonly signature?: string;
  readonly signedBy?: string;
  /** The code also says that the writer, a door, found all commits before it as they were written. */
  readonly vouches?: true;
}

/** `events`: those that count. What no right code proves, and would open or end something, is in `stored` alone. */
export interface Commit<Event> extends Omit<CommitBody, 'events'> {
  readonly events: readonly Event[];
  readonly stored: StoredCommit;
  readonly isUnproved?: true;
  /** The row at this place is no commit of it, or is gone. It stands here without events, so that places stay. */
  readonly isLeftOut?: true;
}

/** The commit of this command, where it is proved to be carried out before. Name and id decide, whatever was sent. */
export const earlierOf = <Event>(commits: readonly Commit<Event>[], wanted: Cause): Commit<Event> | undefined =>
  wanted.kind === 'command'
    ? commits.find(
        ({ cause, isUnproved }) =>
          !isUnproved && cause.kind === 'command' && cause.id === wanted.id && cause.name === wanted.name,
      )
    : undefined;

/** Whether the two were sent with the same content. Undefined where one of them has no digest. */
export function sameContent(one: Cause, other: Cause): boolean | undefined {
  if (one.kind !== 'command' || other.kind !== 'command') return undefined;
  return one.digest === undefined || other.digest === undefined ? undefined : one.digest === other.digest;
}

/** The hash before the first commit of a chain. */
export const noHash = '0'.repeat(64);

const hashOf = (prev: string, text: string) => hash('sha256', `${prev}\n${text}`, 'hex');

export function encodeCommit(content: CommitBody, prev: string): StoredCommit {
  const text = canonical({ format: commitFormat, ...content });
  return { text, prev, hash: hashOf(prev, text) };
}

type Content = z.infer<typeof body>;

/** What stored commits say. A chain is read, checked and vouched for by turns, and each would parse the same bytes again. */
const contents = new WeakMap<StoredCommit, Content>();

/** What a stored commit says. Undefined where it says nothing that can be read. */
function contentOf(stored: StoredCommit): Content | undefined {
  const known = contents.get(stored);
  if (known) return known;
  const { data } = body.safeParse(jsonOf(stored.text));
  if (data) contents.set(stored, data);
  return data;
}

const typed = z.looseObject({ type: z.string().regex(/^[a-z0-9-]{1,40}$/) });

/** Codes and an instant alone, whatever a person wrote into the row. */
export function outlineOf(stored: StoredCommit): OutlinedRow {
  const { at = '', events = [] } = contentOf(stored) ?? {};
  return {
    at: Number.isNaN(Date.parse(at)) ? '' : new Date(at).toISOString(),
    types: events.flatMap((each) => typed.safeParse(each).data?.type ?? []).slice(0, 20),
  };
}

/** Parses a stored commit. Throws where the row is not one: a damaged ledger must stop, not be guessed at. */
export function decodeCommit<Event>(stored: StoredCommit, readEvent: (event: unknown) => Event): Commit<Event> {
  const { format: _, ...parsed } = contentOf(stored) ?? body.parse(JSON.parse(stored.text));
  return { ...parsed, events: parsed.events.map(readEvent), stored };
}

/** A stored row as a commit, its events unread. A row that is none gives none. */
export function commitIn(stored: StoredCommit): readonly Commit<unknown>[] {
  try {
    return [decodeCommit(stored, (event) => event)];
  } catch {
    return [];
  }
}

/** How stored commits are read and folded. Several ledgers in one process may share the results. */
export interface ReadingOfCommits {
  readonly decodeCommit: typeof decodeCommit;
  /** Folds commits onto the state before them by `foldOn`. */
  readonly fold: <Item, State>(
    commits: readonly Commit<Item>[],
    from: State,
    foldOn: (commits: readonly Commit<Item>[], from: State) => State,
  ) => State;
}
export const readEach: ReadingOfCommits = { decodeCommit, fold: (commits, from, foldOn) => foldOn(commits, from) };

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type ChainCheck =
  | { readonly intact: true; readonly length: number; readonly head: string }
  | { readonly intact: false; readonly length: number; readonly brokenAt: number; readonly sentence: string };

type Broken = ChainCheck & { readonly intact: false };

const intact = (commits: readonly StoredCommit[]): ChainCheck => ({
  intact: true,
  length: commits.length,
  head: commits.at(-1)?.hash ?? noHash,
});
const broken = ({ length }: readonly StoredCommit[], brokenAt: number, sentence: string): Broken => ({
  intact: false,
  length,
  brokenAt,
  sentence,
});

export const sameBytes = (one: StoredCommit, other: StoredCommit | undefined): boolean =>
  one.text === other?.text &&
  one.prev === other.prev &&
  one.hash === other.hash &&
  one.signature === other.signature &&
  one.signedBy === other.signedBy &&
  one.vouches === other.vouches;

/** So many commits of a chain that a supervisor accepted as they are stored. `last` is the place of the last of them. */
export interface AcceptedCommits {
  readonly count: number;
  readonly last: number;
  readonly digest: string;
}

export const digestOfTexts = (texts: readonly unknown[]): string => hash('sha256', JSON.stringify(texts), 'hex');

/** Digests of chains as they were read. A whole chain is compared with what was accepted, then named by its digest. */
const digests = new WeakMap<readonly StoredCommit[], string>();

/** A digest of the stored bytes, also where they are damaged. */
function digestOf(commits: readonly StoredCommit[]): string {
  const known = digests.get(commits);
  if (known !== undefined) return known;
  const digest = digestOfTexts(
    commits.map(({ text, prev, hash, signature = '', signedBy = '', vouches }) =>
      vouches ? [text, prev, hash, signature, signedBy, 'vouches'] : [text, prev, hash, signature, signedBy],
    ),
  );
  digests.set(commits, digest);
  return digest;
}

/** All of these commits, as they are accepted. The place of a last commit that cannot be read is their number. */
export function acceptedOf(commits: readonly StoredCommit[]): AcceptedCommits {
  const last = commits.at(-1);
  const seq = last && contentOf(last)?.seq;
  return { count: commits.length, last: seq ?? commits.length, digest: digestOf(commits) };
}

/** Whether the chain still begins with the commits that were accepted. */
export const beginsWith = (commits: readonly StoredCommit[], { count, digest }: AcceptedCommits): boolean =>
  commits.length >= count && digestOf(commits.length === count ? commits : commits.slice(0, count)) === digest;

/** Stored commits whose hash was computed and was right. */
const hashed = new WeakSet<StoredCommit>();

/** Whether the hash of this commit is of its content. */
export function isHashRight(stored: StoredCommit): boolean {
  if (hashed.has(stored)) return true;
  const isRight = stored.hash === hashOf(stored.prev, stored.text);
  if (isRight) hashed.add(stored);
  return isRight;
}

/**
 * Whether this commit, by itself, is as it was written. It is in its place, has its hash, and the code of a function that may
 * write it. Rejects where the keys do not answer.
 */
export async function isAsWritten(
  chain: string,
  seq: number,
  commit: StoredCommit,
  codes: Pick<CommitCodes, 'holderOf'>,
): Promise<boolean> {
  const data = contentOf(commit);
  if (data?.chain !== chain || data.seq !== seq || !isHashRight(commit)) return false;
  return mayWrite(await writerOf(codes, commit), data);
}

const goesOnFrom = (accepted: readonly StoredCommit[], prev: string): boolean =>
  accepted.some((commit) => commit.hash === prev);

/**
 * The contents of the commits after those that are as they were `verified`, or accepted. Where one does not fit, that place
 * instead.
 */
function contentsAfter(
  chain: string,
  commits: readonly StoredCommit[],
  verified: readonly StoredCommit[],
  accepted?: AcceptedCommits,
): readonly Content[] | Broken {
  const changed = commits.findIndex((commit, index) => !sameBytes(commit, verified[index]));
  if (changed === -1) return [];
  const excused = accepted && beginsWith(commits, accepted) ? accepted : { count: 0, last: 0 };
  const from = Math.max(changed, excused.count);
  // Where commits are missing for good, later places count from the last accepted one.
  const missing = excused.last - excused.count;
  let head = commits[from - 1]?.hash ?? noHash;
  const found: Content[] = [];
  for (const [index, commit] of commits.slice(from).entries()) {
    const { prev, hash } = commit;
    const seq = from + index + 1 + missing;
    // After what was accepted, a commit may follow from the last one that was whole.
    const follows =
      prev === head || (index === 0 && excused.count === from && goesOnFrom(commits.slice(0, from), prev));
    if (!follows) return broken(commits, seq, `Commit ${seq} does not follow from the commit before it.`);
    if (!isHashRight(commit)) return broken(commits, seq, `The content of commit ${seq} is not what was sealed.`);
    const content = contentOf(commit);
    if (content?.seq !== seq || content.chain !== chain) {
      return broken(commits, seq, `Commit ${seq} belongs to another place.`);
    }
    found.push(content);
    head = hash;
  }
  return found;
}

/**
 * Recomputes a chain from its first commit. `brokenAt` is the sequence number of the first commit that does not fit.
 * `verified`: the same chain as this process found it intact before. Equal bytes are not hashed and parsed again.
 * `accepted`: the commits that a supervisor accepted. Only what follows them is recomputed.
 */
export function verifyChain(
  chain: string,
  commits: readonly StoredCommit[],
  verified: readonly StoredCommit[] = [],
  accepted?: AcceptedCommits,
): ChainCheck {
  const contents = contentsAfter(chain, commits, verified, accepted);
  return 'intact' in contents ? contents : intact(commits);
}

/**
 * The commits that a door has vouched for, from and up to these indexes. They follow from each other. It asks about the last
 * commit that claims to vouch, and about the one before where that claim is wrong.
 */
export async function vouchedFor(
  commits: readonly StoredCommit[],
  codes: Pick<CommitCodes, 'holderOf'>,
): Promise<{ readonly from: number; readonly until: number }> {
  for (let at = commits.length - 1; at >= 0; at -= 1) {
    const last = commits[at];
    if (!last?.vouches || !isHashRight(last) || (await writerOf(codes, last)) !== 'door') continue;
    let from = at;
    for (let before = commits[from - 1]; before; before = commits[from - 1]) {
      if (commits[from]?.prev !== before.hash || !isHashRight(before)) break;
      from -= 1;
    }
    return { from, until: at + 1 };
  }
  return { from: 0, until: 0 };
}

/**
 * `verifyChain`, and whether each commit has the code of a function that may write it. Equal bytes are not asked about
 * again. Nor is what a door has vouched for, unless `asksAll`. Rejects where the keys do not answer.
 */
export async function checkChain(
  chain: string,
  commits: readonly StoredCommit[],
  codes: Pick<CommitCodes, 'holderOf'>,
  trusted: {
    readonly verified?: readonly StoredCommit[] | undefined;
    readonly accepted?: AcceptedCommits | undefined;
    readonly asksAll?: true;
  } = {},
): Promise<ChainCheck> {
  const contents = contentsAfter(chain, commits, trusted.verified ?? [], trusted.accepted);
  if ('intact' in contents) return contents;
  const from = commits.length - contents.length;
  const left = commits.slice(from);
  const vouched = trusted.asksAll ? 0 : (await vouchedFor(left, codes)).until;
  const holders = await Promise.all(left.slice(vouched).map((commit) => writerOf(codes, commit)));
  const wrong = contents.slice(vouched).findIndex((content, index) => !mayWrite(holders[index], content));
  if (wrong === -1) return intact(commits);
  const seq = contents[vouched + wrong]?.seq ?? from + vouched + wrong + 1;
  return broken(commits, seq, `Commit ${seq} was not written by a function that may write it.`);
}
