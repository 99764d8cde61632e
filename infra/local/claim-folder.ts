/** One process a data folder: two would write into each other's journals. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const isAlive = (id: number): boolean => {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Claims `folder` for this process and gives the release. Throws a sentence where a living process holds it; a killed one's claim is taken over. */
export function claimFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'process');
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : Number.NaN;
  if (Number.isInteger(holder) && holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new Error(`${folder} is in use by process ${holder}: stop that one, or give another folder with --data.`);
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}
