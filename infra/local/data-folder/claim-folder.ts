/** One process a data folder: two would write into each other's journals. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The sticky bit: all users may write in such a folder, each their own files. */
const sharedByUsers = 0o1000;

/** The file in a data folder that names the process which holds it. */
const claim = 'process';

const isAlive = (id: number): boolean => {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The living process, other than this one, that holds the folder. */
export function holderOf(folder: string): number | undefined {
  const file = join(folder, claim);
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : Number.NaN;
  return Number.isInteger(holder) && holder > 0 && holder !== process.pid && isAlive(holder) ? holder : undefined;
}

/** A folder that this process holds. */
export interface Claim {
  release(): void;
  /** Takes back what a refused start has written. A folder with data from before loses the claim alone. */
  undo(): void;
}

/**
 * Claims `folder` for this process, and closes it to other users of the machine. Takes over the claim of a killed
 * process. Throws a sentence where it is a file, where a living process holds it, or where users share it.
 */
export function claimFolder(folder: string): Claim {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new Error(`${folder} is no folder: give the path of a folder with --data.`);
  }
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  const wasEmpty = readdirSync(folder).length === 0;
  if ((statSync(folder).mode & sharedByUsers) !== 0) {
    throw new Error(`${folder} is shared by the users of this machine: give a folder of its own with --data.`);
  }
  const holder = holderOf(folder);
  if (holder !== undefined) {
    throw new Error(`${folder} is in use by process ${holder}: stop that one, or give another folder with --data.`);
  }
  chmodSync(folder, 0o700);
  const file = join(folder, claim);
  writeFileSync(file, String(process.pid));
  const remove = (path: string) => rmSync(path, { recursive: true, force: true });
  return {
    release: () => remove(file),
    undo() {
      if (made !== undefined) remove(made);
      else if (wasEmpty) for (const name of readdirSync(folder)) remove(join(folder, name));
      else remove(file);
    },
  };
}
