/** Reads the ledger of a data folder of `npm start`. A command of the embedded cloud does it, and changes nothing there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { countedMail } from '../domain/alerts/counted-mail.ts';
import type { SentNoise } from '../domain/alerts/noise.ts';
import { type Event, readEvent } from '../domain/events.ts';
import { type ListedProvider, listedProvider } from '../reports/needs.ts';
import { type Commit, decodeCommit, type StoredCommit, verifyChain } from '../store/commit.ts';
import { CannotAnswer } from './command-line.ts';

const commands = new URL('../../infra/local/data-folder/', import.meta.url);
const referralChain = 'referral#';
/** Records of reads of facts and identities, of drafts, of searches and of figures. A chain that goes on with another ends with a number. */
const accessChain = /^access#((?:CR|DR)-[0-9A-Z-]+|(?:SEARCHES|FIGURES)-[0-9-]+)(?:~\d)?$/;

/** One line of `read-ledger-command.ts`. */
interface Line extends StoredCommit {
  readonly listed?: unknown;
  readonly now?: string;
  readonly chain?: string;
  readonly foundAs?: string;
  readonly foundAt?: string;
  readonly note?: string;
}

/** The referrals of a folder, each with its commits, and the instant of the folder's clock. */
export interface FolderRead {
  readonly now: string;
  readonly referrals: readonly { readonly id: string; readonly commits: readonly Commit<Event>[] }[];
  /** The mails as the ledger's index counts them, each with the UTC instant under which it is found. */
  readonly sent: readonly SentNoise[];
  /** The listed providers. A row that is none is left out. */
  readonly providers: readonly ListedProvider[];
  /** The records of reads of each referral and draft, and of each day of searches. */
  readonly reads: readonly { readonly id: string; readonly commits: readonly Commit<unknown>[] }[];
}

/**
 * The lines that a command of the embedded cloud prints of a folder. Throws `CannotAnswer` where there is no ledger, or a
 * process holds the folder.
 */
export async function* linesOf<Line>(
  command: 'read-ledger-command' | 'read-anchors-command',
  folder: string,
): AsyncGenerator<Line> {
  const file = fileURLToPath(new URL(`${command}.ts`, commands));
  const reader = spawn(process.execPath, [file, resolve(folder)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(reader, 'close');
  let fault = '';
  reader.stderr.setEncoding('utf8').on('data', (part: string) => {
    fault += part;
  });
  for await (const line of createInterface({ input: reader.stdout })) yield JSON.parse(line) as Line;
  const [status] = (await ended) as [number | null];
  if (status !== 0) throw new CannotAnswer(fault.trim().split('\n')[0] ?? 'The folder could not be read.');
}

/** Throws `CannotAnswer` where there is no ledger, a process holds the folder, or a chain is damaged. */
export async function readFolder(folder: string): Promise<FolderRead> {
  let now = '';
  const chains = new Map<string, StoredCommit[]>();
  const providers: ListedProvider[] = [];
  const sent: SentNoise[] = [];
  for await (const line of linesOf<Line>('read-ledger-command', folder)) {
    const { chain, foundAs, foundAt: at, note = '', listed, ...read } = line;
    if (read.now !== undefined) now = read.now;
    const provider = listedProvider.safeParse(listed);
    if (provider.success) providers.push(provider.data);
    if (foundAs === 'mail' && at !== undefined) sent.push({ ...countedMail.parse(JSON.parse(note)), at });
    if (chain === undefined || !(chain.startsWith(referralChain) || accessChain.test(chain))) continue;
    const known = chains.get(chain);
    if (known) known.push(read);
    else chains.set(chain, [read]);
  }
  const decoded = <Item>(readItem: (event: unknown) => Item, idOf: (chain: string) => string | undefined) =>
    [...chains].flatMap(([chain, stored]) => {
      const id = idOf(chain);
      if (id === undefined) return [];
      const check = verifyChain(chain, stored);
      if (!check.intact) throw new CannotAnswer(`The chain ${chain} is damaged: ${check.sentence}`);
      return [{ id, commits: stored.map((each) => decodeCommit(each, readItem)) }];
    });
  const referrals = decoded(readEvent, (chain) =>
    chain.startsWith(referralChain) ? chain.slice(referralChain.length) : undefined,
  );
  const reads = decoded(
    (event) => event,
    (chain) => accessChain.exec(chain)?.[1],
  );
  return { now, referrals, reads, sent, providers };
}
