/** Small JSON files in the data folder: written whole or not at all, and looked at before they are believed. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** What the file holds; undefined where there is none. Throws one sentence that names the file where it holds something else. */
function readKept<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Error(
      `${file} is damaged: it does not hold what belongs there. Move the data folder aside to start anew.`,
    );
  }
}

/** Written aside and renamed, so that a kill leaves the old or the new, never half of it. */
function write(file: string, value: unknown, mode: number): void {
  writeFileSync(`${file}.new`, JSON.stringify(value), { mode });
  renameSync(`${file}.new`, file);
}

/**
 * Opens the file `name` of a part of the cloud: `found` is what was kept before, and `keep` replaces it. Without a folder,
 * nothing is found or kept. `isSecret`: its owner alone can read it. Throws where the file holds something else.
 */
export function openKept<Schema extends z.ZodType>(
  folder: string | undefined,
  name: string,
  schema: Schema,
  { isSecret = false } = {},
): { readonly found: z.infer<Schema> | undefined; readonly keep: (value: z.infer<Schema>) => void } {
  if (folder === undefined) return { found: undefined, keep: () => undefined };
  const file = join(folder, name);
  return {
    found: readKept(file, schema),
    keep(value) {
      mkdirSync(folder, { recursive: true, mode: isSecret ? 0o700 : 0o777 });
      write(file, value, isSecret ? 0o600 : 0o666);
    },
  };
}

/**
 * Raised whenever another version would misread a data folder. Format 2 has the events of alarms, calls and shifts.
 * Format 3 has the index of the ledger by instant. Format 5 has events with every field that their writers give.
 * Format 6 has format 1 of commits, and chained records of reads.
 * Format 7 has a code of each commit. Format 8 has sealed content of the vault. Format 9 has codes of directory entries.
 * Format 10 has fewer facts of keys, objects, aliases and executions. Format 11 has codes by keys of processes.
 */
const format = 11;

const openFormat = (folder: string) => openKept(folder, 'format.json', z.object({ format: z.number() }));

/** Throws one sentence, and changes nothing, where the folder was written in another format than this version reads. */
export function checkFormat(folder: string): void {
  // The first versions wrote down no format.
  const before = existsSync(join(folder, 'dynamodb')) ? 1 : undefined;
  const found = openFormat(folder).found?.format ?? before;
  if (found === undefined || found === format) return;
  const age = found > format ? 'a newer' : 'an older';
  throw new Error(
    `${folder} was written by ${age} version (format ${found}) of the embedded cloud; this one reads format ${format}. It was left as it is: use that version, or give another folder with --data.`,
  );
}

/** Checks the format of the folder and, where the folder is new, writes it down. Throws as `checkFormat` does. */
export function claimFormat(folder: string): void {
  checkFormat(folder);
  const { found, keep } = openFormat(folder);
  if (!found) keep({ format });
}
