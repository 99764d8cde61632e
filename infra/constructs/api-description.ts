/** The description of the API, `docs/openapi.json`. It is made from the sources and is not under version control. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const name = 'docs/openapi.json';

/**
 * Gives the path of the description, as the sources say now. Where they or the file changed, a process of its own makes it
 * anew. The stack may not import what makes it. Throws what that process says.
 */
export function writeApiDescription(projectFolder: string): string {
  const file = join(projectFolder, name);
  const folder = join(projectFolder, 'node_modules/.cache');
  const mark = join(folder, 'api-description');
  const sources = digestOfSources(projectFolder);
  const marked = () => (existsSync(file) ? `${sources} ${digest(readFileSync(file))}` : undefined);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === marked()) return file;
  execFileSync(process.execPath, [join(projectFolder, 'shared/cli/describe-command.ts'), name], {
    cwd: projectFolder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  mkdirSync(folder, { recursive: true });
  // Another process may do the same now: a reader never meets half a mark.
  const unfinished = `${mark}.${process.pid}`;
  writeFileSync(unfinished, marked() ?? '');
  renameSync(unfinished, mark);
  return file;
}

const digest = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** Over path and content of all that the description is made from. */
function digestOfSources(projectFolder: string): string {
  const hash = createHash('sha256');
  for (const path of ['package-lock.json', ...globSync('shared/**/*.{ts,tsx,json}', { cwd: projectFolder }).toSorted()])
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(projectFolder, path)))
      .update('\0');
  return hash.digest('hex');
}
