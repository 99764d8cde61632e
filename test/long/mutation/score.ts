/** The mutation score, which one command writes and the bench reads. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** Percent of the mutants that the tests should notice. */
export const aim = 80;

/** Not committed: it is as old as the last run. */
export const scoreFile = fileURLToPath(new URL('../../../.cache/mutation/score.json', import.meta.url));

const score = z.object({ detected: z.number(), valid: z.number(), percent: z.number() });
export type Score = z.infer<typeof score>;

/** Whether no test noticed a mutant, or none reached it. */
export const isUnnoticed = (status: string): boolean => status === 'Survived' || status === 'NoCoverage';

/** What did not compile or was left out counts for nothing; a mutant no test reaches counts as not noticed. */
export function scoreOf(statuses: readonly string[]): Score {
  const detected = statuses.filter((status) => status === 'Killed' || status === 'Timeout').length;
  const missed = statuses.filter(isUnnoticed).length;
  const valid = detected + missed;
  return { detected, valid, percent: valid === 0 ? 100 : (100 * detected) / valid };
}

/** The score of the last whole run here; undefined where there was none. */
export const lastScore = (): Score | undefined =>
  existsSync(scoreFile) ? score.parse(JSON.parse(readFileSync(scoreFile, 'utf8'))) : undefined;
