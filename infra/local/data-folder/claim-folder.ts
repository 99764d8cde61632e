/** One process a data folder: two would write into each other's journals. */
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder, nameHolder, nameOfHolder } from './folder-lock.ts';

/** The sticky bit: all users may write in such a folder, each their own files. */
const sharedByUsers = 0o1000;

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
  const lock = lockFolder(folder);
  if (lock === undefined) {
    throw new Error(
      `${folder} is in use by process ${nameOfHolder(folder)}: stop that one, or give another folder with --data.`,
    );
  }
  chmodSync(folder, 0o700);
  const unname = nameHolder(folder);
  const remove = (path: string) => rmSync(path, { recursive: true, force: true });
  const release = () => {
    unname();
    lock.release();
  };
  return {
    release,
    undo() {
      release();
      if (made !== undefined) remove(made);
      else if (wasEmpty) for (const name of readdirSync(folder)) remove(join(folder, name));
    },
  };
}
