/** `npm run pack -- --out FOLDER`: writes the pack for another state. Where it cannot, it says why and exits with status 2. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packFiles } from './pack.ts';

const usage = 'npm run pack -- --out FOLDER   (a folder that is empty, or not there yet)';

/** Writes the pack into this folder. Gives the sentence to print, and whether it was done. */
export function writePack(folder: string | undefined): { readonly done: boolean; readonly says: string } {
  if (folder === undefined) return { done: false, says: `Say where the pack goes: ${usage}` };
  if (existsSync(folder) && readdirSync(folder).length > 0)
    return { done: false, says: 'The folder has files already. Choose one that is empty, or not there yet.' };
  const files = Object.entries(packFiles());
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  return { done: true, says: `Wrote ${files.length} files to ${folder}. Begin with README.md.` };
}

if (import.meta.main) {
  try {
    const { out, help } = parseArgs({ options: { out: { type: 'string' }, help: { type: 'boolean' } } }).values;
    const { done, says } = help ? { done: true, says: usage } : writePack(out);
    if (done) console.log(says);
    else console.error(says);
    process.exitCode = done ? 0 : 2;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}
