/**
 * The one place where chains are read. It gives the commits that count. It says whether a chain is as it was written, and why
 * a person may not act on it.
 */
import { aboutChain, continued, mostChains } from '../domain/audit/findings.ts';
import { type Doubt, type NotedDoubt, noDoubt } from '../domain/doubts/doubts.ts';
import { countsUnproved, effectOf } from '../domain/event-rules.ts';
import { doubtChain, doubtKind, type Kind } from './chains.ts';
import {
  type AcceptedCommits,
  beginsWith,
  type ChainCheck,
  type Commit,
  checkChain,
  isAsWritten,
  isHashRight,
  noHash,
  type ReadingOfCommits,
  readEach,
  type StoredCommit,
  sameBytes,
  vouchedFor,
} from './commit.ts';
import { type CommitCodes, mayWrite, writerOf } from './commit-codes.ts';
import type { CommitRows, PlacedRow } from './commit-rows.ts';
import { keepLatest, sizedCache } from './keep-latest.ts';
import { type ChainsOfRecord, createDoubts, ownOf } from './stored-doubts.ts';

/** A chain as far as it was read, and the state of its commits. */
export interface Chain<Item, State> {
  readonly commits: readonly Commit<Item>[];
  readonly state: State;
  /** A commit was found unproved. A supervisor may accept it later, so it is looked at anew with each read. */
  readonly isInQuestion?: true;
  /** All rows as they are stored, where some are no commits of their places. Such a chain is read anew each time. */
  readonly asStored?: readonly StoredCommit[];
}

/** A state as it was after so many commits of its chain. */
interface Followed {
  readonly count: number;
  readonly state: unknown;
}
const nothingFollowed: Followed = { count: 0, state: undefined };
/** Several consumers follow one referral in one process, each at its own place. */
const mostFollowed = 4;

/** The most commits in all that cached chains may have. A busy referral has hundreds of short chains, of its alerts. */
const mostCommits = 10_000;

/** A commit is not in its place, or cannot follow from those before it. */
class DamagedChain extends Error {
  override readonly name = 'DamagedChain';
}

const nothingStored: StoredCommit = { text: '', prev: '', hash: '' };

/** Stands at the place after this commit for a row that is no commit of its place. */
const leftOut = <Item>({ chain, seq, at, policy }: Commit<Item>, stored: StoredCommit): Commit<Item> => ({
  chain,
  seq: seq + 1,
  at,
  actor: { kind: 'function', id: 'unknown' },
  cause: { kind: 'delivery' },
  policy,
  events: [],
  stored,
  isUnproved: true,
  isLeftOut: true,
});

const unlessThrown = <Value>(work: () => Value): Value | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

/** Whether the stored rows cannot be read as a chain, whatever the services do. */
const isDamage = (error: unknown): boolean =>
  error instanceof DamagedChain ||
  error instanceof SyntaxError ||
  // What no state can be folded from.
  error instanceof TypeError ||
  error instanceof RangeError ||
  (error instanceof Error && error.name === 'ZodError');

/**
 * What `reading` gives, or `instead` where the stored rows are damaged; `onDamage` hears of that. A service that fails
 * still throws.
 */
export const unlessDamaged = <Value, const Instead>(
  reading: Promise<Value>,
  instead: Instead,
  onDamage?: (error: unknown) => void,
): Promise<Value | Instead> =>
  reading.catch((error: unknown) => {
    if (!isDamage(error)) throw error;
    onDamage?.(error);
    return instead;
  });

/** What `folding` gives. What no state can be folded from is damage, whatever the fold throws. */
function unlessUnfoldable<State>(chain: string, folding: () => State): State {
  try {
    return folding();
  } catch (error) {
    throw new DamagedChain(`The chain ${chain} cannot be folded: audit it.`, { cause: error });
  }
}

/** The first doubt of a chain, as an event notes it. */
export type FoundDoubt = Pick<NotedDoubt, 'chain' | 'cause' | 'place'>;

