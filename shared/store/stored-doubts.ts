/**
 * Which records are in doubt, and which words of supervisors count. A person with access to the table could remove a mark, or
 * forge one. They could also write a row that cannot be read.
 */

import { aboutChain } from '../domain/audit/findings.ts';
import {
  type Accepted,
  type Doubt,
  type DoubtEvent,
  type DoubtHistory,
  doubtOf,
  type NotedDoubt,
  noDoubt,
} from '../domain/doubts/doubts.ts';
import { doubtChain, isKnownChain } from './chains.ts';
import { acceptedOf, type Commit, digestOfTexts, isAsWritten, isHashRight, type StoredCommit } from './commit.ts';
import { type CommitCodes, writerOf } from './commit-codes.ts';

/** What a supervisor looks at, and the words to confirm exactly that. */
export interface DoubtLook {
  readonly doubt: Doubt;
  /** Names the stored commits of every chain in doubt. Empty where nothing is in doubt. */
  readonly seen: string;
}

/** The chains of a record that go on with each other. Those that can be read come in order, and the others by name. */
export interface ChainsOfRecord<Read> {
  readonly readable: readonly Read[];
  readonly unreadable: readonly string[];
}

/** The doubts of a record as one chain has them. */
export interface StoredDoubts {
  readonly chain: string;
  readonly commits: readonly Commit<DoubtEvent>[];
  readonly state: DoubtHistory;
}

interface Chains {
  readonly readDoubts: (record: string) => Promise<ChainsOfRecord<StoredDoubts>>;
  /** The stored commits of a chain. No earlier read is trusted. */
  readonly readAfresh: (chain: string) => Promise<readonly StoredCommit[]>;
  readonly codes: Pick<CommitCodes, 'holderOf'>;
}

const storedOf = (commits: readonly Commit<unknown>[]): readonly StoredCommit[] => commits.map(({ stored }) => stored);

/** A doubt that no commit noted. */
const unnoted = (chain: string): NotedDoubt => ({ chain, cause: 'not-as-written', at: '', seq: 0 });

/** So many marks are asked about at once. A person could write thousands, and each costs a question to the key service. */
const mostAsked = 100;

/** After so many words that no door wrote, earlier words are not looked for. What they accepted is in doubt again. */
const mostWrongWords = 200;

