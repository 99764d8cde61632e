/** Reads all chains and anchors of a data folder of `npm start`. Commands of the embedded cloud do it, and change nothing there. */

import type { StoredCommit } from '../store/commit.ts';
import { linesOf } from './read-folder.ts';

type Line = Readonly<Record<string, string>>;

export interface ChainsRead {
  /** The instant of the folder's clock, UTC. */
  readonly now: string;
  readonly chains: ReadonlyMap<string, readonly StoredCommit[]>;
  /** The texts of the anchors, by their names. */
  readonly anchors: ReadonlyMap<string, string>;
}

/** Throws `CannotReadFolder` where there is no ledger, or a process holds the folder. */
export async function readChains(folder: string): Promise<ChainsRead> {
  let now = '';
  const chains = new Map<string, StoredCommit[]>();
  for await (const line of linesOf<Line>('read-ledger-command', folder)) {
    if (line.now !== undefined) now = line.now;
    const { chain, text = '', prev = '', hash = '' } = line;
    if (chain === undefined) continue;
    const known = chains.get(chain) ?? [];
    known.push({ text, prev, hash });
    chains.set(chain, known);
  }
  const anchors = new Map<string, string>();
  for await (const { name = '', text = '' } of linesOf<Line>('read-anchors-command', folder)) anchors.set(name, text);
  return { now, chains, anchors };
}