/** What `check` trusts beside the codes: nothing, or what was found right or accepted before. */
export type Trusting = 'nothing' | { readonly witnessed?: AcceptedCommits | undefined };

/** Of rows behind a gap, so many are asked about. */
const mostBehindGap = 100;
/** The most places that a gap may have. A function that was taken over could write its commit at any place. */
const widestGap = 10_000;

const storedOf = (commits: readonly Commit<unknown>[]): readonly StoredCommit[] => commits.map(({ stored }) => stored);

export function createReadingRoom({
  rows,
  codes,
  reading: made = readEach,
}: {
  readonly rows: CommitRows;
  readonly codes: CommitCodes;
  readonly reading?: ReadingOfCommits | undefined;
}) {
  /** A chain only grows, so what was read once stays true. Only its tail is read, parsed and folded again. */
  const known = sizedCache<Chain<unknown, unknown>>(mostCommits, ({ commits }) => commits.length + 1);
  /** Chains as they were stored when they were last found as written. */
  const verified = sizedCache<readonly StoredCommit[]>(mostCommits, ({ length }) => length + 1);
  /** When the last commit in memory was written (UTC), of chains that this process remembers otherwise. */
  const missed = new Map<string, string>();
  /** The last states that consumers asked for, by chain, the latest at the end. */
  const followed = new Map<string, readonly Followed[]>();

  const nothingRead = <Item, State>({ foldOn }: Kind<Item, State>): Chain<Item, State> => ({
    commits: [],
    state: foldOn([], undefined),
  });
  const knownOf = <Item, State>(chain: string, kind: Kind<Item, State>) =>
    (known.get(chain) as Chain<Item, State> | undefined) ?? nothingRead(kind);

  const grown = <Item, State>(
    { commits, state, isInQuestion, asStored }: Chain<Item, State>,
    tail: readonly Commit<Item>[],
    { foldOn }: Kind<Item, State>,
  ): Chain<Item, State> => ({
    commits: [...commits, ...tail],
    state: made.fold(tail, state, foldOn),
    ...(isInQuestion && { isInQuestion }),
    ...(asStored && { asStored }),
  });

  /** Whether a function that may write this commit wrote it. A right answer is remembered. */
  const isProved = async (commit: Commit<unknown>): Promise<boolean> =>
    isHashRight(commit.stored) && mayWrite(await writerOf(codes, commit.stored), commit);

  /**
   * Only a commit that would do something is asked about. Its head does something too: a person had a part, or a command
   * was carried out. Where records of reads and words about doubts are used, each is asked about.
   */
  const needsProof = ({ chain, actor, cause, events }: Commit<unknown>): boolean =>
    events.some((event) => effectOf(chain, event) !== 'informs') ||
    (!/^(?:access|doubt)#/.test(chain) && (events.length === 0 || actor.kind === 'person' || cause.kind === 'command'));

  /** Whether each commit may count. The last one that vouches for those before it is asked about, and those after it. */
  async function areProved(tail: readonly Commit<unknown>[]): Promise<readonly boolean[]> {
    const wanted = tail.map(needsProof);
    if (!wanted.includes(true)) return wanted.map(() => true);
    const { from, until } = await vouchedFor(storedOf(tail), codes);
    return Promise.all(
      tail.map(async (commit, index) => !wanted[index] || (index >= from && index < until) || (await isProved(commit))),
    );
  }

  /**
   * The chain with these commits after it. What would open or end something counts where its commit is proved. It also
   * counts where a supervisor accepted it as it is stored.
   */
  async function believed<Item, State>(
    chain: string,
    before: Chain<Item, State>,
    tail: readonly Commit<Item>[],
    kind: Kind<Item, State>,
  ): Promise<Chain<Item, State>> {
    const proved = await areProved(tail);
    if (!proved.includes(false)) return folded(before, tail, tail, new Set(), kind);
    const accepted = (await doubts.read(aboutChain(chain))).accepted.get(chain);
    const all = before.asStored ?? [...storedOf(before.commits), ...storedOf(tail)];
    const confirmed = new Set(accepted && beginsWith(all, accepted) ? all.slice(0, accepted.count) : []);
    const counted = unlessThrown(() => {
      let { state } = before;
      return tail.map((commit, index) => {
        const isBelieved = proved[index] || confirmed.has(commit.stored);
        const each = isBelieved ? commit : countedOf(commit, state, kind);
        state = kind.foldOn([each], state);
        return each;
      });
    });
    return { ...(await folded(before, counted, tail, confirmed, kind)), isInQuestion: true };
  }

  /**
   * Folds `counted` onto the chain. Where it cannot be folded, a forged event does not fit what is before or after it. Then only
   * what is proved or `confirmed` counts, if the kind leaves rows out. Else the chain is damaged.
   */
  async function folded<Item, State>(
    before: Chain<Item, State>,
    counted: readonly Commit<Item>[] | undefined,
    tail: readonly Commit<Item>[],
    confirmed: ReadonlySet<StoredCommit>,
    kind: Kind<Item, State>,
  ): Promise<Chain<Item, State>> {
    const plain = counted && unlessThrown(() => grown(before, counted, kind));
    if (plain) return plain;
    const chain = tail[0]?.chain ?? '';
    if (!kind.leavesOut) throw new DamagedChain(`The chain ${chain} cannot be folded: audit it.`);
    const sure = await Promise.all(
      tail.map(async (commit) => confirmed.has(commit.stored) || (await isProved(commit))),
    );
    const strict = tail.map(
      (commit, at): Commit<Item> => (sure[at] ? commit : { ...commit, isUnproved: true, events: [] }),
    );
    return { ...unlessUnfoldable(chain, () => grown(before, strict, kind)), isInQuestion: true };
  }

  /** An unproved commit with the events that count: they neither open nor end, and they can follow this state. */
  function countedOf<Item, State>(commit: Commit<Item>, state: State, kind: Kind<Item, State>): Commit<Item> {
    const unproved = (events: readonly Item[]): Commit<Item> => ({ ...commit, isUnproved: true, events });
    const events: Item[] = [];
    let after = state;
    for (const event of commit.events.filter((each) => countsUnproved(commit.chain, each))) {
      try {
        after = kind.foldOn([unproved([event])], after);
      } catch {
        continue;
      }
      events.push(event);
    }
    return unproved(events);
  }

  /** The same, and what was in question before is decided anew. */
  async function grownBy<Item, State>(
    chain: string,
    before: Chain<Item, State>,
    tail: readonly Commit<Item>[],
    kind: Kind<Item, State>,
  ): Promise<Chain<Item, State>> {
    if (!before.isInQuestion) return tail.length === 0 ? before : believed(chain, before, tail, kind);
    followed.delete(chain);
    const all = before.commits.map((commit) =>
      commit.isUnproved ? made.decodeCommit(commit.stored, kind.readItem) : commit,
    );
    return believed(chain, nothingRead(kind), [...all, ...tail], kind);
  }

  /**
   * The commits of a chain that count, each in its place. Throws where one is not: a damaged ledger must stop, not be
   * guessed at. Where `enough` commits were read before, nothing is read.
   */
  async function read<Item, State>(
    chain: string,
    kind: Kind<Item, State>,
    enough = Number.POSITIVE_INFINITY,
  ): Promise<Chain<Item, State>> {
    const before = knownOf(chain, kind);
    const from = before.commits.length;
    if (from >= enough) return before;
    if (before.asStored) {
      drop(chain);
      return read(chain, kind, enough);
    }
    // The last known commit is read again with what came since. A chain that was cut or rewritten shows there.
    const last = before.commits.at(-1);
    const placed = await rows.placed(chain, Math.max(from, 1));
    if (last && !(placed[0] && sameBytes(last.stored, placed[0].stored))) {
      forget(chain, last.at);
      return read(chain, kind, enough);
    }
    const came = placed.slice(last ? 1 : 0);
    const tail = inPlace(chain, came, from, kind);
    if (!tail && kind.leavesOut) {
      // Read again: a commit that another process adds meanwhile is no gap.
      const whole = await rows.placed(chain, 1);
      const after = await believedOf(chain, whole, kind);
      remember(chain, after);
      return after;
    }
    if (!tail) throw new DamagedChain(`The chain ${chain} is damaged after commit ${from}: audit it.`);
    const after = await grownBy(chain, before, tail, kind);
    remember(chain, after);
    return after;
  }

  /** These rows as commits, each in its place after `from`. Undefined where one is in another place. */
  function inPlace<Item, State>(
    chain: string,
    placed: readonly PlacedRow[],
    from: number,
    kind: Kind<Item, State>,
  ): readonly Commit<Item>[] | undefined {
    const read = () => placed.map(({ stored }) => made.decodeCommit(stored, kind.readItem));
    const commits = kind.leavesOut ? unlessThrown(read) : read();
    const isPlaced = commits?.every(
      (commit, index) =>
        commit.chain === chain && commit.seq === from + index + 1 && commit.seq === placed[index]?.place,
    );
    return isPlaced ? commits : undefined;
  }

  /** The chain of all these rows, without those that are no commits of their places. */
  async function believedOf<Item, State>(
    chain: string,
    placed: readonly PlacedRow[],
    kind: Kind<Item, State>,
  ): Promise<Chain<Item, State>> {
    const plain = inPlace(chain, placed, 0, kind);
    if (plain) return believed(chain, nothingRead(kind), plain, kind);
    const asStored = placed.map(({ stored }) => stored);
    const commits = await leavingOut(chain, placed, kind);
    return believed(chain, { ...nothingRead(kind), asStored }, commits, kind);
  }

  /**
   * The commits of these rows, each at its place. A row that is no commit of its place stands there without events. A commit
   * that stands elsewhere counts at its own place, where it follows from the one before. Rows behind a gap count from the
   * first that a function wrote. Throws where the first place has no commit.
   */
  async function leavingOut<Item, State>(
    chain: string,
    placed: readonly PlacedRow[],
    kind: Kind<Item, State>,
  ): Promise<readonly Commit<Item>[]> {
    const parsed = placed.flatMap(({ place, stored }) => {
      const head = unlessThrown(() => made.decodeCommit(stored, (event) => event));
      return head?.chain === chain ? [{ place, stored, seq: head.seq }] : [];
    });
    const elsewhere = Map.groupBy(
      parsed.filter(({ place, seq }) => place !== seq),
      ({ seq }) => seq,
    );
    const own = new Map(parsed.filter(({ place, seq }) => place === seq).map(({ seq, stored }) => [seq, stored]));
    const byPlace = new Map(placed.map(({ place, stored }) => [place, stored]));
    const behind = [...own.keys()].filter((place) => Number.isSafeInteger(place));
    let asked = 0;
    const afterGap = async (place: number): Promise<number | undefined> => {
      for (const next of behind) {
        const stored = own.get(next);
        if (next <= place || next > place + widestGap || !stored || asked >= mostBehindGap) continue;
        asked += 1;
        if (await isAsWritten(chain, next, stored, codes)) return next;
      }
      return undefined;
    };
    const commits: Commit<Item>[] = [];
    let head = noHash;
    let until = 0;
    for (let place = 1; ; place += 1) {
      const moved = elsewhere.get(place)?.find(({ stored }) => stored.prev === head && isHashRight(stored))?.stored;
      const stored = own.get(place) ?? moved;
      const commit = stored && unlessThrown(() => made.decodeCommit(stored, kind.readItem));
      // This release cannot read what a function wrote.
      if (stored && !commit && (await isAsWritten(chain, place, stored, codes)))
        throw new DamagedChain(`Commit ${place} of the chain ${chain} cannot be read by this release.`);
      if (commit) head = commit.stored.hash;
      const row = commit ? undefined : byPlace.get(place);
      if (!commit && !row && place >= until) {
        const next = await afterGap(place);
        if (next === undefined) return commits;
        until = next;
      }
      const before = commits.at(-1);
      if (commit) commits.push(commit);
      else if (before) commits.push(leftOut(before, row ?? nothingStored));
      else throw new DamagedChain(`The chain ${chain} has no first commit: audit it.`);
    }
  }

  /** What this process knows of a chain is read anew. */
  function drop(chain: string): void {
    known.drop(chain);
    followed.delete(chain);
  }

  /** This process goes on with the chain as it is stored, and knows that it was another. `knownAt` is a UTC instant. */
  function forget(chain: string, knownAt: string): void {
    drop(chain);
    keepLatest(missed, chain, knownAt);
  }

  function remember(chain: string, found: Chain<unknown, unknown>): void {
    const before = known.get(chain);
    // A reader in between may have read more.
    known.keep(chain, before && before.commits.length > found.commits.length ? before : found);
  }

  /**
   * Works on a chain, or on the one that goes on with it where it cannot be read. What was stored stays as it is. So a row
   * that is no commit costs a doubt, and stops neither mail nor reads nor words. `goesOn`: on the last one that has commits.
   */
  async function onReadable<Item, State, Answer>(
    first: string,
    kind: Kind<Item, State>,
    work: (chain: string) => Promise<Answer>,
    { goesOn = false }: { readonly goesOn?: boolean } = {},
  ): Promise<Answer> {
    const own = goesOn ? ownOf((await chainsFrom(first, kind)).readable) : undefined;
    if (own) return work(own.chain);
    for (let number = 1; ; number += 1) {
      const chain = continued(first, number);
      try {
        return await work(chain);
      } catch (error) {
        // The fault may be that of the work, and not of what is stored.
        const isUnreadable = isDamage(error) && (await unlessDamaged(read(chain, kind), undefined)) === undefined;
        if (!isUnreadable || number === mostChains) throw error;
      }
    }
  }

  /**
   * The chains of a record that go on with each other. Those that can be read come in order, and the others by name. A next
   * chain counts also where the one before it is mended by now. Reading ends where a next chain is not there.
   */
  async function chainsFrom<Item, State>(
    first: string,
    kind: Kind<Item, State>,
  ): Promise<ChainsOfRecord<Chain<Item, State> & { readonly chain: string }>> {
    const readable: (Chain<Item, State> & { readonly chain: string })[] = [];
    const unreadable: string[] = [];
    const readAt = (number: number) => unlessDamaged(read(continued(first, number), kind), undefined);
    // Nearly always there is one. That there is no next one is asked at the same time.
    const both = await Promise.all([readAt(1), readAt(2)]);
    for (let number = 1; number <= mostChains; number += 1) {
      const chain = continued(first, number);
      const found = number <= 2 ? both[number - 1] : await readAt(number);
      const isThere = !found || found.commits.length > 0;
      if (!found) unreadable.push(chain);
      // An empty one is where the next commit goes, if no other can be read.
      else if (isThere || readable.length === 0) readable.push({ chain, ...found });
      if (number > 1 && !isThere) break;
    }
    return { readable, unreadable };
  }

  const doubts = createDoubts({
    readDoubts: (record) => chainsFrom(doubtChain(record), doubtKind),
    readAfresh: (chain) => rows.from(chain, 1),
    codes,
  });

  /**
   * Whether these commits of a chain are as they were written, each by a function that may write it. Trusting nothing, each
   * code is asked about anew. Else what this process found right needs no question. Nor does what a door vouched for, what
   * is `witnessed`, and what a supervisor accepted.
   */
  async function check(chain: string, commits: readonly StoredCommit[], trusting: Trusting = {}): Promise<ChainCheck> {
    if (trusting === 'nothing') return checkChain(chain, commits, codes, { asksAll: true });
    const { witnessed } = trusting;
    const plain = await checkChain(chain, commits, codes, {
      verified: verified.get(chain),
      accepted: witnessed,
    });
    const accepted = plain.intact ? undefined : (await doubts.read(aboutChain(chain))).accepted.get(chain);
    const found = accepted ? await checkChain(chain, commits, codes, { accepted }) : plain;
    if (found.intact) verified.keep(chain, commits);
    return found;
  }

  /**
   * The commits of a chain as they are stored now. Where they are as this process has checked them before, those are given.
   * What was computed of them holds.
   */
  async function readAfresh(chain: string): Promise<readonly StoredCommit[]> {
    const commits = await rows.from(chain, 1);
    const before = verified.get(chain);
    const isSame = before?.length === commits.length && before.every((each, index) => sameBytes(each, commits[index]));
    return isSame ? before : commits;
  }

  /** Of this chain, what this process remembers and does not find any more, unless a younger word is about that. */
  const lossOf = (chain: string, { accepted }: Doubt): FoundDoubt | undefined => {
    const knownAt = missed.get(chain);
    const word = accepted.get(chain);
    return knownAt === undefined || (word && word.at >= knownAt) ? undefined : { chain, cause: 'shorter' };
  };

  return {
    read,
    onReadable,
    chainsFrom,
    /** The chain as this process has read it last. */
    knownOf,
    hasRead: (chain: string): boolean => known.get(chain) !== undefined,
    check,
    readAfresh,
    doubts,

    /** The chain with a commit that this process is about to append. Throws where a later read could not read or fold it. */
    withOwn: <Item, State>(before: Chain<Item, State>, stored: StoredCommit, kind: Kind<Item, State>) =>
      grown(before, [made.decodeCommit(stored, kind.readItem)], kind),
    remember,

    /** The state after the first `count` of these commits. Of a later place, only the commits in between are folded. */
    stateAfter<Item, State>(
      chain: string,
      commits: readonly Commit<Item>[],
      count: number,
      kind: Kind<Item, State>,
    ): State {
      // Another consumer may have gone further than these commits were read.
      const until = Math.min(count, commits.length);
      const before = followed.get(chain) ?? [];
      const from = before.reduce(
        (best, each) => (each.count <= until && each.count > best.count ? each : best),
        nothingFollowed,
      );
      if (from.count === until) return from.state as State;
      const head = known.get(chain);
      const state =
        head?.commits.length === until
          ? (head.state as State)
          : unlessUnfoldable(chain, () =>
              made.fold(commits.slice(from.count, until), from.state as State, kind.foldOn),
            );
      keepLatest(followed, chain, [...before, { count: until, state }].slice(-mostFollowed));
      return state;
    },

    /** The first doubt of a chain, as this process has read it. What it missed is told once. */
    async firstDoubt(chain: string): Promise<FoundDoubt | undefined> {
      const lost = missed.has(chain) && lossOf(chain, await doubts.read(aboutChain(chain)));
      missed.delete(chain);
      if (lost) return lost;
      const { asStored, commits = [] } = known.get(chain) ?? {};
      const found = await check(chain, asStored ?? storedOf(commits));
      return found.intact ? undefined : { chain, cause: 'not-as-written', place: found.brokenAt };
    },

    /**
     * Why no person may act on a chain with these commits. `open`: it is noted already. Else what to note before the act is
     * refused. It costs one read, and a question for each commit since a door last vouched for the chain.
     */
    async doubtOfAct(chain: string, commits: readonly Commit<unknown>[]): Promise<'open' | FoundDoubt | undefined> {
      const stored = known.get(chain)?.asStored ?? storedOf(commits);
      const record = aboutChain(chain);
      const [doubt, found] = await Promise.all([doubts.read(record), check(chain, stored)]);
      if (doubt.open.length > 0) return 'open';
      const lost = lossOf(doubtChain(record), noDoubt) ?? lossOf(chain, doubt);
      if (lost) return lost;
      const accepted = doubt.accepted.get(chain);
      // What was accepted is no longer stored as it was.
      if (accepted && !beginsWith(stored, accepted)) return { chain, cause: 'shorter' };
      return found.intact ? undefined : { chain, cause: 'not-as-written', place: found.brokenAt };
    },

    /** What was missed is noted now. */
    settle: (chain: string): void => void missed.delete(chain),
  };
}
