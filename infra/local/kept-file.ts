/** Small JSON files in the data folder: written whole or not at all, and looked at before they are believed. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** What the file holds; undefined where there is none. Throws one sentence that names the file where it holds something else. */
export function readKept<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Error(
      `${file} is damaged: it does not hold what belongs there. Move the data folder aside to start anew.`,
    );
  }
}

/** Written aside and renamed, so that a kill leaves the old or the new, never half of it. Readable by all unless `mode` says less. */
export function keep(file: string, value: unknown, mode = 0o666): void {
  writeFileSync(`${file}.new`, JSON.stringify(value), { mode });
  renameSync(`${file}.new`, file);
}

/** Raised whenever an older version would misread what a data folder holds. */
const format = 1;

/** Throws one sentence, and changes nothing, where the folder was written in a newer format than this version knows. */
export function claimFormat(folder: string): void {
  const file = join(folder, 'format.json');
  const found = readKept(file, z.object({ format: z.number() }))?.format;
  if (found !== undefined && found > format) {
    throw new Error(
      `${folder} was written by a newer version (${found}) of the embedded cloud; this one reads ${format}. Use that version, or another folder.`,
    );
  }
  if (found === undefined) keep(file, { format });
}
