/** Finds the anchors of chains, and makes the proof that they have their heads. */
import { anchorFolder, hourOf, leafOf, readAnchor, type StoredAnchor, statementOf, treeOf } from './anchor.ts';
import { inclusionPath } from './merkle.ts';
import type { Proof, ProvedAnchor, ProvedCommit } from './verify-proof.ts';

/** The objects of the anchors, as they are read here. */
export interface ReadableAnchors {
  readonly names: (prefix: string, after?: string) => Promise<readonly string[]>;
  readonly read: (name: string) => Promise<string>;
}

/** A chain with the instants of its commits, UTC, by which its anchors are found. */
export interface ChainToProve {
  readonly chain: string;
  readonly commits: readonly ProvedCommit[];
  readonly instants: readonly string[];
}

/** A commit is anchored in its hour or in the next one that has an anchor; after a failure, in the one after that. */
const anchorsAfterCommit = 3;
const atATime = 20;

/** The names of the anchors that may have heads of these chains, in order. */
async function namesFor(archive: ReadableAnchors, chains: readonly ChainToProve[]): Promise<readonly string[]> {
  const hours = [...new Set(chains.flatMap(({ instants }) => instants.map(hourOf)))].toSorted();
  const [first] = hours;
  if (first === undefined) return [];
  const before = hourOf(new Date(Date.parse(`${first}:00:00.000Z`) - 1).toISOString());
  // The name of the hour before would have to be there: `~` sorts behind its ending.
  const names = await archive.names(anchorFolder, `${anchorFolder}${before}~`);
  const wanted = new Set<string>();
  let at = 0;
  for (const hour of hours) {
    while (at < names.length && (names[at] ?? '') < `${anchorFolder}${hour}`) at += 1;
    for (const name of names.slice(at, at + anchorsAfterCommit)) wanted.add(name);
  }
  const last = names.at(-1);
  if (last !== undefined) wanted.add(last);
  return [...wanted].toSorted();
}

async function readAll(archive: ReadableAnchors, names: readonly string[]): Promise<readonly StoredAnchor[]> {
  const found: StoredAnchor[] = [];
  for (let at = 0; at < names.length; at += atATime) {
    const texts = await Promise.all(names.slice(at, at + atATime).map((name) => archive.read(name)));
    found.push(...texts.map(readAnchor));
  }
  return found;
}

const shown = ({ statement, signature, keyId, publicKey, consistency }: StoredAnchor): ProvedAnchor => ({
  statement,
  signature,
  keyId,
  publicKey,
  consistency,
});

/** These chains with every anchor that has a head of theirs, and with the last anchor of all. */
export async function proveChains(
  archive: ReadableAnchors,
  chains: readonly ChainToProve[],
): Promise<Pick<Proof, 'anchors' | 'chains'>> {
  const all = await readAll(archive, await namesFor(archive, chains));
  const named = new Set(chains.map(({ chain }) => chain));
  const found = all.map((anchor) => ({
    anchor,
    leaves: anchor.leaves.flatMap((leaf, index) => {
      const { chain } = leafOf(leaf);
      return named.has(chain) ? [{ chain, leaf, index: statementOf(anchor.statement).earlier.size + index }] : [];
    }),
  }));
  const used = found.filter(({ leaves }, index) => leaves.length > 0 || index === found.length - 1);
  const heads = used.flatMap(({ anchor, leaves }, place) => {
    const tree = treeOf(anchor);
    return leaves.map(({ chain, leaf, index }) => ({
      chain,
      head: { anchor: place, leaf, index, path: inclusionPath(tree, index) },
    }));
  });
  return {
    anchors: used.map(({ anchor }) => shown(anchor)),
    chains: chains.map(({ chain, commits }) => ({
      chain,
      commits,
      heads: heads.filter((each) => each.chain === chain).map(({ head }) => head),
    })),
  };
}
