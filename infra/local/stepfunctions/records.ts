/** The journal of Step Functions: its entries, and whether this version can continue a file that it finds. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Journal, openJournal } from '../data-folder/journal.ts';
import type { Move } from './interpreter/run.ts';

/** Raised whenever an older reader would misread what is written. */
const version = 3;

export interface Start {
  readonly machineArn: string;
  readonly machineName: string;
  readonly roleArn: string;
  readonly definition: string;
  readonly name: string;
  readonly input: string;
}

export interface MachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly definition: string;
  /** Of the template: kept for the instant of its creation. */
  readonly deployed?: true;
}

/** One line. Executions are numbered from 0 in the order of their starts; instants are epoch milliseconds. */
export type Entry =
  | { readonly definition: string; readonly text: string }
  | { readonly machine: MachineRecord; readonly at: number }
  | { readonly start: Start; readonly at: number; readonly moves: readonly Move[] }
  | { readonly run: number; readonly at: number; readonly moves: readonly Move[] };

/** Names a definition by what is in it. */
export const identify = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/**
 * Opens the journal in `folder` (nothing is kept where it is undefined) and calls `apply` for each entry in it. Throws one
 * sentence, and changes nothing, where the file is damaged or was written by another version.
 */
export function openRecords(folder: string | undefined, apply: (entry: Entry) => void): Journal<Entry> {
  if (folder === undefined) return openJournal<Entry>(undefined);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'executions.jsonl');
  const advice = 'Move the data folder aside to start anew.';
  const journal = openJournal<Entry | { readonly stepFunctions: number }>(file);
  const close = (sentence: string): never => {
    journal.close();
    throw new Error(`${file} ${sentence} ${advice}`);
  };
  const [first, ...entries] = journal.replayed;
  if (first === undefined) journal.append({ stepFunctions: version });
  else {
    const written = typeof first === 'object' && first && 'stepFunctions' in first ? first.stepFunctions : 1;
    if (written !== version) {
      const age = Number(written) > version ? 'a newer' : 'an older';
      close(`was written by ${age} version (${written}) of the local Step Functions; this one reads ${version}.`);
    }
  }
  for (const [index, entry] of entries.entries()) {
    try {
      apply(entry as Entry);
    } catch (error) {
      const why = (error as Error).message;
      close(`is damaged at line ${index + 2}: it does not fit what comes before it (${why}).`);
    }
  }
  return { replayed: [], append: journal.append, close: journal.close };
}

/** A journal in memory: calls `apply` for each entry that is in `kept`, and adds to it. */
export function keepRecords(kept: Entry[], apply: (entry: Entry) => void): Journal<Entry> {
  // Through JSON, so that no engine holds an object of the one before it.
  for (const entry of kept) apply(JSON.parse(JSON.stringify(entry)) as Entry);
  return { replayed: [], append: (entry) => void kept.push(entry), close: () => undefined };
}
