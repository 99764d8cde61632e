/** What a run of the bench has measured so far, so that one that was interrupted can go on. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';

const folder = fileURLToPath(new URL('../../node_modules/.cache/bench', import.meta.url));
const fileOf = (part: string) => `${folder}/${part}`;
/** Older parts are of another machine's day, and often of other code. */
const keptFor = 3 * 3_600_000;

/** Keeps the result of one part. */
export function keepPart(part: string, measured: unknown): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(part), serialize({ measured }));
}

/** The result of a part that was measured in the three hours before `now`. */
export function keptPart(part: string, now: Date): { readonly measured: unknown } | undefined {
  const file = fileOf(part);
  if (!existsSync(file) || now.getTime() - statSync(file).mtimeMs > keptFor) return undefined;
  return deserialize(readFileSync(file)) as { readonly measured: unknown };
}
