/**
 * The processes of a case, and a reader from outside, read the same commits. Each commit is parsed once, and folded
 * once on to the same state before it. A commit that was changed, or that follows another state, is read and folded as
 * any other.
 */
import { type Commit, decodeCommit, type ReadingOfCommits, type StoredCommit } from '../../shared/store/commit.ts';

export function createSharedReading(): ReadingOfCommits {
  const read = new Map<string, Commit<unknown>>();
  const folded = new WeakMap<Commit<unknown>, { readonly from: unknown; readonly state: unknown }>();

  const isSame = (one: StoredCommit, other: StoredCommit) => one.prev === other.prev && one.hash === other.hash;
  return {
    decodeCommit<Item>(stored: StoredCommit, readItem: (event: unknown) => Item): Commit<Item> {
      const before = read.get(stored.text);
      if (before && isSame(before.stored, stored)) return before as Commit<Item>;
      const commit = decodeCommit(stored, readItem);
      read.set(stored.text, commit);
      return commit;
    },
    fold<Item, State>(
      commits: readonly Commit<Item>[],
      from: State,
      foldOn: (commits: readonly Commit<Item>[], from: State) => State,
    ): State {
      let state = from;
      for (const commit of commits) {
        const before = folded.get(commit);
        const after = before && before.from === state ? before : { from: state, state: foldOn([commit], state) };
        if (after !== before) folded.set(commit, after);
        state = after.state as State;
      }
      return state;
    },
  };
}
