/** Which process holds a data folder of `npm start`. Two would write into each other's files. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The file that the operating system locks. It stays: to remove it would let two processes lock two files of one name. */
const lockFile = 'lock';
/** Names the holder for people. It decides nothing, because a number outlives its process and is given out again. */
const nameFile = 'process';

/** What SQLite says of a file that another connection has locked. */
const isBusy = (error: unknown): boolean => (error as { readonly errcode?: number }).errcode === 5;

/** A lock that ends when its process does, however that ends. */
export interface FolderLock {
  release(): void;
}

/** Locks this folder, which exists, for this process. Undefined where another holds it. */
export function lockFolder(folder: string): FolderLock | undefined {
  const lock = new DatabaseSync(join(folder, lockFile), { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch (error) {
    lock.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return { release: () => lock.close() };
}

/** Notes the number of this process, which holds the folder. Gives the way to take the note away. */
export function nameHolder(folder: string): () => void {
  const file = join(folder, nameFile);
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

/** The number that the holder of the folder noted, in words for people. */
export function nameOfHolder(folder: string): string {
  const file = join(folder, nameFile);
  return existsSync(file) ? readFileSync(file, 'utf8') : 'of another start';
}

/** The process that holds the folder, as `nameOfHolder` says it. Undefined where none does. */
export function holderOf(folder: string): string | undefined {
  if (!existsSync(join(folder, lockFile))) return undefined;
  const lock = lockFolder(folder);
  if (lock === undefined) return nameOfHolder(folder);
  lock.release();
  return undefined;
}
