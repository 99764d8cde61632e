/**
 * An append-only file of JSON lines. An entry is handed to the operating system before `append` returns, so it survives
 * a killed process. It does not survive a power cut: nothing here calls fsync. A last line torn by a kill is dropped.
 */
import { appendFileSync, closeSync, existsSync, openSync, readFileSync, truncateSync } from 'node:fs';

export interface Journal<Entry> {
  /** What was in the file when it was opened, in order. */
  readonly replayed: readonly Entry[];
  append(entry: Entry): void;
  close(): void;
}

/** Opens `file`, or keeps nothing where it is undefined. A damaged line before the last throws, naming file and line. */
export function openJournal<Entry>(file: string | undefined): Journal<Entry> {
  if (file === undefined) return { replayed: [], append: () => undefined, close: () => undefined };
  const replayed: Entry[] = [];
  if (existsSync(file)) {
    const content = readFileSync(file);
    const end = content.lastIndexOf(0x0a) + 1;
    if (end < content.length) truncateSync(file, end);
    const lines = content.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
    for (const [index, line] of lines.entries()) {
      try {
        replayed.push(JSON.parse(line) as Entry);
      } catch {
        throw new Error(
          `${file} is damaged at line ${index + 1}: it is not JSON. Move the data folder aside to start anew.`,
        );
      }
    }
  }
  const descriptor = openSync(file, 'a');
  return {
    replayed,
    append: (entry) => appendFileSync(descriptor, `${JSON.stringify(entry)}\n`),
    close: () => closeSync(descriptor),
  };
}
