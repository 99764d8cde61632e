/** How the commands of deployment end: with sentences, and nothing half-done. */
import { sentenceOfAws } from './account.ts';

/** Ends a command with one or more sentences. */
export class Refused extends Error {
  readonly sentences: readonly string[];
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}

/** Throws where there is a sentence. */
export function refuseIf(sentences: readonly string[]): void {
  if (sentences.length > 0) throw new Refused(sentences);
}

/** Runs a command to its exit status: 2 where it refused or AWS did, after the sentences and `ending`. */
export async function runCommand(work: () => Promise<number>, ending: string): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    const sentences = error instanceof Refused ? error.sentences : [sentenceOfAws(error) ?? told];
    process.stderr.write(`${[...sentences, ending].join('\n')}\n`);
    process.exitCode = 2;
  }
}
