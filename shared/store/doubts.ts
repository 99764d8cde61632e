/** Which records are in doubt, and which words of supervisors count. */

import { type Doubt, type DoubtEvent, type DoubtHistory, doubtOf, noDoubt } from '../domain/doubts/doubts.ts';
import { doubtChain } from './chains.ts';
import { acceptedOf, type Commit, isHashRight, type StoredCommit } from './commit.ts';
import { type CommitCodes, writerOf } from './commit-codes.ts';

/** What a supervisor looks at, and the words to confirm exactly that. */
export interface DoubtLook {
  readonly doubt: Doubt;
  /** Names the stored commits of every chain in doubt. Empty where nothing is in doubt. */
  readonly seen: string;
}

interface Chains {
  /** Undefined where the stored doubts cannot be read. */
  readonly readDoubts: (record: string) => Promise<
    | {
        readonly commits: readonly Commit<DoubtEvent>[];
        readonly state: DoubtHistory;
      }
    | undefined
  >;
  /** The stored commits of a chain. No earlier read is trusted. */
  readonly readAfresh: (chain: string) => Promise<readonly StoredCommit[]>;
  readonly codes: Pick<CommitCodes, 'holderOf'>;
}

const storedOf = (commits: readonly Commit<unknown>[]): readonly StoredCommit[] => commits.map(({ stored }) => stored);

/** Doubts that cannot be read are a doubt themselves. */
const unreadable = (record: string): Doubt => ({
  ...noDoubt,
  open: [{ chain: doubtChain(record), cause: 'not-as-written', at: '', seq: 0 }],
});

export function createDoubts({ readDoubts, readAfresh, codes }: Chains) {
  /** A word counts where a door coded it, and where it accepts the doubts before it as they are stored. */
  async function isWord(record: string, commits: readonly Commit<DoubtEvent>[], index: number): Promise<boolean> {
    const commit = commits[index];
    if (commit?.actor.kind !== 'person' || !isHashRight(commit.stored)) return false;
    const before = acceptedOf(storedOf(commits.slice(0, index)));
    const isOfThese = commit.events.some(
      (event) =>
        event.type === 'doubt-answered' &&
        event.accepted.some(
          ({ chain, digest, count }) =>
            chain === doubtChain(record) && digest === before.digest && count === before.count,
        ),
    );
    return isOfThese && (await writerOf(codes, commit.stored)) === 'door';
  }

  async function read(record: string): Promise<Doubt> {
    const found = await readDoubts(record);
    if (!found) return unreadable(record);
    const { commits, state } = found;
    if (commits.length === 0) return noDoubt;
    const words = await Promise.all(
      state.words.map(async ({ seq }) => ((await isWord(record, commits, seq - 1)) ? [seq] : [])),
    );
    const believed = new Set(words.flat());
    return doubtOf(state, (seq) => believed.has(seq));
  }

  return {
    read,

    /** What is in doubt of a record, and the commits of each chain that the word would accept. */
    async look(record: string): Promise<DoubtLook> {
      const doubt = await read(record);
      if (doubt.open.length === 0) return { doubt, seen: '' };
      const bases = await Promise.all(
        chainsIn(doubt, record).map(async (chain) => acceptedOf(await readAfresh(chain))),
      );
      return { doubt, seen: bases.map(({ count, digest }) => `${count}.${digest}`).join('~') };
    },

    /** The commits that `seen` names, where they are still stored as they were. Else undefined. */
    async stillAs(doubt: Doubt, record: string, seen: string) {
      const chains = chainsIn(doubt, record);
      const counts = seen.split('~').map((each) => each.split('.'));
      const bases = await Promise.all(
        chains.map(async (chain, index) => {
          const [count = '', digest = ''] = counts[index] ?? [];
          const stored = await readAfresh(chain);
          const base = acceptedOf(stored.slice(0, Number(count)));
          return `${base.count}` === count && base.digest === digest ? [{ chain, ...base }] : [];
        }),
      );
      const all = bases.flat();
      return all.length === chains.length && counts.length === chains.length ? all : undefined;
    },
  };
}

/** The chains that a word must be about, and last the doubts themselves. */
const chainsIn = ({ open }: Doubt, record: string): readonly string[] => {
  const own = doubtChain(record);
  return [...[...new Set(open.map(({ chain }) => chain))].filter((chain) => chain !== own).toSorted(), own];
};