export function createDoubts({ readDoubts, readAfresh, codes }: Chains) {
  /** A word counts where a door coded it, and where it accepts the doubts before it as they are stored. */
  async function isWord({ chain, commits }: StoredDoubts, index: number): Promise<boolean> {
    const commit = commits[index];
    if (commit?.actor.kind !== 'person' || !isHashRight(commit.stored)) return false;
    const own = commit.events.flatMap((event) =>
      event.type === 'doubt-answered'
        ? event.accepted.filter((each) => each.chain === chain && each.count === index)
        : [],
    );
    // The code before the digest of all rows before it: a person could forge thousands of words.
    if (own.length === 0 || (await writerOf(codes, commit.stored)) !== 'door') return false;
    const before = acceptedOf(storedOf(commits.slice(0, index)));
    return own.some((each) => isSame(each, before));
  }

  /**
   * The places of the words that count. They are asked about from the last to the first, a hundred at once, until enough are
   * found wrong.
   */
  async function believedWords(stored: StoredDoubts): Promise<ReadonlySet<number>> {
    const places = stored.state.words.map(({ seq }) => seq).toReversed();
    const believed = new Set<number>();
    for (let from = 0; from < places.length && from - believed.size < mostWrongWords; from += mostAsked) {
      const asked = places.slice(from, from + mostAsked);
      const right = await Promise.all(asked.map((seq) => isWord(stored, seq - 1)));
      for (const [at, seq] of asked.entries()) if (right[at]) believed.add(seq);
    }
    return believed;
  }

  /**
   * What is open of these marks. A mark that no function wrote names nothing, but the chain of the marks is then in doubt
   * itself. So is one that names a chain of another record.
   */
  async function believedMarks(
    record: string,
    { chain, commits }: StoredDoubts,
    open: readonly NotedDoubt[],
    last: number,
  ): Promise<readonly NotedDoubt[]> {
    const later = commits.slice(last);
    const asked = await Promise.all(
      later.slice(0, mostAsked).map(({ seq, stored }) => isAsWritten(chain, seq, stored, codes)),
    );
    const proved = new Set(later.filter((_, index) => asked[index]).map(({ seq }) => seq));
    const isOf = (each: NotedDoubt) =>
      proved.has(each.seq) && isKnownChain(each.chain) && aboutChain(each.chain) === record;
    const named = open.filter(isOf);
    return named.length === open.length && proved.size === later.length ? open : [...named, unnoted(chain)];
  }

  /** Those of these chains that no word accepts as they are stored. */
  async function notAccepted(chains: readonly string[], accepted: Doubt['accepted']): Promise<readonly NotedDoubt[]> {
    const found = await Promise.all(
      chains.map(async (chain) => {
        const word = accepted.get(chain);
        return word && isSame(word, acceptedOf(await readAfresh(chain))) ? [] : [unnoted(chain)];
      }),
    );
    return found.flat();
  }

  /** The doubt of a record, and the chain in which a word about it stands. */
  async function readIn(record: string): Promise<{ readonly doubt: Doubt; readonly chain: string }> {
    const { readable, unreadable } = await readDoubts(record);
    const own = ownOf(readable);
    const first = doubtChain(record);
    if (!own) return { doubt: { ...noDoubt, open: [unnoted(first)] }, chain: first };
    if (own.commits.length === 0 && unreadable.length === 0) return { doubt: noDoubt, chain: own.chain };
    const parts = await Promise.all(readable.map((stored) => readPart(record, stored)));
    const words = parts.flatMap((part) => part.words).toSorted((one, other) => (one.at < other.at ? -1 : 1));
    const accepted = new Map(
      words.flatMap(({ accepted: all, at }) => all.map((each) => [each.chain, { ...each, at }] as const)),
    );
    // A word in one chain answers the marks of its time in the others.
    const isAnswered = ({ at }: NotedDoubt, of: string) =>
      parts.some((part) => part.chain !== of && part.words.some((word) => word.at >= at));
    const named = parts.flatMap(({ chain, marks }) =>
      marks.filter((mark) => mark.at !== '' && !isAnswered(mark, chain)),
    );
    // A mark that no function wrote, and a chain that cannot be read, must be accepted as they are stored.
    const unproved = parts.filter(({ marks }) => marks.some(({ at }) => at === '')).map(({ chain }) => chain);
    const others = [...unreadable, ...unproved.filter((chain) => chain !== own.chain)];
    const wrong = [
      ...(unproved.includes(own.chain) ? [unnoted(own.chain)] : []),
      ...(await notAccepted(others, accepted)),
    ];
    return { doubt: { open: [...named, ...wrong], words, accepted }, chain: own.chain };
  }

  /** What one of the chains says: the words that count, and the marks that none of them answers. */
  async function readPart(record: string, stored: StoredDoubts) {
    const believed = await believedWords(stored);
    const { open, words } = doubtOf(stored.state, (seq) => believed.has(seq));
    const marks = await believedMarks(record, stored, open, Math.max(0, ...believed));
    return { chain: stored.chain, words, marks };
  }

  const read = async (record: string): Promise<Doubt> => (await readIn(record)).doubt;

  return {
    read,

    /** What is in doubt of a record, and the commits of each chain that the word would accept. */
    async look(record: string): Promise<DoubtLook> {
      const { doubt, chain: own } = await readIn(record);
      if (doubt.open.length === 0) return { doubt, seen: '' };
      const chains = chainsIn(doubt, own);
      const bases = await Promise.all(chains.map(async (chain) => ({ chain, ...acceptedOf(await readAfresh(chain)) })));
      return { doubt, seen: seenOf(bases) };
    },

    /**
     * The chain of the word and the commits that `seen` names. `bases` is undefined where they are not stored as they were.
     */
    async toAccept(
      record: string,
      seen: string,
    ): Promise<{
      readonly isOpen: boolean;
      readonly chain: string;
      readonly bases: readonly Accepted[] | undefined;
    }> {
      const { doubt, chain: own } = await readIn(record);
      const chains = chainsIn(doubt, own);
      const counts = (seen.split('~')[0] ?? '').split('.').map(Number);
      const bases = await Promise.all(
        chains.map(async (chain, index) => ({
          chain,
          ...acceptedOf((await readAfresh(chain)).slice(0, counts[index] ?? 0)),
        })),
      );
      return { isOpen: doubt.open.length > 0, chain: own, bases: seenOf(bases) === seen ? bases : undefined };
    },
  };
}

/** The chain in which words and marks go on: the last that has some. */
export const ownOf = <Read extends { readonly commits: readonly unknown[] }>(
  readable: readonly Read[],
): Read | undefined => readable.findLast(({ commits }) => commits.length > 0) ?? readable[0];

const isSame = (one: Omit<Accepted, 'chain'>, other: Omit<Accepted, 'chain'>): boolean =>
  one.count === other.count && one.digest === other.digest;

/** How many commits of each chain, and one digest of all their bytes. Commits that come later change nothing. */
const seenOf = (bases: readonly Accepted[]): string =>
  `${bases.map(({ count }) => count).join('.')}~${digestOfTexts(bases.flatMap(({ chain, digest }) => [chain, digest]))}`;

/** The chains that a word must be about, and last the doubts themselves. */
const chainsIn = ({ open }: Doubt, own: string): readonly string[] => [
  ...[...new Set(open.map(({ chain }) => chain))].filter((chain) => chain !== own).toSorted(),
  own,
];
