/** Reads all chains and anchors of a data folder of `npm start`. Commands of the embedded cloud do it, and change nothing there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { StoredCommit } from '../store/commit.ts';

/** Why a folder cannot be read, in one sentence. */
export class CannotRead extends Error {}

export interface ChainsRead {
  /** The instant of the folder's clock, UTC. */
  readonly now: string;
  readonly chains: ReadonlyMap<string, readonly StoredCommit[]>;
  /** The texts of the anchors, by their names. */
  readonly anchors: ReadonlyMap<string, string>;
}

async function* linesOf(command: string, folder: string): AsyncGenerator<Readonly<Record<string, string>>> {
  const file = fileURLToPath(new URL(`../../infra/local/data-folder/${command}.ts`, import.meta.url));
  const reader = spawn(process.execPath, [file, resolve(folder)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(reader, 'close');
  let fault = '';
  reader.stderr.setEncoding('utf8').on('data', (part: string) => {
    fault += part;
  });
  for await (const line of createInterface({ input: reader.stdout })) yield JSON.parse(line);
  const [status] = (await ended) as [number | null];
  if (status !== 0) throw new CannotRead(fault.trim().split('\n')[0] ?? 'The folder could not be read.');
}

/** Throws `CannotRead` where there is no ledger, or a process holds the folder. */
export async function readChains(folder: string): Promise<ChainsRead> {
  let now = '';
  const chains = new Map<string, StoredCommit[]>();
  for await (const line of linesOf('read-ledger-command', folder)) {
    if (line.now !== undefined) now = line.now;
    const { chain, text = '', prev = '', hash = '' } = line;
    if (chain === undefined) continue;
    const known = chains.get(chain) ?? [];
    known.push({ text, prev, hash });
    chains.set(chain, known);
  }
  const anchors = new Map<string, string>();
  for await (const { name = '', text = '' } of linesOf('read-anchors-command', folder)) anchors.set(name, text);
  return { now, chains, anchors };
}
